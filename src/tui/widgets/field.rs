//! A field to type a line into.

use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::Text;
use crate::tui::look::Look;
use crate::tui::msg::Msg;

/// A line that is typed, and where in it the cursor stands.
#[derive(Clone, Debug, Default)]
pub struct Field {
    text: String,
    /// In bytes, always between two characters.
    cursor: usize,
    /// More characters than this aren't taken.
    most: usize,
}

impl Field {
    /// An empty field for so many characters.
    pub fn new(most: usize) -> Self {
        Self { text: String::new(), cursor: 0, most }
    }

    /// The same with something in it.
    pub fn holding(mut self, text: &str) -> Self {
        self.text.clear();
        self.cursor = 0;
        self.put(text);
        self
    }

    /// What was typed, on one line and safe.
    pub fn value(&self) -> Text {
        Text::clean(&self.text)
    }

    /// Does what a message asks for. Whether that changed anything.
    pub fn update(&mut self, msg: Msg) -> bool {
        let before = (self.text.len(), self.cursor);
        match msg {
            Msg::Type(letter) => self.put(letter.encode_utf8(&mut [0; 4])),
            Msg::Erase => {
                let from = self.before();
                self.text.drain(from..self.cursor);
                self.cursor = from;
            }
            Msg::Delete => {
                let to = self.after();
                self.text.drain(self.cursor..to);
            }
            Msg::Left => self.cursor = self.before(),
            Msg::Right => self.cursor = self.after(),
            Msg::First => self.cursor = 0,
            Msg::Last => self.cursor = self.text.len(),
            _ => {}
        }
        before != (self.text.len(), self.cursor)
    }

    /// Puts a text in at the cursor, as far as there is room for it; line ends are blanks, other controls nothing.
    pub fn put(&mut self, text: &str) {
        let room = self.most.saturating_sub(self.text.chars().count());
        let blank = text.chars().all(|letter| letter == ' ');
        let clean = if blank { text.to_owned() } else { Text::clean(text).to_string() };
        let taken: String = clean.chars().take(room).collect();
        self.text.insert_str(self.cursor, &taken);
        self.cursor += taken.len();
    }

    fn before(&self) -> usize {
        let (before, _) = self.text.split_at_checked(self.cursor).unwrap_or((&self.text, ""));
        before.grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        let (_, after) = self.text.split_at_checked(self.cursor).unwrap_or((&self.text, ""));
        self.cursor + after.graphemes(true).next().map_or(0, str::len)
    }

    /// It as a line of this width, the cursor in sight where the field has the focus; `instead` shows while it is empty.
    pub fn line(&self, look: &Look, width: u16, focused: bool, instead: &str) -> Line<'static> {
        let theme = &look.theme;
        if self.text.is_empty() && !focused {
            return Line::styled(look.glyphs.spell(instead).into_owned(), theme.muted);
        }
        if !focused {
            return Line::styled(look.glyphs.spell(&self.text).into_owned(), theme.text);
        }
        let (before, after) = self.text.split_at_checked(self.cursor).unwrap_or((&self.text, ""));
        let at = after.graphemes(true).next().unwrap_or(" ");
        let rest = after.get(at.len()..).unwrap_or_default();
        // What is left of the cursor gives way, until the cursor is in sight.
        let mut shown = before;
        while shown.width() + at.width() > usize::from(width).max(2) && !shown.is_empty() {
            let first = shown.graphemes(true).next().map_or(0, str::len);
            shown = shown.get(first..).unwrap_or_default();
        }
        let spell = |text: &str| look.glyphs.spell(text).into_owned();
        let mut line = Line::from(vec![
            Span::styled(spell(shown), theme.heading),
            Span::styled(spell(at), theme.selected.add_modifier(ratatui::style::Modifier::REVERSED)),
            Span::styled(spell(rest), theme.heading),
        ]);
        if self.text.is_empty() {
            line.push_span(Span::styled(spell(instead), theme.muted));
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str, msgs: &[Msg]) -> (String, usize) {
        let mut field = Field::new(10).holding(text);
        for msg in msgs {
            field.update(*msg);
        }
        (field.text, field.cursor)
    }

    #[test]
    fn a_field_is_edited_where_its_cursor_stands() {
        use Msg::{Delete, Erase, First, Last, Left, Right, Type};
        assert_eq!(typed("Ana", &[Left, Type('n')]), ("Anna".into(), 3));
        assert_eq!(typed("Zoë", &[Erase]), ("Zo".into(), 2));
        assert_eq!(typed("Zoë", &[Left, Delete, Delete]), ("Zo".into(), 2));
        assert_eq!(typed("ab", &[First, Left, Erase, Right, Type(' ')]), ("a b".into(), 2));
        // A family is one character to whoever sees it.
        assert_eq!(typed("e\u{301}", &[Left, Last, Erase, Erase]), (String::new(), 0));
    }

    #[test]
    fn what_is_pasted_is_one_safe_line_and_not_too_long() {
        let mut field = Field::new(10);
        field.put("\u{1b}[2J\nAnna\u{202e}\r\nWeber-Hohenstein");
        assert_eq!(field.value().as_str(), "[2J Anna W");
    }
}
