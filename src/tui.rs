//! The terminal interface.

pub mod drive;
#[cfg(unix)]
pub mod terminal;
