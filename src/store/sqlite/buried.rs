//! Who was erased from sessions, in a file beside the store: a backup of the store that is put back takes nothing from it.
//!
//! A line each, a session's code and an id, which tell nothing about anybody.

use std::fs::File;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::failing;
use super::open::sync_folder;
use crate::store::StoreError;
use crate::team::SessionCode;

/// What its name has more than the store's.
const SUFFIX: &str = ".erased";

fn beside(store: &Path) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(SUFFIX);
    name.into()
}

/// Adds somebody, if they aren't there.
pub(super) fn add(store: &Path, session: SessionCode, player: Uuid) -> Result<(), StoreError> {
    if read(store, session)?.contains(&player) {
        return Ok(());
    }
    let path = beside(store);
    write(&path, &format!("{session} {player}")).map_err(|error| failing(&path, &error))
}

fn write(path: &Path, line: &str) -> io::Result<()> {
    let mut file = File::options().create(true).append(true).open(path)?;
    // The last line may have been cut off in the middle.
    file.write_all(format!("\n{line}\n").as_bytes())?;
    file.sync_all()?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    sync_folder(folder.unwrap_or(Path::new(".")))
}

/// Who was erased from a session.
pub(super) fn read(store: &Path, session: SessionCode) -> Result<Vec<Uuid>, StoreError> {
    let path = beside(store);
    let lines = match std::fs::read(&path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failing(&path, &error)),
    };
    let player = |line: &str| {
        let (code, player) = line.split_once(' ')?;
        Uuid::try_parse(player).ok().filter(|_| code.parse() == Ok(session))
    };
    Ok(lines.lines().filter_map(player).collect())
}
