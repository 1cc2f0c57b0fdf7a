//! What is known of the session that is looked at.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::results::Room;
use super::words;
use crate::courier::{Glance, Looked, People, Stands};
use crate::keeper::{Book, Seated, story_of};
use crate::store::{Membership, RunId, Seat};
use crate::story::Story;
use crate::team::board::Board;
use crate::team::{Phase, Session, SessionCode};
use crate::terms::{Feedback, RunState};
use crate::text::Text;
use crate::tui::shelf::InRound;

/// What is known of a session.
pub(super) struct Desk {
    pub(super) code: SessionCode,
    pub(super) session: Option<Session>,
    /// By the store's clock.
    pub(super) now: Timestamp,
    /// The board that the public sees.
    pub(super) public: Option<Board>,
    /// Who has joined it here, and their seats.
    pub(super) mine: Vec<(Membership, Vec<Seat>)>,
    /// Which of them plays.
    pub(super) who: usize,
    /// Who is to play, once they are among them: who has joined just now.
    pub(super) plays: Option<Plays>,
    /// What the rounds are, and how they stand for who plays.
    pub(super) rounds: Vec<PlayersRound>,
    /// How it stands for its facilitator.
    pub(super) stands: Option<Box<Stands>>,
    pub(super) people: Option<Box<People>>,
    /// What the room chose.
    pub(super) room: Option<Room>,
    /// Whether it can be steered from here; nothing as long as that isn't known.
    pub(super) steers: Option<bool>,
}

/// Who of those who joined here is to play.
pub(super) enum Plays {
    Is(Uuid),
    Called(Text),
}

/// A round as a player has it.
pub(super) struct PlayersRound {
    pub(super) number: u8,
    hash: String,
    pub(super) title: String,
    /// The session's own copy of its scenario, if that can be played.
    pub(super) copy: Option<(Arc<Story>, Arc<str>)>,
    pub(super) state: State,
}

/// How a round stands for a player.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// It hasn't been begun.
    ToPlay,
    /// The ticket is taken, and nothing has been decided.
    Seated,
    /// It was left at this decision.
    Left(u32),
    /// It has ended, with this score.
    Played(Option<u64>),
}

impl Desk {
    pub(super) const fn new(code: SessionCode) -> Self {
        Self {
            code,
            session: None,
            now: Timestamp::UNIX_EPOCH,
            public: None,
            mine: Vec::new(),
            who: 0,
            plays: None,
            rounds: Vec::new(),
            stands: None,
            people: None,
            room: None,
            steers: None,
        }
    }

    /// Time has passed. Whether anything that shows is another thing now.
    pub(super) fn tick(&mut self, passed: Duration) -> bool {
        let before = self.moment();
        let passed = SignedDuration::try_from(passed).unwrap_or_default();
        self.now = self.now.saturating_add(passed).unwrap_or(self.now);
        before != self.moment()
    }

    /// What shows of the time.
    fn moment(&self) -> Option<(String, bool)> {
        let session = self.session.as_ref()?;
        Some((words::state(session, self.now), session.gives_tickets(self.now).is_ok()))
    }

    pub(super) fn phase(&self) -> Option<Phase> {
        self.session.as_ref().map(|session| session.phase(self.now))
    }

    fn set(&mut self, session: Session, now: Timestamp, public: Option<Board>) -> bool {
        let before = self.moment();
        let is_same = self.session.as_ref() == Some(&session) && self.public == public;
        self.session = Some(session);
        self.now = now;
        self.public = public;
        !is_same || before != self.moment()
    }

    pub(super) fn looked(&mut self, looked: Looked) {
        let Looked { session, now, board, sources, mine } = looked;
        let known = std::mem::take(&mut self.rounds);
        let copy = |hash: &str, source: Option<String>| {
            let there = known.iter().find(|round| round.hash == hash).and_then(|round| round.copy.clone());
            there.or_else(|| {
                let source = source?;
                Some((Arc::new(story_of(hash, &source)?), source.into()))
            })
        };
        let sources = sources.into_iter().chain(std::iter::repeat(None));
        self.rounds = session
            .rounds
            .iter()
            .zip(sources)
            .map(|(round, source)| PlayersRound {
                number: round.number,
                hash: round.scenario.clone(),
                title: round.title.to_string(),
                copy: copy(&round.scenario, source),
                state: State::ToPlay,
            })
            .collect();
        let before = std::mem::replace(&mut self.mine, mine);
        // A seat that was taken a moment ago need not be on disk yet.
        for (membership, seats) in &mut self.mine {
            let same = before.iter().find(|(there, _)| there.hand == membership.hand);
            for seat in same.map(|(_, seats)| seats.as_slice()).unwrap_or_default() {
                if seats.iter().all(|there| there.round != seat.round) {
                    seats.push(*seat);
                }
            }
        }
        let wanted = |(there, _): &(Membership, Vec<Seat>)| match &self.plays {
            Some(Plays::Is(player)) => there.hand.player == *player,
            Some(Plays::Called(name)) => there.name == *name,
            None => false,
        };
        if let Some(who) = self.mine.iter().position(wanted) {
            (self.who, self.plays) = (who, None);
        }
        self.who = self.who.min(self.mine.len().saturating_sub(1));
        self.set(session, now, board.map(|taken| taken.board));
    }

