//! The lines of endings, put as echoes to whoever only knows the engine.

use std::collections::HashMap;

use super::{Compiler, Story, count};
use crate::engine::program::{Echo, Exit, Program, Scene, Scored, Span, Target};
use crate::engine::ready::Ready;
use crate::terms::{Effect, Rule};

impl Story {
    /// The program with a passage before each ending that has lines, in which they sound as echoes without effect:
    /// after all other echoes, in the order of the endings. It plays as the story does.
    pub fn program_with_lines(&self) -> Program {
        let mut compiler = Compiler { program: self.program.clone(), conditions: HashMap::new() };
        let endings = &self.scenario.endings;
        let passages: Vec<Option<u32>> = endings.iter().zip(0..).map(|(e, at)| compiler.lines(e, at)).collect();
        let mut program = compiler.program;
        let lead_to_passages = self.program.exits.len();
        for exit in &mut program.exits[..lead_to_passages] {
            if let Target::Ending(ending) = exit.to
                && let Some(Some(passage)) = passages.get(ending as usize)
            {
                exit.to = Target::Scene(*passage);
            }
        }
        program.ready = Ready::default();
        program
    }
}

impl Compiler {
    /// The passage before an ending that has lines.
    fn lines(&mut self, ending: &crate::scenario::Ending, at: u32) -> Option<u32> {
        if ending.lines.is_empty() {
            return None;
        }
        let (echo, exit) = (count(self.program.echoes.len()), count(self.program.exits.len()));
        for line in &ending.lines {
            let when = self.condition(&line.when);
            self.program.echoes.push(Echo { when, effect: Effect::NONE });
        }
        self.program.exits.push(Exit { to: Target::Ending(at), when: Span::default(), chance: 0 });
        self.program.scenes.push(Scene {
            options: Span::default(),
            echoes: Span { start: echo, end: count(self.program.echoes.len()) },
            exits: Span { start: exit, end: exit + 1 },
            scored: Scored { rule: Rule::FrontDoor, also: None, weight: 0 },
        });
        Some(count(self.program.scenes.len()) - 1)
    }
}
