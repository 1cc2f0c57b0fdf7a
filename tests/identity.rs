//! The identity of a scenario: what changes the hash, and what doesn't.
#![allow(clippy::expect_used, clippy::panic)]

use std::collections::HashMap;

use ridealong::scenario::Hash;
use ridealong::scenario::check::check;

const SMALL: &str = include_str!("fixtures/small.toml");

/// The hash of a file, whose name says nothing about its id.
fn hash(what: &str, text: &str) -> Hash {
    let checked = check("a file", text.as_bytes());
    let errors: Vec<_> = checked.diagnostics().iter().filter(|found| found.is_error()).cloned().collect();
    Hash::of(&checked.into_scenario().unwrap_or_else(|| panic!("{what}: {errors:#?}")))
}

/// The file with the first place that says `from` saying `to`.
#[track_caller]
fn changed(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from:?} is not in the file");
    SMALL.replacen(from, to, 1)
}

/// The file with the pieces from `one` to `other` and from `other` to `end` in each other's place.
#[track_caller]
fn swapped(one: &str, other: &str, end: &str) -> String {
    let at = |text: &str| SMALL.find(text).unwrap_or_else(|| panic!("{text:?} is not in the file"));
    let (one, other, end) = (at(one), at(other), at(end));
    [&SMALL[..one], &SMALL[other..end], &SMALL[one..other], &SMALL[end..]].concat()
}

/// Never change it: runs that were saved and sent in name the scenario by it. If the canonical form has to change, its
/// first line says so with another number, and runs from before need a way to be read.
#[test]
fn the_hash_of_a_file_is_the_same_for_ever() {
    assert_eq!(
        hash("the file as it is", SMALL).to_string(),
        "1a61468be8558b3dc5ca1e08e51b5d67c16fa04cad89fc69678fa27e4458a568"
    );
}

