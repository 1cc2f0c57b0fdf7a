//! Files that aren't as they should be: nothing is deleted, nothing altered is shown as true, and it is said what is
//! the matter.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use ridealong::store::sqlite::{SetAside, set_aside};
use ridealong::store::{Locker as _, Revision, Row, Seat, SqliteStore, Store, StoreError, Whose};
use ridealong::team::{Hand, SessionCode, Token};
use rusqlite::Connection;
use tempfile::TempDir;
use uuid::Uuid;

use super::runs::{SOURCE, run};

const PATIENCE: Duration = Duration::from_secs(5);

fn open(path: &Path) -> Result<SqliteStore, StoreError> {
    SqliteStore::open(path, PATIENCE)
}

/// A store with so many runs in it.
fn store_of(runs: u64) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ridealong.db");
    let mut store = open(&path).unwrap();
    for number in 0..runs {
        store.keep(&run(number, 2, "Ann"), Revision(0)).unwrap();
    }
    store.keep_story("hash", SOURCE).unwrap();
    (folder, path)
}

fn now() -> Timestamp {
    "2026-11-24T13:12:00Z".parse().unwrap()
}

#[test]
fn an_altered_row_is_told_apart_and_the_others_are_as_they_were() {
    let alterations = [
        "UPDATE run SET player = 'Bo' WHERE seq = 2",
        "UPDATE run SET state = 'ended' WHERE seq = 2",
        "UPDATE run SET record = replace(record, '\"seed\":1', '\"seed\":2') WHERE seq = 2",
        "UPDATE run SET summary = replace(summary, '\"red_lines\":', '\"red_lines\":1') WHERE seq = 2",
        "UPDATE run SET first = id WHERE seq = 2",
        "UPDATE run SET feedback = 'none' WHERE seq = 2",
        "UPDATE run SET started = started - 1 WHERE seq = 2",
        "UPDATE run SET changed = changed + 1 WHERE seq = 2",
        "UPDATE run SET rev = 7 WHERE seq = 2",
        "UPDATE run SET sum = replace(sum, substr(sum, 1, 1), 'x') WHERE seq = 2",
        "UPDATE run SET record = CAST(x'ff00fe' AS TEXT) WHERE seq = 2",
        "UPDATE run SET id = CAST(x'1b5b324a' AS TEXT) WHERE seq = 2",
    ];
    for alteration in alterations {
        let (_folder, path) = store_of(3);
        assert_eq!(Connection::open(&path).unwrap().execute(alteration, []), Ok(1), "{alteration}");
        let rows = open(&path).unwrap().runs().unwrap();
        let good: Vec<bool> = rows.iter().map(|row| row.run().is_some()).collect();
        assert_eq!(good, [true, false, true], "{alteration}");
        let Row::Altered { id } = &rows[1] else { panic!("{alteration}") };
        assert!(!id.contains('\u{1b}'), "{id:?}");
    }
}

#[test]
fn a_newer_file_is_refused_and_left_as_it_is() {
    let (_folder, path) = store_of(1);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = fs::read(&path).unwrap();
    let error = open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
    let said = error.to_string();
    assert!(said.contains("ridealong.db") && said.contains("99") && said.contains("--store"), "{said}");
    assert_eq!(set_aside(&path, now(), PATIENCE), Err(error));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn other_programs_files_are_left_as_they_are() {
    let folder = TempDir::new().unwrap();
    let notes = folder.path().join("notes.txt");
    fs::write(&notes, "My notes. None of your business.").unwrap();
    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE bookmarks (url TEXT)").unwrap();
    for path in [&notes, &other] {
        let before = fs::read(path).unwrap();
        assert!(matches!(open(path), Err(StoreError::Foreign(_))), "{}", path.display());
        assert!(set_aside(path, now(), PATIENCE).is_err());
        assert_eq!(fs::read(path).unwrap(), before);
    }
    assert!(matches!(open(folder.path()), Err(StoreError::Failing(..))));
}

#[test]
fn an_empty_file_is_a_new_one() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("ridealong.db");
    fs::write(&path, "").unwrap();
    assert_eq!(open(&path).unwrap().keep(&run(1, 1, ""), Revision(0)), Ok(Revision(1)));
}

