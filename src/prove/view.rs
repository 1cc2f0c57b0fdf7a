//! What is known of a state, and whether a condition holds as far as that tells.

use super::facts::Facts;
use crate::engine::program::{Program, Span, Target, Test};
use crate::terms::{Meter, Meters};

/// Whether something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    No,
    /// What is known doesn't tell.
    Maybe,
    Yes,
}

impl Truth {
    const fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// What is known of a state.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'f> {
    facts: Option<&'f Facts>,
    meters: [Option<u8>; 4],
}

impl<'f> View<'f> {
    /// Everything.
    pub(super) fn whole(facts: &'f Facts, meters: Meters) -> Self {
        let mut known = [None; 4];
        for meter in Meter::ALL {
            known[meter.index()] = Some(meters.get(*meter));
        }
        Self { facts: Some(facts), meters: known }
    }

    /// Facts only; nothing if there are none.
    pub(super) const fn facts(facts: Option<&'f Facts>) -> Self {
        Self { facts, meters: [None; 4] }
    }

    /// One meter only.
    pub(super) const fn meter(meter: usize, value: u8) -> Self {
        Self::facts(None).with(meter, value)
    }

    /// And one meter.
    pub(super) const fn with(mut self, meter: usize, value: u8) -> Self {
        self.meters[meter] = Some(value);
        self
    }

    /// Whether a condition holds.
    pub(super) fn truth(&self, program: &Program, when: Span) -> Truth {
        let tests = &program.tests[when.range()];
        tests.iter().map(|test| self.test(program, *test)).min().unwrap_or(Truth::Yes)
    }

    fn test(&self, program: &Program, test: Test) -> Truth {
        let known = |holds: &dyn Fn(&Facts) -> bool| self.facts.map_or(Truth::Maybe, |facts| Truth::of(holds(facts)));
        match test {
            Test::Meter(meter, min, max) => match self.meters[usize::from(meter & 3)] {
                Some(value) => Truth::of(min <= value && value <= max),
                None if min == 0 && max >= 100 => Truth::Yes,
                None if min > max || min > 100 => Truth::No,
                None => Truth::Maybe,
            },
            Test::Count(min, max) => {
                known(&|facts| (u32::from(min)..=u32::from(max)).contains(&facts.insights.count_ones()))
            }
            Test::Knows(bits) => known(&|facts| facts.insights & bits == bits),
            Test::Flags(word, bits) => known(&|facts| facts.flags[usize::from(word & 3)] & bits == bits),
            Test::Without(word, bits) => known(&|facts| facts.flags[usize::from(word & 3)] & bits == 0),
            Test::Any(alternatives) => {
                let each = program.tests[alternatives.range()].iter();
                each.map(|test| self.test(program, *test)).max().unwrap_or(Truth::No)
            }
            Test::All(parts) => self.truth(program, parts),
        }
    }

    /// Calls for every target that a goto can lead to, a draw taken every way, and tells whether what is known
    /// settled the matter but for draws.
    pub(super) fn targets(&self, program: &Program, exits: Span, mut call: impl FnMut(Target)) -> bool {
        if exits.is_empty() {
            // As in play.
            call(Target::Scene(program.start));
        }
        self.exits(program, exits, |at| call(program.exits[at as usize].to))
    }

    /// Calls for every entry of a goto that can be taken, a draw taken every way, and tells whether what is known
    /// settled the matter but for draws.
    pub(super) fn exits(&self, program: &Program, exits: Span, mut call: impl FnMut(u32)) -> bool {
        let (mut at, mut settled) = (exits.start, true);
        while at < exits.end {
            let rest = &program.exits[at as usize..exits.end as usize];
            let draws = rest.iter().take_while(|exit| exit.chance > 0).count().max(1);
            let mut found = Truth::No;
            for exit in &rest[..draws] {
                let truth = self.truth(program, exit.when);
                settled &= truth != Truth::Maybe;
                if truth != Truth::No {
                    call(at);
                }
                found = found.max(truth);
                at += 1;
            }
            if found == Truth::Yes {
                return settled;
            }
        }
        // As in play: where all fail, the last stands in.
        if !exits.is_empty() {
            call(exits.end - 1);
        }
        settled
    }
}
