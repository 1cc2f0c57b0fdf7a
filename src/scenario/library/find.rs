//! What somebody means by a scenario: an id, or a path.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::{Path, is_separator};

use super::{Entry, Library, Origin};
use crate::text::Text;

/// No scenario has this id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no scenario \"{id}\"; {}", .meant.as_ref().map_or_else(
    || "run \"ridealong list\" to see what there is".to_owned(),
    |meant| format!("did you mean \"{meant}\"?"),
))]
pub struct NotFound {
    /// What was asked for, safe to print.
    pub id: Text,
    /// An id that is spelled nearly so.
    pub meant: Option<Text>,
}

/// More alike than this (0 to 1) is probably a misspelling.
const ALIKE: f64 = 0.75;

impl Library {
    /// The scenario that is meant: by path if the name has a separator or ends in `.toml`, otherwise by id, and if no
    /// scenario has that id, by path again if there is such a file. What was found may still be a file with problems.
    /// The user's own comes before a shipped one even if it has problems, so that nobody plays the old text without
    /// noticing.
    ///
    /// # Errors
    /// If no scenario has such an id.
    pub fn find(&self, name: impl AsRef<OsStr>) -> Result<Cow<'_, Entry>, NotFound> {
        let path = Path::new(name.as_ref());
        let name = &*name.as_ref().to_string_lossy();
        if is_path(name, path) {
            return Ok(Cow::Owned(Entry::at(path)));
        }
        let named = || self.entries.iter().filter(|entry| entry.id.as_str() == name);
        let own = named().find(|entry| entry.origin != Origin::Shipped);
        match own.or_else(|| named().next()) {
            Some(entry) => Ok(Cow::Borrowed(entry)),
            None if path.is_file() => Ok(Cow::Owned(Entry::at(path))),
            None => {
                Err(NotFound { id: Text::clean(&name.chars().take(80).collect::<String>()), meant: self.nearest(name) })
            }
        }
    }

    /// The id that is spelled most like a name, if any is.
    fn nearest(&self, name: &str) -> Option<Text> {
        let likeness = |entry: &Entry| strsim::jaro_winkler(&entry.id, name);
        let nearest = self.entries.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
        (likeness(nearest) > ALIKE).then(|| nearest.id.clone())
    }
}

/// Whether a name can only be a path.
fn is_path(name: &str, path: &Path) -> bool {
    name.contains(is_separator) || path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("toml"))
}

#[cfg(test)]
mod tests {
    use super::super::SHIPPED;
    use super::*;
    use crate::scenario::Glance;

    #[test]
    fn an_id_is_no_path() {
        for (name, path) in [
            ("corner-office", false),
            ("corner-office.toml", true),
            ("Corner.TOML", true),
            ("./corner-office", true),
            ("folder/", true),
            ("src", false),
            ("Cargo.lock", false),
            ("", false),
        ] {
            assert_eq!(is_path(name, Path::new(name)), path, "{name}");
        }
    }

    /// Tests run where `Cargo.toml` and `Cargo.lock` are.
    #[test]
    fn an_id_comes_before_a_file_of_that_name() {
        let mut library = Library::open(None);
        let by_path = |library: &Library| library.find("Cargo.lock").map(|found| found.origin.path().is_some());
        assert_eq!(by_path(&library), Ok(true));
        if let Some(first) = library.entries.first_mut() {
            first.id = Text::clean("Cargo.lock");
        }
        assert_eq!(by_path(&library), Ok(false));
    }

    #[test]
    fn a_glance_shows_what_stands_in_the_whole_file() {
        for entry in Library::open(None).entries() {
            let at_its_top = SHIPPED.get_file(format!("{}.toml", entry.id)).and_then(|file| file.contents_utf8());
            let glance = at_its_top.and_then(Glance::at);
            assert!(glance.is_some(), "{}", entry.id);
            assert_eq!(glance, entry.scenario().map(Glance::of));
            assert_eq!(glance, entry.glance());
        }
        // What can't be seen from the top is no glance.
        for text in ["", "format = 1", "\n[cast.dana]\n", "format = 1\ntitle = \"A\nlevel = 3\nminutes = 20\n"] {
            assert_eq!(Glance::at(text), None, "{text}");
        }
    }

    #[test]
    fn shipped_scenarios_are_good_and_found_by_id() {
        let library = Library::open(None);
        assert!(library.entries().count() >= 1);
        for entry in library.entries() {
            assert!(entry.scenario().is_some(), "{}: {:?}", entry.id, entry.content());
            assert!(library.find(entry.id.as_str()).is_ok_and(|found| found.id == entry.id));
        }
        for entry in library.entries() {
            let mistyped = format!("{}s", entry.id);
            let meant = library.find(&mistyped).err().and_then(|error| error.meant);
            assert_eq!(meant.as_ref(), Some(&entry.id));
        }
    }
}
