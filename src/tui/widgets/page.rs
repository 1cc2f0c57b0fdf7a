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
    /// Lines scrolled past; more than there are counts as the end.
    pub scroll: usize,
    /// How things look.
    pub look: Look,
}

/// The furthest that so many lines can be scrolled in an area of a height.
pub const fn furthest(lines: usize, height: u16) -> usize {
    lines.saturating_sub(height as usize)
}

impl Widget for Page<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let furthest = furthest(self.lines.len(), area.height);
        let scroll = self.scroll.min(furthest);
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
