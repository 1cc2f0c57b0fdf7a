//! Every play of a small program, one after the other, by the engine itself.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::collections::BTreeSet;

use ridealong::engine::{Event, Place, Program, Ratio, Score, Seed, State, Tally};

/// What all plays come to.
#[derive(Clone, Debug, Default)]
pub struct All {
    pub best: Option<Ratio>,
    pub worst: Option<Ratio>,
    pub most_trust: Option<u8>,
    pub least_trust: Option<u8>,
    pub scenes: BTreeSet<u32>,
    pub options: BTreeSet<u32>,
    pub endings: BTreeSet<u32>,
    pub echoes: BTreeSet<u32>,
    pub stuck: BTreeSet<u32>,
    pub endless: bool,
    pub plays: u64,
    /// States in which a decision is made, some of them.
    pub on_the_way: Vec<(State, Tally)>,
    /// Whether there were too many.
    pub too_many: bool,
}

/// Seeds that bring about every outcome of the few draws of a decision, as good as surely.
const SEEDS: u64 = 60;

struct Brute<'p> {
    program: &'p Program,
    seeds: u64,
    most: u64,
    all: All,
    way: Vec<State>,
}

fn seeds(program: &Program) -> u64 {
    if program.exits.iter().any(|exit| exit.chance > 0) { SEEDS } else { 1 }
}

/// All plays from the start, at most so many.
pub fn all(program: &Program, most: u64) -> All {
    let seeds = seeds(program);
    let mut brute = Brute { program, seeds, most, all: All::default(), way: Vec::new() };
    let mut starts: Vec<State> = Vec::new();
    for seed in 0..seeds {
        let mut events = Vec::new();
        let state = program.begin(Seed(seed), &mut events);
        brute.note(&events);
        if !starts.contains(&state) {
            starts.push(state);
        }
    }
    for state in starts {
        brute.go(&state, &Tally::default());
    }
    brute.all
}

/// All plays from a state.
pub fn all_from(program: &Program, state: &State, tally: &Tally, most: u64) -> All {
    let mut brute = Brute { program, seeds: seeds(program), most, all: All::default(), way: Vec::new() };
    brute.go(state, tally);
    brute.all
}

impl Brute<'_> {
    fn note(&mut self, events: &[Event]) {
        for event in events {
            match *event {
                Event::Entered(scene) => self.all.scenes.insert(scene),
                Event::Echoed(echo, _) => self.all.echoes.insert(echo),
                Event::Ended(ending) => self.all.endings.insert(ending),
                Event::Moved(_) | Event::Learned(_) | Event::Remembered(_) => false,
            };
        }
    }

    fn go(&mut self, state: &State, tally: &Tally) {
        let scene = match state.place {
            Place::Scene(scene) => scene,
            Place::Ending(ending) => {
                let total = Score::of(self.program, tally, state, self.program.endings[ending as usize]).total;
                let trust = state.meters.trust();
                let all = &mut self.all;
                all.best = Some(all.best.map_or(total, |best| best.max(total)));
                all.worst = Some(all.worst.map_or(total, |worst| worst.min(total)));
                all.most_trust = all.most_trust.max(Some(trust));
                all.least_trust = Some(all.least_trust.map_or(trust, |least| least.min(trust)));
                all.plays += 1;
                return;
            }
            Place::Nowhere => {
                self.all.endless = true;
                return;
            }
        };
        if self.all.plays > self.most || self.all.too_many || self.way.len() > 60 {
            self.all.too_many = true;
            return;
        }
        let mut bare = state.clone();
        bare.decisions = 0;
        if self.way.contains(&bare) {
            self.all.endless = true;
            return;
        }
        if self.all.on_the_way.len() < 3000 {
            self.all.on_the_way.push((state.clone(), tally.clone()));
        }
        let open = self.program.open(state);
        if open == 0 {
            self.all.stuck.insert(scene);
        }
        self.way.push(bare);
        let here = &self.program.scenes[scene as usize];
        let keys = self.program.keys(scene, open);
        for option in (0..8_u8).filter(|option| open & (1 << option) != 0) {
            let at = here.options.start + u32::from(option);
            self.all.options.insert(at);
            let chosen = &self.program.options[at as usize];
            let mut tally = tally.clone();
            tally.decide(here.scored, &keys, chosen.key, chosen.posture);
            let mut after: Vec<State> = Vec::new();
            for seed in 0..self.seeds {
                let (mut next, mut events) = (state.clone(), Vec::new());
                self.program.choose(&mut next, usize::from(option), Seed(seed), &mut events).unwrap();
                self.note(&events);
                if !after.contains(&next) {
                    after.push(next);
                }
            }
            for next in after {
                self.go(&next, &tally);
            }
        }
        self.way.pop();
    }
}
