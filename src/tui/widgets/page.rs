//! A page of lines that scrolls where it is longer than its area, and says so.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::tui::look::Look;

/// Lines, and how far they are scrolled.
pub struct Page<'a> {
    /// What is shown.
    pub lines: &'a [Line<'static>],
    /// How far they are scrolled.
    pub scroll: Scroll,
    /// How things look.
    pub look: Look,
}

/// How far a page is scrolled. It may lie past the end where the page has become shorter or its area higher; then the
/// end counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scroll(usize);

impl Scroll {
    /// At the end, however long the page is.
    pub const END: Self = Self(usize::MAX);

    /// The first line that shows, of so many, in an area of a height.
    pub fn first(self, lines: usize, height: u16) -> usize {
        self.0.min(furthest(lines, height))
    }

    /// Whether there are lines below.
    pub fn more_below(self, lines: usize, height: u16) -> bool {
        self.first(lines, height) < furthest(lines, height)
    }

    /// Scrolls by lines, down if positive; answers whether that changed anything.
    pub fn by(&mut self, by: isize, lines: usize, height: u16) -> bool {
        let before = self.first(lines, height);
        self.0 = before.saturating_add_signed(by).min(furthest(lines, height));
        self.0 != before
    }
}

/// The furthest that so many lines can be scrolled in an area of a height.
const fn furthest(lines: usize, height: u16) -> usize {
    lines.saturating_sub(height as usize)
}

impl Widget for Page<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let furthest = furthest(self.lines.len(), area.height);
        let scroll = self.scroll.first(self.lines.len(), area.height);
        for (row, line) in area.rows().zip(self.lines.iter().skip(scroll)) {
            line.render(row, buf);
        }
        // The last column, which text leaves free, tells that there is more.
        let mut mark = |row: Option<Rect>, mark: &str| {
            if let Some(row) = row {
                let last = Rect { x: row.right().saturating_sub(1), width: row.width.min(1), ..row };
                Line::styled(mark.to_owned(), self.look.theme.accent).render(last, buf);
            }
        };
        let [above, below] = self.look.glyphs.scroll;
        if scroll > 0 {
            mark(area.rows().next(), above);
        }
        if scroll < furthest {
            mark(area.rows().next_back(), below);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scroll_past_the_end_counts_as_the_end() {
        let mut scroll = Scroll::default();
        assert!(scroll.by(100, 30, 10));
        assert_eq!(scroll.first(30, 10), 20);
        // The area has become higher: the next line up is one from the new end.
        assert!(scroll.by(-1, 30, 25));
        assert_eq!(scroll.first(30, 25), 4);
        assert!(!scroll.by(-1, 30, 40), "all of it shows");
        assert_eq!(Scroll::END.first(30, 10), 20);
    }
}