#[test]
fn a_damaged_file_is_set_aside_and_what_can_be_read_is_taken_over() {
    let (folder, path) = store_of(300);
    let hand = Hand { player: Uuid::from_u128(7), token: Token::new([7; 32]), session: SessionCode::new(7) };
    let seat = Seat { player: hand.player, round: 1, ticket: Uuid::from_u128(8), run: run(1, 1, "").id };
    open(&path).unwrap().sit(&seat, &hand.take(1, seat.ticket)).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let page = 4096;
    // A page in the middle is gone.
    let middle = bytes.len() / page / 2 * page;
    bytes[middle..middle + page].fill(0xa5);
    fs::write(&path, &bytes).unwrap();
    let SetAside { to, saved } = set_aside(&path, now(), PATIENCE).unwrap().expect("damaged");
    assert_eq!(to, folder.path().join("ridealong.db.damaged-20261124T131200Z"));
    assert_eq!(fs::read(&to).unwrap(), bytes);
    // What lies before the page and what lies behind it.
    assert!(saved > 200, "{saved}");
    let rows = open(&path).unwrap().runs().unwrap();
    let started = |row: &Row| row.run().map(|run| run.id);
    assert!(rows.is_sorted_by_key(started));
    let mut store = open(&path).unwrap();
    assert_eq!(store.seats(hand.player), Ok(vec![seat]));
    assert_eq!(store.outbox(9).unwrap()[0].1, hand.take(1, seat.ticket), "what is to be sent still is");
    assert_eq!(rows.len(), saved);
    assert!(rows.iter().all(|row| row.run().is_some()));
    assert_eq!(set_aside(&path, now(), PATIENCE), Ok(None), "it is in order now");
}

/// Whatever becomes of single bytes and of the end of a file: no panic, nothing shown that wasn't so, nothing deleted.
#[test]
fn flips_and_truncations_are_survived() {
    let count = std::env::var("FLIPS").ok().and_then(|count| count.parse().ok()).unwrap_or(200_u64);
    let (_folder, path) = store_of(40);
    let whole = fs::read(&path).unwrap();
    let kept = open(&path).unwrap().runs().unwrap();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % limit as u64).unwrap()
    };
    for number in 0..count {
        let mut bytes = whole.clone();
        if number % 4 == 0 {
            bytes.truncate(below(whole.len()));
        } else {
            let at = below(if number % 4 == 1 { 200 } else { whole.len() });
            bytes[at] ^= 1 << below(8);
        }
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("ridealong.db");
        fs::write(&path, &bytes).unwrap();
        let told = match open(&path).and_then(|mut store| store.runs()) {
            Err(StoreError::Damaged(..)) => {
                match set_aside(&path, now(), PATIENCE) {
                    Ok(Some(SetAside { to, .. })) => assert_eq!(fs::read(to).unwrap().len(), bytes.len(), "{number}"),
                    Ok(None) => {}
                    Err(error) => panic!("{number}: {error}"),
                }
                open(&path).unwrap().runs().unwrap()
            }
            Err(StoreError::Newer { .. } | StoreError::Foreign(_)) => {
                assert_eq!(fs::read(&path).unwrap(), bytes, "{number}");
                continue;
            }
            Err(error) => panic!("{number}: {error}"),
            Ok(rows) => rows,
        };
        let good = told.iter().filter(|row| row.run().is_some());
        assert!(good.into_iter().all(|row| kept.contains(row)), "{number}");
        // And it goes on from there.
        let kept = open(&path).and_then(|mut store| store.keep(&run(1000, 1, ""), Revision(0)));
        assert!(matches!(kept, Ok(Revision(1)) | Err(StoreError::Damaged(..))), "{number}: {kept:?}");
    }
}

#[test]
fn what_was_erased_is_in_no_byte_of_the_folder() {
    let (folder, path) = store_of(0);
    let mut store = open(&path).unwrap();
    for number in 0..50 {
        store.keep(&run(number, 2, "Wilhelmina"), Revision(0)).unwrap();
        store.keep(&run(100 + number, 2, "Bo"), Revision(0)).unwrap();
    }
    let name = ridealong::text::Text::clean("Wilhelmina");
    let found = |folder: &TempDir| {
        let files = fs::read_dir(folder.path()).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap());
        files.filter(|bytes| bytes.windows(name.len()).any(|window| window == name.as_bytes())).count()
    };
    assert!(found(&folder) > 0);
    assert_eq!(store.erase(Whose::Player(&name)), Ok(50));
    assert_eq!(found(&folder), 0);
    drop(store);
    assert_eq!(open(&path).unwrap().runs().unwrap().len(), 50);
}

#[test]
fn many_who_open_a_new_file_at_once_all_can() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("new/ridealong.db");
    let path = &path;
    std::thread::scope(|scope| {
        for writer in 0..8 {
            scope.spawn(move || {
                let mut store = open(path).unwrap();
                for number in 0..20 {
                    store.keep(&run(writer * 100 + number, 1, ""), Revision(0)).unwrap();
                }
            });
        }
    });
    assert_eq!(open(path).unwrap().runs().unwrap().len(), 160);
}
