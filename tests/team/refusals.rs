//! Each reason for which a letter isn't taken.

use ridealong::engine::Seed;
use ridealong::record::Record;
use ridealong::store::{Settled, TeamStore};
use ridealong::team::{Hand, Letter, Refusal, Session, Step, Token};
use ridealong::text::Text;

use super::cast::{copies, hand, id, letters, on_every_store, opened, run, session};

/// A session with a player who has joined and holds the ticket of round 1.
fn seated(store: &mut TeamStore) -> (Session, Hand) {
    let session = opened(store, 1);
    let hand = hand(&session, 1);
    settle(store, &session, &[hand.join(&session, Text::clean("Ann"), Text::EMPTY), hand.take(1, id(500))]);
    (session, hand)
}

fn settle(store: &mut TeamStore, session: &Session, letters: &[Letter]) -> Settled {
    store.post(letters).unwrap();
    store.settle(session.code, &copies()).unwrap()
}

/// Why the last letter wasn't taken; nothing of it is on the board.
fn refused(store: &mut TeamStore, session: &Session, letter: Letter) -> Refusal {
    let before = store.board(session.code).unwrap();
    let settled = settle(store, session, &[letter]);
    assert_eq!(settled, Settled { refused: 1, ..Settled::default() });
    assert_eq!(store.board(session.code).unwrap(), before);
    store.refused(session.code).unwrap()[0].reason
}

#[test]
fn a_run_counts_only_as_it_was_played() {
    type Spoil = fn(Record) -> Record;
    let spoilt: [(&str, Spoil, Refusal); 9] = [
        ("hash", |run| Record { hash: Some("0".repeat(64)), ..run }, Refusal::UnknownScenario),
        ("no hash", |run| Record { hash: None, ..run }, Refusal::UnknownScenario),
        ("seed", |run| Record { seed: Seed(run.seed.0 + 1), ..run }, Refusal::OtherSeed),
        ("engine", |run| Record { engine_version: Some(99), ..run }, Refusal::OtherVersion),
        ("key", |run| Record { key_version: None, ..run }, Refusal::OtherVersion),
        (
            "choice",
            |mut run| {
                run.choices[1] = "nothing".to_owned();
                run
            },
            Refusal::NotOpen,
        ),
        (
            "order",
            |mut run| {
                run.choices.reverse();
                run
            },
            Refusal::NotOpen,
        ),
        (
            "short",
            |mut run| {
                run.choices.pop();
                run
            },
            Refusal::Unfinished,
        ),
        (
            "long",
            |mut run| {
                run.choices.push("by-eleven".to_owned());
                run
            },
            Refusal::TooLong,
        ),
    ];
    on_every_store(|open| {
        let mut store = open();
        let (session, hand) = seated(&mut store);
        for (number, (what, spoil, reason)) in (600..).zip(spoilt) {
            let letter = hand.send(1, id(number), spoil(run(&session, 1, 0)), None);
            assert_eq!(refused(&mut store, &session, letter), reason, "{what}");
        }
        let settled = settle(&mut store, &session, &[hand.send(1, id(700), run(&session, 1, 0), None)]);
        assert_eq!(settled.taken, 1, "the ticket is still there for the run as it was played");
    });
}

#[test]
fn a_ticket_is_for_one_player_one_round_and_one_run() {
    on_every_store(|open| {
        let mut store = open();
        let (session, ann) = seated(&mut store);
        let bo = hand(&session, 2);
        settle(&mut store, &session, &[bo.join(&session, Text::clean("Bo"), Text::EMPTY)]);
        let mut check = |letter, reason| assert_eq!(refused(&mut store, &session, letter), reason);
        check(ann.take(1, id(501)), Refusal::SecondTicket);
        check(ann.take(9, id(502)), Refusal::UnknownRound);
        // Bo's secret under Ann's name.
        let forger = Hand { token: bo.token, ..ann };
        check(forger.take(2, id(503)), Refusal::WrongKey);
        check(forger.send(1, id(504), run(&session, 1, 0), None), Refusal::WrongKey);
        check(forger.practise(1, id(505), run(&session, 1, 0), None), Refusal::WrongKey);
        let settled = settle(&mut store, &session, &[ann.send(1, id(506), run(&session, 1, 0), None)]);
        assert_eq!(settled.taken, 1);
        assert_eq!(refused(&mut store, &session, ann.send(1, id(507), run(&session, 1, 1), None)), Refusal::SecondRun);
    });
}

