//! A drive on the terminal that the program was started in.
//!
//! Everything between the system's terminal and a [`Drive`]: it is refused where it can't serve, switched, drawn on,
//! waited for, and given back as it was found, however the program ends. One thread draws and decides; the others only
//! wait for what can happen and tell it, see `watch`. What ends the program from outside is asked of that one thread
//! first, so that a run can be saved, and done without it if it is stuck, see `ending`.

mod clock;
mod ending;
mod gaps;
mod job;
mod modes;
mod screen;
mod session;
mod watch;

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};

use rustix::stdio::{stdin, stdout};
use rustix::termios::isatty;

use self::ending::{Ending, Guard};
use self::modes::Modes;
use self::session::{Session, Step, checked};
use self::watch::Message;
use super::drive::Drive;

/// What may be asked of the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TerminalOptions {
    /// Whether clicks and the wheel come in as events. Without it the terminal's own selection works as usual.
    pub mouse: bool,
}

impl Default for TerminalOptions {
    fn default() -> Self {
        Self { mouse: true }
    }
}

/// Why the screens ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The drive said so.
    Quit,
    /// A signal, by its number, asked for it.
    Signal(i32),
    /// The terminal is gone: its window was closed, or the connection broke.
    TerminalGone,
}

impl Ended {
    /// The code that the program ends with: 0, or 128 and the signal's number. A terminal that goes away is one way of
    /// hanging up, and ends as SIGHUP does, whichever of the two was noticed first.
    pub fn exit_code(self) -> u8 {
        let signal = match self {
            Self::Quit => return 0,
            Self::Signal(signal) => signal,
            Self::TerminalGone => signal_hook::consts::SIGHUP,
        };
        u8::try_from(signal).map_or(u8::MAX, |signal| signal.saturating_add(128))
    }
}

/// Why there are no screens, or no longer.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Somebody redirected one of them.
    #[error("{0} is not a terminal, and the screens need one; use --plain to play line by line")]
    NotATerminal(&'static str),
    /// Nothing says what the terminal can do.
    #[error("TERM is not set, so there is no knowing what this terminal can do; use --plain to play line by line")]
    NoTerm,
    /// The terminal says that it can't.
    #[error("TERM is `dumb`: this terminal can't show screens; use --plain to play line by line")]
    DumbTerm,
    /// The process has one terminal, one table of signals and one reader of keys; they were used before.
    #[error("the screens were already shown once; start the program again")]
    UsedBefore,
    /// The system refused something at the start.
    #[error("could not set up the terminal: {0}; use --plain to play line by line")]
    SetUp(#[source] io::Error),
    /// Reading keys failed.
    #[error("could not read from the terminal: {0}; use --plain to play line by line")]
    Read(#[source] io::Error),
    /// Drawing failed.
    #[error("could not write to the terminal: {0}; use --plain to play line by line")]
    Write(#[source] io::Error),
}

/// Shows the drive on the terminal until it ends. Once in a process.
///
/// The drive is told the size by an `Event::Resize` before it is first drawn, whenever it changes, and when the
/// program was stopped and goes on; it is always one that can be drawn. Of keys it gets presses and repeats.
///
/// On return the terminal is as it was found. If it is a signal or the end of the terminal that ended the screens, or if
/// one comes later, the program has less than half a second from then on, and is ended if it takes longer.
///
/// # Errors
/// Before anything is touched, if there is no terminal that can show screens; later if it fails.
///
/// # Panics
/// Where the drive, or any other thread meanwhile, does. The terminal is given back first.
pub fn run(drive: &mut impl Drive, options: TerminalOptions) -> Result<Ended, TerminalError> {
    run_with(drive, options, drop)
}

/// As [`run`], for a drive that has something coming in from elsewhere: `start` gets the bell to ring when it has, just
/// before the first screen shows.
///
/// # Errors
/// As [`run`].
///
/// # Panics
/// As [`run`].
pub fn run_with(
    drive: &mut impl Drive,
    options: TerminalOptions,
    start: impl FnOnce(Bell),
) -> Result<Ended, TerminalError> {
    refuse_what_cannot_serve()?;
    take_the_terminal()?;

    let (outbox, inbox) = mpsc::channel();
    let modes = Arc::new(Modes::new(options.mouse));
    let ending = Arc::new(Ending::new(Arc::clone(&modes), outbox.clone()));
    watch::signals(Arc::clone(&ending), outbox.clone()).map_err(TerminalError::SetUp)?;
    let _guard = Guard::new(Arc::clone(&ending));
    watch::hangup(ending).map_err(TerminalError::SetUp)?;

    if let Step::Break(ended) = checked(modes.enter(), TerminalError::SetUp) {
        return ended;
    }
    watch::input(outbox.clone()).map_err(TerminalError::SetUp)?;
    start(Bell(outbox));
    Session::new(drive, modes, inbox).map_err(TerminalError::SetUp)?.run()
}

/// Wakes a drive that waits: what there is to be fetched is between it and whoever rings.
#[derive(Clone, Debug)]
pub struct Bell(Sender<Message>);

impl Bell {
    /// Has the drive woken, once or several times for as many rings. After the end it does nothing.
    pub fn ring(&self) {
        let _ = self.0.send(Message::Woken);
    }
}

/// Looks before anything is touched.
fn refuse_what_cannot_serve() -> Result<(), TerminalError> {
    if !isatty(stdin()) {
        return Err(TerminalError::NotATerminal("standard input"));
    }
    if !isatty(stdout()) {
        return Err(TerminalError::NotATerminal("standard output"));
    }
    match std::env::var_os("TERM") {
        None => Err(TerminalError::NoTerm),
        Some(term) if term.is_empty() => Err(TerminalError::NoTerm),
        Some(term) if term == "dumb" => Err(TerminalError::DumbTerm),
        Some(_) => Ok(()),
    }
}

/// The only state of the library that is the process's: what it guards is the process's, too.
fn take_the_terminal() -> Result<(), TerminalError> {
    static TAKEN: AtomicBool = AtomicBool::new(false);
    if TAKEN.swap(true, Ordering::SeqCst) { Err(TerminalError::UsedBefore) } else { Ok(()) }
}
