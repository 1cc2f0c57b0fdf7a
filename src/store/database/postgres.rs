//! Team sessions on a PostgreSQL server, or another that speaks its protocol: for a company.
//!
//! One connection, made when it's needed and made anew after it was cut. Statements are sent unnamed, so that a pooler in
//! transaction mode may stand between. What a server says may hold names of hosts and users, but never the password.

mod address;
mod tls;

use std::thread;
use std::time::Duration;

use postgres::error::SqlState;
use postgres::types::Type;
use postgres::{Client, Error, IsolationLevel, Row, Transaction};

pub use self::address::Address;
use super::{Columns, Database, KNOWN, MIGRATIONS, Mode, Sql, Value, with_clock};
use crate::store::StoreError;
use crate::text::Text;

/// How often a transaction that got in the way of others is done again.
const AGAIN: u32 = 5;

/// Nobody waits for ever for a row that somebody holds who has gone silent: not the server for them to go on, nor others
/// for the row.
const MANNERS: &str = "SET idle_in_transaction_session_timeout = 30000; SET lock_timeout = 40000";

/// Milliseconds since 1970 in PostgreSQL's words; the moment of the statement, not of the transaction.
const MILLISECONDS: &str = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)";

/// A database on a server.
pub struct PostgresDatabase {
    address: Address,
    client: Option<Client>,
}

impl PostgresDatabase {
    /// A database at an address. Its tables are made on first use, by whoever may.
    ///
    /// # Errors
    /// If it can't be reached, or its tables can't be made, or are those of a newer program.
    pub fn open(address: Address) -> Result<Self, StoreError> {
        let mut client = None;
        connected(&address, &mut client)?;
        Ok(Self { address, client })
    }

    /// Does something over the connection, again and again while it gets in the way of others. A connection over which
    /// nothing came back isn't used again.
    fn again<T>(
        &mut self,
        mut once: impl FnMut(&mut Client, &Address) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let Self { address, client } = self;
        let mut tried = 0;
        loop {
            let done = connected(address, client).and_then(|client| once(client, address));
            match done {
                Err(StoreError::Conflict) if tried < AGAIN => thread::sleep(jitter(tried)),
                Err(StoreError::Unreachable(..)) => {
                    *client = None;
                    return done;
                }
                done => return done,
            }
            tried += 1;
        }
    }
}

/// The connection that there is, or a new one.
fn connected<'a>(address: &Address, client: &'a mut Option<Client>) -> Result<&'a mut Client, StoreError> {
    if let Some(there) = client.take().filter(|client| !client.is_closed()) {
        return Ok(client.insert(there));
    }
    let mut new = address.connect()?;
    new.batch_execute(MANNERS).map_err(|error| said(address, &error))?;
    migrate(&mut new, address)?;
    Ok(client.insert(new))
}

impl Database for PostgresDatabase {
    fn transact(
        &mut self,
        mode: Mode,
        work: &mut dyn FnMut(&mut dyn Sql) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.again(|client, address| {
            let failed = |error: Error| said(address, &error);
            let builder = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted);
            let mut transaction = builder.read_only(mode == Mode::Look).start().map_err(failed)?;
            work(&mut Said { transaction: &mut transaction, address })?;
            transaction.commit().map_err(failed)
        })
    }

    fn say(&mut self, statement: &str, values: &[Value]) -> Result<u64, StoreError> {
        let bound: Vec<Bound> = values.iter().map(Bound::of).collect();
        let typed: Vec<_> = bound.iter().map(Bound::typed).collect();
        self.again(|client, address| client.execute_typed(statement, &typed).map_err(|error| said(address, &error)))
    }

    fn clean(&mut self) -> Result<(), StoreError> {
        // What is deleted there is overwritten by the server in its own time.
        Ok(())
    }
}

/// Longer each time, and not the same for all.
fn jitter(tried: u32) -> Duration {
    let most = 10_u64 << tried.min(8);
    let mut chance = [0; 8];
    // Without chance all wait as long.
    let _ = getrandom::fill(&mut chance);
    Duration::from_millis(most / 2 + u64::from_le_bytes(chance) % most)
}

struct Said<'a, 'b> {
    transaction: &'a mut Transaction<'b>,
    address: &'a Address,
}

/// Values as the protocol takes them.
enum Bound {
    Number(Option<i64>),
    Text(String),
}

impl Bound {
    fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Number(None),
            Value::Number(number) => Self::Number(Some(*number)),
            // It takes no NUL in a text, and no text of ours has one.
            Value::Text(text) => Self::Text(text.replace('\0', "")),
        }
    }

    fn typed(&self) -> (&(dyn postgres::types::ToSql + Sync), Type) {
        match self {
            Self::Number(number) => (number, Type::INT8),
            Self::Text(text) => (text, Type::TEXT),
        }
    }
}

