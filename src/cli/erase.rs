//! `erase`: removes what is kept about a player.

use super::args::Erase;
use super::kept::Kept;
use super::{Failure, Outcome, Streams};
use crate::keeper::Opening;
use crate::store::{Store, Whose};

pub(super) fn run(erase: &Erase, store: Opening, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let mut kept = Kept::open(store, erase.name.as_deref(), erase.everybody, streams)?;
    let runs = match kept.player() {
        Some(_) => kept.runs().count(),
        // Everything goes, also what somebody has altered.
        None => kept.rows().count(),
    };
    let whom = match kept.player() {
        None => "everybody".to_owned(),
        Some(name) if name.is_empty() => "who plays without a name".to_owned(),
        Some(name) => name.to_string(),
    };
    let count = if runs == 1 { "1 run".to_owned() } else { format!("{runs} runs") };
    if runs == 0 {
        writeln!(streams.output, "Nothing is kept of {whom}.")?;
        return Ok(Outcome::Fine);
    }
    if !erase.yes {
        if !streams.input_is_terminal {
            return Err(Failure::cannot(format!("{count} of {whom} would be erased; say --yes if that is meant")));
        }
        write!(streams.output, "Erase {count} of {whom}? They can't be brought back. Type yes: ")?;
        streams.output.flush()?;
        let mut line = String::new();
        streams.input.read_line(&mut line)?;
        if line.trim() != "yes" {
            writeln!(streams.output, "Nothing was erased.")?;
            return Ok(Outcome::Fine);
        }
    }
    let player = kept.player().cloned();
    let whose = player.as_ref().map_or(Whose::All, Whose::Player);
    if let Some(store) = &mut kept.at_hand.store {
        store.erase(whose).map_err(Failure::cannot)?;
    }
    writeln!(streams.output, "Erased: {count} of {whom}.")?;
    Ok(Outcome::Fine)
}
