//! The best play from a state: a beam of promising plays first, then depth first through all that could be better.
//!
//! A branch is left where not more can be had of it than was found already, and where an equal state was gone through
//! with as little lost. Out of budget, the most that the branches left open could bring is the bound.

use super::aim::{Value, kind_at};
use super::bounds::{Bounds, Spot};
use super::hash::{FastMap, FastSet};
use super::lens::Lens;
use super::outline::Outline;
use super::progress::Progress;
use super::skeleton::Skeleton;
use crate::engine::Place;
use crate::engine::score::R_PARTS;
use crate::terms::Meters;

/// Plays that go on in step, at most and at least, and their steps in all.
const BEAM: (usize, usize, usize) = (48, 4, 20_000);

/// A choice and where it led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Leg {
    /// The option's place in its scene.
    pub(super) option: u8,
    pub(super) node: u32,
    pub(super) meters: Meters,
}

/// A state with what was lost on the way to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stand {
    pub(super) node: u32,
    pub(super) meters: Meters,
    pub(super) lost: u64,
    pub(super) weight: u64,
}

/// A state that can be gone to.
#[derive(Clone, Copy, Debug)]
struct Child {
    option: u8,
    to: Stand,
    /// The most that it can bring, scaled.
    most: i64,
}

/// What a search came to.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// The best play found, from which of the starts, and its value; nothing if none ends.
    pub(super) best: Option<(Value, usize, Vec<Leg>)>,
    /// What it can be at most, if that isn't the best found.
    pub(super) at_most: Option<Value>,
    /// States gone through.
    pub(super) states: u64,
}

/// A search under way.
pub(super) struct Search<'s, 'p> {
    pub(super) skeleton: &'s mut Skeleton<'p>,
    pub(super) outline: &'s Outline,
    pub(super) bounds: &'s Bounds,
    pub(super) lens: &'s Lens,
    progress: &'s Progress,
    /// States that may be gone through.
    pub(super) budget: u64,
    pub(super) outcome: Outcome,
    /// What a branch must bring more than, scaled.
    floor: i64,
    met: FastMap<(u32, [u8; 4], u64), u64>,
}

