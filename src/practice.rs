//! What comes of many runs: scores over time, how well each rule is kept, a streak of days, and what is due today.
//!
//! Pure: runs come from a store, what there is to play from a library, the day from a clock; none of them is known here.
//! Runs count in the order in which they were begun, whatever clocks said.

mod due;
mod rules;

use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use due::{Due, SPACING, Trained, trained};
pub use rules::RulePractice;

use crate::report::Outcome;
use crate::store::KeptRun;
use crate::terms::RunState;

/// A player's practice so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice {
    /// Runs that came to an ending with nothing taken back, in the order in which they were begun.
    pub scores: Vec<Scored>,
    /// Every rule, in the order of [`Rule::ALL`](crate::terms::Rule::ALL).
    pub rules: Vec<RulePractice>,
    /// Days in a row with a run that came to its ending, up to today or yesterday.
    pub streak: u32,
    /// What is due, the most overdue first.
    pub due: Vec<Due>,
}

/// A run's score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scored {
    /// The day on which it ended.
    pub day: Date,
    /// What the run names its scenario by.
    pub scenario: String,
    /// The scenario's title.
    pub title: String,
    /// 0 to 100.
    pub score: u64,
}

/// When it is, and where.
#[derive(Clone, Debug)]
pub struct Today {
    /// The day.
    pub day: Date,
    /// What tells the day of a moment.
    pub zone: TimeZone,
}

impl Today {
    /// The day of a run's last change; never one that is still to come.
    pub fn day_of(&self, run: &KeptRun) -> Date {
        run.changed.to_zoned(self.zone.clone()).date().min(self.day)
    }
}

impl Practice {
    /// Of a player's runs, in the order in which they were begun, and of what there is to play.
    pub fn of(runs: &[KeptRun], there_is: &[Trained], today: &Today) -> Self {
        let ended: Vec<(&KeptRun, &Outcome)> = runs
            .iter()
            .filter(|run| run.state == RunState::Ended)
            .filter_map(|run| Some((run, run.summary.outcome.as_ref()?)))
            .collect();
        // A story that is played again from a decision is known by heart: it is practice, and measures nothing.
        let measured: Vec<&KeptRun> = ended.iter().map(|(run, _)| *run).filter(|run| run.first.is_none()).collect();
        let rules = rules::rules(&measured, today);
        let scored = |(run, outcome): &(&KeptRun, &Outcome)| Scored {
            day: today.day_of(run),
            scenario: run.record.scenario.clone(),
            title: run.summary.title.to_string(),
            score: outcome.score,
        };
        Self {
            scores: ended.iter().filter(|(run, _)| run.first.is_none()).map(scored).collect(),
            streak: streak(ended.iter().map(|(run, _)| today.day_of(run)), today.day),
            due: due::due(&rules, &measured, there_is, today.day),
            rules,
        }
    }
}

/// Days in a row up to today, or to yesterday as long as today is not over.
fn streak(days: impl Iterator<Item = Date>, today: Date) -> u32 {
    let days: std::collections::BTreeSet<Date> = days.collect();
    let mut day = today;
    if !days.contains(&day) {
        day = day.yesterday().unwrap_or(Date::MIN);
    }
    let mut count = 0;
    while days.contains(&day) {
        count += 1;
        match day.yesterday() {
            Ok(before) => day = before,
            Err(_) => break,
        }
    }
    count
}
