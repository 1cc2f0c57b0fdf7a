//! What can be said of a story without anybody playing it. Knows no files and no screens.

pub mod chance;
