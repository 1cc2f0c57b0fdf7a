//! A scenario's branches as text for tools that draw: Mermaid and DOT.
//!
//! Scenes, passages and endings are nodes; every way from one to another is an edge in the colour of the option's
//! posture. The order is that of the file, so the same scenario gives the same text.

mod dot;
mod mermaid;
mod words;

pub use dot::dot;
pub use mermaid::mermaid;

use super::{Goto, Scenario, Scene, SceneKind, SceneOption, Target};
use crate::terms::Posture;

/// A way from a scene to another place.
struct Edge {
    from: usize,
    to: Target,
    /// The posture of the option that is chosen; none for a passage.
    posture: Option<Posture>,
    /// Line by line: the option, what must hold, the share of a draw.
    label: Vec<String>,
}

/// Every way, in the order of the file.
fn edges(scenario: &Scenario) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (from, scene) in scenario.scenes.iter().enumerate() {
        match &scene.kind {
            SceneKind::Passage(goto) => ways(scenario, from, None, goto, &mut edges),
            SceneKind::Decision(decision) => {
                for option in &decision.options {
                    ways(scenario, from, Some(option), &option.goto, &mut edges);
                }
            }
        }
    }
    edges
}

fn ways(scenario: &Scenario, from: usize, option: Option<&SceneOption>, Goto(exits): &Goto, edges: &mut Vec<Edge>) {
    for (at, exit) in exits.iter().enumerate() {
        let mut label = Vec::new();
        if let Some(option) = option {
            let once = if option.once { ", once" } else { "" };
            label.push(format!("{} ({}{once})", option.id, option.posture.label()));
            label.extend(words::condition(scenario, &option.when).map(|when| format!("open if {when}")));
        }
        label.extend(words::condition(scenario, &exit.when).map(|when| format!("if {when}")));
        label.extend(words::chance(exits, at));
        let alone = exit.when.is_empty() && exit.chance.is_none();
        if alone && at > 0 {
            label.push("otherwise".to_owned());
        }
        edges.push(Edge { from, to: exit.to, posture: option.map(|option| option.posture), label });
    }
}

/// The places of edges by colour: one list a posture, and the ways out of passages last.
fn by_colour(edges: &[Edge]) -> Vec<(&'static str, Vec<usize>)> {
    let places =
        |wanted: Option<Posture>| (0..edges.len()).filter(|at| edges[*at].posture == wanted).collect::<Vec<_>>();
    let postures = Posture::ALL.iter().map(|posture| Some(*posture)).chain([None]);
    postures.map(|posture| (colour(posture), places(posture))).filter(|(_, places)| !places.is_empty()).collect()
}

/// An edge's colour: readable on light and dark pages.
const fn colour(posture: Option<Posture>) -> &'static str {
    match posture {
        Some(Posture::Lead) => "#2e8b57",
        Some(Posture::TakeOver) => "#d2691e",
        Some(Posture::Absent) => "#8a63c8",
        None => "#808080",
    }
}

/// What a scene's node says: its heading, and its id.
fn scene_words(scene: &Scene) -> Vec<String> {
    let title = scene.title.to_string();
    let turning = matches!(&scene.kind, SceneKind::Decision(decision) if decision.turning_point);
    let id = if turning { format!("{} (turning point)", scene.id) } else { scene.id.clone() };
    if title.is_empty() { vec![id] } else { vec![title, id] }
}
