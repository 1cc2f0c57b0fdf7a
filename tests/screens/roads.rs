//! The roads not taken: what is said of options that were closed.

use std::path::Path;

use ridealong::scenario::library::Entry;
use ridealong::story::Story;
use ridealong::tui::settings::Settings;
use ridealong::tui::shelf::Listing;

use crate::player::Player;

/// In the story with everything there are options for once without a reason of their own.
#[test]
fn a_closed_option_always_has_a_reason() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/everything.toml");
    let mut seen = String::new();
    for place in 0..4 {
        let story = Story::new(Entry::at(Path::new(path)).into_content().expect("a good file").scenario);
        let settings = Settings { reduce_motion: true, ..Settings::default() };
        let mut player = Player::at_menu((160, 90), settings, vec![Listing::story(story, true)]);
        player.keys("enter enter").play_out(place).keys("4 o");
        for _ in 0..12 {
            seen += &player.words();
            player.keys("down");
        }
    }
    assert!(seen.contains("Roads not taken"), "{seen}");
    assert!(
        seen.contains("(closed: you have done this already)") && seen.contains("(closed: You went round.)"),
        "{seen}"
    );
    assert!(!seen.contains("(closed: )"), "{seen}");
}
