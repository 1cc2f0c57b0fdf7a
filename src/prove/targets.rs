//! What can be met in a play, and how far that is known.

use crate::engine::program::Program;
use crate::engine::{Chosen, Event, Seed};

/// Whether something can be met in some play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It can: the number of the [play](super::Proof::witness) that shows it, and how many of its choices it takes.
    Met(u32, u32),
    /// It can't.
    Never,
    /// Neither was shown.
    Unknown,
}

impl Reach {
    /// Whether it can: nothing if that isn't known.
    pub const fn known(self) -> Option<bool> {
        match self {
            Self::Met(..) => Some(true),
            Self::Never => Some(false),
            Self::Unknown => None,
        }
    }
}

/// Something that can be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Scene(u32),
    Option(u32),
    Ending(u32),
    Echo(u32),
    /// A scene where every option is closed.
    Stuck(u32),
    /// A way of going on for ever, from this scene.
    Endless(u32),
}

/// What is known of everything that can be met, by its place in the program.
#[derive(Clone, Debug)]
pub struct Targets {
    /// Scenes: entered.
    pub scenes: Vec<Reach>,
    /// Options: open at least once.
    pub options: Vec<Reach>,
    /// Endings.
    pub endings: Vec<Reach>,
    /// Echoes: sounded.
    pub echoes: Vec<Reach>,
    /// Scenes: met with every option closed.
    pub stuck: Vec<Reach>,
    /// Scenes: a play can go from here for ever.
    pub endless: Vec<Reach>,
}

impl Targets {
    /// Nothing known; only where it is `loose` may a play get stuck or go on for ever.
    pub(super) fn new(program: &Program, can_stick: &[bool], can_go_round: &[bool]) -> Self {
        let unknown = |count: usize| vec![Reach::Unknown; count];
        let only = |can: &[bool]| can.iter().map(|can| if *can { Reach::Unknown } else { Reach::Never }).collect();
        Self {
            scenes: unknown(program.scenes.len()),
            options: unknown(program.options.len()),
            endings: unknown(program.endings.len()),
            echoes: unknown(program.echoes.len()),
            stuck: only(can_stick),
            endless: only(can_go_round),
        }
    }

    pub(super) fn get_mut(&mut self, target: Target) -> Option<&mut Reach> {
        match target {
            Target::Scene(at) => self.scenes.get_mut(at as usize),
            Target::Option(at) => self.options.get_mut(at as usize),
            Target::Ending(at) => self.endings.get_mut(at as usize),
            Target::Echo(at) => self.echoes.get_mut(at as usize),
            Target::Stuck(at) => self.stuck.get_mut(at as usize),
            Target::Endless(at) => self.endless.get_mut(at as usize),
        }
    }

    /// Whether a target is still open.
    pub(super) fn is_open(&mut self, target: Target) -> bool {
        self.get_mut(target).is_some_and(|reach| *reach == Reach::Unknown)
    }

    /// Everything of which it isn't known.
    pub(super) fn open(&self) -> impl Iterator<Item = Target> {
        let of = |list: &[Reach], target: fn(u32) -> Target| {
            let open = (0..).zip(list).filter(|(_, reach)| **reach == Reach::Unknown);
            open.map(|(at, _)| target(at)).collect::<Vec<_>>()
        };
        let lists = [
            of(&self.scenes, Target::Scene),
            of(&self.options, Target::Option),
            of(&self.endings, Target::Ending),
            of(&self.echoes, Target::Echo),
            of(&self.stuck, Target::Stuck),
            of(&self.endless, Target::Endless),
        ];
        lists.into_iter().flatten()
    }

    /// Says of everything that is open that it can't be met.
    pub(super) fn close(&mut self) {
        let lists = [
            &mut self.scenes,
            &mut self.options,
            &mut self.endings,
            &mut self.echoes,
            &mut self.stuck,
            &mut self.endless,
        ];
        for reach in lists.into_iter().flatten().filter(|reach| **reach == Reach::Unknown) {
            *reach = Reach::Never;
        }
    }
}

/// What an event shows to have been met.
pub(super) fn shown(event: Event) -> Option<Target> {
    match event {
        Event::Entered(scene) => Some(Target::Scene(scene)),
        Event::Echoed(echo, _) => Some(Target::Echo(echo)),
        Event::Ended(ending) => Some(Target::Ending(ending)),
        Event::Moved(_) | Event::Learned(_) | Event::Remembered(_) => None,
    }
}

/// A play, or the beginning of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// A seed with which these choices lead where they are said to: 0 where chance has no part in it. Nothing if none
    /// was found, which happens only where it takes much luck.
    pub seed: Option<Seed>,
    /// The choices, from the start.
    pub choices: Vec<Chosen>,
    /// The scene in which each was made.
    pub scenes: Vec<u32>,
}
