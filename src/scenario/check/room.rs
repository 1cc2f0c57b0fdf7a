//! Threads with room enough to check files on.
//!
//! The parser bounds its recursion, but the tables it makes can be nested some thousand levels deep by dotted names
//! within inline tables, and they are dropped by recursion: on a small stack that would overflow.

use super::{Checked, Depth, check_here};
use crate::side_by_side::side_by_side_on;

/// The stack for reading a file, in bytes: several times what the deepest one takes.
const STACK: usize = 32 * 1024 * 1024;

/// Says that a thread has room enough.
pub struct Room(());

impl Room {
    /// As [`check`](super::check), on this thread.
    #[allow(clippy::unused_self, reason = "having one is what counts")]
    pub fn check(&self, name: &str, bytes: &[u8]) -> Checked {
        check_here(name, bytes, Depth::Form)
    }

    /// As [`review`](super::review), on this thread.
    #[allow(clippy::unused_self, reason = "having one is what counts")]
    pub fn review(&self, name: &str, bytes: &[u8]) -> Checked {
        check_here(name, bytes, Depth::Content)
    }
}

/// Does something where there is room.
pub(super) fn with_room<R: Send>(work: impl Fn(&Room) -> R + Sync) -> R {
    std::thread::scope(|scope| {
        let here = || work(&Room(()));
        let room = std::thread::Builder::new().stack_size(STACK);
        match room.spawn_scoped(scope, here).map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // No thread to be had: most files don't need one.
            Err(_) => work(&Room(())),
        }
    })
}

/// What becomes of each thing where there is room, in their order, on as many threads as there are processors.
pub fn in_rooms<T: Sync, R: Send>(things: &[T], work: impl Fn(&Room, &T) -> R + Sync) -> Vec<R> {
    with_room(|room| side_by_side_on(STACK, things, 1, |thing| work(room, thing)))
}
