//! The shipped scenarios as a collection: what no single file can show.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests fail by panicking")]

use std::collections::BTreeMap;

use ridealong::scenario::library::Library;
use ridealong::scenario::{Decision, Scenario, SceneKind};
use ridealong::terms::{EndingKind, Form, Rule};

fn shipped() -> Vec<Scenario> {
    let library = Library::open(None);
    let scenarios: Vec<Scenario> =
        library.entries().map(|entry| entry.scenario().expect("shipped files are good").clone()).collect();
    assert_eq!(scenarios.len(), 12);
    scenarios
}

fn decisions(scenario: &Scenario) -> impl Iterator<Item = &Decision> {
    scenario.scenes.iter().filter_map(|scene| match &scene.kind {
        SceneKind::Decision(decision) => Some(decision),
        SceneKind::Passage(_) => None,
    })
}

/// The place of the best option in the file, from 0.
fn best(decision: &Decision) -> usize {
    let keys = decision.options.iter().map(|option| option.key);
    let best = keys.clone().max().unwrap();
    assert_eq!(keys.filter(|key| *key == best).count(), 1, "one best option a decision");
    decision.options.iter().position(|option| option.key == best).unwrap()
}

/// A share in percent, rounded down.
fn percent(part: usize, whole: usize) -> usize {
    part * 100 / whole
}

#[test]
fn no_place_holds_the_best_option_too_often() {
    let scenarios = shipped();
    let places: Vec<usize> = scenarios.iter().flat_map(decisions).map(best).collect();
    for place in 0..4 {
        let there = places.iter().filter(|best| **best == place).count();
        assert!(percent(there, places.len()) <= 30, "place {place}: {there} of {}", places.len());
    }
}

#[test]
fn length_does_not_give_the_best_option_away() {
    let scenarios = shipped();
    let all: Vec<&Decision> = scenarios.iter().flat_map(decisions).collect();
    let length = |decision: &Decision, place: usize| decision.options[place].text.chars().count();
    let is = |decision: &&&Decision, beats: fn(usize, usize) -> bool| {
        let own = length(decision, best(decision));
        (0..decision.options.len())
            .filter(|place| *place != best(decision))
            .all(|place| beats(own, length(decision, place)))
    };
    let longest = all.iter().filter(|decision| is(decision, |own, other| own > other)).count();
    let shortest = all.iter().filter(|decision| is(decision, |own, other| own < other)).count();
    assert!(percent(longest, all.len()) <= 30, "longest in {longest} of {}", all.len());
    assert!(percent(shortest, all.len()) <= 30, "shortest in {shortest} of {}", all.len());
}

#[test]
fn every_rule_is_trained_in_five_scenes_of_three_scenarios() {
    let mut scenes: BTreeMap<Rule, Vec<usize>> = BTreeMap::new();
    for (number, scenario) in shipped().iter().enumerate() {
        for decision in decisions(scenario) {
            scenes.entry(decision.rule).or_default().push(number);
        }
    }
    for rule in Rule::ALL {
        let mut found = scenes.remove(rule).unwrap_or_default();
        assert!(found.len() >= 5, "{rule}: {} scenes", found.len());
        found.dedup();
        assert!(found.len() >= 3, "{rule}: {} scenarios", found.len());
    }
}

#[test]
fn every_scenario_has_what_a_finished_one_has() {
    for scenario in shipped() {
        let id = &scenario.id;
        let count = decisions(&scenario).count();
        assert!((8..=16).contains(&count), "{id}: {count} decisions");
        for decision in decisions(&scenario) {
            assert!((3..=4).contains(&decision.options.len()), "{id}");
        }
        for kind in EndingKind::ALL {
            assert!(scenario.endings.iter().any(|ending| ending.kind == *kind), "{id}: no ending is {kind}");
        }
        let echoes: usize = scenario.scenes.iter().map(|scene| scene.echoes.len()).sum();
        assert!(echoes >= 2, "{id}: {echoes} echoes");
        assert!(scenario.scenes.iter().any(|scene| matches!(scene.kind, SceneKind::Passage(_))), "{id}: no passage");
        assert!(!scenario.questions.is_empty(), "{id}: no questions for a workshop");
        let poor = |decision: &&Decision| {
            decision.options.iter().any(|option| option.form == Form::Ask && option.key.get() <= 1)
        };
        assert!(decisions(&scenario).filter(poor).count() >= 2, "{id}: questions are never wrong");
        let told = |decision: &&Decision| decision.options[best(decision)].form != Form::Ask;
        assert!(decisions(&scenario).filter(told).count() >= 2, "{id}: questions are always right");
    }
}
