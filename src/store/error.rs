//! What can be wrong with a store. Each message names the place and the remedy; nothing in it is raw.

use super::RunId;
use crate::text::Text;

/// Why something is not kept, or can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Nobody knows where to keep anything.
    #[error("there is no home folder to keep runs in; name a file with --store, or in RIDEALONG_STORE")]
    NoHome,
    /// The folder can't be made or entered.
    #[error("{0} can't be made: {1}; make the folder, or name another file with --store")]
    Folder(Text, Text),
    /// It may not be read or written.
    #[error("{0} may not be written by you; change its permissions, or name another file with --store")]
    Forbidden(Text),
    /// Another program is at it.
    #[error("{0} is locked by another program; close that one, or wait")]
    Locked(Text),
    /// No room.
    #[error("{0} can't grow: the disk is full; make room on it")]
    Full(Text),
    /// The disk, or the net that it is on, fails.
    #[error(
        "{0} can't be read or written: {1}; see whether the disk is full or failing, or name another file with --store"
    )]
    Failing(Text, Text),
    /// What is in it makes no sense.
    #[error("{0} is damaged: {1}")]
    Damaged(Text, Text),
    /// A later program made it.
    #[error(
        "{path} was made by a newer Ridealong (its tables are version {found}, this program knows {known}) and is left \
         as it is; update the program, or name another file with --store"
    )]
    Newer {
        /// The file.
        path: Text,
        /// The version of its tables.
        found: i64,
        /// The latest version that is known here.
        known: i64,
    },
    /// Another program's.
    #[error("{0} is another program's database and is left as it is; name another file with --store")]
    Foreign(Text),
    /// The run has been changed by somebody else since it was last seen.
    #[error("run {0} was played on in another window")]
    Elsewhere(RunId),
    /// A kind of store that isn't there yet.
    #[error("{0}: only files can be stores; name one with --store, or in RIDEALONG_STORE")]
    NoFile(Text),
}
