//! Chance: draws from the run's seed alone.
//!
//! Every draw is a function of (seed, purpose, number of the decision, number of the draw at that decision), so that a
//! replay from a later decision draws the same. `ChaCha8` is a published stream cipher whose raw output is the same in
//! every version and on every machine; numbers are made from it by the arithmetic here and by nobody else's.

use std::fmt;
use std::str::FromStr;

use rand::rngs::ChaCha8Rng;
use rand::{Rng as _, SeedableRng as _};
use serde::{Deserialize, Serialize};

/// Where all chance of a run comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seed(pub u64);

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Seed {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// What a draw is for; different purposes never share a draw.
#[derive(Clone, Copy)]
enum Purpose {
    /// A weighted goto.
    Goto = 1,
    /// The order in which options are shown.
    Order = 2,
}

/// The draws of one decision.
pub struct Draws(ChaCha8Rng);

impl Draws {
    /// The weighted gotos taken after decision number `decision` (0 is before the first).
    pub fn gotos(seed: Seed, decision: u32) -> Self {
        Self::new(seed, Purpose::Goto, decision)
    }

    fn new(Seed(seed): Seed, purpose: Purpose, decision: u32) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8] = purpose as u8;
        let mut rng = ChaCha8Rng::from_seed(key);
        rng.set_stream(u64::from(decision));
        Self(rng)
    }

    /// A number below `limit`, which is at least 1.
    pub fn below(&mut self, limit: u64) -> u64 {
        // The high half of a product: uneven by less than limit / 2^64.
        let wide = u128::from(self.0.next_u64()) * u128::from(limit.max(1));
        u64::try_from(wide >> 64).unwrap_or(0)
    }
}

/// The order in which `count` options are shown at decision number `decision`: authored places, shuffled.
pub fn shuffled(seed: Seed, decision: u32, count: usize) -> Vec<usize> {
    let mut draws = Draws::new(seed, Purpose::Order, decision);
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        let other = usize::try_from(draws.below(last as u64 + 1)).unwrap_or(last);
        order.swap(last, other);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Golden vectors: they may never change, since saved runs and boards depend on them.
    #[test]
    fn draws_are_the_same_for_ever() {
        let raw = |seed, decision| {
            let mut draws = Draws::gotos(Seed(seed), decision);
            [(); 4].map(|()| draws.below(1_000_000))
        };
        assert_eq!(raw(0, 0), GOLDEN[0]);
        assert_eq!(raw(1, 0), GOLDEN[1]);
        assert_eq!(raw(1, 1), GOLDEN[2]);
        assert_eq!(raw(u64::MAX, 15), GOLDEN[3]);
        assert_eq!(shuffled(Seed(1), 0, 4), [3, 2, 0, 1]);
        assert_eq!(shuffled(Seed(1), 1, 4), [0, 2, 3, 1]);
        assert_eq!(shuffled(Seed(7), 3, 8), [4, 0, 1, 2, 6, 5, 7, 3]);
    }

    const GOLDEN: [[u64; 4]; 4] = [
        [249_693, 318_810, 370_798, 604_743],
        [235_527, 829_717, 492_457, 351_445],
        [767_007, 412_802, 349_220, 538_889],
        [402_626, 631_200, 586_126, 954_858],
    ];

    #[test]
    fn every_order_comes_up_equally_often() {
        let mut seen = std::collections::BTreeMap::new();
        for seed in 0..24_000 {
            *seen.entry(shuffled(Seed(seed), 2, 4)).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 24);
        assert!(seen.values().all(|times| (850..1150).contains(times)), "{seen:?}");
    }
}
