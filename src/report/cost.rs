//! What each choice cost: the best score that could still be had before it, less the best that could be had after it.

use crate::engine::{Ratio, Run};
use crate::prove::{Limits, Prover};
use crate::story::Story;

/// States that one question of the exact analysis may go through here: a debrief asks as many as there are decisions,
/// and nobody likes to wait.
const STATES: u64 = 20_000;

const NOTHING: Ratio = Ratio::new(0, 1);

/// What a choice cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// So much of the score, 0 to 100.
    Exactly(Ratio),
    /// It was not worked out within what a debrief may spend.
    Unknown,
}

impl Cost {
    /// In words, to be told after what was done: `Cost nothing against the best line from here.`
    pub fn told(self) -> String {
        let points = |cost: Ratio| match cost.round() {
            0 if cost == NOTHING => "nothing".to_owned(),
            0 => "less than a point".to_owned(),
            1 => "1 point".to_owned(),
            many => format!("{many} points"),
        };
        match self {
            Self::Exactly(cost) => format!("Cost {} against the best line from here.", points(cost)),
            Self::Unknown => "What it cost could not be worked out in time.".to_owned(),
        }
    }

    /// The same for a narrow column: `0`, `under 1`, `7`, `?`.
    pub fn points(self) -> String {
        match self {
            Self::Exactly(cost) if cost != NOTHING && cost.round() == 0 => "under 1".to_owned(),
            Self::Exactly(cost) => cost.round().to_string(),
            Self::Unknown => "?".to_owned(),
        }
    }
}

/// What each choice of a run cost. Draws ahead are taken to fall as one would wish.
pub fn costs(story: &Story, run: &Run) -> Vec<Cost> {
    let program = &story.program;
    let limits = Limits { states: STATES, checked: true, ..Limits::of(program) };
    let mut prover = Prover::new(program, limits);
    let mut best: Vec<Option<Ratio>> = Vec::new();
    for decision in 0..=run.steps().len() {
        let then = run.back_to(program, decision);
        let value = match then.score(program) {
            Some(score) => Some(score.total),
            None => prover.best_from(then.state(), then.tally()).filter(|best| best.complete).map(|best| best.reached),
        };
        best.push(value);
    }
    let cost = |pair: &[Option<Ratio>]| match pair {
        [Some(before), Some(after)] => Cost::Exactly(before.minus(*after)),
        _ => Cost::Unknown,
    };
    best.windows(2).map(cost).collect()
}
