//! How many options and endings there are, and whether a choice counts.

use super::{Choice, Finding};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::check::places::{Places, Spot};
use crate::scenario::{Goto, Scenario, SceneKind, Target};

/// Options of a decision that teaches.
const OPTIONS: std::ops::RangeInclusive<usize> = 3..=4;
/// The fewest endings of a story.
const ENDINGS: usize = 4;

/// Too few or too many options, or none better than another.
pub(super) fn decision(choice: &Choice<'_>, places: &Places, found: &mut Vec<Finding>) {
    let (spot, count) = (Spot::Scene(choice.at), choice.decision.options.len());
    let id = &choice.scene.id;
    if !OPTIONS.contains(&count) {
        let are = if count == 1 { "1 option".to_owned() } else { format!("{count} options") };
        let message = format!("scene `{id}` has {are}");
        let help = "offer three or four: the right thing to do, and two or three that a good manager might do instead";
        found.push((spot, Diagnostic::new(Code::OptionCount, places.span(spot), message).help(help)));
    }
    let key = choice.top();
    if count > 1 && !choice.counts() {
        let message = format!("every option of scene `{id}` has key {key}");
        let help = "no choice here counts; if none is meant to, make the scene a passage";
        found.push((spot, Diagnostic::new(Code::SameKeys, places.span(spot), message).help(help)));
    }
}

/// Too few endings that a way leads to.
pub(super) fn endings(scenario: &Scenario, places: &Places, found: &mut Vec<Finding>) {
    let count = reachable(scenario);
    if count < ENDINGS {
        let are = if count == 1 { "one ending".to_owned() } else { format!("{count} endings") };
        let message = format!("the story can come to {are} only");
        let help = "write at least four: won by the rep, postponed, lost and learned, won around the rep, ...";
        let span = places.span(Spot::Ending(0));
        found.push((Spot::Story, Diagnostic::new(Code::FewEndings, span, message).help(help)));
    }
}

/// How many endings some way leads to, whatever the conditions on it.
fn reachable(scenario: &Scenario) -> usize {
    let mut scenes = vec![false; scenario.scenes.len()];
    let mut endings = vec![false; scenario.endings.len()];
    let mut open = vec![Target::Scene(scenario.start.scene)];
    while let Some(target) = open.pop() {
        let id = match target {
            Target::Ending(id) => {
                endings[id.index()] = true;
                continue;
            }
            Target::Scene(id) => id,
        };
        if std::mem::replace(&mut scenes[id.index()], true) {
            continue;
        }
        let mut follow = |Goto(exits): &Goto| open.extend(exits.iter().map(|exit| exit.to));
        match &scenario.scene(id).kind {
            SceneKind::Passage(goto) => follow(goto),
            SceneKind::Decision(decision) => decision.options.iter().for_each(|option| follow(&option.goto)),
        }
    }
    endings.into_iter().filter(|met| *met).count()
}
