//! Every decision: what you chose, what it did, what it cost, and, if asked for, the roads not taken.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use crate::engine::Run;
use crate::report::{Cost, Debrief, Decided, chosen_at_first, not_taken};
use crate::story::Story;
use crate::terms::{Feedback, Meter, Posture};
use crate::tui::screens::View;
use crate::tui::widgets::frame;
use crate::tui::widgets::prose::Prose;
use crate::tui::widgets::trust::{change, changes, echo};

/// What a decision's detail is made from.
pub(super) struct Shown<'a> {
    pub(super) story: &'a Story,
    pub(super) run: &'a Run,
    /// The first attempt, if this isn't it.
    pub(super) first: Option<&'a Run>,
    /// Whether the options that weren't chosen show.
    pub(super) roads: bool,
}

/// The list, the detail and the line between them.
pub(super) fn columns_and_line(area: Rect) -> (Rect, Rect, Rect) {
    if area.width >= 70 {
        let list = (area.width * 2 / 5).min(44);
        let columns = [Constraint::Length(list), Constraint::Length(1), Constraint::Fill(1)];
        let [list, side, detail] = area.layout(&Layout::horizontal(columns).spacing(1));
        return (list, detail, side);
    }
    let rows = [Constraint::Length((area.height / 3).max(1)), Constraint::Length(1), Constraint::Fill(1)];
    let [list, side, detail] = area.layout(&Layout::vertical(rows));
    (list, detail, side)
}

/// The list and the detail.
pub(super) fn columns(area: Rect) -> (Rect, Rect) {
    let (list, detail, _) = columns_and_line(area);
    (list, detail)
}

/// The first decision that shows, so that the selected one is in sight.
fn first(selected: usize, list: Rect) -> usize {
    selected.saturating_sub(usize::from(list.height).saturating_sub(1))
}

/// The decision at a position, if one is there.
pub(super) fn at(area: Rect, selected: usize, count: usize, position: Position) -> Option<usize> {
    let (list, _) = columns(area);
    let place = first(selected, list) + usize::from(position.y.checked_sub(list.y)?);
    (list.contains(position) && place < count).then_some(place)
}

pub(super) fn list(debrief: &Debrief<'_>, selected: usize, view: &View, area: Rect, buf: &mut Buffer) {
    let look = &view.look;
    let theme = &look.theme;
    let first = first(selected, area);
    for (row, (place, decided)) in area.rows().zip(debrief.decisions.iter().enumerate().skip(first)) {
        let [name, trust] = row.layout(&Layout::horizontal([Constraint::Fill(1), Constraint::Length(7)]).spacing(1));
        let here = place == selected;
        let style = if here { theme.selected } else { Style::new() };
        if here {
            buf.set_style(row, theme.selected);
        }
        let pointer = if here { look.glyphs.pointer } else { " " };
        let title = format!("{pointer}{:>2}  {}", place + 1, look.glyphs.spell(&decided.scene.title));
        frame::cut(look, Line::styled(title, style), name.width).render(name, buf);
        let mut moved = change(look, Meter::Trust, trust_change(decided));
        if here {
            moved.style = theme.selected;
        }
        Line::from(moved).render(trust, buf);
    }
}

fn trust_change(decided: &Decided<'_>) -> i8 {
    decided.in_all.iter().find(|change| change.meter == Meter::Trust).map_or(0, |change| change.by)
}

pub(super) fn detail(
    debrief: &Debrief<'_>,
    shown: &Shown<'_>,
    selected: usize,
    view: &View,
    width: u16,
) -> Vec<Line<'static>> {
    let theme = &view.look.theme;
    let mut prose = Prose::new(view.look, width.saturating_sub(1));
    let Some(decided) = debrief.decisions.get(selected) else {
        return Vec::new();
    };
    prose.paragraph(&decided.scene.title, theme.heading);
    prose.hanging(&format!("{} ", view.look.glyphs.pointer), &decided.option.text, theme.accent, Style::new());
    let moved = changes(&view.look, &decided.changes, prose.width());
    prose.indented(0, moved);
    if view.feedback != Feedback::None {
        let cost = debrief.costs.get(selected).copied().unwrap_or(Cost::Unknown);
        prose.paragraph(&verdict(decided, cost), theme.muted);
    }
    let at_first = shown.first.and_then(|first| chosen_at_first(shown.story, shown.run, first, selected));
    if let Some(other) = at_first {
        prose.led_by("At first you chose:", &other.text, theme.muted, theme.muted);
    }
    prose.gap().paragraphs(decided.option.then.paragraphs(), Style::new());
    if view.feedback != Feedback::None {
        prose.gap().led_by(&format!("{}:", decided.option.why_rule), &decided.option.why, theme.accent, Style::new());
    }
    if !decided.echoes.is_empty() {
        prose.gap().paragraph("What came back", theme.heading);
        for sounded in &decided.echoes {
            echo(&mut prose, sounded, &view.look);
        }
    }
    if shown.roads {
        roads(&mut prose, shown, selected, view);
    }
    prose.into_lines()
}

/// `You led. Cost 4 points against the best line from here.`
fn verdict(decided: &Decided<'_>, cost: Cost) -> String {
    let posture = posture(decided.option.posture);
    let red = if decided.option.key.is_red_line() { " A red line." } else { "" };
    let weight = if decided.turning_point { " A turning point: it weighs half as much again." } else { "" };
    format!("{posture}. {}{red}{weight}", cost.told())
}

const fn posture(posture: Posture) -> &'static str {
    match posture {
        Posture::Lead => "You led",
        Posture::TakeOver => "You took over",
        Posture::Absent => "You were absent",
    }
}

/// The options that weren't chosen, and what they would have done then and there.
fn roads(prose: &mut Prose, shown: &Shown<'_>, number: usize, view: &View) {
    let theme = &view.look.theme;
    prose.gap().paragraph("Roads not taken", theme.heading);
    for road in not_taken(shown.story, shown.run, number) {
        if let Some(why) = road.closed {
            let text = format!("{} (closed: {why})", road.option.text);
            prose.hanging(&format!("{} ", view.look.glyphs.dot), &text, theme.muted, theme.muted);
            continue;
        }
        prose.hanging(&format!("{} ", view.look.glyphs.dot), &road.option.text, theme.accent, Style::new());
        if view.feedback != Feedback::None {
            prose.paragraph(&format!("  {}", road.option.posture), theme.muted);
        }
        let moved = changes(&view.look, &road.would, prose.width().saturating_sub(2));
        prose.indented(2, moved);
    }
}
