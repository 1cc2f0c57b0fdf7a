//! What a run gains and never loses, and which of it the rest of the story can still tell apart.

use crate::engine::program::{Flags, PlayOption, Program, Scene, Span, Target, Test};
use crate::engine::{Place, State};

/// Insights known, flags set, `once` options chosen: a bit each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Facts {
    pub(super) insights: u64,
    pub(super) flags: Flags,
    pub(super) once: Box<[u64]>,
}

impl Facts {
    /// Those of a state.
    pub(super) fn of(state: &State) -> Self {
        Self { insights: state.insights, flags: state.flags, once: state.spent_words().into() }
    }

    /// Whether an option can't be chosen any more.
    pub(super) fn has_spent(&self, option: &PlayOption) -> bool {
        option.once.is_some_and(|bit| self.once.get(bit as usize / 64).is_some_and(|word| word >> (bit % 64) & 1 != 0))
    }

    /// With what choosing an option brings.
    pub(super) fn after(&self, option: &PlayOption) -> Self {
        let mut facts = self.clone();
        facts.insights |= option.learn;
        for (flags, set) in facts.flags.iter_mut().zip(option.set) {
            *flags |= set;
        }
        if let Some(bit) = option.once
            && let Some(word) = facts.once.get_mut(bit as usize / 64)
        {
            *word |= 1 << (bit % 64);
        }
        facts
    }
}

/// What matters from a scene on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Live {
    /// Facts that a condition asks for, or that an option may still be closed for.
    asked: Facts,
    /// Insights that may still be learned.
    pub(super) learn: u64,
}

impl Live {
    /// For every scene.
    pub(super) fn of(program: &Program) -> Vec<Self> {
        let mut live: Vec<Self> = (0..program.scenes.len()).map(|scene| Self::own(program, scene)).collect();
        let out = program_graph(program);
        // Stories mostly go forward, so going backwards settles most in one sweep.
        loop {
            let mut changed = false;
            for scene in (0..live.len()).rev() {
                for to in &out[scene] {
                    if *to as usize != scene {
                        changed |= Self::join(&mut live, scene, *to as usize);
                    }
                }
            }
            if !changed {
                return live;
            }
        }
    }

    fn own(program: &Program, scene: usize) -> Self {
        let here = &program.scenes[scene];
        let mut live = Self::default();
        live.asked.once = vec![0; program.once.div_ceil(64) as usize].into();
        program.echoes[here.echoes.range()].iter().for_each(|echo| live.ask(program, echo.when));
        let mut gotos = vec![here.exits];
        for option in &program.options[here.options.range()] {
            live.ask(program, option.when);
            live.learn |= option.learn;
            gotos.push(option.exits);
            if let Some(bit) = option.once
                && let Some(word) = live.asked.once.get_mut(bit as usize / 64)
            {
                *word |= 1 << (bit % 64);
            }
        }
        for exit in gotos.into_iter().flat_map(|exits| &program.exits[exits.range()]) {
            live.ask(program, exit.when);
        }
        live
    }

    fn ask(&mut self, program: &Program, when: Span) {
        for test in &program.tests[when.range()] {
            match *test {
                // The number of insights is kept in any case, for the score.
                Test::Meter(..) | Test::Count(..) => {}
                Test::Knows(bits) => self.asked.insights |= bits,
                Test::Flags(word, bits) | Test::Without(word, bits) => self.asked.flags[usize::from(word & 3)] |= bits,
                Test::Any(parts) | Test::All(parts) => self.ask(program, parts),
            }
        }
    }

    /// Adds what matters from another scene on; whether that was news.
    fn join(live: &mut [Self], scene: usize, other: usize) -> bool {
        let Ok([mine, theirs]) = live.get_disjoint_mut([scene, other]) else {
            return false;
        };
        let mut news = 0;
        let mut add = |mine: &mut u64, theirs: u64| {
            news |= theirs & !*mine;
            *mine |= theirs;
        };
        add(&mut mine.asked.insights, theirs.asked.insights);
        add(&mut mine.learn, theirs.learn);
        for (mine, theirs) in mine.asked.flags.iter_mut().zip(theirs.asked.flags) {
            add(mine, theirs);
        }
        for (mine, theirs) in mine.asked.once.iter_mut().zip(&theirs.asked.once) {
            add(mine, *theirs);
        }
        news != 0
    }

    /// Facts as far as they matter from here on: of the insights that nothing asks for and nobody can learn again,
    /// only the number is kept.
    pub(super) fn keep(&self, mut facts: Facts) -> Facts {
        let apart = self.asked.insights | self.learn;
        facts.insights = merged(facts.insights, apart);
        for (flags, asked) in facts.flags.iter_mut().zip(self.asked.flags) {
            *flags &= asked;
        }
        for (once, asked) in facts.once.iter_mut().zip(&self.asked.once) {
            *once &= asked;
        }
        facts
    }
}

/// At an ending only the number of insights matters.
pub(super) fn at_ending(facts: &Facts) -> Facts {
    Facts { insights: merged(facts.insights, 0), flags: Flags::default(), once: Box::default() }
}

/// A set in which the members outside of `apart` are replaced by as many others, always the same ones.
fn merged(set: u64, apart: u64) -> u64 {
    let mut merged = set & apart;
    let mut free = !apart;
    for _ in 0..(set & !apart).count_ones() {
        merged |= free & free.wrapping_neg();
        free &= free - 1;
    }
    merged
}

/// The facts of a place, as far as they matter.
pub(super) fn kept(live: &[Live], place: Place, facts: Facts) -> Facts {
    match place {
        Place::Scene(scene) => live[scene as usize].keep(facts),
        Place::Ending(_) | Place::Nowhere => at_ending(&facts),
    }
}

/// The scenes that each scene can lead to, conditions not looked at, each once.
pub(super) fn program_graph(program: &Program) -> Vec<Vec<u32>> {
    let next = |scene: &Scene| {
        let mut gotos: Vec<Span> = program.options[scene.options.range()].iter().map(|option| option.exits).collect();
        if scene.options.is_empty() {
            gotos.push(scene.exits);
        }
        let mut targets = Vec::new();
        for exits in gotos {
            // A goto without entries leads to the start, as in play.
            targets.extend(exits.is_empty().then_some(program.start));
            targets.extend(program.exits[exits.range()].iter().filter_map(|exit| match exit.to {
                Target::Scene(to) => Some(to),
                Target::Ending(_) => None,
            }));
        }
        targets.sort_unstable();
        targets.dedup();
        targets
    };
    program.scenes.iter().map(next).collect()
}
