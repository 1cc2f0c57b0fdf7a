//! What choices cost, by the exact analysis.
#![allow(clippy::expect_used, clippy::panic)]

#[path = "common/plays.rs"]
mod plays;

use std::cell::Cell;

use ridealong::engine::{Ratio, Run, Seed};
use ridealong::prove::{Limits, Prover};
use ridealong::report::{Cost, costs};
use ridealong::story::Story;

/// A run by chance.
fn random(story: &Story, seed: u64) -> Run {
    let state = Cell::new(seed);
    plays::play(story, seed, &|_, _, options| {
        state.set(state.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
        let place = usize::try_from(state.get() >> 33).expect("small") % options.len();
        options[place].0
    })
}

/// Runs that are looked at: `RIDEALONG_COSTS=1000` for a thousand of each story.
fn runs() -> u64 {
    std::env::var("RIDEALONG_COSTS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(12)
}

/// The costs of a run add up to what it falls short of the best there was; each is the difference of the exact best
/// before and after.
#[test]
fn costs_are_differences_of_exact_bests() {
    for story in plays::shipped() {
        for seed in 0..runs() {
            let run = random(&story, seed);
            let costs = costs(&story, &run);
            assert_eq!(costs.len(), run.steps().len());
            let mut prover = Prover::new(&story.program, Limits { checked: true, ..Limits::of(&story.program) });
            let mut best = |decision: usize| {
                let then = run.back_to(&story.program, decision);
                let score = then.score(&story.program).map(|score| score.total);
                score.unwrap_or_else(|| {
                    let best = prover.best_from(then.state(), then.tally()).expect("it ends");
                    assert!(best.complete);
                    best.reached
                })
            };
            let mut before = best(0);
            for (decision, cost) in costs.iter().enumerate() {
                let after = best(decision + 1);
                assert!(after <= before, "a choice can't make the best better");
                assert_eq!(*cost, Cost::Exactly(before.minus(after)), "{} {seed} {decision}", story.scenario.id);
                before = after;
            }
        }
    }
}

/// The leader's line costs nothing anywhere but where the leader gives something up for later.
#[test]
fn the_best_line_costs_nothing() {
    for story in plays::shipped() {
        let mut prover = Prover::new(&story.program, Limits { checked: true, ..Limits::of(&story.program) });
        let start = story.begin(Seed(1));
        let best = prover.best_from(start.state(), start.tally()).expect("it ends");
        let mut run = start;
        for chosen in &best.choices {
            run.choose(&story.program, *chosen).expect("open");
        }
        assert_eq!(run.score(&story.program).expect("ended").total, best.reached);
        assert!(costs(&story, &run).iter().all(|cost| *cost == Cost::Exactly(Ratio::new(0, 1))));
    }
}
