//! Sending statements to a learning record store: the only room that speaks to a network.
//!
//! It posts what it is given, tries again where trying again may help, and tells of every statement that was refused.
//! The password is in the requests and nowhere else: not in errors, not in `Debug`, not in what redirects lead to.

mod client;
mod compare;
mod endpoint;

use std::fmt;
use std::time::Duration;

pub use client::{Answer, Client};
pub use endpoint::{BadAddress, Endpoint};

use crate::report::export::xapi::Statement;
use crate::text::Text;

/// Statements of one request at most.
const BATCH: usize = 50;
/// How long to wait before a second, third and fourth try.
const PAUSES: [Duration; 3] = [Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(6)];
/// A store that asks for more patience than this is told of, not waited for.
const PATIENCE: Duration = Duration::from_secs(30);
/// Characters of what a store says that are told.
const SAID: usize = 300;

/// Who sends. Neither shows in `Debug`.
pub struct Credentials {
    /// The name that the store knows.
    pub name: String,
    /// The password that goes with it.
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(hidden)")
    }
}

/// What came of sending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Statements that the store took.
    pub taken: usize,
    /// Statements that it says it has already.
    pub there: usize,
    /// Statements that it refused: which, and why, safe to print.
    pub refused: Vec<(String, String)>,
}

/// Why sending stopped before every statement was through. Each says what to do; nothing in it is raw or secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// 401.
    #[error("the store doesn't know this name and password (401); look at both once more")]
    Unknown,
    /// 403.
    #[error("the store doesn't let this name write statements (403); ask whoever runs it")]
    Forbidden,
    /// 404, 405 and the like.
    #[error("there is no store at this address ({0}); give the address of its xAPI endpoint, without \"statements\"")]
    Nowhere(u16),
    /// 300 to 399.
    #[error("the store has moved ({0}); give the address that it has now")]
    Moved(u16),
    /// 429 or 500 and above, again and again.
    #[error("the store can't take statements now ({status}{}); try again later", told(.said))]
    Busy {
        /// The status that it answers with.
        status: u16,
        /// What it says.
        said: String,
    },
    /// No answer, again and again.
    #[error("the store can't be reached: {0}; look at the address and the network")]
    Unreachable(String),
}

/// What a store said, after a status; nothing if it said nothing.
fn told(said: &str) -> String {
    if said.is_empty() { String::new() } else { format!(": {said}") }
}

/// Sends statements, in order, in as few requests as will do.
///
/// `wait` is called with how long to wait before the next try.
///
/// # Errors
/// If there is no sense in going on; with what came of it up to then.
pub fn send(
    client: &Client,
    statements: &[Statement],
    wait: &mut dyn FnMut(Duration),
) -> Result<Delivered, (SendError, Delivered)> {
    let mut delivered = Delivered::default();
    for batch in statements.chunks(BATCH) {
        let done = match post(client, batch, wait) {
            // A store takes all of a request or nothing, so what is wrong with one is found one by one.
            Ok(Answer::Refused(..) | Answer::Conflict) if batch.len() > 1 => batch
                .iter()
                .try_for_each(|one| settle(client, post(client, std::slice::from_ref(one), wait), one, &mut delivered)),
            answer => batch.first().map_or(Ok(()), |first| settle(client, answer, first, &mut delivered)).map(|()| {
                // The first is counted; so many came with it.
                delivered.taken += batch.len() - 1;
            }),
        };
        if let Err(error) = done {
            return Err((error, delivered));
        }
    }
    Ok(delivered)
}

/// Counts what came of one statement.
fn settle(
    client: &Client,
    answer: Result<Answer, SendError>,
    one: &Statement,
    delivered: &mut Delivered,
) -> Result<(), SendError> {
    let refused = |why: String| (one.name.clone(), why);
    match answer? {
        Answer::Taken => delivered.taken += 1,
        // Many stores say so of the very same statement, since the time that they gave it differs.
        Answer::Conflict => match client.stored(one) {
            Some(there) if !compare::holds(&there, &one.json) => {
                delivered.refused.push(refused("409: the store has another statement of this id".to_owned()));
            }
            _ => delivered.there += 1,
        },
        Answer::Refused(status, why) => delivered.refused.push(refused(format!("{status}{}", told(&why)))),
        Answer::Stop(error) | Answer::Later(error, _) => return Err(error),
    }
    Ok(())
}

/// One request, tried again while that may help.
fn post(client: &Client, batch: &[Statement], wait: &mut dyn FnMut(Duration)) -> Result<Answer, SendError> {
    for pause in PAUSES {
        match client.post(batch) {
            Answer::Later(error, Some(asked)) if asked > PATIENCE => return Err(error),
            Answer::Later(_, asked) => wait(asked.map_or(pause, |asked| asked.max(pause))),
            Answer::Stop(error) => return Err(error),
            answer => return Ok(answer),
        }
    }
    match client.post(batch) {
        Answer::Later(error, _) | Answer::Stop(error) => Err(error),
        answer => Ok(answer),
    }
}

/// What a store says, in a line that is safe to print.
fn clean(said: &str) -> String {
    Text::clean(said).chars().take(SAID).collect()
}
