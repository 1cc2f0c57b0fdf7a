//! How well each rule is kept, and when it is to be practised next.

use jiff::civil::Date;

use super::Today;
use super::due::{SPACING, after};
use crate::engine::{Ratio, RuleSum};
use crate::store::KeptRun;
use crate::terms::Rule;

/// A rule kept at least so well, of 100, is practised again after a longer while.
const WELL: u64 = 70;
/// A rule counts as practised by a run that showed so much of it: one whole decision, in quarters.
const PRACTISED: u64 = 4;

/// What came of practising one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePractice {
    /// The rule.
    pub rule: Rule,
    /// How well it was kept over all runs, 0 to 100; nothing if too little was seen of it.
    pub score: Option<u64>,
    /// How well it was kept lately: over the last runs that show enough of it. Nothing while those are all.
    pub lately: Option<u64>,
    /// The weights seen, in quarters.
    pub weight: u64,
    /// The day on which it was last practised, and that on which it is due again.
    pub days: Option<(Date, Date)>,
}

/// Every rule over runs in the order in which they were begun.
pub(super) fn rules(runs: &[&KeptRun], today: &Today) -> Vec<RulePractice> {
    Rule::ALL.iter().map(|rule| practised(*rule, runs, today)).collect()
}

fn practised(rule: Rule, runs: &[&KeptRun], today: &Today) -> RulePractice {
    let seen: Vec<(Date, RuleSum)> =
        runs.iter().filter_map(|run| Some((today.day_of(run), *run.summary.rules.get(&rule)?))).collect();
    let all = seen.iter().fold(RuleSum::default(), |sum, (_, each)| sum.plus(*each));
    let score = |sum: RuleSum| sum.score(RuleSum::ENOUGH_IN_ALL).map(Ratio::round);
    RulePractice { rule, score: score(all), lately: lately(&seen), weight: all.weight, days: days(&seen) }
}

/// The latest runs that together show enough, as long as there are others before them.
fn lately(seen: &[(Date, RuleSum)]) -> Option<u64> {
    let mut sum = RuleSum::default();
    for (left, (_, each)) in seen.iter().enumerate().rev() {
        sum = sum.plus(*each);
        if sum.weight >= RuleSum::ENOUGH_IN_ALL {
            return sum.score(RuleSum::ENOUGH_IN_ALL).filter(|_| left > 0).map(Ratio::round);
        }
    }
    None
}

/// Each time that the rule is kept well, the next practice comes later; when it isn't, it is due the next day.
fn days(seen: &[(Date, RuleSum)]) -> Option<(Date, Date)> {
    let mut step = None;
    let mut last = None;
    for (day, sum) in seen.iter().filter(|(_, sum)| sum.weight >= PRACTISED) {
        let well = sum.score(0).is_some_and(|score| score.round() >= WELL);
        // Several runs of one day are one practice, and the worst of them counts.
        let again = last == Some(*day);
        step = match (step, well) {
            (None, _) | (_, false) => Some(0),
            (Some(step), true) if again => Some(step),
            (Some(step), true) => Some((step + 1).min(SPACING.len() - 1)),
        };
        // Clocks are set back: practice doesn't become older by that.
        last = last.max(Some(*day));
    }
    let last = last?;
    Some((last, after(last, step.unwrap_or(0))))
}
