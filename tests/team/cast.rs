//! A session, its stories, and players who play by bots.

use std::time::Duration;

use ridealong::engine::{Chosen, Run, Seed};
use ridealong::record::Record;
use ridealong::scenario::check::check;
use ridealong::store::{Location, TeamStore};
use ridealong::story::Story;
use ridealong::team::verify::Copies;
use ridealong::team::{Hand, Letter, Round, Session, SessionCode, Step, Token};
use ridealong::terms::Feedback;
use ridealong::text::Text;
use tempfile::TempDir;
use uuid::Uuid;

use super::postgres;

pub const SOURCES: [&str; 2] = [include_str!("../fixtures/small.toml"), include_str!("../fixtures/side-door.toml")];

pub fn story(source: &str) -> Story {
    Story::new(check("story", source.as_bytes()).into_scenario().expect("a good file"))
}

/// A session of two rounds that can be joined, and the scenario files by hash.
pub fn session(number: u32) -> (Session, Vec<(String, String)>) {
    let stories: Vec<(String, String)> =
        SOURCES.iter().map(|source| (story(source).hash.to_string(), (*source).to_owned())).collect();
    let round = |(number, (hash, _)): (u8, &(String, String))| Round {
        number,
        scenario: hash.clone(),
        title: Text::clean(&format!("Round {number}")),
        seed: Seed(u64::from(number) * 1000 + 7),
    };
    let session = Session {
        code: SessionCode::new(number),
        title: Text::clean("Friday"),
        feedback: Feedback::End,
        rounds: (1..).zip(&stories).map(round).collect(),
        teams: Vec::new(),
        team_minimum: 2,
        needed: 2,
        band: 8,
        opens: None,
        closes: None,
        grace: 15,
        opened: None,
        frozen: None,
        sealed: None,
        revealed: None,
        pauses: Vec::new(),
    };
    (session, stories)
}

pub fn copies() -> Copies {
    SOURCES.iter().map(|source| story(source)).map(|story| (story.hash.to_string(), story)).collect()
}

/// The same number gives the same id.
pub const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number)
}

/// Player number so-and-so.
pub fn hand(session: &Session, number: u8) -> Hand {
    Hand { player: id(u128::from(number)), token: Token::new([number; 32]), session: session.code }
}

/// A run of a round that takes the open option `which` says at each decision: 0 the best, 1 the worst, others by turns.
pub fn run(session: &Session, round: u8, which: usize) -> Record {
    let round = session.round(round).unwrap();
    let copies = copies();
    let story = &copies[&round.scenario];
    let mut run = story.begin(round.seed);
    while let Some((_, decision)) = story.standing_at(&run) {
        let mut open: Vec<Chosen> = story
            .offered(&run)
            .iter()
            .filter(|offered| offered.closed.is_none())
            .map(|offered| offered.chosen)
            .collect();
        open.sort_by_key(|chosen| std::cmp::Reverse(decision.options[usize::from(chosen.0)].key));
        let place = match which {
            0 => 0,
            1 => open.len() - 1,
            which => which * (run.steps().len() + 1) % open.len(),
        };
        run.choose(&story.program, open[place]).unwrap();
    }
    Record::of(story, &run)
}

/// What the rules of play say that a record comes to.
pub fn score(record: &Record) -> u64 {
    let copies = copies();
    let story = &copies[record.hash.as_ref().unwrap()];
    let run: Run = record.replay(story).unwrap();
    run.score(&story.program).unwrap().total.round()
}

/// Everything that player number so-and-so sends: joining, and each round's ticket and run, played `which` way.
pub fn letters(session: &Session, number: u8, team: &str, which: usize) -> Vec<Letter> {
    let hand = hand(session, number);
    let mut letters = vec![hand.join(session, Text::clean(&format!("Player {number}")), Text::clean(team))];
    for round in &session.rounds {
        let base = u128::from(number) * 1000 + u128::from(round.number) * 10;
        let record = run(session, round.number, which);
        let claimed = Some(score(&record));
        letters.push(hand.take(round.number, id(base)));
        letters.push(hand.send(round.number, id(base + 1), record, claimed));
    }
    letters
}

/// A number from the environment, for longer campaigns.
pub fn setting(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Opens the same store again and again.
pub type Opener<'a> = &'a dyn Fn() -> TeamStore;

/// Each law is tried on a fresh store of each kind.
pub fn on_every_store(law: impl Fn(Opener<'_>)) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("team.db");
    law(&|| open(&Location::File(path.clone())));
    if let Some(server) = postgres::server() {
        let location = Location::Server(server.database().parse().unwrap());
        law(&|| open(&location));
    }
}

pub fn open(location: &Location) -> TeamStore {
    TeamStore::open(location, Duration::from_secs(10)).unwrap()
}

/// A session that is open, in a store.
pub fn opened(store: &mut TeamStore, number: u32) -> Session {
    let (session, stories) = session(number);
    assert_eq!(store.create(&session, &stories), Ok(true));
    store.step(session.code, Step::Open).unwrap().unwrap().unwrap()
}
