//! `new`: a scenario file to start from.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::args::New;
use super::{Failure, Outcome, Streams};
use crate::scenario::library::shown;
use crate::scenario::new;
use crate::text::Text;

pub(super) fn run(wanted: &New, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let id = wanted.id.to_string_lossy();
    let text = new::scenario(&id).map_err(Failure::cannot)?;
    let folder = wanted.path.as_deref().unwrap_or(Path::new(""));
    if !folder.as_os_str().is_empty() && !folder.is_dir() {
        let why = if folder.exists() { "is no folder" } else { "does not exist; make it first, or name another" };
        return Err(Failure::cannot(format!("{} {why}", shown(folder))));
    }
    let path = folder.join(format!("{id}.toml"));
    let name = shown(&path);
    // Made only if it isn't there: what somebody has written is never lost.
    let file = OpenOptions::new().write(true).create_new(true).open(&path);
    let mut file = file.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::cannot(format!("{name} is there already and is left as it is; choose another id"))
        }
        ErrorKind::PermissionDenied => Failure::cannot(format!(
            "{name} can't be written: you may not write there; name another folder with --path"
        )),
        _ => Failure::cannot(format!("{name} can't be written: {}", Text::clean(&error.to_string()))),
    })?;
    if let Err(error) = file.write_all(text.as_bytes()).and_then(|()| file.flush()) {
        drop(file);
        // Half a file would be in the way of a second try. If it can't go, it was said that something is wrong.
        let _ = fs::remove_file(&path);
        return Err(Failure::cannot(format!("{name} can't be written: {}", Text::clean(&error.to_string()))));
    }
    writeln!(streams.output, "{name} is written: a small complete story to start from.")?;
    writeln!(streams.output, "  ridealong watch {name}    play it while you write")?;
    writeln!(streams.output, "  ridealong check {name}    every problem, with its line and what to do about it")?;
    Ok(Outcome::Fine)
}
