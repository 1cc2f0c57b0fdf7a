//! One request to a store, and what its answer means.

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use ureq::http::{HeaderMap, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};

use super::{Credentials, Endpoint, SendError, clean};
use crate::report::export::xapi::{Statement, VERSION};

/// A whole request may take so long.
const WHOLE: Duration = Duration::from_secs(60);
/// Finding the store may take so long.
const CONNECT: Duration = Duration::from_secs(10);
/// More bytes of an answer than this are not read.
const ANSWER: u64 = 64 * 1024;

/// Says which version of the specification is spoken.
const VERSION_HEADER: &str = "X-Experience-API-Version";

/// What a store makes of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It has taken all of it.
    Taken,
    /// It has a statement of this id already.
    Conflict,
    /// It takes nothing of this request: its status, and what it says.
    Refused(u16, String),
    /// Trying again may help; after so long, if it says so.
    Later(SendError, Option<Duration>),
    /// No request will do better.
    Stop(SendError),
}

/// Speaks to one store as one sender.
pub struct Client {
    agent: Agent,
    endpoint: Endpoint,
    /// What the header of the same name says; a secret.
    authorization: String,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

impl Client {
    /// A client for a store. Nothing is sent yet.
    pub fn new(endpoint: Endpoint, credentials: &Credentials) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Elsewhere the password has no business.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(WHOLE))
            .timeout_connect(Some(CONNECT))
            // A company's store may have a certificate that only the company's machines know.
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .user_agent(concat!("ridealong/", env!("CARGO_PKG_VERSION")))
            .build();
        let pair = format!("{}:{}", credentials.name, credentials.password);
        let authorization = format!("Basic {}", BASE64_STANDARD.encode(pair));
        Self { agent: config.into(), endpoint, authorization }
    }

    /// Posts statements in one request.
    pub(super) fn post(&self, batch: &[Statement]) -> Answer {
        let statements: Vec<_> = batch.iter().map(|statement| &statement.json).collect();
        // Strings, numbers, lists and tables only: writing them to memory cannot fail.
        let body = serde_json::to_vec(&statements).unwrap_or_default();
        let request = self.agent.post(self.endpoint.uri()).header("Content-Type", "application/json");
        let request = request.header("Authorization", &self.authorization).header(VERSION_HEADER, VERSION);
        match request.send(&body[..]) {
            Ok(response) => answer(response),
            Err(error) => Answer::Later(SendError::Unreachable(clean(&error.to_string())), None),
        }
    }

    /// The statement that the store has under the id of this one; nothing if it doesn't show it to us.
    pub(super) fn stored(&self, one: &Statement) -> Option<Value> {
        let request = self.agent.get(self.endpoint.uri()).query("statementId", one.id.to_string());
        let request = request.header("Authorization", &self.authorization).header(VERSION_HEADER, VERSION);
        let mut response = request.call().ok().filter(|response| response.status().as_u16() == 200)?;
        let bytes = response.body_mut().with_config().limit(ANSWER).read_to_vec().ok()?;
        let said: Value = serde_json::from_slice(&bytes).ok()?;
        // Some stores answer with a list of one.
        let there = said.pointer("/statements/0").unwrap_or(&said);
        there.get("id").and_then(Value::as_str).filter(|id| id.eq_ignore_ascii_case(&one.id.to_string()))?;
        Some(there.clone())
    }
}

fn answer(mut response: Response<Body>) -> Answer {
    let status = response.status().as_u16();
    let asked = retry_after(response.headers());
    // What can't be read says nothing, and the status tells all the same.
    let said = response.body_mut().with_config().limit(ANSWER).lossy_utf8(true).read_to_string().unwrap_or_default();
    let said = clean(&said);
    match status {
        200..=299 => Answer::Taken,
        300..=399 => Answer::Stop(SendError::Moved(status)),
        401 => Answer::Stop(SendError::Unknown),
        403 => Answer::Stop(SendError::Forbidden),
        404 | 405 | 410 => Answer::Stop(SendError::Nowhere(status)),
        409 => Answer::Conflict,
        408 | 429 | 500.. => Answer::Later(SendError::Busy { status, said }, asked),
        _ => Answer::Refused(status, said),
    }
}

/// How long the store asks to be left alone, if it says so in seconds.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get("Retry-After")?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}
