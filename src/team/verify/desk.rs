//! The desk where a session's letters are opened, in the order in which they came.
//!
//! It holds what the store has of whom and what the letters speak of, and adds what it takes, so that a whole batch is
//! judged as if each letter had come alone.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{Copies, Refusal, Verified, practised, replay};
use crate::engine::Game;
use crate::team::{Join, Lock, Message, Sent, Session, Take};

/// How long a message waits for the one that should have come before it.
const PATIENCE: SignedDuration = SignedDuration::from_secs(120);

/// A letter as it lies in an inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The id on its envelope.
    pub id: Uuid,
    /// The checksum of what is in it.
    pub sum: String,
    /// What is in it.
    pub payload: String,
    /// The message that it holds, if it does.
    pub message: Option<Message>,
    /// When it came, by the store's clock.
    pub received: Timestamp,
}

impl Opened {
    /// Opens a letter.
    pub fn new(id: Uuid, sum: String, payload: String, received: Timestamp) -> Self {
        let message = Message::parse(&payload).filter(|message| message.id() == id);
        let message = message.filter(|_| crate::team::sum(&payload) == sum);
        Self { id, sum, payload, message, received }
    }
}

/// A ticket that was given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// Its id.
    pub id: Uuid,
    /// The checksum of the letter that took it.
    pub sum: String,
    /// What the key to its run opens.
    pub lock: Lock,
    /// Whether it has its run.
    pub used: bool,
}

/// Somebody who has joined, as far as it matters here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The checksum of the letter that they joined by.
    pub sum: String,
    /// What the keys to the rounds' tickets open.
    pub tickets: Vec<Lock>,
    /// What the keys to the rounds' practice open.
    pub practice: Vec<Lock>,
    /// Whether they were taken off the board.
    pub removed: bool,
}

/// What was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entered {
    /// Somebody joined.
    Player(Join),
    /// Somebody has a ticket.
    Ticket(Take),
    /// Somebody's run counts, or was practice.
    Run(Box<Sent>, Verified),
}

/// What becomes of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is taken.
    Taken(Entered),
    /// It isn't, and this is why.
    Refused(Refusal),
    /// It has been dealt with before.
    Again,
    /// It waits for one that should have come before it.
    Later,
}

/// The desk.
pub struct Desk<'a> {
    /// The session whose letters are opened.
    pub session: &'a Session,
    /// The session's own copies of its scenarios.
    pub copies: &'a Copies,
    /// The store's clock.
    pub now: Timestamp,
    /// Who has joined, of those the letters speak of.
    pub players: HashMap<Uuid, Joined>,
    /// Who has been erased, of those.
    pub erased: HashSet<Uuid>,
    /// Their tickets, by player and round.
    pub tickets: HashMap<(Uuid, u8), Ticket>,
    /// Runs that were taken, of the ids that the letters carry, with their checksums.
    pub runs: HashMap<Uuid, String>,
    /// Letters that were refused, of those ids, with their checksums.
    pub refused: HashSet<(Uuid, String)>,
    /// Where runs are replayed.
    pub game: Game,
}

