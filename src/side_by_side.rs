//! The same work on many things, on as many threads as there are processors.

use std::num::NonZero;
use std::thread::{self, Builder};

/// The stack that threads have for ordinary work, in bytes: what the standard library gives them.
const STACK: usize = 2 * 1024 * 1024;

/// What becomes of each thing, in their order. A thread gets at least `enough` of them; fewer aren't worth one.
pub fn side_by_side<T: Sync, R: Send>(things: &[T], enough: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    side_by_side_on(STACK, things, enough, work)
}

/// As [`side_by_side`], on threads with a stack of so many bytes. One of them is the caller's, as it is.
pub fn side_by_side_on<T: Sync, R: Send>(
    stack: usize,
    things: &[T],
    enough: usize,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(8);
    let share = things.len().div_ceil(threads).max(enough.max(1));
    if things.len() <= share {
        return things.iter().map(work).collect();
    }
    let all = |share: &[T]| share.iter().map(&work).collect::<Vec<R>>();
    thread::scope(|scope| {
        let mut shares = things.chunks(share);
        let first = shares.next().unwrap_or_default();
        let others: Vec<_> = shares
            .map(|share| (share, Builder::new().stack_size(stack).spawn_scoped(scope, move || all(share))))
            .collect();
        // One share is ours.
        let mut done = all(first);
        for (share, thread) in others {
            done.extend(match thread.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(theirs)) => theirs,
                Ok(Err(panic)) => std::panic::resume_unwind(panic),
                // No thread to be had: the share is ours, too.
                Err(_) => all(share),
            });
        }
        done
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_comes_to_what_one_after_the_other_comes_to() {
        for count in [0, 1, 2, 3, 7, 100] {
            let things: Vec<u32> = (0..count).collect();
            for enough in [0, 1, 5, 1000] {
                assert_eq!(
                    side_by_side(&things, enough, |thing| thing * 3),
                    (0..count).map(|n| n * 3).collect::<Vec<_>>()
                );
            }
        }
    }
}
