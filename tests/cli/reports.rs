//! Usage, `replay`, `completions`, `man`, and the screen where there is none.

use super::plays::{ORACLE, leader, play, story};
use super::program::{Place, run};

#[test]
fn help_and_version_are_reports() {
    let place = Place::new();
    place.run(&["--help"]).ends(0).tells(&["Usage: ridealong", "play", "Exit codes"]);
    place.run(&["--version"]).ends(0).tells(&["ridealong "]);
    place.run(&["play", "--help"]).ends(0).tells(&["--feedback", "now, end, none", "--theme"]);
}

#[test]
fn what_cannot_be_understood_is_an_error_with_a_remedy() {
    let place = Place::new();
    for (args, words) in [
        (&["plya"][..], &["unrecognized subcommand 'plya'", "play"][..]),
        (&["play", "--sed", "1"], &["--seed"]),
        (&["play", "--seed", "minus"], &["--seed", "invalid"]),
        (&["play", "--seed", "-1"], &["-1"]),
        (&["play", "--feedback", "later"], &["now, end, none"]),
        (&["--theme", "pink"], &["dark"]),
        (&["check"], &["<PATH>"]),
        (&["check", "x.toml", "--format", "xml"], &["human, short, json"]),
        (&["completions", "cmd"], &["bash"]),
        (&["\u{1b}[31mr\u{202e}\u{9b}ed"], &["'red'"]),
    ] {
        let said = place.run(args);
        said.ends(2);
        assert_eq!(said.out, "");
        assert!(said.err.starts_with("ridealong: "), "{}", said.err);
        assert!(words.iter().all(|word| said.err.contains(word)), "{args:?}: {}", said.err);
    }
}

#[test]
fn completions_and_the_manual_are_printed() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = place.run(&["completions", shell]);
        assert_eq!(said.code, Some(0));
        assert!(said.out.contains("ridealong") && said.out.contains("replay"), "{shell}");
    }
    place.run(&["man"]).ends(0).tells(&[".TH ridealong 1", ".SH NAME", "RIDEALONG PLAY", "feedback"]);
}

#[test]
fn without_a_terminal_the_screen_points_to_plain() {
    let place = Place::new();
    for args in [&[][..], &["play"], &["play", ORACLE], &["--theme", "dark", "--ascii", "--reduce-motion"]] {
        place.run(args).complains(2, &["--plain"]);
        for term in ["dumb", ""] {
            run(place.command(args).env("TERM", term), b"").complains(2, &["--plain"]);
        }
        run(place.command(args).env_remove("TERM"), b"").complains(2, &["--plain"]);
    }
}

#[test]
fn a_record_is_replayed() {
    let place = Place::new();
    let story = story(ORACLE);
    let played = play(&story, 1, &leader);
    let mut record: serde_json::Value =
        serde_json::from_str(&ridealong::record::Record::of(&story, &played).to_line()).expect("JSON");
    record["scenario"] = ORACLE.into();
    record["note"] = "unknown keys are passed over".into();
    let result = place.feed(&["replay", "-", "--json"], record.to_string());
    let result: serde_json::Value = serde_json::from_str(&result.ends(0).out).expect("JSON");
    for key in [
        "scenario",
        "hash",
        "seed",
        "finished",
        "score",
        "behaviour",
        "people",
        "ending",
        "kind",
        "title",
        "trust",
        "growth",
        "momentum",
        "bypass",
        "insights",
        "flags",
        "postures",
        "red_lines",
        "rules",
        "steps",
    ] {
        assert!(result.get(key).is_some(), "{key}");
    }
    assert_eq!(result["behaviour"].to_string(), "100.0");
    assert_eq!(result["finished"], true);
    // Half a run is a run.
    let half: Vec<_> = record["choices"].as_array().expect("a list")[..7].to_vec();
    record["choices"] = half.into();
    let result = place.feed(&["replay", "-", "--json"], record.to_string());
    let result: serde_json::Value = serde_json::from_str(&result.ends(0).out).expect("JSON");
    assert_eq!(result["finished"], false);
    for key in ["score", "people", "ending", "kind", "title"] {
        assert!(result[key].is_null(), "{key}");
    }
    assert_eq!(result["steps"].as_array().map(Vec::len), Some(7));
    place.feed(&["replay", "-"], record.to_string()).ends(0).tells(&["Not ended yet", "7 decisions made; the next is"]);
}

#[test]
fn a_record_with_problems_is_named_for_what_it_is() {
    let place = Place::new();
    let record = |more: &str| format!(r#"{{"scenario": "{ORACLE}", "seed": 1, {more}}}"#);
    for (json, code, words) in [
        (String::new(), 1, &["standard input", "empty"][..]),
        ("{".to_owned(), 1, &["no run record", "line 1"]),
        ("[1, 2]".to_owned(), 1, &["no run record"]),
        ("\u{fffd}\u{1b}[2J".to_owned(), 1, &["no run record"]),
        (record(r#""choices": "map""#), 1, &["no run record", "expected a sequence"]),
        (r#"{"scenario": "corner-office", "choices": []}"#.to_owned(), 1, &["missing field `seed`"]),
        (r#"{"scenario": "corner-office", "seed": -1, "choices": []}"#.to_owned(), 1, &["no run record"]),
        (r#"{"scenario": "nowhere", "seed": 1, "choices": []}"#.to_owned(), 2, &["no scenario \"nowhere\""]),
        (r#"{"scenario": "gone.toml", "seed": 1, "choices": []}"#.to_owned(), 2, &["gone.toml does not exist"]),
        (record(r#""choices": ["maps"]"#), 1, &["choice 1 is \"maps\"", "\"monday\"", "ring-ines, map, five-steps"]),
        (record(r#""choices": ["\u001b[2Jx"]"#), 1, &["choice 1 is \"[2Jx\""]),
        (record(r#""choices": ["map", "map"]"#), 1, &["choice 2 is \"map\"", "\"direct-line\""]),
        (record(r#""hash": "00ff00ff00ff", "choices": []"#), 1, &["00ff00ff", "another version"]),
        (record(r#""engine_version": 99, "choices": []"#), 1, &["engine version 99"]),
        (record(r#""key_version": 99, "choices": []"#), 1, &["scoring version 99"]),
        (record(&format!("\"choices\": [{}\"x\"]", "\"x\",".repeat(30_000))), 1, &["30001 choices"]),
        ("x".repeat(2 << 20), 1, &["larger than 1024 KiB"]),
    ] {
        place.feed(&["replay", "-"], json).complains(code, words);
    }
    place.run(&["replay", "gone.json"]).complains(2, &["gone.json does not exist"]);
    place.run(&["replay", "."]).complains(2, &[". is a folder"]);
}

#[test]
fn a_choice_after_the_ending_is_one_too_many() {
    let story = story(ORACLE);
    let mut record = ridealong::record::Record::of(&story, &play(&story, 1, &leader)).naming(ORACLE);
    record.choices.push("map".to_owned());
    let number = record.choices.len();
    let said = Place::new().feed(&["replay", "-"], record.to_line());
    said.complains(1, &[&format!("ended before choice {number}")]);
}
