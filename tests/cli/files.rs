//! Scenario files of every kind, good and bad.

use std::process::Stdio;

use super::plays::ORACLE;
use super::program::{Place, run, text};

/// The id and the title of a scenario that is shipped.
fn first_shipped() -> (String, String) {
    let stories = super::plays::shipped();
    let first = &stories.first().expect("one").scenario;
    (first.id.clone(), first.title.to_string())
}

fn oracle() -> Vec<u8> {
    std::fs::read(ORACLE).expect("the fixture")
}

#[test]
fn a_good_file_is_checked_without_problems() {
    let place = Place::new();
    let file = place.file("corner-office.toml", oracle());
    place.run(&["check", &file]).ends(0).tells(&["1 file checked: "]);
    place.run(&["check", &file, "--format", "short"]).ends(0);
    let json = place.run(&["check", &file, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.ends(0).out).expect("JSON");
    assert!(json.is_array());
    place.run(&["check", text(place.folder.path())]).ends(0).tells(&["1 file checked: "]);
}

#[test]
fn warnings_count_when_they_are_asked_to() {
    let place = Place::new();
    place.run(&["new", "mine"]).ends(0);
    let story = std::fs::read_to_string(place.folder.path().join("mine.toml")).expect("written");
    let file = place.file("mine.toml", story.replace("[flags]\n", "[flags]\nunused = \"x\"\n"));
    place.run(&["check", &file]).ends(0).tells(&["unused-flag", "1 file checked: 1 warning"]);
    place.run(&["check", &file, "--strict"]).ends(1);
    place.run(&["play", "--plain", &file]).ends(0);
    // What can't be read weighs more than problems, and the rest is checked all the same.
    let both = place.run(&["check", "gone.toml", &file, "--strict", "--format", "short"]);
    both.ends(2).tells(&["unused-flag"]);
    assert!(both.err.contains("gone.toml does not exist"));
}

/// Bad bytes of every kind, each with the code of its problem.
fn bad() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let mut huge = oracle();
    huge.resize(2 << 20, b'\n');
    let mut latin = oracle();
    latin.extend(b"\n# caf\xe9\n");
    vec![
        ("empty.toml", Vec::new(), "missing-key"),
        ("binary.toml", (0..=255).cycle().take(4096).collect(), "not-utf8"),
        ("latin.toml", latin, "not-utf8"),
        ("broken.toml", b"format = 1\ntitle = \"no end\nlevel = [".to_vec(), "syntax"),
        ("huge.toml", huge, "too-large"),
        ("nul.toml", b"title = \"\0\"".to_vec(), "syntax"),
        ("escape.toml", b"title = \"\\u001b[2J\"".to_vec(), "refused-character"),
        ("typo.toml", String::from_utf8(oracle()).expect("text").replace("briefing", "breifing").into(), "unknown-key"),
    ]
}

#[test]
fn a_bad_file_is_reported_and_never_played() {
    let place = Place::new();
    for (name, bytes, code) in bad() {
        let file = place.file(name, bytes);
        let said = place.run(&["check", &file, "--format", "short"]);
        said.ends(1).tells(&[code]);
        place.run(&["check", &file]).ends(1).tells(&[name, "1 file checked: ", "error"]);
        let json: serde_json::Value =
            serde_json::from_str(&place.run(&["check", &file, "--format", "json"]).ends(1).out).expect("JSON");
        assert!(json.as_array().is_some_and(|list| list.iter().any(|problem| problem["code"] == code)), "{json}");
        for how in [&["play", "--plain", &*file][..], &["play", &*file]] {
            let said = place.run(how);
            said.ends(1);
            assert_eq!(said.out, "");
            assert!(said.err.contains(name) && said.err.contains("can't be played"), "{}", said.err);
        }
    }
}

#[test]
fn one_bad_file_never_hides_the_others() {
    let place = Place::new();
    for (name, bytes, _) in bad() {
        place.file(&format!("own/{name}"), bytes);
    }
    let (id, title) = first_shipped();
    place.file(&format!("own/{id}.toml"), b"format = 2");
    place.file("own/mine.toml", String::from_utf8(oracle()).expect("text").replace("corner-office", "mine"));
    let said = place.run(&["list"]);
    said.ends(0).tells(&["escape: has problems", "mine: The Corner Office"]);
    assert!(said.out.contains(&format!("{id}: {title}")) && said.out.contains("shipped"), "{}", said.out);
    let rows: serde_json::Value = serde_json::from_str(&place.run(&["list", "--json"]).ends(0).out).expect("JSON");
    let rows = rows.as_array().expect("a list");
    let mine = rows.iter().find(|row| row["id"] == "mine").expect("the good one");
    assert_eq!((&mine["origin"], &mine["problem"]), (&"user".into(), &serde_json::Value::Null));
    let wrong = rows.iter().find(|row| row["id"] == "broken").expect("the bad one");
    assert!(wrong["title"].is_null() && wrong["problem"].as_str().is_some_and(|first| first.contains("broken.toml")));
    // The user's own is meant, also while it is wrong: nobody plays the old text without noticing.
    place.run(&["play", "--plain", &id]).ends(1);
    place.run(&["check", text(&place.own())]).ends(1).tells(&["10 files checked: "]);
}

