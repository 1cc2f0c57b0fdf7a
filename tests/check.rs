//! What the checker says about files: every code has a fixture that says in its comments what is expected where.

#![allow(clippy::expect_used, clippy::format_push_string, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use ridealong::diagnostic::{Code, Severity, Source};
use ridealong::scenario::check::{Checked, LARGEST, LARGEST_OF_ALL, SCENES, check};

/// Codes whose files are made in a test.
const MADE: [Code; 3] = [Code::TooLarge, Code::MoreProblems, Code::TooManyScenes];

fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/check");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: PathBuf| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap());
    paths.into_iter().map(read).collect()
}

/// `# expect: a, b` at the end of a line, or on a line of its own for the next one.
fn expected(text: &str) -> Vec<(usize, String)> {
    let mut expected = Vec::new();
    for (line, content) in (1..).zip(text.lines()) {
        if let Some((before, codes)) = content.split_once("# expect: ") {
            let line = if before.trim().is_empty() { line + 1 } else { line };
            expected.extend(codes.split(',').map(|code| (line, code.trim().to_owned())));
        }
    }
    expected.sort();
    expected
}

fn found(name: &str, bytes: &[u8]) -> Vec<(usize, String)> {
    let source = Source::new(name, bytes);
    let place = |d: &ridealong::diagnostic::Diagnostic| (source.position(d.span.start).line, d.code.id().to_owned());
    let mut found: Vec<_> = check(name, bytes).diagnostics().iter().map(place).collect();
    found.sort();
    found
}

