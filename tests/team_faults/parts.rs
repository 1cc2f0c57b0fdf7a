//! Who takes part: players and verifiers, by the program's own code, in processes that can be killed.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use ridealong::courier::{self, CourierError, LocalFile};
use ridealong::keeper::{Attempt, Book, Keeper, Seated, Standing, World};
use ridealong::store::{Location, Locker, Membership, RunId, Store, TeamStore};
use ridealong::story::Story;
use ridealong::team::{Session, SessionCode};
use ridealong::terms::RunState;
use ridealong::text::Text;

use super::stage;

pub const PATIENCE: Duration = Duration::from_secs(10);
/// Says which part this process has.
const PART: &str = "RIDEALONG_TEST_PART";

/// What a part needs to know, in one environment variable.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
pub struct Part {
    pub is_verifier: bool,
    /// Where the team's store is.
    pub address: String,
    pub code: SessionCode,
    /// Where its own file is.
    pub file: PathBuf,
    /// Which players it is.
    pub players: std::ops::Range<u32>,
    pub rounds: usize,
}

impl Part {
    /// Starts it as a process of its own.
    pub fn start(&self) -> Child {
        let log = File::options().create(true).append(true).open(self.file.with_extension("log")).unwrap();
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "parts::as_a_part_of_another_test", "--nocapture"])
            .env(PART, serde_json::to_string(self).unwrap())
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap()
    }
}

/// Does nothing unless it was started as a part of another test.
#[test]
fn as_a_part_of_another_test() {
    let Ok(part) = std::env::var(PART) else { return };
    let part: Part = serde_json::from_str(&part).unwrap();
    if part.is_verifier { verify(&part) } else { take_part(&part) }
}

/// A team's store that may be down: errands are done again until they succeed.
pub struct Line {
    location: Location,
    store: Option<TeamStore>,
}

impl Line {
    pub fn to(address: &str) -> Self {
        Self { location: Location::Server(address.parse().unwrap()), store: None }
    }

    pub fn try_to<T>(
        &mut self,
        errand: impl FnOnce(&mut TeamStore) -> Result<T, CourierError>,
    ) -> Result<T, CourierError> {
        let store = match &mut self.store {
            Some(store) => store,
            none => none.insert(TeamStore::open(&self.location, PATIENCE)?),
        };
        errand(store)
    }

    /// The same until it is done.
    pub fn until<T>(&mut self, mut errand: impl FnMut(&mut TeamStore) -> Result<T, CourierError>) -> T {
        loop {
            match self.try_to(&mut errand) {
                Ok(done) => return done,
                Err(error @ CourierError::Store(_)) => eprintln!("{error}"),
                Err(error) => panic!("{error}"),
            }
            thread::sleep(Duration::from_millis(30));
        }
    }
}

/// Plays what is still to be played, sending now and then, and everything in the end.
fn take_part(part: &Part) {
    let mut line = Line::to(&part.address);
    let mut local = LocalFile::open(&part.file, PATIENCE).unwrap();
    let session = line.until(|team| Ok(team.session(part.code)?.expect("it was made")));
    let stories = stage::stories(part.rounds);
    let is_over = over(&mut local, part.rounds);
    for number in part.players.clone() {
        let (name, of) = (stage::name(number), stage::team(number));
        if is_over.get(&name).copied().unwrap_or(false) {
            continue;
        }
        let member = line.until(|team| courier::join(team, &mut local, World::real(), part.code, (&name, &of)));
        play(&part.file, &member, &session, &stories, number);
        if number % 3 == 0 {
            // If it can't be sent now, then later.
            if let Err(error) = line.try_to(|team| courier::deliver(team, &mut local)) {
                eprintln!("{error}");
            }
        }
    }
    line.until(|team| courier::deliver(team, &mut local));
}

/// Who has played all rounds already, by name.
fn over(local: &mut LocalFile, rounds: usize) -> HashMap<Text, bool> {
    let rows = local.runs().unwrap();
    let runs = rows.iter().map(|row| row.run().expect("as it was kept"));
    let ended: Vec<RunId> = runs.filter(|run| run.state == RunState::Ended).map(|run| run.id).collect();
    let mut is_over = HashMap::new();
    for member in local.memberships().unwrap() {
        let seats = local.seats(member.hand.player).unwrap();
        is_over.insert(member.name, seats.iter().filter(|seat| ended.contains(&seat.run)).count() == rounds);
    }
    is_over
}

/// Plays the rounds that somebody hasn't played yet: each ticket before its run, each run with its letter.
pub fn play(file: &Path, member: &Membership, session: &Session, stories: &[Arc<Story>], number: u32) {
    let keeper = Keeper::new(Ok(Location::File(file.to_owned())), World::real());
    keeper.wait_for_arrival(PATIENCE);
    let mut book = Book::new(Box::new(keeper.link(PATIENCE)), Some(member.name.clone()));
    assert!(book.take_in());
    let seats = LocalFile::open(file, PATIENCE).unwrap().seats(member.hand.player).unwrap();
    for (round, story) in session.rounds.iter().zip(stories) {
        let seated = Seated { hand: member.hand, round: round.number, practice: false };
        let attempt = match seats.iter().find(|seat| seat.round == round.number) {
            Some(seat) => Attempt { id: seat.run, started: Timestamp::now() },
            None => book.sit(&seated),
        };
        if book.runs().iter().any(|run| run.id == attempt.id) {
            continue;
        }
        book.keep(Standing {
            story,
            run: &stage::run(number, story, round),
            attempt: Some(attempt),
            first: None,
            reference: &format!("{}/{}", session.code, round.number),
            source: None,
            feedback: session.feedback,
            seat: Some(&seated),
        });
    }
    keeper.finish(PATIENCE).unwrap();
}

/// Settles again and again.
fn verify(part: &Part) {
    let mut line = Line::to(&part.address);
    let mut local = LocalFile::open(&part.file, PATIENCE).unwrap();
    let mut copies = HashMap::new();
    loop {
        let settled = line.until(|team| courier::settle(team, &mut local, part.code, &mut copies));
        if settled.looked_at() == 0 {
            thread::sleep(Duration::from_millis(20));
        }
    }
}
