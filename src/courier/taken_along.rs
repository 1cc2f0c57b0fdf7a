//! What was taken along of a session: told at once, however long its store takes to answer.

use std::sync::mpsc::{Receiver, Sender};

use super::errands::LocalFile;
use super::{BUSY, Looked, News, Ring};
use crate::keeper::World;
use crate::store::{Location, Locker as _, Membership, Seat, Store as _, StoreError};
use crate::team::SessionCode;

/// Tells of each session that is asked for what is known of it here, until nobody can ask any more.
pub(super) fn tell(
    location: &Result<Location, StoreError>,
    world: World,
    wanted: &Receiver<SessionCode>,
    news: &Sender<News>,
    ring: &Ring,
) {
    for code in wanted {
        let local = location.clone().and_then(|location| LocalFile::open(&location.file()?, BUSY));
        if let Some(looked) = local.ok().and_then(|mut local| kept(&mut local, world, code)) {
            let _ = news.send(News::Kept(Box::new(looked), None));
            ring();
        }
    }
}

/// A session that was joined here, as it was when the store could be reached last.
pub(super) fn kept(local: &mut LocalFile, world: World, code: SessionCode) -> Option<Looked> {
    let session = local.kept_session(code).ok()??;
    let sources = session.rounds.iter().map(|round| local.story(&round.scenario).ok().flatten()).collect();
    let mine = mine(local, code).ok()?;
    Some(Looked { session, now: (world.now)(), board: None, sources, mine })
}

/// Who has joined a session here, with the tickets that they hold.
pub(super) fn mine(local: &mut LocalFile, code: SessionCode) -> Result<Vec<(Membership, Vec<Seat>)>, StoreError> {
    let mut mine = Vec::new();
    for membership in local.memberships()?.into_iter().filter(|there| there.hand.session == code) {
        let seats = local.seats(membership.hand.player)?;
        mine.push((membership, seats));
    }
    Ok(mine)
}
