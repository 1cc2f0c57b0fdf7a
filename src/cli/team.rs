//! `team grants`: the SQL that gives roles in PostgreSQL what they need, and no more.

use super::args::{Grants, Team};
use super::{Failure, Outcome, Streams};
use crate::store::grants::{to_player, to_verifier};
use crate::text::Text;

/// Roles that nobody named.
const PLAYER: &str = "ridealong_player";
const VERIFIER: &str = "ridealong_facilitator";

pub(super) fn run(what: &Team, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let Team::Grants(Grants { player, verifier }) = what;
    let (player, verifier) = match (player.as_deref(), verifier.as_deref()) {
        (None, None) => (Some(PLAYER), Some(VERIFIER)),
        named => named,
    };
    for role in player.iter().chain(&verifier) {
        if role.is_empty() || Text::clean(role).as_str() != *role {
            return Err(Failure::cannot(format!("{} is no name of a role; give one in letters", Text::clean(role))));
        }
    }
    if player.is_some() && player == verifier {
        return Err(Failure::cannot("players and facilitators need roles of their own; give two names"));
    }
    if let Some(role) = player {
        write!(streams.output, "{}", to_player(role))?;
    }
    if let Some(role) = verifier {
        write!(streams.output, "{}", to_verifier(role))?;
    }
    Ok(Outcome::Fine)
}
