//! A store that lasts as long as the program: for tests, and for who wants nothing kept.

use std::collections::BTreeMap;

use super::row::Fields;
use super::{KeptRun, Revision, Row, Store, StoreError, Whose};

/// Keeps everything in memory.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    /// Rows and their checksums, in the order in which they were begun.
    rows: Vec<(Fields, String)>,
    stories: BTreeMap<String, String>,
}

impl Store for MemoryStore {
    fn keep(&mut self, run: &KeptRun, seen: Revision) -> Result<Revision, StoreError> {
        let next = Revision(seen.0 + 1);
        let fields = Fields::of(run, next);
        let sum = fields.sum();
        match self.rows.iter_mut().find(|(there, _)| there.id == fields.id) {
            None => self.rows.push((fields, sum)),
            Some((there, _)) if *there == fields => {}
            Some((there, old)) if u64::try_from(there.rev) == Ok(seen.0) => (*there, *old) = (fields, sum),
            Some(_) => return Err(StoreError::Elsewhere(run.id)),
        }
        Ok(next)
    }

    fn runs(&mut self) -> Result<Vec<Row>, StoreError> {
        Ok(self.rows.iter().map(|(fields, sum)| fields.clone().row(sum)).collect())
    }

    fn keep_story(&mut self, hash: &str, source: &str) -> Result<(), StoreError> {
        self.stories.insert(hash.to_owned(), source.to_owned());
        Ok(())
    }

    fn story(&mut self, hash: &str) -> Result<Option<String>, StoreError> {
        Ok(self.stories.get(hash).cloned())
    }

    fn erase(&mut self, whose: Whose<'_>) -> Result<u64, StoreError> {
        let before = self.rows.len();
        self.rows.retain(|(fields, _)| !whose.includes(&fields.player));
        // A story that nobody has played tells of nobody.
        if self.rows.is_empty() {
            self.stories.clear();
        }
        Ok((before - self.rows.len()) as u64)
    }
}
