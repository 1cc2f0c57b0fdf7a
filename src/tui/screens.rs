//! The screens, one a file, each holding its state and its drawing.

pub mod briefing;
pub mod card;
pub mod debrief;
pub mod home;
pub mod play;
pub mod progress;
pub mod settings;
pub mod team;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::keymap::{self, Context, Hint};
use super::look::Look;
use super::widgets::frame;
use crate::store::KeptRun;
use crate::terms::{Feedback, Role};

/// What a screen may know of the world around it.
#[derive(Clone, Copy)]
pub struct View {
    /// All there is to draw in.
    pub area: Rect,
    /// How things look.
    pub look: Look,
    /// When a choice is commented.
    pub feedback: Feedback,
    /// Whether nothing may move.
    pub still: bool,
}

/// What a screen asks of the app.
pub enum Go {
    /// Nothing changed.
    Nothing,
    /// Something changed here.
    Redraw,
    /// To the menu.
    Home,
    /// To a scenario's briefing, or back into its run, by its place on the menu.
    Brief(usize),
    /// To a scenario's briefing, whatever was left of it before.
    Anew(usize),
    /// Begins a run of a scenario.
    Begin(usize),
    /// A choice was made, and this is the play after it.
    Answered(Box<play::Play>),
    /// A decision was taken back, and this is the play before it.
    TakenBack(Box<play::Play>),
    /// Plays again from a decision.
    Replay(Box<play::Play>),
    /// From the end of a run to its debrief.
    End,
    /// Writes the debrief that shows into a file.
    Export,
    /// To the settings.
    Settings,
    /// To what came of practice.
    Progress,
    /// To the debrief of a run that was kept.
    Past(Box<KeptRun>),
    /// To the team sessions.
    Teams,
    /// To a round of one of them.
    Play(Box<team::ToPlay>),
    /// Lays a card over the screen.
    Card(card::CardKind),
}

/// What the bottom line tells.
struct Hints {
    context: Context,
    /// How many options can be chosen by number.
    options: usize,
    /// Whether there is text below what shows.
    more: bool,
}

impl Hints {
    /// Draws the hints of the context: what its keys do, the help last.
    fn render(&self, look: &Look, area: Rect, buf: &mut Buffer) {
        let numbers = |shown: &str| match shown {
            keymap::NUMBERS => format!("1-{}", self.options),
            shown => keys(look, shown),
        };
        let help = (!self.context.types()).then_some(&keymap::HELP);
        let shown = |wanted: Hint| {
            let rows = keymap::rows(self.context).iter().chain(help).filter(move |row| row.hint == wanted);
            rows.map(|row| (numbers(row.shown), row.does)).collect::<Vec<_>>()
        };
        let mut main = shown(Hint::Main);
        if self.more {
            main.insert(1.min(main.len()), ("Space".to_owned(), "more text"));
        }
        frame::hints(look, area, &main, &shown(Hint::Steady), buf);
    }
}

/// Draws a context's hints.
fn hints(context: Context, look: &Look, area: Rect, buf: &mut Buffer) {
    Hints { context, options: 4, more: false }.render(look, area, buf);
}

/// How keys are written: the player's own, and arrows by name where no arrows show.
fn keys(look: &Look, shown: &str) -> String {
    if let Some(own) = look.keys.shown(shown) {
        return own.to_string();
    }
    if !look.glyphs.ascii {
        return shown.to_owned();
    }
    shown.replace("↑↓", "Up/Down").replace("←→", "Left/Right")
}

/// Somebody's part, as the player would say it.
const fn part(role: Role) -> &'static str {
    match role {
        Role::Rep => "your rep",
        Role::Customer => "the customer's side",
        Role::Boss => "your boss",
        Role::Colleague => "your side",
        Role::Other => "neither side",
    }
}
