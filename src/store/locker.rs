//! A player's own part of team sessions: which ones they have joined, their tickets, and what is still to be sent.

use jiff::Timestamp;
use uuid::Uuid;

use super::{KeptRun, Revision, RunId, StoreError};
use crate::team::{Hand, Letter, Session, SessionCode};
use crate::text::Text;

/// A session that somebody on this machine has joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// Who they are in it, with their secret.
    pub hand: Hand,
    /// The name that they gave.
    pub name: Text,
    /// Their team; empty for none.
    pub team: Text,
    /// Since when, by this machine's clock.
    pub joined: Timestamp,
}

/// A ticket, taken before the first scene shows, and the run that is played on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Whose.
    pub player: Uuid,
    /// Of which round, from 1.
    pub round: u8,
    /// The ticket.
    pub ticket: Uuid,
    /// The run.
    pub run: RunId,
}

/// Where it is kept. What it answers with `Ok` is durable.
pub trait Locker {
    /// Keeps a membership with the letter that joins. Doing it twice does it once.
    ///
    /// # Errors
    /// If it can't be kept now.
    fn enroll(&mut self, membership: &Membership, letter: &Letter) -> Result<(), StoreError>;

    /// The memberships, the first one first.
    ///
    /// # Errors
    /// If they can't be read now.
    fn memberships(&mut self) -> Result<Vec<Membership>, StoreError>;

    /// Keeps a seat with the letter that takes its ticket. Where there is one for the round already, that one stays, and
    /// the letter isn't sent.
    ///
    /// # Errors
    /// If it can't be kept now.
    fn sit(&mut self, seat: &Seat, letter: &Letter) -> Result<(), StoreError>;

    /// The seats of a player.
    ///
    /// # Errors
    /// If they can't be read now.
    fn seats(&mut self, player: Uuid) -> Result<Vec<Seat>, StoreError>;

    /// Keeps a run, as a [`Store`](super::Store) does, and in the same transaction the letter that sends it.
    ///
    /// # Errors
    /// As with the store.
    fn keep_and_send(&mut self, run: &KeptRun, seen: Revision, letter: &Letter) -> Result<Revision, StoreError>;

    /// Letters that are still to be sent, the oldest first, each with its number.
    ///
    /// # Errors
    /// If they can't be read now.
    fn outbox(&mut self, most: u32) -> Result<Vec<(i64, Letter)>, StoreError>;

    /// The sessions that they are for.
    ///
    /// # Errors
    /// If they can't be read now.
    fn addressees(&mut self) -> Result<Vec<SessionCode>, StoreError>;

    /// Those for one session.
    ///
    /// # Errors
    /// If they can't be read now.
    fn letters(&mut self, session: SessionCode, most: u32) -> Result<Vec<(i64, Letter)>, StoreError>;

    /// Letters for a session up to this number have arrived.
    ///
    /// # Errors
    /// If that can't be kept now; they are sent again, which changes nothing.
    fn arrived(&mut self, session: SessionCode, upto: i64) -> Result<(), StoreError>;

    /// Keeps a session that was joined as it is known now, in the place of what was known before.
    ///
    /// # Errors
    /// If it can't be kept now.
    fn keep_session(&mut self, session: &Session) -> Result<(), StoreError>;

    /// A session that was joined, as it was known last.
    ///
    /// # Errors
    /// If it can't be read now.
    fn kept_session(&mut self, code: SessionCode) -> Result<Option<Session>, StoreError>;

    /// Forgets a membership, with its seats, its runs and what of it is still to be sent: out of the file's bytes, too.
    ///
    /// # Errors
    /// If it can't be done now.
    fn forget(&mut self, session: SessionCode, player: Uuid) -> Result<(), StoreError>;

    /// Remembers that somebody was erased from a session, by who runs it: a backup that is put back doesn't bring them
    /// back.
    ///
    /// # Errors
    /// If it can't be kept now.
    fn bury(&mut self, session: SessionCode, player: Uuid, now: Timestamp) -> Result<(), StoreError>;

    /// Who was erased from a session, as far as it was done from here; in no order of note.
    ///
    /// # Errors
    /// If it can't be read now.
    fn buried(&mut self, session: SessionCode) -> Result<Vec<Uuid>, StoreError>;
}
