//! What players send, and in what envelope.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::key::hex;
use super::{Key, Lock, SessionCode};
use crate::record::Record;
use crate::text::{self, Text};

/// A letter of more bytes than this holds no run that anybody played.
const LONGEST: usize = 64 * 1024;
/// More characters of a name than this are nobody's.
const LONGEST_NAME: usize = 40;

/// Somebody joins a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// Who: an id made by themselves, which tells nothing.
    pub player: Uuid,
    /// Which session.
    pub session: SessionCode,
    /// Under what name; an alias is fine.
    pub name: Text,
    /// For which team; empty for none.
    #[serde(default)]
    pub team: Text,
    /// What the keys to the rounds' tickets open, in the order of the rounds.
    pub tickets: Vec<Lock>,
    /// What the keys to the rounds' practice open, in the same order.
    pub practice: Vec<Lock>,
}

/// Somebody takes the ticket of a round: from now on they have seen it, and it is their one ranked run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Take {
    /// The ticket: an id made by themselves.
    pub ticket: Uuid,
    /// Who.
    pub player: Uuid,
    /// Of which session.
    pub session: SessionCode,
    /// Of which round, from 1.
    pub round: u8,
    /// Shows that it is theirs to take.
    pub key: Key,
    /// What the key to its run opens.
    pub run: Lock,
}

/// Somebody sends a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The run: an id made by themselves.
    pub run: Uuid,
    /// Who.
    pub player: Uuid,
    /// In which session.
    pub session: SessionCode,
    /// Of which round, from 1.
    pub round: u8,
    /// Whether it doesn't count: a later attempt, or one that was played from a decision.
    #[serde(default)]
    pub practice: bool,
    /// Shows that it is theirs.
    pub key: Key,
    /// The run itself.
    pub record: Record,
    /// What they think it comes to; it counts for nothing, and a difference is shown.
    #[serde(default)]
    pub claimed: Option<u64>,
}

/// What a player sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Message {
    /// Joins.
    Join(Join),
    /// Takes a ticket.
    Take(Take),
    /// Sends a run.
    Sent(Sent),
}

impl Message {
    /// Reads a message. Names in it are made safe and cut to a name's length.
    pub fn parse(payload: &str) -> Option<Self> {
        if payload.len() > LONGEST {
            return None;
        }
        let mut message: Self = serde_json::from_str(payload).ok()?;
        match &mut message {
            Self::Join(join) => (join.name, join.team) = (name(&join.name), name(&join.team)),
            Self::Take(_) => {}
            Self::Sent(sent) => sent.record.check().ok()?,
        }
        Some(message)
    }

    /// The id that its sender made for it.
    pub const fn id(&self) -> Uuid {
        match self {
            Self::Join(join) => join.player,
            Self::Take(take) => take.ticket,
            Self::Sent(sent) => sent.run,
        }
    }

    /// Who sends it.
    pub const fn player(&self) -> Uuid {
        match self {
            Self::Join(Join { player, .. }) | Self::Take(Take { player, .. }) | Self::Sent(Sent { player, .. }) => {
                *player
            }
        }
    }

    /// Whose ticket for which round it speaks of, if it does.
    pub const fn place(&self) -> Option<(Uuid, u8)> {
        match self {
            Self::Join(_) => None,
            Self::Take(Take { player, round, .. }) | Self::Sent(Sent { player, round, .. }) => Some((*player, *round)),
        }
    }

    /// Whether it sends a run that is to count.
    pub const fn is_ranked(&self) -> bool {
        matches!(self, Self::Sent(Sent { practice: false, .. }))
    }

    /// The session that it is for.
    pub const fn session(&self) -> SessionCode {
        match self {
            Self::Join(Join { session, .. }) | Self::Take(Take { session, .. }) | Self::Sent(Sent { session, .. }) => {
                *session
            }
        }
    }
}

/// A name, safe and on one line, cut to a name's length.
pub fn name(name: &str) -> Text {
    Text::clean(&Text::clean(name).chars().take(LONGEST_NAME).collect::<String>())
}

/// A message as it lies in an inbox or an outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The id that its sender made for it.
    pub id: Uuid,
    /// The session that it is for.
    pub session: SessionCode,
    /// 0 for joining, 1 for a ticket, 2 for a run: those that came at the same moment are opened in this order.
    pub rank: u8,
    /// The message, as one line of JSON.
    pub payload: String,
    /// SHA-256 of the payload: the same letter sent twice is one, another under the same id is not.
    pub sum: String,
}

impl Letter {
    /// A message in its envelope.
    pub fn new(message: &Message) -> Self {
        // Strings, numbers and lists only: writing them to memory cannot fail.
        let payload = text::json_escaped(&serde_json::to_string(message).unwrap_or_default());
        let rank = match message {
            Message::Join(_) => 0,
            Message::Take(_) => 1,
            Message::Sent(_) => 2,
        };
        let sum = sum(&payload);
        Self { id: message.id(), session: message.session(), rank, payload, sum }
    }
}

/// The checksum of a payload.
pub fn sum(payload: &str) -> String {
    hex(&Sha256::digest(payload))
}
