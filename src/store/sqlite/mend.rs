//! A damaged file is set aside under a dated name, and what can still be read of it goes into a new one.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::open::sync_folder;
use super::{COLUMNS, SqliteStore, named, read_row};
use crate::store::row::judged;
use crate::store::{Revision, Row, Store, StoreError};
use crate::text::Text;

/// What became of a damaged file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Its name now.
    pub to: PathBuf,
    /// Runs that could be taken over into the new file.
    pub saved: usize,
}

/// Sets a damaged file aside and begins a new one with all of its runs that can be read. Nothing, if it is in order:
/// somebody else has been here before.
///
/// # Errors
/// If it can't be renamed, or the new one not be made.
pub fn set_aside(path: &Path, now: Timestamp, patience: Duration) -> Result<Option<SetAside>, StoreError> {
    match SqliteStore::open(path, patience) {
        Ok(store) if is_sound(&store.connection) => return Ok(None),
        Ok(_) | Err(StoreError::Damaged(..)) => {}
        Err(other) => return Err(other),
    }
    let to = free_name(path, now);
    let failed = |error: io::Error| StoreError::Failing(named(path), Text::clean(&error.to_string()));
    // What hasn't reached the file yet is in its log.
    for ending in ["-wal", "-shm", ""] {
        match fs::rename(with(path, ending), with(&to, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound || ending.is_empty() => return Err(failed(error)),
            _ => {}
        }
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sync_folder(folder).map_err(failed)?;
    let mut store = SqliteStore::open(path, patience)?;
    let saved = take_over(&to, &mut store)?;
    Ok(Some(SetAside { to, saved }))
}

/// Whether the file is one whole, has our tables, and can be written.
fn is_sound(connection: &Connection) -> bool {
    let found = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0));
    let read = connection.query_row(&format!("SELECT {COLUMNS} FROM run LIMIT 1"), [], |_| Ok(()));
    let is_read = !matches!(read, Err(error) if error != rusqlite::Error::QueryReturnedNoRows);
    let is_written = connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK;").is_ok();
    is_read && is_written && found.is_ok_and(|said| said == "ok")
}

/// Copies what can be read. How many runs of the player's own that were.
fn take_over(from: &Path, store: &mut SqliteStore) -> Result<usize, StoreError> {
    let mut saved = 0;
    for run in readable(from).unwrap_or_default() {
        if let Row::Good(run, _) = run {
            store.keep(&run, Revision::default())?;
            saved += 1;
        }
    }
    for table in OTHERS {
        for row in readable_rows(from, table).unwrap_or_default() {
            store.put_back(table, &row)?;
        }
    }
    Ok(saved)
}

/// The other tables: stories, a player's own part of team sessions, and the sessions themselves.
const OTHERS: [&str; 19] = [
    "story",
    "membership",
    "kept_session",
    "seat",
    "outbox",
    "session",
    "hold",
    "round",
    "scenario",
    "snapshot",
    "inbox",
    "player",
    "ticket",
    "verified_run",
    "best",
    "refused",
    "verdict",
    "basis",
    "tombstone",
];

fn readable(from: &Path) -> rusqlite::Result<Vec<Row>> {
    let connection = look_into(from)?;
    let read = |order: &str| -> rusqlite::Result<Vec<_>> {
        let mut statement =
            connection.prepare(&format!("SELECT {COLUMNS} FROM run NOT INDEXED ORDER BY seq {order}"))?;
        let rows = statement.query_map([], read_row)?;
        Ok(rows.map_while(Result::ok).collect())
    };
    Ok(judged(&joined(read("ASC")?, read("DESC").unwrap_or_default())))
}

fn readable_rows(from: &Path, table: &str) -> rusqlite::Result<Vec<Vec<Value>>> {
    let connection = look_into(from)?;
    let read = |order: &str| -> rusqlite::Result<Vec<Vec<Value>>> {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table} NOT INDEXED ORDER BY rowid {order}"))?;
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| (0..columns).map(|at| row.get(at)).collect())?;
        Ok(rows.map_while(Result::ok).collect())
    };
    Ok(joined(read("ASC")?, read("DESC").unwrap_or_default()))
}

/// A damaged file gives up at a row: what came before it, and from the other end what comes after it.
fn joined<T: PartialEq>(mut before: Vec<T>, from_the_end: Vec<T>) -> Vec<T> {
    let last = before.last();
    let mut after: Vec<T> = from_the_end.into_iter().take_while(|row| Some(row) != last).collect();
    after.reverse();
    before.append(&mut after);
    before
}

impl SqliteStore {
    /// Puts a row as it was read into a table; one that doesn't fit is left out.
    fn put_back(&mut self, table: &str, row: &[Value]) -> Result<(), StoreError> {
        let places = (1..=row.len()).map(|place| format!("?{place}")).collect::<Vec<_>>().join(", ");
        self.write(|transaction| {
            let insert = format!("INSERT OR IGNORE INTO {table} VALUES ({places})");
            match transaction.execute(&insert, rusqlite::params_from_iter(row)) {
                Err(rusqlite::Error::SqliteFailure(error, _)) if error.code == ErrorCode::ConstraintViolation => {}
                other => drop(other?),
            }
            Ok(Ok(()))
        })
    }
}

/// Opens what was set aside, to read and not to change: `SQLite` may still want to take in its log.
fn look_into(from: &Path) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

/// A name beside the old one that nobody has: `ridealong.db.damaged-20261124T131200Z`.
fn free_name(path: &Path, now: Timestamp) -> PathBuf {
    let date = now.strftime("%Y%m%dT%H%M%SZ");
    let name = |number: u32| match number {
        0 => with(path, &format!(".damaged-{date}")),
        more => with(path, &format!(".damaged-{date}-{more}")),
    };
    (0..1000).map(name).find(|name| !name.exists()).unwrap_or_else(|| name(1000))
}

/// The path with something at the end of its name.
fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
