//! Finding and reading scenario files: those shipped with the program, the user's own, and any by path.
//!
//! One wrong file never hides the others: what is wrong with it is kept beside its name. Names from outside are made
//! safe here ([`Text::clean`]); what a file says is made safe by the check. Only this module opens scenario files.

mod find;
mod follow;
mod read;

use std::fmt;
use std::path::{Path, PathBuf};

use include_dir::{Dir, File, include_dir};

pub use find::NotFound;
pub use follow::Follower;
pub use read::{ReadError, read, toml_files_below};

use super::check::{Checked, SCENES, check, review};
use super::{Hash, Scenario};
use crate::diagnostic::{Diagnostic, Source};
use crate::side_by_side::side_by_side;
use crate::text::Text;

/// The scenarios in the program itself.
static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/scenarios");

/// The environment variable that names the folder of the user's own scenarios.
pub const FOLDER_VARIABLE: &str = "RIDEALONG_SCENARIOS";

/// Where a scenario comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// From inside the program.
    Shipped,
    /// From the user's folder.
    User(PathBuf),
    /// From a path that was named.
    Path(PathBuf),
}

impl Origin {
    /// Its spelling in JSON: `shipped`, `user` or `path`.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Shipped => "shipped",
            Self::User(_) => "user",
            Self::Path(_) => "path",
        }
    }

    /// The file, if there is one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Shipped => None,
            Self::User(path) | Self::Path(path) => Some(path),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shipped => f.write_str("shipped"),
            Self::User(path) => write!(f, "your own, {}", shown(path)),
            Self::Path(path) => write!(f, "{}", shown(path)),
        }
    }
}

/// A scenario file and what came of reading it.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The scenario's id; the file's name without `.toml` if the file is no good.
    pub id: Text,
    /// Where it comes from.
    pub origin: Origin,
    /// The scenario, or what is wrong.
    pub content: Result<Loaded, Problem>,
}

/// A file that holds a scenario.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The scenario.
    pub scenario: Scenario,
    /// The file, for its warnings.
    pub source: Source,
    /// Warnings and notes.
    pub warnings: Vec<Diagnostic>,
}

/// Why a file holds none.
#[derive(Clone, Debug)]
pub enum Problem {
    /// It can't be read.
    Unread(ReadError),
    /// It has errors.
    Faulty {
        /// The file.
        source: Source,
        /// What is wrong, by position.
        diagnostics: Vec<Diagnostic>,
    },
}

impl Entry {
    /// The scenario, if the file is good.
    pub fn scenario(&self) -> Option<&Scenario> {
        self.content.as_ref().ok().map(|loaded| &loaded.scenario)
    }

    /// Whether the story is longer than what is played; such a file can be checked.
    pub fn is_too_long_to_play(&self) -> bool {
        self.scenario().is_some_and(|scenario| scenario.scenes.len() > SCENES)
    }

    /// What a run record names it by: its id, or its path if it is known by that alone.
    pub fn reference(&self) -> String {
        match &self.origin {
            Origin::Path(path) => path.display().to_string(),
            Origin::Shipped | Origin::User(_) => self.id.to_string(),
        }
    }

    /// Takes a file's bytes apart.
    fn of(name: &str, bytes: &[u8], origin: Origin) -> Self {
        Self::checked(name, bytes, origin, &check(name, bytes))
    }

    /// A file that has been read and checked.
    fn checked(name: &str, bytes: &[u8], origin: Origin, checked: &Checked) -> Self {
        let source = Source::new(name, bytes);
        let diagnostics = checked.diagnostics().to_vec();
        let scenario = checked.scenario().cloned();
        let stem = Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let id = scenario.as_ref().map_or_else(|| stem.unwrap_or_else(|| name.to_owned()), |found| found.id.clone());
        let content = match scenario {
            Some(scenario) => Ok(Loaded { scenario, source, warnings: diagnostics }),
            None => Err(Problem::Faulty { source, diagnostics }),
        };
        Self { id: Text::clean(&id), origin, content }
    }

    /// Reads a file; the origin says where it comes from.
    fn read(path: &Path, origin: Origin) -> Self {
        match read(path) {
            Ok(bytes) => Self::of(&path.display().to_string(), &bytes, origin),
            Err(error) => {
                let stem = path.file_stem().unwrap_or(path.as_os_str());
                Self { id: Text::clean(&stem.to_string_lossy()), origin, content: Err(Problem::Unread(error)) }
            }
        }
    }

    /// Reads the file at a path.
    pub fn at(path: &Path) -> Self {
        Self::read(path, Origin::Path(path.to_owned()))
    }

    /// Bytes that were read from a path, checked for their author: what the content checks say is among the warnings.
    pub fn reviewed(path: &Path, bytes: &[u8]) -> Self {
        let name = path.display().to_string();
        Self::checked(&name, bytes, Origin::Path(path.to_owned()), &review(&name, bytes))
    }
}

/// The scenarios that are at hand.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Shipped ones, easy ones first, then the user's own by file name.
    entries: Vec<Entry>,
    /// Why the user's folder couldn't be looked at, if it is there.
    pub folder_problem: Option<ReadError>,
}

impl Library {
    /// The shipped scenarios and those in the user's folder, if there is one. A missing folder is an empty one.
    pub fn open(folder: Option<&Path>) -> Self {
        let mut entries = shipped();
        let listed = folder.map_or_else(|| Ok(Vec::new()), read::toml_files);
        let (files, folder_problem) = match listed {
            Ok(files) => (files, None),
            Err(ReadError::Missing(_)) => (Vec::new(), None),
            Err(error) => (Vec::new(), Some(error)),
        };
        entries.extend(side_by_side(&files, 1, |path| Entry::read(path, Origin::User(path.clone()))));
        Self { entries, folder_problem }
    }

    /// Every scenario to choose from. A good file of the user's own stands in for a shipped scenario of the same id; a
    /// wrong one stands beside it.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !self.is_replaced(entry))
    }

    fn is_replaced(&self, entry: &Entry) -> bool {
        let replaces = |own: &Entry| own.origin != Origin::Shipped && own.scenario().is_some() && own.id == entry.id;
        entry.origin == Origin::Shipped && self.entries.iter().any(replaces)
    }

    /// The scenario of this id and hash, even where the user's own stands in for it: for runs played before.
    pub fn version(&self, id: &str, hash: &str) -> Option<&Entry> {
        let is_it = |entry: &&Entry| {
            let good = entry.scenario().filter(|scenario| scenario.id == id);
            good.is_some_and(|scenario| Hash::of(scenario).to_string().eq_ignore_ascii_case(hash))
        };
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
    let files: Vec<&File<'_>> = SHIPPED.files().filter(is_scenario).collect();
    let mut entries =
        side_by_side(&files, 1, |file| Entry::of(&file.path().display().to_string(), file.contents(), Origin::Shipped));
    entries.sort_by_key(|entry| (entry.scenario().map(|scenario| scenario.level), entry.id.to_string()));
    entries
}

/// A path, safe to print.
pub fn shown(path: &Path) -> Text {
    Text::clean(&path.display().to_string())
}
