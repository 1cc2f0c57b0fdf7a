//! Forged and mutated letters by the hundred: none is taken, and each is refused for what is wrong with it.
//!
//! `FORGED=500` forges so many for each reason.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use ridealong::engine::{Game, Seed};
use ridealong::prove::chance::Chance;
use ridealong::record::{Misfit, Record};
use ridealong::store::TeamStore;
use ridealong::team::verify::{Copies, Desk, Entered, Joined, Opened, Ticket, Verdict};
use ridealong::team::{Hand, Letter, Message, Refusal, Session, Step, Token};
use ridealong::text::Text;
use uuid::Uuid;

use super::cast::{copies, hand, id, letters, on_every_store, opened, run, session, setting};

/// What is forged from: honest runs of the rounds.
struct Forger {
    copies: Copies,
    honest: [Record; 2],
    chance: Chance,
    ids: u128,
}

impl Forger {
    fn new(session: &Session) -> Self {
        let honest = [run(session, 1, 2), run(session, 2, 2)];
        Self { copies: copies(), honest, chance: Chance::of_play(1, 1), ids: 1_000_000 }
    }

    fn id(&mut self) -> Uuid {
        self.ids += 1;
        id(self.ids)
    }

    fn below(&mut self, count: usize) -> usize {
        self.chance.below(u32::try_from(count).unwrap()) as usize
    }

    /// A letter about a round by somebody: a ticket, a run or practice.
    fn any(&mut self, hand: &Hand, round: u8) -> Letter {
        let (id, record) = (self.id(), self.honest[usize::from(round - 1) % 2].clone());
        match self.below(3) {
            0 => hand.take(round, id),
            1 => hand.send(round, id, record, None),
            _ => hand.practise(round, id, record, None),
        }
    }

    /// A run of round 1 or 2 with its choices spoilt, and what the rules of play say about it.
    fn spoilt(&mut self) -> (u8, Record, Option<Refusal>) {
        let round = self.below(2);
        let mut record = self.honest[round].clone();
        let ids: Vec<String> = self.honest.iter().flat_map(|record| record.choices.clone()).collect();
        for _ in 0..=self.below(2) {
            let place = self.below(record.choices.len() + 1);
            let other = ids[self.below(ids.len())].clone();
            match self.below(5) {
                0 => record.choices.truncate(place),
                1 => record.choices.push(other),
                2 => record.choices.insert(place, other),
                3 if place < record.choices.len() => record.choices[place] = other,
                _ => record.choices.rotate_left(place),
            }
        }
        let story = &self.copies[record.hash.as_ref().unwrap()];
        let reason = match record.replay(story) {
            Err(Misfit::Unknown { .. } | Misfit::Closed { .. }) => Some(Refusal::NotOpen),
            Err(Misfit::Ended { .. }) => Some(Refusal::TooLong),
            Ok(run) if run.ending(&story.program).is_none() => Some(Refusal::Unfinished),
            // It is another honest run.
            Ok(_) | Err(_) => None,
        };
        (u8::try_from(round + 1).unwrap(), record, reason)
    }

    fn unreadable(&mut self, honest: &Letter) -> Letter {
        let mut letter = Letter { id: self.id(), ..honest.clone() };
        let own = honest.payload.replace(&honest.id.to_string(), &letter.id.to_string());
        let place = self.below(own.len());
        let with = match self.below(6) {
            // Under another id than the one in it.
            0 => honest.payload.clone(),
            1 => own[..place].to_owned(),
            2 => own.replacen("\"key\"", "\"kex\"", 1),
            3 => own.replacen("\"choices\":[", &format!("\"choices\":[{}", "\"\",".repeat(20_001)), 1),
            4 => format!("{own}{}", " ".repeat(64 * 1024)),
            _ => {
                letter.sum = ridealong::team::sum(&honest.payload);
                letter.payload = own;
                return letter;
            }
        };
        Letter { sum: ridealong::team::sum(&with), payload: with, ..letter }
    }
}

/// Everybody whose letters are forged, where they are known.
struct Scene {
    session: Session,
    /// Holds the ticket of round 1.
    ann: Hand,
    /// Has joined.
    bo: Hand,
    /// Has played both rounds: who, and under which number.
    cy: Hand,
    number: u8,
    /// Has played both rounds and been removed.
    di: Hand,
    /// Has played both rounds and been erased.
    ed: Hand,
}

