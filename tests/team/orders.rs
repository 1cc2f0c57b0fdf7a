//! Neither the board nor what is settled depends on the order in which anything came.

use jiff::Timestamp;
use proptest::collection::vec;
use proptest::prelude::*;
use ridealong::engine::Game;
use ridealong::store::{Location, Settled};
use ridealong::team::board::{Board, Counts};
use ridealong::team::verify::{Desk, Entered, Opened, Verdict};
use ridealong::team::{Letter, Phase, Session, Standing};
use ridealong::text::Text;
use std::collections::{HashMap, HashSet};
use tempfile::TempDir;

use super::cast::{copies, hand, id, letters, open, opened, run, session};

/// Somebody among many of whom several have the same merit, and the same name but for its case.
fn standing() -> impl Strategy<Value = Standing> {
    (0_u32..3, 0_u32..4, 0_u32..3, 0_u32..3, 0_usize..4, 0_usize..4).prop_map(
        |(rounds, points, people, red_lines, name, team)| Standing {
            player: id(0),
            name: Text::clean(["Ann", "ann", "Bo", "Cy"][name]),
            team: Text::clean(["", "Blue", "blue", "Red"][team]),
            rounds,
            points: 8000 + 390 * points,
            people: 70_000 + people,
            red_lines,
        },
    )
}

fn numbered(mut standings: Vec<Standing>) -> Vec<Standing> {
    (1..).zip(&mut standings).for_each(|(number, standing)| standing.player = id(number));
    standings
}

proptest! {
    #[test]
    fn a_board_is_the_same_in_whatever_order_it_is_made((one, other) in vec(standing(), 0..14)
        .prop_map(numbered)
        .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())))
    {
        let board = |standings| Board::of(&session(1).0, Phase::Open, standings, Counts::default());
        prop_assert_eq!(board(one), board(other));
    }

    #[test]
    fn a_rank_is_one_more_than_how_many_are_better(all in vec(standing(), 0..14).prop_map(numbered)) {
        let board = Board::of(&session(1).0, Phase::Open, all.clone(), Counts::default());
        let ranked: Vec<&Standing> = all.iter().filter(|one| one.rounds >= 2).collect();
        prop_assert_eq!(board.places.len(), ranked.len());
        // Better is more points; of as many, more people; of as many, fewer red lines.
        let better = |one: &Standing, other: &Standing| {
            one.points > other.points
                || one.points == other.points && one.people > other.people
                || (one.points, one.people) == (other.points, other.people) && one.red_lines < other.red_lines
        };
        for place in &board.places {
            let before = ranked.iter().filter(|other| better(other, &place.standing)).count();
            prop_assert_eq!(place.rank, Some(u32::try_from(before).unwrap() + 1));
        }
        let bands: Vec<u32> = board.places.iter().map(|place| place.band.unwrap()).collect();
        prop_assert!(bands.is_sorted() && bands.first().is_none_or(|first| *first == 1));
        for team in &board.teams {
            let members: Vec<&Standing> = all.iter().filter(|one| one.team == team.name).collect();
            let ranked = members.iter().filter(|one| one.rounds >= 2).count();
            prop_assert_eq!((team.members, team.ranked), (u32::try_from(members.len()).unwrap(), u32::try_from(ranked).unwrap()));
            prop_assert_eq!(team.rank.is_some(), ranked >= 2);
        }
    }
}

/// All that four players send, in some order, some of it twice, cut into batches.
fn batches() -> impl Strategy<Value = Vec<Vec<Letter>>> {
    let (session, _) = session(1);
    let all: Vec<Letter> = (1..=4)
        .flat_map(|number| {
            let mut own = letters(&session, number, "", usize::from(number % 3));
            own.push(hand(&session, number).practise(1, id(90_000 + u128::from(number)), run(&session, 1, 2), None));
            own
        })
        .collect();
    let count = all.len();
    (vec(0..count, 0..8), vec(1..9_usize, 1..count))
        .prop_flat_map(move |(twice, sizes)| {
            let more = twice.iter().map(|place| all[*place].clone());
            let sent: Vec<Letter> = all.iter().cloned().chain(more).collect();
            (Just(sent).prop_shuffle(), Just(sizes))
        })
        .prop_map(|(mut sent, sizes)| {
            let mut batches = Vec::new();
            for size in sizes.iter().cycle() {
                if sent.is_empty() {
                    break;
                }
                batches.push(sent.split_off(sent.len().saturating_sub(*size)));
            }
            batches
        })
}

fn opened_at_once(batch: &[Letter]) -> Vec<Opened> {
    let open =
        |letter: &Letter| Opened::new(letter.id, letter.sum.clone(), letter.payload.clone(), Timestamp::UNIX_EPOCH);
    batch.iter().map(open).collect()
}

/// What is taken of batches that come one after the other; what waits is looked at again with the next, and at the end.
fn taken(session: &Session, batches: &[Vec<Letter>]) -> Vec<String> {
    let copies = copies();
    let mut desk = Desk {
        session,
        copies: &copies,
        now: Timestamp::UNIX_EPOCH,
        players: HashMap::new(),
        erased: HashSet::new(),
        tickets: HashMap::new(),
        runs: HashMap::new(),
        refused: HashSet::new(),
        game: Game::default(),
    };
    let (mut waiting, mut taken) = (Vec::new(), Vec::new());
    for batch in batches.iter().map(Vec::as_slice).chain([&[] as &[Letter]]) {
        let mut letters: Vec<Opened> = std::mem::take(&mut waiting);
        letters.extend(opened_at_once(batch));
        for (letter, verdict) in letters.iter().zip(desk.open_all(&letters)) {
            match verdict {
                Verdict::Taken(Entered::Run(sent, verified)) => taken.push(format!("{} {verified:?}", sent.run)),
                Verdict::Taken(_) => taken.push(letter.id.to_string()),
                Verdict::Later => waiting.push(letter.clone()),
                Verdict::Again => {}
                Verdict::Refused(reason) => panic!("{reason}: {}", letter.payload),
            }
        }
    }
    assert!(waiting.is_empty());
    taken.sort();
    taken
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn in_whatever_batches_letters_come_the_same_is_taken(batches in batches()) {
        let mut session = session(1).0;
        session.opened = Some(Timestamp::UNIX_EPOCH);
        let mut all: Vec<Letter> = batches.concat();
        all.sort_by_key(|letter| letter.rank);
        prop_assert_eq!(taken(&session, &batches), taken(&session, &[all]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn in_whatever_batches_letters_are_settled_the_board_is_the_same(batches in batches()) {
        let folder = TempDir::new().unwrap();
        let board = |name: &str, batches: &[Vec<Letter>]| {
            let mut store = open(&Location::File(folder.path().join(name)));
            let session = opened(&mut store, 1);
            let mut all = Settled::default();
            for batch in batches.iter().map(Vec::as_slice).chain([&[] as &[Letter]]) {
                store.post(batch).unwrap();
                all = all.and(store.settle(session.code, &copies()).unwrap());
            }
            assert_eq!((all.taken, all.refused), (24, 0));
            store.board(session.code).unwrap().unwrap()
        };
        prop_assert_eq!(board("batches.db", &batches), board("whole.db", &[batches.concat()]));
    }
}
