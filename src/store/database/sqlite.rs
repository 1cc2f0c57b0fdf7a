//! Team sessions in an `SQLite` file: for a room.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, TransactionBehavior, params_from_iter};

use super::{Columns, Database, Mode, Sql, Value};
use crate::store::StoreError;
use crate::store::sqlite::{self, Failed};

/// A database in a file.
#[derive(Debug)]
pub struct SqliteDatabase {
    connection: Connection,
    path: PathBuf,
}

/// Milliseconds since 1970 in `SQLite`'s words.
pub(in crate::store) const CLOCK: &str = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

impl SqliteDatabase {
    /// Opens the file, or makes it. Where others write to it, waits for them for as long as `patience`.
    ///
    /// # Errors
    /// If it can't be opened, isn't ours, is damaged, or was made by a newer program.
    pub fn open(path: &Path, patience: Duration) -> Result<Self, StoreError> {
        Ok(Self { connection: sqlite::open(path, patience)?, path: path.to_owned() })
    }
}

impl Database for SqliteDatabase {
    fn transact(
        &mut self,
        mode: Mode,
        work: &mut dyn FnMut(&mut dyn Sql) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let behavior = match mode {
            Mode::Look => TransactionBehavior::Deferred,
            Mode::Change => TransactionBehavior::Immediate,
        };
        let failed = |error| Failed(error).at(&self.path);
        let transaction = self.connection.transaction_with_behavior(behavior).map_err(failed)?;
        work(&mut Said { connection: &transaction, path: &self.path })?;
        transaction.commit().map_err(failed)
    }

    fn clean(&mut self) -> Result<(), StoreError> {
        let done = self.connection.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);");
        done.map_err(|error| Failed(error).at(&self.path))
    }
}

struct Said<'a> {
    connection: &'a Connection,
    path: &'a Path,
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Number(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl Said<'_> {
    fn said<T>(&self, said: rusqlite::Result<T>) -> Result<T, StoreError> {
        said.map_err(|error| Failed(error).at(self.path))
    }
}

impl Sql for Said<'_> {
    fn rows(&mut self, statement: &str, values: &[Value]) -> Result<Vec<Columns>, StoreError> {
        let asked = self.connection.prepare_cached(statement).and_then(|mut statement| {
            let columns = statement.column_count();
            let rows =
                statement.query_map(params_from_iter(values), |row| (0..columns).map(|at| value(row, at)).collect())?;
            rows.map(|row| row.map(Columns)).collect()
        });
        self.said(asked)
    }

    fn run(&mut self, statement: &str, values: &[Value]) -> Result<u64, StoreError> {
        let done = self
            .connection
            .prepare_cached(statement)
            .and_then(|mut statement| statement.execute(params_from_iter(values)));
        self.said(done).map(|touched| touched as u64)
    }

    fn clock(&mut self) -> Result<i64, StoreError> {
        self.said(self.connection.query_row(&format!("SELECT {CLOCK}"), [], |row| row.get(0)))
    }
}

fn value(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Value> {
    Ok(match row.get_ref(at)? {
        // None of ours is a broken number: somebody has altered it.
        ValueRef::Null | ValueRef::Real(_) => Value::Null,
        ValueRef::Integer(number) => Value::Number(number),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
    })
}
