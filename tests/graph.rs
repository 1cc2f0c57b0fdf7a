//! Branches as text for tools that draw: the same for the same file, and readable by those tools whatever it says.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use ridealong::scenario::Scenario;
use ridealong::scenario::check::check;
use ridealong::scenario::graph::{dot, mermaid};
use ridealong::scenario::library::Library;

fn small() -> Scenario {
    check("small.toml", include_bytes!("fixtures/small.toml")).into_scenario().expect("a good file")
}

/// A story whose texts hold all that means something to the tools.
fn tricky() -> Scenario {
    let text = include_str!("fixtures/small.toml")
        .replace("Tuesday: the phone", r#"\"A\" -->|x| <b>&amp; `c` # ; [d] {e} (f) \\n \\\" end %% *g* _h_"#)
        .replace("title = \"The key fits\"", r#"title = "]]\\";}]<br/>\" -- } subgraph""#);
    check("small.toml", text.as_bytes()).into_scenario().expect("a good file")
}

#[test]
fn mermaid_snapshot() {
    insta::assert_snapshot!(mermaid(&small()));
}

#[test]
fn dot_snapshot() {
    insta::assert_snapshot!(dot(&small()));
}

fn everything() -> Vec<Scenario> {
    let library = Library::open(None);
    let shipped = library.entries().map(|entry| entry.scenario().expect("a good one").clone());
    shipped.chain([small(), tricky()]).collect()
}

/// The node at the start of a text, and what comes after it.
fn node(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix(['s', 'e'])?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    (end > 0).then(|| text.split_at(end + 1))
}

/// A text in quotes, in which nothing is left that Mermaid or a browser would read.
fn is_quiet(text: &str) -> bool {
    let text = text.replace("<br/>", " ");
    let mut rest = text.as_str();
    while let Some(at) = rest.find('#') {
        let Some(end) = rest[at..].find(';') else { return false };
        if !rest[at + 1..at + end].bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        rest = &rest[at + end + 1..];
    }
    let text: String = text.split('#').map(|part| part.split_once(';').map_or(part, |(_, rest)| rest)).collect();
    !text.contains(['"', '<', '>', '&', '`', '\\', '[', ']', '{', '}', '|', '*', '_'])
}

#[test]
fn mermaid_is_well_formed_whatever_the_story_says() {
    for scenario in everything() {
        let drawn = mermaid(&scenario);
        let mut lines = drawn.lines().skip(3);
        assert_eq!(lines.next(), Some("flowchart TD"));
        let (mut nodes, mut edges) = (0, 0);
        for line in lines.map(str::trim_start) {
            if line.starts_with("linkStyle ") || line.starts_with("start") {
                continue;
            }
            let (_, rest) = node(line).unwrap_or_else(|| panic!("{line}"));
            if let Some(rest) = rest.strip_prefix(" -->") {
                let rest = match rest.strip_prefix("|\"") {
                    Some(label) => {
                        let (label, rest) = label.split_once("\"|").unwrap_or_else(|| panic!("{line}"));
                        assert!(is_quiet(label), "{line}");
                        rest
                    }
                    None => rest,
                };
                assert!(node(rest.trim_start()).is_some_and(|(_, rest)| rest.is_empty()), "{line}");
                edges += 1;
            } else {
                let shapes = [("[\"", "\"]"), ("([\"", "\"])"), ("{{\"", "\"}}")];
                let inner = shapes.iter().find_map(|(open, close)| rest.strip_prefix(open)?.strip_suffix(close));
                assert!(inner.is_some_and(is_quiet), "{line}");
                nodes += 1;
            }
        }
        assert_eq!(nodes, scenario.scenes.len() + scenario.endings.len());
        // Every edge has a colour: the places of all, but for the start's, which is number 0.
        let places = drawn.lines().filter_map(|line| line.trim().strip_prefix("linkStyle ")?.split(' ').next());
        let mut places: Vec<usize> =
            places.flat_map(|places| places.split(',').map(|at| at.parse().unwrap())).collect();
        places.sort_unstable();
        assert_eq!(places, (1..=edges).collect::<Vec<_>>());
    }
}

#[test]
fn dot_is_well_formed_whatever_the_story_says() {
    for scenario in everything() {
        let drawn = dot(&scenario);
        // Outside of quotes nothing but DOT's own characters.
        let (mut quoted, mut escaped, mut outside) = (false, false, String::new());
        for character in drawn.chars() {
            match (quoted, escaped, character) {
                (true, true, _) => escaped = false,
                (true, false, '\\') => escaped = true,
                (_, _, '"') => {
                    quoted = !quoted;
                    outside.push('"');
                }
                (true, ..) => assert_ne!(character, '\n', "a line ends inside of quotes"),
                (false, ..) => outside.push(character),
            }
        }
        assert!(!quoted && !escaped, "{drawn}");
        let plain = |c: char| c.is_ascii_alphanumeric() || " \n\"=->,;[]{}".contains(c);
        assert!(outside.chars().all(plain), "{outside}");
        assert_eq!(outside.matches('{').count(), 1);
        assert_eq!(outside.matches('[').count(), outside.matches(']').count());
    }
}

/// Graphviz itself reads it, where it is installed.
#[test]
fn graphviz_reads_it() {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    for scenario in everything() {
        let dot_program = Command::new("dot").arg("-Tcanon").stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
        let Ok(mut child) = dot_program else { return };
        child.stdin.take().expect("a pipe").write_all(dot(&scenario).as_bytes()).expect("read");
        assert!(child.wait().expect("ended").success(), "{}", scenario.id);
    }
}
