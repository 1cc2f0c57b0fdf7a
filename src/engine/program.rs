//! The compiled scenario: flat arrays of numbers, no texts.
//!
//! Made by [`compile`](crate::story::compile) from a checked scenario, so that every index in it is good. Places are
//! numbers: scene, option, echo, exit and condition `i` are the `i`th of their array.

use std::ops::Range;

use super::score::Keys;
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

/// What is the same in every play.
#[derive(Clone, Debug, Default)]
pub struct Ready {
    /// Of each scene.
    scenes: Vec<ReadyScene>,
    /// Where each option leads, if that is sure.
    leads: Vec<Option<Target>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct ReadyScene {
    /// The options that nothing closes, a bit each.
    always: u8,
    /// The others, a bit each.
    gated: u8,
    /// Whether it is a decision without echoes: entering it changes nothing.
    quiet: bool,
    /// The keys of those that nothing closes.
    keys: Keys,
}

impl Program {
    /// The same program, with what every play would work out again worked out once. It plays no differently.
    #[must_use]
    pub fn settled(mut self) -> Self {
        self.ready = Ready::default();
        let scenes = 0..u32::try_from(self.scenes.len()).unwrap_or(u32::MAX);
        let scenes = scenes.map(|scene| self.ready_scene(scene)).collect();
        let leads = self.options.iter().map(|option| self.sure(option.exits)).collect();
        self.ready = Ready { scenes, leads };
        self
    }

    #[inline(never)]
    fn ready_scene(&self, scene: u32) -> ReadyScene {
        let options = self.options[self.scenes[scene as usize].options.range()].iter().take(8).enumerate();
        let bits = |wanted: bool| {
            let sure = |option: &PlayOption| option.when.is_empty() && option.once.is_none();
            let which = options.clone().filter(move |(_, option)| sure(option) == wanted);
            which.fold(0, |bits, (place, _)| bits | 1 << place)
        };
        let here = &self.scenes[scene as usize];
        let quiet = here.echoes.is_empty() && !here.options.is_empty();
        ReadyScene { always: bits(true), gated: bits(false), quiet, keys: self.keys_among(scene, bits(true)) }
    }

    /// Where a goto leads, if that depends on nothing.
    fn sure(&self, exits: Span) -> Option<Target> {
        let first = self.exits[exits.range()].first()?;
        (first.chance == 0 && first.when.is_empty()).then_some(first.to)
    }

    /// The options of a scene that nothing closes, and those that something may, a bit each.
    #[inline]
    pub(super) fn doors(&self, scene: u32) -> (u8, u8) {
        let ready = self.ready.scenes.get(scene as usize).copied();
        let ready = ready.unwrap_or_else(|| self.ready_scene(scene));
        (ready.always, ready.gated)
    }

    /// Whether a scene is known to be a decision without echoes.
    #[inline]
    pub(super) fn is_quiet(&self, scene: u32) -> bool {
        self.ready.scenes.get(scene as usize).is_some_and(|ready| ready.quiet)
    }

    /// Where an option leads, if that is known to be sure.
    #[inline]
    pub(super) fn sure_lead(&self, option: usize) -> Option<Target> {
        self.ready.leads.get(option).copied().flatten()
    }

    /// The keys of a scene's open options.
    #[inline]
    pub fn keys(&self, scene: u32, open: u8) -> Keys {
        match self.ready.scenes.get(scene as usize) {
            Some(ready) if ready.always == open => ready.keys,
            _ => self.keys_among(scene, open),
        }
    }

    #[inline(never)]
    fn keys_among(&self, scene: u32, open: u8) -> Keys {
        let options = self.options[self.scenes[scene as usize].options.range()].iter().take(8).enumerate();
        Keys::of(options.filter(|(place, _)| open & (1 << place) != 0).map(|(_, option)| option.key))
    }
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
