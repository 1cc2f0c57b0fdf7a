//! What comes of many runs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use ridealong::engine::{RuleSum, Seed};
use ridealong::practice::{Practice, SPACING, Today, Trained};
use ridealong::record::Record;
use ridealong::report::{Outcome, Summary};
use ridealong::store::{KeptRun, RunId};
use ridealong::terms::{EndingKind, Feedback, Rule, RunState};
use ridealong::text::Text;

const TODAY: Date = date(2026, 11, 24);

fn today() -> Today {
    Today { day: TODAY, zone: TimeZone::UTC }
}

/// So many days ago.
fn ago(days: i32) -> Date {
    TODAY.saturating_sub(days.days())
}

/// A whole run of a scenario on a day, in which a rule was kept so well, of 100, over so many whole decisions.
fn played(scenario: &str, day: Date, rule: Rule, kept: u64, decisions: u64) -> KeptRun {
    let now = day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp();
    let weight = 4 * decisions;
    KeptRun {
        id: RunId::new(now, &[1; 10]),
        player: Text::EMPTY,
        record: Record {
            scenario: scenario.to_owned(),
            hash: None,
            seed: Seed(1),
            engine_version: None,
            key_version: None,
            choices: Vec::new(),
        },
        state: RunState::Ended,
        first: None,
        feedback: Feedback::Now,
        started: now,
        changed: now,
        summary: Summary {
            title: Text::clean(scenario),
            decisions: 8,
            of: 8,
            meters: [50; 4],
            postures: [8, 0, 0],
            red_lines: 0,
            rules: BTreeMap::from([(rule, RuleSum { weight, earned: weight * 12 * kept / 100 })]),
            outcome: Some(Outcome {
                ending: Text::clean("The end"),
                kind: EndingKind::WonByRep,
                score: kept,
                behaviour: 10 * kept,
                people: 500,
                title: Text::clean("Player-coach"),
            }),
        },
    }
}

fn of(runs: &[KeptRun]) -> Practice {
    let trained = |scenario: &str, level, rules: &[Rule]| Trained {
        scenario: scenario.to_owned(),
        title: scenario.to_uppercase(),
        level,
        rules: rules.to_vec(),
    };
    let there_is = [
        trained("a", 2, &[Rule::Clock, Rule::Close]),
        trained("b", 1, &[Rule::Clock]),
        trained("c", 3, &[Rule::Clock, Rule::Scout]),
    ];
    Practice::of(runs, &there_is, &today())
}

fn next(runs: &[KeptRun], rule: Rule) -> Option<Date> {
    of(runs).rules.iter().find(|each| each.rule == rule)?.days.map(|(_, due)| due)
}

#[test]
fn a_rule_kept_well_is_due_later_each_time() {
    let mut runs = Vec::new();
    let mut day = date(2026, 1, 1);
    for wait in SPACING.into_iter().chain([60, 60]) {
        runs.push(played("a", day, Rule::Clock, 80, 1));
        assert_eq!(next(&runs, Rule::Clock), Some(day + wait.days()), "after {} runs", runs.len());
        day += wait.days();
    }
    runs.push(played("a", day, Rule::Clock, 69, 1));
    assert_eq!(next(&runs, Rule::Clock), Some(day + 1.day()), "it was not kept well");
    assert_eq!(next(&runs, Rule::Close), None, "never practised");
}

#[test]
fn a_day_is_one_practice_and_its_worst_run_counts() {
    let twice = [played("a", ago(9), Rule::Clock, 90, 1), played("b", ago(9), Rule::Clock, 90, 1)];
    assert_eq!(next(&twice, Rule::Clock), Some(ago(8)));
    let day_before = [played("a", ago(10), Rule::Clock, 90, 1)];
    let worse = [&day_before[..], &[played("a", ago(9), Rule::Clock, 20, 1)], &twice[..1]].concat();
    assert_eq!(next(&worse, Rule::Clock), Some(ago(8)));
}

#[test]
fn half_a_decision_is_no_practice() {
    let mut run = played("a", ago(3), Rule::Clock, 90, 1);
    run.summary.rules = BTreeMap::from([(Rule::Clock, RuleSum { weight: 2, earned: 24 })]);
    assert_eq!(next(&[run], Rule::Clock), None);
}

