//! What authors have: a file to start from, codes explained, branches drawn, a schema.

use super::plays::{ORACLE, SIDE_DOOR, shipped};
use super::program::{Place, text};

#[test]
fn a_new_scenario_is_written_checked_and_played() {
    let place = Place::new();
    place.run(&["new", "my-story"]).ends(0).tells(&["my-story.toml is written", "ridealong watch my-story.toml"]);
    place.run(&["check", "my-story.toml", "--strict"]).ends(0).tells(&["no problems"]);
    let played = place.feed(&["play", "--plain", "my-story.toml", "--seed", "3"], "\n1\n\n1\n\n1\n\n1\n\n\n");
    assert_eq!(played.ends(0).record()["finished"].as_bool().or(Some(true)), Some(true));
    place.run(&["graph", "my-story.toml"]).ends(0).tells(&["flowchart TD"]);
    // What is there is never touched.
    let path = place.file("mine.toml", "notes");
    place.run(&["new", "mine"]).complains(2, &["mine.toml is there already", "another id"]);
    assert_eq!(std::fs::read_to_string(path).expect("still there"), "notes");
}

#[test]
fn a_new_scenario_goes_where_it_is_wanted() {
    let place = Place::new();
    let folder = place.own();
    std::fs::create_dir_all(&folder).expect("a folder");
    place.run(&["new", "mine", "--path", text(&folder)]).ends(0);
    place.run(&["list"]).ends(0).tells(&["mine: Mine", "your own, "]);
    place.run(&["new", "mine", "--path", "nowhere"]).complains(2, &["nowhere does not exist"]);
    let file = place.file("note.txt", "");
    place.run(&["new", "mine", "--path", &file]).complains(2, &["note.txt is no folder"]);
    for (id, words) in
        [("My Story", "try \"my-story\""), ("../up", "try \"up\""), ("a_b", "try \"a-b\""), ("-", "small letters")]
    {
        place.run(&["new", "--", id]).complains(2, &["can't be the id of a scenario", words]);
    }
    assert!(!place.folder.path().join("up.toml").exists());
}

#[test]
fn every_code_is_explained() {
    use ridealong::diagnostic::Code;
    let place = Place::new();
    place.run(&["check", "--explain", "no-bait"]).ends(0).tells(&[
        "no-bait (warning, content)",
        "Taking over must pay",
        "Wrong:",
        "    posture = \"take_over\"",
        "Right:",
        "allow = { no-bait = \"the reason\" }",
    ]);
    place.run(&["check", "--explain", "[unknown-key]"]).ends(0).tells(&["unknown-key (error)"]);
    place.run(&["check", "--explain", "unknown-keys"]).complains(2, &["no code \"unknown-keys\"", "unknown-key"]);
    place.run(&["check", "--explain", "xyzzy"]).complains(2, &["no code \"xyzzy\"", "too-large", "unused-allow"]);
    place.run(&["check", "--explain", "\u{1b}[2J"]).ends(2);
    place.run(&["check"]).ends(2);
    for code in Code::ALL {
        let example = code.example().unwrap_or_else(|| panic!("no example of {}", code.id()));
        assert_ne!(example.wrong, example.right, "{}", code.id());
    }
}

#[test]
fn content_is_checked_for_authors_only() {
    let place = Place::new();
    place.run(&["new", "mine"]).ends(0);
    let story = std::fs::read_to_string(place.folder.path().join("mine.toml")).expect("written");
    let story = story.replace("\"Look up the order, and", "\"Look up the order, just");
    let file = place.file("own/mine.toml", &story);
    place.run(&["check", &file]).ends(0).tells(&["loaded-word", "help: say what is done", "1 warning"]);
    place.run(&["check", &file, "--strict"]).ends(1);
    let json = place.run(&["check", &file, "--format", "json"]);
    json.ends(0).tells(&["\"code\":\"loaded-word\"", "\"severity\":\"warning\""]);
    let listed = place.run(&["list", "--json"]);
    assert!(!listed.ends(0).out.contains("loaded"));
    let allowed =
        story.replacen("  key     = 0\n", "  key     = 0\n  allow   = { loaded-word = \"He speaks so.\" }\n", 1);
    let file = place.file("own/mine.toml", allowed);
    place.run(&["check", &file, "--strict"]).ends(0).tells(&["no problems"]);
}

#[test]
fn the_shipped_scenarios_are_clean() {
    let place = Place::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    place
        .run(&["check", "--strict", folder])
        .ends(0)
        .tells(&[&format!("{} files checked: no problems", shipped().len())]);
}

#[test]
fn graph_and_schema_are_printed() {
    let place = Place::new();
    place.run(&["graph", SIDE_DOOR]).ends(0).tells(&["The Side Door", "flowchart TD", "-->", "linkStyle"]);
    place.run(&["graph", ORACLE, "--format", "dot"]).ends(0).tells(&["digraph \"corner-office\" {", "->", "}"]);
    place.run(&["graph", "nowhere"]).complains(2, &["no scenario \"nowhere\""]);
    let broken = place.file("broken.toml", "format = 1");
    place.run(&["graph", &broken]).ends(1);
    let schema: serde_json::Value = serde_json::from_str(&place.run(&["schema"]).ends(0).out).expect("JSON");
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
}

#[test]
fn watching_needs_a_file_and_a_terminal() {
    let place = Place::new();
    place.run(&["watch", "gone.toml"]).complains(2, &["gone.toml does not exist", "ridealong new"]);
    place.run(&["watch", "."]).complains(2, &[". is a folder"]);
    place.run(&["new", "mine"]).ends(0);
    place.run(&["watch", "mine.toml"]).complains(2, &["is not a terminal"]);
}
