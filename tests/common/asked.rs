//! Every condition of a small program, asked in every state that plays come to: the long way round.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::field_reassign_with_default)]

use std::collections::HashSet;

use ridealong::engine::program::{Program, Span, Target};
use ridealong::engine::{Place, Seed, State};
use ridealong::prove::{Answer, Answers};

/// Seeds that bring about every outcome of the few draws of a decision, as good as surely.
const SEEDS: u64 = 60;

/// All answers; nothing if there are more states than that.
pub fn all(program: &Program, most: usize) -> Option<Answers> {
    let none = |count| vec![Answer::default(); count];
    let answers = Answers {
        options: none(program.options.len()),
        echoes: none(program.echoes.len()),
        exits: none(program.exits.len()),
        taken: vec![false; program.exits.len()],
    };
    let mut brute = Brute { program, answers };
    let mut fresh = State::default();
    fresh.meters = program.meters;
    brute.enter(fresh, Target::Scene(program.start), 0);
    let seeds = if program.exits.iter().any(|exit| exit.chance > 0) { SEEDS } else { 1 };
    let mut open: Vec<State> = (0..seeds).map(|seed| program.begin(Seed(seed), &mut ())).collect();
    let mut met = HashSet::new();
    while let Some(mut state) = open.pop() {
        state.decisions = 0;
        let Place::Scene(scene) = state.place else {
            continue;
        };
        if !met.insert(state.clone()) {
            continue;
        }
        if met.len() > most {
            return None;
        }
        for (bit, at) in program.scenes[scene as usize].options.range().enumerate() {
            let option = &program.options[at];
            let spent = option.once.is_some_and(|once| state.spent_words()[once as usize / 64] >> (once % 64) & 1 == 1);
            if spent {
                continue;
            }
            let holds = program.holds(option.when, &state);
            note(&mut brute.answers.options[at], holds);
            if !holds {
                continue;
            }
            let mut left = state.clone();
            left.meters = left.meters.after(option.effect);
            left.insights |= option.learn;
            left.flags.iter_mut().zip(option.set).for_each(|(flags, set)| *flags |= set);
            brute.leave(&left, option.exits, 0);
            open.extend((0..seeds).map(|seed| {
                let mut next = state.clone();
                program.choose(&mut next, bit, Seed(seed), &mut ()).unwrap();
                next
            }));
        }
    }
    Some(brute.answers)
}

fn note(answer: &mut Answer, holds: bool) {
    if holds {
        answer.yes = true;
    } else {
        answer.no = true;
    }
}

struct Brute<'p> {
    program: &'p Program,
    answers: Answers,
}

impl Brute<'_> {
    fn enter(&mut self, mut state: State, to: Target, hops: usize) {
        let Target::Scene(scene) = to else {
            return;
        };
        if hops > self.program.scenes.len() {
            return;
        }
        let here = &self.program.scenes[scene as usize];
        for at in here.echoes.range() {
            let echo = &self.program.echoes[at];
            let sounds = self.program.holds(echo.when, &state);
            note(&mut self.answers.echoes[at], sounds);
            if sounds {
                state.meters = state.meters.after(echo.effect);
            }
        }
        if here.options.is_empty() {
            self.leave(&state, here.exits, hops + 1);
        }
    }

    fn leave(&mut self, state: &State, exits: Span, hops: usize) {
        let holds: Vec<bool> =
            self.program.exits[exits.range()].iter().map(|exit| self.program.holds(exit.when, state)).collect();
        for (at, holds) in exits.range().zip(&holds) {
            note(&mut self.answers.exits[at], *holds);
        }
        let mut ways = Vec::new();
        for (at, holds) in exits.range().zip(holds) {
            let drawn = self.program.exits[at].chance > 0;
            // A draw ends where an entry without one begins.
            if !ways.is_empty() && !drawn {
                break;
            }
            if holds {
                ways.push(at);
                if !drawn {
                    break;
                }
            }
        }
        if ways.is_empty() && !exits.is_empty() {
            ways.push(exits.end as usize - 1);
        }
        for at in ways {
            self.answers.taken[at] = true;
            self.enter(state.clone(), self.program.exits[at].to, hops);
        }
    }
}
