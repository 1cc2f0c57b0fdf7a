//! Ridealong: a training simulator for the terminal.
//!
//! A sales leader plays branching customer scenarios; each choice is scored as leading, taking over or being absent,
//! while the customer's trust in the rep rises and falls. The library holds everything; the program calls it. The
//! modules stand in layers, see `ARCHITECTURE.md`: [`engine`] knows no files, [`scenario`] no screens.

pub mod cli;
pub mod config;
pub mod courier;
pub mod diagnostic;
pub mod engine;
pub mod keeper;
pub mod lrs;
pub mod plain;
pub mod practice;
pub mod prove;
pub mod record;
pub mod report;
pub mod scenario;
pub mod side_by_side;
pub mod store;
pub mod story;
pub mod team;
pub mod terms;
pub mod text;
pub mod tui;
pub mod whole_file;
