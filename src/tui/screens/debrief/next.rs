//! Next quarter: who is called first, your diary, whether the rep can run alone. And what to talk about.

use ratatui::style::Style;
use ratatui::text::Line;

use crate::engine::Run;
use crate::report::Debrief;
use crate::story::Story;
use crate::tui::screens::View;
use crate::tui::widgets::prose::{COLUMN, Prose};

pub(super) fn lines(debrief: &Debrief<'_>, story: &Story, run: &Run, view: &View, width: u16) -> Vec<Line<'static>> {
    let theme = &view.look.theme;
    let mut prose = Prose::new(view.look, width.saturating_sub(1).min(COLUMN));
    let rep = story.scenario.rep().first_name();
    let dot = format!("{} ", view.look.glyphs.dot);
    prose.paragraph("Next quarter", theme.heading);
    for (place, line) in debrief.next_quarter.lines(rep).iter().enumerate() {
        let style = if place == 0 { theme.accent } else { Style::new() };
        prose.hanging(&dot, line, theme.muted, style);
    }
    let (found, all) = debrief.insights;
    if all > 0 {
        prose.gap().paragraph(&format!("What {rep} knew at the end ({found} of {all})"), theme.heading);
        for insight in story.found(run.state()) {
            prose.hanging(&dot, &insight.text, theme.muted, Style::new());
        }
    }
    if !debrief.questions.is_empty() {
        prose.gap().paragraph("To talk about", theme.heading);
        for (number, question) in (1..).zip(debrief.questions) {
            prose.hanging(&format!("{number}. "), question, theme.muted, Style::new());
        }
    }
    prose.into_lines()
}
