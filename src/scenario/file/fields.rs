//! One table of the file, read key by key: kinds, ranges and words are checked here, and what was never asked for is
//! an unknown key. A value that the parser could not read counts as there, so that one slip isn't told twice.

use std::collections::HashSet;
use std::fmt;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::At;
use super::problems::did_you_mean;
use super::text::{Rule as TextRule, read as read_text};
use super::values::{Context, Word, as_table, example, kind, number, string, wrong_type};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::Text;

/// A table that is being read.
pub(super) struct Fields<'a> {
    pub(super) context: Context<'a>,
    /// The table's header, or the first line of the file: where something is missing.
    pub(super) span: Range<usize>,
    /// What messages call it: "scene `monday`".
    pub(super) name: String,
    table: &'a DeTable<'a>,
    asked: Vec<&'static str>,
    /// Keys that are missing, told at the end: one of the unknown keys may be what was meant.
    lacking: Vec<(&'static str, Diagnostic)>,
}

/// What stands at a key.
pub(super) enum Found<'a> {
    /// Nothing.
    Missing,
    /// Something that the parser has complained about already.
    Broken,
    /// A value.
    Value(&'a Spanned<DeValue<'a>>),
}

/// "`text` of scene `monday`": in words only where something is wrong with it.
#[derive(Clone, Copy)]
struct KeyOf<'n> {
    key: &'static str,
    table: &'n str,
}

