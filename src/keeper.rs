//! Between play and store: every answer is on disk before its consequence shows, and nobody waits for a disk that fails.
//!
//! A thread of its own holds the store. Who plays hands it a run as it stands and waits until that is kept, but never
//! longer than fits between a key and a frame. What can't be kept stays in memory, is told, and is tried again until it
//! is; what is still not kept at the end is handed back.

mod book;
mod forgetful;
mod shelf;
mod worker;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use self::book::{Attempt, Book, First, Seated, Standing, TakenUp, meta, story_of};
pub use self::forgetful::Forgetful;
use self::shelf::Shelf;
pub use self::worker::Opening;
use self::worker::{Order, Worker};
use crate::practice::Today;
use crate::record::Record;
use crate::store::{KeptRun, Row, RunId, Seat};
use crate::team::Letter;
use crate::text::Text;

/// What keeps runs, as play sees it.
pub trait Keeping {
    /// The time, to the millisecond.
    fn now(&self) -> Timestamp;

    /// The day, as the player's clock shows it.
    fn today(&self) -> Today;

    /// A name for a run that begins.
    fn name(&mut self) -> RunId;

    /// Takes a run as it stands, to be kept, with the scenario file that it is played on and, once a team's round has
    /// ended, the letter that sends it. Waits a moment for it.
    fn keep(&mut self, run: KeptRun, source: Option<&Arc<str>>, letter: Option<Letter>);

    /// Takes a seat in a team's round, to be kept with the letter that takes its ticket. Waits a moment for it.
    fn sit(&mut self, seat: Seat, letter: Letter);

    /// Whether all that was taken is kept, or [`Self::trouble`] says why it isn't yet.
    fn is_settled(&self) -> bool;

    /// What is wrong, in a line that names the place and the remedy; nothing while all is kept.
    fn trouble(&self) -> Option<Text>;

    /// What was kept before, the once that it has come in.
    fn arrived(&mut self) -> Option<Vec<Row>>;

    /// Whether letters to a team's store were still to be sent when what was kept before came in.
    fn has_letters(&self) -> bool;

    /// The scenario file of a hash, if runs were played on it.
    fn story(&mut self, hash: &str) -> Option<String>;
}

/// How the world is reached.
#[derive(Clone, Copy)]
pub struct World {
    /// The time.
    pub now: fn() -> Timestamp,
    /// Ten bytes of chance.
    pub chance: fn() -> [u8; 10],
}

impl World {
    /// The machine's own.
    pub fn real() -> Self {
        Self { now: Timestamp::now, chance }
    }
}

fn chance() -> [u8; 10] {
    let mut bytes = [0; 10];
    // Without chance, the moment alone has to tell runs apart.
    let _ = getrandom::fill(&mut bytes);
    bytes
}

/// The owner of the thread and of the store behind it.
pub struct Keeper {
    world: World,
    orders: Sender<Order>,
    shelf: Arc<Shelf>,
    thread: JoinHandle<()>,
}

/// What is handed to who plays.
pub struct Link {
    world: World,
    patience: Duration,
    orders: Sender<Order>,
    shelf: Arc<Shelf>,
    /// Scenario files that were handed over.
    sources: HashSet<String>,
}

/// What could not be kept by the end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} could not be saved: {why}", if .runs.len() == 1 { "a run" } else { "runs" })]
pub struct Unkept {
    /// The runs, as they stood last.
    pub runs: Vec<Record>,
    /// Why, with a remedy.
    pub why: Text,
}

impl Keeper {
    /// A keeper over the store that `opening` names, as soon as that can be opened.
    pub fn new(opening: Opening, world: World) -> Self {
        let (orders, inbox) = mpsc::channel();
        let shelf = Arc::new(Shelf::default());
        let worker = Worker::new(opening, world, inbox, Arc::clone(&shelf));
        let thread = thread::spawn(move || worker.work());
        Self { world, orders, shelf, thread }
    }

    /// For who plays. Handing over a run takes no longer than `patience`.
    pub fn link(&self, patience: Duration) -> Link {
        let (orders, shelf) = (self.orders.clone(), Arc::clone(&self.shelf));
        Link { world: self.world, patience, orders, shelf, sources: HashSet::new() }
    }

    /// Has `ring` called whenever something changes that nobody waits for: trouble that comes or goes, and what was
    /// kept before.
    pub fn on_change(&self, ring: impl Fn() + Send + 'static) {
        self.shelf.on_change(Box::new(ring));
    }

    /// Waits until what was kept before has come in, or there is trouble with it, but not longer than `patience`.
    pub fn wait_for_arrival(&self, patience: Duration) {
        self.shelf.wait(patience, shelf::Inside::is_read);
    }

    /// Ends, after all that can be kept has been, or `patience` is over.
    ///
    /// # Errors
    /// With what could not be kept.
    pub fn finish(self, patience: Duration) -> Result<(), Unkept> {
        self.shelf.wait(patience, shelf::Inside::is_kept);
        let _ = self.orders.send(Order::End);
        let (runs, why) = self.shelf.unkept();
        if runs.is_empty() {
            // It has nothing left to do but to close its file.
            let _ = self.thread.join();
            return Ok(());
        }
        Err(Unkept { runs, why })
    }
}

impl Keeping for Link {
    fn now(&self) -> Timestamp {
        (self.world.now)()
    }

    fn today(&self) -> Today {
        let zone = TimeZone::system();
        Today { day: self.now().to_zoned(zone.clone()).date(), zone }
    }

    fn name(&mut self) -> RunId {
        RunId::new((self.world.now)(), &(self.world.chance)())
    }

    fn keep(&mut self, run: KeptRun, source: Option<&Arc<str>>, letter: Option<Letter>) {
        let hash = run.record.hash.clone();
        let source = source.zip(hash).filter(|(_, hash)| self.sources.insert(hash.clone()));
        let source = source.map(|(source, hash)| (hash, Arc::clone(source)));
        let number = self.shelf.hand(&run);
        // The thread lives as long as the keeper. If it is gone, all that comes is not kept, which its end tells.
        let _ = self.orders.send(Order::Keep(number, Box::new(run), source, letter));
        self.shelf.wait(self.patience, shelf::Inside::is_settled);
    }

    fn sit(&mut self, seat: Seat, letter: Letter) {
        let number = self.shelf.number();
        let _ = self.orders.send(Order::Sit(number, seat, letter));
        self.shelf.wait(self.patience, shelf::Inside::is_settled);
    }

    fn is_settled(&self) -> bool {
        self.shelf.is_settled()
    }

    fn trouble(&self) -> Option<Text> {
        self.shelf.trouble()
    }

    fn arrived(&mut self) -> Option<Vec<Row>> {
        self.shelf.take_arrived()
    }

    fn has_letters(&self) -> bool {
        self.shelf.has_letters()
    }

    fn story(&mut self, hash: &str) -> Option<String> {
        let (answer, answered) = mpsc::channel();
        let _ = self.orders.send(Order::Story(hash.to_owned(), answer));
        answered.recv_timeout(LOOK_UP).ok().flatten()
    }
}

/// How long a scenario file is waited for, that an old run was played on.
const LOOK_UP: Duration = Duration::from_millis(500);
