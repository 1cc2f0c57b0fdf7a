//! A story without its meters: places with the facts that still matter there, equal ones merged.
//!
//! A state of play is a node of the skeleton and four meters. What depends on facts alone is worked out once a node.

use std::sync::Arc;

use super::facts::{Facts, Live, kept};
use super::hash::FastMap;
use super::view::{Truth, View};
use super::walk::{Onward, walk};
use crate::engine::program::{Program, Span, Target};
use crate::engine::{Place, State};
use crate::terms::{Effect, Meters};

/// A place with facts.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) facts: Facts,
    /// Insights found here, and the most that can be found by the end.
    pub(super) found: (u32, u32),
    edges: Option<Arc<[Edge]>>,
}

/// An option that can be open at a node.
#[derive(Debug)]
pub(super) struct Edge {
    /// Its place in its scene.
    pub(super) option: u8,
    /// Its place in the program.
    pub(super) at: u32,
    /// 0 to 4.
    pub(super) key: u8,
    pub(super) effect: Effect,
    /// What the meters must be for it to be open, if they matter.
    pub(super) when: Option<Span>,
    way: Way,
}

#[derive(Debug)]
enum Way {
    /// Effects of echoes, and the node, for each way that draws can go.
    Settled(Vec<(Vec<Effect>, u32)>),
    /// Meters are asked on the way: the facts with which it is gone, and the nodes that it can lead to.
    Tested(Facts, Vec<(Place, u32)>),
}

impl Edge {
    /// The nodes that it can lead to.
    pub(super) fn ends(&self) -> impl Iterator<Item = u32> {
        let (settled, tested) = match &self.way {
            Way::Settled(ends) => (Some(ends.iter().map(|(_, node)| *node)), None),
            Way::Tested(_, ends) => (None, Some(ends.iter().map(|(_, node)| *node))),
        };
        settled.into_iter().flatten().chain(tested.into_iter().flatten())
    }
}

/// The nodes met so far.
#[derive(Debug)]
pub(super) struct Skeleton<'p> {
    pub(super) program: &'p Program,
    pub(super) live: Vec<Live>,
    nodes: Vec<Node>,
    index: FastMap<(Place, Facts), u32>,
}

impl<'p> Skeleton<'p> {
    pub(super) fn new(program: &'p Program) -> Self {
        Self { program, live: Live::of(program), nodes: Vec::new(), index: FastMap::default() }
    }

