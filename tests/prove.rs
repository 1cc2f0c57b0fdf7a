//! Exact results against every play there is, on many small stories; and what is shipped, against random plays.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "common/asked.rs"]
mod asked;
#[path = "common/broken.rs"]
mod broken;
#[path = "common/brute.rs"]
mod brute;
#[path = "common/generated.rs"]
mod generated;
#[path = "common/plays.rs"]
mod plays;
#[path = "common/small.rs"]
mod small;

use std::collections::BTreeSet;

use broken::Random;
use brute::All;
use ridealong::engine::{Event, Place, Program, Ratio, Run, Seed};
use ridealong::prove::{Answers, Limits, Proof, Prover, Reach, Summit, Witness};
use ridealong::scenario::check::check;
use ridealong::story::Story;

/// A story of more plays than this is left out.
const PLAYS: u64 = 3_000;

fn count(default: u64) -> u64 {
    std::env::var("STORIES").ok().and_then(|count| count.parse().ok()).unwrap_or(default)
}

fn met(list: &[Reach]) -> BTreeSet<u32> {
    assert!(!list.contains(&Reach::Unknown), "{list:?}");
    (0..).zip(list).filter(|(_, reach)| reach.known() == Some(true)).map(|(at, _)| at).collect()
}

fn replay(program: &Program, witness: &Witness) -> Run {
    let seed = witness.seed.unwrap_or_else(|| panic!("no seed for {witness:?}"));
    Run::replay(program, seed, &witness.choices).expect("open options")
}

fn assert_replays(program: &Program, proof: &Proof, what: &str) {
    let events = |run: &Run| -> Vec<Event> {
        run.opening().iter().chain(run.steps().iter().flat_map(|step| &step.events)).copied().collect()
    };
    let replayed = |reach: &Reach| proof.witness(*reach).map(|witness| replay(program, &witness));
    let runs = |list: &[Reach]| -> Vec<(u32, Run)> {
        (0..).zip(list).filter_map(|(at, reach)| replayed(reach).map(|run| (at, run))).collect()
    };
    for (scene, run) in runs(&proof.targets.scenes) {
        assert!(events(&run).contains(&Event::Entered(scene)), "{what}: scene {scene}");
    }
    for (ending, run) in runs(&proof.targets.endings) {
        assert_eq!(run.state().place, Place::Ending(ending), "{what}");
    }
    for (echo, run) in runs(&proof.targets.echoes) {
        assert!(events(&run).iter().any(|event| matches!(event, Event::Echoed(at, _) if *at == echo)), "{what}");
    }
    for (option, run) in runs(&proof.targets.options) {
        let last = run.steps().last().expect("a choice");
        let first = program.scenes[last.scene as usize].options.start;
        assert_eq!(first + u32::from(last.chosen.0), option, "{what}");
    }
    for (scene, run) in runs(&proof.targets.stuck) {
        assert_eq!((run.state().place, program.open(run.state())), (Place::Scene(scene), 0), "{what}");
    }
}

fn assert_summit(program: &Program, summit: Option<&Summit>, exact: Option<Ratio>, of: fn(&Run, &Program) -> Ratio) {
    let Some(summit) = summit else {
        assert_eq!(exact, None);
        return;
    };
    assert!(summit.complete);
    assert_eq!((Some(summit.reached), Some(summit.bound)), (exact, exact));
    assert_eq!(of(&replay(program, &summit.witness), program), summit.reached);
}

fn score(run: &Run, program: &Program) -> Ratio {
    run.score(program).expect("an ended run").total
}

fn trust(run: &Run, _: &Program) -> Ratio {
    assert!(matches!(run.state().place, Place::Ending(_)));
    Ratio::new(u64::from(run.state().meters.trust()), 1)
}

