//! A player's hand: writes the letters that only they can write.

use uuid::Uuid;

use super::{Join, Letter, Message, Purpose, Sent, Session, SessionCode, Take, Token};
use crate::record::Record;
use crate::text::Text;

/// Who somebody is in a session, with the secret that shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hand {
    /// Who: an id of chance.
    pub player: Uuid,
    /// Their secret.
    pub token: Token,
    /// The session.
    pub session: SessionCode,
}

impl Hand {
    /// Joins under a name, for a team.
    pub fn join(&self, session: &Session, name: Text, team: Text) -> Letter {
        let locks = |purpose: fn(u8) -> Purpose| {
            session.rounds.iter().map(|round| self.token.key(self.session, purpose(round.number)).lock()).collect()
        };
        let Self { player, session, .. } = *self;
        let (tickets, practice) = (locks(Purpose::Ticket), locks(Purpose::Practice));
        Letter::new(&Message::Join(Join { player, session, name, team, tickets, practice }))
    }

    /// Takes the ticket of a round.
    pub fn take(&self, round: u8, ticket: Uuid) -> Letter {
        let Self { player, token, session } = *self;
        let key = token.key(session, Purpose::Ticket(round));
        let run = token.key(session, Purpose::Run(round)).lock();
        Letter::new(&Message::Take(Take { ticket, player, session, round, key, run }))
    }

    /// Sends the run of that ticket.
    pub fn send(&self, round: u8, run: Uuid, record: Record, claimed: Option<u64>) -> Letter {
        self.sent(round, run, record, claimed, false)
    }

    /// Sends a run of a round that doesn't count.
    pub fn practise(&self, round: u8, run: Uuid, record: Record, claimed: Option<u64>) -> Letter {
        self.sent(round, run, record, claimed, true)
    }

    fn sent(&self, round: u8, run: Uuid, record: Record, claimed: Option<u64>, practice: bool) -> Letter {
        let Self { player, token, session } = *self;
        let purpose = if practice { Purpose::Practice(round) } else { Purpose::Run(round) };
        let key = token.key(session, purpose);
        Letter::new(&Message::Sent(Sent { run, player, session, round, practice, key, record, claimed }))
    }
}
