//! A file that somebody is writing: what it holds after each save.
//!
//! It is looked at again and again rather than announced by the system: that works on every file system, and for editors
//! that write another file and rename it. Who follows decides when to look.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{ReadError, read};

/// A file that is gone or empty for fewer looks than this is being saved.
const PATIENCE: u32 = 6;

/// A file that is followed.
#[derive(Debug)]
pub struct Follower {
    path: PathBuf,
    /// What was told last: the bytes, or nothing if it couldn't be read.
    told: Option<Vec<u8>>,
    /// What the file looked like when that was told.
    told_at: Stamp,
    /// What it looked like at the last look, and at how many looks before that.
    seen: (Stamp, u32),
}

/// What tells one state of a file from another without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stamp {
    Unknown,
    Gone,
    There { length: u64, modified: Option<SystemTime>, file: u64 },
}

impl Stamp {
    fn of(path: &Path) -> Self {
        let Ok(data) = fs::metadata(path) else { return Self::Gone };
        #[cfg(unix)]
        let file = std::os::unix::fs::MetadataExt::ino(&data);
        #[cfg(not(unix))]
        let file = 0;
        Self::There { length: data.len(), modified: data.modified().ok(), file }
    }

    /// Whether editors leave a file so for a moment while they save.
    const fn is_passing(self) -> bool {
        matches!(self, Self::Gone | Self::There { length: 0, .. })
    }
}

impl Follower {
    /// Follows a file whose bytes are known.
    pub fn new(path: &Path, bytes: Vec<u8>) -> Self {
        // The first look reads it again: it may have been saved since.
        Self { path: path.to_owned(), told: Some(bytes), told_at: Stamp::Unknown, seen: (Stamp::Unknown, 0) }
    }

    /// Looks at the file: what it holds now if it was saved since the last answer, or why it can't be read any more. A
    /// change is told once the file looks the same twice, so that nobody reads half a file.
    pub fn look(&mut self) -> Option<Result<Vec<u8>, ReadError>> {
        let stamp = Stamp::of(&self.path);
        if stamp == self.told_at {
            self.seen = (stamp, 0);
            return None;
        }
        let looks = if stamp == self.seen.0 { self.seen.1.saturating_add(1) } else { 0 };
        self.seen = (stamp, looks);
        if looks == 0 || (stamp.is_passing() && looks < PATIENCE) {
            return None;
        }
        let bytes = read(&self.path);
        if Stamp::of(&self.path) != stamp {
            return None;
        }
        self.told_at = stamp;
        let told = std::mem::replace(&mut self.told, bytes.as_ref().ok().cloned());
        // Nothing is told that was saved without a change.
        (bytes.is_err() || told != self.told).then_some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks until nothing more is told.
    fn looks(follower: &mut Follower) -> Vec<Result<Vec<u8>, ReadError>> {
        (0..20).filter_map(|_| follower.look()).collect()
    }

    #[test]
    fn every_save_is_told_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        fs::write(&path, "one").unwrap();
        let mut follower = Follower::new(&path, b"one".to_vec());
        assert_eq!(looks(&mut follower), []);
        fs::write(&path, "two!").unwrap();
        assert_eq!(follower.look(), None, "half of it may be still to come");
        assert_eq!(looks(&mut follower), [Ok(b"two!".to_vec())]);
        // As editors do that keep the old file until the new one is whole.
        let other = folder.path().join(".a.toml.swp");
        fs::write(&other, "three").unwrap();
        fs::rename(&other, &path).unwrap();
        assert_eq!(looks(&mut follower), [Ok(b"three".to_vec())]);
        // Saved without a change.
        fs::write(&other, "three").unwrap();
        fs::rename(&other, &path).unwrap();
        assert_eq!(looks(&mut follower), []);
    }

    #[test]
    fn a_file_that_is_gone_for_a_moment_is_being_saved() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        fs::write(&path, "one").unwrap();
        let mut follower = Follower::new(&path, b"one".to_vec());
        looks(&mut follower);
        fs::remove_file(&path).unwrap();
        assert!((0..4).all(|_| follower.look().is_none()));
        fs::write(&path, "two!").unwrap();
        assert_eq!(looks(&mut follower), [Ok(b"two!".to_vec())]);
        fs::remove_file(&path).unwrap();
        assert!(matches!(looks(&mut follower)[..], [Err(ReadError::Missing(_))]));
        fs::write(&path, "two!").unwrap();
        assert_eq!(looks(&mut follower), [Ok(b"two!".to_vec())]);
    }
}
