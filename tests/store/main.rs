//! Where runs are kept: what every store promises, and what becomes of files that aren't as they should be.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod conformance;
mod files;
mod runs;
