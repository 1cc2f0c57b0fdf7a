//! How it came out: the ending, the deal, and beside it, never in it, the score.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::report::{Band, Debrief};
use crate::tui::look::Look;
use crate::tui::screens::View;
use crate::tui::widgets::prose::{COLUMN, Prose};

pub(super) fn lines(debrief: &Debrief<'_>, retaken: u32, view: &View, width: u16) -> Vec<Line<'static>> {
    let theme = &view.look.theme;
    let width = width.saturating_sub(1).min(COLUMN);
    let mut prose = Prose::new(view.look, width);
    prose.paragraph(&debrief.ending.title, theme.heading);
    prose.paragraphs(debrief.ending.text.paragraphs(), Style::new());
    for line in &debrief.lines {
        prose.gap().paragraphs(line.paragraphs(), theme.echo);
    }
    prose.gap();
    match debrief.signed {
        Some(signed) => prose.hanging("Signed     ", signed, theme.muted, Style::new()),
        None => prose.hanging("The deal   ", "not signed", theme.muted, Style::new()),
    };
    let score = format!("{}, {}", debrief.score, debrief.title.label());
    prose.hanging("Score      ", &score, theme.muted, theme.accent);
    for line in scale(&view.look, width, debrief) {
        prose.line(line);
    }
    let chance = format!(
        "Behaviour {}, where clicking blind brings {}. People {}.",
        debrief.behaviour, debrief.chance, debrief.people
    );
    prose.paragraph(&chance, theme.muted);
    prose.paragraph(&red_lines(debrief.red_lines), if debrief.red_lines > 0 { theme.bad } else { theme.muted });
    if retaken > 0 {
        let text = "Practice: decisions were taken back or played again, so your first attempt stays what it was.";
        prose.gap().paragraph(text, theme.muted);
    }
    prose.into_lines()
}

fn red_lines(count: u32) -> String {
    match count {
        0 => "No red line crossed.".to_owned(),
        1 => "One red line crossed: it bars the top title.".to_owned(),
        many => format!("{many} red lines crossed: they bar the top title."),
    }
}

/// The line from manager to leader: the score's band thick, the score on it, chance marked below.
fn scale(look: &Look, width: u16, debrief: &Debrief<'_>) -> [Line<'static>; 2] {
    let theme = &look.theme;
    let ends = ["manager ", " leader"];
    let length = usize::from(width).saturating_sub(ends[0].len() + ends[1].len()).clamp(1, 60);
    let place = |score: u64| usize::try_from(score.min(100)).unwrap_or(100) * (length - 1) / 100;
    let (low, high) = Band::of(debrief.score).range();
    let (low, high, score) = (place(low), place(high), place(debrief.score));
    let mut line = Line::from(Span::styled(ends[0], theme.muted));
    let cells =
        |from: usize, to: usize, glyph: &str, style: Style| Span::styled(glyph.repeat(to.saturating_sub(from)), style);
    line.push_span(cells(0, low, look.glyphs.horizontal, theme.line));
    line.push_span(cells(low, score, look.glyphs.thick, theme.trust));
    line.push_span(Span::styled(look.glyphs.filled, theme.accent));
    line.push_span(cells(score + 1, high + 1, look.glyphs.thick, theme.trust));
    line.push_span(cells(high + 1, length, look.glyphs.horizontal, theme.line));
    line.push_span(Span::styled(ends[1], theme.muted));
    let chance = format!("{} clicking blind", look.glyphs.mark);
    let below = Line::from(vec![
        Span::raw(" ".repeat(ends[0].len() + place(debrief.chance))),
        Span::styled(chance, theme.muted),
    ]);
    [line, below]
}
