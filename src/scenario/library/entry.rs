//! A scenario file and what came of reading it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use include_dir::File;

use super::{ReadError, read, shown};
use crate::diagnostic::{Diagnostic, Source};
use crate::scenario::check::{Checked, Room, SCENES, check, review};
use crate::scenario::{Glance, Scenario};
use crate::text::Text;

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
    content: Content,
}

/// A file, as far as it has been read.
#[derive(Clone, Debug)]
enum Content {
    /// What came of it.
    Read(Box<Result<Loaded, Problem>>),
    /// One from inside the program: such files are good, and there are many of them, so each is read when it is asked for.
    Shipped {
        file: &'static File<'static>,
        /// What stands at its top; nothing if that can't be seen without the rest.
        glance: Option<Glance>,
        read: OnceLock<Box<Result<Loaded, Problem>>>,
    },
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
    /// The scenario and its file, or what is wrong with it. Reads the file if nobody has yet.
    pub fn content(&self) -> Result<&Loaded, &Problem> {
        self.read_by(check)
    }

    /// Reads the file, on this thread, if nobody has yet.
    pub(super) fn read_in(&self, room: &Room) {
        let _ = self.read_by(|name, bytes| room.check(name, bytes));
    }

    fn read_by(&self, check: impl Fn(&str, &[u8]) -> Checked) -> Result<&Loaded, &Problem> {
        let read = match &self.content {
            Content::Read(read) => read,
            Content::Shipped { file, read, .. } => read.get_or_init(|| Box::new(read_shipped(file, check))),
        };
        (**read).as_ref()
    }

    /// What [`Self::content`] says, for good.
    pub fn into_content(self) -> Result<Loaded, Problem> {
        match self.content {
            Content::Read(read) => *read,
            Content::Shipped { file, read, .. } => {
                read.into_inner().map_or_else(|| read_shipped(file, check), |read| *read)
            }
        }
    }

    /// The scenario, if the file is good.
    pub fn scenario(&self) -> Option<&Scenario> {
        self.content().ok().map(|loaded| &loaded.scenario)
    }

    /// What a menu shows of the scenario first, if the file is good. No file is read for it but one whose top doesn't tell.
    pub fn glance(&self) -> Option<Glance> {
        let seen = match &self.content {
            Content::Shipped { glance, .. } => glance.clone(),
            Content::Read(_) => None,
        };
        seen.or_else(|| self.scenario().map(Glance::of))
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

    /// A file from inside the program, to be read when it is asked for.
    pub(super) fn shipped(file: &'static File<'static>) -> Self {
        let id = Text::clean(&stem(file.path()));
        let glance = file.contents_utf8().and_then(Glance::at);
        Self { id, origin: Origin::Shipped, content: Content::Shipped { file, glance, read: OnceLock::new() } }
    }

    /// A file that has been read and checked.
    fn checked(name: &str, bytes: &[u8], origin: Origin, checked: Checked) -> Self {
        let content = content(name, bytes, checked);
        let id = content.as_ref().map_or_else(|_| stem(Path::new(name)), |loaded| loaded.scenario.id.clone());
        Self { id: Text::clean(&id), origin, content: Content::Read(Box::new(content)) }
    }

    /// Reads a file; the origin says where it comes from.
    pub(super) fn read(path: &Path, origin: Origin, check: impl Fn(&str, &[u8]) -> Checked) -> Self {
        match read(path) {
            Ok(bytes) => {
                let name = path.display().to_string();
                let checked = check(&name, &bytes);
                Self::checked(&name, &bytes, origin, checked)
            }
            Err(error) => {
                let content = Content::Read(Box::new(Err(Problem::Unread(error))));
                Self { id: Text::clean(&stem(path)), origin, content }
            }
        }
    }

    /// Reads the file at a path.
    pub fn at(path: &Path) -> Self {
        Self::read(path, Origin::Path(path.to_owned()), check)
    }

    /// Bytes that were read from a path, checked for their author: what the content checks say is among the warnings.
    pub fn reviewed(path: &Path, bytes: &[u8]) -> Self {
        let name = path.display().to_string();
        Self::checked(&name, bytes, Origin::Path(path.to_owned()), review(&name, bytes))
    }
}

/// Reads a file from inside the program.
fn read_shipped(file: &File<'_>, check: impl Fn(&str, &[u8]) -> Checked) -> Result<Loaded, Problem> {
    let (name, bytes) = (file.path().display().to_string(), file.contents());
    content(&name, bytes, check(&name, bytes))
}

fn content(name: &str, bytes: &[u8], checked: Checked) -> Result<Loaded, Problem> {
    let source = Source::new(name, bytes);
    let (scenario, diagnostics) = checked.into_parts();
    match scenario {
        Some(scenario) => Ok(Loaded { scenario, source, warnings: diagnostics }),
        None => Err(Problem::Faulty { source, diagnostics }),
    }
}

/// A file's name without `.toml`.
fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
