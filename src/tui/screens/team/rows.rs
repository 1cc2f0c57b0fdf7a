//! A list of things of which one is selected, so many rows each.

use ratatui::layout::{Position, Rect};

use crate::tui::msg::Msg;

/// Where a list stands, and how much of it there is.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    pub(super) area: Rect,
    /// Rows of each.
    pub(super) each: u16,
    pub(super) count: usize,
    pub(super) selected: usize,
}

impl Rows {
    fn fitting(self) -> usize {
        usize::from(self.area.height / self.each.max(1)).max(1)
    }

    /// The first that shows, so that the selected one is in sight.
    fn first(self) -> usize {
        self.selected.min(self.count.saturating_sub(1)).saturating_sub(self.fitting() - 1)
    }

    /// Those that show, each with its place on the screen.
    pub(super) fn places(self) -> impl Iterator<Item = (usize, Rect)> {
        let Self { area, each, count, .. } = self;
        let place = move |row: u16| Rect { y: area.y.saturating_add(row.saturating_mul(each)), height: each, ..area };
        (self.first()..count)
            .zip(0..)
            .map(move |(at, row)| (at, place(row).intersection(area)))
            .take_while(|(_, place)| !place.is_empty())
    }

    /// The one at a position.
    pub(super) fn at(self, position: Position) -> Option<usize> {
        self.places().find(|(_, place)| place.contains(position)).map(|(at, _)| at)
    }

    /// The one that a message selects; nothing if it selects none.
    pub(super) fn moved(self, msg: Msg) -> Option<usize> {
        let last = self.count.saturating_sub(1);
        let now = self.selected.min(last);
        Some(match msg {
            Msg::Up => now.checked_sub(1).unwrap_or(last),
            Msg::Down => {
                if now < last {
                    now + 1
                } else {
                    0
                }
            }
            Msg::Wheel(lines) => now.saturating_add_signed(lines.signum().into()).min(last),
            Msg::PageUp => now.saturating_sub(self.fitting()),
            Msg::PageDown => (now + self.fitting()).min(last),
            Msg::First => 0,
            Msg::Last => last,
            _ => return None,
        })
    }
}
