//! Everything that plays didn't come across, gone after state by state.
//!
//! States that the rest of the story can't tell apart are one; scenes from which nothing open can be met are left
//! out. If the budget lasts to the end, what wasn't met can't be. A state that is met on the way from itself goes on
//! for ever.

use super::facts::program_graph;
use super::graph::leading_to;
use super::hash::FastMap;
use super::lens::Lens;
use super::progress::Progress;
use super::search::Leg;
use super::skeleton::Skeleton;
use super::targets::{Reach, Target, Targets, Witness, shown};
use super::view::View;
use super::walk::{Sight, walk};
use super::witness::{Sought, seed_of_beginning};
use crate::engine::program::{Program, Target as To};
use crate::engine::{Chosen, Place};
use crate::terms::Meters;

/// A state and how it was come to.
struct Met {
    node: u32,
    meters: Meters,
    /// The state before it, and the option chosen there.
    from: Option<(u32, u8)>,
    /// Whether it is on the way that is being gone.
    on_the_way: bool,
}

/// The search.
pub(super) struct Hunt<'s, 'p> {
    skeleton: &'s mut Skeleton<'p>,
    lens: Lens,
    targets: &'s mut Targets,
    plays: &'s mut Vec<Witness>,
    /// Scenes from which something open may be met.
    wanted: Vec<bool>,
    met: Vec<Met>,
    index: FastMap<(u32, [u8; 4]), u32>,
    /// What is still open.
    left: usize,
    progress: &'s Progress,
}

/// A state whose successors are gone through.
struct Frame {
    state: u32,
    next: Vec<(u8, u32, Meters)>,
}

impl<'s, 'p> Hunt<'s, 'p> {
    pub(super) fn new(
        skeleton: &'s mut Skeleton<'p>,
        targets: &'s mut Targets,
        plays: &'s mut Vec<Witness>,
        progress: &'s Progress,
    ) -> Self {
        let program = skeleton.program;
        let (wanted, left) = (wanted(program, targets), targets.open().count());
        let lens = Lens::new(program, [false; 4]);
        Self { skeleton, lens, targets, plays, wanted, met: Vec::new(), index: FastMap::default(), left, progress }
    }

    /// Goes through all that follows from the start; gives back the states gone through.
    pub(super) fn run(mut self, budget: u64) -> u64 {
        let program = self.skeleton.program;
        let facts = self.skeleton.nothing_gained();
        let mut sights = Vec::new();
        let from = [To::Scene(program.start)];
        walk(program, &facts, (program.meters, &from), |sight| sights.push(sight), |_, _| {});
        for target in sights.into_iter().filter_map(of_sight) {
            if self.targets.is_open(target) {
                let witness =
                    seed_of_beginning(program, |events| events.iter().any(|event| shown(*event) == Some(target)));
                self.meet(target, witness);
            }
        }
        let mut finished = true;
        for (node, meters) in self.skeleton.starts() {
            finished &= self.search(node, meters, budget);
        }
        if finished {
            self.targets.close();
        }
        self.met.len() as u64
    }

    /// Whether it went through everything.
    fn search(&mut self, node: u32, meters: Meters, budget: u64) -> bool {
        let mut frames = Vec::new();
        frames.extend(self.enter(node, meters, None).map(|state| self.frame(state)));
        while let Some(frame) = frames.last_mut() {
            let from = frame.state;
            let Some((option, node, meters)) = frame.next.pop() else {
                self.met[from as usize].on_the_way = false;
                frames.pop();
                continue;
            };
            if self.met.len() as u64 >= budget {
                return false;
            }
            if let Some(state) = self.enter(node, meters, Some((from, option))) {
                let frame = self.frame(state);
                frames.push(frame);
            }
            if self.left == 0 {
                return true;
            }
        }
        true
    }

    /// A state that is new and worth going on from.
    fn enter(&mut self, node: u32, meters: Meters, from: Option<(u32, u8)>) -> Option<u32> {
        let scene = match self.skeleton.node(node).place {
            Place::Scene(scene) => scene,
            Place::Ending(_) => return None,
            Place::Nowhere => {
                if let Some((before, option)) = from {
                    self.goes_on_for_ever(before, option);
                }
                return None;
            }
        };
        if !self.wanted[scene as usize] {
            return None;
        }
        let key = (node, self.lens.see(scene, meters));
        if let Some(state) = self.index.get(&key).copied() {
            if let Some((before, option)) = from
                && self.met[state as usize].on_the_way
            {
                self.goes_on_for_ever(before, option);
            }
            return None;
        }
        let state = u32::try_from(self.met.len()).unwrap_or(u32::MAX);
        self.index.insert(key, state);
        self.progress.state();
        self.met.push(Met { node, meters, from, on_the_way: true });
        Some(state)
    }