/// A change to one field each, so that no kind of field is left out.
const CHANGES: &[(&str, &str, &str)] = &[
    ("id", "\"small\"", "\"smaller\""),
    ("title", "title    = \"The Spare Key\"", "title    = \"A Spare Key\""),
    ("summary", "A customer calls you about a key", "A customer rings you about a key"),
    ("level", "level    = 1", "level    = 2"),
    ("minutes", "minutes  = 5", "minutes  = 6"),
    ("language", "\"en\"", "\"en-GB\""),
    ("industry", "\"Locks and keys\"", "\"Keys and locks\""),
    ("deal", "12k a year, one building", "13k a year, one building"),
    ("authors", "[\"The Ridealong project\"]", "[\"The Ridealong project\", \"You\"]"),
    ("no authors", "authors  = [\"The Ridealong project\"]\n", ""),
    ("briefing", "You lead three reps.", "You lead four reps."),
    ("a paragraph of the briefing", "since spring.\n\nMr", "since spring.\nMr"),
    ("person: id", "[cast.rhea]", "[cast.stone]"),
    ("person: name", "Rhea Stone", "Rhea Stein"),
    ("person: role", "role  = \"boss\"", "role  = \"colleague\""),
    ("person: title", "Vice president", "President"),
    ("person: about", "Friendly, in a hurry.", "Friendly, in no hurry."),
    ("person: wants", "A key that fits.", "A key that turns."),
    ("start: scene", "scene    = \"call\"", "scene    = \"desk\""),
    ("start: trust", "trust    = 50", "trust    = 51"),
    ("start: growth", "growth   = 45", "growth   = 46"),
    ("start: momentum", "momentum = 40", "momentum = 41"),
    ("start: bypass", "bypass   = 20", "bypass   = 21"),
    ("insight: text", "on Friday at noon.\"\nlock", "on Friday at one.\"\nlock"),
    ("insight: one more", "lock   = ", "more = \"More.\"\nlock   = "),
    ("flag: text", "You asked for a pause", "You asked for time"),
    ("flag: one more", "paused   = \"", "more = \"More\"\npaused   = \""),
    ("scene: title", "Tuesday: the phone", "Tuesday: a phone"),
    ("scene: text", "Mira sits two desks away", "Mira sits three desks away"),
    ("scene: rule", "rule  = \"side_door\"", "rule  = \"scout\""),
    ("scene: also", "also  = \"front_door\"", "also  = \"scout\""),
    ("scene: no also", "also  = \"front_door\"\n", ""),
    ("scene: turning point", "turning_point = true", "turning_point = false"),
    ("scene: goto", "goto  = \"desk\"", "goto  = \"evening\""),
    (
        "scene: goto of a list",
        "  { to = \"around\" },\n]\n\n  [[scene.option]]\n  id      = \"through\"",
        "  { to = \"later\" },\n]\n\n  [[scene.option]]\n  id      = \"through\"",
    ),
    ("echo: when", "when   = { flags = [\"promised\"] }", "when   = { without = [\"promised\"] }"),
    ("echo: text", "in her hand", "on her desk"),
    ("echo: effect", "effect = { trust = -2, growth = -3 }", "effect = { trust = -2, growth = -4 }"),
    ("echo: no effect", "  effect = { trust = -2, growth = -3 }\n", ""),
    ("option: id", "id      = \"listen\"", "id      = \"hear\""),
    ("option: text", "Hear him out and say", "Hear him out, and say"),
    ("option: posture", "posture = \"lead\"", "posture = \"absent\""),
    ("option: form", "form    = \"route\"", "form    = \"tell\""),
    ("option: key", "key     = 4", "key     = 3"),
    ("option: effect on trust", "trust = 4, growth = 2,", "trust = 5, growth = 2,"),
    ("option: effect on growth", "trust = 4, growth = 2,", "trust = 4, growth = 3,"),
    ("option: effect on momentum", "momentum = 9,", "momentum = 8,"),
    ("option: effect on bypass", "bypass = 12 }", "bypass = 11 }"),
    ("option: learn", "learn   = [\"tenant\"]", "learn   = [\"lock\"]"),
    ("option: no learn", "  learn   = [\"tenant\"]\n", ""),
    ("option: set", "set      = [\"promised\"]", "set      = [\"promised\", \"paused\"]"),
    ("option: then", "An hour is fine.", "An hour is fine, he says."),
    ("option: why", "you listened, and", "you heard him, and"),
    ("option: why_rule", "why_rule = \"options\"", "why_rule = \"close\""),
    ("option: no why_rule", "  why_rule = \"options\"\n", ""),
    ("option: when", "bypass = { min = 25 }", "bypass = { min = 26 }"),
    ("option: when, the other bound", "bypass = { min = 25 }", "bypass = { min = 25, max = 99 }"),
    ("option: closed", "Nothing is settled yet.", "Nothing is settled."),
    ("option: closed of once", "He has waited once already.", "He has waited."),
    ("option: once", "closed  = \"Nothing is settled yet.\"", "once = true\n  closed  = \"Nothing is settled yet.\""),
    (
        "option: goto",
        "  goto    = \"evening\"\n\n  [[scene.option]]\n  id      = \"arrange\"",
        "  goto    = \"again\"\n\n  [[scene.option]]\n  id      = \"arrange\"",
    ),
    ("exit: to", "{ to = \"around\" },\n  ]", "{ to = \"later\" },\n  ]"),
    ("exit: when", "min = 45, max = 100", "min = 45, max = 99"),
    ("exit: chance", "chance = 3", "chance = 4"),
    ("exit: no chance", "{ to = \"evening\", chance = 3 }", "{ to = \"evening\" }"),
    ("condition: insights", "insights = { min = 2 }, trust", "insights = { min = 1 }, trust"),
    ("condition: knows", "knows = [\"lock\"]", "knows = [\"tenant\"]"),
    ("condition: flags", "flags = [\"promised\"] }, { bypass", "flags = [\"paused\"] }, { bypass"),
    ("condition: without", "flags = [\"paused\"], without = [\"promised\"]", "without = [\"paused\", \"promised\"]"),
    (
        "condition: an alternative less",
        "{ flags = [\"promised\"] }, { bypass = { min = 50 } }",
        "{ flags = [\"promised\"] }",
    ),
    (
        "condition: alternatives swapped",
        "{ flags = [\"promised\"] }, { bypass = { min = 50 } }",
        "{ bypass = { min = 50 } }, { flags = [\"promised\"] }",
    ),
    ("passage: text", "text = \"\"", "text = \"Evening.\""),
    ("passage: title", "id   = \"evening\"", "id   = \"evening\"\ntitle = \"Evening\""),
    ("ending: kind", "kind  = \"around_rep\"", "kind  = \"damage\""),
    ("ending: title", "Next week\"\ntext", "Next month\"\ntext"),
    ("ending: signed", "12k a year, for two more years", "12k a year, for three more years"),
    ("ending: nothing signed", "signed = \"12k a year, for two more years\"\n", ""),
    ("ending: text", "Mira has told him why.", "Mira has told him."),
    ("ending line: when", "when = { flags = [\"paused\"] }", "when = { flags = [\"promised\"] }"),
    ("ending line: text", "He still hums", "He hums"),
    ("debrief: a question", "Who rings whom next week?", "Who rings whom?"),
    (
        "debrief: no question",
        "[debrief]\nquestions = [\"When did you most want to promise something?\", \"Who rings whom next week?\"]",
        "",
    ),
    (
        "debrief: order",
        "\"When did you most want to promise something?\", \"Who rings whom next week?\"",
        "\"Who rings whom next week?\", \"When did you most want to promise something?\"",
    ),
];

