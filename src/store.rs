//! Where runs are kept: what a store promises, and what is in it.
//!
//! A [`Store`] takes runs as they stand and gives them back as they were; one suite of tests holds for every one. It
//! knows no screens. Whatever comes out of it was checked against its checksum: what somebody else has altered is told
//! apart and never shown as true.

mod at_hand;
pub mod database;
mod error;
pub mod grants;
mod location;
mod locker;
mod memory;
mod row;
mod run_id;
pub mod sqlite;
mod team;

use jiff::Timestamp;

pub use at_hand::AtHand;
pub use error::StoreError;
pub use location::{Location, STORE_VARIABLE, StoreName};
pub use locker::{Locker, Membership, Seat};
pub use memory::MemoryStore;
pub use row::Row;
pub use run_id::RunId;
pub use sqlite::SqliteStore;
pub use team::{Member, Passed, RefusedLetter, Settled, Taken, TeamStore};

use crate::record::Record;
use crate::report::Summary;
use crate::terms::{Feedback, RunState};
use crate::text::Text;

/// A run as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRun {
    /// Made by who began it, so that sending it twice is sending it once.
    pub id: RunId,
    /// Who played; empty if nobody said.
    pub player: Text,
    /// Its choices.
    pub record: Record,
    /// Whether it goes on.
    pub state: RunState,
    /// The first attempt, if this one plays it again.
    pub first: Option<RunId>,
    /// When choices were commented.
    pub feedback: Feedback,
    /// When it was begun, to the millisecond.
    pub started: Timestamp,
    /// When it was last changed, to the millisecond. Clocks are set back: it may be before the start.
    pub changed: Timestamp,
    /// What it comes to.
    pub summary: Summary,
}

/// How often a run was written: 0 if never. Who writes says what they have seen, and doesn't overwrite what they haven't.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision(pub u64);

/// Whose runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose<'a> {
    /// Everybody's.
    All,
    /// Those of the player of this name; of nobody, if it is empty.
    Player(&'a Text),
}

impl Whose<'_> {
    /// Whether a run of this player is meant.
    pub fn includes(self, player: &str) -> bool {
        match self {
            Self::All => true,
            Self::Player(name) => name.as_str() == player,
        }
    }
}

/// Somewhere to keep runs. What it answers with `Ok` is durable.
pub trait Store {
    /// Keeps a run in the place of what was kept of it, as long as that is what `seen` says. The answer is to be
    /// seen the next time. Doing it twice does it once.
    ///
    /// # Errors
    /// [`StoreError::Elsewhere`] if the run has been changed since; others if it can't be kept now.
    fn keep(&mut self, run: &KeptRun, seen: Revision) -> Result<Revision, StoreError>;

    /// All runs in the order in which they were begun.
    ///
    /// # Errors
    /// If they can't be read now.
    fn runs(&mut self) -> Result<Vec<Row>, StoreError>;

    /// Keeps the scenario file that runs of this hash were played on.
    ///
    /// # Errors
    /// If it can't be kept now.
    fn keep_story(&mut self, hash: &str, source: &str) -> Result<(), StoreError>;

    /// The scenario file of a hash, if it was kept. It comes from outside: it is to be checked, and its hash compared.
    ///
    /// # Errors
    /// If it can't be read now.
    fn story(&mut self, hash: &str) -> Result<Option<String>, StoreError>;

    /// Removes every trace of somebody's runs. The answer is how many they were.
    ///
    /// # Errors
    /// If they can't be removed now; then all of them are still there.
    fn erase(&mut self, whose: Whose<'_>) -> Result<u64, StoreError>;
}