fn scene(store: &mut TeamStore, number: u32) -> Scene {
    let session = opened(store, number);
    let base = u8::try_from(10 * number).unwrap();
    let [ann, bo, cy, di, ed] = [1, 2, 3, 4, 5].map(|place| hand(&session, base + place));
    let name = |name: &str| Text::clean(name);
    let first = u128::from(base) * 100;
    let mut all = vec![
        ann.join(&session, name("Ann"), Text::EMPTY),
        ann.take(1, id(first)),
        bo.join(&session, name("Bo"), Text::EMPTY),
    ];
    for place in 3..=5 {
        all.extend(letters(&session, base + place, "", usize::from(place)));
    }
    store.post(&all).unwrap();
    assert_eq!(store.settle(session.code, &copies()).unwrap().taken, 18);
    assert_eq!(store.remove(session.code, di.player, true), Ok(true));
    assert_eq!(store.erase(session.code, ed.player), Ok(true));
    Scene { session, ann, bo, cy, number: base + 3, di, ed }
}

/// A letter that is to be refused for this reason, sent to the open session.
fn forged(reason: Refusal, forger: &mut Forger, scene: &Scene) -> Letter {
    let Scene { session, ann, bo, cy, number, di, ed } = scene;
    let (id, which) = (forger.id(), forger.below(4));
    let honest = forger.honest[0].clone();
    let any = u64::from(forger.chance.below(u32::MAX)) + 1;
    match reason {
        Refusal::Unreadable => forger.unreadable(&ann.send(1, id, honest, None)),
        Refusal::UnknownRound => {
            let round = u8::try_from(3 + forger.below(253)).unwrap();
            forger.any(ann, round)
        }
        Refusal::UnknownScenario => {
            let hash = [None, forger.honest[1].hash.clone(), Some(format!("{any:064x}")), Some("x".repeat(which))];
            ann.send(1, id, Record { hash: hash[which].clone(), ..honest }, None)
        }
        Refusal::OtherSeed => ann.send(1, id, Record { seed: Seed(honest.seed.0.wrapping_add(any)), ..honest }, None),
        Refusal::OtherVersion => {
            let other = u32::try_from(any % 9_999).ok().filter(|_| which % 2 == 0).map(|number| number + 1000);
            let record = if which < 2 {
                Record { engine_version: other, ..honest }
            } else {
                Record { key_version: other, ..honest }
            };
            ann.send(1, id, record, None)
        }
        Refusal::NotOpen | Refusal::Unfinished | Refusal::TooLong => loop {
            let (round, record, found) = forger.spoilt();
            if found == Some(reason) && round == 1 {
                return ann.send(1, id, record, Some(any % 101));
            }
            if found == Some(reason) {
                // Practice is replayed as strictly.
                return ann.practise(2, id, record, Some(any % 101));
            }
        },
        Refusal::SecondRun => cy.send(1 + u8::from(which < 2), id, forger.honest[usize::from(which < 2)].clone(), None),
        Refusal::SecondTicket => {
            if which < 2 {
                ann.take(1, id)
            } else {
                cy.take(2, id)
            }
        }
        Refusal::WrongKey => {
            let guess = Token::new(std::array::from_fn(|_| u8::try_from(forger.chance.below(256)).unwrap()));
            let token = if which < 2 { bo.token } else { guess };
            let round = 1 + u8::from(which % 2 == 0);
            // A run of round 2 has no ticket to have a key for.
            match (round, forger.any(&Hand { token, ..*ann }, round)) {
                (2, letter) if letter.rank == 2 => Hand { token, ..*ann }.send(1, letter.id, honest, None),
                (_, letter) => letter,
            }
        }
        Refusal::Quarantined => {
            if which < 2 {
                cy.send(1, super::cast::id(u128::from(*number) * 1000 + 11), honest, Some(1000 + any))
            } else {
                cy.join(session, Text::clean(&format!("Cy {any}")), Text::EMPTY)
            }
        }
        Refusal::Erased => {
            let round = 1 + u8::from(which % 2 == 0);
            if which == 3 {
                ed.join(session, Text::clean(&format!("Ed {any}")), Text::EMPTY)
            } else {
                forger.any(ed, round)
            }
        }
        Refusal::Removed => forger.any(di, 1 + u8::from(which < 2)),
        other => unreachable!("{other:?} takes a session of its own"),
    }
}

/// Reasons that can be had in a session that is open.
const OPEN: [Refusal; 14] = [
    Refusal::Unreadable,
    Refusal::UnknownRound,
    Refusal::UnknownScenario,
    Refusal::OtherSeed,
    Refusal::OtherVersion,
    Refusal::NotOpen,
    Refusal::Unfinished,
    Refusal::TooLong,
    Refusal::SecondRun,
    Refusal::SecondTicket,
    Refusal::WrongKey,
    Refusal::Quarantined,
    Refusal::Erased,
    Refusal::Removed,
];

