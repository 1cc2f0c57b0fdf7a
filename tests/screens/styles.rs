//! What themes may do, and what stays readable without them.

use ratatui::style::{Color, Modifier};
use ridealong::tui::theme::ThemeName;

use crate::player::{Player, SCREENS, go};

fn each_cell(theme: ThemeName, ascii: bool, mut look: impl FnMut(&str, &ratatui::buffer::Cell)) {
    for (name, keys) in SCREENS {
        let mut player = Player::themed((80, 24), theme, ascii);
        go(&mut player, keys);
        player.buffer().content.iter().for_each(|cell| look(name, cell));
    }
}

#[test]
fn no_colour_means_no_colour() {
    each_cell(ThemeName::None, false, |name, cell| {
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{name}");
    });
}

#[test]
fn terminal_colours_are_the_sixteen_and_no_background() {
    each_cell(ThemeName::Terminal, false, |name, cell| {
        assert_eq!(cell.bg, Color::Reset, "{name}");
        assert!(!matches!(cell.fg, Color::Indexed(_) | Color::Rgb(..) | Color::White | Color::Black), "{name}");
    });
}

#[test]
fn dark_light_and_contrast_fill_the_whole_screen() {
    for theme in [ThemeName::Dark, ThemeName::Light, ThemeName::Contrast] {
        each_cell(theme, false, |name, cell| {
            assert_ne!(cell.bg, Color::Reset, "{name} in {theme:?}");
            assert_ne!(cell.fg, Color::Reset, "{name} in {theme:?}");
        });
    }
}

#[test]
fn plain_characters_are_ascii() {
    each_cell(ThemeName::Dark, true, |name, cell| assert!(cell.symbol().is_ascii(), "{name}: {}", cell.symbol()));
}

/// What is selected can be told without colour: it is reversed and has a pointer.
#[test]
fn what_is_selected_shows_without_colour() {
    let mut player = Player::themed((80, 24), ThemeName::None, false);
    player.keys("enter enter down");
    let buffer = player.buffer();
    let row = (0..24).find(|row| buffer[(1, *row)].symbol() == "▸").expect("a pointer");
    assert!(buffer[(10, row)].modifier.contains(Modifier::REVERSED));
}

/// A change is told by sign and number, better or worse by style on top of that.
#[test]
fn changes_are_told_by_sign_and_number() {
    let mut player = Player::playing((80, 24));
    let mut signs = std::collections::BTreeSet::new();
    for pick in ["1", "2", "3", "4"] {
        player.keys(pick).keys("enter");
        let text = player.text();
        for sign in ["▲ +", "▼ -"] {
            if text.contains(sign) {
                signs.insert(sign);
            }
        }
        player.keys("enter enter u");
    }
    assert_eq!(signs.len(), 2);
}
