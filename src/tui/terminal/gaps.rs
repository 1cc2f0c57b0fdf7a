//! Fewer bytes for the same frame.
//!
//! Where a text replaces another, some of their letters are the same by chance, and ratatui leaves those cells out.
//! Moving the cursor over such a gap takes about eight bytes; writing the cells again takes one each.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};

/// Gaps of more cells than this are jumped over.
const LONGEST: u16 = 7;

/// A cell with its column and row.
pub(super) type Placed = (u16, u16, Cell);

/// What is on the screen, as far as it was drawn, so that gaps can be filled from it.
#[derive(Default)]
pub(super) struct Gaps {
    shown: Buffer,
}

impl Gaps {
    /// Forgets what is on the screen, which has this size.
    pub(super) fn start_anew(&mut self, width: u16, height: u16) {
        self.shown = Buffer::empty(Rect::new(0, 0, width, height));
    }

    /// The cells to write, gaps that are cheaper to write than to jump over filled.
    pub(super) fn fill<'a>(&mut self, content: impl Iterator<Item = (u16, u16, &'a Cell)>) -> Vec<Placed> {
        let mut filled: Vec<Placed> = Vec::new();
        for (x, y, cell) in content {
            let gap = filled.last().and_then(|last| self.gap(last, x, y)).unwrap_or_default();
            filled.extend(gap);
            filled.push((x, y, cell.clone()));
            if let Some(shown) = self.shown.cell_mut(Position { x, y }) {
                *shown = cell.clone();
            }
        }
        filled
    }

    /// The cells between the last one written and the next, if writing them is cheaper.
    fn gap(&self, (last_x, last_y, last): &Placed, x: u16, y: u16) -> Option<Vec<Placed>> {
        let from = last_x.checked_add(1)?;
        if *last_y != y || x <= from || x - from > LONGEST {
            return None;
        }
        let cells = (from..x).map(|x| Some((x, y, self.shown.cell(Position { x, y })?.clone())));
        let cells: Vec<Placed> = cells.collect::<Option<_>>()?;
        // Another style would cost more than the jump, and half a wide character can't be written.
        let plain = |cell: &Cell| cell.symbol().is_ascii() && same_style(cell, last);
        (last.symbol().is_ascii() && cells.iter().all(|(_, _, cell)| plain(cell))).then_some(cells)
    }
}

fn same_style(one: &Cell, other: &Cell) -> bool {
    (one.fg, one.bg, one.modifier) == (other.fg, other.bg, other.modifier)
}

#[cfg(test)]
mod tests {
    use ratatui::style::Style;

    use super::*;

    /// What is written when `before` is on the screen and `after` replaces it.
    fn written(before: &Buffer, after: &Buffer) -> Vec<Placed> {
        let mut gaps = Gaps::default();
        gaps.start_anew(before.area.width, before.area.height);
        gaps.fill(Buffer::empty(before.area).diff(before).into_iter());
        gaps.fill(before.diff(after).into_iter())
    }

    fn text(placed: &[Placed]) -> String {
        placed.iter().map(|(_, _, cell)| cell.symbol()).collect()
    }

    #[test]
    fn short_gaps_are_written_and_long_ones_jumped_over() {
        let before = Buffer::with_lines(["one or the other           end"]);
        let after = Buffer::with_lines(["ere so far ether           and"]);
        assert_eq!(text(&written(&before, &after)), "ere so far ea");
    }

    #[test]
    fn gaps_in_another_style_or_script_are_jumped_over() {
        let before = Buffer::with_lines(["a bbb c", "x 王 y"]);
        let mut after = Buffer::with_lines(["1 bbb 2", "3 王 4"]);
        let mut styled = before.clone();
        styled.set_style(Rect::new(2, 0, 3, 1), Style::new().bold());
        after.set_style(Rect::new(2, 0, 3, 1), Style::new().bold());
        assert_eq!(text(&written(&styled, &after)), "1234");
    }

    #[test]
    fn the_screen_looks_the_same_with_gaps_filled() {
        let lines = ["The quick brown fox", "jumps over the dog.", "Then quite a brown ", "jump, over the fog."];
        let before = Buffer::with_lines(lines[..2].iter().copied());
        let after = Buffer::with_lines(lines[2..].iter().copied());
        let mut screen = before.clone();
        for (x, y, cell) in written(&before, &after) {
            screen[(x, y)] = cell;
        }
        assert_eq!(screen, after);
    }
}
