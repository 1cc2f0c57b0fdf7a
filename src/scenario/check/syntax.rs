//! What the parser complains about, in words for people who write stories.

use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::file::Problems;

/// How the parser's complaint begins, what we say, and what to do about it.
const WORDS: &[(&str, &str, &str)] = &[
    (
        "string values must be quoted",
        "a text must stand in quotes",
        "write \"...\", or \"\"\"...\"\"\" for several lines",
    ),
    (
        "duplicate key",
        "this name is used twice in its table",
        "each name and each [table] stands once; a list of tables has two brackets, `[[...]]`",
    ),
    (
        "key with no value",
        "this is no `name = value`",
        "if it is a piece of text, the quotes around it, or before it, are not right",
    ),
    (
        "missing assignment",
        "an equals sign is missing",
        "write `name = value`; if this is a piece of text, the quotes before it are not right",
    ),
    ("missing comma", "a comma is missing", "put one between the entries"),
    (
        "unexpected key or value",
        "something is left over after the value",
        "begin a new line for it, or a comment with #",
    ),
    ("cannot recurse further", "brackets are nested too deep", "no scenario needs this; is a closing bracket missing?"),
    ("recursion limit", "a name with dots is nested too deep", "no scenario needs this"),
    ("cannot extend value", "this name is used for a value and for a table", "choose another name for one of them"),
    (
        "invalid basic string",
        "a text in quotes is not closed, or holds what it may not",
        "close it with a quote on the same line; several lines go between \"\"\" and \"\"\"",
    ),
];

/// Reports what the parser complains about.
pub(super) fn report(text: &str, errors: &[toml::de::Error], problems: &Problems) {
    let mut found: Vec<Diagnostic> = errors.iter().map(diagnostic).collect();
    found.sort_by_key(|diagnostic| diagnostic.span.start);
    // With one missing, texts and everything between them change places, and the complaints are all over the file.
    if text.matches("\"\"\"").count() % 2 == 1
        && let Some(first) = found.first_mut()
    {
        first.help = Some("the file has an odd number of \"\"\": one is missing or too many, here or above".to_owned());
    }
    for diagnostic in found {
        problems.push(diagnostic);
    }
}

/// One complaint.
fn diagnostic(error: &toml::de::Error) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    match WORDS.iter().find(|(theirs, _, _)| error.message().starts_with(theirs)) {
        Some((_, ours, help)) => Diagnostic::new(Code::Syntax, span, *ours).help(*help),
        None => Diagnostic::new(Code::Syntax, span, error.message()),
    }
}
