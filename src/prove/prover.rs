//! The prover: what is worked out of a program once, and asked many times.

use std::sync::Arc;

use super::aim::{Aim, Side, Wanted};
use super::bounds::{Bounds, Ground, Spot};
use super::facts::program_graph;
use super::graph::{is_loop, knots};
use super::lens::Lens;
use super::meters::Moves;
use super::outline::Outline;
use super::prices::{around, prices};
use super::progress::Progress;
use super::search::{Leg, Outcome, Search, Stand};
use super::skeleton::Skeleton;
use super::targets::Witness;
use super::witness::Sought;
use crate::engine::program::Program;
use crate::engine::{Chosen, Place, Ratio, State, Tally};
use crate::terms::Meters;

/// Times that prices are drawn up anew.
const PRICINGS: usize = 3;

/// How much may be spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// States that one question may go through.
    pub states: u64,
    /// Places with facts that may be kept in mind all at once; beyond, bounds are coarser.
    pub places: usize,
    /// Whether the program is known to end in every play with an option open everywhere: a checked scenario's is. It
    /// is believed only where it could not be worked out.
    pub checked: bool,
}

impl Limits {
    /// As much as takes a few seconds.
    pub fn of(program: &Program) -> Self {
        let thousands = program.scenes.len() as u64 / 1000;
        Self { states: 2_000_000 / (1 + thousands), ..Self::default() }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { states: 2_000_000, places: 60_000, checked: false }
    }
}

/// The highest or lowest of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extreme {
    /// What is proven: nothing goes beyond it. It is `reached`, unless the budget ran out.
    pub bound: Ratio,
    /// What the play comes to.
    pub reached: Ratio,
    /// Whether `reached` is proven to be the highest or lowest.
    pub complete: bool,
    /// The choices from where it was asked for.
    pub choices: Vec<Chosen>,
    /// Where it leads from place to place, for finding a seed.
    pub(super) legs: Vec<Leg>,
    /// Which of the states before the first decision it begins in.
    pub(super) start: usize,
    /// States gone through.
    pub states: u64,
}

/// Tables for one question.
#[derive(Debug)]
struct Tables {
    bounds: Bounds,
    lens: Lens,
}

/// A program, looked into.
#[derive(Debug)]
pub struct Prover<'p> {
    pub(super) program: &'p Program,
    pub(super) limits: Limits,
    pub(super) skeleton: Skeleton<'p>,
    pub(super) starts: Vec<(u32, Meters)>,
    pub(super) outline: Outline,
    pub(super) moves: Moves,
    pub(super) knots: Vec<(Vec<u32>, bool)>,
    tables: Vec<Tables>,
    pub(super) progress: Arc<Progress>,
}

impl<'p> Prover<'p> {
    /// Looks into a program.
    pub fn new(program: &'p Program, limits: Limits) -> Self {
        let mut skeleton = Skeleton::new(program);
        let starts = skeleton.starts();
        let nodes: Vec<u32> = starts.iter().map(|(node, _)| *node).collect();
        let outline = if skeleton.close(&nodes, limits.places) {
            Outline::of_skeleton(&mut skeleton)
        } else {
            Outline::of_scenes(program)
        };
        let out = program_graph(program);
        let knots = knots(&out).into_iter().map(|knot| (is_loop(&knot, &out), knot)).map(|(a, b)| (b, a)).collect();
        Self {
            program,
            limits,
            skeleton,
            starts,
            outline,
            moves: Moves::new(),
            knots,
            tables: Vec::new(),
            progress: Arc::default(),
        }
    }

    /// Tells how far it is.
    pub fn watched_by(self, progress: Arc<Progress>) -> Self {
        Self { progress, ..self }
    }

    /// The best score that can still be had from a state in play, with what was earned so far; draws ahead fall as one
    /// would wish. Nothing if no play from there ends, or none was found before the budget ran out.
    pub fn best_from(&mut self, state: &State, tally: &Tally) -> Option<Extreme> {
        self.from(Side::Best, state, tally)
    }

    /// The worst score that can still come of a state in play; draws ahead fall as badly as they can.
    pub fn worst_from(&mut self, state: &State, tally: &Tally) -> Option<Extreme> {
        self.from(Side::Worst, state, tally)
    }

    fn from(&mut self, side: Side, state: &State, tally: &Tally) -> Option<Extreme> {
        let aim = Aim::new(self.program, Wanted::Score, side);
        let (lost, weight) = aim.lost(tally);
        let node = self.skeleton.of(state);
        self.ask(aim, &[Stand { node, meters: state.meters, lost, weight }]).0
    }

    /// The highest or lowest of all plays, from the start, and whether that is settled.
    pub(super) fn overall(&mut self, wanted: Wanted, side: Side) -> (Option<Extreme>, bool) {
        let starts = self.own_starts();
        self.ask(Aim::new(self.program, wanted, side), &starts)
    }

