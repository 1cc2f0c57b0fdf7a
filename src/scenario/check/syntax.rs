//! What the parser complains about, in words for people who write stories.

use crate::diagnostic::{Code, Diagnostic};

/// What the parser says, what we say, and what to do about it.
const WORDS: &[(&str, &str, &str)] = &[
    (
        "string values must be quoted",
        "a text must stand in quotes",
        "write \"...\", or \"\"\"...\"\"\" for several lines",
    ),
    (
        "duplicate key",
        "this name is used twice in its table",
        "each key and table stands once; a list of tables has two brackets, `[[...]]`",
    ),
    ("cannot recurse further", "brackets are nested too deep", "no scenario needs this; is a closing bracket missing?"),
    ("recursion limit", "a dotted name is nested too deep", "no scenario needs this"),
    ("cannot extend value", "this name is used for a value and for a table", "choose another name for one of them"),
    (
        "invalid basic string",
        "a text in quotes is not closed, or holds what it may not",
        "close it with a quote on the same line; several lines go between \"\"\" and \"\"\"",
    ),
];

/// A complaint of the parser as a diagnostic.
pub(super) fn diagnostic(error: &toml::de::Error) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    match WORDS.iter().find(|(theirs, _, _)| error.message().starts_with(theirs)) {
        Some((_, ours, help)) => Diagnostic::new(Code::Syntax, span, *ours).help(*help),
        None => Diagnostic::new(Code::Syntax, span, error.message()),
    }
}
