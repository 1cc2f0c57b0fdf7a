//! The inbox: players' letters, and settling them.

mod enter;

use std::collections::{BTreeSet, HashMap, HashSet};

use uuid::Uuid;

use super::people::{self, Ranked};
use super::{TeamStore, id, moment, sessions};
use crate::engine::Game;
use crate::store::StoreError;
use crate::store::database::{Columns, Mode, Sql, Value, places, transact, tuples};
use crate::team::verify::{Copies, Desk, Joined, Opened, Ticket, Verdict};
use crate::team::{Letter, Message, SessionCode};

/// What became of a batch of letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Letters that were taken.
    pub taken: u32,
    /// Letters that were not.
    pub refused: u32,
    /// Letters that had been dealt with before.
    pub again: u32,
    /// Letters that wait for one that should have come before them.
    pub later: u32,
}

impl Settled {
    /// Letters looked at.
    pub const fn looked_at(self) -> u32 {
        self.taken + self.refused + self.again + self.later
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            taken: self.taken + other.taken,
            refused: self.refused + other.refused,
            again: self.again + other.again,
            later: self.later + other.later,
        }
    }
}

/// Letters that are settled in one transaction: the ways there and back, some twenty, are shared by all of them. Each may
/// take a row of 16 columns, and there is room for 32,766 values in a statement.
const BATCH: u32 = 500;

/// Where a letter lies among those of its session: when it came, its rank, its id and its checksum.
type Place = [Value; 4];

impl TeamStore {
    /// Puts letters into the inbox. Sending one twice is sending it once: the second is known when it is opened.
    ///
    /// # Errors
    /// If that can't be done now. It may have been done all the same: they are to be sent again.
    pub fn post(&mut self, letters: &[Letter]) -> Result<(), StoreError> {
        if letters.is_empty() {
            return Ok(());
        }
        let values: Vec<Value> = letters.iter().flat_map(columns).collect();
        let rows = tuples(letters.len(), 5);
        // A player's role may insert and no more: so nothing is looked for, and nothing returned.
        let insert = "INSERT INTO inbox (id, sum, session, rank, payload)";
        self.database.say(&format!("{insert} VALUES {rows}"), &values)?;
        Ok(())
    }

    /// Opens all letters of a session and enters what is in them.
    ///
    /// # Errors
    /// If that can't be done now; what was entered before is.
    pub fn settle(&mut self, code: SessionCode, copies: &Copies) -> Result<Settled, StoreError> {
        let mut all = Settled::default();
        let mut last = None;
        loop {
            let (settled, place) = self.settle_some(code, copies, last.as_ref())?;
            all = all.and(settled);
            last = place;
            if settled.looked_at() < BATCH {
                return Ok(all);
            }
        }
    }

    /// The same for a batch, after the letter at a place. The answer has the place of its last one.
    fn settle_some(
        &mut self,
        code: SessionCode,
        copies: &Copies,
        after: Option<&Place>,
    ) -> Result<(Settled, Option<Place>), StoreError> {
        transact(&mut *self.database, Mode::Change, |sql| {
            let nothing = (Settled::default(), None);
            let Some(session) = sessions::hold(sql, code)? else { return Ok(nothing) };
            let (letters, last) = letters(sql, code, after)?;
            if letters.is_empty() {
                return Ok(nothing);
            }
            let now = moment(sql.clock()?);
            let ids: Vec<Uuid> = letters.iter().map(|letter| letter.id).collect();
            let messages = || letters.iter().filter_map(|letter| letter.message.as_ref());
            let senders = unique(messages().map(Message::player));
            let who_played = unique(messages().filter(|message| message.is_ranked()).map(Message::player));
            let ranked = people::ranked(sql, code, &who_played)?;
            let mut desk = Desk {
                session: &session,
                copies,
                now,
                players: players(sql, code, &senders)?,
                erased: erased(sql, &senders)?,
                tickets: tickets(sql, &unique(messages().filter_map(Message::place)), &ranked)?,
                runs: runs(sql, &ids)?,
                refused: refused(sql, &ids)?,
                game: Game::default(),
            };
            let verdicts: Vec<(&Opened, Verdict)> = letters.iter().zip(desk.open_all(&letters)).collect();
            Ok((enter::enter(sql, &session, &verdicts, &ranked)?, last))
        })
    }
}

/// Each once.
fn unique<T: Ord>(all: impl Iterator<Item = T>) -> Vec<T> {
    all.collect::<BTreeSet<T>>().into_iter().collect()
}

fn columns(letter: &Letter) -> [Value; 5] {
    let Letter { id, session, rank, payload, sum } = letter;
    [id.to_string().into(), sum.as_str().into(), session.to_string().into(), (*rank).into(), payload.as_str().into()]
}