    fn goes_on_for_ever(&mut self, before: u32, option: u8) {
        let Place::Scene(scene) = self.skeleton.node(self.met[before as usize].node).place else {
            return;
        };
        let target = Target::Endless(scene);
        if self.targets.is_open(target) {
            let witness = self.sought(before).witness_and(self.skeleton.program, Chosen(option), |_| true);
            self.meet(target, witness);
        }
    }

    /// What can be met at a state and on the ways from it.
    fn frame(&mut self, state: u32) -> Frame {
        let program = self.skeleton.program;
        let Met { node, meters, .. } = self.met[state as usize];
        let mut next = Vec::new();
        let mut open = false;
        let facts = self.skeleton.node(node).facts.clone();
        for edge in self.skeleton.edges(node).iter() {
            if !self.skeleton.is_open(node, edge, meters) {
                continue;
            }
            open = true;
            let option = &program.options[edge.at as usize];
            let (facts, meters) = (facts.after(option), meters.after(option.effect));
            let (mut targets, mut sights) = (Vec::new(), Vec::new());
            View::whole(&facts, meters).targets(program, option.exits, |to| targets.push(to));
            let mut ends = Vec::new();
            let see = |sight| sights.push(sight);
            walk(program, &facts, (meters, &targets), see, |place, meters| ends.push((place, meters)));
            next.extend(
                ends.into_iter().map(|(place, meters)| (edge.option, self.skeleton.meet(place, facts.clone()), meters)),
            );
            if self.targets.is_open(Target::Option(edge.at)) {
                let witness = self.sought(state).witness_and(program, Chosen(edge.option), |_| true);
                self.meet(Target::Option(edge.at), witness);
            }
            for target in sights.into_iter().filter_map(of_sight) {
                if self.targets.is_open(target) {
                    let happens = |events: &[_]| events.iter().any(|event| shown(*event) == Some(target));
                    let witness = self.sought(state).witness_and(program, Chosen(edge.option), happens);
                    self.meet(target, witness);
                }
            }
        }
        if let (false, Place::Scene(scene)) = (open, self.skeleton.node(node).place)
            && self.targets.is_open(Target::Stuck(scene))
        {
            let witness = self.sought(state).witness(program);
            self.meet(Target::Stuck(scene), witness);
        }
        Frame { state, next }
    }

    fn meet(&mut self, target: Target, witness: Witness) {
        if let Some(reach) = self.targets.get_mut(target) {
            let (play, choices) = (self.plays.len(), witness.choices.len());
            *reach = Reach::Met(u32::try_from(play).unwrap_or(u32::MAX), u32::try_from(choices).unwrap_or(u32::MAX));
            self.plays.push(witness);
            self.left = self.left.saturating_sub(1);
        }
    }

    /// How a state was come to.
    fn sought(&self, state: u32) -> Sought {
        let mut legs = Vec::new();
        let mut at = &self.met[state as usize];
        while let Some((before, option)) = at.from {
            legs.push(Leg { option, node: at.node, meters: at.meters });
            at = &self.met[before as usize];
        }
        legs.reverse();
        Sought::new(self.skeleton, (at.node, at.meters), &legs)
    }
}

/// What is met.
fn of_sight(sight: Sight) -> Option<Target> {
    Some(match sight {
        Sight::Scene(scene) => Target::Scene(scene),
        Sight::Echo(echo) => Target::Echo(echo),
        Sight::Ending(ending) => Target::Ending(ending),
        Sight::Silent(_) | Sight::Passed(..) => return None,
    })
}

/// The scenes from which something open may be met.
fn wanted(program: &Program, targets: &mut Targets) -> Vec<bool> {
    let mut own = vec![false; program.scenes.len()];
    for (scene, here) in (0..).zip(&program.scenes) {
        let gotos = program.options[here.options.range()].iter().map(|option| option.exits).chain([here.exits]);
        let mut exits = gotos.flat_map(|exits| &program.exits[exits.range()]);
        own[scene as usize] = exits.any(|exit| match exit.to {
            To::Ending(ending) => targets.is_open(Target::Ending(ending)),
            To::Scene(_) => false,
        }) || [Target::Scene(scene), Target::Stuck(scene), Target::Endless(scene)]
            .into_iter()
            .chain((here.options.start..here.options.end).map(Target::Option))
            .chain((here.echoes.start..here.echoes.end).map(Target::Echo))
            .any(|target| targets.is_open(target));
    }
    leading_to(&program_graph(program), |scene| own[scene as usize])
}