/// Letters that are to be refused, each for its reason, and the sessions that they are sent to, which are settled last.
fn all_forged(store: &mut TeamStore, each: usize) -> (Vec<(Letter, Refusal)>, Vec<Session>) {
    let scene = scene(store, 1);
    let mut forger = Forger::new(&scene.session);
    let mut forgeries = Vec::new();
    for reason in OPEN {
        forgeries.extend((0..each).map(|_| (forged(reason, &mut forger, &scene), reason)));
    }
    let ann = scene.ann;
    let other = opened(store, 2);
    for _ in 0..each {
        let letter = Letter { session: other.code, ..forger.any(&ann, 1) };
        forgeries.push((letter, Refusal::OtherSession));
    }
    let mut sessions = vec![scene.session, other];
    for (number, reason) in (3..).zip([Refusal::Paused, Refusal::TooEarly, Refusal::TooLate]) {
        let (session, stories) = session(number);
        assert_eq!(store.create(&session, &stories), Ok(true));
        let (ann, late) = (hand(&session, 1), hand(&session, 2));
        let ann = Hand { player: forger.id(), ..ann };
        store.post(&[ann.join(&session, Text::clean("Ann"), Text::EMPTY)]).unwrap();
        assert_eq!(store.settle(session.code, &forger.copies).unwrap().taken, 1);
        let mut step = |step| store.step(session.code, step).unwrap().unwrap().unwrap();
        match reason {
            Refusal::Paused => [step(Step::Open), step(Step::Pause)].len(),
            Refusal::TooLate => [step(Step::Open), step(Step::Seal)].len(),
            _ => 0,
        };
        for nth in 0..each {
            let (id, record) = (forger.id(), forger.honest[0].clone());
            let letter = match (reason, nth % 3) {
                (Refusal::TooLate, 0) => Hand { player: id, ..late }.join(&session, Text::clean("Late"), Text::EMPTY),
                (Refusal::Paused, _) | (_, 0 | 1) => ann.take(1, id),
                _ => ann.practise(1, id, record, None),
            };
            forgeries.push((letter, reason));
        }
        sessions.push(session);
    }
    let waiting = opened(store, 6);
    let bo = Hand { player: forger.id(), ..hand(&waiting, 1) };
    store.post(&[bo.join(&waiting, Text::clean("Bo"), Text::EMPTY)]).unwrap();
    assert_eq!(store.settle(waiting.code, &forger.copies).unwrap().taken, 1);
    for _ in 0..each {
        let nobody = Hand { player: forger.id(), ..bo };
        forgeries.push((forger.any(&nobody, 1), Refusal::UnknownPlayer));
        let (id, record) = (forger.id(), forger.honest[1].clone());
        forgeries.push((bo.send(2, id, record, None), Refusal::NoTicket));
    }
    sessions.push(waiting);
    (forgeries, sessions)
}

/// All that counts, of some sessions.
fn counted(store: &mut TeamStore, sessions: &[Session]) -> String {
    let each = sessions.iter().map(|session| {
        let code = session.code;
        let board = store.board(code).unwrap().unwrap();
        format!(
            "{:?}{:?}{:?}{:?}",
            store.members(code),
            store.passed(code),
            board.places,
            (board.others, board.playing)
        )
    });
    each.collect()
}

#[test]
fn none_that_is_forged_is_taken_and_each_is_refused_for_what_is_wrong_with_it() {
    let each = setting("FORGED", 100);
    on_every_store(|open| {
        let mut store = open();
        let (mut forgeries, sessions) = all_forged(&mut store, each);
        let before = counted(&mut store, &sessions);
        let mut expected: HashMap<(Uuid, Refusal), usize> = HashMap::new();
        for (letter, reason) in &forgeries {
            *expected.entry((letter.id, *reason)).or_default() += 1;
        }
        // In no order.
        let mut chance = Chance::of_play(2, 2);
        forgeries.sort_by_cached_key(|_| chance.next());
        let letters: Vec<Letter> = forgeries.into_iter().map(|(letter, _)| letter).collect();
        letters.chunks(97).for_each(|some| store.post(some).unwrap());
        let waiting = sessions.last().unwrap().code;
        store.step(waiting, Step::Seal).unwrap().unwrap().unwrap();
        let mut found: HashMap<(Uuid, Refusal), usize> = HashMap::new();
        for session in &sessions {
            let settled = store.settle(session.code, &copies()).unwrap();
            assert_eq!((settled.taken, settled.again, settled.later), (0, 0, 0));
            for letter in store.refused(session.code).unwrap() {
                *found.entry((letter.id, letter.reason)).or_default() += 1;
            }
        }
        assert_eq!(counted(&mut store, &sessions), before);
        let count = |all: &HashMap<(Uuid, Refusal), usize>| {
            Refusal::ALL.map(|reason| {
                let counts = all.iter().filter(|((_, of), _)| *of == reason).map(|(_, count)| count);
                (reason, counts.sum::<usize>())
            })
        };
        assert_eq!(count(&found), Refusal::ALL.map(|reason| (reason, each)));
        assert!(found == expected, "the right numbers of them, but not the right ones");
    });
}

