//! The compiled scenario: flat arrays of numbers, no texts.
//!
//! Made by [`compile`](crate::story::compile) from a checked scenario, so that every index in it is good. Places are
//! numbers: scene, option, echo, exit and condition `i` are the `i`th of their array.

use std::ops::Range;

use super::ready::Ready;
use crate::terms::{Effect, EndingKind, Key, Meters, Posture, Rule};

/// A run of places in one of the program's arrays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first place.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

impl Span {
    /// The places as a range for indexing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How many there are.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A scenario as the engine plays it.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Where a run begins.
    pub start: u32,
    /// The meters it begins with.
    pub meters: Meters,
    /// How many insights are declared, at most 64.
    pub insights: u32,
    /// How many options can be chosen only once.
    pub once: u32,
    /// Decisions and passages.
    pub scenes: Vec<Scene>,
    /// Options of all scenes.
    pub options: Vec<PlayOption>,
    /// Echoes of all scenes.
    pub echoes: Vec<Echo>,
    /// Exits of all gotos.
    pub exits: Vec<Exit>,
    /// Tests of all conditions.
    pub tests: Vec<Test>,
    /// How each ending ranks.
    pub endings: Vec<EndingKind>,
    /// What was worked out beforehand, see [`Self::settled`]; nothing if nothing was.
    pub ready: Ready,
}

/// A decision or a passage.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
    /// Its options; none for a passage.
    pub options: Span,
    /// Its echoes.
    pub echoes: Span,
    /// Where a passage leads.
    pub exits: Span,
    /// What a decision is scored on.
    pub scored: Scored,
}

/// What a decision is scored on.
#[derive(Clone, Copy, Debug)]
pub struct Scored {
    /// The rule, at full weight.
    pub rule: Rule,
    /// A second rule, at half weight, for the bars by rule only.
    pub also: Option<Rule>,
    /// In halves: 2, or 3 for a turning point.
    pub weight: u32,
}

/// An option.
#[derive(Clone, Copy, Debug)]
pub struct PlayOption {
    /// What must hold for it to be open.
    pub when: Span,
    /// Its bit among the options that can be chosen only once.
    pub once: Option<u32>,
    /// Leads, takes over, or is absent.
    pub posture: Posture,
    /// How good it is.
    pub key: Key,
    /// What it does to the meters.
    pub effect: Effect,
    /// Insights gained, a bit each.
    pub learn: u64,
    /// Flags set, a bit each.
    pub set: Flags,
    /// Where it leads.
    pub exits: Span,
}

/// An echo.
#[derive(Clone, Copy, Debug)]
pub struct Echo {
    /// What must hold for it to sound.
    pub when: Span,
    /// What it does to the meters.
    pub effect: Effect,
}

/// An entry of a goto.
#[derive(Clone, Copy, Debug)]
pub struct Exit {
    /// Where it leads.
    pub to: Target,
    /// What must hold for it to be taken.
    pub when: Span,
    /// Its weight in a draw with its neighbours; 0 means no draw.
    pub chance: u32,
}

/// A scene or an ending, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The story goes on.
    Scene(u32),
    /// The story is over.
    Ending(u32),
}

/// A part of a condition; all parts of a span must hold.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// A meter (by its place) within bounds.
    Meter(u8, u8, u8),
    /// So many insights known: at least, at most.
    Count(u8, u8),
    /// All of these insights known, a bit each.
    Knows(u64),
    /// All of these flags set, within one word of 64.
    Flags(u8, u64),
    /// None of these flags set, within one word of 64.
    Without(u8, u64),
    /// At least one of these holds, each an [`Self::All`].
    Any(Span),
    /// All of these hold.
    All(Span),
}

/// A set of up to 256 flags.
pub type Flags = [u64; 4];
