//! What the checker says about files: every code has a fixture that says in its comments what is expected where.

#![allow(clippy::expect_used, clippy::format_push_string, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use ridealong::diagnostic::page::Piece;
use ridealong::diagnostic::{Code, Diagnostic, Severity, Source};
use ridealong::report::by_playing;
use ridealong::scenario::Hash;
use ridealong::scenario::check::{Checked, LARGEST, LARGEST_OF_ALL, SCENES, Spot, check, review};

/// Codes whose files are too large to lie about: they are made in a test.
const MADE: [Code; 3] = [Code::TooLarge, Code::MoreProblems, Code::TooManyScenes];

/// What is checked always.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    folder("tests/fixtures/check")
}

/// What is checked for authors.
fn content_fixtures() -> Vec<(String, Vec<u8>)> {
    folder("tests/fixtures/content")
}

/// What only playing shows.
fn played_fixtures() -> Vec<(String, Vec<u8>)> {
    folder("tests/fixtures/played")
}

fn folder(name: &str) -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name);
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

fn found(name: &str, bytes: &[u8], diagnostics: &[Diagnostic]) -> Vec<(usize, String)> {
    let source = Source::new(name, bytes);
    let place = |d: &Diagnostic| (source.position(d.span.start).line, d.code.id().to_owned());
    let mut found: Vec<_> = diagnostics.iter().map(place).collect();
    found.sort();
    found
}

#[test]
fn fixtures_get_what_they_expect_and_nothing_else() {
    let mut wrong = Vec::new();
    let mut compare = |name: &str, bytes: &[u8], diagnostics: &[Diagnostic]| {
        let (expected, found) = (expected(&String::from_utf8_lossy(bytes)), found(name, bytes, diagnostics));
        if expected != found {
            wrong.push(format!("{name}:\n  expected {expected:?}\n  found    {found:?}"));
        }
    };
    for (name, bytes) in fixtures() {
        compare(&name, &bytes, check(&name, &bytes).diagnostics());
    }
    for (name, bytes) in content_fixtures() {
        compare(&name, &bytes, review(&name, &bytes).diagnostics());
    }
    for (name, bytes) in played_fixtures() {
        // More than one bot may miss its band.
        let mut played = by_playing(&review(&name, &bytes));
        played.dedup_by_key(|diagnostic| (diagnostic.code, diagnostic.span.clone()));
        compare(&name, &bytes, &played);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The content checks add to what is found, and never keep a story from being played.
#[test]
fn content_is_a_matter_of_warnings() {
    for code in Code::CONTENT.iter().chain([&Code::UnusedAllow]) {
        assert_eq!(code.severity(), Severity::Warning, "{}", code.id());
    }
    for (name, bytes) in fixtures().into_iter().chain(content_fixtures()) {
        let (form, content) = (check(&name, &bytes), review(&name, &bytes));
        assert_eq!(form.scenario(), content.scenario(), "{name}");
        for diagnostic in form.diagnostics() {
            assert!(content.diagnostics().contains(diagnostic), "{name}: {diagnostic:?}");
        }
    }
}

#[test]
fn what_is_allowed_is_no_part_of_the_story() {
    let text =
        String::from_utf8(content_fixtures().into_iter().find(|(name, _)| name == "clean.toml").unwrap().1).unwrap();
    let allowed = text.replacen("key = 4", "key = 4\nallow = { no-bait = \"So it was.\" }", 1);
    assert_ne!(text, allowed);
    let hash = |text: &str| Hash::of(&check("clean.toml", text.as_bytes()).into_scenario().unwrap());
    assert_eq!(hash(&text), hash(&allowed));
    // Only what the content checks find can be allowed, and only with a reason.
    for (entry, code) in [("syntax = \"x\"", Code::UnknownKey), ("no-bait = \"\"", Code::EmptyText)] {
        let wrong = text.replacen("key = 4", &format!("key = 4\nallow = {{ {entry} }}"), 1);
        let codes: Vec<Code> = check("clean.toml", wrong.as_bytes()).diagnostics().iter().map(|d| d.code).collect();
        assert_eq!(codes, [code]);
    }
}

#[test]
fn places_lead_back_into_the_file() {
    let (_, bytes) = content_fixtures().into_iter().find(|(name, _)| name == "unused-allow.toml").unwrap();
    let checked = review("unused-allow.toml", &bytes);
    let (places, scenario) = (checked.places().unwrap(), checked.scenario().unwrap());
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(&text[places.span(Spot::Scene(2))], "\"three\"");
    assert_eq!(&text[places.span(Spot::Option(0, 1))], "\"take\"");
    assert_eq!(&text[places.span(Spot::Ending(0))], "\"won\"");
    assert_eq!(places.span(Spot::Scene(99)), 0..0);
    assert!(places.allows(Code::LoadedWord, Spot::Ending(0)) && places.allows(Code::NoBait, Spot::Option(2, 0)));
    assert!(!places.allows(Code::NoBait, Spot::Option(0, 0)) && scenario.scenes.len() == 7);
}

#[test]
fn every_code_has_a_fixture_and_an_explanation() {
    let texts = [fixtures(), content_fixtures(), played_fixtures()]
        .into_iter()
        .flatten()
        .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned());
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

/// What is shown as right can be written so; and so can what is wrong, but for what isn't TOML.
#[test]
fn examples_are_what_they_say() {
    for code in Code::ALL {
        let example = code.example().unwrap_or_else(|| panic!("no example of {}", code.id()));
        let reads = |piece: Piece| match piece {
            Piece::File(file) => toml::de::DeTable::parse_recoverable(file).1.is_empty(),
            Piece::Words(words) => words.ends_with('.') && !words.contains('\n'),
        };
        assert_eq!(reads(example.wrong), *code != Code::Syntax, "{}", code.id());
        assert!(reads(example.right), "{}", code.id());
    }
    let headings = include_str!("../src/diagnostic/examples.md").lines().filter_map(|line| line.strip_prefix("## "));
    assert_eq!(headings.collect::<Vec<_>>(), Code::ALL.iter().map(|code| code.id()).collect::<Vec<_>>());
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
    let story =
        GUIDE.split("```toml\n").find(|block| block.starts_with("format")).unwrap().split("```").next().unwrap();
    let checked = check("spare-key.toml", story.as_bytes());
    assert!(checked.is_clean(), "{:#?}", checked.diagnostics());
}
