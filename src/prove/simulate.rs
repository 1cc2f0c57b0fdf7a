//! Many plays of one policy: the same numbers from the same seed, on however many processors.
//!
//! Each play has its own chance, made of the seed and its number, and what plays come to is added up in whole numbers;
//! so plays can be shared out in any way. The clock and the progress line are the caller's.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use super::chance::Chance;
use super::policies::{Player, Policy, leader};
use super::sight::Sight;
use super::totals::Totals;
use crate::engine::{Game, Program, Seed};
use crate::story::Story;

/// A play that makes more decisions than this is given up: far more than any story that people play.
const LONGEST: u32 = 1_000_000;
/// Plays that one thread takes at a time.
const BLOCK: u64 = 64;

/// A story, ready to be played by bots.
#[derive(Debug)]
pub struct Simulation<'a> {
    program: &'a Program,
    sight: Sight,
    seed: u64,
    /// The leader's decisions, if that is the same in every play.
    road: Option<u32>,
}

impl<'a> Simulation<'a> {
    /// Gets ready.
    pub fn new(story: &'a Story, seed: u64) -> Self {
        let program = &story.program;
        // Nothing is left to chance where no goto draws.
        let sure = program.exits.iter().all(|exit| exit.chance == 0);
        let road = sure.then(|| road(program, &mut Game::default(), Seed(seed)));
        Self { program, sight: Sight::of(story), seed, road }
    }

    /// How many plays of a policy there must be at least: one slip for each decision of the leader's.
    pub fn at_least(&self, policy: Policy) -> u64 {
        match policy {
            Policy::OneSlip => {
                self.road.unwrap_or_else(|| road(self.program, &mut Game::default(), self.run_seed(0))).into()
            }
            _ => 1,
        }
    }

    /// Plays some of a policy's plays, by their numbers, on so many threads.
    pub fn play(&self, policy: Policy, plays: Range<u64>, threads: usize) -> Totals {
        let next = AtomicU64::new(plays.start);
        let work = || {
            let mut totals = Totals::none(self.program);
            let mut game = Game::default();
            loop {
                let first = next.fetch_add(BLOCK, Ordering::Relaxed);
                if first >= plays.end {
                    return totals;
                }
                for number in first..plays.end.min(first.saturating_add(BLOCK)) {
                    self.play_one(policy, number, &mut game, &mut totals);
                }
            }
        };
        let most = (plays.end.saturating_sub(plays.start)).div_ceil(BLOCK).max(1);
        let helpers = usize::try_from(most).unwrap_or(usize::MAX).min(threads.max(1)) - 1;
        std::thread::scope(|scope| {
            // A thread that is not to be had is not needed: the work is taken by whoever is there.
            let others: Vec<_> =
                (0..helpers).filter_map(|_| std::thread::Builder::new().spawn_scoped(scope, work).ok()).collect();
            let mut totals = work();
            for other in others {
                match other.join() {
                    Ok(its) => totals.merge(&its),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            totals
        })
    }

    /// The seed of a play's own draws.
    fn run_seed(&self, number: u64) -> Seed {
        Seed(Chance::of_play(self.seed, number).next())
    }

    #[inline]
    fn play_one(&self, policy: Policy, number: u64, game: &mut Game, totals: &mut Totals) {
        let mut chance = Chance::of_play(self.seed, number);
        let seed = Seed(chance.next());
        let road = match self.road {
            Some(road) => road,
            None if policy.follows_leader() => road(self.program, game, seed),
            None => 1,
        };
        let slip = u32::try_from(number % u64::from(road.max(1))).unwrap_or(0);
        let player = Player { policy, sight: &self.sight, road, slip };
        let ended = game.play(self.program, seed, LONGEST, |met| {
            let chosen = player.choose(met, &mut chance);
            totals.see(met.place(chosen));
            chosen
        });
        totals.add(self.program, game, ended);
    }
}

/// How many decisions the leader makes.
fn road(program: &Program, game: &mut Game, seed: Seed) -> u32 {
    game.play(program, seed, LONGEST, leader);
    game.state().decisions
}
