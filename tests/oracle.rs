//! Engine and score against the figures of the pinned scenario: what fixed policies come to. Each case has the figures
//! published with it, made by another program in floating point and good to within a point, and the exact ones.
#![allow(clippy::expect_used)]

#[path = "common/plays.rs"]
mod plays;

use std::collections::HashMap;

use plays::{Policy, closer, highest, leader, play, story, take_over};
use ridealong::engine::{Run, Seed, Title};
use ridealong::record::Record;
use ridealong::report::{FirstCall, NextQuarter, RunResult};
use ridealong::story::Story;
use ridealong::terms::EndingKind::{self, AroundRep, Learned, Postponed, WonByRep};
use ridealong::terms::Rule;

fn oracle() -> Story {
    story(plays::ORACLE)
}

/// The scenes by their numbers, which stand in the fixture's comments.
fn scenes() -> HashMap<String, String> {
    let file = std::fs::read_to_string(plays::ORACLE).expect("the fixture");
    let (mut scenes, mut number) = (HashMap::new(), None);
    for line in file.lines() {
        let comment = line.strip_prefix("# ").filter(|word| word.starts_with('s') && word.len() <= 4);
        if let Some(word) = comment.filter(|word| word.as_bytes()[1].is_ascii_digit()) {
            number = Some(word.to_owned());
        }
        if let (Some(id), true) = (line.strip_prefix("id = "), number.is_some()) {
            scenes.extend(number.take().map(|number| (number, id.trim_matches('"').to_owned())));
        }
    }
    assert_eq!(scenes.len(), 16);
    scenes
}

/// The place of a scene by its number.
fn scene(story: &Story, number: &str) -> u32 {
    let id = &scenes()[number];
    let place = story.scenario.scenes.iter().position(|scene| scene.id == *id).expect("the scene");
    u32::try_from(place).expect("small")
}

/// `published` in whole points, `exact` in hundredths.
#[track_caller]
fn assert_comes_to(what: &str, story: &Story, run: &Run, (published, exact): Figures, ending: EndingKind) {
    let score = run.score(&story.program).expect("an ended run");
    let parts = [score.behaviour, score.people, score.total];
    let near = parts.iter().zip(published).all(|(part, wanted)| part.round().abs_diff(wanted) <= 1);
    assert!(near, "{what}: {parts:?}, not {published:?}");
    assert_eq!(parts.map(|part| part.parts(100)), exact, "{what}");
    assert_eq!(run.ending(&story.program).map(|(_, kind)| kind), Some(ending), "{what}");
}

/// Behaviour, people, score: as published, and exact.
type Figures = ([u64; 3], [u64; 3]);

#[test]
fn fixed_policies_come_to_the_figures() {
    let story = oracle();
    let eighth = scene(&story, "s08");
    let second_best: Policy<'_> = &|_, _, options| {
        let mut by_key = options.to_vec();
        by_key.sort_by_key(|(_, option)| std::cmp::Reverse(option.key));
        by_key[1].0
    };
    let late_manager: Policy<'_> = &|story, scene, options| {
        if scene <= eighth { leader(story, scene, options) } else { closer(story, scene, options) }
    };
    let cases: [(&str, Policy<'_>, Figures, EndingKind); 4] = [
        ("leader", &leader, ([100, 94, 99], [10_000, 9445, 9861]), WonByRep),
        ("take-over, worst first", &take_over, ([3, 2, 6], [345, 195, 631]), AroundRep),
        ("second-best key", second_best, ([41, 32, 42], [4063, 3250, 4150]), Learned),
        ("leader till s08, then manager", late_manager, ([62, 52, 54], [6207, 5225, 5405]), AroundRep),
    ];
    for (what, policy, figures, ending) in cases {
        assert_comes_to(what, &story, &play(&story, 1, policy), figures, ending);
    }
}

#[test]
fn one_slip_comes_to_the_figures() {
    let story = oracle();
    for (number, figures, ending) in [
        ("s02", ([94, 83, 92], [9355, 8325, 9194]), WonByRep),
        ("s06", ([90, 88, 91], [9032, 8755, 9108]), WonByRep),
        ("s09", ([90, 88, 91], [9032, 8815, 9123]), WonByRep),
        ("s12", ([90, 84, 78], [8966, 8350, 7842]), AroundRep),
    ] {
        let at = scene(&story, number);
        let policy: Policy<'_> = &|story, scene, options| {
            if scene == at { take_over(story, scene, options) } else { leader(story, scene, options) }
        };
        assert_comes_to(number, &story, &play(&story, 1, policy), figures, ending);
    }
}

