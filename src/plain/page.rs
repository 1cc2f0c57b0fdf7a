//! Lines of text on their way out: paragraphs, numbered entries, headings.
//!
//! On a terminal, paragraphs are wrapped between words, since a terminal would break them inside of words, and a screen
//! reader that reads by line would read the halves. Everywhere else a paragraph is one line: whoever reads a pipe (a
//! program, a speech synthesiser, an editor) has the whole sentence and wraps as it likes.

use std::io::{self, Write};

use crate::report::text::Block;

/// The widest that a line gets on a terminal.
const WIDEST: usize = 76;
/// Narrower than this, wrapping helps nobody.
const NARROWEST: usize = 10;

/// Somewhere to write text to, and how wide it is.
#[derive(Debug)]
pub struct Page<W> {
    out: W,
    /// Where lines are broken; nothing if they aren't.
    width: Option<usize>,
}

impl<W: Write> Page<W> {
    /// A page on `out`; `columns` are the terminal's, nothing if it is none.
    pub fn new(out: W, columns: Option<usize>) -> Self {
        Self { out, width: columns.map(|columns| columns.clamp(NARROWEST, WIDEST)) }
    }

    /// Text that is safe to print, as one or more lines; the later ones are indented by `indent` spaces.
    fn lines(&mut self, text: &str, indent: usize) -> io::Result<()> {
        let Some(width) = self.width else {
            return writeln!(self.out, "{text}");
        };
        let later = " ".repeat(indent.min(width / 2));
        let options = textwrap::Options::new(width)
            .subsequent_indent(&later)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
        textwrap::wrap(text, options).iter().try_for_each(|line| writeln!(self.out, "{line}"))
    }

    /// An empty line.
    pub fn gap(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// A paragraph.
    pub fn para(&mut self, text: &str) -> io::Result<()> {
        self.lines(text, 0)
    }

    /// An empty line and what the next lines are about.
    pub fn heading(&mut self, text: &str) -> io::Result<()> {
        self.gap()?;
        self.lines(text, 0)
    }

    /// An entry of a list.
    pub fn item(&mut self, mark: &str, text: &str) -> io::Result<()> {
        self.lines(&format!("{mark} {text}"), mark.chars().count() + 1)
    }

    /// Blocks of a report.
    pub fn blocks(&mut self, blocks: &[Block]) -> io::Result<()> {
        blocks.iter().try_for_each(|block| match block {
            Block::Heading(text) => self.heading(text),
            Block::Para(text) => self.para(text),
            Block::Item(mark, text) => self.item(mark, text),
        })
    }

    /// One line, never broken: for programs to read.
    pub fn raw(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// Asks: the text stays on its line if somebody will type after it.
    pub fn ask(&mut self, text: &str, interactive: bool) -> io::Result<()> {
        write!(self.out, "{text}{}", if interactive { " " } else { "\n" })?;
        self.out.flush()
    }

    /// Sends out what was written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(columns: Option<usize>) -> String {
        let mut out = Vec::new();
        let mut page = Page::new(&mut out, columns);
        page.item("1.", "Map with Dana who signs, how, and by when.").expect("memory takes it");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn lines_are_broken_on_terminals_only() {
        assert_eq!(printed(None), "1. Map with Dana who signs, how, and by when.\n");
        assert_eq!(printed(Some(24)), "1. Map with Dana who\n   signs, how, and by\n   when.\n");
        assert_eq!(printed(Some(0)), printed(Some(10)));
    }
}
