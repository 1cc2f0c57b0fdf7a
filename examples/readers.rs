//! The test for a finished scenario: sheets for readers, and how many best options their answers hit.
//!
//! `readers options FILE SEED` prints the options alone, shuffled; `readers scenes FILE SEED` the same with the story;
//! `readers marks FILE SEED ANSWERS` takes a reader's answers, a line a scene (`3 B`), and tells which of them hit.
#![allow(clippy::print_stdout, missing_docs)]

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use ridealong::engine::draw::{Seed, shuffled};
use ridealong::scenario::library::Entry;
use ridealong::scenario::{Condition, Decision, FlagId, Scenario, Scene, SceneKind};

const LETTERS: [char; 8] = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [what, file, seed, rest @ ..] = args.as_slice() else { bail!("readers options|scenes|marks FILE SEED") };
    let entry = Entry::at(Path::new(file));
    let scenario = entry.scenario().with_context(|| format!("{file} can't be played; see ridealong check"))?;
    let seed = Seed(seed.parse().context("the seed is a number")?);
    match (what.as_str(), rest) {
        ("options", []) => decisions(scenario).for_each(|(number, _, decision)| {
            println!("## {number}");
            options(scenario, number, decision, seed);
        }),
        ("scenes", []) => story(scenario, seed),
        ("marks", [answers]) => marks(scenario, seed, &std::fs::read_to_string(answers)?),
        _ => bail!("readers options|scenes|marks FILE SEED"),
    }
    Ok(())
}

/// The decisions with their scenes, numbered from 1 in the file's order.
fn decisions(scenario: &Scenario) -> impl Iterator<Item = (u32, &Scene, &Decision)> {
    let found = scenario.scenes.iter().filter_map(|scene| match &scene.kind {
        SceneKind::Decision(decision) => Some((scene, decision)),
        SceneKind::Passage(_) => None,
    });
    (1..).zip(found).map(|(number, (scene, decision))| (number, scene, decision))
}

/// The options of a decision in the order in which they are shown, as places in the file's order.
fn order(number: u32, decision: &Decision, seed: Seed) -> Vec<usize> {
    shuffled(seed, number, decision.options.len())
}

fn options(scenario: &Scenario, number: u32, decision: &Decision, seed: Seed) {
    for (letter, place) in LETTERS.iter().zip(order(number, decision, seed)) {
        let option = &decision.options[place];
        let when = words(scenario, &option.when).map_or(String::new(), |when| format!(" (open {when})"));
        println!("{letter}. {}{when}", option.text);
    }
    println!();
}

fn story(scenario: &Scenario, seed: Seed) {
    println!("# {}\n\n{}\n\n{}\n", scenario.title, scenario.summary, scenario.briefing);
    for person in &scenario.cast {
        println!("- {}, {} ({}). {} {}", person.name, person.title, person.role.id(), person.about, person.wants);
    }
    println!("\nScenes stand in the order of the file. Where one is met on some roads only, that is said.\n");
    let mut number = 0;
    for scene in &scenario.scenes {
        if let SceneKind::Decision(_) = scene.kind {
            number += 1;
            println!("## {number}  {}", scene.title);
        } else if !scene.text.is_empty() {
            println!("## (told in between) {}", scene.title);
        }
        for road in roads(scenario, scene) {
            println!("[you come here {road}]");
        }
        for echo in &scene.echoes {
            println!("[{}: {}]\n", words(scenario, &echo.when).unwrap_or_default(), echo.text);
        }
        println!("{}\n", scene.text);
        if let SceneKind::Decision(decision) = &scene.kind {
            options(scenario, number, decision, seed);
        }
    }
}

/// What must hold on the ways into a scene; nothing if one of them is free.
fn roads(scenario: &Scenario, to: &Scene) -> Vec<String> {
    let gotos = scenario.scenes.iter().flat_map(|scene| match &scene.kind {
        SceneKind::Decision(decision) => decision.options.iter().map(|option| &option.goto).collect::<Vec<_>>(),
        SceneKind::Passage(goto) => vec![goto],
    });
    let leads = |exit: &&ridealong::scenario::Exit| matches!(exit.to, ridealong::scenario::Target::Scene(id) if scenario.scene(id).id == to.id);
    let mut roads: Vec<Option<String>> =
        gotos.flat_map(|goto| goto.0.iter().filter(leads).map(|exit| words(scenario, &exit.when))).collect();
    roads.sort();
    roads.dedup();
    roads.into_iter().collect::<Option<Vec<String>>>().unwrap_or_default()
}

/// A condition as a reader may know it: what is remembered in full, meters and facts by name.
fn words(scenario: &Scenario, condition: &Condition) -> Option<String> {
    if condition.is_empty() {
        return None;
    }
    let flag = |id: &FlagId| scenario.flags.get(id.index()).map_or("?", |fact| fact.text.trim_end_matches('.'));
    let mut parts: Vec<String> = condition.flags.iter().map(|id| format!("if: {}", flag(id))).collect();
    parts.extend(condition.without.iter().map(|id| format!("if not: {}", flag(id))));
    let knows = condition.knows.iter().filter_map(|id| scenario.insights.get(id.index()));
    parts.extend(knows.map(|fact| format!("if your rep knows: {}", fact.text.trim_end_matches('.'))));
    parts.extend(condition.meters.iter().map(|(meter, _)| format!("depending on {}", meter.id())));
    parts.extend(condition.insights.map(|_| "depending on what your rep knows".to_owned()));
    for group in &condition.any {
        let any: Vec<String> = group.iter().filter_map(|each| words(scenario, each)).collect();
        parts.push(any.join(", or "));
    }
    Some(parts.join("; "))
}

fn marks(scenario: &Scenario, seed: Seed, answers: &str) {
    let lines = answers.lines().filter_map(|line| {
        let mut words = line.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        Some((words.next()?.parse::<u32>().ok()?, words.next()?.chars().next()?.to_ascii_uppercase()))
    });
    let answers: BTreeMap<u32, char> = lines.collect();
    let (mut met, mut all) = (0, 0);
    for (number, scene, decision) in decisions(scenario) {
        let best = decision.options.iter().map(|option| option.key).max();
        let shown = order(number, decision, seed);
        let answered = answers.get(&number).and_then(|letter| LETTERS.iter().position(|there| there == letter));
        let chosen = answered.and_then(|at| shown.get(at)).map(|place| &decision.options[*place]);
        let hit = chosen.map(|option| option.key) == best;
        all += 1;
        met += u32::from(hit);
        let ids: Vec<&str> =
            decision.options.iter().filter(|option| Some(option.key) == best).map(|option| &*option.id).collect();
        let (mark, chosen) = (if hit { "hit " } else { "miss" }, chosen.map_or("nothing", |option| &option.id));
        println!("  {mark} {number} {}: chose {chosen}, best is {}", scene.id, ids.join(" or "));
    }
    println!("{}: {met} of {all} ({}%)", scenario.id, met * 100 / all.max(1));
}
