//! What can be said of a story without anybody playing it. Knows the engine; no files and no screens.
//!
//! Two ways. Bots play it by the thousand ([`simulate`], [`policies`], [`bands`]). And it is gone through exactly
//! ([`Prover`]): what can be met, how it can end, the best and the worst that can be had of it, from the start or from
//! any state in play. Nothing is reported as proven that isn't: where a budget of states runs out, there are bounds
//! that hold all the same. Weighted draws are taken both ways throughout: "can" means that some luck brings it about,
//! and the best is the best that luck allows.

pub mod bands;
pub mod chance;
pub mod policies;
pub mod sight;
pub mod simulate;
pub mod totals;

mod aim;
mod answers;
mod bounds;
mod chase;
mod facts;
mod graph;
mod hash;
mod lens;
mod meters;
mod outline;
mod plays;
mod prices;
mod progress;
mod proof;
mod prover;
mod ranges;
mod reach;
mod search;
mod skeleton;
mod targets;
mod view;
mod walk;
mod witness;

pub use answers::{Answer, Answers};
pub use progress::Progress;
pub use proof::{Proof, Summit};
pub use prover::{Extreme, Limits, Prover};
pub use targets::{Reach, Targets, Witness};
