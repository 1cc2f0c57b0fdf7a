//! What is kept of a run beside its choices, so that lists and progress need no replay, and so that a run can be told
//! of when its story has changed or is gone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::engine::{RuleSum, Run};
use crate::story::Story;
use crate::terms::{EndingKind, Posture, Rule};
use crate::text::Text;

/// A run in figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The scenario's title.
    pub title: Text,
    /// Decisions made.
    pub decisions: u32,
    /// About how many there are in all, seen from where the run stands.
    pub of: u32,
    /// Where the four meters stand: trust, growth, momentum, bypass; 0 to 100.
    pub meters: [u8; 4],
    /// Decisions by posture, in the order of [`Posture::ALL`].
    pub postures: [u32; 3],
    /// Options with key 0 chosen.
    pub red_lines: u32,
    /// What was added up for each rule that was met.
    pub rules: BTreeMap<Rule, RuleSum>,
    /// What it came to, if it has ended.
    pub outcome: Option<Outcome>,
}

/// What a run that has ended came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The ending's title.
    pub ending: Text,
    /// How it ranks.
    pub kind: EndingKind,
    /// 0 to 100.
    pub score: u64,
    /// `B` in tenths, 0 to 1000.
    pub behaviour: u64,
    /// `R` in tenths, 0 to 1000.
    pub people: u64,
    /// The title earned.
    pub title: Text,
}

impl Summary {
    /// The figures of a run, finished or not.
    pub fn of(story: &Story, run: &Run) -> Self {
        let (state, tally) = (run.state(), run.tally());
        let meters = state.meters;
        let met = Rule::ALL.iter().map(|rule| (*rule, tally.rule_sum(*rule))).filter(|(_, sum)| sum.weight > 0);
        let outcome = story.ended_at(run).zip(run.score(&story.program)).map(|(ending, score)| Outcome {
            ending: ending.title.clone(),
            kind: ending.kind,
            score: score.total.round(),
            behaviour: score.behaviour.tenths(),
            people: score.people.tenths(),
            title: Text::clean(score.title.label()),
        });
        Self {
            title: story.scenario.title.clone(),
            decisions: state.decisions,
            of: story.decisions_in_all(run),
            meters: [meters.trust(), meters.growth(), meters.momentum(), meters.bypass()],
            postures: tally.postures,
            red_lines: tally.red_lines,
            rules: met.collect(),
            outcome,
        }
    }

    /// The share of decisions with a posture in percent, rounded; 0 if none was made.
    pub fn share(&self, posture: Posture) -> u64 {
        let made: u64 = self.postures.iter().map(|count| u64::from(*count)).sum();
        let these = self.postures.get(posture.index()).copied().map_or(0, u64::from);
        crate::engine::Ratio::new(100 * these, made).round()
    }
}
