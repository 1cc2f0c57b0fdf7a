//! What play and the keeper's thread both see.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::record::Record;
use crate::store::{KeptRun, Row, RunId};
use crate::text::Text;

/// Shared between the two.
#[derive(Default)]
pub(super) struct Shelf {
    inside: Mutex<Inside>,
    changed: Condvar,
}

/// What is on it.
#[derive(Default)]
pub(super) struct Inside {
    /// How many runs were handed over.
    count: u64,
    /// All up to the one handed over as this number are kept.
    kept: u64,
    /// Keeping the one handed over as this number, and all before it, has been tried in vain.
    failed: u64,
    trouble: Option<Text>,
    arrived: Option<Vec<Row>>,
    has_arrived: bool,
    has_letters: bool,
    /// Runs as they were last handed over, and as which number.
    handed: Vec<(RunId, u64, Record)>,
    ring: Option<Box<dyn Fn() + Send>>,
}

impl Inside {
    /// Whether all that was handed over is kept.
    pub(super) const fn is_kept(&self) -> bool {
        self.kept >= self.count
    }

    /// Whether all that was handed over is kept, or keeping it has been tried in vain.
    pub(super) const fn is_settled(&self) -> bool {
        self.is_kept() || self.failed >= self.count
    }

    /// Whether what was kept before is here, or won't be soon.
    pub(super) const fn is_read(&self) -> bool {
        self.has_arrived || self.trouble.is_some()
    }
}

impl Shelf {
    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes something, and tells who waits for it or wants to know.
    fn change(&self, change: impl FnOnce(&mut Inside)) {
        let mut inside = self.lock();
        change(&mut inside);
        self.changed.notify_all();
        if let Some(ring) = &inside.ring {
            ring();
        }
    }

    /// Waits until something is so, but not longer than `patience`.
    pub(super) fn wait(&self, patience: Duration, until: impl Fn(&Inside) -> bool) {
        let _ = self.changed.wait_timeout_while(self.lock(), patience, |inside| !until(inside));
    }

    pub(super) fn on_change(&self, ring: Box<dyn Fn() + Send>) {
        // What changed before has to be told, too.
        ring();
        self.lock().ring = Some(ring);
    }

    pub(super) fn is_settled(&self) -> bool {
        self.lock().is_settled()
    }

    /// The number of something that is handed over.
    pub(super) fn number(&self) -> u64 {
        let mut inside = self.lock();
        inside.count += 1;
        inside.count
    }

    /// Remembers a run that is handed over. The answer is its number.
    pub(super) fn hand(&self, run: &KeptRun) -> u64 {
        let number = self.number();
        let mut inside = self.lock();
        inside.handed.retain(|(id, _, _)| *id != run.id);
        inside.handed.push((run.id, number, run.record.clone()));
        number
    }

    /// All up to this number are kept.
    pub(super) fn kept(&self, number: u64) {
        self.change(|inside| {
            inside.kept = inside.kept.max(number);
            inside.handed.retain(|(_, handed, _)| *handed > number);
            inside.trouble = None;
        });
    }

    /// Something is wrong, and those up to this number aren't kept yet.
    pub(super) fn failed(&self, number: u64, why: &str) {
        let said = Text::clean(why);
        if self.lock().trouble.as_ref() == Some(&said) && self.lock().failed >= number {
            return;
        }
        self.change(|inside| {
            inside.failed = inside.failed.max(number);
            inside.trouble = Some(said);
        });
    }

    /// Something is to be known that is no trouble any more; it stands until the next run is kept.
    pub(super) fn note(&self, note: &str) {
        self.change(|inside| inside.trouble = Some(Text::clean(note)));
    }

    pub(super) fn arrived(&self, rows: Vec<Row>, has_letters: bool) {
        self.change(|inside| {
            inside.arrived = Some(rows);
            inside.has_letters = has_letters;
            inside.has_arrived = true;
        });
    }

    pub(super) fn has_letters(&self) -> bool {
        self.lock().has_letters
    }

    pub(super) fn take_arrived(&self) -> Option<Vec<Row>> {
        self.lock().arrived.take()
    }

    pub(super) fn trouble(&self) -> Option<Text> {
        self.lock().trouble.clone()
    }

    /// The runs that aren't kept as they stood last, and why.
    pub(super) fn unkept(&self) -> (Vec<Record>, Text) {
        let inside = self.lock();
        let runs = inside.handed.iter().filter(|(_, number, _)| *number > inside.kept).map(|(_, _, run)| run.clone());
        let why = inside.trouble.clone().unwrap_or_else(|| Text::clean("there was no time left for it"));
        (runs.collect(), why)
    }
}
