//! The page that shows, and what there is to say below it.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::post::About;
use super::{Page, Team};
use crate::tui::screens::View;
use crate::tui::widgets::prose::wrapped;

impl Team {
    /// What there is to say below a page, and how.
    fn said(&self, view: &View) -> Vec<(String, Style)> {
        let theme = &view.look.theme;
        if let Some((question, _)) = &self.sure {
            return vec![(question.to_string(), theme.accent)];
        }
        let mut said = Vec::new();
        if let Some(failure) = &self.post.failure {
            said.push((failure.to_string(), theme.bad));
        } else if self.post.is_slow() {
            said.push(("Waiting for the team's store ...".to_owned(), theme.muted));
        }
        if let Some((count, _)) = &self.post.unsent
            && !matches!(self.pages.last(), Some(Page::Board(_)))
        {
            let letters = if *count == 1 { "1 answer waits".to_owned() } else { format!("{count} answers wait") };
            said.push((
                format!("{letters} for the team's store; nothing is lost, they go by themselves."),
                theme.muted,
            ));
        }
        said
    }

    /// A page's place, and what is said below it.
    pub(super) fn parts(&self, view: &View) -> (Rect, Rect, Vec<Line<'static>>) {
        let width = usize::from(view.area.width.saturating_sub(4)).max(1);
        let lines: Vec<Line<'static>> = self
            .said(view)
            .into_iter()
            .flat_map(|(said, style)| {
                wrapped(&view.look.glyphs.spell(&said), width).into_iter().map(move |line| Line::styled(line, style))
            })
            .collect();
        let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).min((view.area.height / 4).max(1));
        let [above, below] = view.area.layout(&Layout::vertical([Constraint::Fill(1), Constraint::Length(rows)]));
        (above, below, lines)
    }

    /// Draws the page that shows.
    pub fn render(&self, view: &View, buf: &mut Buffer) {
        let (above, below, lines) = self.parts(view);
        let [_, inner] = below.layout(&Layout::horizontal([Constraint::Length(2), Constraint::Fill(1)]));
        lines.into_iter().zip(inner.rows()).for_each(|(line, row)| line.render(row, buf));
        let view = &View { area: above, ..*view };
        let (context, waits) = (self.context(), |about| self.post.awaits(about));
        match (self.pages.last(), &self.desk) {
            (Some(Page::Join(join)), _) => join.render(waits(About::Join), view, buf),
            (Some(Page::Create(create)), _) => create.render(waits(About::Create), view, buf),
            (Some(Page::Session(session)), Some(desk)) => session.render(desk, context, view, buf),
            (Some(Page::Steer(steer)), Some(desk)) => steer.render(desk, context, view, buf),
            (Some(Page::Person(person)), Some(desk)) => person.render(desk, context, view, buf),
            (Some(Page::Results(page)), Some(desk)) => page.render(desk, view, buf),
            (Some(Page::Board(board)), Some(desk)) => board.render(desk, context, view, buf),
            (None, _) | (Some(_), None) => self.list.render(waits(About::Sessions), view, buf),
        }
    }
}
