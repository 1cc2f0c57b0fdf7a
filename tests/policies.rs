//! Every policy on a story made for it, in which its choice is known.
#![allow(clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;

use ridealong::prove::policies::Policy;
use ridealong::prove::simulate::Simulation;
use ridealong::scenario::check::check;
use ridealong::scenario::{Scenario, SceneKind};
use ridealong::story::Story;

/// Option by option: id, text, posture, form, key, momentum.
type Told = (&'static str, &'static str, &'static str, &'static str, u8, i8);

/// Each of them is the only one that some policy wants.
const OPTIONS: [Told; 6] = [
    ("plain", "Go to lunch today.", "lead", "act", 2, 0),
    ("best", "Sit down with her on Monday.", "lead", "tell", 4, 1),
    ("bait", "Bring your own paper along to them, and a pen.", "take_over", "act", 1, 9),
    ("worst", "Sign it.", "take_over", "tell", 0, 2),
    ("away", "Tell Mira that Mira knows best.", "absent", "route", 1, 0),
    ("ask", "Ask Mira how it is going.", "lead", "ask", 3, 0),
];

const HEAD: &str = r#"format = 1
id = "made"
title = "Made"
summary = "Made for a test."
level = 1
minutes = 5
language = "en"
industry = "Tests"
deal = "One"
authors = ["Nobody"]
briefing = "Go on."
[cast.mira]
name = "Mira Holt"
role = "rep"
title = "Rep"
about = "Kind."
wants = "An end."
[cast.other]
name = "Emre Aydin"
role = "customer"
title = "Customer"
about = "Kind."
wants = "An end."
[start]
scene = "s0"
trust = 50
growth = 50
momentum = 50
bypass = 20
"#;

/// So many scenes, one after the other, each with all the options.
fn story(scenes: usize) -> Story {
    let mut text = HEAD.to_owned();
    for scene in 0..scenes {
        let to = if scene + 1 < scenes { format!("s{}", scene + 1) } else { "end".to_owned() };
        write!(
            text,
            "[[scene]]\nid = \"s{scene}\"\ntitle = \"Scene\"\nrule = \"close\"\ntext = \"Now?\"\ngoto = \"{to}\"\n"
        )
        .expect("memory takes it");
        for (id, words, posture, form, key, momentum) in OPTIONS {
            write!(
                text,
                "[[scene.option]]\nid = \"{id}\"\ntext = \"{words}\"\nposture = \"{posture}\"\nform = \"{form}\"\nkey = {key}\n\
                 effect = {{ momentum = {momentum} }}\nthen = \"Done.\"\nwhy = \"it was done.\"\n"
            )
            .expect("memory takes it");
        }
    }
    text += "[[ending]]\nid = \"end\"\nkind = \"won_by_rep\"\ntitle = \"End\"\ntext = \"The end.\"\n";
    let checked = check("made.toml", text.as_bytes());
    let problems = checked.diagnostics().to_vec();
    Story::new(checked.into_scenario().unwrap_or_else(|| panic!("{problems:?}")))
}

/// The options that the plays of a policy chose, as `scene/option`.
fn chosen(story: &Story, policy: Policy, plays: u64) -> Vec<String> {
    let totals = Simulation::new(story, 1).play(policy, 0..plays, 1);
    assert_eq!((totals.plays(), totals.lost), (plays, 0));
    let names = names(&story.scenario);
    let chosen = names.into_iter().enumerate().filter(|(place, _)| totals.was_chosen(*place));
    chosen.map(|(_, name)| name).collect()
}

fn names(scenario: &Scenario) -> Vec<String> {
    let of = |scene: &ridealong::scenario::Scene| match &scene.kind {
        SceneKind::Decision(decision) => {
            decision.options.iter().map(|option| format!("{}/{}", scene.id, option.id)).collect()
        }
        SceneKind::Passage(_) => Vec::new(),
    };
    scenario.scenes.iter().flat_map(of).collect()
}

#[test]
fn each_policy_takes_what_it_is_after() {
    let story = story(1);
    for (policy, option) in [
        (Policy::Leader, "best"),
        (Policy::Closer, "bait"),
        (Policy::TakeOver, "worst"),
        (Policy::Absentee, "away"),
        (Policy::Asker, "ask"),
        (Policy::Longest, "bait"),
        (Policy::Shortest, "worst"),
        (Policy::MostNamed, "away"),
        (Policy::Router, "away"),
        (Policy::OneSlip, "worst"),
        (Policy::First, "plain"),
    ] {
        assert_eq!(chosen(&story, policy, 50), [format!("s0/{option}")], "{}", policy.id());
    }
    assert_eq!(chosen(&story, Policy::Random, 200).len(), OPTIONS.len());
    // Four don't name her: one of these is drawn.
    assert_eq!(chosen(&story, Policy::LeastNamed, 200), ["s0/plain", "s0/best", "s0/bait", "s0/worst"]);
}

#[test]
fn halves_are_those_of_the_leaders_own_play() {
    let story = story(5);
    assert_eq!(chosen(&story, Policy::LateLearner, 20), ["s0/bait", "s1/bait", "s2/best", "s3/best", "s4/best"]);
    assert_eq!(chosen(&story, Policy::Relapser, 20), ["s0/best", "s1/best", "s2/bait", "s3/bait", "s4/bait"]);
}

#[test]
fn each_decision_slips_once() {
    let story = story(3);
    assert_eq!(Simulation::new(&story, 1).at_least(Policy::OneSlip), 3);
    assert_eq!(chosen(&story, Policy::OneSlip, 1), ["s0/worst", "s1/best", "s2/best"]);
    assert_eq!(
        chosen(&story, Policy::OneSlip, 3),
        ["s0/best", "s0/worst", "s1/best", "s1/worst", "s2/best", "s2/worst"]
    );
    // Two of three decisions right, by key: 100 * 2 / 3, and the slip is a red line worth nothing.
    let totals = Simulation::new(&story, 1).play(Policy::OneSlip, 0..3, 1);
    assert_eq!(totals.behaviour().tenths(), 667);
}

#[test]
fn names_of_policies_are_those_of_the_command_line() {
    let names: Vec<&str> = Policy::ALL.iter().map(|policy| policy.id()).collect();
    assert_eq!(
        names.join(" "),
        "leader closer take-over absentee random asker longest shortest most-named least-named router one-slip \
         late-learner relapser first"
    );
    assert!(names.iter().all(|name| Policy::from_id(name).is_some_and(|policy| policy.id() == *name)));
}