#[test]
fn what_is_due_is_practised_with_another_scenario() {
    let suggested = |runs: &[KeptRun]| {
        let due = of(runs).due;
        due.first().map(|due| (due.rule, due.since, due.scenario.clone().unwrap_or_default()))
    };
    // Of those that were never played the easier one.
    let runs = [played("a", ago(2), Rule::Clock, 80, 2)];
    assert_eq!(suggested(&runs), Some((Rule::Clock, ago(1), "b".to_owned())));
    let runs = [runs[0].clone(), played("b", ago(1), Rule::Clock, 20, 2)];
    assert_eq!(suggested(&runs), Some((Rule::Clock, TODAY, "c".to_owned())));
    // Only one trains it.
    let runs = [played("c", ago(2), Rule::Scout, 80, 2)];
    assert_eq!(suggested(&runs), Some((Rule::Scout, ago(1), "c".to_owned())));
    // And none any more.
    let runs = [played("gone", ago(2), Rule::Tandem, 80, 2)];
    assert_eq!(suggested(&runs), Some((Rule::Tandem, ago(1), String::new())));
    assert!(of(&[played("a", TODAY, Rule::Clock, 80, 2)]).due.is_empty());
}

#[test]
fn the_most_overdue_comes_first() {
    let runs = [
        played("a", ago(3), Rule::Clock, 80, 2),
        played("a", ago(9), Rule::Close, 80, 2),
        played("c", ago(3), Rule::Scout, 30, 3),
    ];
    let rules: Vec<Rule> = of(&runs).due.into_iter().map(|due| due.rule).collect();
    assert_eq!(rules[0], Rule::Close);
    assert_eq!(rules.len(), 3);
}

#[test]
fn little_seen_says_nothing() {
    let score = |decisions: &[u64]| {
        let runs: Vec<KeptRun> = decisions.iter().map(|count| played("a", ago(3), Rule::Clock, 50, *count)).collect();
        of(&runs).rules.iter().find(|rule| rule.rule == Rule::Clock).unwrap().score
    };
    assert_eq!(score(&[2]), None, "3 over several runs");
    assert_eq!(score(&[2, 1]), Some(50));
}

#[test]
fn lately_is_the_last_runs_that_show_enough() {
    let lately = |kept: &[u64]| {
        let runs: Vec<KeptRun> = kept.iter().map(|kept| played("a", ago(3), Rule::Clock, *kept, 2)).collect();
        let practice = of(&runs);
        let rule = practice.rules.iter().find(|rule| rule.rule == Rule::Clock).unwrap();
        (rule.score, rule.lately)
    };
    assert_eq!(lately(&[20, 20]), (Some(20), None));
    assert_eq!(lately(&[20, 20, 100, 100]), (Some(60), Some(100)));
}

#[test]
fn practice_from_a_decision_measures_nothing_but_counts_for_the_streak() {
    let first = played("a", ago(1), Rule::Clock, 25, 3);
    let again = KeptRun { first: Some(first.id), ..played("a", TODAY, Rule::Clock, 100, 3) };
    let practice = of(&[first, again]);
    assert_eq!(practice.scores.len(), 1);
    assert_eq!(practice.rules.iter().find(|rule| rule.rule == Rule::Clock).unwrap().score, Some(25));
    assert_eq!(practice.streak, 2);
}

#[test]
fn a_streak_ends_today_or_yesterday() {
    let streak = |days: &[i32]| {
        of(&days.iter().map(|day| played("a", ago(*day), Rule::Clock, 50, 1)).collect::<Vec<_>>()).streak
    };
    assert_eq!(streak(&[]), 0);
    assert_eq!(streak(&[0]), 1);
    assert_eq!(streak(&[1]), 1);
    assert_eq!(streak(&[2]), 0);
    assert_eq!(streak(&[4, 2, 1, 1, 0]), 3);
    // A clock a year ahead: as if it were today.
    assert_eq!(streak(&[-365, 1]), 2);
}

proptest! {
    /// Clocks go anywhere: nothing panics, no day lies ahead of today but the next practice's, and that not by far.
    #[test]
    fn clocks_may_go_wrong(days in prop::collection::vec((-800_000..800_000, 0..=100_u64), 0..20)) {
        let runs: Vec<KeptRun> =
            days.iter().map(|(day, kept)| played("a", ago(*day), Rule::Clock, *kept, 1)).collect();
        let practice = of(&runs);
        prop_assert!(practice.scores.iter().all(|score| score.day <= TODAY));
        for (last, due) in practice.rules.iter().filter_map(|rule| rule.days) {
            prop_assert!(last <= TODAY && due > last && due <= TODAY + 60.days());
        }
        prop_assert!(practice.streak <= u32::try_from(runs.len()).unwrap());
    }
}
