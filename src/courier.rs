//! Between a player's machine and a team's store: carries letters there, brings back what is public, and does what a
//! facilitator asks for.
//!
//! A thread of its own speaks to the store, however long that takes or however often it fails; who plays asks and goes
//! on, and is told what came of it when it has come. Nothing here is waited for by a screen.

mod errands;
mod reach;
mod taken_along;
mod worker;

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

pub use self::errands::{
    CourierError, LocalFile, Plan, copies, create, deliver, erase, join, results_of, round_story, settle, take_along,
};
pub use self::reach::{Reach, Stores};
use self::worker::Worker;
use crate::engine::Run;
use crate::keeper::World;
use crate::store::{Location, Member, Membership, Passed, RefusedLetter, Seat, Settled, StoreError, Taken};
use crate::story::Story;
use crate::team::board::Board;
use crate::team::{Session, SessionCode, Step};
use crate::text::Text;

/// What can be asked for.
#[derive(Clone, Debug)]
pub enum Ask {
    /// Which sessions there are, and which were joined here.
    Sessions,
    /// How a session stands, as the public sees it.
    Look(SessionCode),
    /// The board that the public sees, and how far the session is: what a projector asks again and again.
    Board(SessionCode),
    /// Who is in a session, with their runs: for its facilitator.
    People(SessionCode),
    /// What a room chose: the runs of a session that count.
    Results(SessionCode),
    /// To join one: its code, a name, a team (empty for none).
    Join(SessionCode, Text, Text),
    /// To send what is still to be sent.
    Deliver,
    /// To make one.
    Create(Box<Plan>),
    /// To take one a step further, after everything that was sent has been settled.
    Step(SessionCode, Step),
    /// To settle what was sent, publish the board, and tell how it stands: what a facilitator's screen asks again and
    /// again.
    Stand(SessionCode),
    /// To give somebody another name.
    Rename(SessionCode, Uuid, Text),
    /// To take somebody off the board, or put them back.
    Remove(SessionCode, Uuid, bool),
    /// To take a run back, or let it count again.
    Withdraw(SessionCode, Uuid, bool),
    /// To erase somebody.
    Erase(SessionCode, Uuid),
}

/// What came of something.
#[derive(Clone, Debug)]
pub enum News {
    /// The sessions that there are, the last one first, by the store's clock, and those that were joined here.
    Sessions(Vec<Session>, Timestamp, Vec<Membership>),
    /// How a session stands, as the public sees it.
    Looked(Box<Looked>),
    /// A session that was joined here as it was when its store could be reached last, and why it can't be now; without a
    /// reason, the store has yet to answer.
    Kept(Box<Looked>, Option<Text>),
    /// A session and the board that the public sees.
    Board(Box<Glance>),
    /// Who is in a session.
    People(Box<People>),
    /// The runs of a session that count, round by round.
    Results(SessionCode, Vec<RoundRuns>),
    /// A session was joined here.
    Joined(Box<Membership>),
    /// A session was made.
    Created(SessionCode),
    /// How a session stands, as its facilitator sees it.
    Stands(Box<Stands>),
    /// All that was to be sent has arrived.
    Sent,
    /// So many letters can't be sent now, and why. It is tried again without being asked.
    Unsent(usize, Text),
    /// Something was done; a line to show.
    Done(Text),
    /// It couldn't be: a line that names the place and the remedy.
    Failed(Text),
}

/// A session as the public sees it, with what was joined here.
#[derive(Clone, Debug)]
pub struct Looked {
    /// The session.
    pub session: Session,
    /// Now, by the store's clock.
    pub now: Timestamp,
    /// The board that the public sees.
    pub board: Option<Taken>,
    /// The scenario files of its rounds, in their order; nothing where one can't be read or isn't what it should be.
    pub sources: Vec<Option<String>>,
    /// Who has joined it here, with the tickets that they hold.
    pub mine: Vec<(Membership, Vec<Seat>)>,
}

/// A session and its public board.
#[derive(Clone, Debug)]
pub struct Glance {
    /// The session.
    pub session: Session,
    /// Now, by the store's clock.
    pub now: Timestamp,
    /// The board that the public sees.
    pub board: Option<Taken>,
}

/// Who is in a session.
#[derive(Clone, Debug)]
pub struct People {
    /// Which session.
    pub code: SessionCode,
    /// Everybody, in the order in which they joined.
    pub members: Vec<Member>,
    /// The runs that were taken, in the order in which they came.
    pub runs: Vec<Passed>,
    /// Who is in the middle of a round, and of which.
    pub playing: Vec<(Uuid, u8)>,
}

/// A round's runs that count.
#[derive(Clone, Debug)]
pub struct RoundRuns {
    /// Its number, from 1.
    pub number: u8,
    /// What was played.
    pub story: Story,
    /// The runs.
    pub runs: Vec<Run>,
    /// Runs of which only the numbers are kept.
    pub numbers: usize,
}

/// A session as its facilitator sees it.
#[derive(Clone, Debug)]
pub struct Stands {
    /// The session.
    pub session: Session,
    /// Now, by the store's clock.
    pub now: Timestamp,
    /// The board as it stands, or stood when it was sealed.
    pub board: Board,
    /// The board that the public sees.
    pub public: Option<Taken>,
    /// What became of what was sent since it was asked last.
    pub settled: Settled,
    /// What was not taken.
    pub refused: Vec<RefusedLetter>,
}

/// What carries, as a screen sees it.
pub trait Carrying {
    /// Asks for something. Never waits.
    fn ask(&mut self, ask: Ask);

    /// What has come since it was asked last.
    fn news(&mut self) -> Vec<News>;
}

/// How long others who write are waited for.
const BUSY: Duration = Duration::from_secs(2);

/// Called when there is news.
type Ring = Arc<dyn Fn() + Send + Sync>;

/// The owner of the threads: one speaks to the team's store, one looks at what was taken along and never waits for it.
pub struct Courier {
    asks: Sender<Ask>,
    looks: Sender<SessionCode>,
    news: Receiver<News>,
    // They end when nobody can ask any more; nobody waits for a store that doesn't answer.
    _threads: [JoinHandle<()>; 2],
}

impl Courier {
    /// A courier between the file on this machine and the team's store. `ring` is called when there is news.
    pub fn new(location: Result<Location, StoreError>, world: World, ring: impl Fn() + Send + Sync + 'static) -> Self {
        let (asks, inbox) = mpsc::channel();
        let (looks, wanted) = mpsc::channel();
        let (outbox, news) = mpsc::channel();
        let ring: Ring = Arc::new(ring);
        let worker = Worker::new(location.clone(), world, inbox, outbox.clone(), Arc::clone(&ring));
        let beside = thread::spawn(move || taken_along::tell(&location, world, &wanted, &outbox, &ring));
        Self { asks, looks, news, _threads: [thread::spawn(move || worker.work()), beside] }
    }
}

impl Carrying for Courier {
    fn ask(&mut self, ask: Ask) {
        // The threads live as long as somebody can ask.
        if let Ask::Look(code) = ask {
            let _ = self.looks.send(code);
        }
        let _ = self.asks.send(ask);
    }

    fn news(&mut self) -> Vec<News> {
        self.news.try_iter().collect()
    }
}

/// Carries nothing: for tests, and where there is no store for teams.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nobody;

impl Carrying for Nobody {
    fn ask(&mut self, _: Ask) {}

    fn news(&mut self) -> Vec<News> {
        Vec::new()
    }
}
