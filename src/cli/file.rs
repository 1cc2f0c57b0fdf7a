//! A file that is written whole or not at all.

use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::cli::Failure;
use crate::scenario::library::shown;
use crate::text::Text;
use crate::whole_file;

/// Writes a file: into a new one beside it, which takes its place once everything is on the disk. What was there is
/// replaced then and not before. What is no plain file (a device, a pipe) is written to as it is.
pub(super) fn write(path: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    whole_file::write(path, content).map_err(|error| failed(path, &error))
}

/// What the system says, in our words.
fn failed(path: &Path, error: &io::Error) -> Failure {
    let name = shown(path);
    Failure::cannot(match error.kind() {
        ErrorKind::IsADirectory => format!("{name} is a folder; name a file with -o"),
        ErrorKind::NotFound => format!("{name} can't be written: its folder does not exist; make it first"),
        ErrorKind::PermissionDenied => format!("{name} can't be written: you may not write there; name another file"),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            format!("{name} can't be written: there is no room left; make some, or name a file elsewhere")
        }
        _ => format!("{name} can't be written: {}", Text::clean(&error.to_string())),
    })
}
