//! The result of a run as data: what `replay --json` prints. Its keys are a promise; new ones may be added.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::engine::{Ratio, Run, Score};
use crate::story::Story;
use crate::terms::{EndingKind, Posture, Rule};

/// A run's result. What only an ending settles (`score`, `people`, `ending`, `kind`, `title`) is null before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunResult<'s> {
    /// The scenario's id.
    pub scenario: &'s str,
    /// The scenario's hash, 64 hexadecimal digits.
    pub hash: String,
    /// Where the run's chance came from.
    pub seed: u64,
    /// Whether it came to an ending.
    pub finished: bool,
    /// 0 to 100, a whole number.
    pub score: Option<u64>,
    /// `B`, 0 to 100, with one decimal; so far, if it hasn't ended; null before the first decision.
    pub behaviour: Option<Decimal>,
    /// `R`, 0 to 100, with one decimal.
    pub people: Option<Decimal>,
    /// The ending's id.
    pub ending: Option<&'s str>,
    /// How it ranks.
    pub kind: Option<EndingKind>,
    /// The title earned.
    pub title: Option<&'static str>,
    /// Trust in the rep as it stands, 0 to 100.
    pub trust: u8,
    /// The rep's growth, 0 to 100.
    pub growth: u8,
    /// The deal's momentum, 0 to 100.
    pub momentum: u8,
    /// The habit of going around the rep, 0 to 100.
    pub bypass: u8,
    /// The ids of the insights found.
    pub insights: Vec<&'s str>,
    /// The ids of the flags set.
    pub flags: Vec<&'s str>,
    /// The share of decisions with each posture, 0 to 1.
    pub postures: BTreeMap<&'static str, Decimal>,
    /// Options with key 0 chosen.
    pub red_lines: u32,
    /// How well each of the scenario's rules was kept.
    pub rules: BTreeMap<&'static str, RuleResult>,
    /// The decisions, in order.
    pub steps: Vec<StepResult<'s>>,
}

/// How well a rule was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RuleResult {
    /// 0 to 100, a whole number; null if too little was seen of it.
    pub score: Option<u64>,
    /// The weights seen.
    pub weight: Decimal,
}

/// One decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct StepResult<'s> {
    /// The scene's id.
    pub scene: &'s str,
    /// The id of the option chosen.
    pub option: &'s str,
    /// Its key, 0 to 4.
    pub key: u8,
    /// Its posture.
    pub posture: Posture,
    /// Trust after the option's own effect, 0 to 100.
    pub trust: u8,
    /// Growth then.
    pub growth: u8,
    /// Momentum then.
    pub momentum: u8,
    /// Bypass then.
    pub bypass: u8,
}

/// A number with a fixed count of decimals, kept as a whole number so that it prints the same everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal {
    digits: u32,
    /// 10, 100, ...: how many of the digits' units make one.
    unit: u32,
}

impl Decimal {
    /// A ratio in parts of `unit`, rounded half up.
    pub(super) fn new(ratio: Ratio, unit: u32) -> Self {
        Self { digits: u32::try_from(ratio.parts(u64::from(unit))).unwrap_or(u32::MAX), unit }
    }
}

impl Decimal {
    /// So many parts of `unit` as they are.
    pub(super) fn of(parts: u64, unit: u32) -> Self {
        Self { digits: u32::try_from(parts).unwrap_or(u32::MAX), unit }
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The nearest float to a short decimal prints as that decimal.
        serializer.serialize_f64(f64::from(self.digits) / f64::from(self.unit))
    }
}

impl<'s> RunResult<'s> {
    /// The result of a run, finished or not.
    pub fn of(story: &'s Story, run: &Run) -> Self {
        let (state, tally) = (run.state(), run.tally());
        let score = run.score(&story.program);
        let ending = story.ended_at(run);
        let decided = !run.steps().is_empty();
        Self {
            scenario: &story.scenario.id,
            hash: story.hash.to_string(),
            seed: run.seed().0,
            finished: ending.is_some(),
            score: score.map(|score| score.total.round()),
            behaviour: decided.then(|| Decimal::new(tally.behaviour(), 10)),
            people: score.map(|score| Decimal::new(score.people, 10)),
            ending: ending.map(|ending| ending.id.as_str()),
            kind: ending.map(|ending| ending.kind),
            title: score.map(|Score { title, .. }| title.label()),
            trust: state.meters.trust(),
            growth: state.meters.growth(),
            momentum: state.meters.momentum(),
            bypass: state.meters.bypass(),
            insights: story.found(state).into_iter().map(|fact| fact.id.as_str()).collect(),
            flags: story.remembered(state).into_iter().map(|fact| fact.id.as_str()).collect(),
            postures: Posture::ALL.iter().map(|posture| (posture.id(), share(run, *posture))).collect(),
            red_lines: tally.red_lines,
            rules: story.scenario.rules().into_iter().map(|rule| (rule.id(), rule_result(run, rule))).collect(),
            steps: steps(story, run),
        }
    }

    /// As one JSON document.
    pub fn to_json(&self) -> String {
        // Strings, numbers and lists only: writing them to memory cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

fn share(run: &Run, posture: Posture) -> Decimal {
    // The tally's share is of 100: its hundredths are ten-thousandths of one.
    let Decimal { digits, unit } = Decimal::new(run.tally().share(posture), 100);
    Decimal { digits, unit: unit * 100 }
}

fn rule_result(run: &Run, rule: Rule) -> RuleResult {
    let seen = run.tally().rule(rule);
    RuleResult { score: seen.score.map(Ratio::round), weight: Decimal::new(seen.weight, 100) }
}

fn steps<'s>(story: &'s Story, run: &Run) -> Vec<StepResult<'s>> {
    let told = |step: &crate::engine::Step| {
        let option = story.option(step.scene, step.chosen)?;
        Some(StepResult {
            scene: &story.scenario.scenes.get(step.scene as usize)?.id,
            option: &option.id,
            key: option.key.get(),
            posture: option.posture,
            trust: step.after.trust(),
            growth: step.after.growth(),
            momentum: step.after.momentum(),
            bypass: step.after.bypass(),
        })
    };
    run.steps().iter().filter_map(told).collect()
}
