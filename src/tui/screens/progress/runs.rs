//! All runs, the latest first.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::Shown;
use crate::terms::RunState;
use crate::tui::screens::View;
use crate::tui::widgets::frame;

/// Narrower rows have the day alone, so that there is room for the title.
const ROOMY: u16 = 60;

/// The first run that shows, so that the selected one is in sight.
fn first(selected: usize, area: Rect) -> usize {
    selected.saturating_sub(usize::from(area.height).saturating_sub(1))
}

/// The run at a position, if one is there.
pub(super) fn at(area: Rect, selected: usize, count: usize, position: Position) -> Option<usize> {
    let place = first(selected, area) + usize::from(position.y.checked_sub(area.y)?);
    (area.contains(position) && place < count).then_some(place)
}

pub(super) fn render(runs: &[Shown], selected: usize, view: &View, area: Rect, buf: &mut Buffer) {
    let look = &view.look;
    if runs.is_empty() {
        Line::styled("No runs yet.", look.theme.muted).render(area, buf);
        return;
    }
    for (row, (place, shown)) in area.rows().zip(runs.iter().enumerate().skip(first(selected, area))) {
        let here = place == selected;
        if here {
            buf.set_style(row, look.theme.selected);
        }
        let style = |style: Style| if here { look.theme.selected } else { style };
        let pointer = if here { look.glyphs.pointer } else { " " };
        let (came_to, color) = came_to(shown, view);
        let when = if row.width < ROOMY { shown.when.get(5..10).unwrap_or(&shown.when) } else { &shown.when };
        let title = look.glyphs.spell(&shown.run.summary.title).into_owned();
        let line = Line::from(vec![
            Span::styled(format!("{pointer} {when}  "), style(look.theme.muted)),
            Span::styled(came_to, style(color)),
            Span::styled(format!("  {title}"), style(look.theme.text)),
        ]);
        frame::cut(look, line, row.width).render(row, buf);
    }
}

/// What a run came to, in a few words of one width.
fn came_to(shown: &Shown, view: &View) -> (String, Style) {
    let theme = &view.look.theme;
    let summary = &shown.run.summary;
    let (said, style) = match (&summary.outcome, shown.run.state, shown.run.first) {
        (Some(outcome), _, None) => (format!("{:>3}  {}", outcome.score, outcome.title), theme.text),
        (Some(outcome), _, Some(_)) => (format!("{:>3}  practice", outcome.score), theme.muted),
        (None, RunState::Open, _) => {
            (format!("  {} left at {}", view.look.glyphs.pointer, summary.decisions + 1), theme.good)
        }
        (None, _, _) => (format!("     broken off at {}", summary.decisions + 1), theme.muted),
    };
    (format!("{said:<20}"), style)
}
