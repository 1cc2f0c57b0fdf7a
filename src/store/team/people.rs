//! Who is in a session, what they sent, and what their runs add up to.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::inbox::ids;
use super::{TeamStore, boards, id, moment, sessions};
use crate::record::Record;
use crate::store::StoreError;
use crate::store::database::{Columns, Mode, Sql, Value, transact, tuples};
use crate::team::archive::{Member, Passed, RefusedLetter};
use crate::team::{Figures, Refusal, Session, SessionCode, Standing};
use crate::terms::EndingKind;
use crate::text::Text;

impl TeamStore {
    /// Everybody in a session, in the order in which they joined.
    ///
    /// # Errors
    /// If they can't be read now.
    pub fn members(&mut self, code: SessionCode) -> Result<Vec<Member>, StoreError> {
        transact(&mut *self.database, Mode::Look, |sql| members(sql, code))
    }

    /// The runs of a session that were taken, in the order in which they came.
    ///
    /// # Errors
    /// If they can't be read now.
    pub fn passed(&mut self, code: SessionCode) -> Result<Vec<Passed>, StoreError> {
        transact(&mut *self.database, Mode::Look, |sql| passed(sql, code))
    }

    /// Who has a ticket without its run, and of which round: who is in the middle of one.
    ///
    /// # Errors
    /// If it can't be read now.
    pub fn playing(&mut self, code: SessionCode) -> Result<Vec<(Uuid, u8)>, StoreError> {
        let query = "SELECT player, round FROM ticket WHERE session = $1 AND used = 0 ORDER BY taken, id";
        let rows = transact(&mut *self.database, Mode::Look, |sql| sql.rows(query, &[code.to_string().into()]))?;
        Ok(rows.iter().filter_map(|row| Some((id(row, 0), u8::try_from(row.small(1)).ok()?))).collect())
    }

    /// The letters that were not taken, the last one first.
    ///
    /// # Errors
    /// If they can't be read now.
    pub fn refused(&mut self, code: SessionCode) -> Result<Vec<RefusedLetter>, StoreError> {
        transact(&mut *self.database, Mode::Look, |sql| refused(sql, code))
    }

    /// Gives somebody another name. Whether there is such a player.
    ///
    /// # Errors
    /// If it can't be done now.
    pub fn rename(&mut self, code: SessionCode, player: Uuid, name: &Text) -> Result<bool, StoreError> {
        transact(&mut *self.database, Mode::Change, |sql| {
            sessions::hold(sql, code)?;
            let name = free_name(sql, code, name, player)?;
            let update = "UPDATE player SET name = $1 WHERE session = $2 AND id = $3";
            let renamed =
                sql.run(update, &[name.as_str().into(), code.to_string().into(), player.to_string().into()])?;
            boards::rename(sql, code, player, &name)?;
            Ok(renamed > 0)
        })
    }

    /// Takes somebody off the board, with their runs, or puts them back. Whether there is such a player.
    ///
    /// # Errors
    /// If it can't be done now.
    pub fn remove(&mut self, code: SessionCode, player: Uuid, removed: bool) -> Result<bool, StoreError> {
        transact(&mut *self.database, Mode::Change, |sql| {
            sessions::hold(sql, code)?;
            let update = "UPDATE player SET removed = $1 WHERE session = $2 AND id = $3";
            let done = sql.run(update, &[removed.into(), code.to_string().into(), player.to_string().into()])?;
            boards::retake(sql, code)?;
            Ok(done > 0)
        })
    }

    /// Takes a run back, or lets it count again; it is kept and marked. Whether there is such a run.
    ///
    /// # Errors
    /// If it can't be done now.
    pub fn withdraw(&mut self, code: SessionCode, run: Uuid, withdrawn: bool) -> Result<bool, StoreError> {
        transact(&mut *self.database, Mode::Change, |sql| {
            let Some(session) = sessions::hold(sql, code)? else { return Ok(false) };
            let key = [Value::from(code.to_string()), Value::from(run.to_string())];
            let whose = sql.rows("SELECT player FROM verified_run WHERE session = $1 AND id = $2", &key)?;
            let Some(player) = whose.first().map(|row| id(row, 0)) else { return Ok(false) };
            let update = "UPDATE verified_run SET withdrawn = $1 WHERE session = $2 AND id = $3";
            sql.run(update, &[withdrawn.into(), code.to_string().into(), run.to_string().into()])?;
            let runs = ranked(sql, code, &[player])?.into_iter().filter(|run| !run.withdrawn);
            add_up(sql, &session, &HashMap::from([(player, runs.map(|run| run.figures).collect())]))?;
            boards::retake(sql, code)?;
            Ok(true)
        })
    }

