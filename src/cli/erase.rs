//! `erase`: removes what is kept about a player on this machine.

use super::args::Erase;
use super::kept::Kept;
use super::sync::letters;
use super::{Failure, Outcome, Streams, confirmed};
use crate::keeper::Opening;
use crate::store::{Locker as _, Membership, Store, Whose};
use crate::text::Text;

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
    let memberships = memberships(&mut kept)?;
    if runs == 0 && memberships.is_empty() {
        writeln!(streams.output, "Nothing is kept of {whom}.")?;
        return Ok(Outcome::Fine);
    }
    let count = counted(runs, &memberships);
    if !confirmed(&format!("{count} of {whom}; they can't be brought back"), erase.yes, streams)? {
        return Ok(Outcome::Fine);
    }
    let player = kept.player().cloned();
    let whose = player.as_ref().map_or(Whose::All, Whose::Player);
    let mut unsent = 0;
    if let Some(store) = &mut kept.at_hand.store {
        unsent = store.outbox(u32::MAX).map_err(Failure::cannot)?.len();
        for Membership { hand, .. } in &memberships {
            store.forget(hand.session, hand.player).map_err(Failure::cannot)?;
        }
        unsent -= store.outbox(u32::MAX).map_err(Failure::cannot)?.len();
        store.erase(whose).map_err(Failure::cannot)?;
    }
    writeln!(streams.output, "Erased: {count} of {whom}.")?;
    if unsent > 0 {
        writeln!(streams.output, "{} that were still to be sent are gone with it.", letters(unsent))?;
    }
    for Membership { hand, name, .. } in &memberships {
        let code = hand.session;
        writeln!(
            streams.output,
            "What session {code} knows of {name} is its facilitator's to erase: ridealong session erase {code} \"{name}\""
        )?;
    }
    Ok(Outcome::Fine)
}

/// The sessions that they have joined here.
fn memberships(kept: &mut Kept) -> Result<Vec<Membership>, Failure> {
    let player: Option<Text> = kept.player().cloned();
    let Some(store) = &mut kept.at_hand.store else { return Ok(Vec::new()) };
    let all = store.memberships().map_err(Failure::cannot)?;
    Ok(all.into_iter().filter(|there| player.as_ref().is_none_or(|player| there.name == *player)).collect())
}

/// `2 runs`, `2 runs and 1 team session`.
fn counted(runs: usize, memberships: &[Membership]) -> String {
    let of = |count: usize, what: &str| if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") };
    match (runs, memberships.len()) {
        (runs, 0) => of(runs, "run"),
        (0, sessions) => of(sessions, "team session"),
        (runs, sessions) => format!("{} and {}", of(runs, "run"), of(sessions, "team session")),
    }
}
