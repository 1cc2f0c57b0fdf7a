//! The debrief: what a run came to, ready to be told by a screen, a page or line by line.
//!
//! Gathers and rounds; it doesn't say how anything looks. The deal stands beside the score, never in it.

use std::cmp::Ordering;

use super::{Band, Change, Cost, NextQuarter};
use crate::engine::{Ratio, Run, Step, Title};
use crate::scenario::{Ending, Scene, SceneOption};
use crate::story::{Sounded, Story};
use crate::terms::{Posture, Rule};
use crate::text::Text;

/// Everything that is told after a run has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Debrief<'s> {
    /// How it came out.
    pub ending: &'s Ending,
    /// The lines added to the ending.
    pub lines: Vec<&'s Text>,
    /// The deal as signed; nothing if nothing was.
    pub signed: Option<&'s Text>,
    /// The score, 0 to 100, rounded.
    pub score: u64,
    /// Where it lies between manager and leader.
    pub band: Band,
    /// The title earned.
    pub title: Title,
    /// What clicking blind would have brought on the same decisions, as behaviour, 0 to 100.
    pub chance: u64,
    /// Behaviour, 0 to 100: what the chance is compared with.
    pub behaviour: u64,
    /// People, 0 to 100.
    pub people: u64,
    /// Options chosen that cross a line.
    pub red_lines: u32,
    /// The share of each posture in percent, in the order of [`Posture::ALL`].
    pub postures: [(Posture, u64); 3],
    /// How well each of the scenario's rules was kept, 0 to 100; nothing where too little was seen.
    pub rules: Vec<(Rule, Option<u64>)>,
    /// Every decision.
    pub decisions: Vec<Decided<'s>>,
    /// What each of them cost.
    pub costs: &'s [Cost],
    /// What the quarter left behind.
    pub next_quarter: NextQuarter,
    /// Insights found, and how many there are.
    pub insights: (usize, usize),
    /// Questions for a workshop.
    pub questions: &'s [Text],
}

/// One decision of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided<'s> {
    /// Where.
    pub scene: &'s Scene,
    /// What was chosen.
    pub option: &'s SceneOption,
    /// What the choice itself did to the meters, in the order of [`Meter::ALL`](crate::terms::Meter::ALL).
    pub changes: [Change; 4],
    /// What came back on the way to the next decision or the ending, in order.
    pub echoes: Vec<Sounded<'s>>,
    /// What all of it did together.
    pub in_all: [Change; 4],
    /// Whether it weighs one and a half times.
    pub turning_point: bool,
}

impl<'s> Debrief<'s> {
    /// The debrief of a run, with what its choices cost; nothing if it hasn't ended.
    pub fn of(story: &'s Story, run: &Run, costs: &'s [Cost]) -> Option<Self> {
        let ending = story.ended_at(run)?;
        let score = run.score(&story.program)?;
        let (state, tally) = (run.state(), run.tally());
        let total = score.total.round();
        Some(Self {
            ending,
            lines: story.ending_lines(ending, state),
            signed: (!ending.signed.is_empty()).then_some(&ending.signed),
            score: total,
            band: Band::of(total),
            title: score.title,
            chance: tally.chance().round(),
            behaviour: score.behaviour.round(),
            people: score.people.round(),
            red_lines: tally.red_lines,
            postures: [Posture::Lead, Posture::TakeOver, Posture::Absent]
                .map(|posture| (posture, tally.share(posture).round())),
            rules: rules(story, run),
            decisions: run.steps().iter().filter_map(|step| decided(story, step)).collect(),
            costs,
            next_quarter: NextQuarter::after(state.meters),
            insights: (story.found(state).len(), story.scenario.insights.len()),
            questions: &story.scenario.questions,
        })
    }

    /// The score in sentences: title and number, where it lies, what it is made of, red lines, insights.
    pub fn score_told(&self) -> Vec<String> {
        let (lowest, highest) = self.band.range();
        let against = match self.behaviour.cmp(&self.chance) {
            Ordering::Less => "below",
            Ordering::Equal => "on",
            Ordering::Greater => "above",
        };
        let mut told = vec![
            format!("{}. {} of 100.", self.title.label(), self.score),
            format!(
                "On the line from manager (0) to leader (100) that is {}, {lowest} to {highest}. The deal is no part of \
                 it.",
                self.band.label()
            ),
            format!(
                "What you chose: {}, {against} the chance line; choosing blind would have brought about {}. Where the \
                 people ended up: {}.",
                self.behaviour, self.chance, self.people
            ),
            self.red_lines_told(),
        ];
        let (found, all) = self.insights;
        if all > 0 {
            told.push(format!("Insights found: {found} of {all}."));
        }
        told
    }

    /// The red lines that were crossed, in a sentence that names where.
    pub fn red_lines_told(&self) -> String {
        let crossed = self.decisions.iter().filter(|decided| decided.option.key.is_red_line());
        let places: Vec<String> = crossed.map(|decided| format!("\"{}\"", decided.scene.title)).collect();
        match &places[..] {
            [] => "No red line crossed.".to_owned(),
            [place] => format!("One red line crossed, in {place}; it bars the top title."),
            many => format!("{} red lines crossed, in {}; they bar the top title.", many.len(), many.join(", ")),
        }
    }
}

/// How well each of the scenario's rules was kept so far.
fn rules(story: &Story, run: &Run) -> Vec<(Rule, Option<u64>)> {
    let seen = |rule: Rule| (rule, run.tally().rule(rule).score.map(Ratio::round));
    story.scenario.rules().into_iter().map(seen).collect()
}

/// One decision of a run, finished or not. Nothing if the step is of another story.
pub fn decided<'s>(story: &'s Story, step: &Step) -> Option<Decided<'s>> {
    let scene = story.scenario.scenes.get(step.scene as usize)?;
    let option = story.option(step.scene, step.chosen)?;
    let scored = story.program.scenes.get(step.scene as usize)?.scored;
    let echoes: Vec<_> = story.aftermath(step)?.entered.into_iter().flat_map(|entered| entered.echoes).collect();
    let after = echoes.last().map_or(step.after, |last| last.after);
    Some(Decided {
        scene,
        option,
        changes: Change::all(step.before, step.after),
        echoes,
        in_all: Change::all(step.before, after),
        turning_point: scored.weight > 2,
    })
}
