//! A power cut: what is left is what was synced, and of the rest whatever the disk had got round to.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use ridealong::store::{SqliteStore, Store};
use tempfile::TempDir;

use super::trace::{Did, OPTIONS, read};
use super::{Home, can_trace, setting};

/// A disk: what is on it for certain, and what has been asked of it since.
#[derive(Clone, Default)]
struct Disk {
    files: BTreeMap<PathBuf, File>,
}

#[derive(Clone, Default)]
struct File {
    synced: Vec<u8>,
    /// Its name is in its folder for certain.
    named: bool,
    /// Writes and cuts since the last sync.
    since: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Cut(usize),
}

fn apply(content: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Write(offset, bytes) => {
            let end = offset + bytes.len();
            if content.len() < end {
                content.resize(end, 0);
            }
            content[*offset..end].copy_from_slice(bytes);
        }
        Change::Cut(length) => content.resize(*length, 0),
    }
}

impl Disk {
    fn take(&mut self, did: &Did) {
        match did {
            Did::Made(path) => {
                self.files.entry(path.clone()).or_default();
            }
            Did::Wrote(path, offset, bytes) => {
                self.files.entry(path.clone()).or_default().since.push(Change::Write(*offset, bytes.clone()));
            }
            Did::Cut(path, length) => self.files.entry(path.clone()).or_default().since.push(Change::Cut(*length)),
            Did::Synced(path) => {
                // Of a folder: the names in it.
                for (file, state) in &mut self.files {
                    state.named |= file.parent() == Some(path);
                }
                if let Some(file) = self.files.get_mut(path) {
                    let File { synced, since, .. } = file;
                    since.drain(..).for_each(|change| apply(synced, &change));
                }
            }
            Did::Removed(path) => {
                self.files.remove(path);
            }
            Did::Told(_) => {}
        }
    }

    /// What a machine finds that is started again: `keep` tells of each change since the last sync how much of it had
    /// reached the disk, in sectors of 512 bytes; nothing for one that hadn't.
    fn after_a_cut(&self, folder: &Path, into: &Path, mut keep: impl FnMut() -> Option<usize>) {
        for (path, file) in &self.files {
            let mut content = file.synced.clone();
            for change in &file.since {
                match (keep(), change) {
                    (None, _) => {}
                    (Some(sectors), Change::Write(offset, bytes)) => {
                        let torn = bytes[..bytes.len().min(sectors.saturating_mul(512))].to_vec();
                        apply(&mut content, &Change::Write(*offset, torn));
                    }
                    (Some(_), cut @ Change::Cut(_)) => apply(&mut content, cut),
                }
            }
            // A name that isn't there for certain may still be.
            if file.named || keep().is_some() {
                fs::write(into.join(path.strip_prefix(folder).unwrap()), content).unwrap();
            }
        }
    }
}

/// Follows a log and cuts the power right after each telling, several times with other luck. The answer is how often
/// `lost` found that something told was lost.
fn cuts(did: &[Did], folder: &Path, lost: impl Fn(&Path, usize) -> bool) -> (usize, usize) {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = move |limit: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % limit
    };
    let mut disk = Disk::default();
    let (mut told, mut count, mut losses) = (0, 0, 0);
    for each in did {
        disk.take(each);
        let Did::Told(more) = each else { continue };
        told += more;
        for luck in 0..setting("POWER_CUTS", 6) {
            let found = TempDir::new().unwrap();
            disk.after_a_cut(folder, found.path(), || match luck {
                0 => None,
                1 => Some(usize::MAX),
                _ => (below(2) == 0).then(|| usize::try_from(below(9)).unwrap()),
            });
            count += 1;
            losses += usize::from(lost(found.path(), told));
        }
    }
    (count, losses)
}

/// The logs of a program that ran under `strace`.
fn log_of(command: &mut Command, log: &Path) -> String {
    let out = command.output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    fs::read_to_string(log).unwrap()
}

#[test]
fn a_power_cut_loses_no_answer_whose_consequence_was_told() {
    if !can_trace() {
        return;
    }
    let (home, logs) = (Home::new(), TempDir::new().unwrap());
    let log = logs.path().join("log");
    let under: Vec<&str> = ["strace"].into_iter().chain(OPTIONS).chain(["-o", log.to_str().unwrap()]).collect();
    let out = home.play(&under, &["--seed", "7"], &"1\n2\n".repeat(6));
    assert!(out.status.success());
    let did = read(&fs::read_to_string(&log).unwrap(), home.folder.path());
    let lost = |found: &Path, told: usize| {
        let kept = match SqliteStore::open(&found.join("ridealong.db"), Duration::from_secs(1)) {
            Ok(mut store) => store.runs().map(|rows| rows.iter().find_map(|row| Some(row.run()?.record.choices.len()))),
            Err(error) => panic!("{told}: {error}"),
        };
        kept.unwrap().unwrap_or(0) < told
    };
    let (count, losses) = cuts(&did, home.folder.path(), lost);
    println!("{count} cuts, {losses} of them lost something");
    assert!(count >= 12 * 6, "{count}");
    assert_eq!(losses, 0, "of {count}");
}

/// The same cuts find what a store loses that doesn't sync each commit: so they can find something.
#[test]
fn a_store_without_full_syncs_is_caught_losing() {
    if !can_trace() {
        return;
    }
    let losses = |synchronous: &str| {
        let folder = TempDir::new().unwrap();
        let log = folder.path().join("log");
        let store = folder.path().join("bare.db");
        let mut command = Command::new("strace");
        command.args(OPTIONS).arg("-o").arg(&log);
        command.arg(bare_commits()).arg(&store).arg(synchronous);
        let did = read(&log_of(&mut command, &log), folder.path());
        let lost = |found: &Path, told: usize| {
            let count = rusqlite::Connection::open(found.join("bare.db"))
                .and_then(|bare| bare.query_row("SELECT count(*) FROM kept", [], |row| row.get::<_, u32>(0)));
            usize::try_from(count.unwrap_or(0)).unwrap() < told
        };
        cuts(&did, folder.path(), lost)
    };
    let (count, lost) = losses("full");
    assert_eq!(lost, 0, "of {count} with full syncs");
    let (count, lost) = losses("normal");
    println!("{lost} of {count} with normal syncs");
    assert!(lost * 4 > count, "only {lost} of {count} with normal syncs");
}

/// A program that commits rows and tells of each.
fn bare_commits() -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--example", "bare_commits"])
        .args(if cfg!(debug_assertions) { &[][..] } else { &["--release"] })
        .status()
        .unwrap();
    assert!(built.success());
    let program = PathBuf::from(super::RIDEALONG);
    program.parent().unwrap().join("examples/bare_commits")
}
