//! DOT: a graph that Graphviz draws.

use std::fmt::Write;

use super::{Edge, colour, edges, scene_words};
use crate::scenario::{Scenario, SceneKind, Target};

/// The scenario as a DOT graph.
pub fn dot(scenario: &Scenario) -> String {
    let mut out = String::new();
    // Writing to memory cannot fail.
    let _ = draw(&mut out, scenario);
    out
}

fn draw(out: &mut String, scenario: &Scenario) -> std::fmt::Result {
    writeln!(out, "digraph {} {{", quoted(std::slice::from_ref(&scenario.id)))?;
    writeln!(out, "    label = {};", quoted(&[scenario.title.to_string()]))?;
    writeln!(out, "    labelloc = t;\n    node [fontname = \"sans-serif\", shape = box];")?;
    writeln!(out, "    edge [fontname = \"sans-serif\", fontsize = 10];")?;
    writeln!(out, "    start [shape = circle];\n    start -> s{};", scenario.start.scene.0)?;
    for (at, scene) in scenario.scenes.iter().enumerate() {
        let shape = match scene.kind {
            SceneKind::Decision(_) => "",
            SceneKind::Passage(_) => ", style = rounded",
        };
        writeln!(out, "    s{at} [label = {}{shape}];", quoted(&scene_words(scene)))?;
    }
    for (at, ending) in scenario.endings.iter().enumerate() {
        let words = [ending.title.to_string(), format!("{}: {}", ending.id, ending.kind.label())];
        writeln!(out, "    e{at} [label = {}, shape = hexagon];", quoted(&words))?;
    }
    for Edge { from, to, posture, label } in edges(scenario) {
        let to = match to {
            Target::Scene(id) => format!("s{}", id.0),
            Target::Ending(id) => format!("e{}", id.0),
        };
        let colour = colour(posture);
        let label = if label.is_empty() { String::new() } else { format!(", label = {}", quoted(&label)) };
        writeln!(out, "    s{from} -> {to} [color = \"{colour}\", fontcolor = \"{colour}\"{label}];")?;
    }
    writeln!(out, "}}")
}

/// Lines of text as one quoted string. Graphviz reads a backslash as the beginning of something of its own.
fn quoted(lines: &[String]) -> String {
    let escaped = |line: &String| line.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " ");
    format!("\"{}\"", lines.iter().map(escaped).collect::<Vec<_>>().join("\\n"))
}
