//! Chance for bots: fast, seeded, a stream for each play.
//!
//! What a *run* draws comes from its seed through [`engine::draw`](crate::engine::draw), and never changes. How a bot
//! chooses is stored nowhere, so it may come from a generator that is made for speed: xoshiro256++, a published one
//! whose numbers are the same on every machine. Each play has its own stream, made of the seed and the play's number,
//! so plays can be shared out among processors and come out the same.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng as _, SeedableRng as _};

/// Where a bot's choices come from during one play.
#[derive(Clone, Debug)]
pub struct Chance(Xoshiro256PlusPlus);

impl Chance {
    /// The chance of play number `play` of those that a seed makes.
    #[inline]
    pub fn of_play(seed: u64, play: u64) -> Self {
        // An odd factor keeps plays apart; the generator mixes its seed itself, by steps of another number than this.
        Self(Xoshiro256PlusPlus::seed_from_u64(seed ^ play.wrapping_add(1).wrapping_mul(0xd1b5_4a32_d192_ed03)))
    }

    /// Any number.
    #[inline]
    #[expect(clippy::should_implement_trait, reason = "it never ends, and is no iterator")]
    pub fn next(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number below `limit`, which is at least 1: each as likely as the others, to within one in 2^32 / `limit`.
    #[inline]
    pub fn below(&mut self, limit: u32) -> u32 {
        // The high half of a product.
        u32::try_from(((self.next() >> 32) * u64::from(limit.max(1))) >> 32).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_up_equally_often() {
        let mut seen = [0; 3];
        for play in 0..3000 {
            seen[Chance::of_play(7, play).below(3) as usize] += 1;
        }
        assert!(seen.iter().all(|times| (900..1100).contains(times)), "{seen:?}");
    }

    #[test]
    fn the_same_seed_is_the_same_chance() {
        let numbers = |seed, play| {
            let mut chance = Chance::of_play(seed, play);
            [(); 8].map(|()| chance.next())
        };
        assert_eq!(numbers(1, 2), numbers(1, 2));
        assert_ne!(numbers(1, 2), numbers(2, 2));
        assert_ne!(numbers(1, 2), numbers(1, 3));
    }
}
