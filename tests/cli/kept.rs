//! What is kept, as somebody at a shell meets it: runs that go on, history, progress, erasing, settings.

use super::plays::ORACLE;
use super::program::{Place, Said};

fn json(said: &Said) -> serde_json::Value {
    serde_json::from_str(&said.out).expect("one JSON document")
}

/// Plays some lines of input.
fn play(place: &Place, args: &[&str], input: &str) -> Said {
    let said = place.feed(&[&["play", "--plain", ORACLE], args].concat(), input);
    said.ends(0);
    said
}

#[test]
fn a_run_that_was_left_goes_on_where_it_was() {
    let place = Place::new();
    let whole = play(&place, &["--seed", "7", "--store", "whole.db"], "1\n2\n1\n2\n1\n");
    let mut told = play(&place, &["--seed", "7"], "1\n").out;
    for answer in ["2\n", "1\n", "2\n", "1\n"] {
        let said = play(&place, &["--resume"], answer);
        assert!(said.out.contains("You go on at decision "), "{}", said.out);
        told = said.out;
    }
    let tail = |out: &str| out.split("Decision 6 of").nth(1).expect("the sixth").to_owned();
    assert_eq!(tail(&told), tail(&whole.out));
    let history = json(&place.run(&["history", "--json"]));
    assert_eq!(history.as_array().map(Vec::len), Some(1), "one run, not five");
    assert_eq!((&history[0]["decisions"], &history[0]["state"]), (&5.into(), &"open".into()));
}

#[test]
fn without_being_asked_a_script_begins_anew() {
    let place = Place::new();
    play(&place, &["--seed", "7"], "1\n");
    assert!(!play(&place, &[], "1\n").out.contains("go on at"));
    play(&place, &["--resume"], "").tells(&["You go on at decision 2"]);
    assert_eq!(json(&place.run(&["history", "--json"])).as_array().map(Vec::len), Some(2));
    assert!(place.run(&["play", "--plain", ORACLE, "--resume", "--seed", "3"]).ends(2).err.contains("--seed"));
    assert!(place.run(&["play", ORACLE, "--resume"]).ends(2).err.contains("--plain"));
}

#[test]
fn history_tells_runs_the_latest_first_and_whose_they_are() {
    let place = Place::new();
    place.run(&["history"]).ends(0).tells(&["No runs yet."]);
    assert!(!place.folder.path().join(".local").exists(), "reading makes no file");
    let answers = "1\n".repeat(30);
    play(&place, &["--seed", "1"], &answers);
    play(&place, &["--seed", "2"], "1\nu\n2\n");
    play(&place, &["--seed", "3", "--as", "Ann"], "2\n");
    let said = place.run(&["history"]);
    said.ends(0).tells(&["(practice): left at decision 2", "broken off after 1 decision", "score "]);
    assert_eq!(said.out.lines().count(), 3, "Ann's is Ann's: {}", said.out);
    place.run(&["history", "--as", "Ann"]).ends(0).tells(&["left at decision 2"]);
    place.run(&["history", "--everybody"]).ends(0).tells(&["Ann: The Corner Office"]);
    let rows = json(&place.run(&["history", "--json", "--everybody"]));
    assert_eq!(rows.as_array().map(Vec::len), Some(4));
    assert_eq!(rows[0]["player"], "Ann");
    assert_eq!((&rows[1]["first_attempt"], &rows[1]["first"]), (&false.into(), &rows[2]["id"]));
    assert_eq!(rows[3]["state"], "ended");
    // What history tells of a run is what its replay comes to.
    let record = serde_json::json!({"scenario": ORACLE, "seed": 1, "choices": rows[3]["choices"]}).to_string();
    let replayed = json(place.feed(&["replay", "-", "--json"], record).ends(0));
    for key in ["score", "behaviour", "people", "kind", "trust", "growth", "momentum", "bypass", "red_lines"] {
        assert_eq!(rows[3][key], replayed[key], "{key}");
    }
}

#[test]
fn progress_tells_scores_rules_and_what_is_due() {
    let place = Place::new();
    place.run(&["progress"]).ends(0).tells(&["No whole run yet."]);
    play(&place, &["--seed", "1"], &"1\n".repeat(30));
    play(&place, &["--seed", "2"], &"2\n".repeat(30));
    place.run(&["progress"]).ends(0).tells(&["Scores", "The Corner Office", "Streak: 1 day", "Rules", "Due today"]);
    let told = json(&place.run(&["progress", "--json"]));
    assert_eq!((&told["runs"], &told["streak"]), (&2.into(), &1.into()));
    assert_eq!(told["scores"].as_array().map(Vec::len), Some(2));
    assert_eq!(told["rules"].as_array().map(Vec::len), Some(10));
    assert_eq!(told["due"], serde_json::json!([]), "practised today");
}

