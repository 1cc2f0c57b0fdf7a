//! What the player has asked for: colours, characters, motion, when to be told why.

use super::keymap::OwnKeys;
use super::look::{Look, Terminal};
use super::theme::ThemeName;
use crate::terms::Feedback;
use crate::text::Text;

/// Keeps changed settings: given what they were and what they are, it says if they can't be kept.
pub type SaveSettings = Box<dyn FnMut(&Settings, &Settings) -> Option<Text>>;

/// Writes a file of this name and content where the player will find it; it says where that is, or why it can't be.
pub type WriteFile = Box<dyn FnMut(&str, &[u8]) -> Text>;

/// The player's settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Colours.
    pub theme: ThemeName,
    /// Plain characters even where others would show.
    pub ascii: bool,
    /// Meters jump instead of sliding.
    pub reduce_motion: bool,
    /// When a choice is commented.
    pub feedback: Feedback,
    /// Keys of the player's own.
    pub keys: OwnKeys,
}

impl Settings {
    /// How things look with these settings on a terminal.
    pub const fn look(&self, terminal: &Terminal) -> Look {
        Look { keys: self.keys, ..Look::new(self.theme, self.ascii, terminal) }
    }
}

/// The one after, or before, in a list that goes round.
pub fn turned<T: Copy + PartialEq>(all: &[T], now: T, forward: bool) -> T {
    let at = all.iter().position(|each| *each == now).unwrap_or(0);
    let step = if forward { 1 } else { all.len().saturating_sub(1) };
    all.get((at + step) % all.len().max(1)).copied().unwrap_or(now)
}
