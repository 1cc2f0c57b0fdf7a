//! Texts of the file: what is refused in them, how long they may be, and where in the file a character stands.

use std::fmt::Display;

use toml::Spanned;
use toml::de::DeValue;

use super::values::{Context, string};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::Text;

/// What is asked of a text.
#[derive(Clone, Copy)]
pub(in crate::scenario) struct Rule {
    /// Whether it must be there and not be empty.
    pub(super) required: bool,
    /// Whether it may have several paragraphs.
    pub(super) paragraphs: bool,
    /// The most characters it may have.
    pub(in crate::scenario) most: usize,
}

impl Rule {
    /// A name or a heading.
    pub(in crate::scenario) const LINE: Self = Self { required: true, paragraphs: false, most: 200 };
    /// What is told.
    pub(in crate::scenario) const PROSE: Self = Self { required: true, paragraphs: true, most: 2000 };
    /// A scene's text: one look.
    pub(in crate::scenario) const SCENE: Self = Self { required: true, paragraphs: true, most: 600 };
    /// What an option says: one breath.
    pub(in crate::scenario) const OPTION: Self = Self { required: true, paragraphs: false, most: 140 };

    /// The same, but it may be left out or empty.
    pub(super) const fn optional(self) -> Self {
        Self { required: false, ..self }
    }
}

/// A text; an empty one where something was wrong with it.
pub(super) fn read<'a>(context: Context<'a>, what: &dyn Display, value: &'a Spanned<DeValue<'a>>, rule: Rule) -> Text {
    let Some(raw) = string(context, what, value, "a text in quotes") else {
        return Text::default();
    };
    let span = value.span();
    let text = match Text::parse(raw) {
        Ok(text) => text,
        Err(refused) => {
            let mut places = Places::new(context.source.get(span.clone()).unwrap_or_default(), raw);
            for found in refused {
                let at = places.find(found.at, found.character);
                let span = at.map_or(span.clone(), |at| span.start + at.start..span.start + at.end);
                let message = format!("{what} holds {found}");
                let message = message.trim_end_matches(" is not allowed in a text").to_owned();
                let help = "delete it; pasted text often brings such characters along";
                context.problems.push(Diagnostic::new(Code::RefusedCharacter, span, message).help(help));
            }
            return Text::default();
        }
    };
    let length = text.chars().count();
    if rule.required && text.is_empty() {
        context.problems.push(
            Diagnostic::new(Code::EmptyText, span, format!("{what} is empty")).help("write what the player will read"),
        );
    } else if length > rule.most {
        let message = format!("{what} has {length} characters, {} more than fit", length - rule.most);
        let help = format!("{} characters at most", rule.most);
        context.problems.push(Diagnostic::new(Code::TextTooLong, span, message).help(help));
    } else if !rule.paragraphs && text.contains('\n') {
        let message = format!("{what} has an empty line in it");
        context.problems.push(Diagnostic::new(Code::NotOneLine, span, message).help("put it in one paragraph"));
    }
    text
}

/// Finds characters of a string's value in the string as it is written, escapes and all.
struct Places<'a> {
    written: &'a str,
    value: &'a str,
    escapes: bool,
    /// Where both stand.
    at: usize,
    at_value: usize,
}

impl<'a> Places<'a> {
    fn new(written: &'a str, value: &'a str) -> Self {
        let quote = if written.starts_with("\"\"\"") || written.starts_with("'''") { 3 } else { 1 };
        let mut at = quote.min(written.len());
        if quote == 3 {
            // A line end right after the quotes is not part of the value.
            let rest = &written[at..];
            at += rest.len() - rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).unwrap_or(rest).len();
        }
        Self { written, value, escapes: written.starts_with('"'), at, at_value: 0 }
    }

    /// The written form of the character at `target` in the value; asked for in rising order. Nothing if both can't be
    /// brought together.
    fn find(&mut self, target: usize, character: char) -> Option<std::ops::Range<usize>> {
        loop {
            let expected = self.value.get(self.at_value..)?.chars().next()?;
            let (length, decoded) = self.written_character(expected)?;
            let span = self.at..self.at + length;
            let here = self.at_value;
            self.at = span.end;
            if let Some(decoded) = decoded {
                if decoded != expected {
                    return None;
                }
                self.at_value += decoded.len_utf8();
                if here == target {
                    return (decoded == character).then_some(span);
                }
            }
        }
    }

    /// The length of what is written next, and the character it stands for, if for any.
    fn written_character(&self, expected: char) -> Option<(usize, Option<char>)> {
        let rest = self.written.get(self.at..)?;
        let first = rest.chars().next()?;
        if first == '\r' && expected == '\n' {
            return Some((1, None));
        }
        if first != '\\' || !self.escapes {
            return Some((first.len_utf8(), Some(first)));
        }
        let kind = rest[1..].chars().next()?;
        let digits = match kind {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            ' ' | '\t' | '\r' | '\n' => {
                // The end of a line that goes on: the white space after it is not part of the value.
                return Some((rest.len() - rest[1..].trim_start_matches([' ', '\t', '\r', '\n']).len(), None));
            }
            'b' => return Some((2, Some('\u{8}'))),
            't' => return Some((2, Some('\t'))),
            'n' => return Some((2, Some('\n'))),
            'f' => return Some((2, Some('\u{c}'))),
            'r' => return Some((2, Some('\r'))),
            'e' => return Some((2, Some('\u{1b}'))),
            '"' | '\\' => return Some((2, Some(kind))),
            _ => return None,
        };
        let code = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
        Some((2 + digits, Some(char::from_u32(code)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written where the character stands.
    fn written(file: &str, character: char) -> Option<&str> {
        let (table, _) = toml::de::DeTable::parse_recoverable(file);
        let value = table.get_ref().get("a").unwrap();
        let raw = value.get_ref().as_str().unwrap();
        let text = &file[value.span()];
        let at = raw.find(character).unwrap();
        Places::new(text, raw).find(at, character).map(|span| &text[span])
    }

    #[test]
    fn characters_are_found_as_they_are_written() {
        assert_eq!(written("a = \"x!\"", '!'), Some("!"));
        assert_eq!(written("a = 'x\\!'", '!'), Some("!"));
        assert_eq!(written("a = \"\\t\\\"\\u0007\"", '\u{7}'), Some("\\u0007"));
        assert_eq!(written("a = \"é\\U0001F600\\x1b\"", '\u{1b}'), Some("\\x1b"));
        assert_eq!(written("a = \"\"\"\nx \\\n   y\\e\"\"\"", '\u{1b}'), Some("\\e"));
        assert_eq!(written("a = \"\"\"\r\nx\r\n\r\ny!\"\"\"", '!'), Some("!"));
        assert_eq!(written("a = '''\nx\ny!'''", '!'), Some("!"));
        // What can't be brought together is not guessed at.
        assert_eq!(Places::new("\"abc\"", "abd").find(2, 'd'), None);
        assert_eq!(Places::new("", "x").find(0, 'x'), None);
    }
}
