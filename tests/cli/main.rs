//! The program as somebody at a shell meets it: what each command prints, and how it ends.
#![allow(clippy::expect_used, clippy::panic, unreachable_pub)]

mod exports;
mod files;
#[path = "../common/generated.rs"]
mod generated;
mod kept;
mod plain;
#[path = "../common/plays.rs"]
mod plays;
#[path = "../common/postgres.rs"]
mod postgres;
mod program;
mod prove;
mod reports;
mod simulate;
#[path = "../common/store.rs"]
mod store;
mod team;
mod tools;
