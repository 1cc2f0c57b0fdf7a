//! All that a store has of a session, for an export.

use uuid::Uuid;

use super::boards::{self, FROZEN, LAST, Taken};
use super::{TeamStore, id, moment, people, sessions};
use crate::store::StoreError;
use crate::store::database::{Mode, Sql, Value, transact};
use crate::team::SessionCode;
use crate::team::archive::{Archive, Basis, Erased, FORMAT, Kept, Source};

/// The board of a session that isn't sealed, as it stands.
const NOW: &str = "now";

impl TeamStore {
    /// All that there is of a session, as one moment sees it. Nothing if there is no such session.
    ///
    /// # Errors
    /// If it can't be read now.
    pub fn archive(&mut self, code: SessionCode) -> Result<Option<Archive>, StoreError> {
        // It changes nothing, but nobody else shall while it looks.
        transact(&mut *self.database, Mode::Change, |sql| {
            let Some(session) = sessions::hold(sql, code)? else { return Ok(None) };
            let now = moment(sql.clock()?);
            let mut boards = written(sql, code)?;
            if session.sealed.is_none() {
                let taken = Taken { board: boards::board(sql, &session, now)?, taken: now };
                boards.push(kept(NOW, taken, Some(boards::basis(sql, code)?)));
            }
            Ok(Some(Archive {
                format: FORMAT.to_owned(),
                taken: now,
                rounds: session.rounds.clone(),
                scenarios: scenarios(sql, code)?,
                players: people::members(sql, code)?,
                erased: erased(sql, code)?,
                runs: people::passed(sql, code)?,
                refused: people::refused(sql, code)?,
                boards,
                session,
            }))
        })
    }
}

fn kept(kind: &str, Taken { board, taken }: Taken, basis: Option<Basis>) -> Kept {
    Kept { kind: kind.to_owned(), taken, basis, board }
}

/// The boards that were written down.
fn written(sql: &mut dyn Sql, code: SessionCode) -> Result<Vec<Kept>, StoreError> {
    let key = [Value::from(code.to_string())];
    let bases = sql.rows("SELECT kind, body FROM basis WHERE session = $1", &key)?;
    let basis = |kind: &str| {
        let row = bases.iter().find(|row| row.text(0) == kind)?;
        serde_json::from_str(row.text(1)).ok()
    };
    let snapshots = sql.rows("SELECT kind, body, taken FROM snapshot WHERE session = $1 ORDER BY taken, kind", &key)?;
    let mut all = Vec::new();
    for row in &snapshots {
        let basis = basis(row.text(0)).filter(|_| row.text(0) == FROZEN);
        all.extend(boards::taken(row, 1).map(|taken| kept(row.text(0), taken, basis)));
    }
    for row in sql.rows("SELECT body, taken FROM verdict WHERE session = $1", &key)? {
        all.extend(boards::taken(&row, 0).map(|taken| kept(LAST, taken, basis(LAST))));
    }
    Ok(all)
}

fn scenarios(sql: &mut dyn Sql, code: SessionCode) -> Result<Vec<Source>, StoreError> {
    let query = "SELECT hash, source FROM scenario WHERE hash IN (SELECT scenario FROM round WHERE session = $1) \
                 ORDER BY hash";
    let rows = sql.rows(query, &[code.to_string().into()])?;
    Ok(rows.iter().map(|row| Source { hash: row.text(0).to_owned(), source: row.text(1).to_owned() }).collect())
}

fn erased(sql: &mut dyn Sql, code: SessionCode) -> Result<Vec<Erased>, StoreError> {
    let query = "SELECT player, erased FROM tombstone WHERE session = $1 ORDER BY erased, player";
    let rows = sql.rows(query, &[code.to_string().into()])?;
    let erased = |(player, row): (Uuid, &crate::store::database::Columns)| Erased {
        player,
        erased: moment(row.number(1).unwrap_or(0)),
    };
    Ok(rows.iter().map(|row| erased((id(row, 0), row))).collect())
}
