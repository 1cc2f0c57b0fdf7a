//! Whole sessions line by line.

use ridealong::engine::Run;
use ridealong::story::Story;

use super::plays::{ORACLE, Policy, closer, leader, numbers, play, story};
use super::program::{Place, Said};

const LEADER: Policy<'static> = &leader;
const CLOSER: Policy<'static> = &closer;

/// Plays a policy's road on the pinned scenario through the program.
fn session(policy: Policy<'_>, more: &[&str]) -> (Story, Run, Said) {
    let story = story(ORACLE);
    let run = play(&story, 7, policy);
    let input: Vec<String> = numbers(&story, &run).iter().map(ToString::to_string).collect();
    let said = Place::new().feed(&[&["play", "--plain", ORACLE, "--seed", "7"], more].concat(), input.join("\n"));
    (story, run, said)
}

#[test]
fn a_leaders_road() {
    let (story, run, said) = session(LEADER, &[]);
    said.ends(0).tells(&[
        "The Corner Office\n",
        "Briefing\n",
        "Dana Kowal, your rep.",
        "Trust 48, Growth 42, Momentum 48, Bypass 20.",
        "Seed: 7.",
        "Decision 1 of about 15: Monday, 8 December",
        "1. ",
        "You chose ",
        "Trust in Dana 51, up 3 (+3).",
        "Insight found: Above 250k the chair must sign.",
        "Let go, stay near: ",
        "Decision 2 of about 15",
        "\"What I can do is dates,\" she says.",
        "Decision 14 of about 14",
        "The end: Won by the rep",
        "The deal\nSigned: ",
        "Sales leader. 99 of 100.",
        "the leader's end, 85 to 100",
        "above the chance line",
        "No red line crossed.",
        "Postures\nLead 100%, take over 0%, absent 0%.",
        "Rules\nKeep the rep in front: 100 of 100.",
        "Go to learn, not to sell: too little seen.",
        "Your decisions\n1. Monday, 8 December. You chose: ",
        "14. ",
        "Next quarter\nIf the customer needs something, the first call goes to Dana.",
        "Your diary: one customer meeting a week.",
        "Dana can run the account alone.",
        "For the workshop\n1. ",
    ]);
    assert_eq!(said.err, "");
    let record = said.record();
    assert_eq!(record["choices"].as_array().map(Vec::len), Some(run.steps().len()));
    assert_eq!(record["hash"], story.hash.to_string());
    assert_eq!(record["scenario"], ORACLE);
}

#[test]
fn a_super_closers_road() {
    let (_, _, said) = session(CLOSER, &["--feedback", "end"]);
    said.ends(0).tells(&[
        "Before he asks, Martin taps the folder.",
        "The end: Won, but around the rep",
        "Signed: ",
        "Super-closer. ",
        "the manager's end, 0 to 49",
        "below the chance line",
        "red lines crossed, in",
        "they call you first, not Dana.",
        "Your diary: 6 customer meetings a week.",
        "Dana cannot run the account alone yet.",
    ]);
}

#[test]
fn feedback_comes_when_it_is_wanted() {
    let why = "Let go, stay near: you worked on Dana's view of the deal";
    let count = |more: &[&str]| session(LEADER, more).2.ends(0).out.matches(why).count();
    assert_eq!(count(&["--feedback", "now"]), 2);
    assert_eq!(count(&["--feedback", "end"]), 1);
    assert_eq!(count(&["--feedback", "none"]), 0);
}

#[test]
fn what_is_told_replays() {
    let (_, _, said) = session(LEADER, &[]);
    let place = Place::new();
    let line = said.out.lines().last().expect("a record");
    let file = place.file("run.json", line);
    let result = place.run(&["replay", &file, "--json"]);
    let result: serde_json::Value = serde_json::from_str(&result.ends(0).out).expect("JSON");
    assert_eq!((&result["score"], &result["kind"]), (&99.into(), &"won_by_rep".into()));
    place.feed(&["replay", "-"], line).ends(0).tells(&["Seed: 7.", "The end: Won by the rep", "99 of 100"]);
}

#[test]
fn wrong_input_is_answered_and_asked_again() {
    let input = "\n0\n5\nfoo\n-1\n99999999999999999999\n\u{1b}[31m\n\u{fffd}\n";
    let mut bytes = input.as_bytes().to_vec();
    bytes.extend(b"\xff\xfe\n");
    bytes.extend(vec![b'9'; 70_000]);
    bytes.extend(b"\n1\n");
    let said = Place::new().feed(&["play", "--plain", ORACLE, "--seed", "7"], bytes);
    said.ends(0).tells(&[
        "Type a number from 1 to 4.",
        "There is no 0 here: 1 to 4.",
        "There is no 5 here: 1 to 4.",
        "\"foo\" means nothing here.",
        "\"-1\" means nothing here.",
        "\"[31m\" means nothing here.",
        "You chose 1: ",
        "End of input.",
        "Decisions made: 1 of about 15.",
    ]);
    assert_eq!(said.record()["choices"].as_array().map(Vec::len), Some(1));
}

