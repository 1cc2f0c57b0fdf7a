//! Where things stand on the play screen. Drawing and clicks both ask here.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::tui::widgets::frame;
use crate::tui::widgets::prose::COLUMN;
use crate::tui::widgets::trust::TrustPanel;

/// From this width on, text and trust stand side by side.
const WIDE: u16 = 72;
/// Rows that text and trust want beside each other.
const UPPER: u16 = 9;
/// Rows beyond which text and trust don't grow.
const UPPER_AT_MOST: u16 = 22;
/// Rows of text that stay on a narrow screen as long as they can.
const TEXT: u16 = 4;

/// The parts of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Places {
    /// The bar at the top.
    pub(super) bar: Rect,
    /// Everything between bar and hints.
    pub(super) body: Rect,
    /// What is told.
    pub(super) text: Rect,
    /// Trust and the other meters.
    pub(super) panel: Rect,
    /// What can be chosen.
    pub(super) options: Rect,
    /// Lines between the parts.
    pub(super) lines: [Rect; 2],
    /// The hints at the bottom.
    pub(super) hints: Rect,
}

impl Places {
    /// Whether text and trust stand side by side.
    pub(super) const fn is_wide(&self) -> bool {
        self.panel.y == self.text.y
    }
}

/// Divides the screen for `count` options that need `rows(width)` rows.
pub(super) fn places(area: Rect, count: usize, selected: bool, choosing: bool, rows: impl Fn(u16) -> u16) -> Places {
    let frame::Parts { bar, body, hints } = frame::parts(area, COLUMN + 3 + 36);
    let count = u16::try_from(count).unwrap_or(u16::MAX);
    // Most options take two rows; keeping that much free lets the screen stand still from scene to scene.
    let needed = rows(body.width).max(count.saturating_mul(2));
    if body.width + 2 >= WIDE && body.height > UPPER + needed {
        let spaced = needed.saturating_add(count.saturating_sub(1));
        let lower = if body.height > 18 + spaced { spaced } else { needed };
        let upper = (body.height - 1).saturating_sub(lower).min(UPPER_AT_MOST);
        return wide(bar, body, hints, upper);
    }
    // Reading needs no options; choosing folds them where there is no room.
    let room = body.height.saturating_sub(TrustPanel::STRIP + 2);
    let needed = rows(body.width);
    let folded = if selected { needed.min(count + 3) } else { count };
    let options = match (choosing, room.saturating_sub(TEXT) >= needed) {
        (false, _) => 0,
        (true, true) => needed,
        (true, false) => room.saturating_sub(TEXT).max(folded).min(room),
    };
    narrow(bar, body, hints, options)
}

fn wide(bar: Rect, body: Rect, hints: Rect, upper: u16) -> Places {
    let rows = Layout::vertical([Constraint::Length(upper), Constraint::Length(1), Constraint::Fill(1)]);
    let [upper, line, options] = body.layout(&rows);
    let panel = match body.width {
        ..90 => 24,
        90..110 => 30,
        110.. => 36,
    };
    let columns = [
        Constraint::Fill(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Length(panel),
    ];
    let [text, _, side, _, panel] = upper.layout(&Layout::horizontal(columns));
    let text = Rect { width: text.width.min(COLUMN), ..text };
    Places { bar, body, text, panel, options, lines: [side, line], hints }
}

fn narrow(bar: Rect, body: Rect, hints: Rect, options: u16) -> Places {
    let rows = [
        Constraint::Length(TrustPanel::STRIP),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(u16::from(options > 0)),
        Constraint::Length(options),
    ];
    let [panel, upper, text, lower, options] = body.layout(&Layout::vertical(rows));
    Places { bar, body, text, panel, options, lines: [upper, lower], hints }
}
