//! All that there is of a session in one document, and whether its boards are what its runs come to.

mod verify;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::verify::{Verification, verify};

use super::board::Board;
use super::{Figures, Refusal, Round, Session};
use crate::record::Record;
use crate::text::Text;

/// What the document calls itself.
pub const FORMAT: &str = "ridealong session 1";

/// Somebody in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub id: Uuid,
    /// Under what name.
    pub name: Text,
    /// For which team; empty for none.
    pub team: Text,
    /// Since when.
    pub joined: Timestamp,
    /// Whether they were taken off the board.
    pub removed: bool,
}

/// A run that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passed {
    /// The run's id.
    pub id: Uuid,
    /// Whose.
    pub player: Uuid,
    /// Of which round.
    pub round: u8,
    /// Whether it is the one of its ticket.
    pub ranked: bool,
    /// Whether the facilitator has taken it back.
    pub withdrawn: bool,
    /// When it came.
    pub received: Timestamp,
    /// What its sender thought it comes to.
    pub claimed: Option<u64>,
    /// What it comes to.
    pub figures: Figures,
    /// The run itself; nothing once only its numbers are kept.
    pub record: Option<Record>,
}

impl Passed {
    /// Whether its sender thought that it comes to something else.
    pub fn differs(&self) -> bool {
        self.claimed.is_some_and(|claimed| claimed != u64::from(self.figures.score))
    }
}

/// A letter that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedLetter {
    /// The id on its envelope.
    pub id: Uuid,
    /// Who sent it, as far as it said.
    pub player: Uuid,
    /// Why.
    pub reason: Refusal,
    /// When it came.
    pub received: Timestamp,
}

/// Somebody who was erased: nobody knows who they were.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Their id.
    pub player: Uuid,
    /// Since when.
    pub erased: Timestamp,
}

/// What a board was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Who was in the session, with their teams.
    pub players: Vec<(Uuid, Text)>,
    /// The runs that counted.
    pub runs: Vec<Uuid>,
}

/// A board as it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// `live`, `frozen`, `last`, `revealed`; `now` for that of a session that isn't sealed.
    pub kind: String,
    /// When it was taken.
    pub taken: Timestamp,
    /// What it was made from, where that was written down: at the freeze, at the end, and now.
    pub basis: Option<Basis>,
    /// The board.
    pub board: Board,
}

/// A scenario file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The scenario's hash.
    pub hash: String,
    /// The file.
    pub source: String,
}

/// All that there is of a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// [`FORMAT`].
    pub format: String,
    /// When it was written, by the store's clock.
    pub taken: Timestamp,
    /// The session but for its rounds.
    pub session: Session,
    /// Its rounds.
    pub rounds: Vec<Round>,
    /// The scenario files of its rounds.
    pub scenarios: Vec<Source>,
    /// Who is in it.
    pub players: Vec<Member>,
    /// Who was.
    pub erased: Vec<Erased>,
    /// The runs that were taken, ranked or not.
    pub runs: Vec<Passed>,
    /// What was not taken.
    pub refused: Vec<RefusedLetter>,
    /// The boards that were written down.
    pub boards: Vec<Kept>,
}

impl Archive {
    /// The session with its rounds.
    pub fn session(&self) -> Session {
        Session { rounds: self.rounds.clone(), ..self.session.clone() }
    }

    /// The name of somebody; nothing if they were erased.
    pub fn name(&self, player: Uuid) -> Option<&Text> {
        self.players.iter().find(|member| member.id == player).map(|member| &member.name)
    }
}
