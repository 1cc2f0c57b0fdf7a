//! `session`: a facilitator makes and steers team sessions.

mod create;
mod export;
mod list;
mod people;
mod results;
mod show;
mod steps;
mod told;

use super::args::Session;
use super::own::Own;
use super::{Failure, Outcome, Streams, library};
use crate::courier::{CourierError, Reach, Stores, settle};
use crate::team::{SessionCode, Step};

pub(super) fn run(what: &Session, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    match what {
        Session::Create(create) => create::run(create, &library(), own, streams),
        Session::List(list) => list::run(list, own, streams),
        Session::Show(show) => show::run(show, own, streams),
        Session::Open(at) => steps::run(at.code, Step::Open, own, streams),
        Session::Freeze(at) => steps::run(at.code, Step::Freeze, own, streams),
        Session::Seal(at) => steps::run(at.code, Step::Seal, own, streams),
        Session::Pause(at) => steps::run(at.code, Step::Pause, own, streams),
        Session::Resume(at) => steps::run(at.code, Step::Resume, own, streams),
        Session::Close(at) => steps::run(at.code, Step::Close, own, streams),
        Session::Extend(extend) => steps::run(extend.at.code, Step::Extend(extend.minutes), own, streams),
        Session::Reveal(reveal) => steps::reveal(reveal, own, streams),
        Session::Withdraw(withdraw) => people::withdraw(withdraw, own, streams),
        Session::Rename(rename) => people::rename(rename, own, streams),
        Session::Remove(remove) => people::remove(remove, own, streams),
        Session::Erase(erase) => people::erase(erase, own, streams),
        Session::Export(export) => export::run(export, own, streams),
        Session::Results(results) => results::run(results, own, streams),
    }
}

/// Does something after what has come before it has been settled.
fn settled<T: Send + 'static>(
    reach: &mut Reach,
    code: SessionCode,
    errand: impl FnOnce(&mut Stores) -> Result<T, CourierError> + Send + 'static,
) -> Result<T, Failure> {
    let done = reach.run(move |stores| {
        settle(&mut stores.team, &mut stores.local, code, &mut stores.copies)?;
        errand(stores)
    });
    Ok(done?)
}
