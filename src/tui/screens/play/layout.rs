//! Where things stand on the play screen. Drawing and clicks both ask here.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::tui::widgets::frame;
use crate::tui::widgets::options::OptionList;
use crate::tui::widgets::prose::COLUMN;
use crate::tui::widgets::trust::TrustPanel;

/// From this width on, text and trust stand side by side.
const WIDE: u16 = 72;
/// Rows that text and trust want beside each other.
const UPPER: u16 = 9;
/// Rows beyond which text and trust don't grow.
const UPPER_AT_MOST: u16 = 18;
/// Options are no wider than this, so that their lines stay easy to read.
const OPTIONS: u16 = 94;
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
    /// Whether options are cut to a line, but for the selected one.
    pub(super) is_folded: bool,
}

impl Places {
    /// Whether text and trust stand side by side.
    pub(super) const fn is_wide(&self) -> bool {
        self.panel.y == self.text.y
    }
}

/// Rows below which a narrow screen has no lines between its parts.
const LINES: u16 = 14;

/// Divides the screen: what is read, and the options, if they show.
pub(super) fn places(area: Rect, list: &OptionList<'_>, choosing: bool) -> Places {
    let frame::Parts { bar, body, hints } = frame::tight_parts(area, COLUMN + 3 + 36);
    let count = u16::try_from(list.items.len()).unwrap_or(u16::MAX);
    // Most options take two rows; keeping that much free lets the screen stand still from scene to scene.
    let needed = list.rows(body.width.min(OPTIONS)).max(count.saturating_mul(2));
    if body.width + 2 >= WIDE && body.height > UPPER + needed {
        let spaced = needed.saturating_add(count.saturating_sub(1));
        let lower = if body.height > 18 + spaced { spaced } else { needed };
        let upper = (body.height - 1).saturating_sub(lower).min(UPPER_AT_MOST);
        // What is left over goes above and below, so that the screen doesn't hang from its top.
        let free = (body.height - 1).saturating_sub(upper).saturating_sub(lower) / 3;
        let body = Rect { y: body.y + free, height: body.height - free, ..body };
        return wide(bar, body, hints, upper);
    }
    let line = u16::from(body.height >= LINES);
    let room = body.height.saturating_sub(TrustPanel::STRIP + 2 * line);
    let whole = list.rows(body.width);
    let options = match (choosing, room.saturating_sub(TEXT) >= whole) {
        // Reading needs no options; choosing folds them where there is no room.
        (false, _) => 0,
        (true, true) => whole,
        (true, false) => list.folded_rows(body.width).min(room.saturating_sub(1)),
    };
    let is_folded = choosing && options < whole;
    Places { is_folded, ..narrow(bar, body, hints, options, line) }
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
    let options = Rect { width: options.width.min(OPTIONS), ..options };
    Places { bar, body, text, panel, options, lines: [side, line], hints, is_folded: false }
}

fn narrow(bar: Rect, body: Rect, hints: Rect, options: u16, line: u16) -> Places {
    let rows = [
        Constraint::Length(TrustPanel::STRIP),
        Constraint::Length(line),
        Constraint::Fill(1),
        Constraint::Length(line.min(options)),
        Constraint::Length(options),
    ];
    let [panel, upper, text, lower, options] = body.layout(&Layout::vertical(rows));
    Places { bar, body, text, panel, options, lines: [upper, lower], hints, is_folded: false }
}