    /// Where all plays begin.
    fn own_starts(&self) -> Vec<Stand> {
        let stand = |(node, meters): &(u32, Meters)| Stand { node: *node, meters: *meters, lost: 0, weight: 0 };
        self.starts.iter().map(stand).collect()
    }

    /// The witness of an extreme of all plays.
    pub(super) fn witness(&self, extreme: &Extreme) -> Witness {
        let first = self.starts.get(extreme.start).copied().unwrap_or((0, self.program.meters));
        Sought::new(&self.skeleton, first, &extreme.legs).witness(self.program)
    }

    fn ask(&mut self, aim: Aim, starts: &[Stand]) -> (Option<Extreme>, bool) {
        let unknown = |prover: &Self, start: &&Stand| {
            prover.outline.of_node(prover.program, start.node, prover.skeleton.node(start.node).place).is_none()
        };
        let strange: Vec<u32> = starts.iter().filter(|start| unknown(self, start)).map(|start| start.node).collect();
        if !strange.is_empty() {
            // A state that no play comes to: what follows from it is looked into as well.
            self.outline = if self.skeleton.close(&strange, self.limits.places) {
                Outline::of_skeleton(&mut self.skeleton)
            } else {
                Outline::of_scenes(self.program)
            };
            self.tables.clear();
        }
        let at = self.tables_for(aim, starts);
        let Tables { bounds, lens } = &self.tables[at];
        let search = Search::new(&mut self.skeleton, (&self.outline, bounds, lens), &self.progress, self.limits.states);
        let Outcome { best, at_most, states } = search.run(starts);
        let complete = at_most.is_none();
        let extreme = best.map(|(value, start, legs)| Extreme {
            bound: aim.shown(at_most.map_or(value, |most| most.max(value))),
            reached: aim.shown(value),
            complete,
            choices: legs.iter().map(|leg| Chosen(leg.option)).collect(),
            legs,
            start,
            states,
        });
        (extreme, complete)
    }

    /// The tables for an aim, good for plays of the weight that these can come to.
    fn tables_for(&mut self, aim: Aim, starts: &[Stand]) -> usize {
        let mut most = Some(0);
        let spots = starts.iter().chain(&[]).map(|start| (start.node, start.weight));
        let all = spots.chain(self.starts.iter().map(|(node, _)| (*node, 0)));
        for (node, weight) in all {
            let place = self.outline.of_node(self.program, node, self.skeleton.node(node).place);
            let ahead = place.and_then(|place| self.outline.most_weight[place as usize]);
            most = most.and_then(|most: u64| ahead.map(|ahead| most.max(ahead + weight)));
        }
        let scale = most.map_or(1, |most| i64::try_from(most.max(1)).unwrap_or(i64::MAX));
        let fits = |tables: &Tables| {
            (tables.bounds.aim.wanted, tables.bounds.aim.side) == (aim.wanted, aim.side) && tables.bounds.scale >= scale
        };
        if let Some(at) = self.tables.iter().position(fits) {
            return at;
        }
        let ground = Ground { program: self.program, moves: &self.moves, outline: &self.outline, knots: &self.knots };
        let lens = Lens::new(self.program, aim.counted());
        let own = self.own_starts();
        let mut bounds = Bounds::new(ground, aim, most, &[]);
        // One meter alone has nobody to part from.
        let pricings = if aim.wanted == Wanted::Score { PRICINGS } else { 0 };
        for _ in 0..pricings {
            let search =
                Search::new(&mut self.skeleton, (&self.outline, &bounds, &lens), &self.progress, self.limits.states);
            let states = search.scout(&own);
            let around = around(&self.skeleton, &states);
            let full = prices(ground, &aim, scale, &around);
            let half: Vec<[i32; 4]> = full.iter().map(|prices| prices.map(|price| price / 2)).collect();
            let priced = [full, half].map(|prices| Bounds::new(ground, aim, most, &prices));
            let at_start = |bounds: &Bounds| {
                let spot = |start: &Stand| {
                    let node = self.skeleton.node(start.node);
                    let place = self.outline.of_node(self.program, start.node, node.place)?;
                    let spot = Spot { place, meters: start.meters, found: node.found };
                    bounds.most(&self.outline, spot, start.lost, start.weight)
                };
                own.iter().filter_map(spot).max()
            };
            let better = priced.into_iter().min_by_key(at_start).filter(|priced| at_start(priced) < at_start(&bounds));
            let Some(better) = better else {
                break;
            };
            bounds = better;
        }
        self.tables.push(Tables { bounds, lens });
        self.tables.len() - 1
    }

    /// Whether a place is where plays stop without an ending.
    pub(super) fn is_nowhere(&self, node: u32) -> bool {
        self.skeleton.node(node).place == Place::Nowhere
    }
}
