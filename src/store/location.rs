//! Which store is meant.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use super::StoreError;
use crate::scenario::library::shown;
use crate::text::Text;

/// The environment variable that names the store.
pub const STORE_VARIABLE: &str = "RIDEALONG_STORE";

/// The file in the user's data directory.
const FILE: &str = "ridealong.db";

/// Where a store is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// An `SQLite` file, there already or to be made.
    File(PathBuf),
}

impl Location {
    /// The first that is named, else the file in the user's data directory. Empty names name nothing.
    ///
    /// # Errors
    /// If none is named and there is no home, or if it is a kind of store that there isn't.
    pub fn of(named: impl IntoIterator<Item = Option<OsString>>) -> Result<Self, StoreError> {
        let named = named.into_iter().flatten().find(|name| !name.is_empty());
        match named {
            Some(name) if is_address(&name) => Err(StoreError::NoFile(without_password(&name))),
            Some(name) => Ok(Self::File(name.into())),
            None => {
                let folders = directories::ProjectDirs::from("", "", "ridealong").ok_or(StoreError::NoHome)?;
                Ok(Self::File(folders.data_dir().join(FILE)))
            }
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => shown(path).fmt(f),
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

/// What kind of address it is and nothing else of it: the rest may hold a password.
fn without_password(name: &OsString) -> Text {
    let name = name.to_string_lossy();
    let kind = name.split("://").next().unwrap_or_default();
    Text::clean(&format!("{}://...", kind.chars().take(20).collect::<String>()))
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
        let error = Location::of([Some(OsString::from("postgres://me:secret@host/db"))]).expect_err("no such store");
        assert!(!error.to_string().contains("secret") && !format!("{error:?}").contains("secret"), "{error:?}");
        assert!(error.to_string().contains("postgres://"), "{error}");
    }
}
