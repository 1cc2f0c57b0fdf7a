//! Conditions that always hold.

use super::{Finding, Place};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::check::places::Spot;
use crate::scenario::check::reason::{Answer, Reasoner};
use crate::scenario::file::{self, File, Written};
use crate::scenario::{Condition, Goto, Scenario, SceneKind};

/// The conditions of a scene.
pub(super) fn scene(place: &Place<'_>, reasoner: &Reasoner, found: &mut Vec<Finding>) {
    let (scene, written) = (place.scene, place.written);
    let spot = Spot::Scene(place.at);
    for (written, echo) in written.echoes.iter().zip(&scene.echoes) {
        look(spot, written.when.as_ref(), &echo.when, reasoner, found);
    }
    match &scene.kind {
        SceneKind::Passage(goto) => exits(spot, &written.goto, goto, reasoner, found),
        SceneKind::Decision(decision) => {
            for (at, (written, option)) in written.options.iter().zip(&decision.options).enumerate() {
                let spot = Spot::Option(place.at, at);
                look(spot, written.when.as_ref(), &option.when, reasoner, found);
                exits(spot, &written.goto, &option.goto, reasoner, found);
            }
            let inherits = written.options.iter().position(|option| matches!(option.goto, Written::No));
            if let Some(option) = inherits.and_then(|at| decision.options.get(at)) {
                exits(spot, &written.goto, &option.goto, reasoner, found);
            }
        }
    }
}

/// The conditions of endings.
pub(super) fn endings(file: &File, scenario: &Scenario, reasoner: &Reasoner, found: &mut Vec<Finding>) {
    for (at, (written, ending)) in file.endings.iter().zip(&scenario.endings).enumerate() {
        for (written, line) in written.lines.iter().zip(&ending.lines) {
            look(Spot::Ending(at), written.when.as_ref(), &line.when, reasoner, found);
        }
    }
}

fn exits(spot: Spot, written: &Written<file::Goto>, Goto(exits): &Goto, reasoner: &Reasoner, found: &mut Vec<Finding>) {
    if let Written::Yes(written) = written
        && written.exits.len() == exits.len()
    {
        for (written, exit) in written.exits.iter().zip(exits) {
            look(spot, written.when.as_ref(), &exit.when, reasoner, found);
        }
    }
}

fn look(
    spot: Spot,
    written: Option<&file::Condition>,
    condition: &Condition,
    reasoner: &Reasoner,
    found: &mut Vec<Finding>,
) {
    // What asks for nothing at all has been told.
    let Some(written) = written.filter(|written| !written.broken && !condition.is_empty()) else { return };
    if reasoner.can(reasoner.anywhere(), [], [condition]) == Answer::No {
        let message = "this condition always holds";
        let help = "leave it out, or ask for what you meant";
        found.push((spot, Diagnostic::new(Code::NeedlessCondition, written.span.clone(), message).help(help)));
    }
}
