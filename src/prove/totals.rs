//! What many plays come to, added up in whole numbers, so that the order of adding makes no difference.

use crate::engine::{Game, Program, Ratio};
use crate::terms::{EndingKind, Meter, Posture};

/// Scores are whole numbers from 0 to 100, as players see them.
const SCORES: usize = 101;

/// The sums over some plays of one policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Plays that came to an ending, by their score.
    scores: Vec<u64>,
    /// Plays that came to no ending: none in a checked scenario.
    pub lost: u64,
    /// Behaviour in tenths.
    behaviour: u64,
    /// People in tenths.
    people: u64,
    /// Decisions by posture, in the order of [`Posture::ALL`].
    postures: [u64; 3],
    /// The meters at the end, in the order of [`Meter::ALL`].
    meters: [u64; 4],
    /// Plays by ending.
    endings: Vec<u64>,
    /// Whether each option was ever chosen, in the program's order.
    chosen: Vec<bool>,
}

impl Totals {
    /// No plays of a program.
    pub fn none(program: &Program) -> Self {
        Self {
            scores: vec![0; SCORES],
            lost: 0,
            behaviour: 0,
            people: 0,
            postures: [0; 3],
            meters: [0; 4],
            endings: vec![0; program.endings.len()],
            chosen: vec![false; program.options.len()],
        }
    }

    /// Notes that an option was chosen.
    #[inline]
    pub(super) fn see(&mut self, option: usize) {
        if let Some(chosen) = self.chosen.get_mut(option) {
            *chosen = true;
        }
    }

    /// Adds a play that came to an ending, or that came to none.
    #[inline]
    pub(super) fn add(&mut self, program: &Program, game: &Game, ended: Option<(u32, EndingKind)>) {
        let Some((ending, kind)) = ended else {
            self.lost += 1;
            return;
        };
        let score = game.score(program, kind);
        let total = usize::try_from(score.total.round()).unwrap_or(0).min(SCORES - 1);
        self.scores[total] += 1;
        self.behaviour += score.behaviour.tenths();
        self.people += score.people.tenths();
        for (sum, count) in self.postures.iter_mut().zip(game.sums().postures) {
            *sum += u64::from(count);
        }
        for (sum, meter) in self.meters.iter_mut().zip(Meter::ALL) {
            *sum += u64::from(game.state().meters.get(*meter));
        }
        self.endings[ending as usize] += 1;
    }

    /// Adds the plays of another sum over the same program.
    pub fn merge(&mut self, other: &Self) {
        let add = |sums: &mut [u64], others: &[u64]| sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
        add(&mut self.scores, &other.scores);
        add(&mut self.postures, &other.postures);
        add(&mut self.meters, &other.meters);
        add(&mut self.endings, &other.endings);
        self.lost += other.lost;
        self.behaviour += other.behaviour;
        self.people += other.people;
        self.chosen.iter_mut().zip(&other.chosen).for_each(|(chosen, other)| *chosen |= other);
    }

    /// Plays that came to an ending.
    pub fn plays(&self) -> u64 {
        self.scores.iter().sum()
    }

    fn mean(&self, sum: u64) -> Ratio {
        Ratio::new(sum, self.plays())
    }

    /// The sum of the scores.
    fn score_sum(&self) -> u64 {
        (0..).zip(&self.scores).map(|(score, plays): (u64, _)| score * plays).sum()
    }

    /// The mean score, 0 to 100.
    pub fn score_mean(&self) -> Ratio {
        self.mean(self.score_sum())
    }

    /// The scores' standard deviation, in hundredths, rounded down.
    pub fn score_sd(&self) -> u64 {
        let plays = u128::from(self.plays().max(1));
        let sum = u128::from(self.score_sum());
        let squares: u128 =
            (0..).zip(&self.scores).map(|(score, plays): (u128, _)| score * score * u128::from(*plays)).sum();
        // Never negative, by Cauchy and Schwarz.
        let variance = (plays * squares).saturating_sub(sum * sum) * 10_000 / (plays * plays);
        u64::try_from(variance.isqrt()).unwrap_or(u64::MAX)
    }

    /// The score below or at which so many percent of the plays are: the nearest rank.
    pub fn score_percentile(&self, percent: u64) -> u64 {
        let rank = (self.plays() * percent).div_ceil(100).max(1);
        let mut below = 0;
        let reached = |plays: &u64| {
            below += plays;
            below >= rank
        };
        self.scores.iter().position(reached).map_or(0, |score| score as u64)
    }

    /// The lowest score of any play.
    pub fn score_min(&self) -> u64 {
        self.scores.iter().position(|plays| *plays > 0).map_or(0, |score| score as u64)
    }

    /// The highest score of any play.
    pub fn score_max(&self) -> u64 {
        self.scores.iter().rposition(|plays| *plays > 0).map_or(0, |score| score as u64)
    }

    /// The mean behaviour, 0 to 100; each play's in tenths.
    pub fn behaviour(&self) -> Ratio {
        Ratio::new(self.behaviour, 10 * self.plays())
    }

    /// The mean of what is called people, 0 to 100; each play's in tenths.
    pub fn people(&self) -> Ratio {
        Ratio::new(self.people, 10 * self.plays())
    }

    /// The mean of a meter at the end, 0 to 100.
    pub fn meter(&self, meter: Meter) -> Ratio {
        self.mean(self.meters[meter.index()])
    }

    /// The share of a posture among all decisions, 0 to 1.
    pub fn share(&self, posture: Posture) -> Ratio {
        Ratio::new(self.postures[posture.index()], self.postures.iter().sum())
    }

    /// The share of plays that came to each ending, 0 to 1, in the scenario's order.
    pub fn endings(&self) -> impl Iterator<Item = Ratio> {
        self.endings.iter().map(|plays| self.mean(*plays))
    }

    /// The share of plays that came to an ending of a kind, 0 to 1.
    pub fn kind(&self, program: &Program, kind: EndingKind) -> Ratio {
        let plays = self.endings.iter().zip(&program.endings).filter(|(_, its)| **its == kind).map(|(plays, _)| plays);
        self.mean(plays.sum())
    }

    /// Whether an option, by its place in the program, was ever chosen.
    pub fn was_chosen(&self, option: usize) -> bool {
        self.chosen.get(option).copied().unwrap_or(false)
    }
}
