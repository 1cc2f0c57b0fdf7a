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
    /// Team sessions.
    Teams,
    /// Joins a session.
    Join,
    /// Steers a session.
    Steer,
    /// The board of a session.
    Board,
    /// What came of a session, scene by scene.
    Results,
    /// A step of a session's facilitator.
    Step(Steering),
    /// Somebody gets another name.
    Rename,
    /// Somebody is taken off the board, or put back.
    Remove,
    /// Somebody is erased for good.
    Forget,
    /// A run is taken back, or counts again.
    Withdraw,
    /// Points, or bands of points that are too near to tell apart.
    Bands,
    /// Takes the letter away that the cursor stands on.
    Delete,
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

/// What a facilitator does with a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steering {
    /// Opens it.
    Open,
    /// Freezes the board.
    Freeze,
    /// Seals it.
    Seal,
    /// Shows one more place.
    Reveal,
    /// Pauses it, or goes on.
    Pause,
    /// Closes it five minutes later.
    Extend,
    /// Closes it now.
    Close,
}
