//! Every play must end: no loop may be gone round for ever.
//!
//! In a play without end, some ways are taken again and again, and every fact gained on them is gained for good. So a
//! way out of that can be left out when it is an option's that can be chosen once only, or when it asks to lack a fact
//! that every round through it gains. What is left may hold no loop.

use std::collections::{HashMap, HashSet, VecDeque};

use super::facts::{Fact, Facts};
use super::flow::Edge;
use super::gotos::{after, before};
use super::reason::{Answer, Reasoner};
use super::resolve::{Draft, title};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::Target;
use crate::scenario::file::{File, Problems, Written};

/// Ways looked at before giving up on a story: no story of a sensible size comes near.
const STEPS: usize = 1_000_000;
/// Scenes named of a loop.
const NAMED: usize = 12;

/// A way between two scenes.
struct Way<'d> {
    edge: &'d Edge<'d>,
    to: usize,
}

/// Reports loops that can be gone round for ever, one for each knot of scenes.
pub(super) fn check(file: &File, draft: &Draft, reasoner: &Reasoner, edges: &[Edge<'_>], problems: &Problems) {
    let scenes = draft.scenario.scenes.len();
    let mut finder = Finder { reasoner, needs: HashMap::new(), steps: STEPS, search: 0, met: vec![0; scenes] };
    let mut ways: Vec<Way<'_>> = Vec::new();
    for edge in edges {
        let known = edge.option.is_none_or(|(at, _)| {
            let known = draft.scenes[edge.from].options[at];
            known.when && known.goto
        }) && (edge.option.is_some() || draft.scenes[edge.from].goto);
        let once = edge.option.is_some_and(|(_, option)| option.once);
        // A condition that could not be read may be the one that ends the loop.
        if let Target::Scene(to) = edge.to
            && known
            && edge.live
            && !once
        {
            ways.push(Way { edge, to: to.index() });
        }
    }
    loop {
        let knots = knots(scenes, &ways);
        ways.retain(|way| knots[way.edge.from] == knots[way.to]);
        let before = ways.len();
        finder.drop_finite(scenes, &knots, &mut ways);
        if ways.is_empty() {
            return;
        }
        if ways.len() == before {
            report(file, &knots, &ways, scenes, finder.steps == 0, problems);
            return;
        }
    }
}

struct Finder<'r> {
    reasoner: &'r Reasoner,
    /// Whether a way (by its place in memory: edges don't move) can be taken only while a fact is lacking.
    needs: HashMap<(usize, Fact), bool>,
    steps: usize,
    /// The number of the search under way, and of the last one that met each scene.
    search: usize,
    met: Vec<usize>,
}

impl Finder<'_> {
    /// Leaves out ways that every loop through them closes.
    fn drop_finite(&mut self, scenes: usize, knots: &[usize], ways: &mut Vec<Way<'_>>) {
        self.steps = self.steps.saturating_sub(ways.len());
        let mut gains: HashMap<usize, Facts> = HashMap::new();
        for way in ways.iter() {
            gains.entry(knots[way.to]).or_default().join(&way.edge.gains);
        }
        let mut out: Vec<Vec<usize>> = vec![Vec::new(); scenes];
        for (at, way) in ways.iter().enumerate() {
            out[way.edge.from].push(at);
        }
        let mut dropped = HashSet::new();
        for (at, way) in ways.iter().enumerate() {
            let mut candidates = named(way.edge);
            let gained = gains.get(&knots[way.to]).copied().unwrap_or_default();
            candidates.insights &= gained.insights;
            for (mine, theirs) in candidates.flags.iter_mut().zip(gained.flags) {
                *mine &= theirs;
            }
            for fact in candidates.iter() {
                if self.steps > 0 && self.needs_lack(way.edge, fact) && self.always_gained(way, fact, &out, ways) {
                    dropped.insert(at);
                    break;
                }
            }
        }
        let mut at = 0;
        ways.retain(|_| {
            at += 1;
            !dropped.contains(&(at - 1))
        });
    }

    /// Whether a way can be taken only by who lacks a fact.
    fn needs_lack(&mut self, edge: &Edge<'_>, fact: Fact) -> bool {
        let key = (std::ptr::from_ref(edge) as usize, fact);
        if let Some(known) = self.needs.get(&key) {
            return *known;
        }
        let mut have = Facts::default();
        have.add(fact);
        let anywhere = self.reasoner.anywhere();
        let chosen = edge
            .option
            .is_some_and(|(_, option)| self.reasoner.can(anywhere.with(&have), [&option.when], []) == Answer::No);
        let needs = chosen || {
            let region = edge.option.map_or(anywhere, |(_, option)| after(self.reasoner, option));
            let others = before(edge.exits, edge.exit).iter().map(|exit| &exit.when);
            self.reasoner.can(region.with(&have), [&edge.exits[edge.exit].when], others) == Answer::No
        };
        self.needs.insert(key, needs);
        needs
    }

    /// Whether every loop through a way gains a fact: no loop is left without the ways that gain it.
    fn always_gained(&mut self, way: &Way<'_>, fact: Fact, out: &[Vec<usize>], ways: &[Way<'_>]) -> bool {
        if way.edge.gains.has(fact) {
            return true;
        }
        self.search += 1;
        self.met[way.to] = self.search;
        let mut open = vec![way.to];
        while let Some(scene) = open.pop() {
            if scene == way.edge.from {
                return false;
            }
            for next in &out[scene] {
                if self.steps == 0 {
                    return false;
                }
                self.steps -= 1;
                let next = &ways[*next];
                if self.met[next.to] != self.search && !next.edge.gains.has(fact) {
                    self.met[next.to] = self.search;
                    open.push(next.to);
                }
            }
        }
        true
    }
}

