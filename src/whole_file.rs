//! Files that are written whole or not at all, whatever happens meanwhile.

use std::fs;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use tempfile::Builder;

/// Writes a file: into a new one beside it, which takes its place once everything is on the disk. What was there is
/// replaced then and not before. What is no plain file (a device, a pipe) is written to as it is.
///
/// # Errors
/// What the system says, or `content`. What was there is then still there.
pub fn write(path: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
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
    // Its name lasts as well.
    fs::File::open(folder)?.sync_all()
}
