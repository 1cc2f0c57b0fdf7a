//! The strip below the screen, while there is something to be said about saving; and what waits for it.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::super::screens::play::Play;
use super::super::widgets::prose::Prose;
use super::App;
use crate::tui::drive::Flow;

/// How long a consequence waits at most for its choice to be saved. After that the strip tells that it isn't yet.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often it is looked whether it is saved: only for the case that nobody rings.
const LOOK: Duration = Duration::from_millis(100);
/// The strip is never higher than this part of the screen.
const PART: u16 = 4;

/// The play after a choice that is still being saved.
pub(super) struct Held {
    play: Play,
    waited: Duration,
}

impl Held {
    pub(super) const fn new(play: Play) -> Self {
        Self { play, waited: Duration::ZERO }
    }

    pub(super) fn wait(&mut self, passed: Duration) {
        self.waited = self.waited.saturating_add(passed);
    }

    pub(super) fn next_look(&self) -> Duration {
        LOOK.min(PATIENCE.saturating_sub(self.waited))
    }
}

impl App {
    /// Shows the consequence that was held back, if its choice is saved or that takes too long.
    pub(super) fn release(&mut self) -> Flow {
        let over = |held: &mut Held| self.book.is_settled() || held.waited >= PATIENCE;
        match self.held.take_if(over) {
            Some(held) => {
                self.show(held.play);
                Flow::Redraw
            }
            None => Flow::Nothing,
        }
    }

    /// What is to be said, and how.
    fn said(&self) -> Option<(String, Style)> {
        let theme = &self.look().theme;
        match (self.book.trouble(), &self.notice) {
            (Some(trouble), _) => Some((trouble.to_string(), theme.bad)),
            (None, Some(notice)) => Some((notice.to_string(), theme.accent)),
            (None, None) if !self.book.is_settled() => Some(("Saving ...".to_owned(), theme.muted)),
            (None, None) => None,
        }
    }

    fn strip_lines(&self, width: u16) -> Vec<Line<'static>> {
        let Some((said, style)) = self.said() else { return Vec::new() };
        let look = self.look();
        let mut prose = Prose::new(look, width.saturating_sub(2).max(1));
        prose.paragraph(&said, style);
        prose.into_lines()
    }

    /// The screen, and the strip below it.
    pub(super) fn parts(&self, area: Rect) -> (Rect, Rect) {
        let lines = u16::try_from(self.strip_lines(area.width).len()).unwrap_or(u16::MAX);
        let rows = lines.min((area.height / PART).max(1));
        let [above, strip] = area.layout(&Layout::vertical([Constraint::Fill(1), Constraint::Length(rows)]));
        (above, strip)
    }

    pub(super) fn render_strip(&self, area: Rect, buf: &mut Buffer) {
        let [_, inner] = area.layout(&Layout::horizontal([Constraint::Length(1), Constraint::Fill(1)]));
        self.strip_lines(area.width).into_iter().zip(inner.rows()).for_each(|(line, row)| line.render(row, buf));
    }
}