impl<'s, 'p> Search<'s, 'p> {
    pub(super) fn new(
        skeleton: &'s mut Skeleton<'p>,
        (outline, bounds, lens): (&'s Outline, &'s Bounds, &'s Lens),
        progress: &'s Progress,
        budget: u64,
    ) -> Self {
        let outcome = Outcome::default();
        Self { skeleton, outline, bounds, lens, progress, budget, outcome, floor: i64::MIN, met: FastMap::default() }
    }

    /// The best from any of these states.
    pub(super) fn run(mut self, starts: &[Stand]) -> Outcome {
        for (at, start) in starts.iter().enumerate() {
            if let Some(child) = self.child(0, *start, || (at, Vec::new())) {
                self.beam(at, child);
            }
        }
        let mut left = None;
        for (at, start) in starts.iter().enumerate() {
            if let Some(child) = self.child(0, *start, || (at, Vec::new())) {
                left = left.max(self.dive(at, child));
            }
        }
        let scale = u64::try_from(self.bounds.scale).unwrap_or(1);
        self.outcome.at_most = left.map(|most| Value { num: i128::from(most), weight: scale });
        self.outcome
    }

    /// States that promising plays pass through.
    pub(super) fn scout(mut self, starts: &[Stand]) -> Vec<Stand> {
        let mut states = Vec::new();
        for (at, start) in starts.iter().enumerate() {
            if let Some(child) = self.child(0, *start, || (at, Vec::new())) {
                states.extend(self.beam(at, child));
            }
        }
        states
    }

    /// What going to a state is worth looking at: nothing if it is no better than what was found. An ending is weighed
    /// at once.
    fn child(&mut self, option: u8, to: Stand, path: impl FnOnce() -> (usize, Vec<Leg>)) -> Option<Child> {
        let node = self.skeleton.node(to.node);
        if let Some(kind) = kind_at(self.skeleton.program, node) {
            let value = self.bounds.aim.value(kind, node.found.0, to.meters, (to.lost, to.weight));
            if self.outcome.best.as_ref().is_none_or(|(best, ..)| value > *best) {
                let (start, legs) = path();
                self.floor = value.times(self.bounds.scale);
                self.outcome.best = Some((value, start, legs));
            }
            return None;
        }
        let place = self.outline.of_node(self.skeleton.program, to.node, node.place)?;
        let spot = Spot { place, meters: to.meters, found: node.found };
        let most = self.bounds.most(self.outline, spot, to.lost, to.weight)?;
        (most > self.floor).then_some(Child { option, to, most })
    }

    /// Adds the states that can follow and are worth looking at. `path` is how the state was come to.
    fn expand(&mut self, from: Stand, into: &mut Vec<Child>, path: impl Fn() -> (usize, Vec<Leg>)) {
        self.outcome.states += 1;
        self.progress.state();
        let edges = self.skeleton.edges(from.node);
        let (mut low, mut high) = (u8::MAX, 0);
        for edge in edges.iter().filter(|edge| self.skeleton.is_open(from.node, edge, from.meters)) {
            low = low.min(edge.key);
            high = high.max(edge.key);
        }
        let weight = match self.skeleton.node(from.node).place {
            Place::Scene(scene) if low < high => u64::from(self.skeleton.program.scenes[scene as usize].scored.weight),
            Place::Scene(_) | Place::Ending(_) | Place::Nowhere => 0,
        };
        let aim = self.bounds.aim;
        let mut ends = Vec::with_capacity(2);
        for edge in edges.iter() {
            if !self.skeleton.is_open(from.node, edge, from.meters) {
                continue;
            }
            let r = u64::from(edge.key - low) * R_PARTS / u64::from((high - low).max(1));
            let (lost, weight) =
                if aim.behaviour == 0 { (0, 0) } else { (from.lost + aim.loss(weight, r), from.weight + weight) };
            ends.clear();
            self.skeleton.step(edge, from.meters, |node, meters| ends.push((node, meters)));
            for (node, meters) in &ends {
                let leg = Leg { option: edge.option, node: *node, meters: *meters };
                let to = Stand { node: *node, meters: *meters, lost, weight };
                let child = self.child(edge.option, to, || {
                    let (start, mut legs) = path();
                    legs.push(leg);
                    (start, legs)
                });
                into.extend(child);
            }
        }
    }

    fn key(&self, stand: &Stand) -> (u32, [u8; 4], u64) {
        let seen = match self.skeleton.node(stand.node).place {
            Place::Scene(scene) => self.lens.see(scene, stand.meters),
            Place::Ending(_) | Place::Nowhere => [0; 4],
        };
        (stand.node, seen, stand.weight)
    }

    /// Promising plays, side by side, to have something good to compare with.
    fn beam(&mut self, start: usize, first: Child) -> Vec<Stand> {
        // Every state met, and what it was come from.
        let mut met: Vec<(Child, u32)> = vec![(first, u32::MAX)];
        let mut layer: Vec<u32> = vec![0];
        let (most, least, steps) = BEAM;
        let width = (steps / self.skeleton.program.scenes.len().max(1)).clamp(least, most);
        let mut children = Vec::new();
        let mut next: Vec<(Child, u32)> = Vec::new();
        // It costs little and is done in any budget; but a story without end has no last layer.
        let mut layers = 4 * self.skeleton.program.scenes.len() + 1000;
        while !layer.is_empty() && layers > 0 {
            layers -= 1;
            next.clear();
            for from in &layer {
                children.clear();
                let stand = met[*from as usize].0.to;
                self.expand(stand, &mut children, || (start, legs(&met, *from)));
                next.extend(children.iter().map(|child| (*child, *from)));
            }
            next.sort_by_key(|(child, _)| std::cmp::Reverse(child.most));
            let mut taken: FastSet<_> = FastSet::default();
            next.retain(|(child, _)| {
                taken.len() < width && child.most > self.floor && taken.insert(self.key(&child.to))
            });
            layer.clear();
            for entry in &next {
                layer.push(u32::try_from(met.len()).unwrap_or(u32::MAX));
                met.push(*entry);
            }
        }
        met.into_iter().map(|(child, _)| child.to).collect()
    }

    /// Everything that could be better; gives back the most that was left open, if the budget ran out.
    fn dive(&mut self, start: usize, first: Child) -> Option<i64> {
        // Children that wait, of all states on the way; for each such state where its own begin.
        let mut waiting = vec![first];
        let mut frames: Vec<usize> = vec![0];
        let mut way: Vec<Leg> = Vec::new();
        let mut left = None;
        while let Some(begin) = frames.last().copied() {
            if waiting.len() == begin {
                frames.pop();
                way.pop();
                continue;
            }
            let Some(child) = waiting.pop() else {
                break;
            };
            if child.most <= self.floor {
                continue;
            }
            if self.outcome.states >= self.budget {
                left = left.max(Some(child.most));
                continue;
            }
            let key = self.key(&child.to);
            let seen = self.met.entry(key).or_insert(u64::MAX);
            if *seen <= child.to.lost {
                continue;
            }
            *seen = child.to.lost;
            way.push(Leg { option: child.option, node: child.to.node, meters: child.to.meters });
            let begin = waiting.len();
            // The first leg is where the play stands at the start.
            self.expand(child.to, &mut waiting, || (start, way[1..].to_vec()));
            // The most promising is taken first, from the end.
            waiting[begin..].sort_by_key(|child| child.most);
            frames.push(begin);
        }
        left
    }
}

/// How a state of a beam was come to.
fn legs(met: &[(Child, u32)], mut at: u32) -> Vec<Leg> {
    let mut legs = Vec::new();
    while let Some((child, from)) = met.get(at as usize) {
        if *from == u32::MAX {
            break;
        }
        legs.push(Leg { option: child.option, node: child.to.node, meters: child.to.meters });
        at = *from;
    }
    legs.reverse();
    legs
}
