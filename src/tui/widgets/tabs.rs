//! The titles of a screen's pages, side by side.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::tui::look::Look;

/// Titles of pages, and the one that shows.
#[derive(Clone, Copy)]
pub struct Tabs<'a> {
    /// From left to right.
    pub titles: &'a [&'static str],
    /// The place of the one that shows.
    pub current: usize,
}

impl Tabs<'_> {
    /// Where each title stands. Where they don't all fit, the first ones give way to the current one.
    fn places(self, area: Rect) -> Vec<(usize, Rect)> {
        let width = |title: &str| u16::try_from(title.width() + 2).unwrap_or(0);
        let needed = |first: usize| {
            let shown = self.titles.iter().take(self.current + 1).skip(first);
            shown.map(|title| width(title)).sum::<u16>()
        };
        let mut first = 0;
        while needed(first) > area.width && first < self.current {
            first += 1;
        }
        let mut x = area.x;
        let place = |(at, title): (usize, &&str)| {
            let tab = Rect { x, width: width(title), ..area }.intersection(area);
            x = x.saturating_add(width(title));
            (at, tab)
        };
        self.titles.iter().enumerate().skip(first).map(place).collect()
    }

    /// The page whose title stands at a position, by its place.
    pub fn at(self, area: Rect, position: Position) -> Option<usize> {
        self.places(area).into_iter().find(|(_, tab)| tab.contains(position)).map(|(at, _)| at)
    }

    /// Draws them.
    pub fn render(self, look: &Look, area: Rect, buf: &mut Buffer) {
        for (at, place) in self.places(area) {
            let style = if at == self.current { look.theme.selected } else { look.theme.muted };
            let title = self.titles.get(at).copied().unwrap_or_default();
            Line::styled(format!(" {title} "), style).render(place, buf);
        }
    }
}
