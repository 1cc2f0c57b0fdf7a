//! A run as it lies in a table: fields of text and numbers, and a checksum over them.

use std::str::FromStr;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{KeptRun, Revision, RunId};
use crate::record::Record;
use crate::side_by_side::side_by_side;
use crate::terms::{Feedback, RunState};
use crate::text::Text;

/// Says what is summed up and how; changes with the fields.
const PREFIX: &[u8] = b"ridealong run, fields 1\n";

/// A row as it came out of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// As it was kept.
    Good(Box<KeptRun>, Revision),
    /// Somebody else has changed it: nothing of it is to be shown as true.
    Altered {
        /// What stands where its id was, safe to print.
        id: Text,
    },
}

impl Row {
    /// The run, if it is as it was kept.
    pub const fn run(&self) -> Option<&KeptRun> {
        match self {
            Self::Good(run, _) => Some(run),
            Self::Altered { .. } => None,
        }
    }

    /// The run, for good.
    pub fn into_run(self) -> Option<KeptRun> {
        match self {
            Self::Good(run, _) => Some(*run),
            Self::Altered { .. } => None,
        }
    }
}

/// A row as it came out of a table: its fields and the checksum beside them, or what stands where its id should be,
/// where they aren't even text and numbers.
pub(super) type Raw = Result<(Fields, String), String>;

/// Judges rows, on several threads where they are many.
pub(super) fn judged(raw: &[Raw]) -> Vec<Row> {
    /// Fewer than this are not worth a thread.
    const ENOUGH: usize = 1000;
    side_by_side(raw, ENOUGH, judge)
}

fn judge(raw: &Raw) -> Row {
    match raw {
        Ok((fields, sum)) => fields.row(sum),
        Err(id) => altered(id),
    }
}

fn altered(id: &str) -> Row {
    Row::Altered { id: Text::clean(&id.chars().take(40).collect::<String>()) }
}

/// The fields of a row, as both databases and the checksum have them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) id: String,
    pub(super) rev: i64,
    pub(super) player: String,
    pub(super) state: String,
    pub(super) record: String,
    pub(super) first: Option<String>,
    pub(super) feedback: String,
    pub(super) started: i64,
    pub(super) changed: i64,
    pub(super) summary: String,
}

impl Fields {
    /// A run's fields.
    pub(super) fn of(run: &KeptRun, Revision(rev): Revision) -> Self {
        Self {
            id: run.id.to_string(),
            rev: i64::try_from(rev).unwrap_or(i64::MAX),
            player: run.player.to_string(),
            state: run.state.id().to_owned(),
            record: run.record.to_line(),
            first: run.first.map(|first| first.to_string()),
            feedback: run.feedback.id().to_owned(),
            started: run.started.as_millisecond(),
            changed: run.changed.as_millisecond(),
            // Strings, numbers and lists only: writing them to memory cannot fail.
            summary: serde_json::to_string(&run.summary).unwrap_or_default(),
        }
    }

    /// SHA-256 over the fields, each with its length before it, as hexadecimal digits.
    pub(super) fn sum(&self) -> String {
        let numbers = [self.rev, self.started, self.changed].map(|number| number.to_string());
        let [rev, started, changed] = &numbers;
        let first = self.first.as_deref().unwrap_or_default();
        let mut hasher = Sha256::new_with_prefix(PREFIX);
        let Self { id, player, state, record, feedback, summary, .. } = self;
        for field in [id, rev, player, state, record, first, feedback, started, changed, summary] {
            hasher.update((field.len() as u64).to_le_bytes());
            hasher.update(field.as_bytes());
        }
        // Thousands of rows are read at a start: formatting each byte would take longer than all the rest.
        let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half & 15)]);
        hasher.finalize().iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
    }

    /// The row, judged by the checksum that lay beside it.
    pub(super) fn row(&self, sum: &str) -> Row {
        let good = if self.sum() == sum { self.run() } else { None };
        good.map_or_else(
            || altered(&self.id),
            |run| Row::Good(Box::new(run), Revision(u64::try_from(self.rev).unwrap_or(0))),
        )
    }

    fn run(&self) -> Option<KeptRun> {
        Some(KeptRun {
            id: RunId::from_str(&self.id).ok()?,
            player: Text::clean(&self.player),
            record: Record::parse(self.record.as_bytes()).ok()?,
            state: RunState::from_id(&self.state)?,
            first: self.first.as_deref().map(RunId::from_str).transpose().ok()?,
            feedback: Feedback::from_id(&self.feedback)?,
            started: Timestamp::from_millisecond(self.started).ok()?,
            changed: Timestamp::from_millisecond(self.changed).ok()?,
            summary: serde_json::from_str(&self.summary).ok()?,
        })
    }
}