impl Desk<'_> {
    /// Opens letters and says what becomes of each. What waits for another is looked at again once that is there.
    pub fn open_all(&mut self, letters: &[Opened]) -> Vec<Verdict> {
        let mut verdicts: Vec<Verdict> = letters.iter().map(|letter| self.open(letter)).collect();
        let waiting = |verdicts: &[Verdict]| verdicts.iter().filter(|verdict| **verdict == Verdict::Later).count();
        let mut before = letters.len() + 1;
        while waiting(&verdicts) > 0 && waiting(&verdicts) < before {
            before = waiting(&verdicts);
            for (letter, verdict) in letters.iter().zip(&mut verdicts) {
                if *verdict == Verdict::Later {
                    *verdict = self.open(letter);
                }
            }
        }
        verdicts
    }

    /// Opens a letter and says what becomes of it.
    pub fn open(&mut self, letter: &Opened) -> Verdict {
        if self.refused.contains(&(letter.id, letter.sum.clone())) {
            return Verdict::Again;
        }
        let verdict = self.judge(letter);
        match &verdict {
            Verdict::Taken(entered) => self.enter(entered, &letter.sum),
            Verdict::Refused(_) => {
                self.refused.insert((letter.id, letter.sum.clone()));
            }
            Verdict::Again | Verdict::Later => {}
        }
        verdict
    }

    fn judge(&mut self, letter: &Opened) -> Verdict {
        let Some(message) = &letter.message else { return Verdict::Refused(Refusal::Unreadable) };
        if message.session() != self.session.code {
            return Verdict::Refused(Refusal::OtherSession);
        }
        if self.erased.contains(&message.player()) {
            return Verdict::Refused(Refusal::Erased);
        }
        let judged = match message {
            Message::Join(join) => self.join(join, letter),
            Message::Take(take) => self.take(take, letter),
            Message::Sent(sent) => self.sent(sent, letter),
        };
        judged.unwrap_or_else(|otherwise| otherwise)
    }

    fn join(&self, join: &Join, letter: &Opened) -> Result<Verdict, Verdict> {
        if let Some(there) = self.players.get(&join.player) {
            return Err(again(&there.sum, letter));
        }
        let rounds = self.session.rounds.len();
        if join.name.is_empty() || join.tickets.len() != rounds || join.practice.len() != rounds {
            return Err(Verdict::Refused(Refusal::Unreadable));
        }
        self.session.admits(letter.received).map_err(Verdict::Refused)?;
        Ok(Verdict::Taken(Entered::Player(join.clone())))
    }

    fn take(&self, take: &Take, letter: &Opened) -> Result<Verdict, Verdict> {
        let (player, place) = self.player(take.player, take.round, letter)?;
        if player.tickets.get(place).is_none_or(|lock| !take.key.opens(lock)) {
            return Err(Verdict::Refused(Refusal::WrongKey));
        }
        if let Some(there) = self.tickets.get(&(take.player, take.round)) {
            let is_it = there.id == take.ticket;
            return Err(if is_it { again(&there.sum, letter) } else { Verdict::Refused(Refusal::SecondTicket) });
        }
        self.session.gives_tickets(letter.received).map_err(Verdict::Refused)?;
        Ok(Verdict::Taken(Entered::Ticket(take.clone())))
    }

    fn sent(&mut self, sent: &Sent, letter: &Opened) -> Result<Verdict, Verdict> {
        if let Some(there) = self.runs.get(&sent.run) {
            return Err(again(there, letter));
        }
        let (player, place) = self.player(sent.player, sent.round, letter)?;
        let ticket = self.tickets.get(&(sent.player, sent.round));
        let lock = match (sent.practice, ticket) {
            (true, _) => player.practice.get(place),
            (false, Some(ticket)) => Some(&ticket.lock),
            (false, None) => return Err(self.later(letter, Refusal::NoTicket)),
        };
        if lock.is_none_or(|lock| !sent.key.opens(lock)) {
            return Err(Verdict::Refused(Refusal::WrongKey));
        }
        self.session.takes_runs(letter.received).map_err(Verdict::Refused)?;
        if !sent.practice && ticket.is_some_and(|ticket| ticket.used) {
            return Err(Verdict::Refused(Refusal::SecondRun));
        }
        let round = self.session.rounds.get(place).ok_or(Verdict::Refused(Refusal::UnknownRound))?;
        let replayed = if sent.practice {
            practised(self.copies, &mut self.game, &sent.record)
        } else {
            replay(round, self.copies, &mut self.game, &sent.record)
        };
        let verified = replayed.map_err(Verdict::Refused)?;
        Ok(Verdict::Taken(Entered::Run(Box::new(sent.clone()), verified)))
    }

    /// Who sends something about a round, and the round's place.
    fn player(&self, player: Uuid, round: u8, letter: &Opened) -> Result<(&Joined, usize), Verdict> {
        let Some(joined) = self.players.get(&player) else {
            return Err(self.later(letter, Refusal::UnknownPlayer));
        };
        if joined.removed {
            return Err(Verdict::Refused(Refusal::Removed));
        }
        let place = self.session.rounds.iter().position(|there| there.number == round);
        place.map(|place| (joined, place)).ok_or(Verdict::Refused(Refusal::UnknownRound))
    }

    /// What becomes of a letter whose forerunner isn't there: letters may overtake each other.
    fn later(&self, letter: &Opened, missing: Refusal) -> Verdict {
        let waited = self.now.duration_since(letter.received) >= PATIENCE;
        if waited || self.session.sealed.is_some() { Verdict::Refused(missing) } else { Verdict::Later }
    }

    fn enter(&mut self, entered: &Entered, sum: &str) {
        let sum = sum.to_owned();
        match entered {
            Entered::Player(Join { player, tickets, practice, .. }) => {
                let (tickets, practice) = (tickets.clone(), practice.clone());
                self.players.insert(*player, Joined { sum, tickets, practice, removed: false });
            }
            Entered::Ticket(take) => {
                let ticket = Ticket { id: take.ticket, sum, lock: take.run, used: false };
                self.tickets.insert((take.player, take.round), ticket);
            }
            Entered::Run(sent, _) => {
                self.runs.insert(sent.run, sum);
                let ticket = self.tickets.get_mut(&(sent.player, sent.round)).filter(|_| !sent.practice);
                if let Some(ticket) = ticket {
                    ticket.used = true;
                }
            }
        }
    }
}

/// What becomes of a letter whose id is known: the same again, or another under its id.
fn again(there: &str, letter: &Opened) -> Verdict {
    if there == letter.sum { Verdict::Again } else { Verdict::Refused(Refusal::Quarantined) }
}
