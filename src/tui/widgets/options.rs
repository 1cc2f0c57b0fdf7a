//! The options of a decision: every one with its whole text, as long as there is any room for it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::frame::cut;
use super::prose::wrapped;
use crate::tui::look::Look;

/// Columns before an option's text: pointer, number, two blanks.
const LEAD: u16 = 5;

/// An option as it is shown.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it says.
    pub text: String,
    /// Whether it can be chosen, or was.
    pub state: ItemState,
}

/// Whether an option can be chosen, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemState {
    /// It can be chosen.
    Open,
    /// It can't; this is why.
    Closed(String),
    /// It was chosen.
    Chosen,
    /// Another was chosen.
    Passed,
}

/// The options of a decision in the order in which they are shown.
pub struct OptionList<'a> {
    /// How things look.
    pub look: Look,
    /// The options.
    pub items: &'a [Item],
    /// The one selected, if one is.
    pub selected: Option<usize>,
}

/// How much of each option there is room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    /// All of it, with empty lines between.
    Spaced,
    /// All of it.
    Dense,
    /// All of the selected one, a line of each other.
    Folded,
}

impl OptionList<'_> {
    /// Rows needed to show every option whole at a width, without empty lines between.
    pub fn rows(&self, width: u16) -> u16 {
        let rows: usize = self.items.iter().map(|item| self.text(item, width).len()).sum();
        u16::try_from(rows).unwrap_or(u16::MAX)
    }

    /// Rows needed where all but the selected one are cut to a line.
    pub fn folded_rows(&self, width: u16) -> u16 {
        let selected = self.selected.and_then(|selected| self.items.get(selected));
        let more = selected.map_or(0, |item| self.text(item, width).len().saturating_sub(1));
        u16::try_from(self.items.len() + more).unwrap_or(u16::MAX)
    }

    /// The option at a position, if one is there.
    pub fn at(&self, area: Rect, position: Position) -> Option<usize> {
        self.places(area).into_iter().find(|(_, place, _)| place.contains(position)).map(|(index, ..)| index)
    }

    fn text(&self, item: &Item, width: u16) -> Vec<String> {
        let whole = match &item.state {
            ItemState::Closed(reason) => format!("{} ({reason})", item.text),
            ItemState::Open | ItemState::Chosen | ItemState::Passed => item.text.clone(),
        };
        wrapped(&self.look.glyphs.spell(&whole), usize::from(width.saturating_sub(LEAD)))
    }

    /// Which option stands where, with its lines.
    fn places(&self, area: Rect) -> Vec<(usize, Rect, Vec<String>)> {
        let room = self.room(area);
        let mut all = Vec::new();
        let mut top = 0_u16;
        for (index, item) in self.items.iter().enumerate() {
            let mut lines = self.text(item, area.width);
            if room == Room::Folded && self.selected != Some(index) {
                let more = lines.len() > 1;
                lines.truncate(1);
                if more && let Some(line) = lines.first_mut() {
                    line.push_str(self.look.glyphs.more);
                }
            }
            let height = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            all.push((index, top, height, lines));
            top = top.saturating_add(height).saturating_add(u16::from(room == Room::Spaced));
        }
        // Where not even that fits, the selected option stays in sight.
        let selected = all.get(self.selected.unwrap_or(0));
        let bottom = selected.map_or(0, |(_, top, height, _)| top.saturating_add(*height));
        let above = bottom.saturating_sub(area.height);
        all.into_iter()
            .filter(|(_, top, ..)| *top >= above)
            .map(|(index, top, height, lines)| {
                let place = Rect { y: area.y.saturating_add(top - above), height, ..area };
                (index, place.intersection(area), lines)
            })
            .collect()
    }

    fn room(&self, area: Rect) -> Room {
        let rows = self.rows(area.width);
        let gaps = u16::try_from(self.items.len().saturating_sub(1)).unwrap_or(0);
        if rows.saturating_add(gaps) <= area.height {
            Room::Spaced
        } else if rows <= area.height {
            Room::Dense
        } else {
            Room::Folded
        }
    }

    fn styles(&self, index: usize, item: &Item) -> (Style, Style) {
        let theme = &self.look.theme;
        match item.state {
            ItemState::Open if self.selected == Some(index) => (theme.selected, theme.selected),
            ItemState::Open => (theme.accent, Style::new()),
            ItemState::Chosen => (theme.accent, theme.heading),
            ItemState::Closed(_) | ItemState::Passed => (theme.muted, theme.muted),
        }
    }
}

impl Widget for &OptionList<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        for (index, place, lines) in self.places(area) {
            let Some(item) = self.items.get(index) else { continue };
            let (number_style, text_style) = self.styles(index, item);
            let pointed = self.selected == Some(index) || item.state == ItemState::Chosen;
            if pointed && item.state == ItemState::Open {
                buf.set_style(place, self.look.theme.selected);
            }
            for (row, line) in place.rows().zip(lines.iter().enumerate()) {
                let (number, text) = line;
                let pointer = if pointed { self.look.glyphs.pointer } else { " " };
                let lead = match number {
                    0 => Span::styled(format!("{pointer} {}", index + 1), number_style),
                    _ => Span::styled("   ", text_style),
                };
                let spans = vec![lead, Span::styled(format!("  {text}"), text_style)];
                cut(&self.look, Line::from(spans), row.width).render(row, buf);
            }
        }
    }
}
