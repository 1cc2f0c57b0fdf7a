//! Boards: read from what runs add up to, and written down as they stood.

use jiff::Timestamp;
use uuid::Uuid;

use super::{TeamStore, id, moment, sessions};
use crate::store::StoreError;
use crate::store::database::{Columns, Mode, Sql, Value, transact};
use crate::team::archive::Basis;
use crate::team::board::{Board, Counts};
use crate::team::{Phase, Session, SessionCode, Standing, Step};
use crate::text::Text;

/// What stands for the name of somebody who was erased.
pub(super) const ERASED: &str = "(erased)";

/// The board as it stood at the freeze.
pub(super) const FROZEN: &str = "frozen";
/// The last board, which isn't among the snapshots before it is revealed.
pub(super) const LAST: &str = "last";

/// A board with the moment when it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The board.
    pub board: Board,
    /// When, by the store's clock.
    pub taken: Timestamp,
}

impl TeamStore {
    /// The board that the public sees: what has been revealed, else how it stood at the freeze, else how it stood when
    /// it was published last. Nothing before that.
    ///
    /// # Errors
    /// If it can't be read now.
    pub fn public_board(&mut self, code: SessionCode) -> Result<Option<Taken>, StoreError> {
        transact(&mut *self.database, Mode::Look, |sql| {
            let rows =
                sql.rows("SELECT kind, body, taken FROM snapshot WHERE session = $1", &[code.to_string().into()])?;
            let of = |kind: &str| rows.iter().find(|row| row.text(0) == kind);
            let shown = of("revealed").or_else(|| of(FROZEN)).or_else(|| of("live"));
            Ok(shown.and_then(|row| taken(row, 1)))
        })
    }

    /// The board as it stands now: for the facilitator alone.
    ///
    /// # Errors
    /// If it can't be read now.
    pub fn board(&mut self, code: SessionCode) -> Result<Option<Board>, StoreError> {
        transact(&mut *self.database, Mode::Look, |sql| {
            let Some(session) = sessions::read(sql, code)? else { return Ok(None) };
            let now = moment(sql.clock()?);
            board(sql, &session, now).map(Some)
        })
    }

    /// The last board, since the session was sealed: for the facilitator alone until it is revealed.
    ///
    /// # Errors
    /// If it can't be read now.
    pub fn last_board(&mut self, code: SessionCode) -> Result<Option<Taken>, StoreError> {
        transact(&mut *self.database, Mode::Look, |sql| {
            let rows = sql.rows("SELECT body, taken FROM verdict WHERE session = $1", &[code.to_string().into()])?;
            Ok(rows.first().and_then(|row| taken(row, 0)))
        })
    }

    /// The first of a session as it stands now, by merit, equals in no order of note.
    ///
    /// # Errors
    /// If they can't be read now.
    pub fn top(&mut self, code: SessionCode, count: u32) -> Result<Vec<Standing>, StoreError> {
        let query = "SELECT b.player, p.name, p.team, b.rounds, b.points, b.people, b.red_lines \
                     FROM best b JOIN player p ON p.id = b.player \
                     WHERE b.board = $1 AND b.ranked = 1 AND p.removed = 0 \
                     ORDER BY b.points DESC, b.people DESC, b.red_lines ASC LIMIT $2";
        let key = [code.to_string().into(), count.into()];
        let rows = transact(&mut *self.database, Mode::Look, |sql| sql.rows(query, &key))?;
        Ok(rows.iter().map(standing).collect())
    }

    /// Shows the public how a session stands, unless it is frozen. Whether that is anything new.
    ///
    /// # Errors
    /// If it can't be done now.
    pub fn publish(&mut self, code: SessionCode) -> Result<bool, StoreError> {
        transact(&mut *self.database, Mode::Change, |sql| {
            let Some(session) = sessions::hold(sql, code)? else { return Ok(false) };
            let now = sql.clock()?;
            if session.phase(moment(now)) > Phase::Open {
                return Ok(false);
            }
            let board = board(sql, &session, moment(now))?;
            let key = [Value::from(code.to_string())];
            let there = sql.rows("SELECT body FROM snapshot WHERE session = $1 AND kind = 'live'", &key)?;
            let body = json(&board);
            if there.first().is_some_and(|row| row.text(0) == body) {
                return Ok(false);
            }
            write(sql, code, "live", &body, now)?;
            Ok(true)
        })
    }
}

/// What a step of the facilitator's writes down.
pub(super) fn after(sql: &mut dyn Sql, session: &Session, step: Step, now: i64) -> Result<(), StoreError> {
    match step {
        Step::Freeze => {
            let board = board(sql, session, moment(now))?;
            write_basis(sql, session.code, FROZEN)?;
            write(sql, session.code, FROZEN, &json(&board), now)
        }
        Step::Seal => seal(sql, session, now),
        Step::Reveal(places) => reveal(sql, session, places, now),
        Step::Open | Step::Pause | Step::Resume | Step::Extend(_) | Step::Close => Ok(()),
    }
}

/// Writes the last board down.
fn seal(sql: &mut dyn Sql, session: &Session, now: i64) -> Result<(), StoreError> {
    let board = board(sql, session, moment(now))?;
    write_basis(sql, session.code, LAST)?;
    let values = [session.code.to_string().into(), json(&board).into(), now.into()];
    sql.run(
        "INSERT INTO verdict (session, body, taken) VALUES ($1, $2, $3) \
         ON CONFLICT (session) DO UPDATE SET body = excluded.body, taken = excluded.taken",
        &values,
    )?;
    Ok(())
}

