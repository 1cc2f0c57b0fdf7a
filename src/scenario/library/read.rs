//! Files and folders: how much is read, and what is said when it can't be.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::shown;
use crate::scenario::check::LARGEST_OF_ALL;
use crate::text::Text;

/// The bytes that a scenario file may have; one more is read, so that the check can tell.
const LIMIT: u64 = LARGEST_OF_ALL as u64 + 1;

/// Why a file or a folder couldn't be read. Names it, safe to print.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There is none.
    #[error("{0} does not exist; look for a misspelling, or run \"ridealong list\" to see what there is")]
    Missing(Text),
    /// A folder where a file is due.
    #[error("{0} is a folder, not a scenario file; name one of the files in it")]
    Folder(Text),
    /// A folder without any scenario file.
    #[error("{0} holds no .toml files; name the folder that the scenarios are in")]
    NoScenarios(Text),
    /// It may not be read.
    #[error("{0} may not be read by you; change its permissions")]
    Forbidden(Text),
    /// Anything else that the system says.
    #[error("{0} can't be read: {1}")]
    Other(Text, Text),
}

impl ReadError {
    /// What the system says about a path, in our words.
    pub fn new(path: &Path, error: &io::Error) -> Self {
        let name = shown(path);
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing(name),
            io::ErrorKind::IsADirectory => Self::Folder(name),
            io::ErrorKind::PermissionDenied => Self::Forbidden(name),
            _ => Self::Other(name, Text::clean(&error.to_string())),
        }
    }
}

/// Reads a file, up to a byte more than a scenario may have.
pub fn read(path: &Path) -> Result<Vec<u8>, ReadError> {
    let failed = |error: io::Error| ReadError::new(path, &error);
    let file = File::open(path).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(ReadError::Folder(shown(path)));
    }
    let mut bytes = Vec::new();
    file.take(LIMIT).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// The TOML files directly in a folder, by name. Hidden ones are editors' business.
pub(super) fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let failed = |error: io::Error| ReadError::new(folder, &error);
    let mut files = Vec::new();
    for found in fs::read_dir(folder).map_err(failed)? {
        let path = found.map_err(failed)?.path();
        let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
        let toml = path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("toml"));
        // A named pipe would keep everybody waiting.
        if toml && !hidden && !fs::metadata(&path).is_ok_and(|data| !data.is_file() && !data.is_dir()) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Folders deeper than this are not looked into.
const DEEPEST: usize = 16;

/// The TOML files in a folder and the folders in it, by path.
///
/// # Errors
/// If the folder can't be looked into, or holds none.
pub fn toml_files_below(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    let mut files = Vec::new();
    gather(folder, DEEPEST, &mut files)?;
    if files.is_empty() { Err(ReadError::NoScenarios(shown(folder))) } else { Ok(files) }
}

fn gather(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), ReadError> {
    files.extend(toml_files(folder)?.into_iter().filter(|path| !path.is_dir()));
    let failed = |error: io::Error| ReadError::new(folder, &error);
    let mut folders = Vec::new();
    for found in fs::read_dir(folder).map_err(failed)? {
        let found = found.map_err(failed)?;
        let hidden = found.file_name().as_encoded_bytes().starts_with(b".");
        // Links are not followed: they could lead round in a circle.
        if !hidden && depth > 0 && found.file_type().is_ok_and(|kind| kind.is_dir()) {
            folders.push(found.path());
        }
    }
    folders.sort();
    folders.iter().try_for_each(|folder| gather(folder, depth - 1, files))
}
