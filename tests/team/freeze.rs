//! What is public: after a freeze it is what it was, and the reveal goes from the bottom up.

use ridealong::team::{Phase, Step};

use super::cast::{copies, letters, on_every_store, opened};

#[test]
fn after_a_freeze_nothing_leaks_until_the_reveal() {
    on_every_store(|open| {
        let mut store = open();
        let session = opened(&mut store, 1);
        assert_eq!(store.public_board(session.code), Ok(None));
        for number in 1..=3 {
            store.post(&letters(&session, number, "", 1)).unwrap();
        }
        store.settle(session.code, &copies()).unwrap();
        assert_eq!(store.publish(session.code), Ok(true));
        assert_eq!(store.publish(session.code), Ok(false), "nothing new");
        store.step(session.code, Step::Freeze).unwrap().unwrap().unwrap();
        let public = store.public_board(session.code).unwrap().unwrap();
        assert_eq!((public.board.places.len(), public.board.phase), (3, Phase::Frozen));
        for number in 4..=9 {
            store.post(&letters(&session, number, "", 0)).unwrap();
            store.settle(session.code, &copies()).unwrap();
            assert_eq!(store.publish(session.code), Ok(false));
            assert_eq!(store.public_board(session.code).unwrap().as_ref(), Some(&public));
        }
        store.step(session.code, Step::Seal).unwrap().unwrap().unwrap();
        assert_eq!(store.public_board(session.code).unwrap().as_ref(), Some(&public));
        let last = store.last_board(session.code).unwrap().unwrap().board;
        assert_eq!(last.places.len(), 9);
        for shown in 1..=9_u32 {
            store.step(session.code, Step::Reveal(shown)).unwrap().unwrap().unwrap();
            let seen = store.public_board(session.code).unwrap().unwrap().board;
            assert_eq!(seen.places, last.places[last.places.len() - shown as usize..]);
        }
    });
}

#[test]
fn a_session_that_was_never_frozen_keeps_its_last_board_to_itself() {
    on_every_store(|open| {
        let mut store = open();
        let session = opened(&mut store, 1);
        store.publish(session.code).unwrap();
        let public = store.public_board(session.code).unwrap();
        store.post(&letters(&session, 1, "", 0)).unwrap();
        store.settle(session.code, &copies()).unwrap();
        store.step(session.code, Step::Seal).unwrap().unwrap().unwrap();
        assert_eq!(store.publish(session.code), Ok(false));
        assert_eq!(store.public_board(session.code).unwrap(), public);
    });
}
