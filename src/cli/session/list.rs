//! `session list`: the sessions in the store.

use crate::cli::args::List;
use crate::cli::own::Own;
use crate::cli::{Failure, Outcome, Streams};

use super::told::{Told, state};

pub(super) fn run(list: &List, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let (sessions, now) = own.reach()?.run(|stores| Ok((stores.team.sessions()?, stores.team.now()?)))?;
    if list.json {
        let told: Vec<Told<'_>> = sessions.iter().map(|session| Told::of(session, now)).collect();
        // Strings, numbers and lists only: writing them to memory cannot fail.
        writeln!(streams.output, "{}", serde_json::to_string_pretty(&told).unwrap_or_default())?;
        return Ok(Outcome::Fine);
    }
    if sessions.is_empty() {
        writeln!(streams.output, "No sessions yet. \"ridealong session create\" makes one.")?;
    }
    for session in &sessions {
        let rounds =
            if session.rounds.len() == 1 { "1 round".to_owned() } else { format!("{} rounds", session.rounds.len()) };
        writeln!(streams.output, "{}  {}: {rounds}, {}", session.code, session.title, state(session, now))?;
    }
    Ok(Outcome::Fine)
}