#[test]
fn every_command_at_the_prompt_answers() {
    let said = Place::new().feed(&["play", "--plain", ORACLE, "--seed", "7"], "?\nh\ni\nm\ns\nu\n1\nh\nu\n2\nq\n3\n");
    said.ends(0).tells(&[
        "What you can type",
        "The story so far\nNothing has been decided yet.",
        "Briefing\n",
        "Where it stands\nTrust in Dana 48, unchanged since the start.",
        "Decision 1 of about 15",
        "This is the first decision.",
        "You chose 1: ",
        "The story so far\n1. Monday, 8 December. You chose: ",
        "Back one decision.",
        "Decision 1 of about 15",
        "You chose 2: ",
        "Left before the end\nDecisions made: 1 of about 15.",
        "Your first attempt, up to where you went back\n{",
        "Your run; keep this line",
    ]);
}

#[test]
fn no_input_at_all_leaves_a_record() {
    let place = Place::with_oracle();
    let said = place.run(&["play", "--plain", "corner-office"]);
    said.ends(0).tells(&["Seed: ", "End of input.", "Decisions made: 0 of about "]);
    let record = said.record();
    assert_eq!(record["scenario"], "corner-office");
    place.feed(&["replay", "-"], record.to_string()).ends(0).tells(&["No decision made yet"]);
}

#[test]
fn without_a_scenario_one_is_asked_for() {
    let place = Place::new();
    place.feed(&["play", "--plain"], "x\n77\n1\n").ends(0).tells(&[
        "Scenarios\n1. ",
        "Type the number of a scenario",
        "There is no 77 here.",
        "Briefing\n",
    ]);
    place.feed(&["play", "--plain"], "q\n").ends(0);
    place.run(&["play", "--plain"]).ends(0).tells(&["nothing was played"]);
}

#[test]
fn hostile_names_are_harmless() {
    let long = "x".repeat(10_000);
    for (name, shown) in [
        ("\u{1b}]0;pwned\u{7}Bo", "Playing: ]0;pwnedBo."),
        ("\u{1b}[2J\u{9b}31mBo", "Playing: [2J31mBo."),
        ("Bo\r\n\u{8}x", "Playing: Bo x."),
        ("\u{202e}oB", "Playing: oB."),
        ("e\u{301}\u{302}\u{303}\u{304}", "Playing: e\u{301}\u{302}."),
        ("\u{e0041}\u{200b}", "Seed: "),
        ("", "Seed: "),
        (&long, &format!("Playing: {}.", "x".repeat(40))),
    ] {
        let said = Place::new().run(&["play", "--plain", ORACLE, "--as", name]);
        said.ends(0).tells(&[shown]);
        assert_eq!(said.out.contains("Playing: "), shown.contains("Playing: "), "{name:?}");
    }
}

#[test]
fn the_same_seed_shows_the_same_order() {
    let place = Place::new();
    let told = |seed: &str| place.run(&["play", "--plain", ORACLE, "--seed", seed]).ends(0).out.clone();
    assert_eq!(told("7"), told("7"));
    assert_ne!(told("7"), told("8").replace("\"seed\":8", "\"seed\":7").replace("Seed: 8", "Seed: 7"));
}

/// Plays here and now, as if somebody sat at a terminal of 60 columns.
fn at_a_terminal(input: &str) -> String {
    let story = story(ORACLE);
    let options = ridealong::plain::Options {
        seed: ridealong::engine::Seed(7),
        feedback: ridealong::terms::Feedback::Now,
        name: None,
        reference: "corner-office".to_owned(),
        source: None,
        interactive: true,
        left: ridealong::plain::Left::Asked,
        seat: None,
        taken: None,
    };
    let mut book = ridealong::keeper::Book::new(Box::new(ridealong::keeper::Forgetful::default()), None);
    let mut out = Vec::new();
    let mut page = ridealong::plain::Page::new(&mut out, Some(60));
    ridealong::plain::play(&story, &options, &mut book, input.as_bytes(), &mut page).expect("memory takes it");
    assert!(book.runs().iter().all(|run| run.record.choices.len() <= 2));
    String::from_utf8(out).expect("text")
}

#[test]
fn at_a_terminal_it_waits_and_wraps() {
    let out = at_a_terminal("\n1\n\nq\n");
    // After the briefing and after the consequence; the prompt stays on its line.
    assert_eq!(out.matches("Press Enter to go on. ").count(), 2);
    assert!(out.contains("Your choice, 1 to 4 (? for help): You chose 1: "), "{out}");
    assert!(out.contains("Decision 2 of about 15"));
    let prose = out.lines().filter(|line| !line.starts_with('{') && !line.contains("Your choice"));
    assert!(prose.into_iter().all(|line| line.chars().count() <= 60), "{out}");
}

#[test]
fn leaving_while_it_waits_is_leaving() {
    for input in ["q\n", "\n1\nq\n", "\n1\n", ""] {
        let out = at_a_terminal(input);
        assert!(out.contains("Left before the end") && !out.contains("Decision 2"), "{out}");
    }
}