#[test]
fn fixtures_get_what_they_expect_and_nothing_else() {
    let mut wrong = Vec::new();
    for (name, bytes) in fixtures() {
        let (expected, found) = (expected(&String::from_utf8_lossy(&bytes)), found(&name, &bytes));
        if expected != found {
            wrong.push(format!("{name}:\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_fixture_and_an_explanation() {
    let texts = fixtures().into_iter().map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned());
    let shown: BTreeSet<String> = texts.flat_map(|text| expected(&text)).map(|(_, code)| code).collect();
    for code in Code::ALL {
        assert!(shown.contains(code.id()) || MADE.contains(code), "no fixture for {}", code.id());
        assert!(code.explain().ends_with('.'), "{}", code.id());
        assert_eq!(Code::from_id(code.id()), Some(*code));
        assert!(code.id().chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{}", code.id());
    }
    let known: BTreeSet<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    assert_eq!(known.len(), Code::ALL.len());
    assert!(shown.iter().all(|code| known.contains(code.as_str())));
}

#[test]
fn a_scenario_comes_exactly_if_there_is_no_error() {
    for (name, bytes) in fixtures() {
        let checked = check(&name, &bytes);
        let errors = checked.diagnostics().iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        assert_eq!(checked.is_ok(), !errors, "{name}");
        let starts: Vec<usize> = checked.diagnostics().iter().map(|diagnostic| diagnostic.span.start).collect();
        assert!(starts.is_sorted(), "{name}");
    }
}

#[test]
fn the_small_scenario_is_clean() {
    let checked = check("tests/fixtures/small.toml", include_bytes!("fixtures/small.toml"));
    assert!(checked.is_clean(), "{:#?}", checked.diagnostics());
    let scenario = checked.into_scenario().unwrap();
    assert_eq!(scenario.id, "small");
    assert_eq!(scenario.cast.iter().map(|person| person.id.as_str()).collect::<Vec<_>>(), ["mira", "aydin", "rhea"]);
    assert_eq!(scenario.insights.iter().map(|fact| fact.id.as_str()).collect::<Vec<_>>(), ["tenant", "lock"]);
    assert_eq!(scenario.rep().first_name(), "Mira");
    assert_eq!(scenario.briefing.paragraphs().count(), 2);
}

#[test]
fn line_ends_and_comments_change_nothing() {
    let text = include_str!("fixtures/small.toml");
    let plain = check("small.toml", text.as_bytes()).into_scenario().unwrap();
    for other in [text.replace('\n', "\r\n"), format!("\u{feff}{text}"), text.replace("# A small", "# Another")] {
        let checked: Checked = check("small.toml", other.as_bytes());
        assert_eq!(checked.scenario(), Some(&plain), "{:#?}", checked.diagnostics());
    }
}

#[test]
fn too_large_a_file_is_not_read() {
    let mut bytes = include_bytes!("fixtures/small.toml").to_vec();
    bytes.resize(LARGEST, b'\n');
    assert!(check("small.toml", &bytes).is_ok());
    bytes.push(b'\n');
    let checked = check("small.toml", &bytes);
    assert!(!checked.is_ok());
    assert_eq!(checked.diagnostics().len(), 1);
    assert_eq!(checked.diagnostics()[0].code, Code::TooLarge);
}

#[test]
fn a_file_of_many_scenes_may_be_larger() {
    let passages = "[[scene]]\nid = \"s\"\n".repeat(SCENES + 1) + "#";
    let with = |size: usize, filling: u8| {
        let mut bytes = passages.clone().into_bytes();
        bytes.resize(size, filling);
        check("long.toml", &bytes).diagnostics().iter().any(|found| found.code == Code::TooLarge)
    };
    assert!(!with(LARGEST + 1, b'x') && !with(LARGEST_OF_ALL, b'x') && with(LARGEST_OF_ALL + 1, b'x'));
    // A sign a byte would take more memory than a megabyte of them may.
    assert!(with(LARGEST_OF_ALL, b'\n'));
}

#[test]
fn what_is_no_toml_at_all_is_not_read() {
    let bytes = vec![b'='; 200_000];
    let checked = check("small.toml", &bytes);
    assert!(!checked.is_ok());
    let (last, told) = checked.diagnostics().split_last().unwrap();
    assert_eq!((told.len(), last.code), (1000, Code::MoreProblems));
    assert!(told.iter().all(|found| found.code == Code::Syntax));
    assert!(told.is_sorted_by_key(|found| found.span.start));
    assert!(last.message.starts_with("199"), "{}", last.message);
}

#[test]
fn a_very_long_story_is_a_scenario_with_a_warning() {
    let passages = |count: usize| {
        let text = include_str!("fixtures/check/clean.toml").replace("goto = \"won\"", "goto = \"p1\"");
        (1..=count).fold(text, |text, i| {
            let to = if i < count { format!("p{}", i + 1) } else { "won".to_owned() };
            text + &format!("\n[[scene]]\nid = \"p{i}\"\ngoto = \"{to}\"\n")
        })
    };
    // One scene is there already.
    assert!(check("clean.toml", passages(SCENES - 1).as_bytes()).is_clean());
    let checked = check("clean.toml", passages(SCENES).as_bytes());
    assert!(checked.is_ok());
    let codes: Vec<Code> = checked.diagnostics().iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::TooManyScenes]);
}

#[test]
fn a_flood_of_problems_is_counted() {
    let mut text = include_str!("fixtures/small.toml").to_owned();
    text.insert_str(0, &(0..5000).fold(String::new(), |keys, i| keys + &format!("unknown{i} = 1\n")));
    let checked = check("small.toml", text.as_bytes());
    assert!(!checked.is_ok());
    assert_eq!(checked.diagnostics().len(), 1001);
    let last = checked.diagnostics().last().unwrap();
    assert_eq!((last.code, last.message.as_str()), (Code::MoreProblems, "4000 more problems are not listed"));
}

/// The author's guide, which must not fall behind.
const GUIDE: &str = include_str!("../scenarios/README.md");

#[test]
fn the_guide_names_every_code() {
    for code in Code::ALL {
        assert!(GUIDE.contains(&format!("`{}`", code.id())), "{}", code.id());
    }
}

#[test]
fn the_story_in_the_guide_is_clean() {
    let story = GUIDE.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let checked = check("spare-key.toml", story.as_bytes());
    assert!(checked.is_clean(), "{:#?}", checked.diagnostics());
}
