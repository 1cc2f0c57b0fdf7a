//! What `SQLite` says when something fails, in our words.

use std::fs::OpenOptions;
use std::path::Path;

use rusqlite::ErrorCode;

use super::named;
use crate::store::StoreError;
use crate::text::Text;

/// Something that failed.
pub(in crate::store) struct Failed(pub(in crate::store) rusqlite::Error);

impl Failed {
    /// What that means for the store in this file.
    pub(in crate::store) fn at(self, path: &Path) -> StoreError {
        let place = named(path);
        let why = Text::clean(&self.0.to_string());
        match self.0.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Locked(place),
            Some(ErrorCode::DiskFull) => StoreError::Full(place),
            // Its own header forbids it, and nobody else does.
            Some(ErrorCode::ReadOnly) if self.is_plainly_read_only() && is_writable(path) => {
                StoreError::Damaged(place, why)
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreError::Forbidden(place),
            // The unknown: tables of ours that aren't there, or have other columns.
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase | ErrorCode::Unknown) => {
                StoreError::Damaged(place, why)
            }
            Some(ErrorCode::CannotOpen) => cannot_open(path, place, why),
            _ => StoreError::Failing(place, why),
        }
    }

    /// Whether it is read-only without one of the reasons that `SQLite` tells apart.
    fn is_plainly_read_only(&self) -> bool {
        self.0.sqlite_error().is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_READONLY)
    }
}

fn is_writable(path: &Path) -> bool {
    OpenOptions::new().write(true).open(path).is_ok()
}

/// It says no more than that; the file system may.
fn cannot_open(path: &Path, place: Text, why: Text) -> StoreError {
    let options = || OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    match options() {
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => StoreError::Forbidden(place),
        Err(error) => StoreError::Failing(place, Text::clean(&error.to_string())),
        Ok(_) => StoreError::Failing(place, why),
    }
}
