//! Team sessions: their rules, and that every kind of store keeps to them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
#![allow(unreachable_pub, reason = "one program")]

mod boards;
mod cast;
mod erased;
mod forged;
mod freeze;
mod orders;
mod people;
#[path = "../common/postgres.rs"]
mod postgres;
mod refusals;
mod roles;
mod store;
