//! What you did: three bars of posture, a bar for every rule.

use ratatui::text::{Line, Span};

use crate::report::Debrief;
use crate::terms::{Feedback, Posture};
use crate::tui::screens::View;
use crate::tui::widgets::bar::Bar;
use crate::tui::widgets::prose::{COLUMN, Prose};

/// Columns of the names.
const NAMES: usize = 35;

pub(super) fn lines(debrief: &Debrief<'_>, view: &View, width: u16) -> Vec<Line<'static>> {
    let theme = &view.look.theme;
    let width = width.saturating_sub(1).min(COLUMN);
    let mut prose = Prose::new(view.look, width);
    prose.paragraph("Postures, of all your decisions", theme.heading);
    for (posture, share) in debrief.postures {
        let style = match posture {
            Posture::Lead => theme.lead,
            Posture::TakeOver => theme.take_over,
            Posture::Absent => theme.absent,
        };
        prose.line(row(view, width, posture.label(), Some((share, style))));
    }
    if view.feedback != Feedback::None {
        prose.gap().paragraph("Rules, where enough was seen of them", theme.heading);
        for (rule, score) in &debrief.rules {
            prose.line(row(view, width, rule.label(), score.map(|score| (score, theme.meter))));
        }
    }
    if view.feedback != Feedback::None {
        prose.paragraph(
            "By the rule that a scene is scored on; what was said about a choice may name another.",
            theme.muted,
        );
    }
    let (found, all) = debrief.insights;
    if all > 0 {
        prose.gap().paragraph(&format!("Insights: {found} of {all} reached your rep."), theme.muted);
    }
    prose.into_lines()
}

/// A name, a bar and a number; the number alone where there is no room; words where there is no number.
fn row(view: &View, width: u16, name: &str, value: Option<(u64, ratatui::style::Style)>) -> Line<'static> {
    let theme = &view.look.theme;
    let names = NAMES.min(usize::from(width).saturating_sub(5));
    let short: String = name.chars().take(names).collect();
    let mut line = Line::from(Span::raw(format!("{short:<names$} ")));
    let Some((value, style)) = value else {
        line.push_span(Span::styled("too little seen", theme.muted));
        return line;
    };
    line.push_span(Span::raw(format!("{value:>3} ")));
    let left = usize::from(width).saturating_sub(names + 5);
    line.spans.extend(Bar::thin(&view.look, u16::try_from(left).unwrap_or(0), style).at(value));
    line
}