impl Sql for Said<'_, '_> {
    fn rows(&mut self, statement: &str, values: &[Value]) -> Result<Vec<Columns>, StoreError> {
        let bound: Vec<Bound> = values.iter().map(Bound::of).collect();
        let typed: Vec<_> = bound.iter().map(Bound::typed).collect();
        let rows = self.transaction.query_typed(statement, &typed).map_err(|error| said(self.address, &error))?;
        Ok(rows.iter().map(columns).collect())
    }

    fn run(&mut self, statement: &str, values: &[Value]) -> Result<u64, StoreError> {
        let bound: Vec<Bound> = values.iter().map(Bound::of).collect();
        let typed: Vec<_> = bound.iter().map(Bound::typed).collect();
        self.transaction.execute_typed(statement, &typed).map_err(|error| said(self.address, &error))
    }

    fn clock(&mut self) -> Result<i64, StoreError> {
        let rows = self.rows(&format!("SELECT {MILLISECONDS}"), &[])?;
        Ok(rows.first().and_then(|row| row.number(0)).unwrap_or(0))
    }
}

fn columns(row: &Row) -> Columns {
    let value = |at: usize| match *row.columns()[at].type_() {
        Type::INT8 => row.try_get::<_, Option<i64>>(at).ok().flatten().map(Value::Number),
        Type::INT4 => row.try_get::<_, Option<i32>>(at).ok().flatten().map(|number| Value::Number(number.into())),
        _ => row.try_get::<_, Option<String>>(at).ok().flatten().map(Value::Text),
    };
    Columns((0..row.len()).map(|at| value(at).unwrap_or(Value::Null)).collect())
}

/// Makes or brings up the tables. Of several programs that want to, one does it and the others see it done: a row is the
/// lock.
fn migrate(client: &mut Client, address: &Address) -> Result<(), StoreError> {
    let failed = |error: Error| said(address, &error);
    if version(client, address)? == KNOWN {
        return Ok(());
    }
    for tried in 0..AGAIN {
        // Two may make the same table at the same moment, which neither may.
        let made = client.batch_execute(
            "CREATE TABLE IF NOT EXISTS migration (id BIGINT PRIMARY KEY, version BIGINT NOT NULL); \
             INSERT INTO migration (id, version) VALUES (1, 0) ON CONFLICT DO NOTHING;",
        );
        match made.map_err(failed) {
            Ok(()) => break,
            Err(StoreError::Conflict) => thread::sleep(jitter(tried)),
            Err(error) => return Err(error),
        }
    }
    let mut transaction = client.transaction().map_err(failed)?;
    transaction.execute("UPDATE migration SET version = version WHERE id = 1", &[]).map_err(failed)?;
    let done: i64 = transaction.query_one("SELECT version FROM migration WHERE id = 1", &[]).map_err(failed)?.get(0);
    for migration in MIGRATIONS.iter().skip(usize::try_from(done).unwrap_or(0)) {
        transaction.batch_execute(&with_clock(migration, MILLISECONDS)).map_err(failed)?;
    }
    transaction.execute("UPDATE migration SET version = $1 WHERE id = 1", &[&KNOWN]).map_err(failed)?;
    transaction.commit().map_err(failed)
}

/// The version of the tables, 0 if there are none.
fn version(client: &mut Client, address: &Address) -> Result<i64, StoreError> {
    let found = match client.query_opt("SELECT version FROM migration WHERE id = 1", &[]) {
        Ok(row) => row.map_or(0, |row| row.get(0)),
        Err(error) if error.code() == Some(&SqlState::UNDEFINED_TABLE) => 0,
        Err(error) => return Err(said(address, &error)),
    };
    if found > KNOWN {
        return Err(StoreError::Newer { path: address.shown(), found, known: KNOWN });
    }
    Ok(found)
}

/// What a server's error means for us.
fn said(address: &Address, error: &Error) -> StoreError {
    let place = address.shown();
    let Some(server) = error.as_db_error() else {
        return StoreError::Unreachable(place, address.redacted(&chain(error)));
    };
    let why = address.redacted(server.message());
    match *server.code() {
        SqlState::T_R_SERIALIZATION_FAILURE
        | SqlState::T_R_DEADLOCK_DETECTED
        | SqlState::UNIQUE_VIOLATION
        | SqlState::DUPLICATE_TABLE
        | SqlState::DUPLICATE_OBJECT => StoreError::Conflict,
        SqlState::INSUFFICIENT_PRIVILEGE => StoreError::NotAllowed(place, why),
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            StoreError::NotAdmitted(place, why)
        }
        SqlState::DISK_FULL => StoreError::Full(place),
        SqlState::LOCK_NOT_AVAILABLE => StoreError::Locked(place),
        SqlState::UNDEFINED_TABLE | SqlState::UNDEFINED_COLUMN => StoreError::Damaged(place, why),
        _ => StoreError::Unreachable(place, why),
    }
}

/// An error and what lies behind it, in one line.
fn chain(error: &Error) -> String {
    let mut line = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let said = cause.to_string();
        if !line.contains(&said) {
            line = format!("{line}: {said}");
        }
        source = cause.source();
    }
    Text::clean(&line).to_string()
}
