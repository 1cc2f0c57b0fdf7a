//! Where a server is, and how it is spoken to. It holds a password, which nothing shows.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::{Client, Config, NoTls};

use super::{said, tls};
use crate::store::StoreError;
use crate::text::Text;

/// How long a server is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long one that has gone silent is waited for: what was sent to it must have been taken by then, and while its answer
/// is waited for, its machine is asked now and then whether it is still there. One whose machine answers while the server
/// itself doesn't (it was stopped) is waited for until it does: it may have done what it was told.
const SILENCE: Duration = Duration::from_secs(20);
/// How long between two such questions, of which some may get lost.
const BETWEEN: Duration = Duration::from_secs(5);

/// The address of a database: `postgres://name:password@host:port/database`.
#[derive(Clone)]
pub struct Address {
    /// As it was given.
    given: String,
    config: Box<Config>,
}

impl Address {
    /// Connects. An address on this machine may go without encryption; any other is tried with it first, and goes without
    /// only if the server has none and the address doesn't say `sslmode=require`.
    ///
    /// # Errors
    /// If the server can't be reached, or this machine trusts nobody.
    pub(super) fn connect(&self) -> Result<Client, StoreError> {
        let mut config = Config::clone(&self.config);
        config.application_name("ridealong").connect_timeout(PATIENCE).tcp_user_timeout(SILENCE);
        config.keepalives_idle(SILENCE).keepalives_interval(BETWEEN).keepalives_retries(3);
        let connected = if self.is_here() || config.get_ssl_mode() == SslMode::Disable {
            config.connect(NoTls)
        } else {
            let connector = tls::connector();
            config.connect(connector.map_err(|error| {
                StoreError::Unreachable(
                    self.shown(),
                    Text::clean(&format!("no certificates are trusted here: {error}")),
                )
            })?)
        };
        connected.map_err(|error| said(self, &error))
    }

    /// Whether the server is on this machine.
    fn is_here(&self) -> bool {
        self.config.get_ssl_mode() != SslMode::Require
            && self.config.get_hosts().iter().all(|host| match host {
                Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
                Host::Unix(_) => true,
            })
    }

    /// The address for people: host and database, no name, no password.
    pub fn shown(&self) -> Text {
        let hosts: Vec<String> = self
            .config
            .get_hosts()
            .iter()
            .map(|host| match host {
                Host::Tcp(name) => name.clone(),
                Host::Unix(path) => path.display().to_string(),
            })
            .collect();
        let database = self.config.get_dbname().unwrap_or_default();
        Text::clean(&format!("postgres://{}/{database}", hosts.join(",")))
    }

    /// What somebody else says, without the password if they repeat it.
    pub(super) fn redacted(&self, said: &str) -> Text {
        let password = self.config.get_password().map(String::from_utf8_lossy).filter(|password| !password.is_empty());
        Text::clean(&match password {
            Some(password) => said.replace(&*password, "..."),
            None => said.to_owned(),
        })
    }
}

impl FromStr for Address {
    type Err = StoreError;

    fn from_str(address: &str) -> Result<Self, StoreError> {
        // The reason may repeat a part of the address, so it isn't told.
        let config: Config = address.parse().map_err(|_| StoreError::NoAddress)?;
        if config.get_hosts().is_empty() {
            Err(StoreError::NoAddress)
        } else {
            Ok(Self { given: address.to_owned(), config: Box::new(config) })
        }
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.given == other.given
    }
}

impl Eq for Address {}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.shown())
    }
}
