//! A story ready to be played: a checked scenario, its hash, and the program compiled from it.
//!
//! Scenario and engine don't know each other; here they meet. Screens and reports take a [`Story`], ask the engine
//! what happened and the scenario how it is told.

mod carry;
mod length;
mod lines;
mod telling;

use std::collections::HashMap;

pub use carry::Carried;
pub use telling::{Aftermath, Entered, Offered, Sounded, holds};

use crate::engine::program::{Echo, Exit, Flags, PlayOption, Program, Scene, Scored, Span, Target, Test};
use crate::engine::{Chosen, Place, Run, Seed};
use crate::scenario::{self, Condition, Goto, Hash, Scenario, SceneKind, SceneOption};
use crate::terms::{Meter, Rule};

/// A checked scenario that can be played.
#[derive(Clone, Debug)]
pub struct Story {
    /// What is told.
    pub scenario: Scenario,
    /// What is played.
    pub program: Program,
    /// The identity of what is told.
    pub hash: Hash,
    /// The most decisions that can follow from each scene, itself included.
    ahead: Vec<u32>,
}

impl Story {
    /// Compiles a scenario.
    pub fn new(scenario: Scenario) -> Self {
        let program = compile(&scenario);
        let ahead = length::decisions_ahead(&program);
        Self { hash: Hash::of(&scenario), scenario, program, ahead }
    }

    /// How many decisions a run makes at most, judged from where it stands: the "15" of "2 of ~15". Conditions are not
    /// looked at and a loop is counted once, so it is a guess, good enough to say how far along one is.
    pub fn decisions_in_all(&self, run: &Run) -> u32 {
        let ahead = match run.state().place {
            Place::Scene(scene) => self.ahead.get(scene as usize).copied().unwrap_or(0),
            Place::Ending(_) | Place::Nowhere => 0,
        };
        run.state().decisions + ahead
    }

    /// A run that begins.
    pub fn begin(&self, seed: Seed) -> Run {
        Run::begin(&self.program, seed)
    }

    /// An option of a decision, as it is told.
    pub fn option(&self, scene: u32, chosen: Chosen) -> Option<&SceneOption> {
        match &self.scenario.scenes[scene as usize].kind {
            SceneKind::Decision(decision) => decision.options.get(usize::from(chosen.0)),
            SceneKind::Passage(_) => None,
        }
    }

    /// An echo, as it is told, by its place in the program.
    pub fn echo(&self, scene: u32, echo: u32) -> Option<&scenario::Echo> {
        let first = self.program.scenes[scene as usize].echoes.start;
        self.scenario.scenes[scene as usize].echoes.get(echo.checked_sub(first)? as usize)
    }
}

/// Flattens a checked scenario into arrays.
pub fn compile(scenario: &Scenario) -> Program {
    let mut compiler = Compiler::default();
    for scene in &scenario.scenes {
        compiler.scene(scene);
    }
    Program {
        start: scenario.start.scene.0,
        meters: scenario.start.meters,
        insights: count(scenario.insights.len()),
        endings: scenario.endings.iter().map(|ending| ending.kind).collect(),
        ..compiler.program
    }
    .settled()
}

#[derive(Default)]
struct Compiler {
    program: Program,
    /// Conditions met before, so that the same one is stored once.
    conditions: HashMap<Condition, Span>,
}

impl Compiler {
    fn scene(&mut self, scene: &scenario::Scene) {
        let first_echo = count(self.program.echoes.len());
        for echo in &scene.echoes {
            let when = self.condition(&echo.when);
            self.program.echoes.push(Echo { when, effect: echo.effect });
        }
        let echoes = Span { start: first_echo, end: count(self.program.echoes.len()) };
        let compiled = match &scene.kind {
            SceneKind::Decision(decision) => {
                let start = count(self.program.options.len());
                for option in &decision.options {
                    let option = self.option(option);
                    self.program.options.push(option);
                }
                let options = Span { start, end: count(self.program.options.len()) };
                let weight = if decision.turning_point { 3 } else { 2 };
                let scored = Scored { rule: decision.rule, also: decision.also, weight };
                Scene { options, echoes, exits: Span::default(), scored }
            }
            SceneKind::Passage(goto) => {
                let exits = self.goto(goto);
                let scored = Scored { rule: Rule::FrontDoor, also: None, weight: 0 };
                Scene { options: Span::default(), echoes, exits, scored }
            }
        };
        self.program.scenes.push(compiled);
    }

    fn option(&mut self, option: &SceneOption) -> PlayOption {
        let once = option.once.then(|| {
            self.program.once += 1;
            self.program.once - 1
        });
        PlayOption {
            when: self.condition(&option.when),
            once,
            posture: option.posture,
            key: option.key,
            effect: option.effect,
            learn: option.learn.iter().fold(0, |bits, insight| bits | 1 << insight.0),
            set: flags(&option.set),
            exits: self.goto(&option.goto),
        }
    }

    fn goto(&mut self, Goto(exits): &Goto) -> Span {
        let start = count(self.program.exits.len());
        for exit in exits {
            let to = match exit.to {
                scenario::Target::Scene(scene) => Target::Scene(scene.0),
                scenario::Target::Ending(ending) => Target::Ending(ending.0),
            };
            let when = self.condition(&exit.when);
            self.program.exits.push(Exit { to, when, chance: exit.chance.unwrap_or(0) });
        }
        Span { start, end: count(self.program.exits.len()) }
    }

    fn condition(&mut self, condition: &Condition) -> Span {
        if condition.is_empty() {
            return Span::default();
        }
        if let Some(span) = self.conditions.get(condition) {
            return *span;
        }
        let mut tests = Vec::new();
        for (meter, bounds) in &condition.meters {
            tests.push(Test::Meter(place(*meter), bounds.min, bounds.max));
        }
        if let Some(bounds) = condition.insights {
            tests.push(Test::Count(bounds.min, bounds.max));
        }
        if !condition.knows.is_empty() {
            tests.push(Test::Knows(condition.knows.iter().fold(0, |bits, insight| bits | 1 << insight.0)));
        }
        let words = |set: Flags| (0..).zip(set).filter(|(_, bits)| *bits != 0);
        tests.extend(words(flags(&condition.flags)).map(|(word, bits)| Test::Flags(word, bits)));
        tests.extend(words(flags(&condition.without)).map(|(word, bits)| Test::Without(word, bits)));
        for group in &condition.any {
            let alternatives: Vec<Test> = group.iter().map(|each| Test::All(self.condition(each))).collect();
            tests.push(Test::Any(self.store(alternatives)));
        }
        let span = self.store(tests);
        self.conditions.insert(condition.clone(), span);
        span
    }

    fn store(&mut self, tests: Vec<Test>) -> Span {
        let start = count(self.program.tests.len());
        self.program.tests.extend(tests);
        Span { start, end: count(self.program.tests.len()) }
    }
}

/// Flags as bits.
fn flags(flags: &[scenario::FlagId]) -> Flags {
    let mut bits = Flags::default();
    for flag in flags {
        bits[flag.index() / 64 % 4] |= 1 << (flag.index() % 64);
    }
    bits
}

/// A meter's place in [`Meter::ALL`].
fn place(meter: Meter) -> u8 {
    u8::try_from(meter.index()).unwrap_or(0)
}

/// A length as the program counts: files are too small for more.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
