//! The store in a file: `SQLite` with a write-ahead log and full syncs, so that what it has taken survives a power cut.

mod buried;
mod failure;
mod locker;
mod mend;
mod open;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, Error, OptionalExtension, Transaction, TransactionBehavior, params};

pub use mend::{SetAside, set_aside};

pub(super) use self::failure::Failed;
use self::open::failing;
pub(super) use self::open::open;
use super::row::{Fields, Raw, judged};
use super::{KeptRun, Revision, Row, Store, StoreError, Whose};
use crate::scenario::library::shown;

/// A store in an `SQLite` file.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Connection,
    path: PathBuf,
}

impl SqliteStore {
    /// Opens the file, or makes it and the folder it is in. Where others write to it, waits for them for as long as
    /// `patience`, now and later.
    ///
    /// # Errors
    /// If it can't be opened, isn't ours, is damaged, or was made by a newer program. It is then as it was.
    pub fn open(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        let connection = open(path, patience)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Takes what was deleted out of the file and its log too, not only out of the tables.
    fn clean(&self) -> Result<(), StoreError> {
        let done = self.connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
        done.map_err(|error| Failed(error).at(&self.path))
    }

    /// Does something in one transaction, all of it or nothing.
    fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let failed = |error: Error| Failed(error).at(&self.path);
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let done = work(&transaction).map_err(failed)??;
        transaction.commit().map_err(failed)?;
        Ok(done)
    }
}

/// The columns of a row and its checksum, in the order of [`fields`].
const COLUMNS: &str = "id, rev, player, state, record, first, feedback, started, changed, summary, sum";

/// A row as it lies there; where a column isn't of its type, as good a row as can be made, which its checksum will tell.
fn fields(row: &rusqlite::Row<'_>) -> rusqlite::Result<(Fields, String)> {
    let fields = Fields {
        id: row.get(0)?,
        rev: row.get(1)?,
        player: row.get(2)?,
        state: row.get(3)?,
        record: row.get(4)?,
        first: row.get(5)?,
        feedback: row.get(6)?,
        started: row.get(7)?,
        changed: row.get(8)?,
        summary: row.get(9)?,
    };
    Ok((fields, row.get(10)?))
}

fn read_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Raw> {
    match fields(row) {
        Ok(fields) => Ok(Ok(fields)),
        // Text that is none: nothing that we wrote.
        Err(Error::InvalidColumnType(..) | Error::FromSqlConversionFailure(..) | Error::Utf8Error(..)) => {
            Ok(Err(row.get_ref(0)?.as_bytes().map(String::from_utf8_lossy).unwrap_or_default().into_owned()))
        }
        Err(error) => Err(error),
    }
}

impl Store for SqliteStore {
    fn keep(&mut self, run: &KeptRun, seen: Revision) -> Result<Revision, StoreError> {
        self.write(|transaction| keep(transaction, run, seen))
    }

    fn runs(&mut self) -> Result<Vec<Row>, StoreError> {
        let failed = |error: Error| Failed(error).at(&self.path);
        let mut statement =
            self.connection.prepare(&format!("SELECT {COLUMNS} FROM run ORDER BY seq")).map_err(failed)?;
        let rows = statement.query_map([], read_row).map_err(failed)?;
        let raw: Vec<Raw> = rows.collect::<rusqlite::Result<_>>().map_err(failed)?;
        Ok(judged(&raw))
    }

    fn keep_story(&mut self, hash: &str, source: &str) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction
                .prepare_cached("INSERT INTO story (hash, source) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
                .execute([hash, source])?;
            Ok(Ok(()))
        })
    }

    fn story(&mut self, hash: &str) -> Result<Option<String>, StoreError> {
        let statement = self.connection.prepare_cached("SELECT source FROM story WHERE hash = ?1");
        statement
            .and_then(|mut statement| statement.query_row([hash], |row| row.get(0)).optional())
            .map_err(|error| Failed(error).at(&self.path))
    }

    fn erase(&mut self, whose: Whose<'_>) -> Result<u64, StoreError> {
        let erased = self.write(|transaction| {
            let erased = match whose {
                Whose::All => transaction.execute("DELETE FROM run", [])?,
                Whose::Player(name) => transaction.execute("DELETE FROM run WHERE player = ?1", [name.as_str()])?,
            };
            // A story that nobody has played, nor is going to, tells of nobody.
            let nobodys =
                "DELETE FROM story WHERE NOT EXISTS (SELECT 1 FROM run) AND NOT EXISTS (SELECT 1 FROM membership)";
            transaction.execute(nobodys, [])?;
            Ok(Ok(erased as u64))
        })?;
        self.clean()?;
        Ok(erased)
    }
}

/// Keeps a run within a transaction.
fn keep(
    transaction: &Transaction<'_>,
    run: &KeptRun,
    seen: Revision,
) -> rusqlite::Result<Result<Revision, StoreError>> {
    let next = Revision(seen.0 + 1);
    let fields = Fields::of(run, next);
    let sum = fields.sum();
    let there: Option<(i64, String)> = transaction
        .prepare_cached("SELECT rev, sum FROM run WHERE id = ?1")?
        .query_row([&fields.id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let statement = match there {
        None => INSERT,
        Some((rev, there)) if rev == fields.rev && there == sum => return Ok(Ok(next)),
        Some((rev, _)) if u64::try_from(rev) == Ok(seen.0) => UPDATE,
        Some(_) => return Ok(Err(StoreError::Elsewhere(run.id))),
    };
    let Fields { id, rev, player, state, record, first, feedback, started, changed, summary } = &fields;
    transaction
        .prepare_cached(statement)?
        .execute(params![id, rev, player, state, record, first, feedback, started, changed, summary, sum])?;
    Ok(Ok(next))
}

const INSERT: &str = "INSERT INTO run (id, rev, player, state, record, first, feedback, started, changed, summary, sum) \
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const UPDATE: &str = "UPDATE run SET rev = ?2, player = ?3, state = ?4, record = ?5, first = ?6, feedback = ?7, \
                      started = ?8, changed = ?9, summary = ?10, sum = ?11 WHERE id = ?1";

/// A file of ours, by its name.
fn named(path: &Path) -> crate::text::Text {
    shown(path)
}
