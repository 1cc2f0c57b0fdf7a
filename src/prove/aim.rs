//! What is looked for: the highest or lowest score or final trust, as one sum to be made as large as possible.
//!
//! A score in points (1/400 of one, times the insights declared, so that all is whole) is a sum of what the ending
//! settles, `P`, and of behaviour, `2000 * D * earned / weight`. Looking for the highest one, behaviour is counted from
//! the top down: `24000 * D` less what was given away; looking for the lowest one, everything is turned around and
//! what was earned is given away. So in both cases: `P' - K * lost / weight` with `lost >= 0`, the larger the better.

use std::cmp::Ordering;

use super::skeleton::Node;
use crate::engine::program::Program;
use crate::engine::score::R_PARTS;
use crate::engine::{Place, Ratio, Tally};
use crate::terms::{EndingKind, Meter, Meters};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Of the score.
    Score,
    /// Of the customer's trust at the end.
    Trust,
}

/// Which end of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The highest.
    Best,
    /// The lowest.
    Worst,
}

/// A sum to be made as large as possible.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aim {
    pub(super) wanted: Wanted,
    pub(super) side: Side,
    /// What a unit of each meter at the end is worth.
    pub(super) meters: [i64; 4],
    /// What an insight is worth.
    pub(super) insight: i64,
    /// What a point of the ending's value is worth.
    pub(super) ending: i64,
    /// What all of behaviour lost is worth, in parts of what is lost: `K`.
    pub(super) behaviour: i64,
    /// Insights declared, at least 1.
    declared: i64,
    /// Whether none is declared, which counts as all found.
    no_insights: bool,
}

impl Aim {
    pub(super) fn new(program: &Program, wanted: Wanted, side: Side) -> Self {
        let declared = i64::from(program.insights.max(1));
        let sign = match side {
            Side::Best => 1,
            Side::Worst => -1,
        };
        let mut meters = [0; 4];
        let none = Self {
            wanted,
            side,
            meters,
            insight: 0,
            ending: 0,
            behaviour: 0,
            declared,
            no_insights: program.insights == 0,
        };
        match wanted {
            Wanted::Trust => {
                meters[Meter::Trust.index()] = sign;
                Self { meters, ..none }
            }
            Wanted::Score => {
                meters[Meter::Trust.index()] = 35 * declared * sign;
                meters[Meter::Growth.index()] = 25 * declared * sign;
                meters[Meter::Bypass.index()] = -25 * declared * sign;
                let insight = if program.insights == 0 { 0 } else { 1500 * sign };
                Self { meters, insight, ending: 60 * declared * sign, behaviour: 2000 * declared, ..none }
            }
        }
    }

    /// Which meters count at the end.
    pub(super) fn counted(&self) -> [bool; 4] {
        self.meters.map(|worth| worth != 0)
    }

    /// What is lost by a decision of this weight and `r` (in twelfths).
    pub(super) fn loss(&self, weight: u64, r: u64) -> u64 {
        match (self.wanted, self.side) {
            (Wanted::Trust, _) => 0,
            (Wanted::Score, Side::Best) => weight * (R_PARTS - r),
            (Wanted::Score, Side::Worst) => weight * r,
        }
    }

    /// What has been lost so far, and of which weight.
    pub(super) fn lost(&self, tally: &Tally) -> (u64, u64) {
        let (earned, weight) = tally.earned_of_weight();
        match (self.wanted, self.side) {
            (Wanted::Trust, _) => (0, 0),
            (Wanted::Score, Side::Best) => ((R_PARTS * weight).saturating_sub(earned), weight),
            (Wanted::Score, Side::Worst) => (earned, weight),
        }
    }

    /// The sum of an ended play.
    pub(super) fn value(&self, kind: EndingKind, found: u32, meters: Meters, (lost, weight): (u64, u64)) -> Value {
        let at_end: i64 =
            Meter::ALL.iter().map(|meter| self.meters[meter.index()] * i64::from(meters.get(*meter))).sum();
        let points =
            at_end + self.insight * i64::from(found) + self.ending * i64::from(kind.value()) + self.behaved(weight > 0);
        let weight = weight.max(1);
        Value { num: i128::from(points) * i128::from(weight) - i128::from(self.behaviour) * i128::from(lost), weight }
    }

    /// Behaviour before anything is lost: nothing met that counts is 0, as in play.
    pub(super) fn behaved(&self, any: bool) -> i64 {
        let parts = i64::try_from(R_PARTS).unwrap_or(0);
        if any && self.side == Side::Best { parts * self.behaviour } else { 0 }
    }

    /// A sum as what it stands for: a score, or trust, 0 to 100. Sums are between 0 and 100 of it.
    pub(super) fn shown(&self, value: Value) -> Ratio {
        let weight = i128::from(value.weight);
        // What is the same in every play: bypass is counted from 100 down, and no insights are all of them.
        let same = match self.wanted {
            Wanted::Trust => 0,
            Wanted::Score => self.declared * (2500 + if self.no_insights { 1500 } else { 0 }),
        };
        let turned = match self.side {
            Side::Best => value.num,
            Side::Worst => -value.num,
        };
        let num = turned + i128::from(same) * weight;
        let den = match self.wanted {
            Wanted::Trust => weight,
            Wanted::Score => 400 * i128::from(self.declared) * weight,
        };
        // A bound may lie outside of what there can be.
        let num = num.clamp(0, 100 * den);
        Ratio::new(u64::try_from(num).unwrap_or(u64::MAX), u64::try_from(den).unwrap_or(u64::MAX))
    }
}

/// A sum, exactly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    /// Points times weight.
    pub(super) num: i128,
    /// At least 1.
    pub(super) weight: u64,
}

impl Value {
    /// The largest whole number that isn't larger than `scale` times this.
    pub(super) fn times(self, scale: i64) -> i64 {
        let scaled = (self.num * i128::from(scale)).div_euclid(i128::from(self.weight));
        i64::try_from(scaled).unwrap_or(i64::MAX)
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Value {}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.num * i128::from(other.weight)).cmp(&(other.num * i128::from(self.weight)))
    }
}

/// How an ending is ranked, if a node is one.
pub(super) fn kind_at(program: &Program, node: &Node) -> Option<EndingKind> {
    match node.place {
        Place::Ending(ending) => program.endings.get(ending as usize).copied(),
        Place::Scene(_) | Place::Nowhere => None,
    }
}
