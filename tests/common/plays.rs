//! What several tests share: stories from files, and policies that play them.
#![allow(clippy::expect_used, clippy::panic, dead_code, unreachable_pub)]

use std::path::Path;

use ridealong::engine::program::PlayOption;
use ridealong::engine::{Chosen, Place, Run, Seed};
use ridealong::scenario::library::Entry;
use ridealong::story::Story;
use ridealong::terms::{Meter, Posture};

/// The pinned scenario that engine and score are measured by.
pub const ORACLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/corner-office.toml");

/// A shorter story with a pinned text.
pub const SIDE_DOOR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/side-door.toml");

/// A story from a file that has no errors.
pub fn story(path: impl AsRef<Path>) -> Story {
    match Entry::at(path.as_ref()).into_content() {
        Ok(loaded) => Story::new(loaded.scenario),
        Err(problem) => panic!("{}: {problem:?}", path.as_ref().display()),
    }
}

/// Stories that are made for tests: a small one, and one in which everything happens.
pub fn made() -> Vec<Story> {
    ["small", "everything"]
        .map(|name| story(format!("{}/tests/fixtures/{name}.toml", env!("CARGO_MANIFEST_DIR"))))
        .into()
}

/// Every scenario that is shipped.
pub fn shipped() -> Vec<Story> {
    let library = ridealong::scenario::library::Library::open(None);
    library.entries().map(|entry| Story::new(entry.scenario().expect("a good one").clone())).collect()
}

/// A way of choosing among the open options, in the order in which they are shown.
pub type Policy<'p> = &'p dyn Fn(&Story, u32, &[(Chosen, &PlayOption)]) -> Chosen;

/// Plays to the end.
pub fn play(story: &Story, seed: u64, policy: Policy<'_>) -> Run {
    let mut run = story.begin(Seed(seed));
    while let Place::Scene(scene) = run.state().place {
        let open = story.program.open(run.state());
        let mut options: Vec<(Chosen, &PlayOption)> = run
            .shown_order(&story.program)
            .into_iter()
            .filter(|chosen| open & (1 << chosen.0) != 0)
            .map(|chosen| (chosen, story.program.option(scene, chosen)))
            .collect();
        // Where two are alike, the first in the file, as the figures were made; the closer takes the first one shown.
        options.sort_by_key(|(chosen, _)| chosen.0);
        let chosen = policy(story, scene, &options);
        run.choose(&story.program, chosen).expect("an open option");
    }
    run
}

/// The option for which `of` is highest; the first of equals.
pub fn highest<K: Ord>(options: &[(Chosen, &PlayOption)], of: impl Fn(&PlayOption) -> K) -> Chosen {
    options.iter().rev().max_by_key(|(_, option)| of(option)).expect("an option").0
}

/// The best key.
pub fn leader(_: &Story, _: u32, options: &[(Chosen, &PlayOption)]) -> Chosen {
    highest(options, |option| option.key)
}

/// The highest gain in momentum now.
pub fn closer(_: &Story, _: u32, options: &[(Chosen, &PlayOption)]) -> Chosen {
    highest(options, |option| option.effect.get(Meter::Momentum))
}

/// Takes over, the worst way first.
pub fn take_over(_: &Story, _: u32, options: &[(Chosen, &PlayOption)]) -> Chosen {
    highest(options, |option| (option.posture == Posture::TakeOver, std::cmp::Reverse(option.key)))
}

/// The numbers that a run's choices have where they are shown.
pub fn numbers(story: &Story, run: &Run) -> Vec<usize> {
    let mut again = story.begin(run.seed());
    let number = |chosen: Chosen, again: &mut Run| {
        let at = again.shown_order(&story.program).iter().position(|shown| *shown == chosen).expect("shown");
        again.choose(&story.program, chosen).expect("an open option");
        at + 1
    };
    run.choices().into_iter().map(|chosen| number(chosen, &mut again)).collect()
}