/// Holds a proof against all plays, and the best from states on the way.
fn compare(program: &Program, all: &All, random: &mut Random, limits: Limits, what: &str) {
    let mut prover = Prover::new(program, limits);
    let proof = prover.prove();
    assert!(proof.complete || all.endless, "{what}");
    assert_eq!(met(&proof.targets.scenes), all.scenes, "{what}: scenes");
    assert_eq!(met(&proof.targets.options), all.options, "{what}: options");
    assert_eq!(met(&proof.targets.endings), all.endings, "{what}: endings");
    assert_eq!(met(&proof.targets.echoes), all.echoes, "{what}: echoes");
    assert_eq!(met(&proof.targets.stuck), all.stuck, "{what}: stuck");
    assert_eq!(!met(&proof.targets.endless).is_empty(), all.endless, "{what}: endless");
    assert_replays(program, &proof, what);
    // Where a play can go on for ever, so can the weight of its decisions.
    if all.endless {
        return;
    }
    let whole = |trust: Option<u8>| trust.map(|trust| Ratio::new(u64::from(trust), 1));
    println!("{what}");
    assert_summit(program, proof.best.as_ref(), all.best, score);
    assert_summit(program, proof.worst.as_ref(), all.worst, score);
    assert_summit(program, proof.most_trust.as_ref(), whole(all.most_trust), trust);
    assert_summit(program, proof.least_trust.as_ref(), whole(all.least_trust), trust);
    for _ in 0..6.min(all.on_the_way.len()) {
        let (state, tally) = &all.on_the_way[random.below(all.on_the_way.len())];
        let exact = brute::all_from(program, state, tally, PLAYS);
        for (found, exact) in
            [(prover.best_from(state, tally), exact.best), (prover.worst_from(state, tally), exact.worst)]
        {
            assert!(found.as_ref().is_none_or(|found| found.complete));
            assert_eq!(found.as_ref().map(|found| found.reached), exact, "{what}");
            assert_eq!(found.as_ref().map(|found| found.bound), exact, "{what}");
        }
    }
}

/// With facts tracked in the tables of bounds, and without.
fn compare_both_ways(program: &Program, seed: u64, what: &str) -> bool {
    let all = brute::all(program, PLAYS);
    if all.too_many {
        return false;
    }
    let mut random = Random(seed);
    for places in [60_000, 0] {
        // Where a play can go on for ever there is no end to the search for its best.
        let states = if all.endless { 2_000 } else { 1_000_000 };
        let limits = Limits { places, states, checked: false };
        compare(program, &all, &mut random, limits, &format!("{what}, seed {seed}, places {places}"));
    }
    true
}

#[test]
fn small_programs_come_to_what_every_play_comes_to() {
    let (mut compared, mut strange) = (0, 0);
    for seed in 0..count(150) {
        let mut random = Random(seed);
        let shape = small::Shape {
            scenes: 6,
            loops: seed % 2 == 0,
            wild: seed % 5 == 0,
            draws: seed % 3 == 0,
            most: if seed % 7 == 0 { 100 } else { 15 },
        };
        let program = small::program(&mut random, shape);
        compared += u32::from(compare_both_ways(&program, seed, "small"));
        strange += u32::from(shape.wild);
    }
    println!("{compared} compared, {strange} of them wild");
    assert!(u64::from(compared) * 2 > count(150), "{compared}");
}

#[test]
fn small_stories_come_to_what_every_play_comes_to() {
    let mut compared = 0;
    for seed in 0..count(60) {
        let shape = generated::Shape {
            scenes: 3 + usize::try_from(seed % 5).expect("small"),
            seed,
            conditional: 30,
            echoes: 50,
            draws: if seed % 3 == 0 { 20 } else { 0 },
            loops: if seed % 2 == 0 { 15 } else { 0 },
        };
        let checked = check("generated.toml", shape.toml().as_bytes());
        let Some(scenario) = checked.into_scenario() else {
            continue;
        };
        compared += u32::from(compare_both_ways(&Story::new(scenario).program, seed, "story"));
    }
    println!("{compared} compared");
    assert!(u64::from(compared) * 4 > count(60), "{compared}");
}

