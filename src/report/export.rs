//! Exports: runs as a page to print, a note, a table, a document for programs, statements for a learning record store.
//!
//! A [`Sheet`] is one run with all that is told of it. How it was come by is not known here, and nothing is opened,
//! sent or timed: what is written goes to whatever it is given. Texts are the story's, safe by type, and each format
//! guards them once more in its own way (`html` by its templates, `csv` against formulas).

mod chart;
mod csv;
mod html;
mod json;
mod markdown;
mod page;
mod sheet;
pub mod xapi;

use std::io::{self, Write};

pub(crate) use csv::cell;
pub(super) use page::NOTICE;
pub use sheet::{Meta, Sheet};

/// What an export is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// A page in one file, to be looked at and printed.
    Html,
    /// A note in Markdown.
    Markdown,
    /// A table, a row a decision.
    Csv,
    /// A document for programs.
    Json,
    /// Statements for a learning record store, in an array.
    Xapi,
}

/// Which runs an export is of.
#[derive(Clone, Copy, Debug)]
pub enum Runs<'a, 's> {
    /// One run: its sheet is the document.
    One(&'a Sheet<'s>),
    /// Any number of runs, one document for all.
    All(&'a [Sheet<'s>]),
}

impl<'a, 's> Runs<'a, 's> {
    /// The sheets, in order.
    pub const fn sheets(self) -> &'a [Sheet<'s>] {
        match self {
            Self::One(sheet) => std::slice::from_ref(sheet),
            Self::All(sheets) => sheets,
        }
    }
}

/// Writes runs in a format.
///
/// # Errors
/// What `out` says.
pub fn export(format: Format, runs: Runs<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Html => html::write(runs, out),
        Format::Markdown => markdown::write(runs, out),
        Format::Csv => csv::write(runs.sheets(), out),
        Format::Json => json::write(runs, out),
        Format::Xapi => xapi::write(runs.sheets(), out),
    }
}
