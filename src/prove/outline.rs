//! What can still be lost and learned, whatever the meters: a graph of places without them.
//!
//! Where there are few enough of them its places are the nodes of the skeleton, facts and all; else the scenes alone,
//! and every condition on facts may hold or not.

use super::aim::{Aim, Side};
use super::graph::{is_loop, knots};
use super::skeleton::{Edge, Node, Skeleton};
use super::view::{Truth, View};
use super::walk::Onward;
use crate::engine::Place;
use crate::engine::program::Program;
use crate::engine::score::R_PARTS;

/// A choice.
#[derive(Debug)]
pub(super) struct Link {
    /// The option, by its place in the program.
    pub(super) option: u32,
    /// The least that is lost looking for the best, and for the worst.
    losses: [u64; 2],
    /// The most weight that it has.
    weight: u64,
    /// Where it can lead.
    pub(super) ends: Vec<u32>,
}

impl Link {
    /// The least that is lost.
    pub(super) fn loss(&self, aim: &Aim) -> u64 {
        match aim.side {
            Side::Best => self.losses[0],
            Side::Worst => self.losses[1],
        }
    }
}

/// The graph.
#[derive(Debug)]
pub(super) struct Outline {
    /// Whether its places are the skeleton's nodes.
    pub(super) tracks_facts: bool,
    pub(super) places: Vec<Place>,
    /// Insights found, where facts are tracked.
    pub(super) found: Vec<u32>,
    pub(super) links: Vec<Vec<Link>>,
    /// Knots, ends first, and whether each is a loop.
    pub(super) knots: Vec<(Vec<u32>, bool)>,
    /// The most weight of decisions from each place on; nothing if there may be no end of it.
    pub(super) most_weight: Vec<Option<u64>>,
}

impl Outline {
    /// From a skeleton in which everything that matters has been met.
    pub(super) fn of_skeleton(skeleton: &mut Skeleton<'_>) -> Self {
        let count = u32::try_from(skeleton.len()).unwrap_or(u32::MAX);
        let edges: Vec<_> = (0..count).map(|node| skeleton.edges(node)).collect();
        let program = skeleton.program;
        let link = |node: &Node, edges: &[Edge], edge: &Edge| {
            let others = edges.iter().map(|edge| (edge.key, edge.when.is_none()));
            let mut ends: Vec<u32> = edge.ends().collect();
            ends.dedup();
            Link::new(program, node.place, edge.at, &others.collect::<Vec<_>>(), ends)
        };
        let nodes: Vec<&Node> = (0..count).map(|node| skeleton.node(node)).collect();
        let links =
            nodes.iter().zip(&edges).map(|(node, edges)| edges.iter().map(|edge| link(node, edges, edge)).collect());
        let links = links.collect();
        let places = nodes.iter().map(|node| node.place).collect();
        let found = nodes.iter().map(|node| node.found.0).collect();
        Self::new(true, places, found, links)
    }

    /// From the scenes alone.
    pub(super) fn of_scenes(program: &Program) -> Self {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let (scenes, endings) = (count(program.scenes.len()), count(program.endings.len()));
        let mut places: Vec<Place> = (0..scenes).map(Place::Scene).collect();
        places.extend((0..endings).map(Place::Ending));
        places.push(Place::Nowhere);
        let mut links: Vec<Vec<Link>> = Vec::new();
        for (place, scene) in places.iter().zip(&program.scenes) {
            let options = &program.options[scene.options.range()];
            let view = View::facts(None);
            let truth = |when| view.truth(program, when);
            let keys: Vec<(u8, bool)> = options
                .iter()
                .filter(|option| truth(option.when) != Truth::No)
                .map(|option| (option.key.get(), option.once.is_none() && truth(option.when) == Truth::Yes))
                .collect();
            let mut here = Vec::new();
            for (at, option) in (scene.options.start..).zip(options) {
                if truth(option.when) == Truth::No {
                    continue;
                }
                let mut targets = Vec::new();
                view.targets(program, option.exits, |to| targets.push(to));
                let ends = match Onward::from(program, None, &targets) {
                    Onward::Tested(ends) => ends,
                    Onward::Settled(ends) => ends.into_iter().map(|(_, place)| place).collect(),
                };
                let ends = ends.into_iter().map(|place| scene_index(program, place)).collect();
                here.push(Link::new(program, *place, at, &keys, ends));
            }
            links.push(here);
        }
        links.resize_with(places.len(), Vec::new);
        let found = vec![0; places.len()];
        Self::new(false, places, found, links)
    }

    fn new(tracks_facts: bool, places: Vec<Place>, found: Vec<u32>, links: Vec<Vec<Link>>) -> Self {
        let next = |links: &Vec<Link>| {
            let mut next: Vec<u32> = links.iter().flat_map(|link| link.ends.iter().copied()).collect();
            next.sort_unstable();
            next.dedup();
            next
        };
        let out: Vec<Vec<u32>> = links.iter().map(next).collect();
        let knots: Vec<(Vec<u32>, bool)> = knots(&out)
            .into_iter()
            .map(|knot| {
                let goes_round = is_loop(&knot, &out);
                (knot, goes_round)
            })
            .collect();
        let mut most_weight = vec![Some(0); places.len()];
        for (knot, goes_round) in &knots {
            for place in knot {
                let most = links[*place as usize].iter().flat_map(|link| {
                    let most = &most_weight;
                    link.ends.iter().map(move |end| most[*end as usize].map(|most| most + link.weight))
                });
                let most = most.reduce(|a, b| Some(a?.max(b?))).unwrap_or(Some(0));
                most_weight[*place as usize] = if *goes_round { None } else { most };
            }
        }
        Self { tracks_facts, places, found, links, knots, most_weight }
    }

    /// The place here of a node of the skeleton; nothing if it had not been met when this was made.
    pub(super) fn of_node(&self, program: &Program, node: u32, place: Place) -> Option<u32> {
        if self.tracks_facts {
            return ((node as usize) < self.places.len()).then_some(node);
        }
        Some(scene_index(program, place))
    }
}

fn scene_index(program: &Program, place: Place) -> u32 {
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    match place {
        Place::Scene(scene) => scene,
        Place::Ending(ending) => count(program.scenes.len()) + ending,
        Place::Nowhere => count(program.scenes.len() + program.endings.len()),
    }
}

impl Link {
    /// A choice among options of which the keys are given, and whether each is sure to be open.
    fn new(program: &Program, place: Place, at: u32, keys: &[(u8, bool)], ends: Vec<u32>) -> Self {
        let weight = match place {
            Place::Scene(scene) => u64::from(program.scenes[scene as usize].scored.weight),
            Place::Ending(_) | Place::Nowhere => 0,
        };
        let key = program.options[at as usize].key.get();
        // The option itself is open, and every mix of those that may be.
        let sure = || keys.iter().filter(|(_, sure)| *sure).map(|(key, _)| *key).chain([key]);
        let (lowest, highest) = (sure().min().unwrap_or(key), sure().max().unwrap_or(key));
        let any = || keys.iter().map(|(key, _)| *key).chain([key]);
        let (mut losses, mut most) = ([u64::MAX; 2], 0);
        for low in any().filter(|low| *low <= lowest) {
            for high in any().filter(|high| *high >= highest) {
                let range = u64::from(high - low);
                if range == 0 {
                    losses = [0; 2];
                    continue;
                }
                let r = u64::from(key - low) * R_PARTS / range;
                losses[0] = losses[0].min(weight * (R_PARTS - r));
                losses[1] = losses[1].min(weight * r);
                most = weight;
            }
        }
        Self { option: at, losses, weight: most, ends }
    }
}
