//! What the tests that run a program share.
#![allow(dead_code, unreachable_pub, reason = "each test takes of it what it needs")]

pub mod pty;
