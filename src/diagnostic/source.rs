//! The file that a diagnostic speaks of: its name, its lines, and how to show what it says safely.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::Text;

/// Bytes of a block.
const BLOCK: usize = 1024;
/// More of a file than this is never shown.
const SHOWN: usize = 8 * 1024 * 1024;

/// A file's name and text, with an index of its lines.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    /// Where each line begins.
    lines: Vec<usize>,
    /// How many characters begin before each block of bytes: a line may be a megabyte long.
    blocks: Vec<usize>,
}

/// A place in a file, as editors count: from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Source {
    /// A file by its shown name and its bytes; bytes that are not UTF-8 are shown as `\u{fffd}`.
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(SHOWN)]).into_owned();
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(ends).collect();
        let mut blocks = vec![0];
        for block in text.as_bytes().chunks(BLOCK) {
            blocks.push(blocks.last().copied().unwrap_or(0) + beginnings(block));
        }
        Self { name: visible(name).into_owned(), text, lines, blocks }
    }

    /// What is in it, as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The name, safe to print.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where a byte is.
    pub fn position(&self, at: usize) -> Position {
        let at = self.boundary(at);
        let line = self.lines.partition_point(|start| *start <= at);
        let start = self.lines[line - 1];
        // A byte order mark is no column in any editor.
        let mark = usize::from(start == 0 && at > 0 && self.text.starts_with('\u{feff}'));
        Position { line, column: self.characters(at) - self.characters(start) - mark + 1 }
    }

    /// How many characters begin before a byte.
    fn characters(&self, at: usize) -> usize {
        self.blocks[at / BLOCK] + beginnings(&self.text.as_bytes()[at / BLOCK * BLOCK..at])
    }

    /// A line's bytes, without its end, by its number from 1.
    pub(super) fn line(&self, line: usize) -> Range<usize> {
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        let text = &self.text[start..end];
        start..start + text.trim_end_matches(['\n', '\r']).len()
    }

    /// What stands at these bytes, raw.
    pub(super) fn slice(&self, span: Range<usize>) -> &str {
        let (start, end) = (self.boundary(span.start), self.boundary(span.end));
        &self.text[start..end.max(start)]
    }

    /// The nearest place at or before a byte where a character begins.
    pub(super) fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// How many characters begin in these bytes of UTF-8.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// A text in which everything that could steer a terminal, hide or pile up is written as `\u{..}`.
pub fn visible(raw: &str) -> Cow<'_, str> {
    let mut refused = match Text::parse(raw) {
        Ok(_) if !raw.contains(['\n', '\r', '\t']) => return Cow::Borrowed(raw),
        Ok(_) => Vec::new(),
        Err(refused) => refused,
    }
    .into_iter()
    .peekable();
    let mut shown = String::with_capacity(raw.len() + 16);
    for (at, character) in raw.char_indices() {
        match character {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            _ if refused.next_if(|found| found.at == at).is_some() => shown.extend(character.escape_unicode()),
            _ => shown.push(character),
        }
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters() {
        let source = Source::new("a.toml", "\u{feff}é = 1\r\nzwei = 2\n".as_bytes());
        let at = |byte| {
            let Position { line, column } = source.position(byte);
            (line, column)
        };
        assert_eq!(at(3), (1, 1));
        assert_eq!(at(5), (1, 2));
        assert_eq!(at(11), (2, 1));
        assert_eq!(at(12), (2, 2));
        assert_eq!(at(20), (3, 1));
        assert_eq!(at(9999), (3, 1));
        assert_eq!(source.slice(source.line(1)), "\u{feff}é = 1");
        assert_eq!(source.slice(source.line(3)), "");
    }

    #[test]
    fn nothing_raw_is_shown() {
        assert_eq!(visible("plain — text"), "plain — text");
        assert_eq!(visible("a\u{1b}[31m\u{202e}\tb\u{7}"), "a\\u{1b}[31m\\u{202e}\\tb\\u{7}");
        assert_eq!(visible("e\u{301}\u{302}\u{303}"), "e\u{301}\u{302}\\u{303}");
    }
}
