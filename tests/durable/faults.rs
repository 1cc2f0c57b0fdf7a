//! A disk that refuses: full, failing, read-only, not there. It is told with the name of the place, play goes on, what
//! can't be kept is handed back, and what was kept before is as it was.

use std::process::Output;

use super::{Home, STORY, can_trace, exists, text, told, undisturbed};

const ANSWERS: &str = "1\n2\n1\n3\n2\n";

/// All answers were taken, and the run is handed back with what is wrong and where.
fn assert_handed_back(home: &Home, out: &Output, why: &str) {
    assert_eq!(out.status.code(), Some(2), "{}", text(&out.stderr));
    assert_eq!(told(&out.stdout), 5, "play goes on:\n{}", text(&out.stdout));
    let said = text(&out.stdout) + &text(&out.stderr);
    assert!(said.contains(why), "{why:?} is missing in {said}");
    let errors = text(&out.stderr);
    let record: serde_json::Value = serde_json::from_str(errors.lines().last().unwrap()).expect("a run record");
    assert_eq!(record["choices"].as_array().map(Vec::len), Some(5), "{errors}");
    assert_eq!(record["scenario"], STORY);
    let choices: Vec<String> = serde_json::from_value(record["choices"].clone()).unwrap();
    assert_eq!(choices, undisturbed(ANSWERS));
    drop(home.runs());
}

/// A player who has a run already.
fn with_a_run() -> Home {
    let home = Home::new();
    assert!(home.play(&[], &["--seed", "3"], "1\n1\n").status.success());
    home
}

/// The store's file, its log, and what its readers share.
const FILES: [&str; 3] = ["", "-wal", "-shm"];

/// Calls of this kind on these of the store's files fail, the so-manieth of them.
fn failing(home: &Home, files: &[&str], call: &str, error: &str, when: &str) -> Output {
    let paths: Vec<String> = files.iter().map(|ending| format!("{}{ending}", home.store().display())).collect();
    let (trace, inject) = (format!("trace={call}"), format!("inject={call}:error={error}:when={when}"));
    let mut under = vec!["strace", "-f", "-qqq", "-o", "/dev/null", "-e", &trace, "-e", &inject];
    under.extend(paths.iter().flat_map(|path| ["-P", path.as_str()]));
    home.play(&under, &["--seed", "7"], ANSWERS)
}

#[test]
fn a_disk_that_stays_full_or_broken_is_told_and_the_run_handed_back() {
    if !can_trace() {
        return;
    }
    for (files, call, error, why) in [
        (&FILES[1..2], "pwrite64", "ENOSPC", "ridealong.db can't grow: the disk is full; make room on it"),
        (
            &FILES[..],
            "pwrite64",
            "ENOSPC",
            "ridealong.db can't be read or written: disk I/O error; see whether the disk is full",
        ),
        (&FILES[..], "pwrite64", "EIO", "ridealong.db can't be read or written"),
        (&FILES[..], "fsync,fdatasync", "EIO", "ridealong.db can't be read or written"),
    ] {
        let home = with_a_run();
        let before = home.runs();
        let out = failing(&home, files, call, error, "1+");
        assert_handed_back(&home, &out, why);
        assert_eq!(home.runs().last(), before.last(), "{call} {error}: what was kept before is as it was");
    }
}

#[test]
fn what_a_disk_refused_for_a_while_is_saved_as_soon_as_it_can_be() {
    if !can_trace() {
        return;
    }
    for (call, error) in [("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fsync,fdatasync", "EIO")] {
        for when in ["1", "2..3", "4", "6..7"] {
            let home = with_a_run();
            let out = failing(&home, &FILES, call, error, when);
            assert_eq!(out.status.code(), Some(0), "{call} {error} {when}: {}", text(&out.stderr));
            assert_eq!(told(&out.stdout), 5);
            assert_eq!(home.choices(), undisturbed(ANSWERS), "{call} {error} {when}");
            assert_eq!(home.runs().len(), 2, "{call} {error} {when}");
        }
    }
}

