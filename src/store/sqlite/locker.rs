//! A player's own part of team sessions, in the same file as their runs.

use std::str::FromStr;

use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};
use uuid::Uuid;

use super::failure::Failed;
use super::{SqliteStore, buried, keep};
use crate::store::{KeptRun, Locker, Membership, Revision, RunId, Seat, StoreError};
use crate::team::{Hand, Letter, Message, Round, Session, SessionCode, Token};
use crate::text::Text;

impl Locker for SqliteStore {
    fn enroll(&mut self, membership: &Membership, letter: &Letter) -> Result<(), StoreError> {
        let Membership { hand: Hand { player, token, session }, name, team, joined } = membership;
        self.write(|transaction| {
            transaction.execute(
                "INSERT INTO membership (session, player, name, team, token, joined) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                 ON CONFLICT DO NOTHING",
                params![
                    session.to_string(),
                    player.to_string(),
                    name.as_str(),
                    team.as_str(),
                    String::from(*token),
                    joined.as_millisecond()
                ],
            )?;
            put(transaction, letter)?;
            Ok(Ok(()))
        })
    }

    fn memberships(&mut self) -> Result<Vec<Membership>, StoreError> {
        let query = "SELECT session, player, name, team, token, joined FROM membership ORDER BY joined, player";
        self.read(query, [], membership)
    }

    fn sit(&mut self, seat: &Seat, letter: &Letter) -> Result<(), StoreError> {
        self.write(|transaction| {
            let seated = transaction.execute(
                "INSERT INTO seat (player, round, ticket, run) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                params![seat.player.to_string(), seat.round, seat.ticket.to_string(), seat.run.to_string()],
            )?;
            if seated > 0 {
                put(transaction, letter)?;
            }
            Ok(Ok(()))
        })
    }

    fn seats(&mut self, player: Uuid) -> Result<Vec<Seat>, StoreError> {
        let query = "SELECT player, round, ticket, run FROM seat WHERE player = ?1 ORDER BY round";
        self.read(query, [player.to_string()], seat)
    }

    fn keep_and_send(&mut self, run: &KeptRun, seen: Revision, letter: &Letter) -> Result<Revision, StoreError> {
        self.write(|transaction| {
            let kept = keep(transaction, run, seen)?;
            if kept.is_ok() {
                put(transaction, letter)?;
            }
            Ok(kept)
        })
    }

    fn outbox(&mut self, most: u32) -> Result<Vec<(i64, Letter)>, StoreError> {
        let query = "SELECT seq, id, sum, session, rank, payload FROM outbox ORDER BY seq LIMIT ?1";
        self.read(query, [most], letter)
    }

    fn addressees(&mut self) -> Result<Vec<SessionCode>, StoreError> {
        self.read("SELECT DISTINCT session FROM outbox ORDER BY session", [], |row| Ok(text(row, 0)?.parse().ok()))
    }

    fn letters(&mut self, session: SessionCode, most: u32) -> Result<Vec<(i64, Letter)>, StoreError> {
        let query = "SELECT seq, id, sum, session, rank, payload FROM outbox WHERE session = ?1 ORDER BY seq LIMIT ?2";
        self.read(query, params![session.to_string(), most], letter)
    }

    fn arrived(&mut self, session: SessionCode, upto: i64) -> Result<(), StoreError> {
        self.write(|transaction| {
            let key = params![session.to_string(), upto];
            transaction.execute("DELETE FROM outbox WHERE session = ?1 AND seq <= ?2", key)?;
            Ok(Ok(()))
        })
    }

    fn keep_session(&mut self, session: &Session) -> Result<(), StoreError> {
        // Strings, numbers and lists only: writing them to memory cannot fail.
        let body = serde_json::to_string(&(session, &session.rounds)).unwrap_or_default();
        self.write(|transaction| {
            transaction.execute(
                "INSERT INTO kept_session (code, body) VALUES (?1, ?2) \
                 ON CONFLICT (code) DO UPDATE SET body = excluded.body",
                params![session.code.to_string(), body],
            )?;
            Ok(Ok(()))
        })
    }

