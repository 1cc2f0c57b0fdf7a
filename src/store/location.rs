//! Which store is meant.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use super::StoreError;
use super::database::Address;
use crate::scenario::library::shown;

/// The environment variable that names the store.
pub const STORE_VARIABLE: &str = "RIDEALONG_STORE";

/// The file in the user's data directory.
const FILE: &str = "ridealong.db";

/// What somebody names a store by. There may be a password in it, which nothing shows.
#[derive(Clone, PartialEq, Eq)]
pub struct StoreName(OsString);

impl From<OsString> for StoreName {
    fn from(name: OsString) -> Self {
        Self(name)
    }
}

impl From<StoreName> for OsString {
    fn from(StoreName(name): StoreName) -> Self {
        name
    }
}

impl fmt::Debug for StoreName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoreName(...)")
    }
}

/// Where a store is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// An `SQLite` file, there already or to be made.
    File(PathBuf),
    /// A PostgreSQL server, for team sessions; runs of one's own are kept in the usual file all the same.
    Server(Address),
}

impl Location {
    /// The first that is named, else the file in the user's data directory. Empty names name nothing.
    ///
    /// # Errors
    /// If none is named and there is no home, or if an address can't be read.
    pub fn of(named: impl IntoIterator<Item = Option<OsString>>) -> Result<Self, StoreError> {
        let named = named.into_iter().flatten().find(|name| !name.is_empty());
        match named {
            Some(name) if is_address(&name) => name.to_string_lossy().parse().map(Self::Server),
            Some(name) => Ok(Self::File(name.into())),
            None => Self::usual(),
        }
    }

    /// The file in the user's data directory.
    fn usual() -> Result<Self, StoreError> {
        let folders = directories::ProjectDirs::from("", "", "ridealong").ok_or(StoreError::NoHome)?;
        Ok(Self::File(folders.data_dir().join(FILE)))
    }

    /// The file on this machine in which one's own runs are kept: the store itself, or the usual one beside a server.
    ///
    /// # Errors
    /// If there is no home to keep it in.
    pub fn file(&self) -> Result<PathBuf, StoreError> {
        match self {
            Self::File(path) => Ok(path.clone()),
            Self::Server(_) => match Self::usual()? {
                Self::File(path) => Ok(path),
                Self::Server(address) => Err(StoreError::NoFile(address.shown())),
            },
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => shown(path).fmt(f),
            Self::Server(address) => address.fmt(f),
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn is_address(name: &OsString) -> bool {
    name.to_string_lossy().contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_name_counts_and_empty_ones_dont() {
        let of = |names: [Option<&str>; 2]| Location::of(names.map(|name| name.map(OsString::from)));
        assert_eq!(of([Some("a.db"), Some("b.db")]), Ok(Location::File("a.db".into())));
        assert_eq!(of([Some(""), Some("b.db")]), Ok(Location::File("b.db".into())));
        assert_eq!(of([None, Some("b.db")]), Ok(Location::File("b.db".into())));
    }

    #[test]
    fn a_password_is_not_repeated() {
        let server = Location::of([Some(OsString::from("postgres://me:secret@host/db"))]).expect("a server");
        for shown in [server.to_string(), format!("{server:?}")] {
            assert!(!shown.contains("secret") && shown.contains("postgres://host/db"), "{shown}");
        }
        let error = Location::of([Some(OsString::from("postgres://me:secret@host:port/db"))]).expect_err("no port");
        assert!(!error.to_string().contains("secret") && !format!("{error:?}").contains("secret"), "{error:?}");
    }
}
