//! A store as a command uses it: opened, read, mended if it must be.

use std::time::Duration;

use jiff::Timestamp;

use super::sqlite::{SetAside, set_aside};
use super::{Location, Row, SqliteStore, Store, StoreError};

/// How long others who write are waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// A store that has been read.
pub struct AtHand {
    /// The store; nothing if there is no file yet, which reading doesn't make.
    pub store: Option<SqliteStore>,
    /// Its runs, in the order in which they were begun.
    pub rows: Vec<Row>,
    /// What became of the file, if it was damaged.
    pub aside: Option<SetAside>,
}

impl AtHand {
    /// Reads the runs. A damaged file is set aside, and what could be read of it counts.
    ///
    /// # Errors
    /// If it can't be opened or read.
    pub fn open(location: &Location, now: Timestamp) -> Result<Self, StoreError> {
        let path = &location.file()?;
        if !path.exists() {
            return Ok(Self { store: None, rows: Vec::new(), aside: None });
        }
        let read = || {
            let mut store = SqliteStore::open(path, PATIENCE)?;
            store.runs().map(|rows| (store, rows))
        };
        let (read, aside) = match read() {
            Err(StoreError::Damaged(..)) => {
                let aside = set_aside(path, now, PATIENCE)?;
                (read()?, aside)
            }
            other => (other?, None),
        };
        Ok(Self { store: Some(read.0), rows: read.1, aside })
    }
}
