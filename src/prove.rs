//! Exact analysis of a story: what can be met, how it can end, the best and the worst that can be had of it.
//!
//! Works on a compiled [`Program`]; knows no files and no screens. Nothing is reported as proven that isn't: where a
//! budget of states runs out, there are bounds that hold all the same. Weighted draws are taken both ways throughout:
//! "can" means that some seed may bring it about, and the best is the best that luck allows.

mod aim;
mod bounds;
mod facts;
mod graph;
mod hash;
mod lens;
mod meters;
mod outline;
mod plays;
mod proof;
mod prover;
mod reach;
mod search;
mod skeleton;
mod targets;
mod view;
mod walk;
mod witness;

pub use proof::{Proof, Summit};
pub use prover::{Extreme, Limits, Prover};
pub use targets::{Reach, Targets, Witness};
