//! What the checker lets pass ends: small stories made at random, each accepted one gone through state by state.

#![allow(clippy::expect_used, clippy::format_push_string, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

#[path = "common/broken.rs"]
mod broken;

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use broken::Random;
use ridealong::diagnostic::Code;
use ridealong::engine::{Place, Program, Seed, State};
use ridealong::scenario::check::check;
use ridealong::story::Story;

/// The parts of the file that these stories don't vary.
const HEAD: &str = r#"
format = 1
id = "small"
title = "T"
summary = "S"
level = 1
minutes = 5
language = "en"
industry = "I"
deal = "D"
briefing = "B"
cast.a = { name = "A", role = "rep", title = "T" }
cast.b = { name = "B", role = "customer", title = "T" }
start = { scene = "s0", trust = 50, growth = 50, momentum = 50, bypass = 50 }
insights = { i0 = "I", i1 = "I" }
flags = { f0 = "F", f1 = "F", f2 = "F" }
"#;

/// A condition, empty quite often.
fn condition(random: &mut Random, depth: usize) -> String {
    let flag = random.below(3);
    let one = match random.below(10) {
        0 | 1 => format!("flags = [\"f{flag}\"]"),
        2..=4 => format!("without = [\"f{flag}\"]"),
        5 => format!("knows = [\"i{}\"]", random.below(2)),
        6 => format!("insights = {{ max = {} }}", random.below(2)),
        7 => format!("trust = {{ min = {} }}", 45 + random.below(10)),
        8 => format!("trust = {{ max = {} }}", 45 + random.below(10)),
        _ if depth > 0 => format!("any = [{}, {}]", condition(random, depth - 1), condition(random, depth - 1)),
        _ => format!("insights = {{ min = {} }}", 1 + random.below(2)),
    };
    format!("{{ {one} }}")
}

fn target(random: &mut Random, scenes: usize) -> String {
    match random.below(scenes + 1) {
        scene if scene < scenes => format!("s{scene}"),
        _ => "end".to_owned(),
    }
}

/// A few entries, the last one mostly without a condition.
fn goto(random: &mut Random, scenes: usize) -> String {
    let mut text = "goto = [".to_owned();
    let draws = random.below(4) == 0;
    let chance = |random: &mut Random| {
        if draws && random.below(3) > 0 { format!(", chance = {}", 1 + random.below(3)) } else { String::new() }
    };
    for _ in 0..random.below(3) {
        let (to, chance) = (target(random, scenes), chance(random));
        write!(text, "{{ to = \"{to}\", when = {}{chance} }}, ", condition(random, 1)).unwrap();
    }
    let (to, chance) = (target(random, scenes), chance(random));
    if random.below(8) == 0 {
        write!(text, "{{ to = \"{to}\", when = {}{chance} }}]", condition(random, 1)).unwrap();
    } else {
        write!(text, "{{ to = \"{to}\"{chance} }}]").unwrap();
    }
    text + "\n"
}

fn story(random: &mut Random) -> String {
    let mut text = HEAD.to_owned();
    let scenes = 1 + random.below(3);
    for scene in 0..scenes {
        writeln!(text, "[[scene]]\nid = \"s{scene}\"").unwrap();
        if random.below(4) == 0 {
            text += &goto(random, scenes);
            continue;
        }
        text += "title = \"T\"\nrule = \"present\"\ntext = \"T\"\n";
        for option in 0..=random.below(3) {
            writeln!(text, "[[scene.option]]\nid = \"o{option}\"\ntext = \"T\"\nposture = \"lead\"\nform = \"ask\"")
                .unwrap();
            text += "key = 1\nthen = \"T\"\nwhy = \"w\"\n";
            if random.below(2) == 0 {
                writeln!(text, "set = [\"f{}\"]", random.below(3)).unwrap();
            }
            if random.below(4) == 0 {
                writeln!(text, "learn = [\"i{}\"]", random.below(2)).unwrap();
            }
            if random.below(3) == 0 {
                writeln!(text, "when = {}\nclosed = \"C\"", condition(random, 1)).unwrap();
            }
            if random.below(4) == 0 {
                text += "once = true\n";
            }
            if random.below(4) == 0 {
                writeln!(text, "effect = {{ trust = {} }}", if random.below(2) == 0 { 3 } else { -3 }).unwrap();
            }
            text += &goto(random, scenes);
        }
    }
    text + "[[ending]]\nid = \"end\"\nkind = \"learned\"\ntitle = \"E\"\ntext = \"E\"\n"
}

