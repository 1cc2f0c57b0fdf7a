//! What a terminal is switched to for as long as a screen is on it, and how everything is switched back.
//!
//! A terminal outlives the program, so whoever ends it, and from whichever thread, has to leave the terminal as it was
//! found. This is the only place that switches anything, and the only one that writes: once the terminal is given
//! back, not a byte more of a screen reaches it.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{Action, OptionalActions, QueueSelector, Termios, tcflow, tcflush, tcgetattr, tcsetattr};

/// The alternate screen, no cursor, and pastes marked as such, so that pasted text is never taken for keys.
const ENTER: &str = "\x1b[?1049h\x1b[?25l\x1b[?2004h";
/// Presses and the wheel, in the encoding without a limit on columns. Movement is not asked for: nothing here follows
/// the pointer, and on a slow line every report of it would be in the way of a key.
const ENTER_MOUSE: &str = "\x1b[?1000h\x1b[?1006h";
/// Colours and everything above, backwards.
const LEAVE_MOUSE: &str = "\x1b[?1006l\x1b[?1000l";
const LEAVE: &str = "\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// How long giving back waits for somebody who is writing, and for a terminal that takes nothing.
const PATIENCE: Duration = Duration::from_millis(60);
/// How often it looks meanwhile.
const LOOK: Duration = Duration::from_millis(2);
/// How much is written at once: between two pieces, whoever gives the terminal back can come in.
const PIECE: usize = 4096;

/// The modes of the process's terminal, shared by every thread that may have to undo them.
pub(super) struct Modes {
    mouse: bool,
    /// Held by whoever writes, so that nobody's bytes come between another's.
    writing: Mutex<()>,
    /// Tells whoever writes to stop.
    giving_back: AtomicBool,
    /// The line settings as they were found, while they are not what they were.
    found: Mutex<Option<Termios>>,
}

impl Modes {
    /// Nothing is switched yet.
    pub(super) fn new(mouse: bool) -> Self {
        Self { mouse, writing: Mutex::new(()), giving_back: AtomicBool::new(false), found: Mutex::new(None) }
    }

    /// Switches to screens; also again, after the process was stopped by somebody who didn't ask.
    ///
    /// The first thing it does changes nothing. But a process in the background is stopped by the system there, before it
    /// has taken another's line settings for its own, or written anything into what is in the foreground.
    pub(super) fn enter(&self) -> io::Result<()> {
        let _writing = lock(&self.writing);
        tcflow(stdin(), Action::OOn)?;
        let current = tcgetattr(stdin())?;
        let mut raw = lock(&self.found).get_or_insert(current).clone();
        raw.make_raw();
        tcsetattr(stdin(), OptionalActions::Now, &raw)?;
        self.giving_back.store(false, Ordering::SeqCst);
        write_all(ENTER.as_bytes())?;
        if self.mouse { write_all(ENTER_MOUSE.as_bytes()) } else { Ok(()) }
    }

    /// Gives the terminal back as it was found. Once: whoever comes second finds it done, and waits until it is.
    ///
    /// Never waits for long, whatever the other threads and the terminal do. Nothing can be done about what fails here.
    pub(super) fn restore(&self) {
        self.giving_back.store(true, Ordering::SeqCst);
        let _writing = lock_within(&self.writing, PATIENCE).or_else(|| {
            // Somebody is stuck in writing to a terminal that takes nothing. What it hasn't taken is of no use to
            // anyone now; without it there is room, and at a change of settings the system has the writer look again.
            let _ = tcflush(stdout(), QueueSelector::OFlush);
            self.restore_line();
            lock_within(&self.writing, PATIENCE)
        });
        if lock(&self.found).is_none() {
            return;
        }
        if writable_within(PATIENCE) {
            if self.mouse {
                let _ = write_all(LEAVE_MOUSE.as_bytes());
            }
            let _ = write_all(LEAVE.as_bytes());
        }
        // What was typed for a screen that is gone, and reports of the mouse, are not the shell's.
        let _ = tcflush(stdin(), QueueSelector::IFlush);
        self.restore_line();
        *lock(&self.found) = None;
    }

    fn restore_line(&self) {
        if let Some(found) = &*lock(&self.found) {
            let _ = tcsetattr(stdin(), OptionalActions::Now, found);
        }
    }

    /// Writes what belongs to a screen; drops it if the terminal has been given back.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let _writing = lock(&self.writing);
        if lock(&self.found).is_none() {
            return Ok(());
        }
        let wanted = || !self.giving_back.load(Ordering::SeqCst);
        bytes.chunks(PIECE).take_while(|_| wanted()).try_for_each(write_all)
    }
}

/// Straight to the terminal: the standard library's own buffer has a lock that a stuck thread may hold.
fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(stdout(), bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = bytes.get(written..).unwrap_or_default(),
            Err(Errno::INTR) => {}
            // Somebody who shares the terminal has made it non-blocking.
            Err(Errno::AGAIN) => wait_writable(None)?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn wait_writable(timeout: Option<&Timespec>) -> io::Result<()> {
    let stdout = stdout();
    let mut fds = [PollFd::new(&stdout, PollFlags::OUT)];
    match poll(&mut fds, timeout) {
        Ok(0) => Err(io::ErrorKind::TimedOut.into()),
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn writable_within(patience: Duration) -> bool {
    Timespec::try_from(patience).is_ok_and(|patience| wait_writable(Some(&patience)).is_ok())
}

/// The lock, whether or not somebody panicked with it: what it guards is whole at any time.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn lock_within<T>(mutex: &Mutex<T>, patience: Duration) -> Option<MutexGuard<'_, T>> {
    let began = Instant::now();
    loop {
        match mutex.try_lock() {
            Ok(guard) => return Some(guard),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) if began.elapsed() >= patience => return None,
            Err(TryLockError::WouldBlock) => thread::sleep(LOOK),
        }
    }
}
