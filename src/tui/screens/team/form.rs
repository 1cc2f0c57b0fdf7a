//! Fields below each other, one of which has the focus.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use crate::text::Text;
use crate::tui::keymap::Context;
use crate::tui::screens::View;
use crate::tui::widgets::field::Field;
use crate::tui::widgets::frame;
use crate::tui::widgets::page::{Page, Scroll};
use crate::tui::widgets::prose::{COLUMN, wrapped};

/// A form as it is drawn: line by line, and which of the lines the focus is on.
pub(super) struct Form<'a> {
    view: &'a View,
    width: u16,
    lines: Vec<Line<'static>>,
    focus: usize,
}

impl<'a> Form<'a> {
    pub(super) fn new(view: &'a View) -> Self {
        let width = frame::parts(view.area, COLUMN).body.width.saturating_sub(1);
        Self { view, width, lines: Vec::new(), focus: 0 }
    }

    /// What the form is for.
    pub(super) fn intro(&mut self, text: &str) {
        if self.view.area.height >= 18 {
            let lines = wrapped(&self.view.look.glyphs.spell(text), usize::from(self.width));
            self.lines.extend(lines.into_iter().map(|line| Line::styled(line, self.view.look.theme.muted)));
            self.gap();
        }
    }

    /// An empty line, where there is room for it.
    pub(super) fn gap(&mut self) {
        if self.view.area.height >= 18 {
            self.lines.push(Line::default());
        }
    }

    /// A field under its label.
    pub(super) fn field(&mut self, label: &str, field: &Field, instead: &str, focused: bool) {
        let look = &self.view.look;
        let style = if focused { look.theme.accent } else { look.theme.muted };
        let mut line = field.line(look, self.width.saturating_sub(3), focused, instead);
        let pointer = if focused { look.glyphs.pointer } else { " " };
        line.spans.insert(0, Span::styled(format!("{pointer} "), look.theme.accent));
        self.lines.push(Line::styled(format!("  {label}"), style));
        self.push(line, focused);
        self.gap();
    }

    /// A line that can have the focus.
    pub(super) fn line(&mut self, text: &str, focused: bool) {
        let look = &self.view.look;
        let pointer = if focused { look.glyphs.pointer } else { " " };
        let style = if focused { look.theme.selected } else { look.theme.text };
        let line = Line::styled(format!("{pointer} {} ", look.glyphs.spell(text)), style);
        self.push(frame::cut(look, line, self.width), focused);
    }

    /// A heading.
    pub(super) fn heading(&mut self, text: &str, focused: bool) {
        let style = if focused { self.view.look.theme.accent } else { self.view.look.theme.muted };
        self.lines.push(Line::styled(format!("  {text}"), style));
    }

    fn push(&mut self, line: Line<'static>, focused: bool) {
        if focused {
            self.focus = self.lines.len();
        }
        self.lines.push(line);
    }

    /// Draws it, with what is wrong with it above its end; the focus is in sight.
    pub(super) fn render(mut self, titles: &[&str], said: Option<(&Text, bool)>, buf: &mut Buffer) {
        let look = &self.view.look;
        let frame::Parts { bar, body, hints } = frame::parts(self.view.area, COLUMN);
        frame::bar(look, bar, body, titles, "", buf);
        let said: Vec<Line<'static>> = said.map_or_else(Vec::new, |(text, bad)| {
            let style = if bad { look.theme.bad } else { look.theme.muted };
            let lines = wrapped(&look.glyphs.spell(text), usize::from(self.width));
            lines.into_iter().map(|line| Line::styled(line, style)).collect()
        });
        let below = u16::try_from(said.len()).unwrap_or(u16::MAX).min(body.height / 2);
        let above = Rect { height: body.height.saturating_sub(below), ..body };
        let below = Rect { y: above.bottom(), height: below, ..body };
        let mut scroll = Scroll::default();
        let past = self.focus.saturating_sub(usize::from(above.height).saturating_sub(2));
        scroll.by(isize::try_from(past).unwrap_or(0), self.lines.len(), above.height);
        let lines = std::mem::take(&mut self.lines);
        Page { lines: &lines, scroll, look: *look }.render(above, buf);
        said.into_iter().zip(below.rows()).for_each(|(line, row)| line.render(row, buf));
        crate::tui::screens::hints(Context::Form, look, hints, buf);
    }
}
