//! What is due: rules whose day has come, and the scenario to practise each of them with.

use jiff::ToSpan;
use jiff::civil::Date;

use super::RulePractice;
use crate::scenario::library::{Entry, Library};
use crate::store::KeptRun;
use crate::terms::Rule;

/// Days from one practice of a rule to the next, as long as it goes well.
pub const SPACING: [i32; 5] = [1, 3, 7, 21, 60];

/// A scenario that can be played, and what it trains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trained {
    /// What runs name it by.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// 1 to 5.
    pub level: u8,
    /// The rules that its decisions are scored on.
    pub rules: Vec<Rule>,
}

/// What there is to play, and what it trains.
pub fn trained(library: &Library) -> Vec<Trained> {
    let trained = |entry: &Entry| {
        let scenario = entry.scenario().filter(|_| !entry.is_too_long_to_play())?;
        Some(Trained {
            scenario: entry.reference(),
            title: scenario.title.to_string(),
            level: scenario.level,
            rules: scenario.rules(),
        })
    };
    library.read();
    library.entries().filter_map(trained).collect()
}

/// A rule that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The rule.
    pub rule: Rule,
    /// Since when.
    pub since: Date,
    /// What to practise it with, by what runs name it by; nothing if no scenario trains it any more.
    pub scenario: Option<String>,
    /// That scenario's title.
    pub title: Option<String>,
}

/// The day that lies a step's days after another.
pub(super) fn after(day: Date, step: usize) -> Date {
    let days = SPACING.get(step).or(SPACING.last()).copied().unwrap_or(1);
    day.saturating_add(days.days())
}

/// What is due today, the most overdue first; of those, what was kept worst.
pub(super) fn due(rules: &[RulePractice], runs: &[&KeptRun], there_is: &[Trained], today: Date) -> Vec<Due> {
    let mut due: Vec<(&RulePractice, Date)> =
        rules.iter().filter_map(|rule| Some((rule, rule.days?.1))).filter(|(_, since)| *since <= today).collect();
    due.sort_by_key(|(rule, since)| (*since, rule.lately.or(rule.score)));
    let told = |(rule, since): (&RulePractice, Date)| {
        let with = scenario_for(rule.rule, runs, there_is);
        Due {
            rule: rule.rule,
            since,
            scenario: with.map(|with| with.scenario.clone()),
            title: with.map(|with| with.title.clone()),
        }
    };
    due.into_iter().map(told).collect()
}

/// What trains the rule: another scenario than the one that trained it last, if there is one; of those, what was played
/// least, longest ago, and is easiest.
fn scenario_for<'t>(rule: Rule, runs: &[&KeptRun], there_is: &'t [Trained]) -> Option<&'t Trained> {
    let last = runs.iter().rev().find(|run| run.summary.rules.contains_key(&rule));
    let training = there_is.iter().filter(|each| each.rules.contains(&rule));
    let rank = |each: &&Trained| {
        let is_it = |run: &&&KeptRun| run.record.scenario == each.scenario;
        let times = runs.iter().filter(is_it).count();
        let latest = runs.iter().rposition(|run| is_it(&run));
        (last.is_some_and(|last| last.record.scenario == each.scenario), times, latest, each.level)
    };
    training.min_by_key(rank)
}
