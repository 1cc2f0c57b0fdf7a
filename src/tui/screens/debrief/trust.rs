//! Trust over the run, each decision a column, the turning points labelled.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::engine::Run;
use crate::report::{Debrief, Decided, track};
use crate::terms::Meter;
use crate::tui::screens::View;
use crate::tui::widgets::chart::{Chart, Column};
use crate::tui::widgets::prose::Prose;
use crate::tui::widgets::trust::change;

/// Labels at most.
const LABELS: usize = 5;

/// The chart above, the labels below.
pub(super) fn rows(area: Rect) -> (Rect, Rect) {
    let chart = (area.height * 3 / 5).clamp(4, 24).min(area.height);
    let [above, below] = area.layout(&Layout::vertical([Constraint::Length(chart), Constraint::Fill(1)]));
    (above, below)
}

/// What each decision and what came of it did to trust, and where it stood then.
fn steps(run: &Run) -> Vec<(u8, i8)> {
    let trust = track(run, Meter::Trust);
    let moved = |pair: &[u8]| match pair {
        [before, after] => i8::try_from(i16::from(*after) - i16::from(*before)).unwrap_or(0),
        _ => 0,
    };
    trust.iter().skip(1).copied().zip(trust.windows(2).map(moved)).collect()
}

/// The decisions that moved trust most, from 0, in order: by 4 or more.
fn largest_moves(run: &Run) -> Vec<usize> {
    let mut moved: Vec<(usize, i8)> = steps(run).into_iter().map(|(_, by)| by).enumerate().collect();
    moved.retain(|(_, by)| by.unsigned_abs() >= 4);
    moved.sort_by_key(|(at, by)| (std::cmp::Reverse(by.unsigned_abs()), *at));
    moved.truncate(LABELS);
    let mut places: Vec<usize> = moved.into_iter().map(|(at, _)| at).collect();
    places.sort_unstable();
    places
}

pub(super) fn chart(debrief: &Debrief<'_>, run: &Run, view: &View, area: Rect, buf: &mut Buffer) {
    let theme = &view.look.theme;
    let column = |(at, (value, by)): (usize, (u8, i8))| {
        let style = match by {
            ..=-4 => theme.bad,
            -3..=3 => theme.trust,
            4.. => theme.good,
        };
        let turning = debrief.decisions.get(at).is_some_and(|decided| decided.turning_point);
        Column { value, number: at + 1, turning, style }
    };
    let start = track(run, Meter::Trust).first().copied().unwrap_or(0);
    let mut columns = vec![Column { value: start, number: 0, turning: false, style: theme.meter }];
    columns.extend(steps(run).into_iter().enumerate().map(column));
    Chart { look: view.look, columns: &columns }.render(area, buf);
}

pub(super) fn legend(debrief: &Debrief<'_>, run: &Run, view: &View, width: u16) -> Vec<Line<'static>> {
    let theme = &view.look.theme;
    let mut prose = Prose::new(view.look, width.saturating_sub(1));
    let steps = steps(run);
    let label = |prose: &mut Prose, at: usize| {
        let (Some(decision), Some((_, by))) = (debrief.decisions.get(at), steps.get(at)) else { return };
        let mark = if decision.turning_point { view.look.glyphs.turning } else { " " };
        let change = change(&view.look, Meter::Trust, *by);
        let gap = " ".repeat(8_usize.saturating_sub(change.width()));
        prose.line(Line::from(vec![
            Span::styled(format!("{:>3} {mark} ", at + 1), theme.accent),
            change,
            Span::raw(gap),
            Span::raw(view.look.glyphs.spell(&decision.scene.title).into_owned()),
        ]));
    };
    let moves = largest_moves(run);
    let worth = |(at, decided): &(usize, &Decided<'_>)| moves.contains(at) || decided.turning_point;
    let turning = view.look.glyphs.turning;
    prose.paragraph(&format!("What moved trust most, and the turning points {turning}"), theme.heading);
    for (at, _) in (0..).zip(&debrief.decisions).filter(worth) {
        label(&mut prose, at);
    }
    prose.gap().paragraph("Turning points weigh half as much again in the score.", theme.muted);
    prose.into_lines()
}
