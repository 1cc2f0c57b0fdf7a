//! Conditions: what must hold for an option to be open, an echo to sound, a goto to be taken.
//!
//! No expressions and no scripting, so that the checker and the proof can reason about them.

use serde::Serialize;

use super::{FlagId, InsightId};
use crate::terms::Meter;

/// A range that a number must lie in, ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Bounds {
    /// At least this, 0 to 100.
    pub min: u8,
    /// At most this, 0 to 100.
    pub max: u8,
}

impl Bounds {
    /// Every value a meter can have.
    pub const ALL: Self = Self { min: 0, max: 100 };

    /// Whether a value lies within.
    pub const fn hold(self, value: u8) -> bool {
        self.min <= value && value <= self.max
    }
}

/// All of its parts must hold; an empty one always does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Condition {
    /// Meters within bounds.
    pub meters: Vec<(Meter, Bounds)>,
    /// At least and at most so many insights known.
    pub insights: Option<Bounds>,
    /// Insights that must be known.
    pub knows: Vec<InsightId>,
    /// Flags that must be set.
    pub flags: Vec<FlagId>,
    /// Flags that must not be set.
    pub without: Vec<FlagId>,
    /// Groups, in each of which at least one alternative must hold.
    pub any: Vec<Vec<Condition>>,
}

impl Condition {
    /// Whether nothing is asked, so that it always holds.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
