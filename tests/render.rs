//! How problems are shown, and that nothing a file says is shown raw.

#![allow(clippy::expect_used, clippy::format_push_string, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

use ridealong::diagnostic::{Source, human, json, short};
use ridealong::scenario::check::check;
use ridealong::text::Text;

/// A file with problems of several shapes.
const BROKEN: &str = r#"format = 1
id = "broken"
titel = "Broken"
summary = "Tabs	and wide 文字 and a bell \u0007."
level = "3"
minutes = 5
language = "en"
industry = "Locks"
deal = "12k"
briefing = "A long line that goes on and on, well past what any terminal shows in one row, and then, at the end of it, \u202e."

[cast.mira]
name = "Mira Holt"
role = "reps"
title = "Account executive"

[start]
scene = "monday"
trust = 50
growth = 50
momentum = 50
bypass = 120

[flags]
ten_offered = "You named ten per cent"

[[scene]]
id = "monday"
title = "Monday"
rule = "present"
text = "It is Monday."
goto = "tuesday"

[[scene.option]]
id = "wait"
text = "Wait."
posture = "absent"
form = "wait"
key = 1
set = ["ten_ofered"]
then = "You wait."
why = "nothing happened."

[[scene]]
id = "tuesday"
goto = "monday"

[[ending]]
id = "monday"
kind = "postponed"
title = "Later"
text = "Later."
"#;

fn rendered(name: &str, bytes: &[u8]) -> [String; 4] {
    let checked = check(name, bytes);
    let (source, found) = (Source::new(name, bytes), checked.diagnostics());
    [
        human::render(&source, found, false),
        human::render(&source, found, true),
        short::render(&source, found),
        json::render(&json::records(&source, found)),
    ]
}

#[test]
fn human() {
    insta::assert_snapshot!(rendered("broken.toml", BROKEN.as_bytes())[0]);
}

#[test]
fn short() {
    insta::assert_snapshot!(rendered("broken.toml", BROKEN.as_bytes())[2]);
}

#[test]
fn json() {
    let json = &rendered("broken.toml", BROKEN.as_bytes())[3];
    let read: serde_json::Value = serde_json::from_str(json).unwrap();
    assert!(read.as_array().is_some_and(|records| records.len() > 5));
    insta::assert_snapshot!(json);
    assert_eq!(rendered("small.toml", include_bytes!("fixtures/small.toml"))[3], "[]\n");
}

#[test]
fn many_of_a_kind_do_not_bury_the_others() {
    let mut text = BROKEN.to_owned();
    text.insert_str(0, &(0..500).fold(String::new(), |keys, i| keys + &format!("unknown{i} = 1\n")));
    let human = &rendered("broken.toml", text.as_bytes())[0];
    // Ten in full, the others on a line each, at the end.
    assert_eq!(
        human.matches("\nerror[unknown-key]").count() + usize::from(human.starts_with("error[unknown-key]")),
        10
    );
    assert_eq!(human.matches(": error[unknown-key]: ").count(), 491);
    assert!(human.find("error[unknown-word]").unwrap() < human.find("More of the same kinds:").unwrap());
}

/// What terminals obey, what hides, and what piles up.
fn payloads() -> Vec<String> {
    let mut payloads: Vec<String> = (0..0x20u8)
        .chain([0x7f])
        .map(char::from)
        .chain('\u{80}'..='\u{9f}')
        .chain([
            '\u{ad}', '\u{61c}', '\u{200b}', '\u{2060}', '\u{feff}', '\u{2028}', '\u{2029}', '\u{fffe}', '\u{e000}',
        ])
        .chain('\u{200e}'..='\u{200f}')
        .chain('\u{202a}'..='\u{202e}')
        .chain('\u{2066}'..='\u{2069}')
        .chain(['\u{e0001}', '\u{e0041}', '\u{f0000}', '\u{10fffd}'])
        .map(String::from)
        .collect();
    payloads.extend(
        [
            "\x1b[2J",
            "\x1b[31mred",
            "\x1b]0;title\x07",
            "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\",
            "\x1b]52;c;aGk=\x07",
            "\x1bP1$r0m\x1b\\",
            "\x1b_payload\x1b\\",
            "\u{9b}31m",
            "\u{9d}0;title\u{9c}",
            "\x1b[?1049h",
            "over\rwritten",
            "back\x08\x08",
            "e\u{301}\u{302}\u{303}\u{304}\u{305}",
        ]
        .map(String::from),
    );
    payloads
}