    fn kept_session(&mut self, code: SessionCode) -> Result<Option<Session>, StoreError> {
        let session = |row: &Row<'_>| {
            let kept = serde_json::from_str::<(Session, Vec<Round>)>(&text(row, 0)?).ok();
            Ok(kept.map(|(session, rounds)| Session { rounds, ..session }))
        };
        let kept = self.read("SELECT body FROM kept_session WHERE code = ?1", [code.to_string()], session)?;
        Ok(kept.into_iter().next())
    }

    fn forget(&mut self, session: SessionCode, player: Uuid) -> Result<(), StoreError> {
        self.write(|transaction| {
            let player = player.to_string();
            let key = params![session.to_string(), player];
            // Its runs are those of its rounds, which are known by the session's code.
            let runs = "DELETE FROM run WHERE player = (SELECT name FROM membership WHERE session = ?1 AND player = ?2) \
                        AND record LIKE '{\"scenario\":\"' || ?1 || '/%'";
            transaction.execute(runs, key)?;
            transaction.execute("DELETE FROM membership WHERE session = ?1 AND player = ?2", key)?;
            transaction.execute("DELETE FROM outbox WHERE session = ?1 AND player = ?2", key)?;
            transaction.execute("DELETE FROM seat WHERE player = ?1", [&player])?;
            let nobodys = "DELETE FROM kept_session WHERE code NOT IN (SELECT session FROM membership)";
            transaction.execute(nobodys, [])?;
            Ok(Ok(()))
        })?;
        self.clean()
    }

    fn bury(&mut self, session: SessionCode, player: Uuid, now: Timestamp) -> Result<(), StoreError> {
        buried::add(&self.path, session, player)?;
        self.write(|transaction| {
            transaction.execute(
                "INSERT INTO tombstone (player, session, erased) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                params![player.to_string(), session.to_string(), now.as_millisecond()],
            )?;
            Ok(Ok(()))
        })
    }

    fn buried(&mut self, session: SessionCode) -> Result<Vec<Uuid>, StoreError> {
        let query = "SELECT player FROM tombstone WHERE session = ?1";
        let mut players = self.read(query, [session.to_string()], |row| id(row, 0))?;
        // The file itself may be a backup that was put back.
        players.extend(buried::read(&self.path, session)?);
        players.sort_unstable();
        players.dedup();
        Ok(players)
    }
}

impl SqliteStore {
    /// The rows that a query gives; those that make no sense are left out.
    fn read<T>(
        &self,
        query: &str,
        values: impl rusqlite::Params,
        row: fn(&Row<'_>) -> rusqlite::Result<Option<T>>,
    ) -> Result<Vec<T>, StoreError> {
        let read = self
            .connection
            .prepare_cached(query)
            .and_then(|mut statement| statement.query_map(values, row)?.collect::<rusqlite::Result<Vec<Option<T>>>>());
        read.map(|rows| rows.into_iter().flatten().collect()).map_err(|error| Failed(error).at(&self.path))
    }
}

/// Puts a letter into the outbox.
fn put(transaction: &Transaction<'_>, letter: &Letter) -> rusqlite::Result<()> {
    let player = Message::parse(&letter.payload).map_or(Uuid::nil(), |message| message.player());
    let Letter { id, session, rank, payload, sum } = letter;
    transaction.execute(
        "INSERT INTO outbox (id, sum, session, rank, payload, player) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
         ON CONFLICT DO NOTHING",
        params![id.to_string(), sum, session.to_string(), rank, payload, player.to_string()],
    )?;
    Ok(())
}

fn text(row: &Row<'_>, at: usize) -> rusqlite::Result<String> {
    row.get(at)
}

fn id(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Uuid>> {
    Ok(Uuid::try_parse(&text(row, at)?).ok())
}

fn membership(row: &Row<'_>) -> rusqlite::Result<Option<Membership>> {
    let (session, player) = (text(row, 0)?.parse().ok(), id(row, 1)?);
    let (token, joined) = (text(row, 4)?.parse::<Token>().ok(), Timestamp::from_millisecond(row.get(5)?).ok());
    let (name, team) = (Text::clean(&text(row, 2)?), Text::clean(&text(row, 3)?));
    let hand = session.zip(player).zip(token).map(|((session, player), token)| Hand { player, token, session });
    Ok(hand.zip(joined).map(|(hand, joined)| Membership { hand, name, team, joined }))
}

fn seat(row: &Row<'_>) -> rusqlite::Result<Option<Seat>> {
    let (round, run) = (row.get(1)?, RunId::from_str(&text(row, 3)?).ok());
    let ids = id(row, 0)?.zip(id(row, 2)?);
    Ok(ids.zip(run).map(|((player, ticket), run)| Seat { player, round, ticket, run }))
}

fn letter(row: &Row<'_>) -> rusqlite::Result<Option<(i64, Letter)>> {
    let (number, rank) = (row.get(0)?, row.get(4)?);
    let (sum, payload) = (text(row, 2)?, text(row, 5)?);
    let known = id(row, 1)?.zip(text(row, 3)?.parse().ok());
    Ok(known.map(|(id, session)| (number, Letter { id, session, rank, payload, sum })))
}
