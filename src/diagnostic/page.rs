//! What each code means, with an example of it and the same mended: a page for one, a page for all.
//!
//! The meaning stands in [`Code`], the examples in `examples.md`; everything that is shown is made from these.

use std::fmt::Write;

use super::{Code, Severity};

/// An example and its remedy for each code, under its name.
const EXAMPLES: &str = include_str!("examples.md");

/// What stands at the head of the page of all codes.
const INTRODUCTION: &str = "\
# What the checker says

Made from what `ridealong check --explain CODE` prints; each code with its meaning, an example and the same mended. Errors keep a
file from being played, warnings don't; `check --strict` counts both. Codes marked *content* are told by `check` alone, and
may be allowed where they are meant: `allow = { CODE = \"the reason\" }` in the option, in its scene, or under `[allow]` for the
whole story.
";

/// Something wrong, and the same put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// What calls the code forth.
    pub wrong: Piece,
    /// What doesn't.
    pub right: Piece,
}

/// A piece of a file, or words about one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// As it is written in a file.
    File(&'static str),
    /// What can't be shown in a few lines.
    Words(&'static str),
}

impl Piece {
    fn parse(text: &'static str) -> (Self, &'static str) {
        let text = text.trim_start();
        if let Some(file) = text.strip_prefix("```toml\n") {
            let (file, rest) = file.split_once("\n```").unwrap_or((file, ""));
            return (Self::File(file), rest);
        }
        let (words, rest) = text.split_once("\n\n").unwrap_or((text, ""));
        (Self::Words(words.trim_end()), rest)
    }
}

impl Code {
    /// An example. Every code has one; a test sees to it.
    pub fn example(self) -> Option<Example> {
        let section = EXAMPLES.split("## ").skip(1).find_map(|section| {
            let (id, body) = section.split_once('\n')?;
            (id == self.id()).then_some(body)
        })?;
        let (wrong, rest) = Piece::parse(section);
        let (right, _) = Piece::parse(rest);
        Some(Example { wrong, right })
    }

    /// Whether it is one of the content checks.
    pub fn is_content(self) -> bool {
        self == Self::UnusedAllow || Self::CONTENT.contains(&self)
    }

    /// The codes spelled nearly so, the nearest first, three at most.
    pub fn similar(id: &str) -> Vec<Self> {
        const ALIKE: f64 = 0.75;
        let likeness = |code: &Self| {
            let within = if !id.is_empty() && code.id().contains(id) { 1.0 } else { 0.0 };
            strsim::jaro_winkler(code.id(), id).max(within)
        };
        let mut near: Vec<Self> = Self::ALL.iter().copied().filter(|code| likeness(code) > ALIKE).collect();
        near.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)));
        near.truncate(3);
        near
    }
}

/// How bad it is, and whether it is about the content, in words.
pub fn kind(code: Code) -> String {
    let content = if code.is_content() { ", content" } else { "" };
    format!("{}{content}", code.severity().word())
}

/// The page of all codes, in Markdown.
pub fn markdown() -> String {
    let mut out = INTRODUCTION.to_owned();
    for (title, of) in [
        ("Errors", (|code: Code| code.severity() == Severity::Error) as fn(Code) -> bool),
        ("Warnings about the form", |code| code.severity() == Severity::Warning && !code.is_content()),
        ("Warnings about the content", Code::is_content),
        ("Notes", |code| code.severity() == Severity::Note),
    ] {
        // Writing to memory cannot fail.
        let _ = write!(out, "\n## {title}\n");
        for code in Code::ALL.iter().copied().filter(|code| of(*code)) {
            section(&mut out, code);
        }
    }
    out
}

fn section(out: &mut String, code: Code) {
    let _ = write!(out, "\n### {}\n\n*{}.* {}\n", code.id(), kind(code), code.explain());
    if let Some(Example { wrong, right }) = code.example() {
        for (title, piece) in [("Wrong", wrong), ("Right", right)] {
            let _ = match piece {
                Piece::File(file) => write!(out, "\n{title}:\n\n```toml\n{file}\n```\n"),
                Piece::Words(words) => write!(out, "\n{title}: {words}\n"),
            };
        }
    }
}
