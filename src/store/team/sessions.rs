//! Sessions with their rounds, and the session's own copies of what is played.

use jiff::Timestamp;

use super::{TeamStore, boards, moment};
use crate::engine::Seed;
use crate::store::StoreError;
use crate::store::database::{Columns, Mode, Sql, Value, transact, tuples};
use crate::team::{Round, Session, SessionCode, Step, StepError};
use crate::text::Text;

impl TeamStore {
    /// The store's clock. Every moment of a session is by it.
    ///
    /// # Errors
    /// If it can't be asked.
    pub fn now(&mut self) -> Result<Timestamp, StoreError> {
        transact(&mut *self.database, Mode::Look, |sql| Ok(moment(sql.clock()?)))
    }

    /// Keeps a session that is new, with the scenario files of its rounds by hash. Doing it twice does it once; the
    /// answer is whether the code was free.
    ///
    /// # Errors
    /// If it can't be kept now.
    pub fn create(&mut self, session: &Session, stories: &[(String, String)]) -> Result<bool, StoreError> {
        transact(&mut *self.database, Mode::Change, |sql| {
            let code = session.code.to_string();
            let insert = "INSERT INTO session (code, rev, body, created) VALUES ($1, 1, $2, $3) ON CONFLICT DO NOTHING";
            let now = sql.clock()?;
            if sql.run(insert, &[code.as_str().into(), body(session).into(), now.into()])? == 0 {
                return Ok(read(sql, session.code)?.is_some_and(|there| there == *session));
            }
            sql.run("INSERT INTO hold (session, held) VALUES ($1, 0)", &[code.as_str().into()])?;
            for (hash, source) in stories {
                let insert = "INSERT INTO scenario (hash, source) VALUES ($1, $2) ON CONFLICT DO NOTHING";
                sql.run(insert, &[hash.as_str().into(), source.as_str().into()])?;
            }
            let values: Vec<Value> = session.rounds.iter().flat_map(|round| columns(&code, round)).collect();
            let rows = tuples(session.rounds.len(), 5);
            sql.run(&format!("INSERT INTO round (session, no, scenario, title, seed) VALUES {rows}"), &values)?;
            Ok(true)
        })
    }

    /// A session by its code.
    ///
    /// # Errors
    /// If it can't be read now.
    pub fn session(&mut self, code: SessionCode) -> Result<Option<Session>, StoreError> {
        transact(&mut *self.database, Mode::Look, |sql| read(sql, code))
    }

    /// All sessions, the one created last first.
    ///
    /// # Errors
    /// If they can't be read now.
    pub fn sessions(&mut self) -> Result<Vec<Session>, StoreError> {
        transact(&mut *self.database, Mode::Look, |sql| {
            let rows = sql.rows("SELECT code FROM session ORDER BY created DESC, code", &[])?;
            let codes: Vec<SessionCode> = rows.iter().filter_map(|row| row.text(0).parse().ok()).collect();
            let mut sessions = Vec::new();
            for code in codes {
                sessions.extend(read(sql, code)?);
            }
            Ok(sessions)
        })
    }

    /// The scenario file of a hash, if a session plays it. It comes from outside: it is to be checked, and its hash
    /// compared.
    ///
    /// # Errors
    /// If it can't be read now.
    pub fn story(&mut self, hash: &str) -> Result<Option<String>, StoreError> {
        transact(&mut *self.database, Mode::Look, |sql| {
            let rows = sql.rows("SELECT source FROM scenario WHERE hash = $1", &[hash.into()])?;
            Ok(rows.first().map(|row| row.text(0).to_owned()))
        })
    }

    /// Takes a session a step further, with the snapshots that belong to it: a freeze writes what the public sees from
    /// then on, sealing the last board, the reveal what of it is shown. Nothing if there is no such session.
    ///
    /// # Errors
    /// If it can't be done now; the inner ones if the step can't be taken from where the session stands.
    pub fn step(&mut self, code: SessionCode, step: Step) -> Result<Option<Result<Session, StepError>>, StoreError> {
        transact(&mut *self.database, Mode::Change, |sql| {
            let Some(session) = hold(sql, code)? else { return Ok(None) };
            let now = sql.clock()?;
            let next = match session.after(step, moment(now)) {
                Ok(next) => next,
                Err(error) => return Ok(Some(Err(error))),
            };
            let update = "UPDATE session SET rev = rev + 1, body = $1 WHERE code = $2";
            sql.run(update, &[body(&next).into(), code.to_string().into()])?;
            boards::after(sql, &next, step, now)?;
            Ok(Some(Ok(next)))
        })
    }
}

/// Reads a session.
pub(super) fn read(sql: &mut dyn Sql, code: SessionCode) -> Result<Option<Session>, StoreError> {
    let key = [Value::from(code.to_string())];
    let rows = sql.rows("SELECT body FROM session WHERE code = $1", &key)?;
    let Some(mut session) = rows.first().and_then(|row| serde_json::from_str::<Session>(row.text(0)).ok()) else {
        return Ok(None);
    };
    let rounds = sql.rows("SELECT no, scenario, title, seed FROM round WHERE session = $1 ORDER BY no", &key)?;
    session.rounds = rounds.iter().map(round).collect();
    Ok(Some(session))
}

/// Reads a session and holds it: nobody else changes anything about it before this transaction has ended.
pub(super) fn hold(sql: &mut dyn Sql, code: SessionCode) -> Result<Option<Session>, StoreError> {
    sql.run("UPDATE hold SET held = held WHERE session = $1", &[code.to_string().into()])?;
    read(sql, code)
}

fn round(columns: &Columns) -> Round {
    Round {
        number: u8::try_from(columns.small(0)).unwrap_or(0),
        scenario: columns.text(1).to_owned(),
        title: Text::clean(columns.text(2)),
        seed: columns.text(3).parse().unwrap_or(Seed(0)),
    }
}

fn columns(code: &str, round: &Round) -> [Value; 5] {
    let Round { number, scenario, title, seed } = round;
    [code.into(), (*number).into(), scenario.as_str().into(), title.as_str().into(), seed.to_string().into()]
}

/// A session but for its rounds.
fn body(session: &Session) -> String {
    // Strings, numbers and lists only: writing them to memory cannot fail.
    serde_json::to_string(session).unwrap_or_default()
}
