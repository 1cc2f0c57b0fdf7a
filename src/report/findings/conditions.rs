//! Conditions that are never in doubt: they hold whenever they are asked, or never.

use super::{Finding, STATES};
use crate::diagnostic::Code;
use crate::prove::{Answer, Answers, Targets};
use crate::scenario::check::Spot;
use crate::scenario::{Exit, Goto, Scene, SceneKind, Target};
use crate::story::Story;

/// Conditions that always hold, and lines and entries of gotos that nobody gets; nothing if there are too many states
/// to be sure.
///
/// What no play meets is told elsewhere: nothing is said here of what stands in it or leads there.
pub(super) fn not_in_doubt(story: &Story, targets: &Targets) -> Option<Vec<Finding>> {
    let program = story.program_with_lines();
    let answers = Answers::of(&program, usize::try_from(STATES).unwrap_or(usize::MAX))?;
    let mut found = Vec::new();
    let mut echoes = answers.echoes.iter();
    for (at, scene) in story.scenario.scenes.iter().enumerate() {
        let sounded = (0..).zip(echoes.by_ref().take(scene.echoes.len()));
        found.extend(sounded.filter(|(_, answer)| always(**answer)).map(|(echo, _)| needless(Spot::Echo(at, echo))));
        let first = story.program.scenes[at].options.start as usize;
        if let SceneKind::Decision(decision) = &scene.kind {
            for (place, option) in decision.options.iter().enumerate() {
                if !option.when.is_empty() && always(answers.options[first + place]) {
                    found.push(needless(Spot::When(at, place)));
                }
            }
        }
        for goto in gotos(story, at, scene) {
            found.extend(exits(story, &goto, &answers, targets));
        }
    }
    for ((at, ending), reach) in story.scenario.endings.iter().enumerate().zip(&targets.endings) {
        for ((line, _), answer) in ending.lines.iter().enumerate().zip(echoes.by_ref()) {
            if always(*answer) {
                found.push(needless(Spot::Line(at, line)));
            } else if !answer.yes && reach.known() == Some(true) {
                found.push(Finding {
                    code: Code::NeverMet,
                    spot: Spot::Line(at, line),
                    message: format!("a line of ending `{}` is told in no play", ending.id),
                    help: "look at its condition, or leave the line out",
                });
            }
        }
    }
    Some(found)
}

const fn always(answer: Answer) -> bool {
    answer.yes && !answer.no
}

fn needless(spot: Spot) -> Finding {
    Finding {
        code: Code::NeedlessCondition,
        spot,
        message: "this condition holds in every play that comes to it".to_owned(),
        help: "leave it out, or ask for what you meant",
    }
}

/// A goto as it is written once, and every place of the program where it stands.
struct Ways<'s> {
    scene: usize,
    option: Option<usize>,
    exits: &'s [Exit],
    /// Where its entries begin.
    starts: Vec<usize>,
}

/// The gotos of a scene. Options that leave by the same one are taken together: most have it from their scene.
fn gotos<'s>(story: &Story, at: usize, scene: &'s Scene) -> Vec<Ways<'s>> {
    let here = &story.program.scenes[at];
    let decision = match &scene.kind {
        SceneKind::Passage(Goto(exits)) => {
            return vec![Ways { scene: at, option: None, exits, starts: vec![here.exits.start as usize] }];
        }
        SceneKind::Decision(decision) => decision,
    };
    let mut gotos: Vec<Ways<'s>> = Vec::new();
    let compiled = &story.program.options[here.options.range()];
    for ((place, option), compiled) in decision.options.iter().enumerate().zip(compiled) {
        let (Goto(exits), start) = (&option.goto, compiled.exits.start as usize);
        match gotos.iter_mut().find(|goto| goto.exits == exits) {
            Some(goto) => goto.starts.push(start),
            None => gotos.push(Ways { scene: at, option: Some(place), exits, starts: vec![start] }),
        }
    }
    gotos
}

fn exits(story: &Story, goto: &Ways<'_>, answers: &Answers, targets: &Targets) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, exit) in goto.exits.iter().enumerate().filter(|(_, exit)| !exit.when.is_empty()) {
        let spot = Spot::Exit(goto.scene, goto.option, at);
        let each = || goto.starts.iter().map(|start| start + at);
        let answer = each()
            .map(|at| answers.exits[at])
            .fold(Answer::default(), |all, one| Answer { yes: all.yes || one.yes, no: all.no || one.no });
        let (id, reach) = match exit.to {
            Target::Scene(to) => (&story.scenario.scene(to).id, targets.scenes.get(to.index())),
            Target::Ending(to) => (&story.scenario.ending(to).id, targets.endings.get(to.index())),
        };
        if always(answer) {
            found.push(needless(spot));
            if exit.chance.is_none() {
                break;
            }
        } else if answer.no
            && !each().any(|at| answers.taken[at])
            && reach.is_some_and(|reach| reach.known() == Some(true))
        {
            found.push(Finding {
                code: Code::NeverMet,
                spot,
                message: format!("in no play does this entry lead to `{id}`"),
                help: "look at its condition and at the entries before it, or leave it out",
            });
        }
    }
    found
}
