//! The rules of play: where a choice turns into consequences, and the only place where it does.
//!
//! Pure: no clock, no files, no screen, no randomness but the run's seed; whole numbers only, so that a replay gives
//! the same result on every machine. A run is its choices: [`Program`] + seed + chosen options make everything else.

pub mod draw;
pub mod game;
pub mod program;
pub mod ready;
pub mod run;
pub mod score;
pub mod state;

pub use draw::Seed;
pub use game::{Game, Met};
pub use program::Program;
pub use run::{Chosen, Run, Step};
pub use score::{Keys, Ratio, RuleSum, Score, Sums, Tally, Title};
pub use state::{Event, Observer, Place, State};

/// The version of these rules. It is stored with a run; runs of different versions are not compared.
pub const ENGINE_VERSION: u32 = 1;

/// The version of the scoring (keys, weights, formula). Runs of different versions are never ranked together.
pub const KEY_VERSION: u32 = 1;
