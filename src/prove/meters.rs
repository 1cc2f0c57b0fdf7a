//! The most that one meter can be worth at the end, from every scene and value, for every kind of ending.
//!
//! Each meter on its own: conditions on it are kept, all others may hold or not. So it is never less than what can
//! really be had. A price on options is taken off on the way; what is taken off here is added elsewhere.

use super::view::{Truth, View};
use crate::engine::program::{Program, Span, Target};
use crate::terms::{Effect, EndingKind, Meter, Meters};

/// The values of a meter.
pub(super) const VALUES: usize = 101;
/// Such an ending can't be come to.
pub(super) const NEVER: i32 = i32::MIN;
/// For every kind of ending.
pub(super) type Cell = [i32; EndingKind::ALL.len()];
/// Rounds through a loop before it is given the most that lies behind it.
const ROUNDS: usize = 300;

/// Every value after every effect.
#[derive(Debug)]
pub(super) struct Moves(Vec<[u8; VALUES]>);

impl Moves {
    pub(super) fn new() -> Self {
        let after = |by: i8| {
            let mut row = [0; VALUES];
            for (value, slot) in (0..).zip(&mut row) {
                *slot = Meters::new([value; 4]).after(Effect::new([by; 4])).trust();
            }
            row
        };
        Self((-100..=100).map(after).collect())
    }

    /// One meter's values after an effect.
    pub(super) fn of(&self, effect: Effect, meter: usize) -> &[u8; VALUES] {
        &self.0[usize::try_from(i16::from(effect.get(Meter::ALL[meter & 3])) + 100).unwrap_or(100)]
    }
}

/// What is given to the work on a meter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Task<'p> {
    pub(super) program: &'p Program,
    pub(super) moves: &'p Moves,
    /// Knots of scenes, ends first, and whether each is a loop.
    pub(super) knots: &'p [(Vec<u32>, bool)],
    /// Which, by its place.
    pub(super) meter: usize,
    /// What a unit at the end is worth.
    pub(super) worth: i64,
    /// What is taken off for each option, by its place in the program, in all four meters; none where there are none.
    pub(super) prices: &'p [[i32; 4]],
}

/// The table of one meter.
#[derive(Debug)]
pub(super) struct MeterTable(Vec<Cell>);

impl MeterTable {
    pub(super) fn new(task: Task<'_>) -> Self {
        let empty = vec![[NEVER; EndingKind::ALL.len()]; task.program.scenes.len() * VALUES];
        let mut work = Work { task, enter: empty.clone(), stand: empty };
        for (knot, goes_round) in task.knots {
            let mut rounds = 0;
            while knot.iter().filter(|scene| work.scene(**scene as usize)).count() > 0 && *goes_round {
                rounds += 1;
                if rounds == ROUNDS {
                    work.give_up(knot);
                    break;
                }
            }
        }
        Self(work.stand)
    }

    /// In a scene whose echoes have sounded, at this value.
    pub(super) fn at(&self, scene: u32, value: u8) -> &Cell {
        &self.0[scene as usize * VALUES + usize::from(value)]
    }
}

struct Work<'p> {
    task: Task<'p>,
    enter: Vec<Cell>,
    stand: Vec<Cell>,
}

impl Work<'_> {
    /// Works out a scene; whether that changed anything.
    fn scene(&mut self, scene: usize) -> bool {
        let Task { program, moves, meter, prices, .. } = self.task;
        let here = &program.scenes[scene];
        let mut row = [[NEVER; EndingKind::ALL.len()]; VALUES];
        if here.options.is_empty() {
            self.goto(here.exits, &moves.0[100], Span::default(), 0, &mut row);
        }
        for at in here.options.range() {
            let option = &program.options[at];
            let price = prices.get(at).map_or(0, |prices| prices[meter]);
            self.goto(option.exits, moves.of(option.effect, meter), option.when, price, &mut row);
        }
        let base = scene * VALUES;
        let mut changed = self.stand[base..base + VALUES] != row;
        self.stand[base..base + VALUES].copy_from_slice(&row);
        for echo in program.echoes[here.echoes.range()].iter().rev() {
            let (before, moved) = (row, moves.of(echo.effect, meter));
            for (value, cell) in (0..).zip(&mut row) {
                match View::meter(meter, value).truth(program, echo.when) {
                    Truth::No => {}
                    Truth::Maybe => join(cell, &before[usize::from(moved[usize::from(value)])], 0),
                    Truth::Yes => *cell = before[usize::from(moved[usize::from(value)])],
                }
            }
        }
        changed |= self.enter[base..base + VALUES] != row;
        self.enter[base..base + VALUES].copy_from_slice(&row);
        changed
    }

    /// Adds what comes of a goto that is taken under a condition, after an effect, at a price.
    fn goto(&self, exits: Span, moved: &[u8; VALUES], when: Span, price: i32, row: &mut [Cell; VALUES]) {
        let Task { program, meter, .. } = self.task;
        if let ([only], true) = (&program.exits[exits.range()], when.is_empty())
            && only.when.is_empty()
        {
            for (cell, value) in row.iter_mut().zip(moved) {
                self.target(only.to, *value, price, cell);
            }
            return;
        }
        for ((value, cell), after) in (0..).zip(row).zip(moved) {
            if View::meter(meter, value).truth(program, when) != Truth::No {
                View::meter(meter, *after).targets(program, exits, |to| self.target(to, *after, price, cell));
            }
        }
    }

    fn target(&self, to: Target, value: u8, price: i32, cell: &mut Cell) {
        match to {
            Target::Scene(scene) => join(cell, &self.enter[scene as usize * VALUES + usize::from(value)], price),
            Target::Ending(ending) => {
                let kind = self.task.program.endings[ending as usize].index();
                // At most 35 * 64 * 100: it fits.
                let worth = i32::try_from(self.task.worth * i64::from(value)).unwrap_or(i32::MAX);
                cell[kind] = cell[kind].max(worth - price);
            }
        }
    }

    /// Gives every scene of a loop the most that can be had behind it: no price is taken inside of loops.
    fn give_up(&mut self, knot: &[u32]) {
        let program = self.task.program;
        let mut most = [NEVER; EndingKind::ALL.len()];
        for scene in knot {
            let here = &program.scenes[*scene as usize];
            let gotos = program.options[here.options.range()].iter().map(|option| option.exits).chain([here.exits]);
            for exit in gotos.flat_map(|exits| &program.exits[exits.range()]) {
                match exit.to {
                    Target::Scene(to) if knot.contains(&to) => {}
                    to => (0..=100).for_each(|value| self.target(to, value, 0, &mut most)),
                }
            }
        }
        for scene in knot {
            let base = *scene as usize * VALUES;
            self.enter[base..base + VALUES].fill(most);
            self.stand[base..base + VALUES].fill(most);
        }
    }
}

/// The better of two, kind by kind, the other at a price.
fn join(cell: &mut Cell, other: &Cell, price: i32) {
    for (mine, theirs) in cell.iter_mut().zip(other) {
        if *theirs != NEVER {
            *mine = (*mine).max(*theirs - price);
        }
    }
}