#[test]
fn files_may_not_grow() {
    let home = with_a_run();
    let before = home.runs();
    // In blocks of 1 KiB; the signal that comes with it would be the end of any program.
    let script = "trap '' XFSZ; ulimit -f 64; exec \"$@\"";
    let out = home.play(&["bash", "-c", script, "bash"], &["--seed", "7"], ANSWERS);
    if out.status.code() == Some(0) {
        // There was room for it.
        assert_eq!(home.choices(), undisturbed(ANSWERS));
    } else {
        assert_handed_back(&home, &out, "ridealong.db can't");
    }
    assert_eq!(home.runs().last(), before.last());
}

#[test]
fn without_a_home_or_a_folder_to_be_made_play_goes_on() {
    let play = |change: &dyn Fn(&mut std::process::Command)| {
        let home = Home::new();
        let mut command = home.command(&[], &["play", "--plain", STORY, "--seed", "7"]);
        change(&mut command);
        let mut child = command
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(child.stdin.as_mut().unwrap(), ANSWERS.as_bytes()).unwrap();
        let out = child.wait_with_output().unwrap();
        (home, out)
    };
    // An empty name names nothing, and this user's home can't be found out either.
    let (home, out) = play(&|command| {
        command.env("RIDEALONG_STORE", "").env("HOME", "/proc/nowhere");
    });
    assert_handed_back(&home, &out, "/proc/nowhere");
    let (home, out) = play(&|command| {
        command.env("RIDEALONG_STORE", "/proc/nowhere/ridealong.db");
    });
    assert_handed_back(&home, &out, "/proc/nowhere can't be made");
    assert!(!exists(&home.store()));
}

#[test]
fn a_damaged_file_is_set_aside_and_play_goes_on_into_a_new_one() {
    let home = with_a_run();
    let mut bytes = std::fs::read(home.store()).unwrap();
    let length = bytes.len();
    bytes[100..length].fill(0x5a);
    std::fs::write(home.store(), &bytes).unwrap();
    let out = home.play(&[], &["--seed", "7"], ANSWERS);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(text(&out.stdout).contains("was damaged and is now"), "{}", text(&out.stdout));
    assert_eq!(home.choices(), undisturbed(ANSWERS));
    let aside = std::fs::read_dir(home.folder.path()).unwrap().map(|file| file.unwrap().path());
    let aside = aside.into_iter().find(|path| path.to_string_lossy().contains(".damaged-")).expect("set aside");
    assert_eq!(std::fs::read(aside).unwrap(), bytes);
}

#[test]
fn a_newer_file_is_left_alone_and_the_run_handed_back() {
    let home = with_a_run();
    let store = rusqlite::Connection::open(home.store()).unwrap();
    let version: i64 = store.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    store.pragma_update(None, "user_version", 99).unwrap();
    drop(store);
    let before = std::fs::read(home.store()).unwrap();
    let out = home.play(&[], &["--seed", "7"], ANSWERS);
    assert_eq!(std::fs::read(home.store()).unwrap(), before);
    rusqlite::Connection::open(home.store()).unwrap().pragma_update(None, "user_version", version).unwrap();
    assert_handed_back(&home, &out, "made by a newer Ridealong (its tables are version 99");
}

#[test]
fn a_run_that_somebody_altered_is_named_and_not_shown_as_true() {
    let home = with_a_run();
    let id = home.runs()[0]["id"].clone();
    let better = "UPDATE run SET summary = replace(summary, '\"red_lines\":', '\"red_lines\":1')";
    assert_eq!(rusqlite::Connection::open(home.store()).unwrap().execute(better, []), Ok(1));
    let runs = home.runs();
    assert_eq!((&runs[0]["id"], &runs[0]["altered"], runs[0].get("score")), (&id, &true.into(), None));
    let out = home.command(&[], &["history"]).output().unwrap();
    assert!(text(&out.stdout).contains("changed by another program, not shown"), "{}", text(&out.stdout));
}