/// Shows the public so many places of the last board, from the bottom.
fn reveal(sql: &mut dyn Sql, session: &Session, places: u32, now: i64) -> Result<(), StoreError> {
    let key = [Value::from(session.code.to_string())];
    let rows = sql.rows("SELECT body, taken FROM verdict WHERE session = $1", &key)?;
    let Some(Taken { board, .. }) = rows.first().and_then(|row| taken(row, 0)) else { return Ok(()) };
    let shown = session.revealed.unwrap_or(places);
    write(sql, session.code, "revealed", &json(&board.from_the_bottom(shown)), now)
}

/// Takes the last board anew, where it has been taken and nobody has seen it: something about it has changed.
pub(super) fn retake(sql: &mut dyn Sql, code: SessionCode) -> Result<(), StoreError> {
    let session = sessions::read(sql, code)?.filter(|session| session.sealed.is_some() && session.revealed.is_none());
    let Some(session) = session else { return Ok(()) };
    let now = sql.clock()?;
    seal(sql, &session, now)
}

/// Gives somebody another name on every board that was written down.
pub(super) fn rename(sql: &mut dyn Sql, code: SessionCode, player: Uuid, name: &Text) -> Result<(), StoreError> {
    let key = Value::from(code.to_string());
    for row in sql.rows("SELECT kind, body FROM snapshot WHERE session = $1", std::slice::from_ref(&key))? {
        if let Some(body) = renamed(row.text(1), player, name) {
            let update = "UPDATE snapshot SET body = $1 WHERE session = $2 AND kind = $3";
            sql.run(update, &[body.into(), key.clone(), row.text(0).into()])?;
        }
    }
    for row in sql.rows("SELECT body FROM verdict WHERE session = $1", std::slice::from_ref(&key))? {
        if let Some(body) = renamed(row.text(0), player, name) {
            sql.run("UPDATE verdict SET body = $1 WHERE session = $2", &[body.into(), key.clone()])?;
        }
    }
    Ok(())
}

fn renamed(body: &str, player: Uuid, name: &Text) -> Option<String> {
    let mut board: Board = serde_json::from_str(body).ok()?;
    board.redact(player, name);
    Some(json(&board))
}

/// The board as it stands now.
pub(super) fn board(sql: &mut dyn Sql, session: &Session, now: Timestamp) -> Result<Board, StoreError> {
    let key = [Value::from(session.code.to_string())];
    let rows = sql.rows(
        "SELECT p.id, p.name, p.team, b.rounds, b.points, b.people, b.red_lines \
         FROM player p LEFT JOIN best b ON b.board = p.session AND b.player = p.id \
         WHERE p.session = $1 AND p.removed = 0",
        &key,
    )?;
    let standings: Vec<Standing> = rows.iter().map(standing).collect();
    let mut count =
        |query: &str| -> Result<u32, StoreError> { Ok(sql.rows(query, &key)?.first().map_or(0, |row| row.small(0))) };
    let tickets = count("SELECT count(*) FROM ticket WHERE session = $1")?;
    let ranked = count("SELECT count(*) FROM verified_run WHERE session = $1 AND ranked = 1")?;
    let counts = Counts {
        joined: u32::try_from(standings.len()).unwrap_or(u32::MAX),
        playing: tickets.saturating_sub(ranked),
        practice: count("SELECT count(*) FROM verified_run WHERE session = $1 AND ranked = 0")?,
    };
    Ok(Board::of(session, session.phase(now), standings, counts))
}

/// What the board as it stands now is made from.
pub(super) fn basis(sql: &mut dyn Sql, code: SessionCode) -> Result<Basis, StoreError> {
    let key = [Value::from(code.to_string())];
    let players = "SELECT id, team FROM player WHERE session = $1 AND removed = 0 ORDER BY joined, id";
    let runs = "SELECT v.id FROM verified_run v JOIN player p ON p.id = v.player WHERE v.session = $1 \
                AND v.ranked = 1 AND v.withdrawn = 0 AND p.removed = 0 ORDER BY v.received, v.id";
    Ok(Basis {
        players: sql.rows(players, &key)?.iter().map(|row| (id(row, 0), Text::clean(row.text(1)))).collect(),
        runs: sql.rows(runs, &key)?.iter().map(|row| id(row, 0)).collect(),
    })
}

fn write_basis(sql: &mut dyn Sql, code: SessionCode, kind: &str) -> Result<(), StoreError> {
    let basis = basis(sql, code)?;
    sql.run(
        "INSERT INTO basis (session, kind, body) VALUES ($1, $2, $3) \
         ON CONFLICT (session, kind) DO UPDATE SET body = excluded.body",
        // Strings and lists only: writing them to memory cannot fail.
        &[code.to_string().into(), kind.into(), serde_json::to_string(&basis).unwrap_or_default().into()],
    )?;
    Ok(())
}

fn standing(row: &Columns) -> Standing {
    Standing {
        player: id(row, 0),
        name: Text::clean(row.text(1)),
        team: Text::clean(row.text(2)),
        rounds: row.small(3),
        points: row.small(4),
        people: row.small(5),
        red_lines: row.small(6),
    }
}

pub(super) fn taken(row: &Columns, at: usize) -> Option<Taken> {
    let board = serde_json::from_str(row.text(at)).ok()?;
    Some(Taken { board, taken: moment(row.number(at + 1).unwrap_or(0)) })
}

fn json(board: &Board) -> String {
    // Strings, numbers and lists only: writing them to memory cannot fail.
    serde_json::to_string(board).unwrap_or_default()
}

fn write(sql: &mut dyn Sql, code: SessionCode, kind: &str, body: &str, now: i64) -> Result<(), StoreError> {
    sql.run(
        "INSERT INTO snapshot (session, kind, body, taken) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (session, kind) DO UPDATE SET body = excluded.body, taken = excluded.taken",
        &[code.to_string().into(), kind.into(), body.into(), now.into()],
    )?;
    Ok(())
}
