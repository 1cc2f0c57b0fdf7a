//! What a run comes to: its meters in words, its next quarter, its debrief and its result as data.
//!
//! And what playing it shows of a story: proofs, bots, findings for its author. Everything here is made from stories and
//! runs and is pure; where runs come from and how a screen looks is not known.

pub mod archive;
mod band;
pub mod board;
mod change;
mod cost;
mod debrief;
pub mod export;
mod findings;
mod next_quarter;
mod proved;
mod result;
pub mod results;
mod roads;
mod simulated;
mod summary;
pub mod text;

pub use band::Band;
pub use change::{Change, signed, track};
pub use cost::{Cost, costs};
pub use debrief::{Debrief, Decided, decided};
pub use findings::{Finding, Findings, by_playing, findings};
pub use next_quarter::{FirstCall, NextQuarter};
pub use proved::{Ending, Numbers, Proved, Range, Road};
pub use result::{Decimal, RuleResult, RunResult, StepResult};
pub use roads::{NotTaken, chosen_at_first, not_taken};
pub use simulated::{BandResult, PolicyResult, Simulated, Spread, Tenths};
pub use summary::{Outcome, Summary};
