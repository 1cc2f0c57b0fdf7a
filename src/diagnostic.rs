//! Problems found in a file, as data: what, where, how bad, and what to do about it.
//!
//! It doesn't know who found them. The renderers ([`human`], [`short`], [`json`]) turn them into a `String`; nothing
//! that a file says reaches their output raw, since it may be printed to a terminal.

mod code;
pub mod human;
pub mod json;
pub mod page;
pub mod short;
mod source;

use std::ops::Range;

pub use code::Code;
pub use source::{Position, Source, visible};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file can't be used.
    Error,
    /// The file can be used, and something about it is probably not meant.
    Warning,
    /// Said for completeness.
    Note,
}

impl Severity {
    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One problem in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of problem it is.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, naming the thing. One sentence without a full stop. May hold what the file says: render it
    /// with [`visible`].
    pub message: String,
    /// Where, in bytes from the start of the file.
    pub span: Range<usize>,
    /// What to say under the caret, if more than the message.
    pub label: Option<String>,
    /// Another place that has to do with it, and what is there.
    pub related: Option<(Range<usize>, String)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem of the code's own severity.
    pub fn new(code: Code, span: Range<usize>, message: impl Into<String>) -> Self {
        let severity = code.severity();
        Self { code, severity, message: message.into(), span, label: None, related: None, help: None }
    }

    /// With a word under the caret.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// With a second place.
    pub fn related(mut self, span: Range<usize>, label: impl Into<String>) -> Self {
        self.related = Some((span, label.into()));
        self
    }

    /// With a remedy.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Whether the file can't be used because of it.
    pub const fn is_error(&self) -> bool {
        matches!(self.severity, Severity::Error)
    }
}

/// How many errors and warnings there are, in words; empty if there are none.
pub fn summary<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> String {
    let (mut errors, mut warnings) = (0, 0);
    for diagnostic in diagnostics {
        match diagnostic.severity {
            Severity::Error => errors += 1,
            Severity::Warning => warnings += 1,
            Severity::Note => {}
        }
    }
    let said = [(errors, "error"), (warnings, "warning")].into_iter().filter(|(count, _)| *count > 0);
    said.map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect::<Vec<_>>()
        .join(", ")
}
