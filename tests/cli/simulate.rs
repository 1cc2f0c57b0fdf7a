//! `simulate`: tables, JSON, and what it says to wrong words.

use serde_json::Value;

use super::generated::Shape;
use super::plays::{ORACLE, SIDE_DOOR};
use super::program::Place;

const POLICIES: [&str; 15] = [
    "leader",
    "closer",
    "take-over",
    "absentee",
    "random",
    "asker",
    "longest",
    "shortest",
    "most-named",
    "least-named",
    "router",
    "one-slip",
    "late-learner",
    "relapser",
    "first",
];

/// The JSON without what the clock says.
fn json(place: &Place, args: &[&str]) -> Value {
    let said = place.run(args);
    said.ends(0);
    let mut json: Value = serde_json::from_str(&said.out).expect("JSON");
    for policy in json["policies"].as_array_mut().expect("a list") {
        let seconds = policy.as_object_mut().expect("a table").remove("seconds");
        assert!(seconds.is_some_and(|seconds| seconds.as_f64().is_some_and(|seconds| seconds >= 0.0)));
    }
    json
}

#[test]
fn all_policies_play_and_are_judged() {
    let place = Place::new();
    let args = ["simulate", ORACLE, "--plays", "200", "--seed", "1", "--json"];
    let all = json(&place, &args);
    assert_eq!(all["scenario"], "corner-office");
    assert_eq!(all["seed"], 1);
    let names: Vec<&str> =
        all["policies"].as_array().expect("a list").iter().filter_map(|one| one["policy"].as_str()).collect();
    assert_eq!(names, POLICIES);
    let leader = &all["policies"][0];
    assert_eq!((&leader["plays"], &leader["score"]["min"]), (&Value::from(200), &Value::from(99)));
    assert_eq!(leader["score"]["mean"].to_string(), "99.0");
    assert_eq!(leader["postures"].to_string(), r#"{"absent":0.0,"lead":1.0,"take_over":0.0}"#);
    assert_eq!(leader["endings"]["won-by-rep"].to_string(), "1.0");
    assert!(leader["never_chosen"].as_array().is_some_and(|never| never.len() > 20));
    for key in ["sd", "p5", "p95", "max"] {
        assert!(leader["score"][key].is_number(), "{key}");
    }
    for key in ["behaviour", "people", "trust", "growth", "momentum", "bypass"] {
        assert!(leader[key].is_number(), "{key}");
    }
    assert!(all["bands"].as_array().is_some_and(|bands| bands.iter().all(|band| band["holds"] == true)));
    assert_eq!(json(&place, &args), all);
    // Enough plays for several threads: the same plays are among them, and again the same result.
    let more = ["simulate", ORACLE, "--plays", "1500", "--seed", "1", "--json"];
    assert_eq!(json(&place, &more), json(&place, &more));
}

#[test]
fn one_policy_is_told_with_what_it_leaves_out() {
    let place = Place::new();
    let said = place.run(&["simulate", SIDE_DOOR, "--policy", "closer", "--plays", "50", "--seed", "3"]);
    said.ends(0).tells(&["The Side Door: 50 plays. Seed: 3.", "closer", "around-rep 100%", "closer never chose", "ok"]);
    // The table, that is; prose is wrapped on a terminal only.
    assert!(said.out.lines().take(5).all(|line| line.chars().count() <= 80), "{}", said.out);
    assert_eq!(said.err, "");
    place.run(&["simulate", SIDE_DOOR, "--plays", "300", "--seed", "3"]).ends(0).tells(&[
        "Seed: ",
        "one-slip",
        "Every band is kept.",
    ]);
}

#[test]
fn a_missed_band_counts_when_it_is_asked_for() {
    let place = Place::new();
    let file = place.file("generated.toml", Shape::bench(20).toml());
    place.run(&["simulate", &file, "--plays", "20", "--seed", "1"]).ends(0).tells(&["MISSED", "bands missed"]);
    place.run(&["simulate", &file, "--plays", "20", "--seed", "1", "--strict"]).ends(1).tells(&["MISSED"]);
}

#[test]
fn what_cannot_be_simulated_is_told() {
    let place = Place::new();
    let unknown = place.run(&["simulate", ORACLE, "--policy", "leadre"]);
    assert!(POLICIES.iter().all(|policy| unknown.ends(2).err.contains(policy)), "{}", unknown.err);
    assert!(place.run(&["simulate", ORACLE, "--plays", "0"]).ends(2).err.contains("--plays"));
    place.run(&["simulate", "nothing-of-the-kind"]).complains(2, &["nothing-of-the-kind"]);
    let broken = place.file("broken.toml", "format = 2");
    assert_eq!(place.run(&["simulate", &broken]).code, Some(1));
}

#[test]
fn stories_too_long_to_be_played_are_simulated() {
    let place = Place::new();
    let file = place.file("generated.toml", Shape::bench(2100).toml());
    let said = json(&place, &["simulate", &file, "--policy", "random", "--plays", "3", "--seed", "1", "--json"]);
    assert_eq!(said["policies"][0]["plays"], 3);
    place.run(&["play", &file, "--plain"]).complains(1, &["2000 scenes"]);
}
