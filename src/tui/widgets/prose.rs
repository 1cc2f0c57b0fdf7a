//! Running text, wrapped: what fills most of every screen.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::tui::look::Look;

/// Text columns are no wider than this, however wide the screen.
pub const COLUMN: u16 = 76;

/// Text wrapped to a width, line by line.
#[derive(Clone, Debug)]
pub struct Prose {
    look: Look,
    width: usize,
    lines: Vec<Line<'static>>,
}

impl Prose {
    /// Nothing yet, to be wrapped to `width` columns.
    pub fn new(look: Look, width: u16) -> Self {
        Self { look, width: usize::from(width.max(1)), lines: Vec::new() }
    }

    /// The lines.
    pub fn into_lines(self) -> Vec<Line<'static>> {
        self.lines
    }

    /// How wide a line is, in columns.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, text: &str, style: Style) -> &mut Self {
        self.hanging("", text, style, style)
    }

    /// Adds paragraphs with an empty line between them.
    pub fn paragraphs<'t>(&mut self, texts: impl Iterator<Item = &'t str>, style: Style) -> &mut Self {
        for (i, text) in texts.enumerate() {
            if i > 0 {
                self.gap();
            }
            self.paragraph(text, style);
        }
        self
    }

    /// Adds a paragraph that hangs behind a lead-in: a number, a mark, a name.
    pub fn hanging(&mut self, lead: &str, text: &str, lead_style: Style, style: Style) -> &mut Self {
        let lead = self.look.glyphs.spell(lead).into_owned();
        let indent = lead.width().min(self.width.saturating_sub(1));
        for (i, part) in self.wrap(text, indent).into_iter().enumerate() {
            let start = if i == 0 { lead.clone() } else { " ".repeat(indent) };
            let mut spans = Vec::with_capacity(2);
            if !start.is_empty() {
                spans.push(Span::styled(start, lead_style));
            }
            spans.push(Span::styled(part, style));
            self.lines.push(Line::from(spans));
        }
        self
    }

    /// Adds a paragraph that begins with words in another style: "Step in last: ..."
    pub fn led_by(&mut self, lead: &str, text: &str, lead_style: Style, style: Style) -> &mut Self {
        let lead = self.look.glyphs.spell(lead).into_owned();
        let whole = format!("{lead} {text}");
        let mut at = 0;
        for part in self.wrap(&whole, 0) {
            let cut = lead.len().saturating_sub(at).min(part.len());
            let (first, rest) = part.split_at_checked(cut).unwrap_or((&part, ""));
            let spans = vec![Span::styled(first.to_owned(), lead_style), Span::styled(rest.to_owned(), style)];
            self.lines.push(Line::from(spans));
            // A line ends at a blank, which is in none, or inside a word that is longer than a line.
            at += part.len();
            at += whole.get(at..).unwrap_or_default().bytes().take_while(|byte| *byte == b' ').count();
        }
        self
    }

    /// Adds a line made elsewhere; it is cut, not wrapped, where it is too long.
    pub fn line(&mut self, line: impl Into<Line<'static>>) -> &mut Self {
        self.lines.push(line.into());
        self
    }

    /// Adds lines made elsewhere, moved to the right.
    pub fn indented(&mut self, by: usize, lines: Vec<Line<'static>>) -> &mut Self {
        for mut line in lines {
            line.spans.insert(0, Span::raw(" ".repeat(by)));
            self.lines.push(line);
        }
        self
    }

    /// Adds an empty line.
    pub fn gap(&mut self) -> &mut Self {
        self.lines.push(Line::default());
        self
    }

    fn wrap(&self, text: &str, indent: usize) -> Vec<String> {
        wrapped(&self.look.glyphs.spell(text), self.width.saturating_sub(indent))
    }
}

/// A text in lines of at most `width` columns. Words longer than a line are broken.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let options = textwrap::Options::new(width.max(1)).break_words(true);
    textwrap::wrap(text, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::look::Terminal;
    use crate::tui::theme::ThemeName;

    fn look() -> Look {
        Look::new(ThemeName::None, false, &Terminal { unicode: true, ..Terminal::default() })
    }

    fn text(lines: &[Line<'_>]) -> Vec<String> {
        lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_lead_hangs() {
        let mut prose = Prose::new(look(), 12);
        prose.hanging("1  ", "one two three four", Style::new(), Style::new());
        assert_eq!(text(&prose.into_lines()), ["1  one two", "   three", "   four"]);
    }

    #[test]
    fn a_lead_may_be_longer_than_a_line() {
        for width in 1..40 {
            let mut prose = Prose::new(look(), width);
            let bold = Style::new().bold();
            prose.led_by("The rep asks, the rep gets the yes:", "you wrote the dates.", bold, Style::new());
            let lines = prose.into_lines();
            let styled: String = lines
                .iter()
                .flat_map(|line| &line.spans)
                .filter(|span| span.style == bold)
                .map(|span| &*span.content)
                .collect();
            assert_eq!(styled.replace(' ', ""), "Therepasks,therepgetstheyes:", "at {width}");
        }
    }
}
