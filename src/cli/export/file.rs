//! A file that is written whole or not at all.

use std::fs;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use tempfile::Builder;

use crate::cli::Failure;
use crate::scenario::library::shown;
use crate::text::Text;

/// Writes a file: into a new one beside it, which takes its place once everything is on the disk. What was there is
/// replaced then and not before. What is no plain file (a device, a pipe) is written to as it is.
pub(super) fn write(path: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    whole(path, content).map_err(|error| failed(path, &error))
}

fn whole(path: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    // A link stays one: what it leads to is replaced.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let there = fs::metadata(&target).ok();
    if let Some(there) = &there {
        if there.is_dir() {
            return Err(ErrorKind::IsADirectory.into());
        }
        if !there.is_file() {
            let mut out = BufWriter::new(fs::OpenOptions::new().write(true).open(&target)?);
            content(&mut out)?;
            return out.flush();
        }
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(".ridealong-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Whoever may read new files of this user's may read this one; the mask takes its part.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut new = builder.tempfile_in(folder)?;
    let mut out = BufWriter::new(new.as_file_mut());
    content(&mut out)?;
    out.flush()?;
    drop(out);
    if let Some(there) = there {
        new.as_file().set_permissions(there.permissions())?;
    }
    new.as_file().sync_all()?;
    new.persist(&target)?;
    Ok(())
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