    /// Erases somebody: their name is gone from every table and every snapshot, and what they sent before doesn't bring
    /// it back. Their runs stay as numbers of nobody. Whether there was such a player.
    ///
    /// # Errors
    /// If it can't be done now; then all of it is still there.
    pub fn erase(&mut self, code: SessionCode, player: Uuid) -> Result<bool, StoreError> {
        let erased = transact(&mut *self.database, Mode::Change, |sql| {
            sessions::hold(sql, code)?;
            let now = sql.clock()?;
            let insert = "INSERT INTO tombstone (player, session, erased) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
            sql.run(insert, &[player.to_string().into(), code.to_string().into(), now.into()])?;
            let key = [Value::from(code.to_string()), Value::from(player.to_string())];
            let erased = sql.run("DELETE FROM player WHERE session = $1 AND id = $2", &key)?;
            // Letters that have not been opened are known by the id of who joined, or by what is written in them.
            let own = format!("%{player}%");
            sql.run("DELETE FROM inbox WHERE session = $1 AND payload LIKE $2", &[key[0].clone(), own.into()])?;
            sql.run("UPDATE refused SET payload = '' WHERE session = $1 AND player = $2", &key)?;
            boards::rename(sql, code, player, &Text::clean(boards::ERASED))?;
            Ok(erased > 0)
        })?;
        self.database.clean()?;
        Ok(erased)
    }

    /// Who was erased from a session.
    ///
    /// # Errors
    /// If it can't be read now.
    pub fn erased(&mut self, code: SessionCode) -> Result<Vec<Uuid>, StoreError> {
        let query = "SELECT player FROM tombstone WHERE session = $1";
        let rows = transact(&mut *self.database, Mode::Look, |sql| sql.rows(query, &[code.to_string().into()]))?;
        Ok(rows.iter().map(|row| id(row, 0)).collect())
    }

    /// Reduces the runs of a session that came before a moment to their numbers. How many they were.
    ///
    /// # Errors
    /// If it can't be done now.
    pub fn tidy(&mut self, code: SessionCode, days: u32) -> Result<u64, StoreError> {
        transact(&mut *self.database, Mode::Change, |sql| {
            let age = SignedDuration::from_hours(24 * i64::from(days));
            let before = moment(sql.clock()?).checked_sub(age).unwrap_or(Timestamp::MIN).as_millisecond();
            sql.run(
                "UPDATE verified_run SET record = '' WHERE session = $1 AND received < $2 AND record <> ''",
                &[code.to_string().into(), before.into()],
            )
        })
    }
}

/// Which of these names somebody in the session has.
pub(super) fn taken_names(sql: &mut dyn Sql, code: SessionCode, names: &[&Text]) -> Result<HashSet<Text>, StoreError> {
    if names.is_empty() {
        return Ok(HashSet::new());
    }
    let query = format!("SELECT name FROM player WHERE (session, name) IN (VALUES {})", tuples(names.len(), 2));
    let names = names.iter().map(|name| Value::from(name.as_str())).collect();
    Ok(sql.rows(&query, &of_session(code, names))?.iter().map(|row| Text::clean(row.text(0))).collect())
}

/// Everybody in a session.
pub(super) fn members(sql: &mut dyn Sql, code: SessionCode) -> Result<Vec<Member>, StoreError> {
    let query = "SELECT id, name, team, joined, removed FROM player WHERE session = $1 ORDER BY joined, id";
    let member = |row: &Columns| Member {
        id: id(row, 0),
        name: Text::clean(row.text(1)),
        team: Text::clean(row.text(2)),
        joined: moment(row.number(3).unwrap_or(0)),
        removed: row.small(4) > 0,
    };
    Ok(sql.rows(query, &[code.to_string().into()])?.iter().map(member).collect())
}

/// The runs of a session that were taken.
pub(super) fn passed(sql: &mut dyn Sql, code: SessionCode) -> Result<Vec<Passed>, StoreError> {
    let query = "SELECT id, player, round, ranked, withdrawn, record, claimed, received, score, behaviour, people, \
                 red_lines, trust, ending FROM verified_run WHERE session = $1 ORDER BY received, id";
    let passed = |row: &Columns| {
        Some(Passed {
            id: id(row, 0),
            player: id(row, 1),
            round: u8::try_from(row.small(2)).ok()?,
            ranked: row.small(3) > 0,
            withdrawn: row.small(4) > 0,
            record: Record::parse(row.text(5).as_bytes()).ok(),
            claimed: row.number(6).and_then(|claimed| u64::try_from(claimed).ok()),
            received: moment(row.number(7).unwrap_or(0)),
            figures: figures(row, 8)?,
        })
    };
    Ok(sql.rows(query, &[code.to_string().into()])?.iter().filter_map(passed).collect())
}

