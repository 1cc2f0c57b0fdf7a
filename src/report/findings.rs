//! What only playing a story shows its author: what nobody can meet, and bots that don't come apart.

use std::time::Duration;

use super::Simulated;
use crate::diagnostic::Code;
use crate::prove::policies::Policy;
use crate::prove::simulate::Simulation;
use crate::prove::{Limits, Prover, Reach};
use crate::scenario::SceneKind;
use crate::scenario::check::Spot;
use crate::story::Story;

/// Stories of more scenes than this are not played here, so that a check stays quick.
const SCENES: usize = 100;
/// Fewer decisions than this can't tell bots apart.
const DECISIONS: usize = 6;
/// States that the exact analysis may go through for one question.
const STATES: u64 = 50_000;
/// Plays of each bot, and their seed.
const PLAYS: (u64, u64) = (1000, 1);

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub code: Code,
    /// What it is about.
    pub spot: Spot,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

/// What playing a story shows. Only what is certain is told; a story that is too long for it gets nothing.
pub fn findings(story: &Story) -> Vec<Finding> {
    if story.scenario.scenes.len() > SCENES {
        return Vec::new();
    }
    let mut found = never(story);
    found.extend(bands(story));
    found
}

/// Scenes, options, echoes and endings that no play meets.
fn never(story: &Story) -> Vec<Finding> {
    let limits = Limits { states: STATES, checked: true, ..Limits::of(&story.program) };
    let targets = Prover::new(&story.program, limits).prove().targets;
    let is_never = |reach: Option<&Reach>| reach == Some(&Reach::Never);
    let mut found = Vec::new();
    let (mut option_at, mut echo_at) = (0, 0);
    for (at, scene) in story.scenario.scenes.iter().enumerate() {
        let met = !is_never(targets.scenes.get(at));
        if !met {
            found.push(Finding {
                code: Code::NeverMet,
                spot: Spot::Scene(at),
                message: format!("no play comes to scene `{}`", scene.id),
                help: "look at the conditions on the ways that lead here, or leave the scene out",
            });
        }
        for _ in &scene.echoes {
            if met && is_never(targets.echoes.get(echo_at)) {
                found.push(Finding {
                    code: Code::NeverMet,
                    spot: Spot::Scene(at),
                    message: format!("an echo of scene `{}` is heard in no play", scene.id),
                    help: "look at its condition, or leave the echo out",
                });
            }
            echo_at += 1;
        }
        let options = match &scene.kind {
            SceneKind::Decision(decision) => decision.options.as_slice(),
            SceneKind::Passage(_) => &[],
        };
        for (place, option) in options.iter().enumerate() {
            if met && is_never(targets.options.get(option_at)) {
                found.push(Finding {
                    code: Code::NeverOpen,
                    spot: Spot::Option(at, place),
                    message: format!("option `{}` is open in no play", option.id),
                    help: "look at its `when`: nobody comes here with all that it asks for",
                });
            }
            option_at += 1;
        }
    }
    for (at, ending) in story.scenario.endings.iter().enumerate() {
        if is_never(targets.endings.get(at)) {
            found.push(Finding {
                code: Code::NeverMet,
                spot: Spot::Ending(at),
                message: format!("no play comes to ending `{}`", ending.id),
                help: "look at the conditions on the ways that lead here, or leave the ending out",
            });
        }
    }
    found
}

/// Bands of the scoring that the bots miss.
fn bands(story: &Story) -> Vec<Finding> {
    let decides = |kind: &SceneKind| matches!(kind, SceneKind::Decision(_));
    if story.scenario.scenes.iter().filter(|scene| decides(&scene.kind)).count() < DECISIONS {
        return Vec::new();
    }
    let (plays, seed) = PLAYS;
    let simulation = Simulation::new(story, seed);
    let played: Vec<_> = Policy::ALL
        .iter()
        .map(|policy| {
            let plays = plays.max(simulation.at_least(*policy));
            (*policy, simulation.play(*policy, 0..plays, 1), Duration::ZERO)
        })
        .collect();
    let missed = Simulated::of(story, seed, &played).bands.into_iter().filter(|band| !band.holds);
    let finding = |band: super::BandResult| Finding {
        code: Code::OutsideBand,
        spot: Spot::Story,
        message: format!("{}, {}: {}, where {} is wanted", band.policy, band.measure, band.value, band.wanted()),
        help: "`ridealong simulate` shows all bots; look at the keys, and at what taking over brings",
    };
    missed.map(finding).collect()
}
