//! What makes a story teach: the content checks, over a scenario whose form has been checked.
//!
//! None of them keeps a story from being played; an author may `allow` each, with a reason. What is said about a single
//! scene is said also where other scenes have errors; what is counted over the whole story waits until there are none.

mod asking;
mod cues;
mod lengths;
mod needless;
mod rivals;
mod shape;
mod words;

use super::places::{Places, Spot};
use super::reason::Reasoner;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::file::{self, File, Problems};
use crate::scenario::{Decision, Scenario, Scene, SceneKind, SceneOption};

/// Fewer decisions than this say nothing about habits: of three, one is a third.
const ENOUGH: usize = 6;
/// The most names in a message.
const NAMED: usize = 6;

/// Something found, before anybody asked whether the author means it.
type Finding = (Spot, Diagnostic);

/// A scene with what is written of it.
#[derive(Clone, Copy)]
struct Place<'c> {
    at: usize,
    scene: &'c Scene,
    written: &'c file::Scene,
}

/// A decision with what is written of it.
#[derive(Clone, Copy)]
struct Choice<'c> {
    at: usize,
    scene: &'c Scene,
    decision: &'c Decision,
    written: &'c file::Scene,
}

/// Checks the content.
pub(super) fn check(
    source: &str,
    file: &File,
    scenario: &Scenario,
    reasoner: &Reasoner,
    places: &Places,
    problems: &Problems,
) {
    let whole = problems.errors() == 0;
    let sound = sound(source, file, problems);
    let scenes: Vec<Place<'_>> = (scenario.scenes.iter().zip(&file.scenes).enumerate())
        .filter(|(at, _)| sound[*at])
        .map(|(at, (scene, written))| Place { at, scene, written })
        .collect();
    let choices: Vec<Choice<'_>> = scenes.iter().filter_map(|place| Choice::of(*place)).collect();

    let mut found = Vec::new();
    for choice in &choices {
        shape::decision(choice, places, &mut found);
        lengths::decision(choice, &mut found);
        rivals::decision(choice, places, &mut found);
        if speaks_english(scenario) {
            words::loaded(source, choice, &mut found);
        }
    }
    for place in &scenes {
        words::placeholders(place, places, &mut found);
        needless::scene(place, reasoner, &mut found);
    }
    if whole {
        shape::endings(scenario, places, &mut found);
        words::story(scenario, places, &mut found);
        needless::endings(file, scenario, reasoner, &mut found);
        // Where all options are equally good, none of them is the best.
        let choices: Vec<Choice<'_>> = choices.into_iter().filter(Choice::counts).collect();
        if choices.len() >= ENOUGH {
            lengths::story(&choices, places, &mut found);
            cues::story(scenario, &choices, places, &mut found);
            asking::story(&choices, places, &mut found);
        }
        let told: Vec<Code> = Code::CONTENT.iter().filter(|code| !Code::PLAYED.contains(code)).copied().collect();
        let found = found.iter().map(|(spot, diagnostic)| (diagnostic.code, *spot));
        places.unused(&told, found).into_iter().for_each(|unused| problems.push(unused));
    }
    for (spot, diagnostic) in found {
        if !places.allows(diagnostic.code, spot) {
            problems.push(diagnostic);
        }
    }
}

/// Which scenes have no error in them: from each header to the next.
fn sound(source: &str, file: &File, problems: &Problems) -> Vec<bool> {
    if problems.errors() == 0 {
        return vec![true; file.scenes.len()];
    }
    let mut starts: Vec<usize> = file.scenes.iter().map(|scene| scene.span.start).collect();
    starts.extend(file.endings.iter().map(|ending| ending.span.start));
    starts.sort_unstable();
    let end = |start: usize| starts.get(starts.partition_point(|next| *next <= start)).copied().unwrap_or(source.len());
    let errors = problems.error_starts();
    let hit = |start: usize| errors.get(errors.partition_point(|at| *at < start)).is_some_and(|at| *at < end(start));
    file.scenes.iter().map(|scene| !hit(scene.span.start)).collect()
}

/// Lists of words are English.
fn speaks_english(scenario: &Scenario) -> bool {
    scenario.language.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("en"))
}

impl<'c> Choice<'c> {
    fn of(Place { at, scene, written }: Place<'c>) -> Option<Self> {
        match &scene.kind {
            SceneKind::Decision(decision) if !decision.options.is_empty() => {
                Some(Self { at, scene, decision, written })
            }
            SceneKind::Decision(_) | SceneKind::Passage(_) => None,
        }
    }

    /// Its options with their places.
    fn options(&self) -> impl Iterator<Item = (usize, &'c SceneOption)> + use<'c> {
        self.decision.options.iter().enumerate()
    }

    /// The highest key.
    fn top(&self) -> u8 {
        self.options().map(|(_, option)| option.key.get()).max().unwrap_or(0)
    }

    /// Whether one option is better than another.
    fn counts(&self) -> bool {
        self.options().any(|(_, option)| !self.is_best(option))
    }

    /// Whether an option has the highest key.
    fn is_best(&self, option: &SceneOption) -> bool {
        option.key.get() == self.top()
    }
}

/// Whether `part` of `all` is more than so many per cent.
const fn is_over(part: usize, all: usize, percent: usize) -> bool {
    part * 100 > all * percent
}

/// The names of scenes in a message, the first few of them.
fn named(choices: &[&Choice<'_>]) -> String {
    let names: Vec<String> = choices.iter().take(NAMED).map(|choice| format!("`{}`", choice.scene.id)).collect();
    let more = if choices.len() > NAMED { ", ..." } else { "" };
    format!("{}{more}", names.join(", "))
}
