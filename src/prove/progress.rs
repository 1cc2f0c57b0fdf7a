//! How far a proof is, for somebody who waits for it on another thread.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// Counted up while a [`Prover`](super::Prover) works.
#[derive(Debug, Default)]
pub struct Progress {
    question: AtomicU32,
    states: AtomicU64,
}

impl Progress {
    /// What a whole proof answers, in this order.
    pub const QUESTIONS: [&str; 5] =
        ["what can be met", "the best score", "the worst score", "the most trust", "the least trust"];

    /// Which question is looked into, the first being 0; nothing before that.
    pub fn question(&self) -> Option<usize> {
        usize::try_from(self.question.load(Ordering::Relaxed)).ok()?.checked_sub(1)
    }

    /// States gone through.
    pub fn states(&self) -> u64 {
        self.states.load(Ordering::Relaxed)
    }

    pub(super) fn next_question(&self) {
        self.question.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn state(&self) {
        self.states.fetch_add(1, Ordering::Relaxed);
    }
}
