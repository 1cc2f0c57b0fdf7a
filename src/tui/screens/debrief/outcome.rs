//! How it came out: the ending, the deal, and beside it, never in it, the score.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::report::{Band, Debrief};
use crate::tui::look::Look;
use crate::tui::screens::View;
use crate::tui::widgets::big;
use crate::tui::widgets::prose::{COLUMN, Prose};

pub(super) fn lines(debrief: &Debrief<'_>, is_practice: bool, view: &View, width: u16) -> Vec<Line<'static>> {
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
        Some(signed) => prose.hanging("Signed: ", signed, theme.muted, theme.heading),
        None => prose.paragraph("Not signed", theme.heading),
    };
    prose.gap();
    for line in score(debrief, view) {
        prose.line(line);
    }
    for line in scale(&view.look, width, debrief) {
        prose.line(line);
    }
    if is_practice {
        let text = "Practice: decisions were taken back or played again. Your first attempt is told with them.";
        prose.gap().paragraph(text, theme.muted);
    }
    prose.into_lines()
}

/// The score, to be read from afar, with what it is made of beside it.
fn score(debrief: &Debrief<'_>, view: &View) -> [Line<'static>; 3] {
    let theme = &view.look.theme;
    let numbers = if view.look.glyphs.ascii {
        [Line::default(), Line::styled(format!("Score {}", debrief.score), theme.accent), Line::default()]
    } else {
        big::number(debrief.score, theme.accent)
    };
    let width = numbers.iter().map(Line::width).max().unwrap_or(0);
    let made_of = format!("Behaviour {} (blind {}), people {}", debrief.behaviour, debrief.chance, debrief.people);
    let line_style = if debrief.red_lines > 0 { theme.bad } else { theme.muted };
    let lines = match debrief.red_lines {
        0 => "No red line crossed".to_owned(),
        1 => "One red line crossed: it bars the top title".to_owned(),
        many => format!("{many} red lines crossed: they bar the top title"),
    };
    let beside = [
        Span::styled(debrief.title.label(), theme.heading),
        Span::styled(made_of, theme.muted),
        Span::styled(lines, line_style),
    ];
    let mut beside = beside.into_iter();
    numbers.map(|number| {
        let gap = " ".repeat(width.saturating_sub(number.width()) + 3);
        let mut line = Line::from(Span::styled(number.to_string(), theme.accent));
        line.push_span(Span::raw(gap));
        line.spans.extend(beside.next());
        line
    })
}

/// The line from manager to leader: the score on it, the ends of its band as brackets, chance marked below.
fn scale(look: &Look, width: u16, debrief: &Debrief<'_>) -> [Line<'static>; 2] {
    let theme = &look.theme;
    let ends = ["manager ", " leader"];
    let length = usize::from(width).saturating_sub(ends[0].len() + ends[1].len()).clamp(1, 60);
    let place = |score: u64| usize::try_from(score.min(100)).unwrap_or(100) * (length - 1) / 100;
    let (low, high) = Band::of(debrief.score).range();
    let mut line = Line::from(Span::styled(ends[0], theme.muted));
    for at in 0..length {
        line.push_span(match at {
            _ if at == place(debrief.score) => Span::styled(look.glyphs.filled, theme.accent),
            _ if at == place(low) => Span::styled(look.glyphs.brackets[0], theme.trust),
            _ if at == place(high) => Span::styled(look.glyphs.brackets[1], theme.trust),
            _ if (place(low)..place(high)).contains(&at) => Span::styled(look.glyphs.thick, theme.trust),
            _ => Span::styled(look.glyphs.horizontal, theme.line),
        });
    }
    line.push_span(Span::styled(ends[1], theme.muted));
    let chance = format!("{} {}, clicking blind", look.glyphs.mark, debrief.chance);
    let below = Line::from(vec![
        Span::raw(" ".repeat(ends[0].len() + place(debrief.chance))),
        Span::styled(chance, theme.muted),
    ]);
    [line, below]
}
