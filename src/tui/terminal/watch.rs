//! The threads that wait for what can happen to a terminal, and the one channel on which they tell it.
//!
//! Each of them blocks until there is something, so that nothing runs while nothing happens.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crossterm::event::{Event, KeyEventKind};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use rustix::stdio::{dup2_stdin, stdin, stdout};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;

use super::Ended;
use super::ending::Ending;

/// How long two signals may take that are sent one after the other.
const BREATH: Duration = Duration::from_millis(10);

/// What the main loop is told.
#[derive(Debug)]
pub(super) enum Message {
    /// Something was typed, clicked or pasted.
    Event(Event),
    /// Somebody outside has something for the drive.
    Woken,
    /// The terminal has another size.
    Resized,
    /// The process is to stop.
    Stop,
    /// The process was stopped and goes on; what happened to the terminal meanwhile is anyone's guess.
    Continued,
    /// The end, and why.
    End(Ended),
    /// Another thread panicked; its message is on the terminal, which has been given back.
    Panicked,
    /// Input can't be read.
    Failed(io::Error),
}

/// Starts to catch signals, and to tell of them until the process ends, with screens or after them.
pub(super) fn signals(ending: Arc<Ending>, outbox: Sender<Message>) -> io::Result<JoinHandle<()>> {
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH])?;
    spawn("signals", move || {
        loop {
            let mut caught: Vec<i32> = signals.wait().collect();
            if caught.contains(&SIGCONT) {
                // Whoever ends a stopped job continues it in the same breath, and it mustn't stop again before it ends.
                thread::sleep(BREATH);
                caught.extend(signals.pending());
                caught.sort_by_key(|&signal| signal == SIGCONT);
            }
            for signal in caught {
                // Nobody is left to be told once the screens have ended.
                let _ = match signal {
                    SIGWINCH => outbox.send(Message::Resized),
                    SIGCONT => outbox.send(Message::Continued),
                    SIGTSTP => outbox.send(Message::Stop),
                    _ => ending.ask(Message::End(Ended::Signal(signal)), Ended::Signal(signal).exit_code()),
                };
            }
        }
    })
}

/// Starts to wait for the end of the terminal itself.
pub(super) fn hangup(ending: Arc<Ending>) -> io::Result<JoinHandle<()>> {
    let (silence, writer) = io::pipe()?;
    spawn("hangup", move || {
        let _never_written = writer;
        let (stdin, stdout) = (stdin(), stdout());
        // Nothing is asked for: the end and errors are always told.
        let mut fds = [PollFd::new(&stdin, PollFlags::empty()), PollFd::new(&stdout, PollFlags::empty())];
        while matches!(poll(&mut fds, None), Ok(0) | Err(Errno::INTR)) {}
        // Crossterm may read on and on from a terminal that is gone, with all the processor that it gets. From a pipe
        // into which nobody writes it waits.
        let _ = dup2_stdin(&silence);
        ending.ask(Message::End(Ended::TerminalGone), Ended::TerminalGone.exit_code());
    })
}

/// Starts to read what is typed, clicked and pasted.
pub(super) fn input(outbox: Sender<Message>) -> io::Result<JoinHandle<()>> {
    spawn("input", move || {
        loop {
            let message = match crossterm::event::read() {
                Ok(event) if is_wanted(&event) => Message::Event(event),
                Ok(_) => continue,
                Err(error) => Message::Failed(error),
            };
            let failed = matches!(message, Message::Failed(_));
            if outbox.send(message).is_err() || failed {
                return;
            }
        }
    })
}

/// A key that is let go is not a second press. Sizes are asked for where they are needed, and are told by a signal.
fn is_wanted(event: &Event) -> bool {
    match event {
        Event::Key(key) => key.kind != KeyEventKind::Release,
        Event::Resize(..) => false,
        Event::Mouse(_) | Event::Paste(_) | Event::FocusGained | Event::FocusLost => true,
    }
}

fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).spawn(body)
}