/// A desk at which one player has joined and holds the ticket of round 1.
fn desk<'a>(session: &'a Session, copies: &'a Copies, hand: &Hand) -> Desk<'a> {
    let (Some(Message::Join(join)), Some(Message::Take(take))) = (
        Message::parse(&hand.join(session, Text::clean("Ann"), Text::EMPTY).payload),
        Message::parse(&hand.take(1, id(500)).payload),
    ) else {
        unreachable!("they were just written")
    };
    let joined = Joined { sum: String::new(), tickets: join.tickets, practice: join.practice, removed: false };
    let ticket = Ticket { id: take.ticket, sum: String::new(), lock: take.run, used: false };
    Desk {
        session,
        copies,
        now: Timestamp::UNIX_EPOCH + SignedDuration::from_hours(1),
        players: HashMap::from([(hand.player, joined)]),
        erased: std::collections::HashSet::new(),
        tickets: HashMap::from([((hand.player, 1), ticket)]),
        runs: HashMap::new(),
        refused: std::collections::HashSet::new(),
        game: Game::default(),
    }
}

/// Some bytes changed, taken out, put in, doubled or swapped.
fn mutated(payload: &str, chance: &mut Chance) -> String {
    let mut bytes = payload.as_bytes().to_vec();
    for _ in 0..=chance.below(3) {
        let mut below = |limit: usize| chance.below(u32::try_from(limit).unwrap()) as usize;
        let (place, other, what) = (below(bytes.len()), below(bytes.len()), below(6));
        match what {
            0 => bytes[place] ^= 1 << below(8),
            1 => bytes[place] = u8::try_from(32 + below(95)).unwrap(),
            2 => drop(bytes.remove(place)),
            3 => bytes.insert(place, bytes[other]),
            4 => bytes.swap(place, other),
            _ => {
                let piece = bytes[place..(place + 40).min(bytes.len())].to_vec();
                bytes.splice(other..other, piece);
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_run_with_changed_bytes_is_refused_or_the_same_run() {
    let (mut session, _) = session(1);
    session.opened = Some(Timestamp::UNIX_EPOCH);
    let (copies, ann) = (copies(), hand(&session, 1));
    let honest = ann.send(1, id(600), run(&session, 1, 2), Some(50));
    let judge = |sum: String, payload: &str| {
        let mut desk = desk(&session, &copies, &ann);
        desk.open(&Opened::new(honest.id, sum, payload.to_owned(), Timestamp::UNIX_EPOCH))
    };
    let Verdict::Taken(Entered::Run(sent, figures)) = judge(honest.sum.clone(), &honest.payload) else {
        panic!("the honest run is taken")
    };
    let mut chance = Chance::of_play(3, 3);
    let (mut same, mut reasons) = (0, HashMap::new());
    for _ in 0..setting("FORGED", 100) * 40 {
        let payload = mutated(&honest.payload, &mut chance);
        match judge(ridealong::team::sum(&payload), &payload) {
            Verdict::Refused(reason) => *reasons.entry(reason).or_insert(0) += 1,
            Verdict::Taken(Entered::Run(found, verified)) => {
                assert_eq!(verified, figures, "{payload}");
                let of = |sent: &ridealong::team::Sent| {
                    (sent.player, sent.run, sent.round, sent.practice, sent.record.seed, sent.record.choices.clone())
                };
                assert_eq!(of(&found), of(&sent), "{payload}");
                same += 1;
            }
            other => panic!("{other:?}: {payload}"),
        }
        if payload != honest.payload {
            assert_eq!(judge(honest.sum.clone(), &payload), Verdict::Refused(Refusal::Unreadable));
        }
    }
    assert!(same > 0 && reasons.len() >= 5, "{same} {reasons:?}");
}
