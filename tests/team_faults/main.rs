//! Team sessions in a company's database, whatever fails: nothing is lost, nothing counts twice; and a whole company at
//! once.
//!
//! Longer campaigns by `FAULT_RUNS`, `FAULTS` and `CROWD`, see `ARCHITECTURE.md`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a campaign tells what it has done")]
#![allow(unreachable_pub, reason = "one program")]

mod campaign;
mod crowd;
mod parts;
#[path = "../common/postgres.rs"]
mod postgres;
mod proxy;
mod stage;

/// A number from the environment, for longer campaigns.
fn setting(name: &str, default: u32) -> u32 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}
