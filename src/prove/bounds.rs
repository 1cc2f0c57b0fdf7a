//! How much can be had at most from a state: never less than what really can be.
//!
//! The sum of one table for each meter and one for behaviour, insights and endings, each going its own best way, for
//! each kind of ending by itself. So that they don't part too far, options have prices: what one is credited with in
//! the last table is taken off in the meters'. That is sound for any prices, since a real play pays and is paid alike.

use super::aim::Aim;
use super::meters::{MeterTable, Moves, NEVER, Task};
use super::outline::Outline;
use crate::engine::Place;
use crate::engine::program::Program;
use crate::terms::{EndingKind, Meter, Meters};

/// No such ending.
const NONE: i64 = i64::MIN;

/// Tables for one aim.
#[derive(Debug)]
pub(super) struct Bounds {
    pub(super) aim: Aim,
    /// Sums here are times this: the most weight that a play can have, so that all stays whole.
    pub(super) scale: i64,
    /// Whether there is a most weight; if not, nothing is lost on the way as far as is known.
    finite: bool,
    meters: Vec<MeterTable>,
    rest: Vec<[i64; EndingKind::ALL.len()]>,
}

/// What tables are made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground<'p> {
    pub(super) program: &'p Program,
    pub(super) moves: &'p Moves,
    pub(super) outline: &'p Outline,
    /// Knots of scenes, ends first, and whether each is a loop.
    pub(super) knots: &'p [(Vec<u32>, bool)],
}

impl Bounds {
    /// Tables for plays of at most this weight (nothing: no end of it), at these prices by option and meter.
    pub(super) fn new(ground: Ground<'_>, aim: Aim, weight: Option<u64>, prices: &[[i32; 4]]) -> Self {
        let Ground { program, moves, knots, .. } = ground;
        let table =
            |meter: usize| MeterTable::new(Task { program, moves, knots, meter, worth: aim.meters[meter], prices });
        let meters = (0..4).map(table).collect();
        let scale = weight.map_or(1, |weight| i64::try_from(weight.max(1)).unwrap_or(i64::MAX));
        let mut bounds = Self { aim, scale, finite: weight.is_some(), meters, rest: Vec::new() };
        bounds.rest = bounds.fill(ground, prices);
        bounds
    }

    /// The table of the rest, from the ends backwards.
    fn fill(&self, Ground { program, outline, .. }: Ground<'_>, prices: &[[i32; 4]]) -> Vec<[i64; 5]> {
        let aim = &self.aim;
        let behaviour = if self.finite { aim.behaviour } else { 0 };
        let mut rest = vec![[NONE; EndingKind::ALL.len()]; outline.places.len()];
        for (knot, goes_round) in &outline.knots {
            // Going round never gains anything: there is no price on it, and what is lost is never less than nothing.
            for _ in 0..=knot.len() {
                let mut changed = false;
                for place in knot {
                    let at = *place as usize;
                    let mut cell = rest[at];
                    if let Place::Ending(ending) = outline.places[at] {
                        let kind = program.endings[ending as usize];
                        let found = if outline.tracks_facts { i64::from(outline.found[at]) } else { 0 };
                        cell[kind.index()] = self.scale * (aim.insight * found + aim.ending * i64::from(kind.value()));
                    }
                    for link in &outline.links[at] {
                        let lost = i64::try_from(link.loss(aim)).unwrap_or(i64::MAX);
                        let paid: i32 = prices.get(link.option as usize).map_or(0, |prices| prices.iter().sum());
                        let gain = self.scale * i64::from(paid) - if behaviour == 0 { 0 } else { behaviour * lost };
                        for end in &link.ends {
                            for (mine, theirs) in cell.iter_mut().zip(rest[*end as usize]) {
                                if theirs != NONE {
                                    *mine = (*mine).max(theirs + gain);
                                }
                            }
                        }
                    }
                    changed |= cell != rest[at];
                    rest[at] = cell;
                }
                if !goes_round || !changed {
                    break;
                }
            }
        }
        rest
    }

    /// The most that can be had, times the scale, from a scene with these meters, where so much has been lost of so
    /// much weight; nothing if no ending can be come to.
    pub(super) fn most(&self, outline: &Outline, spot: Spot, lost: u64, weight: u64) -> Option<i64> {
        let Place::Scene(scene) = outline.places[spot.place as usize] else {
            return None;
        };
        let cells = [0, 1, 2, 3].map(|meter| self.meters[meter].at(scene, spot.meters.get(Meter::ALL[meter])));
        let rest = &self.rest[spot.place as usize];
        let mut most: Option<i64> = None;
        for kind in 0..EndingKind::ALL.len() {
            if rest[kind] == NONE || cells.iter().any(|cell| cell[kind] == NEVER) {
                continue;
            }
            let meters: i64 = cells.iter().map(|cell| i64::from(cell[kind])).sum();
            most = most.max(Some(rest[kind] + self.scale * meters));
        }
        let aim = &self.aim;
        let insights = match (outline.tracks_facts, aim.insight > 0) {
            (true, _) => 0,
            (false, true) => i64::from(spot.found.1),
            (false, false) => i64::from(spot.found.0),
        };
        let ahead = outline.most_weight[spot.place as usize];
        let in_all = ahead.map(|ahead| ahead + weight);
        let before = match in_all {
            Some(in_all) if in_all > 0 && self.finite => {
                let lost = i128::from(aim.behaviour) * i128::from(lost) * i128::from(self.scale);
                i64::try_from(lost / i128::from(in_all)).unwrap_or(i64::MAX)
            }
            _ => 0,
        };
        Some(most? + self.scale * (aim.insight * insights + aim.behaved(in_all != Some(0))) - before)
    }
}

/// Where a play stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// Its place in the outline.
    pub(super) place: u32,
    pub(super) meters: Meters,
    /// Insights found, and the most that can be.
    pub(super) found: (u32, u32),
}
