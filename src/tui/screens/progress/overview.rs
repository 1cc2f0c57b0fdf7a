//! Scores over time above; below, what is due and how well each rule is kept.

use jiff::civil::Date;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use crate::practice::{Due, Practice, RulePractice};
use crate::tui::screens::View;
use crate::tui::widgets::bar::Bar;
use crate::tui::widgets::chart::{Chart, Column};
use crate::tui::widgets::page::{Page, Scroll};
use crate::tui::widgets::prose::Prose;

/// Columns of the names of rules.
const NAMES: usize = 35;

/// The chart, and what stands below it. Without a score there is no chart.
pub(super) fn rows(area: Rect, practice: &Practice) -> (Rect, Rect) {
    let chart = if practice.scores.is_empty() { 0 } else { (area.height * 3 / 10).clamp(4, 14).min(area.height) };
    let rows = [Constraint::Length(chart), Constraint::Length(u16::from(chart > 0)), Constraint::Fill(1)];
    let [above, _, below] = area.layout(&Layout::vertical(rows));
    (above, below)
}

pub(super) fn render(practice: &Practice, today: Date, scroll: Scroll, view: &View, area: Rect, buf: &mut Buffer) {
    let (above, below) = rows(area, practice);
    let theme = &view.look.theme;
    let column = |(number, score): (usize, &crate::practice::Scored)| Column {
        value: u8::try_from(score.score).unwrap_or(100),
        number,
        turning: false,
        style: theme.trust,
    };
    let columns: Vec<Column> = (1..).zip(&practice.scores).map(column).collect();
    if !columns.is_empty() {
        Chart { look: view.look, columns: &columns }.render(above, buf);
    }
    let lines = lines(practice, today, view, below.width);
    Page { lines: &lines, scroll, look: view.look }.render(below, buf);
}

pub(super) fn lines(practice: &Practice, today: Date, view: &View, width: u16) -> Vec<Line<'static>> {
    let theme = &view.look.theme;
    let mut prose = Prose::new(view.look, width.saturating_sub(1));
    if practice.scores.is_empty() {
        prose.paragraph("No whole run yet.", theme.heading);
        prose.paragraph(
            "Your scores come up here as soon as a story has come to its ending, with what each rule comes to and what \
             is due for practice.",
            theme.muted,
        );
        return prose.into_lines();
    }
    prose.paragraph(&scores(practice), theme.heading);
    prose.gap().paragraph("Due today", theme.heading);
    if practice.due.is_empty() {
        prose.paragraph(&nothing_due(practice, today), theme.muted);
    }
    for due in &practice.due {
        prose.hanging(&format!("{} ", view.look.glyphs.filled), &told(due, today), theme.accent, theme.text);
    }
    prose.gap().paragraph("Rules, over all your first attempts", theme.heading);
    for rule in &practice.rules {
        prose.line(row(view, width.saturating_sub(1), rule));
    }
    prose.into_lines()
}

fn scores(practice: &Practice) -> String {
    let best = practice.scores.iter().map(|each| each.score).max().unwrap_or(0);
    let last = practice.scores.last().map_or(0, |each| each.score);
    match practice.scores.len() {
        1 => format!("One story to its ending: {last}."),
        many => format!("{many} stories to their endings. Best {best}, last {last}."),
    }
}

fn nothing_due(practice: &Practice, today: Date) -> String {
    let next = practice.rules.iter().filter_map(|rule| Some((rule.days?.1, rule.rule))).min();
    let Some((day, rule)) = next else { return "Nothing.".to_owned() };
    match (day - today).get_days() {
        1 => format!("Nothing. Tomorrow: {rule}."),
        days => format!("Nothing. Next, in {days} days: {rule}."),
    }
}

/// A rule that is due, since when, and what to practise it with.
fn told(due: &Due, today: Date) -> String {
    let since = match (today - due.since).get_days() {
        ..=0 => "today".to_owned(),
        1 => "since yesterday".to_owned(),
        days => format!("for {days} days"),
    };
    let with = due.title.as_ref().map(|title| format!(": play {title}")).unwrap_or_default();
    format!("{}, {since}{with}", due.rule)
}

/// A rule, its number and its bar, and how it goes lately.
fn row(view: &View, width: u16, rule: &RulePractice) -> Line<'static> {
    let theme = &view.look.theme;
    let names = NAMES.min(usize::from(width).saturating_sub(5));
    let short: String = rule.rule.label().chars().take(names).collect();
    let mut line = Line::from(Span::raw(format!("{short:<names$} ")));
    let Some(score) = rule.score else {
        line.push_span(Span::styled(if rule.weight == 0 { "not met yet" } else { "too little seen" }, theme.muted));
        return line;
    };
    line.push_span(Span::raw(format!("{score:>3} ")));
    let (lately, style) = match rule.lately {
        Some(lately) if lately > score => (format!(" {} lately {lately}", view.look.glyphs.up), theme.good),
        Some(lately) if lately < score => (format!(" {} lately {lately}", view.look.glyphs.down), theme.bad),
        Some(lately) => (format!("   lately {lately}"), theme.muted),
        None => (String::new(), theme.muted),
    };
    let left = usize::from(width).saturating_sub(names + 5 + 13);
    line.spans.extend(Bar::thin(&view.look, u16::try_from(left).unwrap_or(0), theme.meter).at(score));
    if left > 0 || lately.width() + names + 5 <= usize::from(width) {
        line.push_span(Span::styled(lately, style));
    }
    line
}
