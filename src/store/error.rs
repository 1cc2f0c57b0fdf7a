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
    /// It names no server.
    #[error("the store's address can't be read; write it as postgres://name:password@host/database")]
    NoAddress,
    /// It doesn't answer, or gave up.
    #[error("{0} can't be reached: {1}; see whether the server runs and the network leads there")]
    Unreachable(Text, Text),
    /// It doesn't know who asks.
    #[error("{0} doesn't let you in: {1}; see the name and the password in the store's address")]
    NotAdmitted(Text, Text),
    /// It lets who asks do other things.
    #[error("{0} doesn't let you do that: {1}; it takes a facilitator's role, see \"ridealong team grants\"")]
    NotAllowed(Text, Text),
    /// Others were at the same rows, again and again.
    #[error("the store is too busy; try again")]
    Conflict,
    /// What needs a file got a server.
    #[error("runs are kept in files, and {0} is a server; team sessions are kept there")]
    NoFile(Text),
}
