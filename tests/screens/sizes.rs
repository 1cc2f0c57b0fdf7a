//! Every screen at every size: nothing panics, nothing is drawn outside.

use crate::player::{Player, SCREENS, go};

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

/// The play screen's promise at 80x24: every option whole, and trust beside it, in every scene of every shipped story.
#[test]
fn every_option_shows_whole_beside_trust_at_80_by_24() {
    use std::collections::BTreeSet;

    use ridealong::scenario::SceneKind;
    use ridealong::tui::settings::Settings;
    use ridealong::tui::shelf::Listing;

    use crate::player::{shipped, words};

    for id in ["corner-office", "side-door"] {
        let story = shipped(id);
        let decisions = story.scenario.scenes.iter().filter_map(|scene| match &scene.kind {
            SceneKind::Decision(decision) => Some((scene.title.to_string(), decision.options.clone())),
            SceneKind::Passage(_) => None,
        });
        let decisions: Vec<_> = decisions.collect();
        let mut seen = BTreeSet::new();
        let settings = Settings { reduce_motion: true, ..Settings::default() };
        // Roads enough to meet every scene: which option is taken at which decision comes from a number in base 4.
        for road in 0..600_usize {
            if seen.len() == decisions.len() {
                break;
            }
            let mut player = Player::at_menu((80, 24), settings, vec![Listing::story(shipped(id), false)]);
            player.keys("enter enter");
            let mut choice = road.wrapping_mul(2_654_435_761);
            for _ in 0..120 {
                let shown = player.words();
                if shown.contains("Debrief") {
                    break;
                }
                let here =
                    decisions.iter().position(|(_, options)| options.iter().all(|o| shown.contains(&words(&o.text))));
                let choosing = shown.contains("1-4 choose");
                if choosing {
                    let title = player.text().lines().next().unwrap_or_default().to_owned();
                    let here = here.unwrap_or_else(|| panic!("an option is cut at {title}:\n{}", player.text()));
                    assert!(shown.contains("Trust in"), "{}", player.text());
                    assert!(shown.contains("Growth") && shown.contains("Momentum") && shown.contains("Bypass"));
                    seen.insert(here);
                    player.keys(&format!("{} ", choice % 4 + 1));
                    choice /= 4;
                }
                player.keys("enter");
            }
        }
        let missed: Vec<_> = (0..decisions.len()).filter(|at| !seen.contains(at)).map(|at| &decisions[at].0).collect();
        assert!(missed.is_empty(), "{id}: not seen: {missed:?}");
    }
}