/// Two scenes have two options with the same momentum; the figures are the mean over both.
#[test]
fn the_super_closer_comes_to_the_figures() {
    let story = oracle();
    let mut sums = [0, 0, 0];
    let runs = 200;
    for seed in 0..runs {
        let coin: Policy<'_> = &|_, scene, options| {
            let odd = (seed >> (scene % 7)) & 1 == 1;
            let gain =
                |option: &ridealong::engine::program::PlayOption| option.effect.get(ridealong::terms::Meter::Momentum);
            let mut options = options.to_vec();
            if odd {
                options.reverse();
            }
            highest(&options, gain)
        };
        let run = play(&story, seed, coin);
        let score = run.score(&story.program).expect("an ended run");
        for (sum, part) in sums.iter_mut().zip([score.behaviour, score.people, score.total]) {
            *sum += part.tenths();
        }
        assert_eq!(run.ending(&story.program).map(|(_, kind)| kind), Some(AroundRep));
        assert_eq!(score.title, Title::SuperCloser);
    }
    let means = sums.map(|sum| (sum + runs * 5) / (runs * 10));
    assert!(means.iter().zip([7, 5, 9]).all(|(got, wanted)| got.abs_diff(wanted) <= 1), "{means:?}");
    // In tenths, over all runs.
    assert_eq!(sums, [13_976, 10_968, 18_632]);
}

#[test]
fn the_worked_run_comes_to_the_figures() {
    let story = oracle();
    let scenes = scenes();
    let choices = [
        ("s01", 2),
        ("s02", 3),
        ("s03", 2),
        ("s04", 1),
        ("s05", 3),
        ("s06", 3),
        ("s07", 0),
        ("s08", 0),
        ("s09", 3),
        ("s10", 3),
        ("s11", 2),
        ("s12", 1),
        ("s13", 2),
        ("s14", 1),
        ("s15", 3),
    ];
    let id = |(number, place): &(&str, u8)| {
        let found = story.scenario.scenes.iter().position(|scene| scene.id == scenes[*number]).expect("the scene");
        let scene = u32::try_from(found).expect("small");
        story.option(scene, ridealong::engine::Chosen(*place)).expect("the option").id.clone()
    };
    let record = Record {
        scenario: story.scenario.id.clone(),
        hash: None,
        seed: Seed(1),
        engine_version: None,
        key_version: None,
        choices: choices.iter().map(id).collect(),
    };
    let run = record.replay(&story).expect("a run that fits");
    assert_eq!(run.ending(&story.program).map(|(_, kind)| kind), Some(Postponed));
    let score = run.score(&story.program).expect("an ended run");
    assert_eq!(score.behaviour.one_decimal(), "79.4");
    assert_eq!(score.people.one_decimal(), "77.2");
    assert_eq!(score.total.round(), 79);
    assert_eq!(score.title, Title::PlayerCoach);
    let meters = run.state().meters;
    assert_eq!((meters.trust(), meters.growth(), meters.bypass()), (77, 79, 14));
    assert_eq!((run.state().found(), run.tally().red_lines), (3, 1));
    let bar = |rule| run.tally().rule(rule).score.map(ridealong::engine::Ratio::round);
    assert_eq!((bar(Rule::Scout), bar(Rule::FrontDoor), bar(Rule::Close)), (None, Some(37), Some(60)));
    assert_eq!(NextQuarter::after(meters).first_call, FirstCall::Rep);

    let json: serde_json::Value = serde_json::from_str(&RunResult::of(&story, &run).to_json()).expect("JSON");
    assert_eq!(json["behaviour"].to_string(), "79.4");
    assert_eq!(json["people"].to_string(), "77.2");
    assert_eq!(json["score"], 79);
    assert_eq!(json["kind"], "postponed");
    assert_eq!(json["title"], "Player-coach");
    assert_eq!(json["postures"]["lead"].to_string(), "0.7333");
    assert_eq!(json["steps"].as_array().map(Vec::len), Some(15));
    assert_eq!(json["rules"]["scout"]["score"], serde_json::Value::Null);
    assert_eq!(json["rules"]["scout"]["weight"].to_string(), "1.0");
}
