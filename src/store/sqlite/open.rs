//! Opening the file: it is made if it isn't there, left alone if it isn't ours, and brought to the latest tables.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::failure::Failed;
use super::named;
use crate::store::{StoreError, database};
use crate::text::Text;

/// Says in the file's header whose it is: "Ride".
const APPLICATION: i64 = 0x5269_6465;

/// What brings the tables from one version to the next, in order.
const MIGRATIONS: &[&str] = &[
    include_str!("../../../migrations/0001_runs.sql"),
    include_str!("../../../migrations/team/0001_sessions.sql"),
    include_str!("../../../migrations/0002_outbox.sql"),
];

/// The version of the tables that this program knows.
#[allow(clippy::cast_possible_wrap, reason = "there are only a few")]
const KNOWN: i64 = MIGRATIONS.len() as i64;

pub(in crate::store) fn open(path: &Path, patience: Duration) -> Result<Connection, StoreError> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        make_folder(folder)?;
    }
    let is_new = is_new(path).map_err(|error| failing(path, &error))?;
    if !is_new && !looks_ours(path).map_err(|error| failing(path, &error))? {
        return Err(StoreError::Foreign(named(path)));
    }
    let failed = |error: rusqlite::Error| Failed(error).at(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
    connection.busy_timeout(patience).map_err(failed)?;
    // In one transaction: somebody else may be making the tables right now.
    let looking = connection.unchecked_transaction().map_err(failed)?;
    let version = version(&looking, path)?;
    looking.commit().map_err(failed)?;
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; \
             PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
        )
        .map_err(failed)?;
    if version < KNOWN {
        migrate(&mut connection, path)?;
    }
    Ok(connection)
}

/// The version of the tables in the file, 0 if there are none yet.
fn version(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let failed = |error: rusqlite::Error| Failed(error).at(path);
    let number = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i64>(0)).map_err(failed);
    let (owner, version) = (number("PRAGMA application_id")?, number("PRAGMA user_version")?);
    let tables = number("SELECT count(*) FROM sqlite_schema")?;
    if owner != APPLICATION && (owner != 0 || version != 0 || tables > 0) {
        return Err(StoreError::Foreign(named(path)));
    }
    if version > KNOWN {
        return Err(StoreError::Newer { path: named(path), found: version, known: KNOWN });
    }
    if owner == APPLICATION && (version < 1 || tables == 0) {
        return Err(StoreError::Damaged(named(path), Text::clean("its tables are gone")));
    }
    Ok(version)
}

/// Brings the tables to the latest version. Of several programs that want to, one does it and the others see it done.
fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let failed = |error: rusqlite::Error| Failed(error).at(path);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    let done = version(&transaction, path)?;
    for migration in MIGRATIONS.iter().skip(usize::try_from(done).unwrap_or(0)) {
        transaction.execute_batch(&database::with_clock(migration, database::SQLITE_CLOCK)).map_err(failed)?;
    }
    transaction
        .execute_batch(&format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {KNOWN};"))
        .map_err(failed)?;
    transaction.commit().map_err(failed)
}

/// Makes a folder, for its owner alone, and the ones above it; each lasts as soon as it is used.
fn make_folder(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    let failed = |error: io::Error| StoreError::Folder(named(folder), Text::clean(&error.to_string()));
    if let Some(above) = folder.parent().filter(|above| !above.as_os_str().is_empty()) {
        make_folder(above)?;
    }
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(folder) {
        // Somebody else has made it meanwhile.
        Err(_) if folder.is_dir() => {}
        Err(error) => return Err(failed(error)),
        Ok(()) => {}
    }
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sync_folder(above).map_err(failed)
}

/// Has the names in a folder last.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

pub(super) fn failing(path: &Path, error: &io::Error) -> StoreError {
    if error.kind() == io::ErrorKind::PermissionDenied {
        return StoreError::Forbidden(named(path));
    }
    StoreError::Failing(named(path), Text::clean(&error.to_string()))
}

/// Whether there is nothing in the file yet.
fn is_new(path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(data) if data.is_file() => Ok(data.len() == 0),
        Ok(_) => Err(io::Error::other("it is not a plain file")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// Whether a file is a database, or was one before it was damaged: nobody's notes are taken for a broken store.
fn looks_ours(path: &Path) -> io::Result<bool> {
    const MAGIC: &[u8; 16] = b"SQLite format 3\0";
    let mut start = Vec::new();
    File::open(path)?.take(64 * 1024).read_to_end(&mut start)?;
    let alike = start.iter().zip(MAGIC).filter(|(is, should)| is == should).count();
    let table = b"CREATE TABLE run";
    Ok(alike >= 8 || alike == start.len() || start.windows(table.len()).any(|bytes| bytes == table))
}
