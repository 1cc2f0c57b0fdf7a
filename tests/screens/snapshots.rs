//! Every screen as text, to be looked at when it changes.

use crate::player::{Player, SCREENS, go};

fn snapshot(name: &str, keys: &str, size: (u16, u16)) {
    let mut player = Player::new(size);
    go(&mut player, keys);
    insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), player.text());
}

#[test]
fn every_screen_at_80_by_24() {
    for (name, keys) in SCREENS {
        snapshot(name, keys, (80, 24));
    }
}

#[test]
fn play_and_debrief_at_other_sizes() {
    let wanted = ["play", "play_selected", "play_consequence", "debrief", "debrief_trust", "debrief_decisions"];
    for (name, keys) in SCREENS.iter().filter(|(name, _)| wanted.contains(name)) {
        for size in [(100, 30), (160, 45), (60, 20), (40, 12)] {
            snapshot(name, keys, size);
        }
    }
}
