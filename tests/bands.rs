//! The bands of the scoring hold for what is shipped, and simulating is the same however it is shared out.
#![allow(clippy::expect_used)]

#[path = "common/plays.rs"]
mod plays;

use std::time::Duration;

use ridealong::engine::{Chosen, Run};
use ridealong::prove::bands::{BANDS, Band, Measure};
use ridealong::prove::policies::Policy;
use ridealong::prove::simulate::Simulation;
use ridealong::prove::totals::Totals;
use ridealong::report::Simulated;
use ridealong::story::Story;
use ridealong::terms::{Meter, Posture};

/// Enough for figures steady to a point.
const PLAYS: u64 = 2000;

fn simulate(story: &Story, seed: u64, plays: u64, threads: usize) -> Vec<(Policy, Totals, Duration)> {
    let simulation = Simulation::new(story, seed);
    let play = |policy| (policy, simulation.play(policy, 0..plays, threads), Duration::ZERO);
    Policy::ALL.iter().copied().map(play).collect()
}

#[test]
fn every_band_is_kept_by_what_is_shipped() {
    for story in plays::shipped() {
        let result = simulate(&story, 1, PLAYS, 2);
        let simulated = Simulated::of(&story, 1, &result);
        let missed: Vec<_> = simulated.bands.iter().filter(|band| !band.holds).collect();
        assert!(missed.is_empty(), "{}: {missed:#?}", story.scenario.id);
        assert_eq!(simulated.bands.len(), BANDS.len());
    }
}

/// The figures of the pinned scenario, worked out elsewhere: behaviour, people, score, its 5th and 95th percentile, and
/// the meters, each within what chance makes of 3,000 plays.
#[test]
fn policies_come_to_the_figures() {
    let story = plays::story(plays::ORACLE);
    let played = simulate(&story, 1, 3000, 2);
    for (policy, figures, meters) in [
        (Policy::Leader, [100, 94, 99, 99, 99], [92, 93, 83, 4]),
        (Policy::Closer, [7, 5, 9, 6, 12], [3, 2, 98, 97]),
        (Policy::TakeOver, [3, 2, 6, 6, 6], [2, 2, 98, 97]),
        (Policy::Absentee, [10, 17, 10, 9, 11], [6, 8, 8, 50]),
        (Policy::Random, [38, 31, 36, 19, 55], [23, 24, 65, 59]),
        (Policy::Asker, [45, 41, 43, 29, 59], [33, 37, 59, 56]),
        (Policy::Router, [49, 48, 48, 31, 68], [43, 41, 55, 31]),
        (Policy::Longest, [42, 38, 41, 33, 49], [33, 25, 62, 43]),
        (Policy::Shortest, [31, 24, 29, 15, 43], [17, 21, 54, 61]),
        (Policy::MostNamed, [42, 35, 39, 22, 60], [30, 28, 66, 48]),
        (Policy::LeastNamed, [36, 30, 36, 21, 50], [21, 22, 60, 62]),
    ] {
        let (_, totals, _) = played.iter().find(|(its, ..)| *its == policy).expect("played");
        let got = [
            totals.behaviour().round(),
            totals.people().round(),
            totals.score_mean().round(),
            totals.score_percentile(5),
            totals.score_percentile(95),
        ];
        let near = |got: &[u64], wanted: &[u64]| got.iter().zip(wanted).all(|(got, wanted)| got.abs_diff(*wanted) <= 1);
        assert!(near(&got, &figures), "{}: {got:?}, not {figures:?}", policy.id());
        let got: Vec<u64> = Meter::ALL.iter().map(|meter| totals.meter(*meter).round()).collect();
        assert!(near(&got, &meters), "{}: {got:?}, not {meters:?}", policy.id());
    }
}

#[test]
fn the_same_seed_gives_the_same_result_on_any_number_of_threads() {
    for story in plays::shipped() {
        let json = |seed, threads| Simulated::of(&story, seed, &simulate(&story, seed, 300, threads)).to_json();
        let one = json(7, 1);
        assert_eq!(one, json(7, 2));
        assert_eq!(one, json(7, 5));
        assert_ne!(one, json(8, 1));
    }
}

#[test]
fn plays_can_be_done_in_parts() {
    let story = plays::story(plays::ORACLE);
    let simulation = Simulation::new(&story, 3);
    for policy in [Policy::Random, Policy::OneSlip] {
        let whole = simulation.play(policy, 0..500, 1);
        let mut parts = Totals::none(&story.program);
        for part in [400..500, 0..130, 130..400] {
            parts.merge(&simulation.play(policy, part, 2));
        }
        assert_eq!(parts, whole);
    }
}

/// Bots play by the same rules as people: the leader's play, choice by choice.
#[test]
fn a_bot_comes_to_what_a_run_comes_to() {
    for path in [plays::ORACLE, concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.toml")] {
        let story = plays::story(path);
        let run: Run = plays::play(&story, 1, &plays::leader);
        let score = run.score(&story.program).expect("an ended run");
        let totals = Simulation::new(&story, 1).play(Policy::Leader, 0..1, 1);
        assert_eq!(totals.score_min(), score.total.round());
        assert_eq!(totals.behaviour().tenths(), score.behaviour.tenths());
        assert_eq!(totals.people().tenths(), score.people.tenths());
        assert_eq!(totals.meter(Meter::Trust).round(), u64::from(run.state().meters.trust()));
        assert_eq!(totals.share(Posture::Lead).parts(100), run.tally().share(Posture::Lead).round());
        let chosen = |step: &ridealong::engine::Step| {
            let Chosen(place) = step.chosen;
            story.program.scenes[step.scene as usize].options.start as usize + usize::from(place)
        };
        assert!(run.steps().iter().all(|step| totals.was_chosen(chosen(step))));
    }
}

#[test]
fn a_band_is_judged_by_its_bounds() {
    let story = plays::story(plays::ORACLE);
    let played = simulate(&story, 1, 100, 1);
    let of = |wanted| played.iter().find(|(policy, ..)| *policy == wanted).map(|(_, totals, _)| totals);
    let judge = |measure, min, max| {
        let band = Band { policy: Policy::TakeOver, measure, min, max };
        band.judge(&story.program, of).expect("both were played")
    };
    // The one who takes over always scores 6, and the leader 99.
    assert!(judge(Measure::Mean, Some(6), Some(6)).holds());
    assert!(!judge(Measure::Mean, Some(7), None).holds());
    assert!(!judge(Measure::Mean, None, Some(5)).holds());
    assert_eq!(judge(Measure::Below(Policy::Leader), None, None).tenths, 930);
    assert_eq!(judge(Measure::Above(Policy::Leader), None, None).tenths, -930);
    assert_eq!(judge(Measure::Apart(Policy::Leader), None, None).tenths, 930);
    assert_eq!(judge(Measure::Best, None, None).tenths, 0);
    let alone = |policy| (policy == Policy::TakeOver).then(|| of(policy)).flatten();
    let relative = Band { policy: Policy::TakeOver, measure: Measure::Below(Policy::Leader), min: None, max: None };
    assert!(relative.judge(&story.program, alone).is_none());
}
