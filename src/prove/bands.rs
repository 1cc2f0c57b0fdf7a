//! The bands that policies must keep to so that leader, closer and absentee come apart (section 3 of the scoring).
//!
//! As data: what is measured of which policy, and between which bounds it must lie. Measures are in tenths (of a point
//! of the score, or of a percent), rounded half up, as they are shown.

use super::policies::Policy;
use super::totals::Totals;
use crate::engine::{Program, Ratio};
use crate::terms::{EndingKind, Posture};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The mean score.
    Mean,
    /// The lowest score.
    Lowest,
    /// The highest score.
    Highest,
    /// The score that 95% of the plays don't exceed.
    P95,
    /// The share of a posture among all decisions, in percent.
    Share(Posture),
    /// The share of plays that came to the best kind of ending that the story has, in percent.
    Best,
    /// By how much the mean is below that of another policy.
    Below(Policy),
    /// By how much the mean is above that of another policy.
    Above(Policy),
    /// How far the mean is from that of another policy.
    Apart(Policy),
}

/// A band: what a measure of a policy must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// Whose plays.
    pub policy: Policy,
    /// What of them.
    pub measure: Measure,
    /// At least this, in whole points or percent.
    pub min: Option<i64>,
    /// At most this.
    pub max: Option<i64>,
}

/// Every band.
pub const BANDS: &[Band] = {
    const fn band(policy: Policy, measure: Measure, min: Option<i64>, max: Option<i64>) -> Band {
        Band { policy, measure, min, max }
    }
    const NEAR_RANDOM: Measure = Measure::Apart(Policy::Random);
    &[
        band(Policy::Leader, Measure::Lowest, Some(90), None),
        band(Policy::Leader, Measure::Best, Some(100), None),
        band(Policy::Closer, Measure::Mean, None, Some(30)),
        band(Policy::Closer, Measure::Share(Posture::TakeOver), Some(75), None),
        band(Policy::TakeOver, Measure::Mean, None, Some(20)),
        band(Policy::Absentee, Measure::Mean, None, Some(20)),
        band(Policy::Absentee, Measure::Share(Posture::Absent), Some(75), None),
        band(Policy::Random, Measure::Mean, Some(28), Some(45)),
        band(Policy::Random, Measure::P95, None, Some(65)),
        band(Policy::Asker, Measure::Mean, None, Some(55)),
        band(Policy::Asker, Measure::Below(Policy::Leader), Some(40), None),
        band(Policy::Longest, NEAR_RANDOM, None, Some(15)),
        band(Policy::Shortest, NEAR_RANDOM, None, Some(15)),
        band(Policy::MostNamed, NEAR_RANDOM, None, Some(15)),
        band(Policy::LeastNamed, NEAR_RANDOM, None, Some(15)),
        band(Policy::Router, NEAR_RANDOM, None, Some(15)),
        band(Policy::OneSlip, Measure::Lowest, Some(75), None),
        band(Policy::OneSlip, Measure::Highest, None, Some(95)),
        band(Policy::LateLearner, Measure::Above(Policy::Relapser), Some(3), None),
    ]
};

/// A band, and what was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The band.
    pub band: Band,
    /// What was measured, in tenths.
    pub tenths: i64,
}

impl Verdict {
    /// Whether the measure lies within the band.
    pub fn holds(self) -> bool {
        let Band { min, max, .. } = self.band;
        min.is_none_or(|min| self.tenths >= 10 * min) && max.is_none_or(|max| self.tenths <= 10 * max)
    }
}

impl Band {
    /// Judges a band by what the policies' plays came to; nothing if one that it needs wasn't played.
    pub fn judge<'t>(self, program: &Program, totals: impl Fn(Policy) -> Option<&'t Totals>) -> Option<Verdict> {
        let own = totals(self.policy)?;
        let mean = |totals: &Totals| tenths(totals.score_mean(), 1);
        let whole = |score: u64| i64::try_from(10 * score).unwrap_or(i64::MAX);
        let tenths = match self.measure {
            Measure::Mean => mean(own),
            Measure::Lowest => whole(own.score_min()),
            Measure::Highest => whole(own.score_max()),
            Measure::P95 => whole(own.score_percentile(95)),
            Measure::Share(posture) => tenths(own.share(posture), 100),
            Measure::Best => tenths(best(program).map_or(Ratio::new(0, 1), |kind| own.kind(program, kind)), 100),
            Measure::Below(other) => mean(totals(other)?) - mean(own),
            Measure::Above(other) => mean(own) - mean(totals(other)?),
            Measure::Apart(other) => (mean(own) - mean(totals(other)?)).abs(),
        };
        Some(Verdict { band: self, tenths })
    }
}

/// A ratio of so many units to one, in tenths of the unit.
fn tenths(ratio: Ratio, units: u64) -> i64 {
    i64::try_from(ratio.parts(10 * units)).unwrap_or(i64::MAX)
}

/// The best kind of ending that a story has.
fn best(program: &Program) -> Option<EndingKind> {
    program.endings.iter().copied().max_by_key(|kind| kind.value())
}