/// Goes through every state that can be reached; panics at one that leads nowhere or to itself.
fn explore(program: &Program, state: &State, met: &mut HashMap<State, bool>, text: &str) {
    match state.place {
        Place::Ending(_) => return,
        Place::Nowhere => panic!("endless passages:\n{text}"),
        Place::Scene(_) => {}
    }
    match met.get(state) {
        Some(true) => return,
        Some(false) => panic!("an endless loop:\n{text}"),
        None => {}
    }
    met.insert(state.clone(), false);
    let open = program.open(state);
    assert_ne!(open, 0, "every option closed:\n{text}");
    for option in (0..8).filter(|option| open & (1 << option) != 0) {
        let next = every_draw(program, |seed| {
            let mut next = state.clone();
            program.choose(&mut next, option, seed, &mut ()).unwrap();
            next
        });
        for next in &next {
            explore(program, next, met, text);
        }
    }
    met.insert(state.clone(), true);
}

/// Seeds enough for every way that a draw can go, here where no weight is above 3 and a goto has three entries.
const SEEDS: u64 = 64;

/// What comes of a step, whatever is drawn. Nothing but draws depends on the number of decisions, so that is left out.
fn every_draw(program: &Program, step: impl Fn(Seed) -> State) -> HashSet<State> {
    let seeds = if program.exits.iter().any(|exit| exit.chance > 0) { SEEDS } else { 1 };
    let next = (0..seeds).map(|seed| {
        let mut next = step(Seed(seed));
        next.decisions = 0;
        next
    });
    next.collect()
}

#[test]
fn accepted_stories_end_in_every_play() {
    let count = std::env::var("STORIES").ok().and_then(|count| count.parse().ok()).unwrap_or(6000);
    let (mut accepted, mut looping, mut drawing) = (0, 0, 0);
    for seed in 0..count {
        let text = story(&mut Random(seed));
        let checked = check("small.toml", text.as_bytes());
        let reasons = [
            Code::EndlessLoop,
            Code::AllClosed,
            Code::GotoCanFail,
            Code::ImpossibleCondition,
            Code::BoundsCrossed,
            Code::NoDecision,
        ];
        for diagnostic in checked.diagnostics() {
            assert!(!diagnostic.is_error() || reasons.contains(&diagnostic.code), "{diagnostic:?}\n{text}");
        }
        let Some(scenario) = checked.into_scenario() else {
            continue;
        };
        accepted += 1;
        let program = Story::new(scenario).program;
        let mut met = HashMap::new();
        for state in every_draw(&program, |seed| program.begin(seed, &mut ())) {
            explore(&program, &state, &mut met, &text);
        }
        drawing += u32::from(program.exits.iter().any(|exit| exit.chance > 0));
        let mut scenes: Vec<Place> = met.keys().map(|state| state.place).collect();
        let states = scenes.len();
        scenes.sort_unstable();
        scenes.dedup();
        looping += u32::from(states > scenes.len());
    }
    println!("{accepted} of {count} accepted; in {looping} of them a scene is met in several states, {drawing} draw");
    assert!(accepted > 150 && looping > 30, "{accepted} accepted, {looping} with scenes met again");
    assert!(drawing > 50, "{drawing} with draws");
}
