//! The one suite that every store of team sessions passes: what is kept and settled.

use ridealong::store::Settled;
use ridealong::team::{Phase, Step, StepError};

use super::cast::{copies, letters, on_every_store, opened, run, score, session};

#[test]
fn a_session_comes_back_as_it_was_kept() {
    on_every_store(|open| {
        let (session, stories) = session(1);
        assert_eq!(open().session(session.code), Ok(None));
        assert_eq!(open().create(&session, &stories), Ok(true));
        assert_eq!(open().create(&session, &stories), Ok(true), "twice is once");
        assert_eq!(open().session(session.code), Ok(Some(session.clone())));
        assert_eq!(open().sessions(), Ok(vec![session.clone()]));
        for (hash, source) in &stories {
            assert_eq!(open().story(hash), Ok(Some(source.clone())));
        }
        let mut other = session;
        other.title = ridealong::text::Text::clean("Monday");
        assert_eq!(open().create(&other, &stories), Ok(false), "the code is taken");
    });
}

#[test]
fn a_session_goes_one_way() {
    on_every_store(|open| {
        let mut store = open();
        let (session, stories) = session(1);
        store.create(&session, &stories).unwrap();
        let code = session.code;
        let mut step = |step| store.step(code, step).unwrap().unwrap();
        assert_eq!(step(Step::Freeze), Err(StepError::First(Phase::Lobby, "open")));
        assert_eq!(step(Step::Reveal(1)), Err(StepError::First(Phase::Lobby, "seal")));
        assert!(step(Step::Open).is_ok());
        assert_eq!(step(Step::Open), Err(StepError::Already(Phase::Open)));
        assert_eq!(step(Step::Resume), Err(StepError::NotPaused));
        assert!(step(Step::Pause).unwrap().is_paused());
        assert!(!step(Step::Resume).unwrap().is_paused());
        assert!(step(Step::Freeze).is_ok());
        assert!(step(Step::Extend(10)).unwrap().closes.is_some());
        assert!(step(Step::Seal).is_ok());
        assert_eq!(step(Step::Pause), Err(StepError::Already(Phase::Sealed)));
        assert_eq!(step(Step::Reveal(2)).unwrap().revealed, Some(2));
        assert_eq!(step(Step::Reveal(1)).unwrap().revealed, Some(2), "what was seen stays seen");
        assert_eq!(open().step(ridealong::team::SessionCode::new(77), Step::Open), Ok(None));
    });
}

#[test]
fn what_players_send_is_on_the_board_by_what_replaying_it_gives() {
    on_every_store(|open| {
        let session = opened(&mut open(), 1);
        for number in 1..=3 {
            open().post(&letters(&session, number, "", usize::from(number) - 1)).unwrap();
        }
        let settled = open().settle(session.code, &copies()).unwrap();
        assert_eq!(settled, Settled { taken: 15, ..Settled::default() });
        let board = open().board(session.code).unwrap().unwrap();
        let points: Vec<(String, u32)> =
            board.places.iter().map(|place| (place.standing.name.to_string(), place.standing.points)).collect();
        let mean = |which| {
            let sum: u64 = [1, 2].map(|round| score(&run(&session, round, which))).iter().sum();
            u32::try_from(sum * 50).unwrap()
        };
        let mut expected: Vec<(String, u32)> =
            (0..3).map(|which| (format!("Player {}", which + 1), mean(which))).collect();
        expected.sort_by_key(|(name, points)| (std::cmp::Reverse(*points), name.clone()));
        assert_eq!(points, expected);
        assert_eq!((board.joined, board.playing, board.practice), (3, 0, 0));
        assert!(open().passed(session.code).unwrap().iter().all(|run| run.claimed == Some(run.figures.score.into())));
    });
}

#[test]
fn sending_twice_and_settling_twice_changes_nothing() {
    on_every_store(|open| {
        let session = opened(&mut open(), 1);
        let all = letters(&session, 1, "", 0);
        open().post(&all).unwrap();
        open().settle(session.code, &copies()).unwrap();
        let (board, runs) = (open().board(session.code), open().passed(session.code));
        open().post(&all).unwrap();
        open().post(&all).unwrap();
        let settled = open().settle(session.code, &copies()).unwrap();
        assert_eq!(settled, Settled { again: 10, ..Settled::default() });
        assert_eq!(open().settle(session.code, &copies()).unwrap(), Settled::default());
        assert_eq!((open().board(session.code), open().passed(session.code)), (board, runs));
        assert_eq!(open().refused(session.code), Ok(Vec::new()));
    });
}

#[test]
fn letters_that_overtake_each_other_arrive_all_the_same() {
    on_every_store(|open| {
        let session = opened(&mut open(), 1);
        let mut all = letters(&session, 1, "", 0);
        all.reverse();
        for letter in &all {
            open().post(std::slice::from_ref(letter)).unwrap();
            open().settle(session.code, &copies()).unwrap();
        }

        let board = open().board(session.code).unwrap().unwrap();
        assert_eq!(board.places.len(), 1);
        assert_eq!(board.places[0].standing.rounds, 2);
        assert_eq!(open().refused(session.code), Ok(Vec::new()));
    });
}

#[test]
fn several_may_settle_at_once() {
    on_every_store(|open| {
        let session = opened(&mut open(), 1);
        for number in 1..=12 {
            open().post(&letters(&session, number, "", 2)).unwrap();
        }
        let stores: Vec<_> = (0..4).map(|_| open()).collect();
        let taken: u32 = std::thread::scope(|scope| {
            let settling: Vec<_> = stores
                .into_iter()
                .map(|mut store| scope.spawn(move || store.settle(session.code, &copies()).unwrap().taken))
                .collect();
            settling.into_iter().map(|settling| settling.join().unwrap()).sum()
        });
        assert_eq!(taken, 60);
        assert_eq!(open().passed(session.code).unwrap().len(), 24);
    });
}
