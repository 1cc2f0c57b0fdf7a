//! What is the same of a program in every play, worked out once: which options are always open, which gotos lead to one
//! place. The rules don't know more by it, they are only sooner done; a program without it plays the same.

use super::program::{PlayOption, Program, Span, Target};
use super::score::Keys;

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
    /// The same program, with what every play would work out again worked out once. It plays no differently. Whoever
    /// changes a program afterwards settles it again.
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
