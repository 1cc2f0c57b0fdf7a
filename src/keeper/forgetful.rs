//! Who keeps nothing beyond the program's end: for tests, and for stories that are still being written.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Keeping;
use crate::practice::Today;
use crate::store::{KeptRun, Row, RunId, Seat};
use crate::team::Letter;
use crate::text::Text;

/// Takes everything and forgets it. Its clock stands still and its names are numbers.
#[derive(Clone, Debug, Default)]
pub struct Forgetful {
    names: u64,
    has_arrived: bool,
}

impl Keeping for Forgetful {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn today(&self) -> Today {
        Today { day: Date::new(1970, 1, 1).unwrap_or(Date::MIN), zone: TimeZone::UTC }
    }

    fn name(&mut self) -> RunId {
        self.names += 1;
        let mut chance = [0; 10];
        chance[2..].copy_from_slice(&self.names.to_be_bytes());
        RunId::new(self.now(), &chance)
    }

    fn keep(&mut self, _: KeptRun, _: Option<&Arc<str>>, _: Option<Letter>) {}

    fn sit(&mut self, _: Seat, _: Letter) {}

    fn is_settled(&self) -> bool {
        true
    }

    fn trouble(&self) -> Option<Text> {
        None
    }

    fn arrived(&mut self) -> Option<Vec<Row>> {
        (!std::mem::replace(&mut self.has_arrived, true)).then(Vec::new)
    }

    fn has_letters(&self) -> bool {
        false
    }

    fn story(&mut self, _: &str) -> Option<String> {
        None
    }
}
