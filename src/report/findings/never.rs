//! What no play meets.

use super::Finding;
use crate::diagnostic::Code;
use crate::prove::{Reach, Targets};
use crate::scenario::check::Spot;
use crate::scenario::{Scene, SceneKind};
use crate::story::Story;

/// Scenes, options, echoes and endings that no play meets, and whether it is known of all of them.
pub(super) fn met(story: &Story, targets: &Targets) -> (Vec<Finding>, bool) {
    let mut found = Vec::new();
    let (mut options, mut echoes) = (targets.options.iter(), targets.echoes.iter());
    for ((at, scene), reach) in story.scenario.scenes.iter().enumerate().zip(&targets.scenes) {
        let count = match &scene.kind {
            SceneKind::Decision(decision) => decision.options.len(),
            SceneKind::Passage(_) => 0,
        };
        let (options, echoes) = (options.by_ref().take(count), echoes.by_ref().take(scene.echoes.len()));
        let (options, echoes): (Vec<_>, Vec<_>) = (options.collect(), echoes.collect());
        if is_never(reach) {
            found.push(unmet(Spot::Scene(at), format!("no play comes to scene `{}`", scene.id)));
        } else {
            found.extend(parts(at, scene, &options, &echoes));
        }
    }
    for ((at, ending), reach) in story.scenario.endings.iter().enumerate().zip(&targets.endings) {
        if is_never(reach) {
            found.push(unmet(Spot::Ending(at), format!("no play comes to ending `{}`", ending.id)));
        }
    }
    let all = [&targets.scenes, &targets.options, &targets.endings, &targets.echoes];
    (found, all.into_iter().flatten().all(|reach| reach.known().is_some()))
}

fn is_never(reach: &Reach) -> bool {
    *reach == Reach::Never
}

fn unmet(spot: Spot, message: String) -> Finding {
    let help = "look at the conditions on the ways that lead here, or leave it out";
    Finding { code: Code::NeverMet, spot, message, help }
}

/// What is never met in a scene that is.
fn parts(at: usize, scene: &Scene, options: &[&Reach], echoes: &[&Reach]) -> Vec<Finding> {
    let silent = (0..).zip(echoes).filter(|(_, reach)| is_never(reach)).map(|(echo, _)| Finding {
        code: Code::NeverMet,
        spot: Spot::Echo(at, echo),
        message: format!("an echo of scene `{}` is heard in no play", scene.id),
        help: "look at its condition, or leave the echo out",
    });
    let SceneKind::Decision(decision) = &scene.kind else {
        return silent.collect();
    };
    let closed = decision.options.iter().enumerate().zip(options).filter(|(_, reach)| is_never(reach));
    let closed = closed.map(|((place, option), _)| Finding {
        code: Code::NeverOpen,
        spot: Spot::Option(at, place),
        message: format!("option `{}` is open in no play", option.id),
        help: "look at its `when`: nobody comes here with all that it asks for",
    });
    silent.chain(closed).collect()
}
