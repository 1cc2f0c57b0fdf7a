//! What the tests that run a program share.

pub mod pty;
