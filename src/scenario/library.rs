//! Finding and reading scenario files: those shipped with the program, the user's own, and any by path.
//!
//! One wrong file never hides the others: what is wrong with it is kept beside its name. Names from outside are made
//! safe here ([`Text::clean`]); what a file says is made safe by the check. Only this module opens scenario files.

mod entry;
mod find;
mod follow;
mod read;

use std::path::{Path, PathBuf};

use include_dir::{Dir, File, include_dir};

pub use entry::{Entry, Loaded, Origin, Problem};
pub use find::NotFound;
pub use follow::Follower;
pub use read::{ReadError, read, toml_files_below};

use super::check::{Room, in_rooms};
use super::{Hash, Scenario};
use crate::text::Text;

/// The scenarios in the program itself.
static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");

/// The environment variable that names the folder of the user's own scenarios.
pub const FOLDER_VARIABLE: &str = "RIDEALONG_SCENARIOS";

/// The scenarios that are at hand.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Shipped ones, easy ones first, then the user's own by file name.
    entries: Vec<Entry>,
    /// Why the user's folder couldn't be looked at, if it is there.
    pub folder_problem: Option<ReadError>,
}

impl Library {
    /// The shipped scenarios and those in the user's folder, if there is one. A missing folder is an empty one. The user's
    /// files are read, shipped ones when they are asked for.
    pub fn open(folder: Option<&Path>) -> Self {
        let mut entries = shipped();
        let listed = folder.map_or_else(|| Ok(Vec::new()), read::toml_files);
        let (files, folder_problem) = match listed {
            Ok(files) => (files, None),
            Err(ReadError::Missing(_)) => (Vec::new(), None),
            Err(error) => (Vec::new(), Some(error)),
        };
        entries.extend(in_rooms(&files, |room: &Room, path| {
            Entry::read(path, Origin::User(path.clone()), |name, bytes| room.check(name, bytes))
        }));
        Self { entries, folder_problem }
    }

    /// Every scenario to choose from. A good file of the user's own stands in for a shipped scenario of the same id; a
    /// wrong one stands beside it.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !self.is_replaced(entry))
    }

    /// The same, for good.
    pub fn into_entries(self) -> Vec<Entry> {
        let replaced: Vec<bool> = self.entries.iter().map(|entry| self.is_replaced(entry)).collect();
        self.entries.into_iter().zip(replaced).filter(|(_, replaced)| !replaced).map(|(entry, _)| entry).collect()
    }

    /// Reads what has not been read, several files at once: for who asks for all of them.
    pub fn read(&self) {
        in_rooms(&self.entries, |room: &Room, entry| entry.read_in(room));
    }

    fn is_replaced(&self, entry: &Entry) -> bool {
        let replaces = |own: &Entry| own.origin != Origin::Shipped && own.id == entry.id && own.scenario().is_some();
        entry.origin == Origin::Shipped && self.entries.iter().any(replaces)
    }

    /// The scenario of this id and hash, even where the user's own stands in for it: for runs played before.
    pub fn version(&self, id: &str, hash: &str) -> Option<&Entry> {
        let has_hash = |scenario: &Scenario| Hash::of(scenario).to_string().eq_ignore_ascii_case(hash);
        let is_it = |entry: &&Entry| entry.id.as_str() == id && entry.scenario().is_some_and(has_hash);
        self.entries.iter().find(is_it)
    }
}

/// The folder of the user's own scenarios: named by `RIDEALONG_SCENARIOS`, or in the user's data directory. Nothing if
/// there is no home.
pub fn user_folder(variable: Option<PathBuf>) -> Option<PathBuf> {
    match variable.filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => Some(folder),
        None => Some(directories::ProjectDirs::from("", "", "ridealong")?.data_dir().join("scenarios")),
    }
}

/// The scenarios in the program, easy ones first.
fn shipped() -> Vec<Entry> {
    let is_scenario = |file: &&File<'_>| file.path().extension().is_some_and(|kind| kind == "toml");
    let mut entries: Vec<Entry> = SHIPPED.files().filter(is_scenario).map(Entry::shipped).collect();
    entries.sort_by_cached_key(|entry| (entry.glance().map(|glance| glance.level), entry.id.to_string()));
    entries
}

/// A path, safe to print.
pub fn shown(path: &Path) -> Text {
    Text::clean(&path.display().to_string())
}
