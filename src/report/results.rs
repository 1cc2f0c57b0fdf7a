//! What a room chose: for whoever leads the talk after a session.
//!
//! Gathers and counts; [`html`] and [`json`] write it down. Whose runs they are isn't known here.

mod page;

use std::io;

use serde::Serialize;

pub use page::html;

use crate::engine::{Ratio, RuleSum, Run};
use crate::scenario::{SceneKind, SceneOption};
use crate::story::Story;
use crate::terms::{Key, Posture, Rule};
use crate::text::{self, Text};

/// A rule that the room keeps less well than this, of 100, is one to talk about.
const WEAK: u64 = 70;

/// A round as it was played: the runs that count.
#[derive(Clone, Debug)]
pub struct Played<'s> {
    /// Its number, from 1.
    pub number: u8,
    /// What was played.
    pub story: &'s Story,
    /// The runs, all of them ended.
    pub runs: Vec<Run>,
    /// Runs of which only the numbers are kept.
    pub numbers: usize,
}

/// Which session.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// Its code.
    pub session: String,
    /// What it is called.
    pub title: Text,
    /// How far it is.
    pub phase: &'static str,
    /// Who is ranked or could be: players with at least one run.
    pub players: usize,
}

/// What a room chose.
#[derive(Clone, Debug, Serialize)]
pub struct Results<'s> {
    /// Which session.
    #[serde(flatten)]
    pub head: Head,
    /// Its rounds.
    pub rounds: Vec<RoundResults<'s>>,
    /// The rules that were met, those kept worst first, those too little seen last.
    pub rules: Vec<RuleKept>,
}

/// A round's.
#[derive(Clone, Debug, Serialize)]
pub struct RoundResults<'s> {
    /// Its number, from 1.
    pub round: u8,
    /// The scenario's id.
    pub scenario: &'s str,
    /// What it is called.
    pub title: &'s Text,
    /// The language that it is written in.
    #[serde(skip)]
    pub language: &'s Text,
    /// Runs that count.
    pub runs: usize,
    /// Runs of which only the numbers are kept, and which are not counted here.
    pub without_choices: usize,
    /// The mean of their scores, in tenths.
    #[serde(rename = "mean_score_tenths")]
    pub mean: Option<u64>,
    /// Where the room decided.
    pub scenes: Vec<SceneResults<'s>>,
    /// What to ask the room.
    pub questions: &'s [Text],
}

/// Where the room decided.
#[derive(Clone, Debug, Serialize)]
pub struct SceneResults<'s> {
    /// The scene's id.
    pub scene: &'s str,
    /// What it is called.
    pub title: &'s Text,
    /// What it is about.
    pub rule: Rule,
    /// Whether the story turns there.
    pub turning_point: bool,
    /// Decisions made there.
    pub decisions: usize,
    /// In the order of the file.
    pub options: Vec<OptionResults<'s>>,
}

/// What so many chose.
#[derive(Clone, Debug, Serialize)]
pub struct OptionResults<'s> {
    /// The option's id.
    pub option: &'s str,
    /// What it says.
    pub text: &'s Text,
    /// How well it leads.
    pub key: Key,
    /// What it does with the rep's place.
    pub posture: Posture,
    /// The rule that it keeps or breaks.
    pub why_rule: Rule,
    /// Why.
    pub why: &'s Text,
    /// How often it was chosen.
    pub chosen: usize,
    /// Of the decisions there, in percent.
    pub share: u64,
    /// How often it was closed.
    pub closed: usize,
}

/// How well the room keeps a rule.
#[derive(Clone, Debug, Serialize)]
pub struct RuleKept {
    /// The rule.
    pub rule: Rule,
    /// How people read it.
    pub label: &'static str,
    /// 0 to 100; nothing where too little was seen of it: weights below 3.
    pub score: Option<u64>,
    /// Whether it is one to talk about.
    pub weak: bool,
}

impl<'s> Results<'s> {
    /// What the runs of a session's rounds add up to.
    pub fn of(head: Head, rounds: &[Played<'s>]) -> Self {
        let kept = |rule: &Rule| {
            let runs = rounds.iter().flat_map(|round| &round.runs);
            let sum = runs.map(|run| run.tally().rule_sum(*rule)).fold(RuleSum::default(), RuleSum::plus);
            let score = sum.score(RuleSum::ENOUGH_IN_ALL).map(Ratio::round);
            let weak = score.is_some_and(|score| score < WEAK);
            (sum.weight > 0).then(|| RuleKept { rule: *rule, label: rule.label(), score, weak })
        };
        let mut rules: Vec<RuleKept> = Rule::ALL.iter().filter_map(kept).collect();
        rules.sort_by_key(|kept| (kept.score.is_none(), kept.score));
        Self { head, rounds: rounds.iter().map(RoundResults::of).collect(), rules }
    }
}

impl<'s> RoundResults<'s> {
    fn of(played: &Played<'s>) -> Self {
        let story = played.story;
        let scores: Vec<u64> =
            played.runs.iter().filter_map(|run| Some(run.score(&story.program)?.total.round())).collect();
        let mean = Ratio::new(scores.iter().sum(), scores.len() as u64);
        Self {
            round: played.number,
            scenario: &story.scenario.id,
            title: &story.scenario.title,
            language: &story.scenario.language,
            runs: played.runs.len(),
            without_choices: played.numbers,
            mean: (!scores.is_empty()).then(|| mean.tenths()),
            scenes: (0..story.scenario.scenes.len()).filter_map(|scene| SceneResults::of(played, scene)).collect(),
            questions: &story.scenario.questions,
        }
    }
}

impl<'s> SceneResults<'s> {
    /// What was chosen in a scene; nothing if nobody decided there.
    fn of(played: &Played<'s>, place: usize) -> Option<Self> {
        let scene = played.story.scenario.scenes.get(place)?;
        let SceneKind::Decision(decision) = &scene.kind else { return None };
        let steps: Vec<_> =
            played.runs.iter().flat_map(Run::steps).filter(|step| step.scene as usize == place).collect();
        let option = |(number, option): (usize, &'s SceneOption)| {
            let chosen = steps.iter().filter(|step| usize::from(step.chosen.0) == number).count();
            OptionResults {
                option: &option.id,
                text: &option.text,
                key: option.key,
                posture: option.posture,
                why_rule: option.why_rule,
                why: &option.why,
                chosen,
                share: Ratio::new(100 * chosen as u64, steps.len() as u64).round(),
                closed: steps.iter().filter(|step| step.open & (1 << number) == 0).count(),
            }
        };
        (!steps.is_empty()).then(|| Self {
            scene: &scene.id,
            title: &scene.title,
            rule: decision.rule,
            turning_point: decision.turning_point,
            decisions: steps.len(),
            options: decision.options.iter().enumerate().map(option).collect(),
        })
    }
}

/// Writes it as one JSON document.
///
/// # Errors
/// What `out` says.
pub fn json(results: &Results<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    // Strings, numbers and lists only: writing them to memory cannot fail.
    let json = serde_json::to_string_pretty(results).unwrap_or_default();
    writeln!(out, "{}", text::json_escaped(&json))
}