impl fmt::Display for KeyOf<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` of {}", self.key, self.table)
    }
}

impl<'a> Fields<'a> {
    pub(super) fn new(
        context: Context<'a>,
        table: &'a DeTable<'a>,
        span: Range<usize>,
        name: impl Into<String>,
    ) -> Self {
        Self { context, span, name: name.into(), table, asked: Vec::new(), lacking: Vec::new() }
    }

    /// Adds a problem.
    pub(super) fn report(&self, diagnostic: Diagnostic) {
        self.context.problems.push(diagnostic);
    }

    /// What messages call a key.
    fn called(&self, key: &'static str) -> KeyOf<'_> {
        KeyOf { key, table: &self.name }
    }

    /// What stands at a key.
    pub(super) fn find(&mut self, key: &'static str) -> Found<'a> {
        self.asked.push(key);
        match self.table.get(key) {
            None => Found::Missing,
            // The parser's stand-in for what it could not read.
            Some(value) if value.span().end == 0 => Found::Broken,
            Some(value) => Found::Value(value),
        }
    }

    /// Whether nothing at all is written.
    pub(super) fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Whether a key is there, and where.
    pub(super) fn key_span(&self, key: &str) -> Option<Range<usize>> {
        self.table.get_key_value(key).map(|(key, _)| key.span())
    }

    /// Where a key's value stands; the table's header if there is none.
    pub(super) fn value_span(&self, key: &str) -> Range<usize> {
        self.table.get(key).map(Spanned::span).filter(|span| span.end > 0).unwrap_or_else(|| self.span.clone())
    }

    /// The value at a key that must be there.
    fn need(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        match self.find(key) {
            Found::Missing => {
                self.missing(key, None);
                None
            }
            Found::Broken => None,
            Found::Value(value) => Some(value),
        }
    }

    /// The value at a key that may be left out.
    pub(super) fn maybe(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        if let Found::Value(value) = self.find(key) { Some(value) } else { None }
    }

    /// Says that a key is missing. Where the parser has lost parts of the file, it may well be among them.
    pub(super) fn missing(&mut self, key: &'static str, help: Option<String>) {
        if self.context.problems.has(Code::Syntax) {
            return;
        }
        let message = format!("{} has no `{key}`", self.name);
        let mut diagnostic = Diagnostic::new(Code::MissingKey, self.span.clone(), message);
        diagnostic.help = help.or_else(|| Some(format!("add `{key} = {}`", example(key))));
        self.lacking.push((key, diagnostic));
    }

    /// A text by its rule.
    pub(super) fn text(&mut self, key: &'static str, rule: TextRule) -> Text {
        let value = if rule.required { self.need(key) } else { self.maybe(key) };
        value.map(|value| read_text(self.context, &self.called(key), value, rule)).unwrap_or_default()
    }

    /// A list of texts, which is not empty if it is there.
    pub(super) fn texts(&mut self, key: &'static str, rule: TextRule) -> Vec<Text> {
        let Some(values) = self.array(key, "texts") else {
            return Vec::new();
        };
        let name = format_args!("each of {}", self.called(key));
        values.iter().map(|value| read_text(self.context, &name, value, rule)).collect()
    }

    /// A whole number within a range that must be there.
    pub(super) fn number(&mut self, key: &'static str, range: RangeInclusive<i64>) -> Option<i64> {
        let value = self.need(key)?;
        number(self.context, &self.called(key), value, range)
    }

    /// A whole number within a range that may be left out.
    pub(super) fn maybe_number(&mut self, key: &'static str, range: RangeInclusive<i64>) -> Option<At<i64>> {
        let value = self.maybe(key)?;
        let read = number(self.context, &self.called(key), value, range)?;
        Some(At::new(read, value.span()))
    }

    /// Yes or no; no if left out.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        let Some(value) = self.maybe(key) else {
            return false;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            wrong_type(self.context, &self.called(key), value, "`true` or `false`");
            false
        })
    }

    /// One of a closed list of words, that must be there.
    pub(super) fn word<T: Word>(&mut self, key: &'static str) -> Option<At<T>> {
        let value = self.need(key)?;
        self.read_word(key, value)
    }

    /// One of a closed list of words, that may be left out.
    pub(super) fn maybe_word<T: Word>(&mut self, key: &'static str) -> Option<At<T>> {
        let value = self.maybe(key)?;
        self.read_word(key, value)
    }

    fn read_word<T: Word>(&self, key: &'static str, value: &'a Spanned<DeValue<'a>>) -> Option<At<T>> {
        let name = self.called(key);
        let word = string(self.context, &name, value, "one of its words in quotes")?;
        if let Some(known) = T::all().iter().copied().find(|known| known.id() == word) {
            return Some(At::new(known, value.span()));
        }
        if self.context.problems.garbled(&value.span()) {
            return None;
        }
        let ids: Vec<&str> = T::all().iter().map(|known| known.id()).collect();
        let all = format!("it is one of {}", ids.join(", "));
        let help = match self.context.problems.suggest(word, ids) {
            Some(near) => format!("{near} {all}"),
            None => all,
        };
        let message = format!("{name} is `{word}`, which is no word for it");
        self.report(Diagnostic::new(Code::UnknownWord, value.span(), message).help(help));
        None
    }

    /// The name of something, that must be there.
    pub(super) fn name(&mut self, key: &'static str) -> Option<At<String>> {
        let value = self.need(key)?;
        let word = string(self.context, &self.called(key), value, "a name in quotes")?;
        Some(At::new(word.to_owned(), value.span()))
    }

    /// A list of names, which may be empty; each once.
    pub(super) fn names(&mut self, key: &'static str) -> Vec<At<String>> {
        let Some(value) = self.maybe(key) else {
            return Vec::new();
        };
        let name = self.called(key);
        let Some(values) = value.get_ref().as_array() else {
            let expected = "a list of names in brackets";
            wrong_type(self.context, &name, value, expected);
            return Vec::new();
        };
        let mut names: Vec<At<String>> = Vec::new();
        let mut met = HashSet::new();
        for value in values {
            let Some(word) = string(self.context, &format_args!("each of {name}"), value, "a name in quotes") else {
                continue;
            };
            if met.insert(word) {
                names.push(At::new(word.to_owned(), value.span()));
            } else {
                let message = format!("{name} names `{word}` twice");
                self.report(Diagnostic::new(Code::RepeatedName, value.span(), message).help("once is enough"));
            }
        }
        names
    }

    /// A list that is not empty.
    pub(super) fn array(&mut self, key: &'static str, of: &str) -> Option<&'a toml::de::DeArray<'a>> {
        let value = self.maybe(key)?;
        let Some(values) = value.get_ref().as_array() else {
            wrong_type(self.context, &self.called(key), value, &format!("a list of {of}"));
            return None;
        };
        if values.is_empty() {
            let message = format!("{} is an empty list", self.called(key));
            self.report(Diagnostic::new(Code::EmptyList, value.span(), message).help("fill it, or leave it out"));
        }
        Some(values)
    }

    /// A table that may be left out.
    pub(super) fn table(&mut self, key: &'static str, name: impl Into<String>) -> Option<Fields<'a>> {
        let value = self.maybe(key)?;
        as_table(self.context, &self.called(key), value, name)
    }

    /// The tables under `[[key]]`; whether the key was there at all comes with them.
    pub(super) fn tables(&mut self, key: &'static str, header: &str, name: &str) -> (bool, Vec<Fields<'a>>) {
        let value = match self.find(key) {
            Found::Missing => return (false, Vec::new()),
            Found::Broken => return (true, Vec::new()),
            Found::Value(value) => value,
        };
        let Some(values) = value.get_ref().as_array() else {
            let found = kind(value.get_ref());
            let message = format!("{} is {found}, but must be a list of tables", self.called(key));
            let help = format!("write `[[{header}]]` with two brackets, once for each {key}");
            self.report(Diagnostic::new(Code::WrongType, value.span(), message).help(help));
            // A single table is read as the only one.
            let table = value.get_ref().as_table();
            let only = table.map(|table| Fields::new(self.context, table, value.span(), name));
            return (true, only.into_iter().collect());
        };
        if values.is_empty() {
            let message = format!("{} is an empty list", self.called(key));
            self.report(Diagnostic::new(Code::EmptyList, value.span(), message).help("fill it, or leave it out"));
        }
        let each = format_args!("each {}", self.called(key));
        (true, values.iter().filter_map(|value| as_table(self.context, &each, value, name)).collect())
    }

    /// Every key with its value, in the order of the file.
    pub(super) fn entries(&mut self) -> Vec<(At<String>, &'a Spanned<DeValue<'a>>)> {
        let mut entries: Vec<_> =
            self.table.iter().map(|(key, value)| (At::new(key.get_ref().to_string(), key.span()), value)).collect();
        entries.sort_by_key(|(key, _)| key.span.start);
        entries
    }

    /// Reports what was never asked for.
    pub(super) fn finish(mut self) {
        let mut unknown: Vec<_> =
            self.table.keys().filter(|key| !self.asked.contains(&key.get_ref().as_ref())).collect();
        unknown.sort_by_key(|key| key.span().start);
        for key in unknown {
            let message = format!("{} has a key `{}`, which the format doesn't know", self.name, key.get_ref());
            let near = self.context.problems.nearest(key.get_ref(), self.asked.iter().copied());
            self.lacking.retain(|(lacking, _)| near != Some(*lacking));
            let near = near.map(did_you_mean);
            let known = || {
                let mut known = self.asked.clone();
                known.sort_unstable();
                format!("known here: {}", known.join(", "))
            };
            self.report(Diagnostic::new(Code::UnknownKey, key.span(), message).help(near.unwrap_or_else(known)));
        }
        for (_, diagnostic) in self.lacking {
            self.context.problems.push(diagnostic);
        }
    }
}