#[test]
fn a_good_file_of_ones_own_stands_in_for_the_shipped_one() {
    let place = Place::new();
    let (id, title) = first_shipped();
    let own = String::from_utf8(oracle()).expect("text").replace("title = \"The Corner Office\"", "title = \"Mine\"");
    place.file(&format!("own/{id}.toml"), own.replace("\"corner-office\"", &format!("\"{id}\"")));
    let said = place.run(&["list"]);
    said.ends(0).tells(&[&format!("{id}: Mine"), "your own, "]);
    assert!(!said.out.contains(&format!("{id}: {title}")));
    // A run of the shipped one can still be replayed: its hash tells.
    let stories = super::plays::shipped();
    let shipped = stories.iter().find(|story| story.scenario.id == *id).expect("shipped");
    let run = super::plays::play(shipped, 3, &super::plays::leader);
    let record = ridealong::record::Record::of(shipped, &run).to_line();
    place.feed(&["replay", "-"], record).ends(0).tells(&[&title, "The end: "]);
}

#[test]
fn what_cannot_be_read_is_named_with_a_remedy() {
    let place = Place::new();
    place.file("folder/note.txt", "");
    for command in [&["play", "--plain"][..], &["play"], &["check"]] {
        let with = |path: &'static str| [command, &[path]].concat();
        place.run(&with("gone.toml")).complains(2, &["gone.toml does not exist"]);
        place.run(&with("./gone")).complains(2, &["./gone does not exist"]);
        place.run(&with("\u{1b}]0;x\u{7}.toml")).complains(2, &["]0;x.toml does not exist"]);
    }
    place.run(&["play", "./folder"]).complains(2, &["./folder is a folder"]);
    place.run(&["check", "./folder"]).complains(2, &["./folder holds no .toml files"]);
    // As root every file may be read, so that one that may not is tested as anybody else only.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let file = place.file("closed.toml", oracle());
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o000)).expect("closed");
        if std::fs::read(&file).is_err() {
            place.run(&["check", &file]).complains(2, &["closed.toml may not be read"]);
        }
    }
}

#[test]
fn an_unknown_id_is_answered_with_the_one_that_was_meant() {
    let place = Place::with_oracle();
    place.run(&["play", "corner-ofice"]).complains(2, &["\"corner-ofice\"", "did you mean \"corner-office\"?"]);
    place.run(&["play", "xyzzy", "--plain"]).complains(2, &["no scenario \"xyzzy\"", "ridealong list"]);
    place.run(&["play", "\u{1b}[31mred"]).complains(2, &["\"[31mred\""]);
}

/// A file without an ending, such as a folder of notes may hold, hides no scenario; `./` says that the file is meant.
#[test]
fn an_id_comes_before_a_file_without_an_ending() {
    let place = Place::with_oracle();
    place.file("corner-office", "notes");
    place.file("spare", oracle());
    place.run(&["play", "--plain", "corner-office"]).ends(0).tells(&["The Corner Office"]);
    place.run(&["play", "--plain", "./corner-office"]).ends(1);
    place.run(&["play", "--plain", "spare"]).ends(0).tells(&["The Corner Office"]);
}

#[test]
fn what_is_too_long_to_be_played_is_listed_but_not_offered() {
    let place = Place::new();
    let more = (0..2000).fold(String::from_utf8(oracle()).expect("text"), |text, at| {
        text + &format!(
            "\n[[scene]]\nid = \"p{at}\"\ngoto = \"{}\"\n",
            if at == 0 { "monday".to_owned() } else { format!("p{}", at - 1) }
        )
    });
    let long = more.replace("corner-office", "long").replace("The Corner Office", "The Long Way");
    place.file("own/long.toml", long.replace("scene    = \"monday\"", "scene    = \"p1999\""));
    place.run(&["list"]).ends(0).tells(&["long: The Long Way", "too many to be played"]);
    let said = place.feed(&["play", "--plain"], "q\n");
    said.ends(0).tells(&["1. ", "Left out, since they can't be played: 1."]);
    assert!(!said.out.contains("The Long Way"), "{}", said.out);
    place.run(&["play", "--plain", "long"]).complains(1, &["too many to be played"]);
}

#[test]
fn no_home_and_no_folder_are_fine() {
    let place = Place::new();
    let mut command = place.command(&["list"]);
    command.env_remove("HOME").env_remove("RIDEALONG_SCENARIOS").env_remove("XDG_DATA_HOME");
    let (id, _) = first_shipped();
    run(&mut command, b"").ends(0).tells(&[&format!("{id}: ")]);
    let mut command = place.command(&["list"]);
    command.env("RIDEALONG_SCENARIOS", ORACLE);
    let said = run(&mut command, b"");
    said.ends(0).tells(&[&format!("{id}: ")]);
    assert!(said.err.starts_with("ridealong: your own scenarios are left out: "), "{}", said.err);
}

#[test]
fn a_pipe_that_nobody_reads_is_no_error() {
    let place = Place::new();
    for args in [&["list"][..], &["man"], &["completions", "bash"], &["play", "--plain", ORACLE], &["--help"]] {
        let mut child = place.command(args);
        let mut child =
            child.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("started");
        drop(child.stdout.take());
        let done = child.wait_with_output().expect("ended");
        assert_eq!(done.status.code(), Some(0), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&done.stderr), "", "{args:?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let place = Place::new();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("the full device");
    let mut command = place.command(&["list"]);
    let done = command.stdout(full).stderr(Stdio::piped()).output().expect("ended");
    assert_eq!(done.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&done.stderr).starts_with("ridealong: "));
}
