//! The terminal interface.

pub mod drive;
