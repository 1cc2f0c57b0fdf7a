//! Charts of trust: a line of small columns beside the play, and a chart of the whole run for the debrief.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::tui::look::Look;

/// Values from 0 to 100 as one row of columns, from their lowest to their highest, so that a fall shows; the last ones,
/// where there are more than fit.
pub fn sparkline(look: &Look, values: &[u8], width: usize) -> String {
    /// A narrower range than this is drawn as if it were this wide: small moves stay small.
    const RANGE: u8 = 28;
    let levels = look.glyphs.levels;
    let highest = values.iter().copied().max().unwrap_or(0);
    let lowest = values.iter().copied().min().unwrap_or(0).min(highest.saturating_sub(RANGE));
    let range = usize::from((highest - lowest).max(RANGE));
    let level = |value: u8| usize::from(value - lowest) * levels.len().saturating_sub(1) / range;
    let last = values.len().saturating_sub(width);
    values.iter().skip(last).filter_map(|value| levels.get(level(*value))).copied().collect()
}

/// One column of a chart.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// How high it is, 0 to 100.
    pub value: u8,
    /// What it is called below: the number of the decision; 0 for the start.
    pub number: usize,
    /// Whether it is a turning point.
    pub turning: bool,
    /// Its colour.
    pub style: Style,
}

/// Columns from 0 to 100, numbered below, with their values on top where there is room.
pub struct Chart<'a> {
    /// How things look.
    pub look: Look,
    /// From left to right.
    pub columns: &'a [Column],
}

impl Widget for Chart<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let [axis, plot] = area.layout(&Layout::horizontal([Constraint::Length(4), Constraint::Fill(1)]));
        let [bars, line, numbers] =
            plot.layout(&Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Length(1)]));
        let theme = &self.look.theme;
        for (value, row) in [(100, 0), (50, bars.height / 2), (0, bars.height)] {
            let place = Rect { y: axis.y.saturating_add(row), height: 1, ..axis }.intersection(area);
            Line::styled(format!("{value:>3}"), theme.muted).render(place, buf);
        }
        Line::styled(self.look.glyphs.horizontal.repeat(usize::from(line.width)), theme.line).render(line, buf);
        let count = u16::try_from(self.columns.len()).unwrap_or(u16::MAX);
        let step = (plot.width / count.max(1)).clamp(1, 9);
        let fitting = usize::from(plot.width / step);
        let hidden = self.columns.len().saturating_sub(fitting);
        for (place, column) in (0..).zip(self.columns.iter().skip(hidden)) {
            let x = plot.x.saturating_add(step.saturating_mul(place));
            let cell = |rows: Rect| Rect { x, width: step, ..rows }.intersection(rows);
            self.column(*column, cell(bars), buf);
            let mark = if column.turning { self.look.glyphs.turning } else { " " };
            // In the middle of its column, which leaves a gap to the next.
            let width = usize::from(step).saturating_sub(1);
            let number = match column.number {
                0 if width < 5 => format!("{:^width$}", 0),
                0 => format!("{:^width$}", "start"),
                number => format!("{:^width$}", format!("{number}{mark}").trim_end()),
            };
            if step >= 4 {
                Line::styled(number, if column.turning { theme.accent } else { theme.muted })
                    .render(cell(numbers), buf);
            } else if column.turning {
                Line::styled(mark, theme.accent).render(cell(numbers), buf);
            }
        }
    }
}

impl Chart<'_> {
    fn column(&self, column: Column, area: Rect, buf: &mut Buffer) {
        let levels = self.look.glyphs.levels;
        let steps = levels.len() as u64;
        let height = u64::from(column.value.min(100)) * u64::from(area.height) * steps / 100;
        let width = area.width.saturating_sub(u16::from(area.width > 1)).max(1).min(area.width);
        let mut top = None;
        for (up, row) in (0u64..).zip(area.rows().rev()) {
            let filled = height.saturating_sub(up * steps).min(steps);
            // In ASCII, rows are whole or empty: its levels tell heights in one row, not over several.
            let filled = if self.look.glyphs.ascii { filled * 2 / steps * steps } else { filled }.min(steps);
            let Some(glyph) = filled.checked_sub(1).and_then(|at| levels.get(usize::try_from(at).unwrap_or(0))) else {
                top = top.or(Some(row));
                break;
            };
            Line::styled(glyph.repeat(usize::from(width)), column.style).render(Rect { width, ..row }, buf);
        }
        if let Some(row) = top
            && width >= 3
        {
            let value = format!("{:^1$}", column.value, usize::from(width));
            Line::styled(value, self.look.theme.text).render(row, buf);
        }
    }
}