#[test]
fn another_run_under_the_same_id_is_kept_to_be_looked_at() {
    on_every_store(|open| {
        let mut store = open();
        let (session, ann) = seated(&mut store);
        settle(&mut store, &session, &[ann.send(1, id(600), run(&session, 1, 0), None)]);
        let other = ann.send(1, id(600), run(&session, 1, 1), None);
        assert_eq!(refused(&mut store, &session, other), Refusal::Quarantined);
        let both = [ann.join(&session, Text::clean("Other"), Text::EMPTY), ann.take(1, id(500))];
        let settled = settle(&mut store, &session, &both);
        assert_eq!((settled.refused, settled.again), (1, 1));
    });
}

#[test]
fn what_is_no_message_is_refused_and_not_shown() {
    on_every_store(|open| {
        let mut store = open();
        let (session, ann) = seated(&mut store);
        let good = ann.send(1, id(600), run(&session, 1, 0), None);
        let with =
            |payload: &str| Letter { payload: payload.to_owned(), sum: ridealong::team::sum(payload), ..good.clone() };
        let nothing_of_it = [
            with(""),
            with("{}"),
            with("\u{1b}[2J"),
            with(&"[".repeat(100_000)),
            Letter { id: id(601), ..good.clone() },
            Letter { id: id(602), sum: "0".repeat(64), ..good.clone() },
        ];
        for letter in nothing_of_it {
            assert_eq!(refused(&mut store, &session, letter), Refusal::Unreadable);
        }
        let other = opened(&mut store, 2);
        let elsewhere = Letter { session: other.code, ..good };
        assert_eq!(refused(&mut store, &other, elsewhere), Refusal::OtherSession);
    });
}

#[test]
fn there_is_a_time_for_each_letter() {
    on_every_store(|open| {
        let mut store = open();
        let (session, stories) = session(1);
        store.create(&session, &stories).unwrap();
        let (ann, bo) = (hand(&session, 1), hand(&session, 2));
        settle(&mut store, &session, &[ann.join(&session, Text::clean("Ann"), Text::EMPTY)]);
        assert_eq!(refused(&mut store, &session, ann.take(1, id(500))), Refusal::TooEarly);
        let step = |store: &mut TeamStore, step| store.step(session.code, step).unwrap().unwrap().unwrap();
        step(&mut store, Step::Open);
        step(&mut store, Step::Pause);
        assert_eq!(refused(&mut store, &session, ann.take(1, id(501))), Refusal::Paused);
        step(&mut store, Step::Resume);
        assert_eq!(settle(&mut store, &session, &[ann.take(1, id(502))]).taken, 1);
        step(&mut store, Step::Close);
        assert_eq!(refused(&mut store, &session, ann.take(2, id(503))), Refusal::TooLate);
        let late = bo.join(&session, Text::clean("Bo"), Text::EMPTY);
        assert_eq!(refused(&mut store, &session, late), Refusal::TooLate);
        let run_of_1 = run(&session, 1, 0);
        assert_eq!(settle(&mut store, &session, &[ann.send(1, id(600), run_of_1.clone(), None)]).taken, 1, "grace");
        step(&mut store, Step::Seal);
        assert_eq!(refused(&mut store, &session, ann.send(1, id(601), run_of_1, None)), Refusal::TooLate);
    });
}

#[test]
fn who_never_joined_or_has_no_ticket_is_told_so_when_waiting_is_over() {
    on_every_store(|open| {
        let mut store = open();
        let (session, ann) = seated(&mut store);
        let nobody = Hand { player: id(99), token: Token::new([9; 32]), session: session.code };
        let early = [nobody.take(1, id(500)), ann.send(2, id(600), run(&session, 2, 0), None)];
        let settled = settle(&mut store, &session, &early);
        assert_eq!(settled, Settled { later: 2, ..Settled::default() });
        store.step(session.code, Step::Seal).unwrap().unwrap().unwrap();
        assert_eq!(store.settle(session.code, &copies()).unwrap().refused, 2);
        let mut reasons: Vec<String> =
            store.refused(session.code).unwrap().iter().map(|letter| letter.reason.id()).collect();
        reasons.sort();
        assert_eq!(reasons, ["no_ticket", "unknown_player"]);
    });
}

#[test]
fn practice_is_listed_apart_and_ranks_nobody() {
    on_every_store(|open| {
        let mut store = open();
        let session = opened(&mut store, 1);
        settle(&mut store, &session, &letters(&session, 1, "", 1));
        let before = store.board(session.code).unwrap().unwrap();
        let ann = hand(&session, 1);
        for number in 0..2 {
            let better = ann.practise(1, id(900 + number), run(&session, 1, 0), None);
            assert_eq!(settle(&mut store, &session, &[better]).taken, 1);
        }
        let after = store.board(session.code).unwrap().unwrap();
        assert_eq!((before.practice, after.practice), (0, 2));
        assert_eq!(before.places, after.places);
    });
}
