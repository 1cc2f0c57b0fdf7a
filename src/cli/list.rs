//! `list`: the scenarios at hand, and what is wrong with those that can't be played.

use std::io;

use serde::Serialize;

use super::args::List;
use super::{Failure, Outcome, Streams};
use crate::diagnostic::{Diagnostic, Source, visible};
use crate::plain::Page;
use crate::scenario::check::SCENES;
use crate::scenario::library::{Entry, Library, Problem, shown};
use crate::terms::Rule;

/// A scenario as `list --json` prints it. What a file with problems doesn't tell is null.
#[derive(Serialize)]
struct Row<'l> {
    id: &'l str,
    title: Option<&'l str>,
    summary: Option<&'l str>,
    level: Option<u8>,
    minutes: Option<u16>,
    industry: Option<&'l str>,
    rules: Vec<&'static str>,
    origin: &'static str,
    path: Option<String>,
    problem: Option<String>,
}

pub(super) fn run(list: &List, library: &Library, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    library.read();
    if list.json {
        let rows: Vec<Row<'_>> = library.entries().map(row).collect();
        // Strings, numbers and lists only: writing them to memory cannot fail.
        let json = serde_json::to_string_pretty(&rows).unwrap_or_default();
        writeln!(streams.output, "{json}")?;
    } else {
        let mut page = Page::new(&mut streams.output, streams.columns);
        library.entries().try_for_each(|entry| tell(&mut page, entry))?;
    }
    if let Some(problem) = &library.folder_problem {
        writeln!(streams.errors, "ridealong: your own scenarios are left out: {problem}")?;
    }
    Ok(Outcome::Fine)
}

fn row(entry: &Entry) -> Row<'_> {
    let scenario = entry.scenario();
    Row {
        id: &entry.id,
        title: scenario.map(|scenario| &*scenario.title),
        summary: scenario.map(|scenario| &*scenario.summary),
        level: scenario.map(|scenario| scenario.level),
        minutes: scenario.map(|scenario| scenario.minutes),
        industry: scenario.map(|scenario| &*scenario.industry),
        rules: scenario.map(|scenario| scenario.rules().into_iter().map(Rule::id).collect()).unwrap_or_default(),
        origin: entry.origin.id(),
        path: entry.origin.path().map(|path| shown(path).to_string()),
        problem: entry.content().err().map(first_problem),
    }
}

fn tell<W: io::Write>(page: &mut Page<W>, entry: &Entry) -> io::Result<()> {
    match entry.content() {
        Ok(loaded) => {
            let scenario = &loaded.scenario;
            page.para(&format!("{}: {}", entry.id, scenario.title))?;
            page.item(
                "   ",
                &format!("Level {} of 5, {} minutes, {}.", scenario.level, scenario.minutes, entry.origin),
            )?;
            let rules: Vec<&str> = scenario.rules().into_iter().map(Rule::label).collect();
            page.item("   ", &format!("Rules: {}.", rules.join("; ")))?;
            if entry.is_too_long_to_play() {
                page.item("   ", &format!("More than {SCENES} scenes, too many to be played."))?;
            }
            Ok(())
        }
        Err(problem) => {
            page.para(&format!("{}: has problems", entry.id))?;
            page.item("   ", &first_problem(problem))
        }
    }
}

/// A problem in one line; of many, the first.
pub(super) fn first_problem(problem: &Problem) -> String {
    match problem {
        Problem::Unread(error) => error.to_string(),
        Problem::Faulty { source, diagnostics } => diagnostics
            .iter()
            .find(|diagnostic| diagnostic.is_error())
            .map_or_else(|| source.name().to_owned(), |first| one_line(source, first)),
    }
}

fn one_line(source: &Source, first: &Diagnostic) -> String {
    let at = source.position(first.span.start);
    format!("{}:{}:{}: {}", source.name(), at.line, at.column, visible(&first.message))
}
