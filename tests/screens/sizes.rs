//! Every screen at every size: nothing panics, nothing is drawn outside.

use std::cell::Cell;
use std::collections::BTreeSet;

use ridealong::engine::{Chosen, Place, Run, Seed};
use ridealong::keeper::Forgetful;
use ridealong::prove::{Limits, Prover};
use ridealong::scenario::SceneKind;
use ridealong::story::Story;
use ridealong::tui::settings::Settings;
use ridealong::tui::shelf::Listing;

use crate::player::{Player, SCREENS, go};
use crate::plays::{numbers, play, shipped};

/// All sizes with `RIDEALONG_ALL_SIZES=1`; else the small ones and a sample of the others.
fn sizes() -> Vec<(u16, u16)> {
    let all = std::env::var_os("RIDEALONG_ALL_SIZES").is_some();
    let taken =
        |width: u16, height: u16| all || (width <= 4 && height <= 4) || (width * 7 + height * 5).is_multiple_of(97);
    let every = (1..=200).flat_map(|width| (1..=60).map(move |height| (width, height)));
    every.filter(|(width, height)| taken(*width, *height)).collect()
}

#[test]
fn every_screen_draws_at_every_size() {
    for (name, keys) in SCREENS {
        let mut player = Player::new((80, 24));
        go(&mut player, keys);
        for size in sizes() {
            let buffer = player.buffer_at(size);
            assert_eq!(buffer.area.area(), u32::from(size.0) * u32::from(size.1), "{name} at {size:?}");
        }
    }
}

#[test]
fn every_key_works_at_every_size() {
    for size in [(1, 1), (5, 3), (12, 60), (30, 10), (31, 11), (40, 12), (200, 4), (72, 19), (80, 24), (500, 200)] {
        for (_, keys) in SCREENS.iter().filter(|(name, _)| !name.starts_with("debrief")) {
            let mut player = Player::new(size);
            player
                .keys(keys)
                .keys("down down up pgdn pgup home end left right tab backtab h esc i esc ? esc u space enter");
            player.click(size.0 / 2, size.1 / 2);
            player.click(size.0.saturating_sub(1), size.1.saturating_sub(1));
            player.click(u16::MAX, u16::MAX);
            player.buffer();
        }
    }
}

#[test]
fn too_small_a_screen_says_what_it_needs_and_that_it_is_there() {
    let player = Player::new((24, 8));
    assert!(player.words().contains("Ridealong needs 30x10; this is 24x8."), "{}", player.text());
}

/// Roads that meet every decision of a story between them: a seed each, and the numbers to press.
fn roads(story: &Story) -> Vec<(Seed, Vec<usize>)> {
    let decisions = story.program.scenes.iter().filter(|scene| !scene.options.is_empty()).count();
    let (mut met, mut roads) = (BTreeSet::new(), Vec::new());
    for seed in 0..500 {
        let chance = Cell::new(seed);
        let run = play(story, seed % 7, &|_, _, options| {
            chance.set(chance.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
            options[usize::try_from(chance.get() >> 33).expect("small") % options.len()].0
        });
        let before = met.len();
        met.extend(run.steps().iter().map(|step| step.scene));
        if met.len() > before {
            roads.push((run.seed(), numbers(story, &run)));
        }
    }
    if met.len() == decisions {
        return roads;
    }
    // To what chance hardly ever comes to, the proof knows a way.
    let program = &story.program;
    let proof = Prover::new(program, Limits { checked: true, ..Limits::of(program) }).prove();
    for (scene, reach) in (0..).zip(&proof.targets.scenes) {
        if !program.scenes[scene as usize].options.is_empty() && met.insert(scene) {
            let way = proof.witness(*reach).expect("a way there");
            let mut run = Run::replay(program, way.seed.expect("a seed"), &way.choices).expect("open options");
            let open = program.open(run.state());
            run.choose(program, Chosen(u8::try_from(open.trailing_zeros()).expect("small"))).expect("open");
            roads.push((run.seed(), numbers(story, &run)));
        }
    }
    roads
}

/// The play screen's promise at 80x24: every option whole, and trust beside it, in every scene of every shipped story.
#[test]
fn every_option_shows_whole_beside_trust_at_80_by_24() {
    let settings = Settings { reduce_motion: true, ..Settings::default() };
    for story in shipped() {
        for (seed, numbers) in roads(&story) {
            let listings = vec![Listing::story(story.clone(), false)];
            let mut player = Player::seeded(seed, Box::new(Forgetful::default()), (80, 24), settings, listings);
            player.keys("enter enter");
            let mut run = story.begin(seed);
            for number in numbers {
                let shown = player.read_on().words();
                let Place::Scene(scene) = run.state().place else { panic!("it has ended") };
                let SceneKind::Decision(decision) = &story.scenario.scenes[scene as usize].kind else {
                    panic!("a passage")
                };
                // Lines may end within words, after a hyphen.
                let solid = |text: &str| text.split_whitespace().collect::<String>();
                for option in &decision.options {
                    assert!(solid(&shown).contains(&solid(&option.text)), "an option is cut:\n{}", player.text());
                }
                for meter in ["Trust in", "Growth", "Momentum", "Bypass"] {
                    assert!(shown.contains(meter), "{meter} is missing:\n{}", player.text());
                }
                let chosen = run.shown_order(&story.program)[number - 1];
                run.choose(&story.program, chosen).expect("open");
                player.keys(&number.to_string());
            }
        }
    }
}
