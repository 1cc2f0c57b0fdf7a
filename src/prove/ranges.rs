//! What can't be met because of the facts and any one meter: the values that each meter can have in every scene with
//! the facts that matter there, from the start onwards, the meters taken apart.
//!
//! It lets more pass than plays can do, and rules out in a moment what would take all states to search for.

use std::collections::BTreeSet;

use super::facts::{Facts, Live, kept};
use super::hash::FastMap;
use super::meters::Moves;
use super::targets::{Reach, Targets};
use super::view::{Truth, View};
use crate::engine::Place;
use crate::engine::program::{Program, Span, Target};
use crate::terms::{Effect, Meter, Meters};

/// A set of values of a meter, a bit each.
type Values = u128;
/// The values of all meters.
type Ranges = [Values; 4];

/// What ranges are made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground<'p> {
    pub(super) program: &'p Program,
    pub(super) moves: &'p Moves,
    /// Knots of scenes, ends first.
    pub(super) knots: &'p [(Vec<u32>, bool)],
    /// Which facts matter in each scene; nothing if they are left out of account.
    pub(super) live: Option<&'p [Live]>,
}

/// Rules out what can't be met from the start.
pub(super) fn rule_out(ground: Ground<'_>, nothing_gained: Facts, targets: &mut Targets) {
    let program = ground.program;
    let mut work = Work::new(ground);
    let facts = ground.live.map(|_| nothing_gained);
    work.arrive(Target::Scene(program.start), facts, exactly(program.meters));
    while let Some((_, node)) = work.open.pop_first() {
        work.go_on(node as usize);
    }
    let Work { entered, opened, sounded, ended, .. } = work;
    let lists = [
        (&mut targets.scenes, entered),
        (&mut targets.options, opened),
        (&mut targets.echoes, sounded),
        (&mut targets.endings, ended),
    ];
    for (reach, possible) in lists.into_iter().flat_map(|(list, possible)| list.iter_mut().zip(possible)) {
        if !possible && *reach == Reach::Unknown {
            *reach = Reach::Never;
        }
    }
}

fn exactly(meters: Meters) -> Ranges {
    [0, 1, 2, 3].map(|meter| 1 << meters.get(Meter::ALL[meter]))
}

fn each(values: Values) -> impl Iterator<Item = u8> {
    (0..=100).filter(move |value| values >> value & 1 != 0)
}

/// Whether a play can be there: every meter has some value.
fn possible(ranges: Ranges) -> bool {
    ranges.iter().all(|values| *values != 0)
}

/// A scene with facts, and the values with which it can be entered.
struct Node {
    scene: u32,
    facts: Option<Facts>,
    enter: Ranges,
}

struct Work<'p> {
    ground: Ground<'p>,
    /// For every scene how far it is from the ends: those before it come first.
    order: Vec<u32>,
    nodes: Vec<Node>,
    index: FastMap<(u32, Option<Facts>), u32>,
    /// Nodes with new values.
    open: BTreeSet<(u32, u32)>,
    entered: Vec<bool>,
    opened: Vec<bool>,
    sounded: Vec<bool>,
    ended: Vec<bool>,
}

impl<'p> Work<'p> {
    fn new(ground: Ground<'p>) -> Self {
        let program = ground.program;
        let mut order = vec![0; program.scenes.len()];
        for (rank, (knot, _)) in (0..).zip(ground.knots.iter().rev()) {
            for scene in knot {
                order[*scene as usize] = rank;
            }
        }
        Self {
            ground,
            order,
            nodes: Vec::new(),
            index: FastMap::default(),
            open: BTreeSet::new(),
            entered: vec![false; program.scenes.len()],
            opened: vec![false; program.options.len()],
            sounded: vec![false; program.echoes.len()],
            ended: vec![false; program.endings.len()],
        }
    }