/// Every condition of small programs gets the answers that it gets in all their states.
#[test]
fn conditions_answer_what_they_answer_in_every_state() {
    let (mut compared, mut settled) = (0, 0);
    for seed in 0..count(300) {
        let mut random = Random(seed);
        let shape = small::Shape {
            scenes: 6,
            loops: seed % 2 == 0,
            wild: seed % 5 == 0,
            draws: seed % 3 == 0,
            most: if seed % 7 == 0 { 100 } else { 15 },
        };
        let program = small::program(&mut random, shape);
        let Some(exact) = asked::all(&program, 3_000) else {
            continue;
        };
        let found = Answers::of(&program, 100_000).expect("few states");
        for (at, option) in program.options.iter().enumerate().filter(|(_, option)| !option.when.is_empty()) {
            assert_eq!(found.options[at], exact.options[at], "seed {seed}: option {at}, {option:?}");
        }
        for (at, echo) in program.echoes.iter().enumerate().filter(|(_, echo)| !echo.when.is_empty()) {
            assert_eq!(found.echoes[at], exact.echoes[at], "seed {seed}: echo {at}, {echo:?}");
        }
        for (at, exit) in program.exits.iter().enumerate().filter(|(_, exit)| !exit.when.is_empty()) {
            let answers = (found.exits[at], found.taken[at]);
            assert_eq!(answers, (exact.exits[at], exact.taken[at]), "seed {seed}: exit {at}, {exit:?}");
            settled += u32::from(!found.exits[at].is_open());
        }
        compared += 1;
    }
    println!("{compared} compared, {settled} entries of gotos that were not in doubt");
    assert!(u64::from(compared) * 2 > count(300) && settled > compared, "{compared}, {settled}");
}

/// The proof of what is shipped: complete, its witnesses replay, and no random play comes out above or below it.
#[test]
fn no_random_play_beats_the_proof() {
    let shipped = plays::shipped();
    let random_plays = 40_000 / u64::try_from(shipped.len()).expect("a few");
    for story in shipped {
        let program = &story.program;
        let proof = Prover::new(program, Limits::default()).prove();
        assert!(proof.complete);
        assert_replays(program, &proof, &story.scenario.id);
        let (best, worst) = (proof.best.expect("an end"), proof.worst.expect("an end"));
        assert_eq!(score(&replay(program, &best.witness), program), best.reached);
        assert_eq!(score(&replay(program, &worst.witness), program), worst.reached);
        let mut random = Random(7);
        for seed in 0..random_plays {
            let mut run = Run::begin(program, Seed(seed));
            while let Place::Scene(_) = run.state().place {
                let open = program.open(run.state());
                let options: Vec<u8> = (0..8).filter(|option| open & (1 << option) != 0).collect();
                let chosen = ridealong::engine::Chosen(options[random.below(options.len())]);
                run.choose(program, chosen).expect("open");
            }
            let total = score(&run, program);
            assert!(worst.reached <= total && total <= best.reached, "{}: seed {seed}", story.scenario.id);
        }
    }
}

/// With next to no budget nothing is claimed that isn't so.
#[test]
fn out_of_budget_bounds_hold() {
    for story in plays::shipped() {
        let program = &story.program;
        let exact = Prover::new(program, Limits::default()).prove();
        for states in [0, 1, 5, 50, 500] {
            for places in [60_000, 0] {
                let proof = Prover::new(program, Limits { states, places, checked: true }).prove();
                for (cut, whole) in [(&proof.best, &exact.best), (&proof.worst, &exact.worst)] {
                    let (cut, whole) = (cut.as_ref().expect("a play"), whole.as_ref().expect("a play"));
                    assert!(cut.complete || !proof.complete);
                    assert!(!cut.complete || cut.reached == whole.reached);
                    let (low, high) = (cut.bound.min(cut.reached), cut.bound.max(cut.reached));
                    assert!(low <= whole.reached && whole.reached <= high, "{cut:?} {whole:?}");
                }
                let pairs = proof.targets.scenes.iter().zip(&exact.targets.scenes);
                for (cut, whole) in pairs.chain(proof.targets.options.iter().zip(&exact.targets.options)) {
                    assert!(cut.known().is_none() || cut.known() == whole.known());
                }
            }
        }
    }
}
