//! What else there was at a decision: the options that weren't chosen, and what was chosen at first.

use super::Change;
use crate::engine::{Chosen, Run};
use crate::scenario::{SceneKind, SceneOption};
use crate::story::Story;

/// A road not taken: an option that wasn't chosen, as it stood then and there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotTaken<'s> {
    /// The option.
    pub option: &'s SceneOption,
    /// Why it couldn't be chosen; nothing if it was open.
    pub closed: Option<&'s str>,
    /// What choosing it would have done to the meters, in the order of [`Meter::ALL`](crate::terms::Meter::ALL).
    pub would: [Change; 4],
}

/// The roads not taken at a decision (from 0), in authored order; none if there is no such decision.
pub fn not_taken<'s>(story: &'s Story, run: &Run, number: usize) -> Vec<NotTaken<'s>> {
    let Some(step) = run.steps().get(number) else {
        return Vec::new();
    };
    let Some(SceneKind::Decision(decision)) = story.scenario.scenes.get(step.scene as usize).map(|scene| &scene.kind)
    else {
        return Vec::new();
    };
    let then = run.back_to(&story.program, number);
    let others = (0..).zip(&decision.options).filter(|(place, _)| *place != step.chosen.0);
    let road = |(place, option): (u8, &'s SceneOption)| NotTaken {
        option,
        closed: story.closed_reason(then.state(), Chosen(place)),
        would: Change::all(step.before, step.before.after(option.effect)),
    };
    others.map(road).collect()
}

/// What an earlier attempt chose at a decision (from 0), if it stood at the same one and chose something else.
pub fn chosen_at_first<'s>(story: &'s Story, run: &Run, first: &Run, number: usize) -> Option<&'s SceneOption> {
    let (step, first) = (run.steps().get(number)?, first.steps().get(number)?);
    let differs = first.scene == step.scene && first.chosen != step.chosen;
    story.option(first.scene, first.chosen).filter(|_| differs)
}
