//! Small programs made at random, without a file: odd ones too, that the checker would refuse.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::cast_possible_truncation)]

use ridealong::engine::Program;
use ridealong::engine::program::{Echo, Exit, PlayOption, Scene, Scored, Span, Target, Test};
use ridealong::terms::{Effect, EndingKind, Key, Meters, Posture, Rule};

use crate::broken::Random;

/// What a program may have.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Scenes, at most.
    pub scenes: usize,
    /// Whether scenes may lead back, by `once` options only unless it is `wild`.
    pub loops: bool,
    /// Whether plays may get stuck or go on for ever.
    pub wild: bool,
    /// Whether gotos may be drawn.
    pub draws: bool,
    /// The size of effects, at most.
    pub most: i8,
}

const FLAGS: usize = 4;

struct Maker<'r> {
    random: &'r mut Random,
    shape: Shape,
    scenes: usize,
    program: Program,
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap()
}

/// A program of this shape.
pub fn program(random: &mut Random, shape: Shape) -> Program {
    let scenes = 1 + random.below(shape.scenes);
    let insights = random.below(4) as u32;
    let start = if shape.wild { random.below(scenes) } else { 0 };
    let mut meters = [0; 4];
    meters.fill_with(|| random.below(101) as u8);
    let program = Program {
        start: count(start),
        meters: Meters::new(meters),
        insights,
        endings: (0..=random.below(4)).map(|_| EndingKind::ALL[random.below(5)]).collect(),
        ..Program::default()
    };
    let mut maker = Maker { random, shape, scenes, program };
    for scene in 0..scenes {
        maker.scene(scene);
    }
    maker.program
}

impl Maker<'_> {
    fn scene(&mut self, scene: usize) {
        let first = self.program.echoes.len();
        for _ in 0..self.random.below(3).saturating_sub(1) {
            let echo = Echo { when: self.condition(2), effect: self.effect() };
            self.program.echoes.push(echo);
        }
        let echoes = Span { start: count(first), end: count(self.program.echoes.len()) };
        let weight = if self.random.below(4) == 0 { 3 } else { 2 };
        let also = (self.random.below(3) == 0).then_some(Rule::Clock);
        let scored = Scored { rule: Rule::Present, also, weight };
        if self.random.below(4) == 0 {
            let exits = self.goto(scene, false);
            self.program.scenes.push(Scene { options: Span::default(), echoes, exits, scored });
            return;
        }
        let start = count(self.program.options.len());
        for place in 0..=self.random.below(4) {
            let option = self.option(scene, place);
            self.program.options.push(option);
        }
        let options = Span { start, end: count(self.program.options.len()) };
        self.program.scenes.push(Scene { options, echoes, exits: Span::default(), scored });
    }

    fn option(&mut self, scene: usize, place: usize) -> PlayOption {
        // The first option is always open and leads on, unless things may go wrong.
        let free = place > 0 || self.shape.wild;
        let back = free && self.shape.loops && self.random.below(3) == 0;
        let once = (free && (back && !(self.shape.wild && self.random.below(3) == 0) || self.random.below(6) == 0))
            .then(|| {
                self.program.once += 1;
                self.program.once - 1
            });
        let when = if free && self.random.below(3) == 0 { self.condition(1) } else { Span::default() };
        let learn = if self.program.insights > 0 && self.random.below(3) == 0 {
            1 << self.random.below(self.program.insights as usize)
        } else {
            0
        };
        let set = if self.random.below(3) == 0 { [1 << self.random.below(FLAGS), 0, 0, 0] } else { [0; 4] };
        PlayOption {
            when,
            once,
            posture: Posture::ALL[self.random.below(3)],
            key: Key::new(self.random.below(5) as u8).unwrap(),
            effect: self.effect(),
            learn,
            set,
            exits: self.goto(scene, back),
        }
    }

    fn effect(&mut self) -> Effect {
        let most = usize::try_from(self.shape.most).unwrap();
        let mut by = [0; 4];
        for slot in &mut by {
            if self.random.below(2) == 0 {
                let size = i8::try_from(self.random.below(most + 1)).unwrap();
                *slot = if self.random.below(2) == 0 { size } else { -size };
            }
        }
        Effect::new(by)
    }

    fn target(&mut self, scene: usize, back: bool) -> Target {
        if back && self.random.below(2) == 0 {
            return Target::Scene(count(self.random.below(scene + 1)));
        }
        let ahead = scene + 1 + self.random.below(3);
        if ahead < self.scenes {
            Target::Scene(count(ahead))
        } else {
            Target::Ending(count(self.random.below(self.program.endings.len())))
        }
    }

    fn goto(&mut self, scene: usize, back: bool) -> Span {
        let mut exits = Vec::new();
        for _ in 0..self.random.below(3) {
            let when = if self.random.below(3) == 0 { Span::default() } else { self.condition(1) };
            let chance = if self.shape.draws && self.random.below(2) == 0 { 1 + self.random.below(3) } else { 0 };
            exits.push(Exit { to: self.target(scene, back), when, chance: count(chance) });
        }
        if exits.is_empty() || !self.shape.wild || self.random.below(2) == 0 {
            exits.push(Exit { to: self.target(scene, back), when: Span::default(), chance: 0 });
        }
        let start = count(self.program.exits.len());
        self.program.exits.extend(exits);
        Span { start, end: count(self.program.exits.len()) }
    }

    fn condition(&mut self, most: usize) -> Span {
        let tests: Vec<Test> = (0..=self.random.below(most)).map(|_| self.test(1)).collect();
        self.store(tests)
    }

    fn test(&mut self, depth: usize) -> Test {
        let flag = 1 << self.random.below(FLAGS);
        let insights = self.program.insights as usize;
        match self.random.below(9) {
            0 => Test::Flags(0, flag),
            1 => Test::Without(0, flag),
            2 if insights > 0 => Test::Knows(1 << self.random.below(insights)),
            3 => Test::Count(self.random.below(3) as u8, 64),
            4 => Test::Count(0, self.random.below(3) as u8),
            5 if depth > 0 => {
                let alternatives: Vec<Test> = (0..2)
                    .map(|_| {
                        let parts = vec![self.test(depth - 1)];
                        Test::All(self.store(parts))
                    })
                    .collect();
                Test::Any(self.store(alternatives))
            }
            6 => Test::Meter(self.random.below(4) as u8, 0, self.random.below(101) as u8),
            _ => Test::Meter(self.random.below(4) as u8, self.random.below(101) as u8, 100),
        }
    }

    fn store(&mut self, tests: Vec<Test>) -> Span {
        let start = count(self.program.tests.len());
        self.program.tests.extend(tests);
        Span { start, end: count(self.program.tests.len()) }
    }
}
