//! `sync`: sends what is still to be sent to a team's store.

use super::own::Own;
use super::{Failure, Outcome, Streams};
use crate::courier::{self, CourierError, LocalFile, Reach};
use crate::store::Locker as _;
use crate::team::SessionCode;

/// What became of the outbox.
pub(super) struct Delivered {
    pub(super) arrived: usize,
    /// Sessions that aren't in this store, with what is to be sent to them.
    pub(super) elsewhere: Vec<(SessionCode, usize)>,
}

pub(super) fn run(own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let location = own.store.clone().map_err(Failure::cannot)?;
    let file = location.file().map_err(Failure::cannot)?;
    let waiting = if file.exists() {
        let mut local = LocalFile::open(&file, super::play::LAST_CHANCE).map_err(Failure::cannot)?;
        local.outbox(u32::MAX).map_err(Failure::cannot)?.len()
    } else {
        0
    };
    if waiting == 0 {
        writeln!(streams.output, "Nothing is waiting to be sent.")?;
        return Ok(Outcome::Fine);
    }
    let mut reach = Reach::new(location);
    let Delivered { arrived, elsewhere } = deliver(&mut reach)
        .map_err(|error| Failure::cannot(format!("{} still wait to be sent: {error}", letters(waiting))))?;
    writeln!(streams.output, "{} arrived at {}.", letters(arrived), reach.place())?;
    for (code, count) in &elsewhere {
        let place = reach.place();
        writeln!(
            streams.errors,
            "ridealong: {} for session {code} still wait, since {place} has no such session; name its store with --store",
            letters(*count)
        )?;
    }
    Ok(if elsewhere.is_empty() { Outcome::Fine } else { Outcome::Partly })
}

/// Sends what can be sent to this store.
pub(super) fn deliver(reach: &mut Reach) -> Result<Delivered, CourierError> {
    reach.run(|stores| {
        let arrived = courier::deliver(&mut stores.team, &mut stores.local)?;
        let mut elsewhere = Vec::new();
        for code in stores.local.addressees()? {
            elsewhere.push((code, stores.local.letters(code, u32::MAX)?.len()));
        }
        Ok(Delivered { arrived, elsewhere })
    })
}

/// `1 letter`, `3 letters`.
pub(super) fn letters(count: usize) -> String {
    if count == 1 { "1 letter".to_owned() } else { format!("{count} letters") }
}
