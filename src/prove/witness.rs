//! Witnesses: plays that show that something can be, as a seed and choices to be replayed.

use super::search::Leg;
use super::skeleton::Skeleton;
use crate::engine::program::Program;
use crate::engine::{Chosen, Place, Seed};
use crate::terms::Meters;

/// Seeds tried for a play that leans on chance.
const SEEDS: u64 = 200_000;

/// A play, or the beginning of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// A seed with which these choices lead where they are said to: 0 where chance has no part in it. Nothing if none
    /// was found, which happens only where it takes much luck.
    pub seed: Option<Seed>,
    /// The choices, from the start.
    pub choices: Vec<Chosen>,
}

/// Looks for a seed with which choices lead from place to place as they are said to, beginning with the first place.
pub(super) fn seed_for(program: &Program, first: (Place, Meters), legs: &[(Chosen, Place, Meters)]) -> Option<Seed> {
    (0..SEEDS).map(Seed).find(|seed| {
        let mut state = program.begin(*seed, &mut ());
        (state.place, state.meters) == first
            && legs.iter().all(|(chosen, place, meters)| {
                program.choose(&mut state, usize::from(chosen.0), *seed, &mut ()).is_ok()
                    && (state.place, state.meters) == (*place, *meters)
            })
    })
}

/// The witness of a play that a search found.
pub(super) fn of_legs(skeleton: &Skeleton<'_>, first: (u32, Meters), legs: &[Leg]) -> Witness {
    let place = |node: u32| skeleton.node(node).place;
    let told: Vec<_> = legs.iter().map(|leg| (Chosen(leg.option), place(leg.node), leg.meters)).collect();
    let seed = seed_for(skeleton.program, (place(first.0), first.1), &told);
    Witness { seed, choices: legs.iter().map(|leg| Chosen(leg.option)).collect() }
}
