//! What every condition answers, over all states in which it is asked: ever yes, ever no.
//!
//! Plays at random first, which settle most; then state by state, as far as something is left that got one answer only.
//! States that the rest of the story can't tell apart are one.

use super::facts::{Facts, program_graph};
use super::graph::leading_to;
use super::hash::FastSet;
use super::lens::Lens;
use super::plays::Dice;
use super::skeleton::Skeleton;
use super::view::{Truth, View};
use super::walk::{Sight, walk};
use crate::engine::Place;
use crate::engine::program::{Program, Span, Target as To};
use crate::terms::Meters;

/// Plays at random.
const PLAYS: usize = 200;
/// States after which it is looked again what is still wanted.
const EVERY: usize = 1000;

/// The answers that a condition got.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// It held in some state in which it was asked.
    pub yes: bool,
    /// It didn't hold in some state in which it was asked.
    pub no: bool,
}

impl Answer {
    fn note(&mut self, holds: bool) {
        *(if holds { &mut self.yes } else { &mut self.no }) = true;
    }

    /// Whether it depends on the play.
    pub const fn is_open(self) -> bool {
        self.yes && self.no
    }
}

/// All answers, by place in the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// Of options, asked where they could still be chosen.
    pub options: Vec<Answer>,
    /// Of echoes, asked on entering their scene.
    pub echoes: Vec<Answer>,
    /// Of a goto's entries, asked whenever the goto is, whatever the entries before it answer.
    pub exits: Vec<Answer>,
    /// Whether a goto's entry was ever taken, or could be drawn.
    pub taken: Vec<bool>,
}

impl Answers {
    /// All answers; nothing if there are more states than that to go through.
    pub fn of(program: &Program, states: usize) -> Option<Self> {
        let mut skeleton = Skeleton::new(program);
        let none = |count| vec![Answer::default(); count];
        let answers = Self {
            options: none(program.options.len()),
            echoes: none(program.echoes.len()),
            exits: none(program.exits.len()),
            taken: vec![false; program.exits.len()],
        };
        let mut asker = Asker { program, answers };
        asker.play(&mut skeleton);
        asker.search(&mut skeleton, states).then_some(asker.answers)
    }

    /// Whether something asked in a scene got one answer only.
    fn wants(&self, program: &Program, scene: usize) -> bool {
        let here = &program.scenes[scene];
        let gotos = program.options[here.options.range()].iter().map(|option| option.exits).chain([here.exits]);
        let asked = |when: Span, answer: &Answer| !when.is_empty() && !answer.is_open();
        let (options, echoes) = (here.options.range(), here.echoes.range());
        options.into_iter().any(|at| asked(program.options[at].when, &self.options[at]))
            || echoes.into_iter().any(|at| asked(program.echoes[at].when, &self.echoes[at]))
            || gotos.flat_map(Span::range).any(|at| {
                let when = program.exits[at].when;
                asked(when, &self.exits[at]) || !when.is_empty() && !self.taken[at]
            })
    }
}

/// A state in which a decision is made.
type Stand = (u32, Meters);

struct Asker<'p> {
    program: &'p Program,
    answers: Answers,
}

impl<'p> Asker<'p> {
    /// Where plays can stand first.
    fn starts(&mut self, skeleton: &mut Skeleton<'p>) -> Vec<Stand> {
        let facts = skeleton.nothing_gained();
        self.walk(skeleton, &facts, self.program.meters, &[To::Scene(self.program.start)])
    }

    /// Plays that take any way.
    fn play(&mut self, skeleton: &mut Skeleton<'p>) {
        let (starts, mut dice) = (self.starts(skeleton), Dice::new(0xa5ced));
        let longest = 4 * self.program.scenes.len() + 1000;
        for _ in 0..PLAYS {
            let mut next = starts.clone();
            for _ in 0..longest {
                let Some(at) = dice.place(next.len()) else {
                    break;
                };
                next = self.next(skeleton, next[at]);
            }
        }
    }

    /// All states; whether there were no more than so many.
    fn search(&mut self, skeleton: &mut Skeleton<'p>, states: usize) -> bool {
        let program = self.program;
        let out = program_graph(program);
        let (mut wanted, mut looked) = (Vec::new(), 0_usize);
        let lens = Lens::new(program, [false; 4]);
        let mut met: FastSet<(u32, [u8; 4])> = FastSet::default();
        let mut open = self.starts(skeleton);
        while let Some((node, meters)) = open.pop() {
            let Place::Scene(scene) = skeleton.node(node).place else {
                continue;
            };
            if looked.is_multiple_of(EVERY) {
                wanted = leading_to(&out, |scene| self.answers.wants(program, scene as usize));
            }
            looked += 1;
            if !wanted[scene as usize] || !met.insert((node, lens.see(scene, meters))) {
                continue;
            }
            if met.len() > states {
                return false;
            }
            open.extend(self.next(skeleton, (node, meters)));
        }
        true
    }

    /// Every state that can follow, all that is asked on the way noted.
    fn next(&mut self, skeleton: &mut Skeleton<'p>, (node, meters): Stand) -> Vec<Stand> {
        let program = self.program;
        let Place::Scene(scene) = skeleton.node(node).place else {
            return Vec::new();
        };
        let before = skeleton.node(node).facts.clone();
        let mut next = Vec::new();
        for at in program.scenes[scene as usize].options.range() {
            let option = &program.options[at];
            if before.has_spent(option) {
                continue;
            }
            let is_open = View::whole(&before, meters).truth(program, option.when) == Truth::Yes;
            self.answers.options[at].note(is_open);
            if is_open {
                let (facts, meters) = (before.after(option), meters.after(option.effect));
                let mut targets = Vec::new();
                self.leave(&facts, meters, option.exits, |to| targets.push(to));
                next.extend(self.walk(skeleton, &facts, meters, &targets));
            }
        }
        next
    }

    /// Goes on from these targets to the next decisions.
    fn walk(&mut self, skeleton: &mut Skeleton<'p>, facts: &Facts, meters: Meters, from: &[To]) -> Vec<Stand> {
        let (mut next, program) = (Vec::new(), self.program);
        let see = |sight| match sight {
            Sight::Echo(at) => self.answers.echoes[at as usize].note(true),
            Sight::Silent(at) => self.answers.echoes[at as usize].note(false),
            Sight::Passed(scene, meters) => {
                self.leave(facts, meters, program.scenes[scene as usize].exits, |_| {});
            }
            Sight::Scene(_) | Sight::Ending(_) => {}
        };
        walk(program, facts, (meters, from), see, |place, meters| next.push((place, meters)));
        next.into_iter().map(|(place, meters)| (skeleton.meet(place, facts.clone()), meters)).collect()
    }

    /// Asks a goto.
    fn leave(&mut self, facts: &Facts, meters: Meters, exits: Span, mut call: impl FnMut(To)) {
        let view = View::whole(facts, meters);
        for at in exits.range() {
            let holds = view.truth(self.program, self.program.exits[at].when) == Truth::Yes;
            self.answers.exits[at].note(holds);
        }
        view.exits(self.program, exits, |at| {
            self.answers.taken[at as usize] = true;
            call(self.program.exits[at as usize].to);
        });
    }
}
