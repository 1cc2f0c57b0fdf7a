//! One play, from the first scene to wherever it stands: the choices made and everything that followed from them.

use super::draw::{Seed, shuffled};
use super::program::Program;
use super::score::{Score, Tally};
use super::state::{Event, NotOpen, Place, State};
use crate::terms::{EndingKind, Meters};

/// A choice: the option's place in its scene, in authored order, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chosen(pub u8);

/// One decision as it was met and made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The scene it was made in.
    pub scene: u32,
    /// The options that were open, a bit each.
    pub open: u8,
    /// The one that was chosen.
    pub chosen: Chosen,
    /// The meters when the decision was made.
    pub before: Meters,
    /// The meters after the option's own effect, before what came on the way to the next scene.
    pub after: Meters,
    /// What happened from the choice to the next decision or the ending.
    pub events: Vec<Event>,
}

/// A run: seed and choices, and what replaying them gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    seed: Seed,
    opening: Vec<Event>,
    steps: Vec<Step>,
    state: State,
    tally: Tally,
}

/// A list of choices that can't be replayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("choice {} is not open there", .at + 1)]
pub struct ReplayError {
    /// Which of the choices, from 0.
    pub at: usize,
}

impl Run {
    /// A run that begins.
    pub fn begin(program: &Program, seed: Seed) -> Self {
        let mut opening = Vec::new();
        let state = program.begin(seed, &mut opening);
        Self { seed, opening, steps: Vec::new(), state, tally: Tally::default() }
    }

    /// The run that these choices make.
    ///
    /// # Errors
    /// At the first choice that wasn't open.
    pub fn replay(program: &Program, seed: Seed, choices: &[Chosen]) -> Result<Self, ReplayError> {
        let mut run = Self::begin(program, seed);
        for (at, choice) in choices.iter().enumerate() {
            run.choose(program, *choice).map_err(|_| ReplayError { at })?;
        }
        Ok(run)
    }

    /// Makes a choice.
    ///
    /// # Errors
    /// If it isn't open; the run is then as it was.
    pub fn choose(&mut self, program: &Program, chosen: Chosen) -> Result<(), NotOpen> {
        let before = self.state.meters;
        let open = program.open(&self.state);
        let place = self.state.place;
        let mut events = Vec::new();
        program.choose(&mut self.state, usize::from(chosen.0), self.seed, &mut events)?;
        let Place::Scene(scene) = place else {
            return Err(NotOpen(usize::from(chosen.0)));
        };
        let option = program.option(scene, chosen);
        let scored = program.scenes[scene as usize].scored;
        self.tally.decide(scored, &program.keys(scene, open), option.key, option.posture);
        self.steps.push(Step { scene, open, chosen, before, after: before.after(option.effect), events });
        Ok(())
    }

    /// The same run as it stood before its decision number `decision` (from 0).
    pub fn back_to(&self, program: &Program, decision: usize) -> Self {
        let mut run = Self::begin(program, self.seed);
        for step in self.steps.iter().take(decision) {
            // What was open once is open again: the state is the same.
            if run.choose(program, step.chosen).is_err() {
                break;
            }
        }
        run
    }

    /// Where its chance comes from.
    pub const fn seed(&self) -> Seed {
        self.seed
    }

    /// What happened before the first decision.
    pub fn opening(&self) -> &[Event] {
        &self.opening
    }

    /// The decisions made.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// The choices made: with scenario and seed, the whole run.
    pub fn choices(&self) -> Vec<Chosen> {
        self.steps.iter().map(|step| step.chosen).collect()
    }

    /// Where it stands.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// What was added up for the score.
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The order in which the options of the present decision are shown: authored places, shuffled by the seed.
    pub fn shown_order(&self, program: &Program) -> Vec<Chosen> {
        let Place::Scene(scene) = self.state.place else {
            return Vec::new();
        };
        let count = program.scenes[scene as usize].options.len();
        let order = shuffled(self.seed, self.state.decisions, count);
        order.into_iter().filter_map(|place| u8::try_from(place).ok().map(Chosen)).collect()
    }

    /// The ending reached and its kind, if it has ended.
    pub fn ending(&self, program: &Program) -> Option<(u32, EndingKind)> {
        match self.state.place {
            Place::Ending(ending) => Some((ending, program.endings[ending as usize])),
            Place::Scene(_) | Place::Nowhere => None,
        }
    }

    /// The score, if it has ended.
    pub fn score(&self, program: &Program) -> Option<Score> {
        let (_, kind) = self.ending(program)?;
        Some(Score::of(program, &self.tally, &self.state, kind))
    }
}

impl Program {
    /// An option by its scene and its place there.
    pub fn option(&self, scene: u32, chosen: Chosen) -> &super::program::PlayOption {
        let options = self.scenes[scene as usize].options;
        &self.options[options.start as usize + usize::from(chosen.0)]
    }
}