    pub(super) fn glanced(&mut self, glance: Glance) -> bool {
        self.set(glance.session, glance.now, glance.board.map(|taken| taken.board))
    }

    /// Whether what the public sees has changed, and whether what its facilitator sees has.
    pub(super) fn stands(&mut self, stands: Box<Stands>) -> (bool, bool) {
        let there = self.stands.as_ref();
        let is_same = there.is_some_and(|there| there.board == stands.board && there.refused == stands.refused);
        let public = stands.public.as_ref().map(|taken| taken.board.clone());
        let changed = self.set(stands.session.clone(), stands.now, public);
        self.stands = Some(stands);
        self.steers = Some(true);
        (changed, changed || !is_same)
    }

    /// Who plays here.
    pub(super) fn me(&self) -> Option<&(Membership, Vec<Seat>)> {
        self.mine.get(self.who)
    }

    /// Who plays here, by their id.
    pub(super) fn my_id(&self) -> Option<Uuid> {
        self.me().map(|(membership, _)| membership.hand.player)
    }

    /// A seat was taken here.
    pub(super) fn sat(&mut self, round: u8, run: RunId) {
        if let Some((membership, seats)) = self.mine.get_mut(self.who) {
            let player = membership.hand.player;
            seats.retain(|seat| seat.round != round);
            seats.push(Seat { player, round, ticket: Uuid::nil(), run });
        }
    }

    /// Sees from the runs how the rounds stand for who plays.
    pub(super) fn learn(&mut self, book: &Book) {
        let seats = self.mine.get(self.who).map(|(_, seats)| seats.as_slice()).unwrap_or_default();
        for round in &mut self.rounds {
            let seat = seats.iter().find(|seat| seat.round == round.number);
            let run = seat.and_then(|seat| book.run(seat.run));
            round.state = match (seat, run) {
                (None, _) => State::ToPlay,
                (Some(_), None) => State::Seated,
                (Some(_), Some(run)) if run.state == RunState::Ended => {
                    State::Played(run.summary.outcome.as_ref().map(|outcome| outcome.score))
                }
                (Some(_), Some(run)) => State::Left(run.summary.decisions + 1),
            };
        }
    }

    /// Whether a player may know now what their runs came to: at once where the session says so, else once the public does.
    pub(super) fn shows_scores(&self) -> bool {
        let at_once = self.session.as_ref().is_some_and(|session| session.feedback == Feedback::Now);
        let is_me = |place: &crate::team::board::Place| Some(place.standing.player) == self.my_id();
        at_once || self.public.as_ref().is_some_and(|board| board.places.iter().any(is_me))
    }

    /// A round as it is played: its reference, its story and its file, and in what it is played.
    pub(super) fn to_play(&self, at: usize) -> Option<super::ToPlay> {
        let round = self.rounds.get(at)?;
        let (session, (membership, seats)) = (self.session.as_ref()?, self.me()?);
        let (story, source) = round.copy.clone()?;
        let seat = seats.iter().find(|seat| seat.round == round.number);
        let in_round = InRound {
            seated: Seated { hand: membership.hand, round: round.number, practice: false },
            player: membership.name.clone(),
            seed: session.round(round.number)?.seed,
            feedback: session.feedback,
            run: seat.map(|seat| seat.run),
            is_taken: session.takes_runs(self.now).is_ok(),
        };
        Some(super::ToPlay { reference: format!("{}/{}", self.code, round.number), story, source, in_round })
    }

    /// How many places the last board has, as far as that is known.
    pub(super) fn places(&self) -> Option<usize> {
        self.stands.as_ref().map(|stands| stands.board.places.len())
    }

    /// Whether every place has been revealed.
    pub(super) fn is_revealed(&self) -> bool {
        let revealed = self.session.as_ref().and_then(|session| session.revealed);
        revealed.zip(self.places()).is_some_and(|(revealed, places)| revealed as usize >= places)
    }
}
