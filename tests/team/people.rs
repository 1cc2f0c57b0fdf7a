//! What a facilitator does with people and runs, and what is left of somebody who was erased.

use ridealong::team::{Refusal, Step};
use ridealong::text::Text;

use super::cast::{copies, hand, id, letters, on_every_store, opened, run};

#[test]
fn names_are_told_apart() {
    on_every_store(|open| {
        let mut store = open();
        let session = opened(&mut store, 1);
        for number in 1..=3 {
            store.post(&[hand(&session, number).join(&session, Text::clean("Ann"), Text::EMPTY)]).unwrap();
        }
        store.settle(session.code, &copies()).unwrap();
        let mut names: Vec<String> =
            store.members(session.code).unwrap().iter().map(|member| member.name.to_string()).collect();
        names.sort();
        assert_eq!(names, ["Ann", "Ann 2", "Ann 3"]);
        assert_eq!(store.rename(session.code, id(2), &Text::clean("Ann")), Ok(true));
        assert_eq!(store.rename(session.code, id(77), &Text::clean("Nobody")), Ok(false));
    });
}

#[test]
fn a_run_can_be_taken_back_and_a_player_taken_off_until_it_is_revealed() {
    on_every_store(|open| {
        let mut store = open();
        let session = opened(&mut store, 1);
        for number in 1..=2 {
            store.post(&letters(&session, number, "", usize::from(number) - 1)).unwrap();
        }
        store.settle(session.code, &copies()).unwrap();
        let whole = store.board(session.code).unwrap().unwrap();
        let names = |board: &ridealong::team::board::Board| -> Vec<String> {
            board.places.iter().map(|place| place.standing.name.to_string()).collect()
        };
        assert_eq!(names(&whole), ["Player 1", "Player 2"]);
        assert_eq!(store.withdraw(session.code, id(1011), true), Ok(true));
        assert_eq!(names(&store.board(session.code).unwrap().unwrap()), ["Player 2"]);
        assert_eq!(store.withdraw(session.code, id(1011), false), Ok(true));
        assert_eq!(store.board(session.code).unwrap().unwrap(), whole);
        assert_eq!(store.withdraw(session.code, id(5), true), Ok(false));
        store.step(session.code, Step::Seal).unwrap().unwrap().unwrap();
        assert_eq!(store.remove(session.code, id(1), true), Ok(true));
        assert_eq!(names(&store.last_board(session.code).unwrap().unwrap().board), ["Player 2"]);
        store.step(session.code, Step::Reveal(1)).unwrap().unwrap().unwrap();
        store.remove(session.code, id(1), false).unwrap();
        assert_eq!(names(&store.last_board(session.code).unwrap().unwrap().board), ["Player 2"], "it has been seen");
    });
}

#[test]
fn who_was_removed_sends_in_vain() {
    on_every_store(|open| {
        let mut store = open();
        let session = opened(&mut store, 1);
        let all = letters(&session, 1, "", 0);
        store.post(&all[..2]).unwrap();
        store.settle(session.code, &copies()).unwrap();
        store.remove(session.code, id(1), true).unwrap();
        store.post(&all[2..]).unwrap();
        assert_eq!(store.settle(session.code, &copies()).unwrap().refused, 3);
        assert!(store.refused(session.code).unwrap().iter().all(|letter| letter.reason == Refusal::Removed));
    });
}

#[test]
fn after_a_while_only_numbers_are_left() {
    on_every_store(|open| {
        let mut store = open();
        let session = opened(&mut store, 1);
        store.post(&letters(&session, 1, "", 0)).unwrap();
        store.settle(session.code, &copies()).unwrap();
        let before = store.board(session.code).unwrap();
        assert_eq!(store.tidy(session.code, 180), Ok(0));
        // The clock goes on between the two.
        while store.tidy(session.code, 0) == Ok(0) {}
        let runs = store.passed(session.code).unwrap();
        assert!(runs.iter().all(|run| run.record.is_none() && run.figures.score > 0));
        assert_eq!(store.board(session.code).unwrap(), before);
    });
}

#[test]
fn who_was_erased_stays_erased() {
    on_every_store(|open| {
        let mut store = open();
        let session = opened(&mut store, 1);
        let ann = hand(&session, 1);
        let join = ann.join(&session, Text::clean("Zebedee Quux"), Text::EMPTY);
        let mut all = letters(&session, 1, "", 0);
        all[0] = join;
        store.post(&all).unwrap();
        store.post(&letters(&session, 2, "", 1)).unwrap();
        store.settle(session.code, &copies()).unwrap();
        store.publish(session.code).unwrap();
        store.step(session.code, Step::Freeze).unwrap().unwrap().unwrap();
        store.post(&[ann.practise(1, id(990), run(&session, 1, 0), None)]).unwrap();
        let frozen = store.public_board(session.code).unwrap().unwrap().board;
        assert!(frozen.places.iter().any(|place| &*place.standing.name == "Zebedee Quux"));
        assert_eq!(store.erase(session.code, id(1)), Ok(true));
        // An old outbox is flushed.
        store.post(&all).unwrap();
        let settled = store.settle(session.code, &copies()).unwrap();
        assert_eq!((settled.taken, settled.refused), (0, 5));
        store.step(session.code, Step::Seal).unwrap().unwrap().unwrap();
        let everything = format!(
            "{:?}{:?}{:?}{:?}{:?}",
            store.members(session.code),
            store.public_board(session.code),
            store.last_board(session.code),
            store.refused(session.code),
            store.passed(session.code),
        );
        assert!(!everything.contains("Zebedee"), "{everything}");
        let public = store.public_board(session.code).unwrap().unwrap().board;
        let ranks = |board: &ridealong::team::board::Board| -> Vec<_> {
            board.places.iter().map(|place| (place.rank, place.standing.points)).collect()
        };
        assert_eq!(ranks(&public), ranks(&frozen));
        assert_eq!(store.board(session.code).unwrap().unwrap().places.len(), 1);
    });
}

#[test]
fn names_are_told_apart_within_one_batch_too() {
    on_every_store(|open| {
        let mut store = open();
        let session = opened(&mut store, 1);
        let join = |number, name: &str| hand(&session, number).join(&session, Text::clean(name), Text::EMPTY);
        store.post(&[join(1, "Ann"), join(2, "Ann 2")]).unwrap();
        store.settle(session.code, &copies()).unwrap();
        store.post(&[join(3, "Bo"), join(4, "Ann"), join(5, "Bo"), join(6, "Ann 3"), join(7, "Bo 2")]).unwrap();
        store.settle(session.code, &copies()).unwrap();
        let mut names: Vec<String> =
            store.members(session.code).unwrap().iter().map(|member| member.name.to_string()).collect();
        names.sort();
        assert_eq!(names, ["Ann", "Ann 2", "Ann 3", "Ann 3 2", "Bo", "Bo 2", "Bo 2 2"]);
    });
}
