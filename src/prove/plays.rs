//! Plays that go where nobody went: cheap witnesses for most of what can be met.

use super::targets::{Reach, Target, Targets, Witness, shown};
use crate::engine::program::Program;
use crate::engine::{Chosen, Event, Place, Seed};

/// Plays without anything new before it is left to an exact search.
const PATIENCE: u32 = 100;
/// Decisions made in all, at most.
const DECISIONS: u64 = 2_000_000;

/// Plays until nothing new comes of it; gives back the decisions made.
pub(super) fn explore(program: &Program, targets: &mut Targets, plays: &mut Vec<Witness>) -> u64 {
    let mut decisions = 0;
    let (mut number, mut idle) = (0, 0);
    let mut dice = Dice::new(0x5eed);
    let longest = 4 * program.scenes.len() + 1000;
    while idle < PATIENCE && decisions < DECISIONS {
        let play = u32::try_from(plays.len()).unwrap_or(u32::MAX);
        let seed = seed_of(program, number);
        let (mut choices, mut scenes): (Vec<Chosen>, Vec<u32>) = (Vec::new(), Vec::new());
        let mut events = Vec::new();
        let mut state = program.begin(seed, &mut events);
        let mut news = note(targets, play, 0, &events);
        while let Place::Scene(scene) = state.place
            && choices.len() < longest
        {
            let open = program.open(&state);
            let here = choices.len();
            if open == 0 {
                news |= meet(targets, play, here, Target::Stuck(scene));
                break;
            }
            let first = program.scenes[scene as usize].options.start;
            let options: Vec<u8> = (0..8).filter(|option| open & (1 << option) != 0).collect();
            // Every open option could be chosen here, so the play up to here shows them all.
            let fresh: Vec<u8> = options
                .iter()
                .copied()
                .filter(|option| targets.is_open(Target::Option(first + u32::from(*option))))
                .collect();
            let among = if fresh.is_empty() { &options } else { &fresh };
            let Some(chosen) = dice.pick(among, number, program, first) else {
                break;
            };
            events.clear();
            if program.choose(&mut state, usize::from(chosen), seed, &mut events).is_err() {
                break;
            }
            choices.push(Chosen(chosen));
            scenes.push(scene);
            news |= meet(targets, play, choices.len(), Target::Option(first + u32::from(chosen)));
            news |= note(targets, play, choices.len(), &events);
        }
        decisions += choices.len() as u64 + 1;
        number += 1;
        idle = if news { 0 } else { idle + 1 };
        if news {
            plays.push(Witness { seed: Some(seed), choices, scenes });
        }
        if targets.open().next().is_none() {
            break;
        }
    }
    decisions
}

/// The seed of a play: 0 where chance has no part in it.
pub(super) fn seed_of(program: &Program, play: u64) -> Seed {
    Seed(if program.exits.iter().any(|exit| exit.chance > 0) { play } else { 0 })
}

pub(super) fn note(targets: &mut Targets, play: u32, choices: usize, events: &[Event]) -> bool {
    let shown = events.iter().filter_map(|event| shown(*event));
    shown.filter(|target| meet(targets, play, choices, *target)).count() > 0
}

/// Notes that something was met; whether that was news.
pub(super) fn meet(targets: &mut Targets, play: u32, choices: usize, target: Target) -> bool {
    match targets.get_mut(target) {
        Some(reach) if *reach == Reach::Unknown => {
            *reach = Reach::Met(play, u32::try_from(choices).unwrap_or(u32::MAX));
            true
        }
        _ => false,
    }
}

/// Which of the options is tried.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Every fourth play the best key, every fourth the worst, else any.
    fn pick(&mut self, among: &[u8], play: u64, program: &Program, first: u32) -> Option<u8> {
        let key = |option: &&u8| program.options[first as usize + usize::from(**option)].key;
        match play % 4 {
            0 => among.iter().max_by_key(key).copied(),
            1 => among.iter().min_by_key(key).copied(),
            _ => self.any(among),
        }
    }

    /// Any of them.
    pub(super) fn any(&mut self, among: &[u8]) -> Option<u8> {
        self.place(among.len()).and_then(|at| among.get(at).copied())
    }

    /// Any of so many places.
    pub(super) fn place(&mut self, count: usize) -> Option<usize> {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33).checked_rem(count as u64)?).ok()
    }
}