#[test]
fn whatever_a_player_could_notice_changes_the_hash() {
    let mut files: Vec<(String, String)> =
        CHANGES.iter().map(|(what, from, to)| ((*what).to_owned(), changed(from, to))).collect();
    // Names are part of it wherever they stand.
    for (what, from, to) in [("scene: id", "\"again\"", "\"anew\""), ("ending: id", "\"later\"", "\"next-week\"")] {
        files.push((what.to_owned(), SMALL.replace(from, to)));
    }
    let renamed = SMALL.replace("\"tenant\"", "\"friday\"").replace("tenant =", "friday =");
    files.push(("insight: id".to_owned(), renamed));
    files.push(("flag: id".to_owned(), SMALL.replace("\"paused\"", "\"waited\"").replace("paused   =", "waited   =")));
    // Once without anything else; the loop is closed by a condition instead.
    let (once, closed) = ("  once    = true\n  closed", "  when    = { without = [\"paused\"] }\n  closed");
    files.push(("option: once exchanged for a when".to_owned(), changed(once, closed)));
    files.push(("option: once and when".to_owned(), changed(once, &format!("  once = true\n{closed}"))));
    // Order is meaning: people, facts, scenes, echoes, options, exits, endings are known by their places.
    for (what, one, other, end) in [
        ("people", "[cast.aydin]", "[cast.rhea]", "[start]"),
        ("insights", "tenant = \"A", "lock   = ", "\n[flags]"),
        ("flags", "promised = \"You", "paused   = \"", "\n[[scene]]"),
        (
            "scenes",
            "[[scene]]\nid            = \"desk\"",
            "[[scene]]\nid    = \"again\"",
            "[[scene]]\nid   = \"evening\"",
        ),
        (
            "echoes",
            "  [[scene.echo]]\n  when   = { flags",
            "  [[scene.echo]]\n  when = { any",
            "  [[scene.option]]\n  id      = \"tell\"",
        ),
        (
            "options",
            "  [[scene.option]]\n  id      = \"listen\"",
            "  [[scene.option]]\n  id       = \"promise\"",
            "  [[scene.option]]\n  id      = \"pause\"",
        ),
        (
            "exits",
            "    { to = \"again\", chance",
            "    { to = \"evening\", chance = 3",
            "  ]\n\n[[scene]]\nid    = \"again\"",
        ),
        ("endings", "[[ending]]\nid     = \"won\"", "[[ending]]\nid    = \"later\"", "[[ending]]\nid    = \"around\""),
    ] {
        files.push((format!("order of {what}"), swapped(one, other, end)));
    }
    let mut seen = HashMap::from([(hash("the file as it is", SMALL), "the file as it is".to_owned())]);
    for (what, text) in files {
        if let Some(same) = seen.insert(hash(&what, &text), what.clone()) {
            panic!("{what}: the same hash as {same}");
        }
    }
}

