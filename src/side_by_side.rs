//! The same work on many things, on as many threads as there are processors.

use std::num::NonZero;
use std::thread;

/// What becomes of each thing, in their order. A thread gets at least `enough` of them; fewer aren't worth one.
pub fn side_by_side<T: Sync, R: Send>(things: &[T], enough: usize, work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(8);
    let share = things.len().div_ceil(threads).max(enough.max(1));
    if things.len() <= share {
        return things.iter().map(work).collect();
    }
    let work = &work;
    thread::scope(|scope| {
        let mut shares = things.chunks(share);
        let first = shares.next().unwrap_or_default();
        let others: Vec<_> =
            shares.map(|share| scope.spawn(move || share.iter().map(work).collect::<Vec<R>>())).collect();
        // One share is ours.
        let mut done: Vec<R> = first.iter().map(work).collect();
        for thread in others {
            done.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
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
