//! The screens as a player meets them: the app on a buffer, keys in, text out. No terminal is needed.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod kept;
mod picture;
mod play;
mod player;
#[path = "../common/plays.rs"]
mod plays;
mod roads;
mod room;
mod sizes;
mod snapshots;
mod styles;
mod team;
mod watching;
