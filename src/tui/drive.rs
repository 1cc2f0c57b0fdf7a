//! The seam between a terminal and what is shown in it.
//!
//! A terminal knows how to draw, wait and give itself back; a [`Drive`] knows what to show and what an event means.
//! Neither knows more of the other than this, so the same app runs in a local terminal, in a test, or many at a time.

use std::time::Duration;

use crossterm::event::Event;
use ratatui::Frame;

/// What the terminal does after an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// Nothing changed: nothing is drawn.
    Nothing,
    /// Draws the screen anew.
    Redraw,
    /// Gives the terminal back and stops, as a shell's job does; on return everything is drawn.
    Suspend,
    /// Ends.
    Quit,
}

/// Something that a terminal can show and pass events to.
pub trait Drive {
    /// An event came in: a key, a click, a new size, a paste. The first of all is the size, before anything is drawn.
    fn event(&mut self, event: Event) -> Flow;

    /// Draws what is there, within whatever size the frame has. Changes nothing.
    fn draw(&self, frame: &mut Frame<'_>);

    /// How long until [`Self::tick`] is wanted. Nothing while nothing moves: then the terminal waits for an event.
    fn next_tick(&self) -> Option<Duration>;

    /// Time has passed since the last tick, or since motion began.
    fn tick(&mut self, passed: Duration) -> Flow;

    /// Somebody outside rang: there is something to be fetched, by whatever way the drive knows. See
    /// [`Bell`](super::terminal::Bell).
    fn woken(&mut self) -> Flow {
        Flow::Nothing
    }
}
