//! Runs as a page in one file: to be looked at, printed on A4 and handed round. No script, nothing fetched.
//!
//! The templates beside this file say how it looks; they escape whatever is put into them.

use std::io::{self, Write};

use askama::Template;

use super::Runs;
use super::markdown::count;
use super::page::{NOTICE, Page, UNCOMMENTED};

/// The document.
#[derive(Template)]
#[template(path = "document.html")]
struct Document<'a> {
    pages: Vec<Page<'a>>,
    /// Whether it has an index, and a heading of its own above the runs'.
    is_collection: bool,
}

impl Document<'_> {
    /// The level of a heading, so many below a run's title.
    fn level(&self, below: usize) -> usize {
        usize::from(self.is_collection) + 1 + below
    }

    /// What the window is called.
    fn name(&self) -> String {
        match &self.pages[..] {
            [page] if !self.is_collection => format!("{}: {}", page.title, page.player),
            pages => count(pages.len()),
        }
    }
}

pub(super) fn write(runs: Runs<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let pages = runs.sheets().iter().map(Page::of).collect();
    let is_collection = matches!(runs, Runs::All(_));
    Document { pages, is_collection }.write_into(out)
}
