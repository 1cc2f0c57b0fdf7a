//! `session export`: all that there is of a session, to keep and to work out again.

use std::io::{self, Write};
use std::path::Path;

use super::settled;
use crate::cli::args::{ExportSession, SessionFormat};
use crate::cli::own::Own;
use crate::cli::{Failure, Outcome, Streams, write_file};
use crate::courier::CourierError;
use crate::report::archive;
use crate::team::SessionCode;
use crate::team::archive::Archive;

pub(super) fn run(export: &ExportSession, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let code = export.at.code;
    let archive = read(code, own)?;
    let format = export.format;
    to(export.output.as_deref(), streams, |out| match format {
        SessionFormat::Json => archive::json(&archive, out),
        SessionFormat::Csv => archive::csv(&archive, out),
    })
}

/// Writes into a file, or to standard output if none is named.
pub(super) fn to(
    file: Option<&Path>,
    streams: &mut Streams<'_>,
    content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Outcome, Failure> {
    match file {
        Some(path) => write_file(path, content)?,
        None => content(&mut streams.output)?,
    }
    Ok(Outcome::Fine)
}

/// Everything in the store that belongs to a session.
pub(super) fn read(code: SessionCode, own: &Own) -> Result<Archive, Failure> {
    settled(&mut own.reach()?, code, move |stores| stores.team.archive(code)?.ok_or(CourierError::NoSession(code)))
}
