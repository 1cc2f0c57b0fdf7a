//! The program as somebody at a shell meets it: what each command prints, and how it ends.
#![allow(clippy::expect_used, clippy::panic, unreachable_pub)]

#[path = "../common/mod.rs"]
mod common;

mod files;
mod plain;
mod program;
mod reports;
