//! A session and what everybody plays in it, and the board that this must come to, worked out by itself.

use std::sync::Arc;

use ridealong::courier::Plan;
use ridealong::engine::{Chosen, Run, Seed};
use ridealong::scenario::Scenario;
use ridealong::scenario::check::check;
use ridealong::story::Story;
use ridealong::team::board::Board;
use ridealong::team::{Round, Session};
use ridealong::text::Text;

const SOURCES: [&str; 3] = [
    include_str!("../fixtures/small.toml"),
    include_str!("../fixtures/side-door.toml"),
    include_str!("../fixtures/corner-office.toml"),
];

fn scenario(source: &str) -> Scenario {
    check("story", source.as_bytes()).into_scenario().expect("a good file")
}

/// A session of so many rounds.
pub fn plan(rounds: usize) -> Plan {
    let rounds = SOURCES[..rounds].iter().map(|source| (scenario(source), (*source).to_owned())).collect();
    Plan::new(Text::clean("All of us"), rounds, Seed(77))
}

/// The stories of as many rounds.
pub fn stories(rounds: usize) -> Vec<Arc<Story>> {
    SOURCES[..rounds].iter().map(|source| Arc::new(Story::new(scenario(source)))).collect()
}

pub fn name(number: u32) -> Text {
    Text::clean(&format!("Player {number:05}"))
}

pub fn team(number: u32) -> Text {
    Text::clean(&format!("Team {}", number % 7))
}

/// How a player plays a round: not all alike, and some exactly alike.
pub fn run(number: u32, story: &Story, round: &Round) -> Run {
    let mut run = story.begin(round.seed);
    while story.standing_at(&run).is_some() {
        let open: Vec<Chosen> = story
            .offered(&run)
            .iter()
            .filter(|offered| offered.closed.is_none())
            .map(|offered| offered.chosen)
            .collect();
        let place = number as usize % 23 * (run.steps().len() + 3) / 5 % open.len();
        run.choose(&story.program, open[place]).unwrap();
    }
    run
}

/// Ranks, names, points, people and red lines, as they must be after all these players have played all rounds.
pub fn expected(session: &Session, stories: &[Arc<Story>], players: u32) -> Vec<(u32, String, u32, u32, u32)> {
    let rounds = stories.len() as u64;
    // To the nearest whole number, halves up.
    let mean = |sum: u64, parts: u64| u32::try_from((2 * sum * parts + rounds) / (2 * rounds)).unwrap();
    // Who plays alike comes to the same.
    let ways: Vec<(u32, u32, u32)> = (0..23)
        .map(|number| {
            let (mut points, mut people, mut red_lines) = (0, 0, 0);
            for (story, round) in stories.iter().zip(&session.rounds) {
                let run = run(number, story, round);
                let score = run.score(&story.program).unwrap();
                points += score.total.round();
                people += score.people.tenths();
                let choices = run.steps().iter().map(|step| story.option(step.scene, step.chosen).unwrap());
                red_lines += u32::try_from(choices.filter(|option| option.key.is_red_line()).count()).unwrap();
            }
            (mean(points, 100), mean(people, 100), red_lines)
        })
        .collect();
    let way = |number: u32| ways[number as usize % 23];
    let is_better = |one: (u32, u32, u32), other: (u32, u32, u32)| {
        (one.0, one.1, u32::MAX - one.2) > (other.0, other.1, u32::MAX - other.2)
    };
    let rank = |number| 1 + (0..players).filter(|other| is_better(way(*other), way(number))).count();
    let ranks: Vec<u32> = (0..23.min(players)).map(|number| u32::try_from(rank(number)).unwrap()).collect();
    let mut places: Vec<_> = (0..players)
        .map(|number| {
            let (points, people, red_lines) = way(number);
            (ranks[number as usize % 23], name(number).to_string(), points, people, red_lines)
        })
        .collect();
    places.sort();
    places
}

/// The same of a board.
pub fn places(board: &Board) -> Vec<(u32, String, u32, u32, u32)> {
    let line = |place: &ridealong::team::board::Place| {
        let of = &place.standing;
        (place.rank.unwrap(), of.name.to_string(), of.points, of.people, of.red_lines)
    };
    board.places.iter().map(line).collect()
}
