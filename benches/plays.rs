//! Random plays a second, score included, beside a bare loop over flat arrays in the same run: the limit.
//!
//! The bare loop walks the same graph with the same generator and the same draws a decision. It adds four meters
//! without soft ends and knows no conditions, echoes, insights, flags or score: nothing that plays this story could
//! be faster. `cargo bench --bench plays` prints both and their ratio; rounds alternate, and the best of each counts,
//! so that other work on the machine disturbs both alike.
#![allow(clippy::expect_used, clippy::print_stdout)]

#[path = "../tests/common/generated.rs"]
mod generated;

use std::hint::black_box;
use std::time::{Duration, Instant};

use generated::Shape;
use ridealong::engine::program::{Program, Span, Target};
use ridealong::engine::{Game, Seed};
use ridealong::prove::chance::Chance;
use ridealong::scenario::check::check;
use ridealong::scenario::library::Library;
use ridealong::story::Story;
use ridealong::terms::Meter;

/// Rounds of each; the best one counts.
const ROUNDS: u32 = 15;
/// How long a round takes, about.
const ROUND: Duration = Duration::from_millis(60);

fn main() {
    // `cargo test --benches` only wants to see that it runs.
    let rounds = if std::env::args().any(|arg| arg == "--bench") { ROUNDS } else { 1 };
    println!(
        "{:<16} {:>12} {:>12} {:>6} {:>10} {:>10}",
        "random plays/s", "ridealong", "bare loop", "ratio", "decisions", "bare"
    );
    for scenes in [50, 5000] {
        let text = Shape::bench(scenes).toml();
        let story = Story::new(check("generated.toml", text.as_bytes()).into_scenario().expect("a good one"));
        compare(&format!("{scenes} scenes"), &story.program, rounds);
    }
    for entry in Library::open(None).entries() {
        let story = Story::new(entry.scenario().expect("a good one").clone());
        compare(&entry.id, &story.program, rounds);
    }
}

fn compare(name: &str, program: &Program, rounds: u32) {
    let bare = Bare::of(program);
    let mut game = Game::default();
    let (mut decisions, mut steps) = (0_u64, 0_u64);
    let mut engine = |play: u64| {
        let mut chance = Chance::of_play(1, play);
        let seed = Seed(chance.next());
        let ended = game.play(program, seed, u32::MAX, |met| met.nth(chance.below(met.count())));
        let (_, kind) = ended.expect("it ends");
        decisions += u64::from(game.state().decisions);
        game.score(program, kind).total.round()
    };
    let mut walk = |play: u64| {
        let mut chance = Chance::of_play(1, play);
        black_box(chance.next());
        let (meters, walked) = bare.play(&mut chance);
        steps += u64::from(walked);
        meters
    };
    // As many plays a round as fill it.
    let (mut plays, mut walks) = (1_u64, 1_u64);
    while time(plays, &mut engine) < ROUND / 4 {
        plays *= 2;
    }
    while time(walks, &mut walk) < ROUND / 4 {
        walks *= 2;
    }
    let (mut best, mut limit) = (Duration::MAX, Duration::MAX);
    for _ in 0..rounds {
        best = best.min(time(plays * 4, &mut engine));
        limit = limit.min(time(walks * 4, &mut walk));
    }
    let rate = |plays: u64, took: Duration| f64::from(u32::try_from(plays * 4).expect("small")) / took.as_secs_f64();
    let (engine, walk) = (rate(plays, best), rate(walks, limit));
    let mean = |sum: u64, plays: u64| sum / (plays * 2 - 1 + u64::from(rounds) * plays * 4);
    println!(
        "{name:<16} {engine:>12.0} {walk:>12.0} {:>6.2} {:>10} {:>10}",
        engine / walk,
        mean(decisions, plays),
        mean(steps, walks)
    );
}

fn time<T>(plays: u64, play: &mut impl FnMut(u64) -> T) -> Duration {
    let began = Instant::now();
    for number in 0..plays {
        black_box(play(number));
    }
    began.elapsed()
}

/// A story as bare as it gets: where each option leads and by how much it moves the meters.
struct Bare {
    start: u32,
    meters: [i32; 4],
    scenes: Vec<(u32, u32)>,
    options: Vec<([i32; 4], u32)>,
}

/// Where an ending is.
const END: u32 = u32::MAX;

impl Bare {
    fn of(program: &Program) -> Self {
        let to = |exits: Span| {
            // The last entry of a goto has no condition; passages are skipped beforehand.
            let mut exits = exits;
            loop {
                match program.exits[exits.range()].last().expect("an exit").to {
                    Target::Ending(_) => return END,
                    Target::Scene(scene) if !program.scenes[scene as usize].options.is_empty() => return scene,
                    Target::Scene(scene) => exits = program.scenes[scene as usize].exits,
                }
            }
        };
        Self {
            start: program.start,
            meters: Meter::ALL
                .to_vec()
                .try_into()
                .map(|all: [Meter; 4]| all.map(|m| i32::from(program.meters.get(m))))
                .expect("four"),
            scenes: program
                .scenes
                .iter()
                .map(|scene| (scene.options.start, scene.options.end - scene.options.start))
                .collect(),
            options: program
                .options
                .iter()
                .map(|option| {
                    let by = [Meter::Trust, Meter::Growth, Meter::Momentum, Meter::Bypass];
                    (by.map(|meter| i32::from(option.effect.get(meter))), to(option.exits))
                })
                .collect(),
        }
    }

    fn play(&self, chance: &mut Chance) -> ([i32; 4], u32) {
        let (mut scene, mut meters, mut steps) = (self.start, self.meters, 0);
        while scene != END {
            let (first, count) = self.scenes[scene as usize];
            let (by, to) = self.options[(first + chance.below(count)) as usize];
            for (meter, by) in meters.iter_mut().zip(by) {
                *meter += by;
            }
            scene = to;
            steps += 1;
        }
        (meters, steps)
    }
}
