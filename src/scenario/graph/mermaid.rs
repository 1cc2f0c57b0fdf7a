//! Mermaid: a flowchart that Markdown pages and mermaid.live draw.

use std::fmt::Write;

use super::{Edge, by_colour, edges, scene_words};
use crate::scenario::{Scenario, SceneKind, Target};

/// The scenario as a Mermaid flowchart.
pub fn mermaid(scenario: &Scenario) -> String {
    let mut out = String::new();
    // Writing to memory cannot fail.
    let _ = draw(&mut out, scenario);
    out
}

fn draw(out: &mut String, scenario: &Scenario) -> std::fmt::Result {
    // A title in front matter is YAML, where a JSON string is a string, too.
    let title = serde_json::to_string(&*scenario.title).unwrap_or_default();
    writeln!(out, "---\ntitle: {title}\n---\nflowchart TD")?;
    writeln!(out, "    start((start)) --> s{}", scenario.start.scene.0)?;
    for (at, scene) in scenario.scenes.iter().enumerate() {
        let words = lines(&scene_words(scene));
        match scene.kind {
            SceneKind::Decision(_) => writeln!(out, "    s{at}[\"{words}\"]")?,
            SceneKind::Passage(_) => writeln!(out, "    s{at}([\"{words}\"])")?,
        }
    }
    for (at, ending) in scenario.endings.iter().enumerate() {
        let words = lines(&[ending.title.to_string(), format!("{}: {}", ending.id, ending.kind.label())]);
        writeln!(out, "    e{at}{{{{\"{words}\"}}}}")?;
    }
    let edges = edges(scenario);
    for Edge { from, to, label, .. } in &edges {
        let to = match to {
            Target::Scene(id) => format!("s{}", id.0),
            Target::Ending(id) => format!("e{}", id.0),
        };
        if label.is_empty() {
            writeln!(out, "    s{from} --> {to}")?;
        } else {
            writeln!(out, "    s{from} -->|\"{}\"| {to}", lines(label))?;
        }
    }
    for (colour, places) in by_colour(&edges) {
        // The edge from the start is number 0.
        let places: Vec<String> = places.iter().map(|at| (at + 1).to_string()).collect();
        writeln!(out, "    linkStyle {} stroke:{colour}", places.join(","))?;
    }
    Ok(())
}

/// Lines of text within quotes, with nothing in them that Mermaid or HTML would read.
fn lines(lines: &[String]) -> String {
    lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("<br/>")
}

fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            // Mermaid's own spelling of characters by number.
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | ';' | '*' | '_' | '[' | ']' | '{' | '}' | '|' => {
                let _ = write!(out, "#{};", u32::from(character));
            }
            '\n' => out.push(' '),
            _ => out.push(character),
        }
    }
    out
}
