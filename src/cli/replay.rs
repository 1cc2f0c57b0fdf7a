//! `replay`: a run record in, its result out.

use std::borrow::Cow;
use std::io;
use std::path::Path;

use super::args::Replay;
use super::{Failure, Outcome, Streams, play, read_all};
use crate::plain::Page;
use crate::record::{MAX_BYTES, Record};
use crate::report::RunResult;
use crate::report::text::debrief;
use crate::scenario::library::{Entry, Library, Problem, ReadError, shown};
use crate::story::Story;
use crate::terms::Feedback;

pub(super) fn run(replay: &Replay, library: &Library, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let Played { name, record, story } = played(&replay.file, library, streams)?;
    let run = record.replay(&story).map_err(|misfit| Failure::problem(format!("{name}: {misfit}")))?;
    if replay.json {
        writeln!(streams.output, "{}", RunResult::of(&story, &run).to_json())?;
    } else {
        let mut page = Page::new(&mut streams.output, streams.columns);
        page.para(&format!("{}. Seed: {}.", story.scenario.title, run.seed()))?;
        page.blocks(&debrief(&story, &run, Feedback::End))?;
    }
    Ok(Outcome::Fine)
}

/// A run record from a file, with the story that it is of.
pub(super) struct Played {
    /// What the file is called; safe to print.
    pub(super) name: String,
    pub(super) record: Record,
    pub(super) story: Story,
}

/// Reads a run record and finds its story. Whether the record fits it is still to be seen.
pub(super) fn played(file: &Path, library: &Library, streams: &mut Streams<'_>) -> Result<Played, Failure> {
    let (name, bytes) = read(file, streams)?;
    let record = Record::parse(&bytes).map_err(|error| Failure::problem(format!("{name}: {error}")))?;
    let entry = scenario(&record, library).map_err(|error| Failure::cannot(format!("{name}: {error}")))?;
    if matches!(entry.content(), Err(Problem::Faulty { .. })) {
        // A record may come from anybody and name any file: what is in it is not shown.
        let file = entry.id.as_str();
        return Err(Failure::problem(format!(
            "{name}: its scenario {file} has problems; run \"ridealong check\" on it"
        )));
    }
    let story = play::story(entry, streams)?;
    Ok(Played { name, record, story })
}

/// The record's bytes, and what it is called.
fn read(file: &Path, streams: &mut Streams<'_>) -> Result<(String, Vec<u8>), Failure> {
    let limit = MAX_BYTES as u64 + 1;
    if file == Path::new("-") {
        return Ok(("standard input".to_owned(), read_all(streams.input, limit)?));
    }
    let failed = |error: &io::Error| match ReadError::new(file, error) {
        ReadError::Missing(name) => Failure::cannot(format!("{name} does not exist; name a file with a run record")),
        ReadError::Folder(name) => Failure::cannot(format!("{name} is a folder; name a file with a run record")),
        other => Failure::cannot(other),
    };
    let opened = std::fs::File::open(file).map_err(|error| failed(&error))?;
    let bytes = read_all(&mut io::BufReader::new(opened), limit);
    match bytes {
        Ok(bytes) => Ok((shown(file).to_string(), bytes)),
        Err(error) => Err(failed(&error)),
    }
}

/// The scenario that a record is of: the very version that it names, if that is at hand.
fn scenario<'l>(record: &Record, library: &'l Library) -> Result<Cow<'l, Entry>, impl std::fmt::Display + use<>> {
    let exact = record.hash.as_ref().and_then(|hash| library.version(&record.scenario, hash));
    exact.map_or_else(|| library.find(&record.scenario), |entry| Ok(Cow::Borrowed(entry)))
}
