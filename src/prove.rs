//! What can be said of a story without anybody playing it: bots by the thousand. Knows no files and no screens.

pub mod bands;
pub mod chance;
pub mod policies;
pub mod sight;
pub mod simulate;
pub mod totals;