/// The first table that begins with this line, its lines in reverse order.
fn upside_down(first: &str) -> String {
    let at = SMALL.find(first).expect("the line");
    let start = at + first.len();
    let end = start + SMALL[start..].find("\n\n").expect("an empty line") + 1;
    let lines: Vec<&str> = SMALL[start..end].split_inclusive('\n').collect();
    assert!(lines.len() > 2 && lines.iter().all(|line| line.contains(" = ")), "{lines:?}");
    [&SMALL[..start], &lines.into_iter().rev().collect::<String>(), &SMALL[end..]].concat()
}

#[test]
fn what_nobody_could_notice_does_not_change_it() {
    let files = [
        ("a comment changed", changed("# A small story", "# Another story")),
        ("a comment more", changed("turning_point = true", "turning_point = true # the desk")),
        ("line ends", SMALL.replace('\n', "\r\n")),
        ("a byte order mark", format!("\u{feff}{SMALL}")),
        ("indentation", SMALL.replace("\n  ", "\n\t")),
        ("spaces around a value", changed("level    = 1", "level=1")),
        ("empty lines between tables", SMALL.replace("\n\n[[scene]]", "\n\n\n\n[[scene]]")),
        ("lines of a text", changed("You lead three reps. Mira Holt", "You lead\n  three reps.   Mira Holt")),
        ("more empty lines in a text", changed("since spring.\n\nMr", "since spring.\n\n  \n\nMr")),
        ("quotes", changed("\"The Spare Key\"", "'''The Spare Key'''")),
        ("an escape", changed("\"The Spare Key\"", "\"The Sp\\u0061re Key\"")),
        ("another spelling of a number", changed("level    = 1", "level    = 0x1")),
        ("another spelling of a key", changed("level    = 1", "\"level\"    = 1")),
        ("order of a person's keys", upside_down("[cast.mira]\n")),
        ("order of the start's keys", upside_down("[start]\n")),
        ("order of an option's keys", upside_down("  [[scene.option]]\n  id      = \"listen\"\n")),
        ("order of an ending's keys", upside_down("[[ending]]\nid     = \"won\"\n")),
        (
            "order of an inline table's keys",
            changed("{ trust = 4, growth = 2, bypass = -3 }", "{ bypass = -3, growth = 2, trust = 4 }"),
        ),
        ("order of a condition's keys", changed("{ to = \"again\", chance = 1 }", "{ chance = 1, to = \"again\" }")),
        (
            "a table in the long form",
            changed(
                "effect  = { trust = 4, growth = 2, bypass = -3 }",
                "effect.trust = 4\n  effect.growth = 2\n  effect.bypass = -3",
            ),
        ),
        ("tables in another order", swapped("[start]", "[insights]", "[[scene]]")),
        ("once = false", changed("key     = 4", "once = false\n  key     = 4")),
        ("turning_point = false", changed("also  =", "turning_point = false\nalso  =")),
        ("an effect of 0", changed("trust = 4, growth = 2,", "trust = 4, growth = 2, momentum = 0,")),
        ("empty lists", changed("  learn   = [\"tenant\"]", "  set = []\n  learn   = [\"tenant\"]")),
        (
            "the scene's goto named by the option",
            changed("  learn   = [\"tenant\"]", "  goto = \"desk\"\n  learn   = [\"tenant\"]"),
        ),
        (
            "the scene's rule named by the option",
            changed("  learn   = [\"tenant\"]", "  why_rule = \"side_door\"\n  learn   = [\"tenant\"]"),
        ),
    ];
    let expected = hash("the file as it is", SMALL);
    for (what, text) in files {
        assert_ne!(text, SMALL, "{what}");
        assert_eq!(hash(what, &text), expected, "{what}");
    }
}