/// The letters of a session that were not taken.
pub(super) fn refused(sql: &mut dyn Sql, code: SessionCode) -> Result<Vec<RefusedLetter>, StoreError> {
    let query = "SELECT id, player, reason, received FROM refused WHERE session = $1 ORDER BY received DESC, id";
    let letter = |row: &Columns| RefusedLetter {
        id: id(row, 0),
        player: id(row, 1),
        reason: Refusal::from_id(row.text(2)).unwrap_or(Refusal::Unreadable),
        received: moment(row.number(3).unwrap_or(0)),
    };
    Ok(sql.rows(query, &[code.to_string().into()])?.iter().map(letter).collect())
}

/// A name that nobody else in the session has: this one, or with a number behind it.
pub(super) fn free_name(sql: &mut dyn Sql, code: SessionCode, name: &Text, player: Uuid) -> Result<Text, StoreError> {
    let numbered = (2..=99).map(|number| Text::clean(&format!("{name} {number}")));
    let last = Text::clean(&format!("{name} {}", &player.simple().to_string()[24..]));
    let query = "SELECT 1 FROM player WHERE session = $1 AND name = $2 AND id <> $3";
    for candidate in std::iter::once(name.clone()).chain(numbered) {
        let key = [code.to_string().into(), candidate.as_str().into(), player.to_string().into()];
        if sql.rows(query, &key)?.is_empty() {
            return Ok(candidate);
        }
    }
    Ok(last)
}

/// What a run comes to, from this column on.
fn figures(row: &Columns, at: usize) -> Option<Figures> {
    Some(Figures {
        score: row.small(at),
        behaviour: row.small(at + 1),
        people: row.small(at + 2),
        red_lines: row.small(at + 3),
        trust: row.small(at + 4),
        ending: EndingKind::from_id(row.text(at + 5))?,
    })
}

/// A ranked run, as far as it matters for what comes after it.
pub(super) struct Ranked {
    pub(super) player: Uuid,
    pub(super) round: u8,
    pub(super) withdrawn: bool,
    pub(super) figures: Figures,
}

/// The ranked runs of these players.
pub(super) fn ranked(sql: &mut dyn Sql, code: SessionCode, players: &[Uuid]) -> Result<Vec<Ranked>, StoreError> {
    if players.is_empty() {
        return Ok(Vec::new());
    }
    let query = format!(
        "SELECT player, round, withdrawn, score, behaviour, people, red_lines, trust, ending FROM verified_run \
         WHERE (session, player) IN (VALUES {}) AND ranked = 1",
        tuples(players.len(), 2)
    );
    let of = |row: &Columns| {
        let (player, round) = (id(row, 0), u8::try_from(row.small(1)).ok()?);
        Some(Ranked { player, round, withdrawn: row.small(2) > 0, figures: figures(row, 3)? })
    };
    Ok(sql.rows(&query, &of_session(code, ids(players)))?.iter().filter_map(of).collect())
}

/// Each of these values behind the session's code.
pub(super) fn of_session(code: SessionCode, values: Vec<Value>) -> Vec<Value> {
    values.into_iter().flat_map(|value| [code.to_string().into(), value]).collect()
}

/// Writes down what players' ranked runs add up to.
pub(super) fn add_up(
    sql: &mut dyn Sql,
    session: &Session,
    players: &HashMap<Uuid, Vec<Figures>>,
) -> Result<(), StoreError> {
    if players.is_empty() {
        return Ok(());
    }
    let columns = |(player, runs): (&Uuid, &Vec<Figures>)| -> [Value; 7] {
        let standing = Standing::of(*player, Text::EMPTY, Text::EMPTY, runs);
        let Standing { rounds, points, people, red_lines, .. } = standing;
        let ranked = rounds > 0 && rounds >= u32::from(session.needed);
        [
            session.code.to_string().into(),
            player.to_string().into(),
            ranked.into(),
            rounds.into(),
            points.into(),
            people.into(),
            red_lines.into(),
        ]
    };
    let values: Vec<Value> = players.iter().flat_map(columns).collect();
    let rows = tuples(players.len(), 7);
    sql.run(
        &format!(
            "INSERT INTO best (board, player, ranked, rounds, points, people, red_lines) VALUES {rows} \
             ON CONFLICT (board, player) DO UPDATE SET ranked = excluded.ranked, rounds = excluded.rounds, \
             points = excluded.points, people = excluded.people, red_lines = excluded.red_lines"
        ),
        &values,
    )?;
    Ok(())
}
