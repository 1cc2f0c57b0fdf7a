//! What can be wrong with a run record. Each message names the thing and the remedy; nothing in it is raw.

use super::{MAX_BYTES, MAX_CHOICES};
use crate::text::Text;

/// Why something is no run record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// Nothing in it.
    #[error("it is empty; a run record looks like {EXAMPLE}")]
    Empty,
    /// More bytes than a record has.
    #[error("it is larger than {} KiB, which no run record is", MAX_BYTES / 1024)]
    TooLarge,
    /// Not JSON, or JSON of another shape.
    #[error("it is no run record: {0}; one looks like {EXAMPLE}")]
    NotARecord(String),
    /// More choices than anybody makes.
    #[error("it has {0} choices; a run has at most {MAX_CHOICES}")]
    TooManyChoices(usize),
    /// A name that goes on and on.
    #[error("it has a name of {0} bytes; ids and paths are shorter")]
    LongName(usize),
}

/// What a record looks like.
const EXAMPLE: &str = r#"{"scenario": "corner-office", "seed": 1, "choices": ["map"]}"#;

impl RecordError {
    /// What the JSON reader says, made safe, since it may quote the record.
    pub(super) fn not_a_record(error: &serde_json::Error) -> Self {
        let said = Text::clean(&error.to_string()).replace("expected u64", "expected a whole number from 0");
        Self::NotARecord(said.chars().take(200).collect())
    }
}

/// Why a record doesn't fit a story.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// The scenario was another one, or has changed.
    #[error(
        "the run was played on another version of \"{id}\": it names {recorded}, the file at hand is {present}; use \
         the file as it was then, or leave \"hash\" out to try the choices on this one"
    )]
    OtherScenario {
        /// The scenario at hand.
        id: String,
        /// The first digits of the hash in the record.
        recorded: String,
        /// The first digits of the hash of the scenario at hand.
        present: String,
    },
    /// Played by other rules.
    #[error("the run was played with {what} version {recorded}, this program has {present}; use the program of then")]
    OtherVersion {
        /// `engine` or `scoring`.
        what: &'static str,
        /// The version in the record.
        recorded: u32,
        /// This program's.
        present: u32,
    },
    /// No such option in the scene.
    #[error("choice {number} is \"{id}\", which scene \"{scene}\" doesn't have; open there: {open}")]
    Unknown {
        /// Which choice, from 1.
        number: usize,
        /// The option it names.
        id: String,
        /// Where the run stood.
        scene: String,
        /// The ids that were open there.
        open: String,
    },
    /// The option was closed at that moment.
    #[error("choice {number}, \"{id}\" in scene \"{scene}\", was closed then: {reason}")]
    Closed {
        /// Which choice, from 1.
        number: usize,
        /// The option it names.
        id: String,
        /// Where the run stood.
        scene: String,
        /// Why it was closed.
        reason: String,
    },
    /// A choice after the ending.
    #[error("the story had ended before choice {number}; leave that one and what follows out")]
    Ended {
        /// Which choice, from 1.
        number: usize,
    },
}