/// Whether a character of rendered output is safe on a terminal.
fn assert_plain(output: &str, what: &str) {
    for line in output.lines() {
        assert!(Text::parse(line).is_ok() && !line.contains(['\t', '\r']), "{what}: {line:?}");
    }
}

/// The text with its colours taken out: SGR sequences, which the renderer itself makes.
fn without_colours(output: &str) -> String {
    let mut plain = String::new();
    let mut rest = output;
    while let Some(start) = rest.find("\x1b[") {
        plain.push_str(&rest[..start]);
        let end = rest[start + 2..].find(|c: char| !c.is_ascii_digit() && c != ';').unwrap() + start + 2;
        assert!(rest[end..].starts_with('m'), "{:?}", &rest[start..]);
        rest = &rest[end + 1..];
    }
    plain + rest
}

#[test]
fn hostile_texts_are_refused_with_their_place_and_never_shown_raw() {
    let small = include_str!("fixtures/small.toml");
    // Every text of the file, once with its escapes and once raw.
    let fields: Vec<(usize, &str)> =
        small.lines().enumerate().filter(|(_, line)| line.contains(" = \"") || line.contains("= [\"")).collect();
    assert!(fields.len() > 60);
    let payloads = payloads();
    for (turn, (line, content)) in fields.iter().enumerate() {
        for (at, payload) in payloads.iter().enumerate() {
            // All payloads through a few fields, a few payloads through all fields.
            if turn % 32 != at % 32 {
                continue;
            }
            let escaped = payload.chars().fold(String::new(), |text, c| text + &format!("\\U{:08x}", u32::from(c)));
            for written in [payload.as_str(), escaped.as_str()] {
                let (before, after) = content.split_once('"').unwrap();
                let hostile = format!("{before}\"x{written}y{after}");
                let text: Vec<&str> =
                    small.lines().enumerate().map(|(i, l)| if i == *line { hostile.as_str() } else { l }).collect();
                let text = text.join("\n");
                let checked = check("small.toml", text.as_bytes());
                // Line ends and tabs are layout.
                let layout = payload.chars().all(|c| !c.is_control() || "\t\n\r".contains(c))
                    && payload.contains(['\t', '\n', '\r']);
                assert!(layout || !checked.is_ok(), "{hostile:?}");
                let source = Source::new("small.toml", text.as_bytes());
                let here = |d: &ridealong::diagnostic::Diagnostic| source.position(d.span.start).line == line + 1;
                assert!(layout || checked.diagnostics().iter().any(here), "{hostile:?} {:?}", checked.diagnostics());
                let [human, colour, short, json] = rendered("small.toml", text.as_bytes());
                assert_plain(&human, "human");
                assert_plain(&without_colours(&colour), "colour");
                assert_plain(&short, "short");
                assert_plain(&json, "json");
            }
        }
    }
}

#[test]
fn hostile_names_of_files_and_keys_are_never_shown_raw() {
    for payload in payloads() {
        let name = format!("a{payload}b.toml");
        let text =
            format!("format = 1\n\"k{payload}\" = 1\n'{payload}' = 2\n# {payload}\n[\"{payload}\"]\nx = \"{payload}\n");
        for output in rendered(&name, text.as_bytes()) {
            assert_plain(&without_colours(&output), "names");
        }
    }
}
