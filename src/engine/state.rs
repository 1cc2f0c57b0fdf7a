//! Where a run is, and how one choice leads to the next place.

use super::draw::{Draws, Seed};
use super::program::{Exit, Flags, Program, Span, Target, Test};
use crate::terms::{Effect, Meter, Meters};

/// Everything that the rest of a run depends on. The default is where a run stands before it has begun.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct State {
    /// The scene to decide in, or the ending.
    pub place: Place,
    /// The meters.
    pub meters: Meters,
    /// Insights known, a bit each.
    pub insights: u64,
    /// Flags set, a bit each.
    pub flags: Flags,
    /// Options chosen that can be chosen only once, a bit each.
    once: Vec<u64>,
    /// Decisions made so far.
    pub decisions: u32,
}

/// Where a run can stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// In a scene, with a choice to make.
    Scene(u32),
    /// At an ending.
    Ending(u32),
    /// Before the start, or in passages without end. The checker refuses such scenarios; a program made by hand could
    /// hold one.
    #[default]
    Nowhere,
}

/// What happened, in the order in which it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The chosen option moved the meters by this much, soft ends counted.
    Moved(Effect),
    /// An insight was found that wasn't known.
    Learned(u32),
    /// A flag was set that wasn't.
    Remembered(u32),
    /// A scene was entered: a passage or the next decision.
    Entered(u32),
    /// An echo sounded (by its place in the program) and moved the meters by this much.
    Echoed(u32, Effect),
    /// The story came to an ending.
    Ended(u32),
}

/// Somebody who is told what happens. `()` is nobody, and costs nothing.
pub trait Observer {
    /// Whether it looks at anything at all. What is only worked out to be seen isn't, where nobody looks.
    const LOOKS: bool = true;

    /// Something happened.
    fn see(&mut self, event: Event);
}

impl Observer for () {
    const LOOKS: bool = false;

    fn see(&mut self, _: Event) {}
}

impl Observer for Vec<Event> {
    fn see(&mut self, event: Event) {
        self.push(event);
    }
}

/// An option that is not open was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("option {0} is not open here")]
pub struct NotOpen(pub usize);

