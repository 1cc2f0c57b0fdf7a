//! The one suite that every store passes.

use std::time::Duration;

use ridealong::store::{KeptRun, MemoryStore, Revision, Row, SqliteStore, Store, StoreError, Whose};
use ridealong::terms::RunState;
use ridealong::text::Text;
use tempfile::TempDir;

use super::runs::{SOURCE, run, story};

/// Each law is tried on a fresh store of each kind; files are closed and opened again between any two steps.
fn on_every_store(law: impl Fn(&mut dyn FnMut(&mut dyn FnMut(&mut dyn Store)))) {
    let mut memory = MemoryStore::default();
    law(&mut |step| step(&mut memory));
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("deep/er/ridealong.db");
    law(&mut |step| step(&mut SqliteStore::open(&path, Duration::from_secs(5)).unwrap()));
}

fn good(rows: Vec<Row>) -> Vec<KeptRun> {
    rows.into_iter().map(|row| row.run().cloned().expect("as it was kept")).collect()
}

#[test]
fn what_was_kept_comes_back_as_it_was_in_the_order_it_was_begun() {
    on_every_store(|with| {
        let mut runs = vec![run(3, 2, "Ann"), run(1, 0, ""), run(2, 99, "Bo")];
        runs[1].first = Some(runs[0].id);
        runs[2].changed = jiff::Timestamp::from_second(-5).unwrap();
        for each in &runs {
            with(&mut |store| assert_eq!(store.keep(each, Revision(0)), Ok(Revision(1))));
        }
        with(&mut |store| assert_eq!(good(store.runs().unwrap()), runs));
        assert_eq!(runs[2].state, RunState::Ended);
    });
}

#[test]
fn a_run_takes_the_place_of_what_was_kept_of_it() {
    on_every_store(|with| {
        with(&mut |store| assert_eq!(store.keep(&run(1, 1, ""), Revision(0)), Ok(Revision(1))));
        with(&mut |store| assert_eq!(store.keep(&run(2, 1, ""), Revision(0)), Ok(Revision(1))));
        with(&mut |store| assert_eq!(store.keep(&run(1, 2, ""), Revision(1)), Ok(Revision(2))));
        with(&mut |store| assert_eq!(good(store.runs().unwrap()), [run(1, 2, ""), run(2, 1, "")]));
    });
}

#[test]
fn doing_it_twice_does_it_once() {
    on_every_store(|with| {
        for _ in 0..3 {
            with(&mut |store| assert_eq!(store.keep(&run(1, 1, ""), Revision(0)), Ok(Revision(1))));
        }
        for _ in 0..3 {
            with(&mut |store| assert_eq!(store.keep(&run(1, 2, ""), Revision(1)), Ok(Revision(2))));
        }
        with(&mut |store| assert_eq!(good(store.runs().unwrap()), [run(1, 2, "")]));
    });
}

#[test]
fn nobody_overwrites_what_they_have_not_seen() {
    on_every_store(|with| {
        with(&mut |store| assert_eq!(store.keep(&run(1, 1, ""), Revision(0)), Ok(Revision(1))));
        with(&mut |store| assert_eq!(store.keep(&run(1, 2, ""), Revision(1)), Ok(Revision(2))));
        for seen in [0, 1, 3] {
            let elsewhere = StoreError::Elsewhere(run(1, 1, "").id);
            with(&mut |store| assert_eq!(store.keep(&run(1, 3, ""), Revision(seen)), Err(elsewhere.clone())));
        }
        with(&mut |store| assert_eq!(good(store.runs().unwrap()), [run(1, 2, "")]));
    });
}

#[test]
fn a_run_that_is_gone_can_be_kept_again() {
    on_every_store(|with| {
        with(&mut |store| assert_eq!(store.keep(&run(1, 1, ""), Revision(4)), Ok(Revision(5))));
        with(&mut |store| assert_eq!(store.keep(&run(1, 2, ""), Revision(5)), Ok(Revision(6))));
    });
}

#[test]
fn scenario_files_are_kept_by_their_hash() {
    on_every_store(|with| {
        let hash = story().hash.to_string();
        with(&mut |store| assert_eq!(store.story(&hash), Ok(None)));
        with(&mut |store| assert_eq!(store.keep_story(&hash, SOURCE), Ok(())));
        with(&mut |store| assert_eq!(store.keep_story(&hash, SOURCE), Ok(())));
        with(&mut |store| assert_eq!(store.story(&hash), Ok(Some(SOURCE.to_owned()))));
    });
}

#[test]
fn erasing_removes_one_player_or_all() {
    on_every_store(|with| {
        let players = ["Ann", "", "Bo", "Ann"];
        for (number, player) in (0..).zip(players) {
            with(&mut |store| assert_eq!(store.keep(&run(number, 1, player), Revision(0)), Ok(Revision(1))));
        }
        with(&mut |store| store.keep_story("hash", SOURCE).unwrap());
        let ann = Text::clean("Ann");
        with(&mut |store| assert_eq!(store.erase(Whose::Player(&ann)), Ok(2)));
        with(&mut |store| assert_eq!(good(store.runs().unwrap()), [run(1, 1, ""), run(2, 1, "Bo")]));
        with(&mut |store| assert_eq!(store.erase(Whose::Player(&Text::EMPTY)), Ok(1)));
        with(&mut |store| assert!(store.story("hash").unwrap().is_some()));
        with(&mut |store| assert_eq!(store.erase(Whose::All), Ok(1)));
        with(&mut |store| assert_eq!(store.runs(), Ok(Vec::new())));
        with(&mut |store| assert_eq!(store.story("hash"), Ok(None)));
    });
}
