//! The terminal interface.

pub mod drive;
mod start;
pub mod theme;

pub use start::{Start, StartError, Wish, run};