/// The next letters, and the place of the last of them.
fn letters(
    sql: &mut dyn Sql,
    code: SessionCode,
    after: Option<&Place>,
) -> Result<(Vec<Opened>, Option<Place>), StoreError> {
    // Values stand in a statement in their order: SQLite counts them as they come.
    let (further, limit) =
        if after.is_some() { ("AND (received, rank, id, sum) > ($2, $3, $4, $5)", "$6") } else { ("", "$2") };
    let query = format!(
        "SELECT id, sum, payload, received, rank FROM inbox WHERE session = $1 {further} \
         ORDER BY received, rank, id, sum LIMIT {limit}"
    );
    let mut values = vec![Value::from(code.to_string())];
    values.extend(after.cloned().into_iter().flatten());
    values.push(BATCH.into());
    let rows = sql.rows(&query, &values)?;
    let opened = rows.iter().map(|row| {
        let received = moment(row.number(3).unwrap_or(0));
        Opened::new(id(row, 0), row.text(1).to_owned(), row.text(2).to_owned(), received)
    });
    let place = |row: &Columns| [3, 4, 0, 1].map(|at| row.0.get(at).cloned().unwrap_or(Value::Null));
    Ok((opened.collect(), rows.last().map(place)))
}

/// Ids as values.
pub(super) fn ids<'a>(ids: impl IntoIterator<Item = &'a Uuid>) -> Vec<Value> {
    ids.into_iter().map(|id| Value::from(id.to_string())).collect()
}

/// Hashes as they are kept; none where somebody has altered them.
fn locks(json: &str) -> Vec<crate::team::Lock> {
    serde_json::from_str(json).unwrap_or_default()
}

fn players(sql: &mut dyn Sql, code: SessionCode, who: &[Uuid]) -> Result<HashMap<Uuid, Joined>, StoreError> {
    if who.is_empty() {
        return Ok(HashMap::new());
    }
    // By their ids alone: with the session beside them, all who are in it would be looked through.
    let wanted = places(0, who.len());
    let query = format!("SELECT id, sum, tickets, practice, removed, session FROM player WHERE id IN ({wanted})");
    let code = code.to_string();
    let joined = |row: &Columns| Joined {
        sum: row.text(1).to_owned(),
        tickets: locks(row.text(2)),
        practice: locks(row.text(3)),
        removed: row.small(4) > 0,
    };
    let rows = sql.rows(&query, &ids(who))?;
    Ok(rows.iter().filter(|row| row.text(5) == code).map(|row| (id(row, 0), joined(row))).collect())
}

fn erased(sql: &mut dyn Sql, who: &[Uuid]) -> Result<HashSet<Uuid>, StoreError> {
    if who.is_empty() {
        return Ok(HashSet::new());
    }
    let query = format!("SELECT player FROM tombstone WHERE player IN ({})", places(0, who.len()));
    Ok(sql.rows(&query, &ids(who))?.iter().map(|row| id(row, 0)).collect())
}

/// The tickets of these players for these rounds, of which the ranked ones are used.
fn tickets(
    sql: &mut dyn Sql,
    places: &[(Uuid, u8)],
    ranked: &[Ranked],
) -> Result<HashMap<(Uuid, u8), Ticket>, StoreError> {
    if places.is_empty() {
        return Ok(HashMap::new());
    }
    let used: HashSet<(Uuid, u8)> = ranked.iter().map(|run| (run.player, run.round)).collect();
    // One after the other is looked up: databases think of reading all tickets instead, however many there are.
    let query = format!(
        "SELECT column1, column2, (SELECT id || ' ' || sum || ' ' || lock FROM ticket \
         WHERE player = column1 AND round = column2) FROM (VALUES {}) AS wanted",
        tuples(places.len(), 2)
    );
    let values: Vec<Value> =
        places.iter().flat_map(|(player, round)| [Value::from(player.to_string()), (*round).into()]).collect();
    let ticket = |row: &Columns| {
        let place = (id(row, 0), u8::try_from(row.small(1)).ok()?);
        let mut words = row.text(2).split(' ');
        let (id, sum, lock) = (words.next()?.parse().ok()?, words.next()?.to_owned(), words.next()?.parse().ok()?);
        Some((place, Ticket { id, sum, lock, used: used.contains(&place) }))
    };
    Ok(sql.rows(&query, &values)?.iter().filter_map(ticket).collect())
}

fn runs(sql: &mut dyn Sql, which: &[Uuid]) -> Result<HashMap<Uuid, String>, StoreError> {
    let query = format!("SELECT id, sum FROM verified_run WHERE id IN ({})", places(0, which.len()));
    Ok(sql.rows(&query, &ids(which))?.iter().map(|row| (id(row, 0), row.text(1).to_owned())).collect())
}

fn refused(sql: &mut dyn Sql, which: &[Uuid]) -> Result<HashSet<(Uuid, String)>, StoreError> {
    let query = format!("SELECT id, sum FROM refused WHERE id IN ({})", places(0, which.len()));
    Ok(sql.rows(&query, &ids(which))?.iter().map(|row| (id(row, 0), row.text(1).to_owned())).collect())
}
