//! Problems for programs: a JSON list of records. Its fields are a promise; new ones may be added.

use serde::Serialize;

use super::{Diagnostic, Source, visible};

/// One problem as a program reads it. Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
    /// The stable code.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// The file's shown name.
    pub file: String,
    /// Where it begins.
    pub line: usize,
    /// Where it begins, in characters.
    pub column: usize,
    /// Where it ends.
    pub end_line: usize,
    /// One past the last character.
    pub end_column: usize,
    /// What to do about it.
    pub help: Option<String>,
}

/// The problems of one file as records; a command that reads several files puts them one after another.
pub fn records(source: &Source, diagnostics: &[Diagnostic]) -> Vec<Record> {
    let record = |diagnostic: &Diagnostic| {
        let start = source.position(diagnostic.span.start);
        let end = source.position(diagnostic.span.end.max(diagnostic.span.start));
        Record {
            code: diagnostic.code.id(),
            severity: diagnostic.severity.word(),
            message: visible(&diagnostic.message).into_owned(),
            file: source.name().to_owned(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            help: diagnostic.help.as_deref().map(|help| visible(help).into_owned()),
        }
    };
    diagnostics.iter().map(record).collect()
}

/// A list of records as JSON, one record a line.
pub fn render(records: &[Record]) -> String {
    // Strings and numbers only: writing them to memory cannot fail.
    let lines: Vec<String> = records.iter().filter_map(|record| serde_json::to_string(record).ok()).collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n  {}\n]\n", lines.join(",\n  ")) }
}