impl State {
    /// Whether a `once` option was chosen.
    fn spent(&self, bit: u32) -> bool {
        let (word, bit) = word_and_bit(bit);
        self.once.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// The `once` options that were chosen, a bit each, in words of 64.
    pub fn spent_words(&self) -> &[u64] {
        &self.once
    }

    /// How many insights are known.
    pub const fn found(&self) -> u32 {
        self.insights.count_ones()
    }

    /// Whether a flag is set.
    pub fn has_flag(&self, flag: u32) -> bool {
        let (word, bit) = word_and_bit(flag);
        self.flags.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Whether an insight is known.
    pub const fn knows(&self, insight: u32) -> bool {
        self.insights & (1 << insight) != 0
    }
}

/// The word of a bit set that holds a bit, and the bit in it.
fn word_and_bit(bit: u32) -> (usize, u64) {
    ((bit / 64) as usize, 1 << (bit % 64))
}

impl Program {
    /// The state before the first decision.
    pub fn begin(&self, seed: Seed, observer: &mut impl Observer) -> State {
        let mut state = State::default();
        self.begin_in(&mut state, seed, observer);
        state
    }

    /// The state before the first decision, in the place of another one: many plays then need no memory of their own.
    pub fn begin_in(&self, state: &mut State, seed: Seed, observer: &mut impl Observer) {
        state.place = Place::Nowhere;
        state.meters = self.meters;
        state.insights = 0;
        state.flags = Flags::default();
        state.once.clear();
        state.once.resize(self.once.div_ceil(64) as usize, 0);
        state.decisions = 0;
        self.enter(state, Target::Scene(self.start), seed, observer);
    }

    /// The open options of a state, a bit each, by their place in the scene; none at an ending.
    #[inline]
    pub fn open(&self, state: &State) -> u8 {
        let Place::Scene(scene) = state.place else {
            return 0;
        };
        match self.doors(scene) {
            (always, 0) => always,
            (always, gated) => always | self.open_among(scene, gated, state),
        }
    }

    /// Those that are open of some options of a scene, a bit each.
    #[inline(never)]
    fn open_among(&self, scene: u32, mut gated: u8, state: &State) -> u8 {
        let first = self.scenes[scene as usize].options.start;
        let mut open = 0;
        while gated != 0 {
            let place = gated.trailing_zeros();
            let option = &self.options[(first + place) as usize];
            if !option.once.is_some_and(|bit| state.spent(bit)) && self.holds(option.when, state) {
                open |= 1 << place;
            }
            gated &= gated - 1;
        }
        open
    }

    /// Makes a choice: the option's effect, then what is learned, then what is set, then where it leads.
    ///
    /// # Errors
    /// If the option isn't open; the state is then as it was.
    pub fn choose(
        &self,
        state: &mut State,
        option: usize,
        seed: Seed,
        observer: &mut impl Observer,
    ) -> Result<(), NotOpen> {
        let Place::Scene(scene) = state.place else {
            return Err(NotOpen(option));
        };
        if option >= 8 || self.open(state) & (1 << option) == 0 {
            return Err(NotOpen(option));
        }
        let options = self.scenes[scene as usize].options;
        self.take(state, options.start as usize + option, seed, observer);
        Ok(())
    }

    /// Makes a choice that is known to be open, by the option's place in the program.
    #[inline]
    pub(super) fn take<O: Observer>(&self, state: &mut State, option: usize, seed: Seed, observer: &mut O) {
        let sure = self.sure_lead(option);
        let option = &self.options[option];
        let before = state.meters;
        state.meters = before.after(option.effect);
        if O::LOOKS {
            observer.see(Event::Moved(state.meters.since(before)));
            each_bit(option.learn & !state.insights, |bit| observer.see(Event::Learned(bit)));
            for (word, (flags, set)) in (0..).zip(state.flags.iter().zip(option.set)) {
                each_bit(set & !*flags, |bit| observer.see(Event::Remembered(word * 64 + bit)));
            }
        }
        state.insights |= option.learn;
        for (flags, set) in state.flags.iter_mut().zip(option.set) {
            *flags |= set;
        }
        if let Some((word, bit)) = option.once.map(word_and_bit)
            && let Some(spent) = state.once.get_mut(word)
        {
            *spent |= bit;
        }
        state.decisions += 1;
        let mut draws = None;
        let to = sure.unwrap_or_else(|| self.lead(option.exits, state, seed, &mut draws));
        match to {
            // Most scenes only need to be stood in.
            Target::Scene(scene) if self.is_quiet(scene) => {
                observer.see(Event::Entered(scene));
                state.place = Place::Scene(scene);
            }
            Target::Scene(_) | Target::Ending(_) => self.enter_drawing(state, to, seed, &mut draws, observer),
        }
    }

    fn enter(&self, state: &mut State, to: Target, seed: Seed, observer: &mut impl Observer) {
        self.enter_drawing(state, to, seed, &mut None, observer);
    }

    /// Enters a target and goes on through passages to the next decision or an ending.
    #[inline(never)]
    fn enter_drawing<O: Observer>(
        &self,
        state: &mut State,
        mut to: Target,
        seed: Seed,
        draws: &mut Option<Draws>,
        observer: &mut O,
    ) {
        // A checked scenario has no endless passages; no way is longer than its scenes.
        for _ in 0..self.scenes.len().saturating_add(1) {
            let scene = match to {
                Target::Scene(scene) => scene,
                Target::Ending(ending) => {
                    state.place = Place::Ending(ending);
                    observer.see(Event::Ended(ending));
                    return;
                }
            };
            observer.see(Event::Entered(scene));
            let here = &self.scenes[scene as usize];
            for echo in here.echoes.range() {
                let told = &self.echoes[echo];
                if self.holds(told.when, state) {
                    let before = state.meters;
                    state.meters = before.after(told.effect);
                    if O::LOOKS {
                        let place = u32::try_from(echo).unwrap_or(u32::MAX);
                        observer.see(Event::Echoed(place, state.meters.since(before)));
                    }
                }
            }
            if !here.options.is_empty() {
                state.place = Place::Scene(scene);
                return;
            }
            to = self.lead(here.exits, state, seed, draws);
        }
        state.place = Place::Nowhere;
    }

    /// Where a goto leads from a state: the first exit that holds and needs no draw, or a draw among neighbours.
    #[inline(never)]
    fn lead(&self, exits: Span, state: &State, seed: Seed, draws: &mut Option<Draws>) -> Target {
        let exits = &self.exits[exits.range()];
        let mut rest = exits;
        while let Some((exit, after)) = rest.split_first() {
            if exit.chance == 0 {
                if self.holds(exit.when, state) {
                    return exit.to;
                }
                rest = after;
            } else {
                let (chances, after) = rest.split_at(rest.iter().take_while(|exit| exit.chance > 0).count());
                if let Some(to) =
                    self.draw(chances, state, || draws.get_or_insert_with(|| Draws::gotos(seed, state.decisions)))
                {
                    return to;
                }
                rest = after;
            }
        }
        // A checked goto always holds somewhere; its last entry stands in rather than a panic.
        exits.last().map_or(Target::Scene(self.start), |exit| exit.to)
    }

    /// One draw by weight among the exits that hold, if any does.
    fn draw<'d>(&self, exits: &[Exit], state: &State, draws: impl FnOnce() -> &'d mut Draws) -> Option<Target> {
        let open = || exits.iter().filter(|exit| self.holds(exit.when, state));
        let total: u64 = open().map(|exit| u64::from(exit.chance)).sum();
        if total == 0 {
            return None;
        }
        let mut left = draws().below(total);
        for exit in open() {
            let weight = u64::from(exit.chance);
            if left < weight {
                return Some(exit.to);
            }
            left -= weight;
        }
        None
    }

    /// Whether a condition holds in a state.
    #[inline]
    pub fn holds(&self, when: Span, state: &State) -> bool {
        // Most have none.
        when.is_empty() || self.holds_all(when, state)
    }

    #[inline(never)]
    fn holds_all(&self, when: Span, state: &State) -> bool {
        self.tests[when.range()].iter().all(|test| match *test {
            Test::Meter(meter, min, max) => {
                let value = Meter::ALL.get(usize::from(meter)).map_or(0, |meter| state.meters.get(*meter));
                min <= value && value <= max
            }
            Test::Count(min, max) => (u32::from(min)..=u32::from(max)).contains(&state.found()),
            Test::Knows(bits) => state.insights & bits == bits,
            Test::Flags(word, bits) => state.flags[usize::from(word & 3)] & bits == bits,
            Test::Without(word, bits) => state.flags[usize::from(word & 3)] & bits == 0,
            Test::Any(alternatives) => {
                (alternatives.start..alternatives.end).any(|at| self.holds(Span { start: at, end: at + 1 }, state))
            }
            Test::All(parts) => self.holds(parts, state),
        })
    }
}

/// Calls for every bit that is set, lowest first.
fn each_bit(mut bits: u64, mut call: impl FnMut(u32)) {
    while bits != 0 {
        call(bits.trailing_zeros());
        bits &= bits - 1;
    }
}
