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
mod program;
mod prove;
mod reports;
mod simulate;
#[path = "../common/store.rs"]
mod store;
mod tools;
