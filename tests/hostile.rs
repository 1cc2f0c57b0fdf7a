//! Nothing from outside reaches a terminal raw: payloads through every way in, to both ways out.
#![allow(clippy::expect_used)]

#[path = "common/payloads.rs"]
mod payloads;
#[path = "common/plays.rs"]
mod plays;

use std::ffi::OsString;

use payloads::{payloads, steers};
use plays::ORACLE;
use ridealong::cli::{self, Streams};
use ridealong::diagnostic::{Source, human, json, short};
use ridealong::record::Record;
use ridealong::scenario::check::check;
use ridealong::text::{RefusedKind, Text};
use tempfile::TempDir;

/// Runs a command here and now, and gives all that it wrote.
fn said(args: &[&str], input: &[u8]) -> String {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let mut streams = Streams {
        input: &mut &*input,
        output: &mut output,
        errors: &mut errors,
        input_is_terminal: true,
        errors_is_terminal: false,
        columns: Some(80),
    };
    let args = std::iter::once("ridealong").chain(args.iter().copied()).map(OsString::from);
    let _ = cli::run(args, &mut streams);
    output.extend(errors);
    String::from_utf8(output).expect("UTF-8")
}

/// Asserts that nothing in it steers a terminal, hides or piles up.
#[track_caller]
fn assert_safe(said: &str, payload: &str) {
    let found = said.find(steers);
    assert!(found.is_none(), "{payload:?} at {found:?} in {said:?}");
    assert!(!said.contains("\u{301}\u{302}\u{303}"), "{payload:?} in {said:?}");
}

#[test]
fn every_kind_of_refused_character_is_among_the_payloads() {
    let payloads = payloads();
    for kind in [
        RefusedKind::Control,
        RefusedKind::Bidi,
        RefusedKind::PrivateUse,
        RefusedKind::Invisible,
        RefusedKind::Marks,
        RefusedKind::Unassigned,
    ] {
        let refused = |payload: &String| Text::parse(payload).is_err_and(|found| found.iter().any(|f| f.kind == kind));
        assert!(payloads.iter().any(refused), "{kind:?}");
    }
}

#[test]
fn arguments_are_harmless() {
    // Each run reads the shipped scenarios; every fifth payload is enough of what goes one and the same way.
    for payload in payloads().into_iter().step_by(5) {
        for args in [
            &["play", "--plain", ORACLE, "--as", &payload][..],
            &["play", "--plain", &payload],
            &["play", "--plain", &format!("{payload}.toml")],
            &["check", &payload],
            &["replay", &payload],
            &["export", &payload, "--format", "md"],
            &["export", "x", "--format", "xapi", "--send", &payload],
            &["export", "x", "--format", "xapi", "--home-page", &payload],
            &["export", "x", "--format", &payload],
            &[&payload],
            &["play", "--seed", &payload],
            &["play", "--feedback", &payload],
            &[&format!("--{payload}")],
        ] {
            assert_safe(&said(args, b""), &payload);
        }
    }
}

#[test]
fn what_is_typed_is_harmless() {
    let input = payloads().join("\n");
    assert_safe(&said(&["play", "--plain", ORACLE], input.as_bytes()), "typed");
    assert_safe(&said(&["play", "--plain"], input.as_bytes()), "typed");
}

#[test]
fn records_are_harmless() {
    let story = plays::story(ORACLE);
    let complaint = |record: &serde_json::Value| match Record::parse(record.to_string().as_bytes()) {
        Ok(record) => record.replay(&story).err().map_or_else(|| record.to_line(), |misfit| misfit.to_string()),
        Err(error) => error.to_string(),
    };
    for payload in payloads() {
        for (key, value) in [
            ("scenario", serde_json::json!(payload)),
            ("hash", serde_json::json!(payload)),
            ("seed", serde_json::json!(payload)),
            ("choices", serde_json::json!([payload])),
            ("choices", serde_json::json!(payload)),
        ] {
            let mut record = serde_json::json!({"scenario": ORACLE, "seed": 1, "choices": []});
            record[key] = value;
            let complaint = complaint(&record);
            assert_safe(&complaint, &payload);
        }
    }
    for payload in payloads().iter().step_by(7) {
        let record = serde_json::json!({"scenario": payload, "seed": 1, "choices": []});
        assert_safe(&said(&["replay", "-"], record.to_string().as_bytes()), payload);
        assert_safe(&said(&["replay", "-"], payload.as_bytes()), payload);
    }
}

#[test]
#[cfg(unix)]
fn file_names_are_harmless() {
    let folder = TempDir::new().expect("a folder");
    let oracle = std::fs::read(ORACLE).expect("the fixture");
    for payload in payloads().iter().filter(|payload| !payload.contains(['\0', '/'])).step_by(5) {
        let (good, bad) =
            (folder.path().join(format!("g{payload}.toml")), folder.path().join(format!("b{payload}.toml")));
        std::fs::write(&good, &oracle).expect("written");
        std::fs::write(&bad, "format = 1").expect("written");
        for path in [good, bad] {
            let path = path.to_str().expect("text");
            assert_safe(&said(&["play", "--plain", path], b"1\n"), payload);
            for format in ["short", "json"] {
                assert_safe(&said(&["check", path, "--format", format], b""), payload);
            }
            std::fs::remove_file(path).expect("removed");
        }
    }
}

/// A file with a payload in every kind of place.
fn file(payload: &str) -> String {
    format!(
        "format = 1\nid = \"x{payload}\"\ntitle = \"{payload}\"\nsummary = \"{payload}\"\n# {payload}\n\
         [cast.{payload}]\nname = 1\n[cast.\"{payload}\"]\nrole = \"{payload}\"\n\
         [[scene]]\nid = \"{payload}\"\nrule = \"{payload}\"\ngoto = \"{payload}\"\n\
         [[scene.option]]\nposture = \"{payload}\"\nlearn = [\"{payload}\"]\n\"{payload}\" = 1\n"
    )
}

#[test]
fn scenario_files_are_harmless() {
    for payload in payloads() {
        // Raw, and as escapes that TOML takes.
        let escaped = payload.chars().fold(String::new(), |escaped, c| format!("{escaped}\\U{:08x}", u32::from(c)));
        for bytes in [file(&payload), file(&escaped)] {
            let checked = check("x.toml", bytes.as_bytes());
            let source = Source::new("x.toml", bytes.as_bytes());
            assert!(!checked.is_ok());
            assert_safe(&short::render(&source, checked.diagnostics()), &payload);
            assert_safe(&json::render(&json::records(&source, checked.diagnostics())), &payload);
            let human = human::render(&source, checked.diagnostics(), false);
            assert!(!human.contains(steers), "{payload:?} in {human:?}");
        }
    }
}