/// What the conditions on a way speak of.
fn named(edge: &Edge<'_>) -> Facts {
    let mut facts = edge.option.map_or(Facts::default(), |(_, option)| Facts::named(&option.when));
    edge.exits[..=edge.exit].iter().for_each(|exit| facts.join(&Facts::named(&exit.when)));
    facts
}

/// For each scene the knot it belongs to: scenes that lead to each other. (Tarjan's algorithm, without recursion.)
fn knots(scenes: usize, ways: &[Way<'_>]) -> Vec<usize> {
    const NONE: usize = usize::MAX;
    let mut out: Vec<Vec<usize>> = vec![Vec::new(); scenes];
    for way in ways {
        out[way.edge.from].push(way.to);
    }
    let (mut order, mut low, mut knot) = (vec![NONE; scenes], vec![NONE; scenes], vec![NONE; scenes]);
    let (mut next, mut path, mut calls) = (0, Vec::new(), Vec::new());
    for root in 0..scenes {
        if order[root] != NONE {
            continue;
        }
        calls.push((root, 0));
        while let Some((scene, child)) = calls.pop() {
            if child == 0 {
                (order[scene], low[scene]) = (next, next);
                next += 1;
                path.push(scene);
            }
            if let Some(to) = out[scene].get(child).copied() {
                calls.push((scene, child + 1));
                if order[to] == NONE {
                    calls.push((to, 0));
                } else if knot[to] == NONE {
                    low[scene] = low[scene].min(order[to]);
                }
                continue;
            }
            if low[scene] == order[scene] {
                while let Some(member) = path.pop() {
                    knot[member] = scene;
                    if member == scene {
                        break;
                    }
                }
            }
            if let Some((parent, _)) = calls.last() {
                low[*parent] = low[*parent].min(low[scene]);
            }
        }
    }
    knot
}

/// Names one loop of each knot, beginning with its first scene in the file.
fn report(file: &File, knots: &[usize], ways: &[Way<'_>], scenes: usize, tired: bool, problems: &Problems) {
    let mut out: Vec<Vec<&Way<'_>>> = vec![Vec::new(); scenes];
    for way in ways {
        out[way.edge.from].push(way);
    }
    let mut told = HashSet::new();
    for start in 0..scenes {
        if out[start].is_empty() || !told.insert(knots[start]) {
            continue;
        }
        let Some(round) = round(start, &out) else {
            continue;
        };
        let name = |scene: usize| file.scenes[scene].id.as_ref().map_or("?", |id| id.value.as_str());
        let mut names: Vec<&str> = round.iter().take(NAMED).map(|way| name(way.edge.from)).collect();
        if round.len() > NAMED {
            names.push("...");
        }
        names.push(name(start));
        let message = format!("the story can go round for ever: {}", names.join(" -> "));
        let mut help = "give an option on the way `once = true`, or close the way with `without` and a flag set every \
                        time round"
            .to_owned();
        if tired {
            help.push_str(" (there were too many loops to look at each condition)");
        }
        let id = &file.scenes[start].id;
        let span = id.as_ref().map_or(file.scenes[start].span.clone(), |id| id.span.clone());
        let mut diagnostic = Diagnostic::new(Code::EndlessLoop, span, message).help(help);
        if let Some(back) = round.last().and_then(|way| written(file, way)) {
            diagnostic = diagnostic.related(back, format!("leads back to {}", title(id.as_ref())));
        }
        problems.push(diagnostic);
    }
}

/// The shortest loop through a scene.
fn round<'w, 'd>(start: usize, out: &[Vec<&'w Way<'d>>]) -> Option<Vec<&'w Way<'d>>> {
    let mut came: HashMap<usize, &Way<'_>> = HashMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(scene) = open.pop_front() {
        for way in &out[scene] {
            if came.contains_key(&way.to) {
                continue;
            }
            came.insert(way.to, way);
            if way.to == start {
                let mut round = vec![*way];
                while let Some(first) = round.last().filter(|way| way.edge.from != start) {
                    round.push(came.get(&first.edge.from)?);
                }
                round.reverse();
                return Some(round);
            }
            open.push_back(way.to);
        }
    }
    None
}

/// Where a way is written.
fn written(file: &File, way: &Way<'_>) -> Option<std::ops::Range<usize>> {
    let scene = &file.scenes[way.edge.from];
    let own = way.edge.option.and_then(|(at, _)| match &scene.options.get(at)?.goto {
        Written::Yes(goto) => Some(goto),
        Written::No | Written::Broken => None,
    });
    let goto = match (&scene.goto, own) {
        (_, Some(own)) => own,
        (Written::Yes(goto), None) => goto,
        (Written::No | Written::Broken, None) => return None,
    };
    Some(goto.exits.get(way.edge.exit)?.span.clone())
}
