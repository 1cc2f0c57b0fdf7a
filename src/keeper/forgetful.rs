//! Who keeps nothing beyond the program's end: for tests, and for stories that are still being written.

use std::sync::Arc;

use jiff::Timestamp;

use super::Keeping;
use crate::store::{KeptRun, Row, RunId};
use crate::text::Text;

/// Takes everything and forgets it. Its clock stands still and its names are numbers.
#[derive(Clone, Debug, Default)]
pub struct Forgetful {
    names: u64,
}

impl Keeping for Forgetful {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn name(&mut self) -> RunId {
        self.names += 1;
        let mut chance = [0; 10];
        chance[2..].copy_from_slice(&self.names.to_be_bytes());
        RunId::new(self.now(), &chance)
    }

    fn keep(&mut self, _: KeptRun, _: Option<&Arc<str>>) {}

    fn is_settled(&self) -> bool {
        true
    }

    fn trouble(&self) -> Option<Text> {
        None
    }

    fn arrived(&mut self) -> Option<Vec<Row>> {
        None
    }

    fn story(&mut self, _: &str) -> Option<String> {
        None
    }
}
