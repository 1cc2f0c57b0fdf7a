//! How a board ranks: by hand, from standings.

use ridealong::team::board::{Board, Counts, shown};
use ridealong::team::{Figures, Phase, Standing};
use ridealong::terms::EndingKind;
use ridealong::text::Text;

use super::cast::{id, session};

fn standing(number: u128, team: &str, rounds: u32, merit: (u32, u32, u32)) -> Standing {
    let (points, people, red_lines) = merit;
    let (name, team) = (Text::clean(&format!("P{number}")), Text::clean(team));
    Standing { player: id(number), name, team, rounds, points, people, red_lines }
}

fn board(standings: Vec<Standing>) -> Board {
    Board::of(&session(1).0, Phase::Open, standings, Counts::default())
}

fn lines(board: &Board) -> Vec<(Option<u32>, Option<u32>, String)> {
    board.places.iter().map(|place| (place.rank, place.band, place.standing.name.to_string())).collect()
}

#[test]
fn score_then_people_then_red_lines_then_a_shared_rank() {
    let board = board(vec![
        standing(5, "", 2, (8000, 70_000, 2)),
        standing(4, "", 2, (8000, 70_000, 1)),
        standing(3, "", 2, (8000, 70_000, 1)),
        standing(2, "", 2, (8000, 71_000, 9)),
        standing(1, "", 2, (8001, 10_000, 9)),
    ]);
    let expected = [(1, "P1"), (2, "P2"), (3, "P3"), (3, "P4"), (5, "P5")];
    let found = lines(&board);
    let found: Vec<(u32, &str)> = found.iter().map(|(rank, _, name)| (rank.unwrap(), name.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_band_begins_where_the_difference_to_its_first_is_large_enough() {
    let points = [9000, 8500, 8201, 8200, 7400, 7399];
    let standings = (1..).zip(points).map(|(number, points)| standing(number, "", 2, (points, 0, 0))).collect();
    let bands: Vec<Option<u32>> = lines(&board(standings)).into_iter().map(|(_, band, _)| band).collect();
    assert_eq!(bands, [1, 1, 1, 2, 3, 3].map(Some));
}

#[test]
fn too_few_rounds_or_members_are_listed_and_not_ranked() {
    let board = board(vec![
        standing(1, "Blue", 1, (10_000, 0, 0)),
        standing(2, "Blue", 2, (9000, 0, 0)),
        standing(3, "Red", 2, (6000, 0, 0)),
        standing(4, "Red", 2, (7000, 0, 0)),
        standing(5, "Red", 0, (0, 0, 0)),
    ]);
    assert_eq!(lines(&board).len(), 3);
    assert_eq!(board.others.iter().map(|place| place.rank).collect::<Vec<_>>(), [None]);
    let teams: Vec<_> =
        board.teams.iter().map(|team| (&*team.name, team.rank, team.points, team.ranked, team.members)).collect();
    assert_eq!(teams, [("Red", Some(1), 6500, 2, 3), ("Blue", None, 9000, 1, 2)]);
}

#[test]
fn means_are_rounded_once_and_halves_go_up() {
    let figures =
        |score, people| Figures { score, behaviour: 0, people, red_lines: 1, trust: 0, ending: EndingKind::Damage };
    let standing =
        Standing::of(id(1), Text::EMPTY, Text::EMPTY, &[figures(80, 701), figures(81, 702), figures(81, 702)]);
    assert_eq!((standing.points, standing.people, standing.red_lines), (8067, 70_167, 3));
    assert_eq!([shown(8067), shown(8000), shown(10_000), shown(8095), shown(4)], ["80.7", "80", "100", "81", "0"]);
}

#[test]
fn who_comes_first_to_the_store_has_no_advantage() {
    let mut standings: Vec<Standing> = (1..=9)
        .map(|number| standing(number, "", 2, (5000 + 100 * (u32::try_from(number).unwrap() % 3), 0, 0)))
        .collect();
    let one = board(standings.clone());
    standings.reverse();
    assert_eq!(one, board(standings));
}
