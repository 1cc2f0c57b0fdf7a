//! A database, as far as team sessions need one: rows of text and whole numbers, transactions, a clock.
//!
//! `SQLite` in a file and PostgreSQL (or what speaks its protocol) on a server are behind the one trait, and one suite of
//! tests holds for both. Statements keep to what all of them share; `$1` stands for the first value.

mod postgres;
mod sqlite;

use std::fmt::Write as _;

pub use self::postgres::{Address, PostgresDatabase};
pub(super) use self::sqlite::CLOCK as SQLITE_CLOCK;
pub use self::sqlite::SqliteDatabase;

use super::StoreError;

/// Brings the tables of team sessions from one version to the next, in order.
const MIGRATIONS: &[&str] = &[include_str!("../../migrations/team/0001_sessions.sql")];

/// Where a migration says what the store's clock is.
const CLOCK: &str = "CLOCK";

/// A migration with the store's own words for its clock.
pub(super) fn with_clock(migration: &str, words: &str) -> String {
    migration.replace(&format!("({CLOCK})"), &format!("({words})"))
}

/// The version of the tables that this program knows.
#[allow(clippy::cast_possible_wrap, reason = "there are only a few")]
const KNOWN: i64 = MIGRATIONS.len() as i64;

/// What stands in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Number(i64),
    /// A text. Whatever comes out of a database is from outside.
    Text(String),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<u8> for Value {
    fn from(number: u8) -> Self {
        Self::Number(i64::from(number))
    }
}

impl From<bool> for Value {
    fn from(is: bool) -> Self {
        Self::Number(i64::from(is))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// A row as it came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(pub Vec<Value>);

impl Columns {
    /// The text in a column; nothing where there is none.
    pub fn text(&self, column: usize) -> &str {
        match self.0.get(column) {
            Some(Value::Text(text)) => text,
            Some(Value::Number(_) | Value::Null) | None => "",
        }
    }

    /// The number in a column, if there is one.
    pub fn number(&self, column: usize) -> Option<i64> {
        match self.0.get(column) {
            Some(Value::Number(number)) => Some(*number),
            Some(Value::Text(_) | Value::Null) | None => None,
        }
    }

    /// The number in a column as a small one; 0 where there is none.
    pub fn small(&self, column: usize) -> u32 {
        self.number(column).and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
    }
}

/// What can be said to a database within a transaction.
pub trait Sql {
    /// The rows that a query gives.
    ///
    /// # Errors
    /// If it can't be asked.
    fn rows(&mut self, statement: &str, values: &[Value]) -> Result<Vec<Columns>, StoreError>;

    /// Does something, and tells how many rows it touched.
    ///
    /// # Errors
    /// If it can't be done.
    fn run(&mut self, statement: &str, values: &[Value]) -> Result<u64, StoreError>;

    /// The database's own clock, in milliseconds since 1970, UTC.
    ///
    /// # Errors
    /// If it can't be asked.
    fn clock(&mut self) -> Result<i64, StoreError>;
}

/// Whether a transaction changes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It only looks.
    Look,
    /// It changes something, all of it or nothing.
    Change,
}

/// Somewhere to keep sessions. What it answers with `Ok` is durable.
pub trait Database: Send {
    /// Does something in one transaction. Where it got in the way of others, it is done again from the start, a few
    /// times; so `work` must begin anew each time.
    ///
    /// # Errors
    /// What `work` said, or that it can't be done now. After [`StoreError::Unreachable`] it may have been done all the
    /// same: whatever is done must bear being done twice.
    fn transact(
        &mut self,
        mode: Mode,
        work: &mut dyn FnMut(&mut dyn Sql) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;

    /// Says one thing that is a transaction by itself, and tells how many rows it touched: one way there and back, where
    /// [`Database::transact`] takes several.
    ///
    /// # Errors
    /// As [`Database::transact`].
    fn say(&mut self, statement: &str, values: &[Value]) -> Result<u64, StoreError> {
        let mut touched = 0;
        self.transact(Mode::Change, &mut |sql| {
            touched = sql.run(statement, values)?;
            Ok(())
        })?;
        Ok(touched)
    }

    /// Takes what was deleted out of where it lay, too, as far as it can be done from here.
    ///
    /// # Errors
    /// If it can't be done now; then it's out of the tables alone.
    fn clean(&mut self) -> Result<(), StoreError>;
}

/// Does something in one transaction that has an answer.
///
/// # Errors
/// As [`Database::transact`].
pub fn transact<T>(
    database: &mut dyn Database,
    mode: Mode,
    mut work: impl FnMut(&mut dyn Sql) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut answer = None;
    database.transact(mode, &mut |sql| {
        answer = Some(work(sql)?);
        Ok(())
    })?;
    answer.ok_or(StoreError::Conflict)
}

/// `($1, $2), ($3, $4)`: as many rows of as many columns.
pub fn tuples(rows: usize, columns: usize) -> String {
    let mut all = String::with_capacity(rows * columns * 7);
    for row in 0..rows {
        all.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=columns {
            let comma = if column == 1 { "" } else { ", " };
            // Writing to memory cannot fail.
            let _ = write!(all, "{comma}${}", row * columns + column);
        }
        all.push(')');
    }
    all
}

/// `$2, $3, $4`: so many places, after those that came before.
pub fn places(before: usize, count: usize) -> String {
    (before + 1..=before + count).map(|place| format!("${place}")).collect::<Vec<_>>().join(", ")
}
