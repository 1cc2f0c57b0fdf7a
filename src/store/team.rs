//! Where team sessions are kept: one set of statements over whichever [`Database`].
//!
//! Players write letters into the inbox and read what is public; everything else comes of settling those letters, which
//! a facilitator's program does. Whatever is done bears being done twice.

mod archive;
mod boards;
mod inbox;
mod people;
mod sessions;

use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

pub use self::boards::Taken;
pub use self::inbox::Settled;
pub use crate::team::archive::{Member, Passed, RefusedLetter};

use super::database::{Columns, Database, PostgresDatabase, SqliteDatabase};
use super::{Location, StoreError};

/// A store of team sessions.
pub struct TeamStore {
    database: Box<dyn Database>,
}

impl TeamStore {
    /// Opens the store at a location, and makes its tables if there are none. Where others write to a file, they are
    /// waited for as long as `patience`.
    ///
    /// # Errors
    /// If it can't be opened or reached.
    pub fn open(location: &Location, patience: Duration) -> Result<Self, StoreError> {
        Ok(match location {
            Location::File(path) => Self::over(SqliteDatabase::open(path, patience)?),
            Location::Server(address) => Self::over(PostgresDatabase::open(address.clone())?),
        })
    }

    /// A store in a database.
    pub fn over(database: impl Database + 'static) -> Self {
        Self { database: Box::new(database) }
    }
}

/// A moment as it is stored: milliseconds since 1970.
fn moment(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or_default()
}

/// An id in a column; the nil one where there is none.
fn id(columns: &Columns, at: usize) -> Uuid {
    Uuid::try_parse(columns.text(at)).unwrap_or_default()
}
