//! What a story only ever gains: insights and flags. Neither is ever lost, which makes loops that gain one finite.

use crate::scenario::{Condition, FlagId, InsightId, SceneOption};

/// An insight or a flag.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Fact {
    Insight(InsightId),
    Flag(FlagId),
}

/// A set of them, a bit each: 64 insights and 256 flags at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) insights: u64,
    pub(super) flags: [u64; 4],
}

impl Facts {
    pub(super) fn add(&mut self, fact: Fact) {
        match fact {
            Fact::Insight(id) => self.insights |= 1 << (id.0 % 64),
            Fact::Flag(id) => self.flags[id.index() / 64 % 4] |= 1 << (id.0 % 64),
        }
    }

    pub(super) fn has(&self, fact: Fact) -> bool {
        let mut one = Self::default();
        one.add(fact);
        self.meets(&one)
    }

    /// Whether the two have one in common.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.insights & other.insights != 0 || self.flags.iter().zip(other.flags).any(|(a, b)| a & b != 0)
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.insights |= other.insights;
        for (mine, theirs) in self.flags.iter_mut().zip(other.flags) {
            *mine |= theirs;
        }
    }

    /// How many of them are insights.
    pub(super) const fn insight_count(&self) -> u32 {
        self.insights.count_ones()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Fact> {
        let insights = bits(self.insights).map(|bit| Fact::Insight(InsightId(bit)));
        let words = (0..).zip(self.flags);
        insights.chain(words.flat_map(|(word, set)| bits(set).map(move |bit| Fact::Flag(FlagId(word * 64 + bit)))))
    }

    /// What choosing an option gives.
    pub(super) fn gained(option: &SceneOption) -> Self {
        let mut facts = Self::default();
        option.learn.iter().for_each(|id| facts.add(Fact::Insight(*id)));
        option.set.iter().for_each(|id| facts.add(Fact::Flag(*id)));
        facts
    }

    /// What a condition speaks of, anywhere in it.
    pub(super) fn named(condition: &Condition) -> Self {
        let mut facts = Self::default();
        condition.knows.iter().for_each(|id| facts.add(Fact::Insight(*id)));
        condition.flags.iter().chain(&condition.without).for_each(|id| facts.add(Fact::Flag(*id)));
        condition.any.iter().flatten().for_each(|each| facts.join(&Self::named(each)));
        facts
    }
}

fn bits(set: u64) -> impl Iterator<Item = u32> {
    (0..64).filter(move |bit| set & (1 << bit) != 0)
}