    /// How many nodes have been met.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn node(&self, node: u32) -> &Node {
        &self.nodes[node as usize]
    }

    /// The node of a state.
    pub(super) fn of(&mut self, state: &State) -> u32 {
        self.meet(state.place, Facts::of(state))
    }

    /// The node of a place, with facts that may not matter there.
    pub(super) fn meet(&mut self, place: Place, facts: Facts) -> u32 {
        let key = (place, kept(&self.live, place, facts));
        if let Some(node) = self.index.get(&key) {
            return *node;
        }
        let node = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let found = key.1.insights.count_ones();
        let most = match place {
            Place::Scene(scene) => (key.1.insights | self.live[scene as usize].learn).count_ones(),
            Place::Ending(_) | Place::Nowhere => found,
        };
        let most = most.min(self.program.insights.max(found));
        self.nodes.push(Node { place, facts: key.1.clone(), found: (found, most), edges: None });
        self.index.insert(key, node);
        node
    }

    /// The facts with which a play begins.
    pub(super) fn nothing_gained(&self) -> Facts {
        Facts { once: vec![0; self.program.once.div_ceil(64) as usize].into(), ..Facts::default() }
    }

    /// Every state in which a play can stand before its first decision.
    pub(super) fn starts(&mut self) -> Vec<(u32, Meters)> {
        let facts = self.nothing_gained();
        let mut found = Vec::new();
        let from = [Target::Scene(self.program.start)];
        walk(self.program, &facts, (self.program.meters, &from), |_| {}, |place, meters| found.push((place, meters)));
        let starts: Vec<_> =
            found.into_iter().map(|(place, meters)| (self.meet(place, facts.clone()), meters)).collect();
        starts
    }

    /// The options that can be open at a node, in authored order; none at an ending.
    pub(super) fn edges(&mut self, node: u32) -> Arc<[Edge]> {
        if let Some(edges) = &self.nodes[node as usize].edges {
            return Arc::clone(edges);
        }
        let edges: Arc<[Edge]> = self.find_edges(node).into();
        self.nodes[node as usize].edges = Some(Arc::clone(&edges));
        edges
    }

    fn find_edges(&mut self, node: u32) -> Vec<Edge> {
        let Node { place: Place::Scene(scene), ref facts, .. } = self.nodes[node as usize] else {
            return Vec::new();
        };
        let (program, here) = (self.program, facts.clone());
        let view = View::facts(Some(&here));
        let mut edges = Vec::new();
        let options = program.scenes[scene as usize].options;
        for (place, at) in (0_u8..).zip(options.start..options.end) {
            let option = &program.options[at as usize];
            let truth = if here.has_spent(option) { Truth::No } else { view.truth(program, option.when) };
            if truth == Truth::No {
                continue;
            }
            let facts = here.after(option);
            let mut targets = Vec::new();
            let settled = View::facts(Some(&facts)).targets(program, option.exits, |to| targets.push(to));
            let onward = if settled {
                Onward::from(program, Some(&facts), &targets)
            } else {
                Onward::unsettled(program, &facts, &targets)
            };
            let way = match onward {
                Onward::Settled(ends) => Way::Settled(
                    ends.into_iter().map(|(effects, place)| (effects, self.meet(place, facts.clone()))).collect(),
                ),
                Onward::Tested(places) => {
                    let ends = places.into_iter().map(|place| (place, self.meet(place, facts.clone()))).collect();
                    Way::Tested(facts, ends)
                }
            };
            let when = (truth == Truth::Maybe).then_some(option.when);
            edges.push(Edge { option: place, at, key: option.key.get(), effect: option.effect, when, way });
        }
        edges
    }

    /// Whether an edge of a node is open at these meters.
    pub(super) fn is_open(&self, node: u32, edge: &Edge, meters: Meters) -> bool {
        edge.when.is_none_or(|when| View::whole(&self.node(node).facts, meters).truth(self.program, when) == Truth::Yes)
    }

    /// Calls for every state that an open edge can lead to from these meters.
    pub(super) fn step(&self, edge: &Edge, meters: Meters, mut call: impl FnMut(u32, Meters)) {
        let meters = meters.after(edge.effect);
        match &edge.way {
            Way::Settled(ends) => {
                for (effects, node) in ends {
                    call(*node, effects.iter().fold(meters, |meters, effect| meters.after(*effect)));
                }
            }
            Way::Tested(facts, ends) => {
                let exits = self.program.options[edge.at as usize].exits;
                let mut targets = Vec::new();
                View::whole(facts, meters).targets(self.program, exits, |to| targets.push(to));
                walk(
                    self.program,
                    facts,
                    (meters, &targets),
                    |_| {},
                    |place, meters| {
                        if let Some((_, node)) = ends.iter().find(|(end, _)| *end == place) {
                            call(*node, meters);
                        }
                    },
                );
            }
        }
    }

    /// Meets everything that can follow from these nodes, whatever the meters; `false` if there are more than `most`
    /// nodes.
    pub(super) fn close(&mut self, from: &[u32], most: usize) -> bool {
        let mut open: Vec<u32> = from.to_vec();
        let mut met = vec![false; self.nodes.len()];
        while let Some(node) = open.pop() {
            if self.nodes.len() > most {
                return false;
            }
            if met.len() < self.nodes.len() {
                met.resize(self.nodes.len(), false);
            }
            if std::mem::replace(&mut met[node as usize], true) {
                continue;
            }
            open.extend(self.edges(node).iter().flat_map(Edge::ends));
        }
        true
    }
}
