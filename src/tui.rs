//! The terminal interface: an app that knows no terminal, and a terminal that knows no app.

pub mod app;
pub mod drive;
pub mod glyphs;
pub mod keymap;
pub mod look;
pub mod motion;
pub mod msg;
pub mod screens;
pub mod settings;
pub mod shelf;
mod start;
pub mod terminal;
pub mod theme;
pub mod watching;
pub mod widgets;

pub use start::{ARRIVAL, Start, app, run};
pub use terminal::{Ended, TerminalError};
pub use watching::{Watch, watch};

#[cfg(not(unix))]
compile_error!("Ridealong runs on Linux, macOS and other Unix systems; on Windows, build it inside WSL");
