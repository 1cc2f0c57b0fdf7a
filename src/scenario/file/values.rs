//! Single values of the file: what kind they are, what they say, and how to tell when they are of the wrong kind.

use std::fmt::Display;
use std::ops::RangeInclusive;

use toml::Spanned;
use toml::de::DeValue;

use super::fields::Fields;
use super::problems::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::terms::{EndingKind, Form, Posture, Role, Rule};

/// What every reader needs: the file's text and the list of problems.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) source: &'a str,
    pub(super) problems: &'a Problems,
}

/// A closed list of words, see [`crate::terms`].
pub(super) trait Word: Copy + 'static {
    fn all() -> &'static [Self];
    fn id(self) -> &'static str;
}

macro_rules! word {
    ($($name:ident),+) => {$(
        impl Word for $name {
            fn all() -> &'static [Self] { Self::ALL }
            fn id(self) -> &'static str { $name::id(self) }
        }
    )+};
}

word!(EndingKind, Form, Posture, Role, Rule);

/// A value as a table.
pub(super) fn as_table<'a>(
    context: Context<'a>,
    what: &dyn Display,
    value: &'a Spanned<DeValue<'a>>,
    name: impl Into<String>,
) -> Option<Fields<'a>> {
    if let Some(table) = value.get_ref().as_table() {
        return Some(Fields::new(context, table, value.span(), name));
    }
    wrong_type(context, what, value, "a table");
    None
}

/// A value as a string.
pub(super) fn string<'a>(
    context: Context<'a>,
    what: &dyn Display,
    value: &'a Spanned<DeValue<'a>>,
    expected: &str,
) -> Option<&'a str> {
    let word = value.get_ref().as_str();
    if word.is_none() {
        wrong_type(context, what, value, expected);
    }
    word
}

/// A value as a whole number within a range.
pub(super) fn number(
    context: Context<'_>,
    what: &dyn Display,
    value: &Spanned<DeValue<'_>>,
    range: RangeInclusive<i64>,
) -> Option<i64> {
    let Some(written) = value.get_ref().as_integer() else {
        wrong_type(context, what, value, "a whole number");
        return None;
    };
    let number = i64::from_str_radix(written.as_str(), written.radix()).ok();
    if number.is_some_and(|number| range.contains(&number)) || context.problems.garbled(&value.span()) {
        return number.filter(|number| range.contains(number));
    }
    let shown: String = written.to_string().chars().take(24).collect();
    let message = format!("{what} is {shown}, but must be {}", between(&range));
    context.problems.push(Diagnostic::new(Code::OutOfRange, value.span(), message));
    None
}

/// A range in words.
fn between(range: &RangeInclusive<i64>) -> String {
    format!("from {} to {}", range.start(), range.end())
}

/// Says that a value is of the wrong kind, unless the parser has complained about it.
pub(super) fn wrong_type(context: Context<'_>, what: &dyn Display, value: &Spanned<DeValue<'_>>, expected: &str) {
    if value.span().end == 0 || context.problems.garbled(&value.span()) {
        return;
    }
    let found = kind(value.get_ref());
    let message = format!("{what} is {found}, but must be {expected}");
    let mut diagnostic =
        Diagnostic::new(Code::WrongType, value.span(), message).label(format!("expected {expected}, found {found}"));
    if expected.contains("number") && value.get_ref().as_str().is_some_and(|text| text.trim().parse::<i64>().is_ok()) {
        diagnostic = diagnostic.help("write it without quotes");
    }
    context.problems.push(diagnostic);
}

/// What a value is, in words.
pub(super) fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// What could stand at a key that is missing.
pub(super) fn example(key: &str) -> &'static str {
    match key {
        "format" | "level" => "1",
        "minutes" => "15",
        "trust" | "growth" | "momentum" | "bypass" => "50",
        "key" => "2",
        "language" => "\"en\"",
        "role" => "\"customer\"",
        "rule" => "\"front_door\"",
        "posture" => "\"lead\"",
        "form" => "\"ask\"",
        "kind" => "\"won_by_rep\"",
        "questions" => "[\"...\"]",
        "when" => "{ flags = [\"...\"] }",
        _ => "\"...\"",
    }
}
