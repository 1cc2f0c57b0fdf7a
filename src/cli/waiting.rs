//! A line on standard error that says how far long work is, where somebody sees it; nothing of it stays.

use std::io;
use std::time::{Duration, Instant};

use super::Streams;

/// Work that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// The line, and since when somebody waits.
pub(super) struct Waiting {
    began: Instant,
    shown: bool,
}

impl Waiting {
    pub(super) fn new() -> Self {
        Self { began: Instant::now(), shown: false }
    }

    /// Says how far it is, if it is a while already.
    pub(super) fn tell(&mut self, streams: &mut Streams<'_>, how_far: impl FnOnce() -> String) -> io::Result<()> {
        if !streams.errors_is_terminal || self.began.elapsed() < PATIENCE {
            return Ok(());
        }
        self.shown = true;
        write!(streams.errors, "\r\x1b[K{}", how_far())?;
        streams.errors.flush()
    }

    /// Takes the line away.
    pub(super) fn done(self, streams: &mut Streams<'_>) -> io::Result<()> {
        if self.shown {
            write!(streams.errors, "\r\x1b[K")?;
            streams.errors.flush()?;
        }
        Ok(())
    }
}
