//! What the screen is started with.

use super::theme::ThemeName;
use crate::engine::Seed;
use crate::scenario::library::{Entry, Library};
use crate::terms::Feedback;
use crate::text::Text;

/// What the command line says to the screen.
#[derive(Clone, Debug)]
pub struct Start {
    /// The scenarios to choose from.
    pub library: Library,
    /// The one to play at once; its file is good. Without one, the menu opens.
    pub scenario: Option<Entry>,
    /// Where the run's chance comes from; drawn if not given.
    pub seed: Option<Seed>,
    /// When choices are commented.
    pub feedback: Feedback,
    /// Who plays, if they said so: safe, on one line, 40 characters at most.
    pub name: Option<Text>,
    /// How the screen should look, as far as was said.
    pub wish: Wish,
}

/// What was said about how the screen should look. Nothing said leaves it to the settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Colours.
    pub theme: Option<ThemeName>,
    /// Plain characters only.
    pub ascii: bool,
    /// Nothing slides or moves.
    pub reduce_motion: bool,
}

/// The screen could not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// No terminal to draw on.
    #[error("there is no terminal to draw on; add --plain to play line by line: ridealong play --plain")]
    NoTerminal,
}

/// Shows the menu or plays, until somebody leaves.
///
/// # Errors
/// If there is no terminal to draw on.
pub fn run(start: Start) -> Result<(), StartError> {
    // PLACEHOLDER: the app takes over here.
    drop(start);
    Err(StartError::NoTerminal)
}