    /// Goes on from a scene with facts, with all values that it can be entered with.
    fn go_on(&mut self, node: usize) {
        let program = self.ground.program;
        let Node { scene, ref facts, enter: mut ranges } = self.nodes[node];
        let facts = facts.clone();
        let here = &program.scenes[scene as usize];
        for at in here.echoes.range() {
            let echo = &program.echoes[at];
            let (sounds, silent) = self.split(facts.as_ref(), ranges, echo.when);
            if possible(sounds) {
                self.sounded[at] = true;
                let moved = self.moved(sounds, echo.effect);
                ranges = if possible(silent) { [0, 1, 2, 3].map(|meter| silent[meter] | moved[meter]) } else { moved };
            }
        }
        if here.options.is_empty() {
            self.leave(facts.as_ref(), ranges, here.exits);
        }
        for at in here.options.range() {
            let option = &program.options[at];
            let (open, _) = self.split(facts.as_ref(), ranges, option.when);
            if possible(open) && !facts.as_ref().is_some_and(|facts| facts.has_spent(option)) {
                self.opened[at] = true;
                let facts = facts.as_ref().map(|facts| facts.after(option));
                self.leave(facts.as_ref(), self.moved(open, option.effect), option.exits);
            }
        }
    }

    /// The values with which a condition may hold, and those with which it may not.
    fn split(&self, facts: Option<&Facts>, ranges: Ranges, when: Span) -> (Ranges, Ranges) {
        match View::facts(facts).truth(self.ground.program, when) {
            Truth::Yes => return (ranges, [0; 4]),
            Truth::No => return ([0; 4], ranges),
            Truth::Maybe => {}
        }
        let (mut holds, mut fails) = ([0; 4], [0; 4]);
        for meter in 0..4 {
            for value in each(ranges[meter]) {
                let truth = View::facts(facts).with(meter, value).truth(self.ground.program, when);
                holds[meter] |= Values::from(truth != Truth::No) << value;
                fails[meter] |= Values::from(truth != Truth::Yes) << value;
            }
        }
        (holds, fails)
    }

    fn moved(&self, ranges: Ranges, effect: Effect) -> Ranges {
        [0, 1, 2, 3].map(|meter| {
            if effect.get(Meter::ALL[meter]) == 0 {
                return ranges[meter];
            }
            let moved = self.ground.moves.of(effect, meter);
            each(ranges[meter]).fold(0, |all, value| all | 1 << moved[usize::from(value)])
        })
    }

    fn leave(&mut self, facts: Option<&Facts>, ranges: Ranges, exits: Span) {
        let program = self.ground.program;
        let mut targets = Vec::new();
        if View::facts(facts).targets(program, exits, |to| targets.push(to)) {
            for to in targets {
                self.arrive(to, facts.cloned(), ranges);
            }
            return;
        }
        // The values with which each entry may be taken.
        let mut taken = vec![[0; 4]; exits.len()];
        for meter in 0..4 {
            for value in each(ranges[meter]) {
                let view = View::facts(facts).with(meter, value);
                view.exits(program, exits, |at| taken[(at - exits.start) as usize][meter] |= 1 << value);
            }
        }
        for (exit, ranges) in program.exits[exits.range()].iter().zip(taken) {
            self.arrive(exit.to, facts.cloned(), ranges);
        }
    }

    fn arrive(&mut self, to: Target, facts: Option<Facts>, ranges: Ranges) {
        if !possible(ranges) {
            return;
        }
        let scene = match to {
            Target::Ending(ending) => {
                self.ended[ending as usize] = true;
                return;
            }
            Target::Scene(scene) => scene,
        };
        self.entered[scene as usize] = true;
        let facts = facts.zip(self.ground.live).map(|(facts, live)| kept(live, Place::Scene(scene), facts));
        let next = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let node = *self.index.entry((scene, facts.clone())).or_insert(next);
        if node == next {
            self.nodes.push(Node { scene, facts, enter: [0; 4] });
        }
        let there = &mut self.nodes[node as usize].enter;
        for (values, new) in there.iter_mut().zip(ranges) {
            if new & !*values != 0 {
                *values |= new;
                self.open.insert((self.order[scene as usize], node));
            }
        }
    }
}
