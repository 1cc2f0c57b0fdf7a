//! Whole plays without their story, for those who play by the million: the same rules as a [`Run`](super::Run), and
//! nothing kept but where it stands and what it comes to.

use super::draw::Seed;
use super::program::{PlayOption, Program};
use super::run::Chosen;
use super::score::{Keys, Score, Sums};
use super::state::{Place, State};
use crate::terms::EndingKind;

/// A decision as it is met: what somebody who chooses may look at.
#[derive(Clone, Copy, Debug)]
pub struct Met<'a> {
    /// What is played.
    pub program: &'a Program,
    /// Where the play stands.
    pub state: &'a State,
    /// The scene.
    pub scene: u32,
    /// The open options, a bit each; at least one in a checked scenario.
    pub open: u8,
    /// Their keys.
    pub keys: Keys,
}

impl<'a> Met<'a> {
    /// The open options with their places, in the file's order.
    pub fn options(self) -> impl DoubleEndedIterator<Item = (Chosen, &'a PlayOption)> {
        let options = &self.program.options[self.program.scenes[self.scene as usize].options.range()];
        let is_open = move |place: u8| self.open & (1 << place) != 0;
        (0_u8..8).zip(options).filter(move |(place, _)| is_open(*place)).map(|(place, option)| (Chosen(place), option))
    }

    /// An option's place in the program.
    #[inline]
    pub fn place(self, Chosen(option): Chosen) -> usize {
        self.program.scenes[self.scene as usize].options.start as usize + usize::from(option)
    }

    /// How many options are open.
    #[inline]
    pub const fn count(self) -> u32 {
        self.keys.count()
    }

    /// The open option number `nth`, from 0, in the file's order; the last one if there are fewer.
    #[inline]
    pub fn nth(self, nth: u32) -> Chosen {
        nth_of(self.open, nth)
    }
}

/// Of some options, a bit each, number `nth`, from 0; the last one if there are fewer.
#[inline]
pub fn nth_of(options: u8, nth: u32) -> Chosen {
    let mut rest = options;
    if options & options.wrapping_add(1) == 0 {
        // All up to the last one: the usual case.
        let last = 7_u32.saturating_sub(options.leading_zeros());
        return Chosen(u8::try_from(nth.min(last)).unwrap_or(0));
    }
    for _ in 0..nth {
        // The lowest bit goes, but never the last one.
        let fewer = rest & rest.wrapping_sub(1);
        rest = if fewer == 0 { rest } else { fewer };
    }
    Chosen(u8::try_from(rest.trailing_zeros()).unwrap_or(0))
}

/// A play in progress, and after it another in the same memory.
#[derive(Clone, Debug, Default)]
pub struct Game {
    state: State,
    sums: Sums,
}

impl Game {
    /// Plays from the first scene to an ending. `choose` answers one of the open options; where it answers another, the
    /// first open one is taken. Answers the ending and its kind; nothing if the play went nowhere or made more than
    /// `longest` decisions.
    #[inline]
    pub fn play(
        &mut self,
        program: &Program,
        seed: Seed,
        longest: u32,
        mut choose: impl FnMut(Met<'_>) -> Chosen,
    ) -> Option<(u32, EndingKind)> {
        self.sums = Sums::default();
        program.begin_in(&mut self.state, seed, &mut ());
        loop {
            let scene = match self.state.place {
                Place::Scene(scene) => scene,
                Place::Ending(ending) => return Some((ending, *program.endings.get(ending as usize)?)),
                Place::Nowhere => return None,
            };
            let open = program.open(&self.state);
            if open == 0 || self.state.decisions >= longest {
                return None;
            }
            let keys = program.keys(scene, open);
            let met = Met { program, state: &self.state, scene, open, keys };
            let Chosen(wanted) = choose(met);
            let chosen = if wanted < 8 && open & (1 << wanted) != 0 { Chosen(wanted) } else { met.nth(0) };
            let here = &program.scenes[scene as usize];
            let place = here.options.start as usize + usize::from(chosen.0);
            let option = &program.options[place];
            self.sums.decide(here.scored.weight, &keys, option.key, option.posture);
            program.take(&mut self.state, place, seed, &mut ());
        }
    }

    /// Where the last play ended.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// What was added up over the last play.
    pub const fn sums(&self) -> &Sums {
        &self.sums
    }

    /// What the last play comes to, if it came to an ending of this kind.
    #[inline]
    pub fn score(&self, program: &Program, ending: EndingKind) -> Score {
        Score::of(program, &self.sums, &self.state, ending)
    }
}
