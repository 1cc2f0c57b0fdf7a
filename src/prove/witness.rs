//! Seeds for plays that a search found: so that they can be replayed, luck and all.

use super::search::Leg;
use super::skeleton::Skeleton;
use super::targets::Witness;
use crate::engine::program::Program;
use crate::engine::{Chosen, Event, Place, Seed};
use crate::terms::Meters;

/// Seeds tried for a play that leans on chance.
const SEEDS: u64 = 200_000;

/// A play that is looked for a seed for.
pub(super) struct Sought {
    /// Where it stands before its first decision.
    pub(super) first: (Place, Meters),
    /// Its choices, and where each led.
    pub(super) legs: Vec<(Chosen, Place, Meters)>,
}

impl Sought {
    pub(super) fn new(skeleton: &Skeleton<'_>, first: (u32, Meters), legs: &[Leg]) -> Self {
        let place = |node: u32| skeleton.node(node).place;
        let legs = legs.iter().map(|leg| (Chosen(leg.option), place(leg.node), leg.meters)).collect();
        Self { first: (place(first.0), first.1), legs }
    }

    /// The play with its seed.
    pub(super) fn witness(&self, program: &Program) -> Witness {
        let seed = (0..SEEDS).map(Seed).find(|seed| self.comes_true(program, *seed).is_some());
        let choices = self.legs.iter().map(|(chosen, ..)| *chosen).collect();
        Witness { seed, choices, scenes: self.scenes(self.legs.len()) }
    }

    /// The play with one more choice, at which something is to happen.
    pub(super) fn witness_and(&self, program: &Program, last: Chosen, happens: impl Fn(&[Event]) -> bool) -> Witness {
        let seed = (0..SEEDS).map(Seed).find(|seed| {
            let mut events = Vec::new();
            self.comes_true(program, *seed).is_some_and(|mut state| {
                program.choose(&mut state, usize::from(last.0), *seed, &mut events).is_ok() && happens(&events)
            })
        });
        let choices = self.legs.iter().map(|(chosen, ..)| *chosen).chain([last]).collect();
        Witness { seed, choices, scenes: self.scenes(self.legs.len() + 1) }
    }

    /// The scenes of the first so many choices.
    fn scenes(&self, count: usize) -> Vec<u32> {
        let places = [self.first.0].into_iter().chain(self.legs.iter().map(|(_, place, _)| *place));
        let scene = |place| match place {
            Place::Scene(scene) => Some(scene),
            Place::Ending(_) | Place::Nowhere => None,
        };
        places.take(count).filter_map(scene).collect()
    }

    /// Where the choices lead, if with this seed it is from place to place as it is said.
    fn comes_true(&self, program: &Program, seed: Seed) -> Option<crate::engine::State> {
        let mut state = program.begin(seed, &mut ());
        if (state.place, state.meters) != self.first {
            return None;
        }
        for (chosen, place, meters) in &self.legs {
            program.choose(&mut state, usize::from(chosen.0), seed, &mut ()).ok()?;
            if (state.place, state.meters) != (*place, *meters) {
                return None;
            }
        }
        Some(state)
    }
}

/// The seed with which a play begins with something.
pub(super) fn seed_of_beginning(program: &Program, happens: impl Fn(&[Event]) -> bool) -> Witness {
    let seed = (0..SEEDS).map(Seed).find(|seed| {
        let mut events = Vec::new();
        program.begin(*seed, &mut events);
        happens(&events)
    });
    Witness { seed, choices: Vec::new(), scenes: Vec::new() }
}
