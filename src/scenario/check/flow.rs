//! The story as a graph: what can't be reached, and what never ends.

use super::facts::Facts;
use super::gotos::Live;
use super::loops;
use super::reason::Reasoner;
use super::resolve::{Draft, title};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::file::{File, Problems};
use crate::scenario::{Exit, Goto, Scene, SceneKind, SceneOption, Target};

/// A way from one scene to another place.
#[derive(Clone, Copy)]
pub(super) struct Edge<'d> {
    /// The scene it leaves.
    pub(super) from: usize,
    /// The option that is chosen; none for a passage.
    pub(super) option: Option<(usize, &'d SceneOption)>,
    /// The goto it is part of, and which entry it is.
    pub(super) exits: &'d [Exit],
    pub(super) exit: usize,
    /// Where it leads.
    pub(super) to: Target,
    /// What is gained on it.
    pub(super) gains: Facts,
    /// Whether its conditions allow it at all.
    pub(super) live: bool,
}

/// Checks the graph as far as it is known.
pub(super) fn check(file: &File, draft: &Draft, reasoner: &Reasoner, live: &Live, problems: &Problems) {
    let edges = edges(draft, live);
    let known = draft.start_known
        && draft.scenes.iter().all(|scene| scene.options.iter().all(|option| option.goto))
        && draft.scenes.iter().zip(&draft.scenario.scenes).all(|(known, scene)| match scene.kind {
            SceneKind::Passage(_) => known.goto,
            SceneKind::Decision(ref decision) => !decision.options.is_empty(),
        });
    // A goto that could not be read may lead anywhere.
    if known && !problems.has(Code::DuplicateId) {
        reachable(file, draft, &edges, problems);
    }
    loops::check(file, draft, reasoner, &edges, problems);
}

/// Every way there is.
fn edges<'d>(draft: &'d Draft, live: &Live) -> Vec<Edge<'d>> {
    let mut edges = Vec::new();
    for (from, scene) in draft.scenario.scenes.iter().enumerate() {
        let mut add = |option: Option<(usize, &'d SceneOption)>, Goto(exits): &'d Goto| {
            let live = &live[from][option.map_or(0, |(at, _)| at)];
            for (exit, Exit { to, .. }) in exits.iter().enumerate() {
                let gains = option.map_or(Facts::default(), |(_, option)| Facts::gained(option));
                edges.push(Edge { from, option, exits, exit, to: *to, gains, live: live[exit] });
            }
        };
        match &scene.kind {
            SceneKind::Passage(goto) => add(None, goto),
            SceneKind::Decision(decision) => {
                decision.options.iter().enumerate().for_each(|(at, option)| add(Some((at, option)), &option.goto));
            }
        }
    }
    edges
}

/// Reports scenes and endings to which no way leads.
fn reachable(file: &File, draft: &Draft, edges: &[Edge<'_>], problems: &Problems) {
    let mut out: Vec<Vec<Target>> = vec![Vec::new(); draft.scenario.scenes.len()];
    for edge in edges {
        out[edge.from].push(edge.to);
    }
    let mut scenes = vec![false; draft.scenario.scenes.len()];
    let mut endings = vec![false; draft.scenario.endings.len()];
    let mut open = vec![Target::Scene(draft.scenario.start.scene)];
    while let Some(target) = open.pop() {
        match target {
            Target::Scene(id) if !std::mem::replace(&mut scenes[id.index()], true) => open.extend(&out[id.index()]),
            Target::Scene(_) => {}
            Target::Ending(id) => endings[id.index()] = true,
        }
    }
    let decides = |(scene, met): (&Scene, &bool)| *met && matches!(scene.kind, SceneKind::Decision(_));
    if let Some(start) = file.start.as_ref().and_then(|start| start.scene.as_ref())
        && !draft.scenario.scenes.iter().zip(&scenes).any(decides)
    {
        let message = format!("the start, `{}`, leads to no decision", start.value);
        let help = "add a `[[scene.option]]` to a scene on the way";
        problems.push(Diagnostic::new(Code::NoDecision, start.span.clone(), message).help(help));
    }
    let help = "lead to it with a `goto`, or take it out";
    for (scene, _) in file.scenes.iter().zip(scenes).filter(|(_, met)| !met) {
        let message = format!("scene {} can't be reached from the start", title(scene.id.as_ref()));
        let span = scene.id.as_ref().map_or(scene.span.clone(), |id| id.span.clone());
        problems.push(Diagnostic::new(Code::UnreachableScene, span, message).help(help));
    }
    for (ending, _) in file.endings.iter().zip(endings).filter(|(_, met)| !met) {
        let message = format!("ending {} can't be reached from the start", title(ending.id.as_ref()));
        let span = ending.id.as_ref().map_or(ending.span.clone(), |id| id.span.clone());
        problems.push(Diagnostic::new(Code::UnreachableEnding, span, message).help(help));
    }
}
