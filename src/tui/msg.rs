//! What a player can ask for, whatever key or click it came from.

use ratatui::layout::Position;

/// A message to the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Msg {
    /// One up.
    Up,
    /// One down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// One to the left, or back.
    Left,
    /// One to the right, or on.
    Right,
    /// Yes, go on.
    Confirm,
    /// The option or page with this number, from 0.
    Pick(usize),
    /// Away from here.
    Back,
    /// Search the menu.
    Filter,
    /// A letter for the search.
    Type(char),
    /// Takes a letter away.
    Erase,
    /// The settings.
    Settings,
    /// What came of practice.
    Progress,
    /// The keys.
    Help,
    /// The story so far.
    History,
    /// The card from before the start.
    Briefing,
    /// Begins a scenario anew that was left.
    Anew,
    /// Back to the last decision.
    Undo,
    /// Plays again from a decision.
    Replay,
    /// A file of the debrief.
    Export,
    /// What was not chosen.
    Roads,
    /// All problems of the file that is watched, or the first ones.
    Problems,
    /// The wheel turned: lines to scroll, up if negative.
    Wheel(i8),
    /// A click.
    Click(Position),
    /// Stops, as a shell's job does.
    Suspend,
    /// Draws everything anew.
    Redraw,
    /// Ends the program.
    Quit,
}
