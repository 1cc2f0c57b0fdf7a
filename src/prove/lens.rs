//! Which values of a meter the rest of a story can still tell apart.
//!
//! Two values of a meter are alike in a scene if every condition that may be asked from there on gets the same answer
//! for both, whatever is done, and, where the meter's final value counts, if they come to the same value. States that
//! differ in alike values only have the same futures.

use super::facts::program_graph;
use super::graph::{is_loop, knots};
use super::hash::FastMap;
use super::view::{Truth, View};
use crate::engine::program::{Program, Span, Target};
use crate::terms::{Effect, Meter, Meters};

/// The values of a meter.
const VALUES: u8 = 101;
/// Rounds through a loop before its values are all told apart instead.
const ROUNDS: usize = 100;

/// For each value the least one that is like it.
type Row = [u8; VALUES as usize];

/// Alike values in every scene, once its echoes have sounded.
#[derive(Debug)]
pub(super) struct Lens {
    /// A row for each scene; nothing for a meter whose values all count.
    stand: [Option<Vec<Row>>; 4],
}

impl Lens {
    /// For plays in which the final values of these meters count.
    pub(super) fn new(program: &Program, counted: [bool; 4]) -> Self {
        let out = program_graph(program);
        let knots = knots(&out);
        let mut stand = [const { None }; 4];
        for (meter, slot) in stand.iter_mut().enumerate() {
            if !counted[meter] {
                *slot = Some(Grinder::new(program, meter).grind(&knots, &out));
            }
        }
        Self { stand }
    }

    /// Meters in a scene, each replaced by the least value that is like it.
    pub(super) fn see(&self, scene: u32, meters: Meters) -> [u8; 4] {
        let mut seen = [0; 4];
        for (meter, slot) in Meter::ALL.iter().zip(&mut seen) {
            let value = meters.get(*meter);
            let row = self.stand[meter.index()].as_ref().and_then(|rows| rows.get(scene as usize));
            *slot = row.map_or(value, |row| row[usize::from(value)]);
        }
        seen
    }
}

/// Works out one meter's alike values, from the ends backwards.
struct Grinder<'p> {
    program: &'p Program,
    meter: usize,
    /// On entering a scene.
    enter: Vec<Row>,
    /// Once its echoes have sounded.
    stand: Vec<Row>,
}

impl<'p> Grinder<'p> {
    fn new(program: &'p Program, meter: usize) -> Self {
        // At first all are alike.
        let rows = vec![[0; VALUES as usize]; program.scenes.len()];
        Self { program, meter, enter: rows.clone(), stand: rows }
    }

    fn grind(mut self, knots: &[Vec<u32>], out: &[Vec<u32>]) -> Vec<Row> {
        for knot in knots {
            let goes_round = is_loop(knot, out);
            let mut rounds = 0;
            loop {
                let mut changed = false;
                for scene in knot {
                    changed |= self.scene(*scene as usize);
                }
                rounds += 1;
                if !goes_round || !changed {
                    break;
                }
                if rounds == ROUNDS {
                    let mut all = [0; VALUES as usize];
                    (0..VALUES).zip(&mut all).for_each(|(value, slot)| *slot = value);
                    for scene in knot {
                        self.enter[*scene as usize] = all;
                        self.stand[*scene as usize] = all;
                    }
                    break;
                }
            }
        }
        self.stand
    }

    /// Works out a scene; whether that changed anything.
    fn scene(&mut self, scene: usize) -> bool {
        let program = self.program;
        let here = &program.scenes[scene];
        let mut row = Finer::new(self.stand[scene]);
        if here.options.is_empty() {
            self.exits(here.exits, Effect::NONE, &mut row);
        }
        for option in &program.options[here.options.range()] {
            self.asked(option.when, Effect::NONE, &mut row);
            self.exits(option.exits, option.effect, &mut row);
        }
        let mut enter = Finer { ..row };
        let mut changed = row.row != self.stand[scene];
        self.stand[scene] = row.row;
        for echo in program.echoes[here.echoes.range()].iter().rev() {
            // It may sound or not: what follows must be the same either way.
            let after = enter.row;
            enter.tell_apart(|value| after[usize::from(moved(self.meter, value, echo.effect))]);
            self.asked(echo.when, Effect::NONE, &mut enter);
        }
        let mut told = Finer::new(self.enter[scene]);
        told.tell_apart(|value| enter.row[usize::from(value)]);
        changed |= told.row != self.enter[scene];
        self.enter[scene] = told.row;
        changed
    }

    fn exits(&self, exits: Span, effect: Effect, row: &mut Finer) {
        let at_start = exits.is_empty().then_some(Target::Scene(self.program.start));
        for exit in &self.program.exits[exits.range()] {
            self.asked(exit.when, effect, row);
        }
        let targets = self.program.exits[exits.range()].iter().map(|exit| exit.to).chain(at_start);
        for target in targets {
            if let Target::Scene(to) = target {
                let enter = &self.enter[to as usize];
                row.tell_apart(|value| enter[usize::from(moved(self.meter, value, effect))]);
            }
        }
    }

    /// Tells apart what a condition tells apart after an effect; each of its tests for itself.
    fn asked(&self, when: Span, effect: Effect, row: &mut Finer) {
        use crate::engine::program::Test;
        for (at, test) in (when.start..).zip(&self.program.tests[when.range()]) {
            match *test {
                Test::Meter(meter, ..) if usize::from(meter) == self.meter => {
                    let only = Span { start: at, end: at + 1 };
                    row.tell_apart(|value| {
                        let value = moved(self.meter, value, effect);
                        u8::from(View::meter(self.meter, value).truth(self.program, only) == Truth::Yes)
                    });
                }
                Test::Any(parts) | Test::All(parts) => self.asked(parts, effect, row),
                Test::Meter(..) | Test::Count(..) | Test::Knows(_) | Test::Flags(..) | Test::Without(..) => {}
            }
        }
    }
}

/// One meter's value after an effect.
fn moved(meter: usize, value: u8, effect: Effect) -> u8 {
    let meter = Meter::ALL[meter & 3];
    if effect.get(meter) == 0 {
        return value;
    }
    Meters::new([value; 4]).after(effect).get(meter)
}

/// A row that is made finer.
struct Finer {
    row: Row,
}

impl Finer {
    const fn new(row: Row) -> Self {
        Self { row }
    }

    /// Tells apart values of which `sign` differs.
    fn tell_apart(&mut self, sign: impl Fn(u8) -> u8) {
        let least = sign(0);
        if (1..VALUES).all(|value| sign(value) == least) {
            return;
        }
        let mut first: FastMap<(u8, u8), u8> = FastMap::default();
        let before = self.row;
        for (value, slot) in (0..VALUES).zip(&mut self.row) {
            *slot = *first.entry((before[usize::from(value)], sign(value))).or_insert(value);
        }
    }
}
