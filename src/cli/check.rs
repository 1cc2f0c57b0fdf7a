//! `check`: every problem in scenario files and folders.

use std::path::{Path, PathBuf};

use super::args::{Check, Format};
use super::{Failure, Outcome, Streams, explain};
use crate::diagnostic::{Diagnostic, Severity, Source, human, json, short, summary};
use crate::report::by_playing;
use crate::scenario::check::review;
use crate::scenario::library::{ReadError, read, toml_files_below};

/// What was found in a file.
struct Found {
    source: Source,
    diagnostics: Vec<Diagnostic>,
}

pub(super) fn run(check: &Check, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    if let Some(code) = &check.explain {
        return explain::run(code, streams);
    }
    let mut unread = Vec::new();
    let mut found = Vec::new();
    for path in &check.paths {
        match files(path) {
            Ok(files) => found.extend(files.iter().filter_map(|file| look(file, &mut unread))),
            Err(error) => unread.push(error),
        }
    }
    write(check.format, &found, streams)?;
    for error in &unread {
        writeln!(streams.errors, "ridealong: {error}")?;
    }
    let counts = |diagnostic: &Diagnostic| match diagnostic.severity {
        Severity::Error => true,
        Severity::Warning => check.strict,
        Severity::Note => false,
    };
    let problems = found.iter().flat_map(|file| &file.diagnostics).any(counts);
    match (unread.is_empty(), problems) {
        (false, _) => Ok(Outcome::Partly),
        (true, true) => Ok(Outcome::Problems),
        (true, false) => Ok(Outcome::Fine),
    }
}

/// The file itself, or the TOML files in a folder.
fn files(path: &Path) -> Result<Vec<PathBuf>, ReadError> {
    if path.is_dir() { toml_files_below(path) } else { Ok(vec![path.to_owned()]) }
}

fn look(file: &Path, unread: &mut Vec<ReadError>) -> Option<Found> {
    match read(file) {
        Ok(bytes) => {
            let name = file.display().to_string();
            let checked = review(&name, &bytes);
            let mut diagnostics = checked.diagnostics().to_vec();
            diagnostics.extend(by_playing(&checked));
            diagnostics.sort_by_key(|diagnostic| diagnostic.span.start);
            Some(Found { source: Source::new(&name, &bytes), diagnostics })
        }
        Err(error) => {
            unread.push(error);
            None
        }
    }
}

fn write(format: Format, found: &[Found], streams: &mut Streams<'_>) -> Result<(), Failure> {
    match format {
        Format::Human => {
            let colour = streams.columns.is_some() && colours_are_welcome();
            for file in found {
                streams.output.write_all(human::render(&file.source, &file.diagnostics, colour).as_bytes())?;
            }
            let files = match found.len() {
                0 => return Ok(()),
                1 => "1 file".to_owned(),
                many => format!("{many} files"),
            };
            let counted = summary(found.iter().flat_map(|file| &file.diagnostics));
            let counted = if counted.is_empty() { "no problems".to_owned() } else { counted };
            writeln!(streams.output, "{files} checked: {counted}")?;
        }
        Format::Short => {
            for file in found {
                streams.output.write_all(short::render(&file.source, &file.diagnostics).as_bytes())?;
            }
        }
        Format::Json => {
            let records: Vec<_> =
                found.iter().flat_map(|file| json::records(&file.source, &file.diagnostics)).collect();
            writeln!(streams.output, "{}", json::render(&records).trim_end())?;
        }
    }
    Ok(())
}

/// Whether the environment has nothing against colours.
fn colours_are_welcome() -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    set("NO_COLOR").is_none() && set("TERM").is_some_and(|term| term != "dumb")
}
