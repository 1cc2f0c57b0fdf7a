//! What the parser complains about, in words for people who write stories.

use std::ops::Range;

use toml_parser::decoder::Encoding;
use toml_parser::lexer::Token;
use toml_parser::parser::{EventReceiver, RecursionGuard, parse_document};
use toml_parser::{ErrorSink, ParseError, Span};

use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::file::{LISTED, Problems};

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
    ("unquoted keys cannot be empty", "a name is missing before the equals sign", "write `name = value`"),
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

/// More complaints than this are not about a scenario with mistakes in it: it is no TOML at all.
const HOPELESS: usize = 10_000;
/// A smaller file can't have so many that they take long.
const SMALL: usize = 256 * 1024;
/// The most words and signs of a file, which one of 1 MiB cannot have: what is made of them takes memory.
const LONGEST: usize = 2_000_000;
/// Tables and lists within one another, as the parser bounds them.
const DEEPEST: u32 = 80;

/// Whether a file is beyond reading: too many words, or no TOML at all. Then that, or the first complaints, are
/// reported; the tables that the parser would make of a megabyte of equals signs take a third of a gigabyte.
pub(super) fn is_hopeless(text: &str, problems: &Problems) -> bool {
    if text.len() < SMALL {
        return false;
    }
    let tokens: Vec<Token> = toml_parser::Source::new(text).lex().take(LONGEST + 1).collect();
    if tokens.len() > LONGEST {
        let message = format!("the file has more than {LONGEST} words and signs");
        problems.push(Diagnostic::new(Code::TooLarge, 0..0, message).help("split the story, or shorten it"));
        return true;
    }
    let (mut first, mut count) = (Vec::new(), 0_usize);
    let mut complain = |error: ParseError| {
        count += 1;
        if first.len() < LISTED {
            first.push(error);
        }
    };
    let mut blanks = Blanks;
    let mut bounded = RecursionGuard::new(&mut blanks, DEEPEST);
    parse_document(&tokens, &mut bounded, &mut complain);
    if count < HOPELESS {
        return false;
    }
    let told = first.len();
    for error in first {
        let span = error.unexpected().map_or(0..0, |span| span.start()..span.end());
        problems.push(diagnostic(error.description(), span));
    }
    problems.leave_out(Code::Syntax, count - told);
    true
}

/// Complains of names and values that are missing beside an equals sign: otherwise found only when tables are made.
struct Blanks;

impl EventReceiver for Blanks {
    fn simple_key(&mut self, span: Span, _: Option<Encoding>, errors: &mut dyn ErrorSink) {
        if span.is_empty() {
            errors.report_error(ParseError::new("unquoted keys cannot be empty").with_unexpected(span));
        }
    }

    fn scalar(&mut self, span: Span, _: Option<Encoding>, errors: &mut dyn ErrorSink) {
        if span.is_empty() {
            errors.report_error(ParseError::new("string values must be quoted").with_unexpected(span));
        }
    }
}

/// Reports what the parser complains about.
pub(super) fn report(text: &str, errors: &[toml::de::Error], problems: &Problems) {
    let mut sorted: Vec<&toml::de::Error> = errors.iter().collect();
    sorted.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let more = sorted.split_off(sorted.len().min(LISTED)).len();
    let mut found: Vec<Diagnostic> =
        sorted.into_iter().map(|error| diagnostic(error.message(), error.span().unwrap_or(0..0))).collect();
    // With one missing, texts and everything between them change places, and the complaints are all over the file.
    if text.matches("\"\"\"").count() % 2 == 1
        && let Some(first) = found.first_mut()
    {
        first.help = Some("the file has an odd number of \"\"\": one is missing or too many, here or above".to_owned());
    }
    for diagnostic in found {
        problems.push(diagnostic);
    }
    problems.leave_out(Code::Syntax, more);
}

/// One complaint.
fn diagnostic(message: &str, span: Range<usize>) -> Diagnostic {
    match WORDS.iter().find(|(theirs, _, _)| message.starts_with(theirs)) {
        Some((_, ours, help)) => Diagnostic::new(Code::Syntax, span, *ours).help(*help),
        None => Diagnostic::new(Code::Syntax, span, message),
    }
}
