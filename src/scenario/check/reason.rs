//! Whether conditions can hold or fail together: a small search over regions of the state.
//!
//! A region is a conjunction: an interval for each meter and for the number of insights, insights known and not known,
//! flags set and not set. Meters are taken to be free of each other and of everything else, so "it can" may be too
//! careful, while "it can't" is sure. The search has a budget, for each question and for the whole file.

use std::cell::Cell;

use super::facts::{Fact, Facts};
use crate::scenario::{Bounds, Condition};

/// Steps for one question.
const QUESTION: usize = 10_000;
/// Steps for a file.
const FILE: usize = 200_000;
/// Conditions under consideration at the same time.
const GOALS: usize = 200;
/// Choices between cases within one another: the search recurses once for each.
const DEPTH: usize = 300;

/// The answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// It can be, in these states for instance.
    Yes(Region),
    /// It cannot be.
    No,
    /// Too many cases to go through.
    TooHard,
}

/// What is known about a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    meters: [Bounds; 4],
    /// How many insights are known.
    count: Bounds,
    /// How many are declared.
    declared: u32,
    have: Facts,
    lack: Facts,
}

impl Region {
    /// Any state.
    fn all(declared: u32) -> Self {
        Self {
            meters: [Bounds::ALL; 4],
            count: Bounds { min: 0, max: u8::try_from(declared).unwrap_or(u8::MAX) },
            declared,
            have: Facts::default(),
            lack: Facts::default(),
        }
    }

    /// Where these facts are given.
    pub(super) fn with(mut self, facts: &Facts) -> Self {
        self.have.join(facts);
        self
    }

    /// What stays true of a state in which a condition held, whatever is gained: what it asks to have.
    pub(super) fn after(mut self, condition: &Condition) -> Self {
        condition.knows.iter().for_each(|id| self.have.add(Fact::Insight(*id)));
        condition.flags.iter().for_each(|id| self.have.add(Fact::Flag(*id)));
        self
    }

    /// Whether any state is left.
    fn possible(&self) -> bool {
        let least = u32::from(self.count.min).max(self.have.insight_count());
        let most = u32::from(self.count.max).min(self.declared.saturating_sub(self.lack.insight_count()));
        self.meters.iter().all(|bounds| bounds.min <= bounds.max) && !self.have.meets(&self.lack) && least <= most
    }

    /// Where the plain parts of a condition hold.
    fn holding(mut self, condition: &Condition) -> Self {
        for (meter, bounds) in &condition.meters {
            self.meters[meter.index()] = meet(self.meters[meter.index()], *bounds);
        }
        if let Some(bounds) = condition.insights {
            self.count = meet(self.count, bounds);
        }
        condition.without.iter().for_each(|id| self.lack.add(Fact::Flag(*id)));
        self.after(condition)
    }

    /// The ways in which the plain parts of a condition fail.
    fn failing(self, condition: &Condition) -> impl Iterator<Item = Self> {
        let meters = condition.meters.iter().flat_map(move |(meter, bounds)| {
            outside(*bounds).map(move |part| {
                let mut region = self;
                region.meters[meter.index()] = meet(region.meters[meter.index()], part);
                region
            })
        });
        let counts = condition.insights.into_iter().flat_map(outside).map(move |part| {
            let mut region = self;
            region.count = meet(region.count, part);
            region
        });
        let insights = condition.knows.iter().map(|id| Fact::Insight(*id));
        let lacking = insights.chain(condition.flags.iter().map(|id| Fact::Flag(*id))).map(move |fact| {
            let mut region = self;
            region.lack.add(fact);
            region
        });
        let having = condition.without.iter().map(move |id| {
            let mut region = self;
            region.have.add(Fact::Flag(*id));
            region
        });
        meters.chain(counts).chain(lacking).chain(having).filter(Self::possible)
    }
}

fn meet(a: Bounds, b: Bounds) -> Bounds {
    Bounds { min: a.min.max(b.min), max: a.max.min(b.max) }
}