#[test]
fn erasing_asks_and_then_nothing_is_left() {
    let place = Place::new();
    place.run(&["erase"]).ends(0).tells(&["Nothing is kept"]);
    play(&place, &["--seed", "1", "--as", "Ann"], "1\n");
    play(&place, &["--seed", "2"], "1\n");
    place.run(&["erase", "--as", "Ann"]).complains(2, &["1 run of Ann", "--yes"]);
    place.run(&["erase", "--as", "Ann", "--yes"]).ends(0).tells(&["Erased: 1 run of Ann."]);
    let rows = json(&place.run(&["history", "--json", "--everybody"]));
    assert_eq!(rows.as_array().map(Vec::len), Some(1));
    place.run(&["erase", "--everybody", "--yes"]).ends(0).tells(&["Erased: 1 run of everybody."]);
    place.run(&["history", "--everybody"]).ends(0).tells(&["No runs yet."]);
}

#[test]
fn a_store_is_named_by_option_variable_or_config_in_this_order() {
    let place = Place::new();
    place.file("config.toml", "store = \"from-config.db\"\n");
    let begin = |args: &[&str], variable: &str| {
        let mut command = place.command(&[&["play", "--plain", ORACLE], args].concat());
        command.env("RIDEALONG_CONFIG", "config.toml").env("RIDEALONG_STORE", variable);
        super::program::run(&mut command, b"1\n").ends(0);
    };
    let there = |name: &str| place.folder.path().join(name).exists();
    begin(&[], "");
    assert!(there("from-config.db"));
    begin(&[], "from-variable.db");
    assert!(there("from-variable.db"));
    begin(&["--store", "from-option.db"], "other.db");
    assert!(there("from-option.db") && !there("other.db"));
    // Beside a server one's own runs are in the usual file; an address that is none isn't repeated.
    place.run(&["history", "--store", "postgres://me:secret@host/db"]).ends(0).tells(&["No runs yet."]);
    let said = place.run(&["history", "--store", "postgres://me:secret@host:port/db"]);
    said.complains(2, &["the store's address can't be read"]);
    assert!(!said.err.contains("secret"), "{}", said.err);
}

#[test]
fn what_cannot_be_kept_is_told_and_handed_back() {
    let place = Place::new();
    let file = place.file("in-the-way", "");
    let store = format!("{file}/ridealong.db");
    let said = place.feed(&["play", "--plain", ORACLE, "--seed", "7", "--store", &store], "1\n2\n");
    said.ends(2).tells(&["in-the-way can't be made", "Decision 3 of"]);
    let last = said.err.lines().last().unwrap_or_default();
    assert!(said.err.contains("could not be saved") && last.starts_with('{'), "{}", said.err);
    place.feed(&["replay", "-"], last).ends(0).tells(&["2 decisions made"]);
}

#[test]
fn a_mistake_in_the_config_is_told_and_play_goes_on() {
    let place = Place::new();
    let config = place.file("config.toml", "feedbak = \"end\"\n");
    let mut command = place.command(&["play", "--plain", ORACLE]);
    let said = super::program::run(command.env("RIDEALONG_CONFIG", &config), b"1\n");
    said.ends(0).tells(&["Decision 2 of"]);
    assert!(
        said.err.contains("config.toml:1: there is no setting `feedbak`; did you mean `feedback`?"),
        "{}",
        said.err
    );
}

#[test]
fn a_kept_run_is_exported_by_its_id_and_all_of_them_together() {
    let place = Place::new();
    place.run(&["export", "--all", "--format", "json"]).complains(2, &["no run to export yet"]);
    play(&place, &["--seed", "1", "--as", "Ann"], &"1\n".repeat(30));
    let all = json(&place.run(&["export", "--all", "--as", "Ann", "--format", "json"]));
    assert_eq!(all.as_array().map(Vec::len), Some(1), "a list, even of one");
    play(&place, &["--seed", "2", "--as", "Ann"], &"2\n".repeat(30));
    play(&place, &["--seed", "3", "--as", "Ann"], "1\n");
    let rows = json(&place.run(&["history", "--json", "--as", "Ann"]));
    let id = rows[1]["id"].as_str().expect("an id").to_owned();
    for format in ["html", "md", "csv", "json", "xapi"] {
        let said = place.run(&["export", &id, "--format", format]);
        assert!(said.ends(0).out.contains("Ann"), "{format}: {}", said.out);
    }
    let one = json(&place.run(&["export", &id[..35], "--format", "json"]));
    assert_eq!((&one["run"], &one["attempt"]), (&rows[1]["id"], &2.into()));
    let all = json(&place.run(&["export", "--all", "--as", "Ann", "--format", "xapi"]));
    let again = json(&place.run(&["export", "--all", "--as", "Ann", "--format", "xapi"]));
    assert_eq!(all, again, "sending twice changes nothing");
    let told = all.as_array().expect("statements");
    assert_eq!(
        told.iter().filter(|each| each["result"]["duration"].is_string()).count(),
        2,
        "two came to their ending"
    );
    place.run(&["export", "01a20000", "--format", "md"]).complains(2, &["no file", "ridealong history"]);
    place.run(&["export", "01", "--format", "md"]).complains(2, &["no file"]);
}