/// What lies below and above.
fn outside(bounds: Bounds) -> impl Iterator<Item = Bounds> {
    let below = bounds.min.checked_sub(1).map(|max| Bounds { min: 0, max });
    let above = bounds.max.checked_add(1).map(|min| Bounds { min, max: u8::MAX });
    below.into_iter().chain(above)
}

/// Something to be brought about.
#[derive(Clone, Copy)]
enum Goal<'c> {
    Holds(&'c Condition),
    Fails(&'c Condition),
    OneHolds(&'c [Condition]),
}

/// Answers questions about conditions.
pub(super) struct Reasoner {
    declared: u32,
    left: Cell<usize>,
}

impl Reasoner {
    /// For a scenario with so many insights.
    pub(super) fn new(insights: usize) -> Self {
        Self { declared: u32::try_from(insights).unwrap_or(u32::MAX), left: Cell::new(FILE) }
    }

    /// How many insights are declared.
    pub(super) const fn declared(&self) -> u32 {
        self.declared
    }

    /// Any state.
    pub(super) fn anywhere(&self) -> Region {
        Region::all(self.declared)
    }

    /// Whether a state in the region exists in which the first hold and the others fail.
    pub(super) fn can<'c>(
        &self,
        region: Region,
        hold: impl IntoIterator<Item = &'c Condition>,
        fail: impl IntoIterator<Item = &'c Condition>,
    ) -> Answer {
        let mut goals = Vec::new();
        for condition in fail {
            if condition.is_empty() {
                return Answer::No;
            }
            goals.push(Goal::Fails(condition));
        }
        // The last is taken first: what must hold narrows things down.
        goals.extend(hold.into_iter().map(Goal::Holds));
        if !region.possible() {
            return Answer::No;
        }
        let before = self.left.get();
        let given = before.min(QUESTION);
        self.left.set(given);
        let answer = self.search(region, goals, 0);
        self.left.set(before - (given - self.left.get()));
        answer
    }

    fn search(&self, mut region: Region, mut goals: Vec<Goal<'_>>, depth: usize) -> Answer {
        while let Some(goal) = goals.pop() {
            let left = self.left.get();
            if left == 0 || goals.len() > GOALS || depth > DEPTH {
                return Answer::TooHard;
            }
            self.left.set(left - 1);
            match goal {
                Goal::Holds(condition) => {
                    region = region.holding(condition);
                    if !region.possible() {
                        return Answer::No;
                    }
                    goals.extend(condition.any.iter().map(|group| Goal::OneHolds(group)));
                }
                Goal::OneHolds(group) => {
                    let ways = group.iter().map(|each| (region, vec![Goal::Holds(each)]));
                    return self.one_of(ways, &goals, depth);
                }
                Goal::Fails(condition) => {
                    if !region.holding(condition).possible() {
                        continue;
                    }
                    let plain = region.failing(condition).map(|region| (region, Vec::new()));
                    let groups = condition.any.iter();
                    let groups = groups.map(|group| (region, group.iter().map(Goal::Fails).collect::<Vec<_>>()));
                    return self.one_of(plain.chain(groups), &goals, depth);
                }
            }
        }
        Answer::Yes(region)
    }

    /// Whether one of these ways leads through.
    fn one_of<'c>(
        &self,
        ways: impl Iterator<Item = (Region, Vec<Goal<'c>>)>,
        goals: &[Goal<'c>],
        depth: usize,
    ) -> Answer {
        let mut answer = Answer::No;
        for (region, more) in ways {
            let goals = goals.iter().copied().chain(more).collect();
            match self.search(region, goals, depth + 1) {
                yes @ Answer::Yes(_) => return yes,
                Answer::TooHard => answer = Answer::TooHard,
                Answer::No => {}
            }
        }
        answer
    }
}

#[cfg(test)]
mod tests;
mod words;
