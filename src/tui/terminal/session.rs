//! The loop that everything ends up in: wait, take all that waits, draw once.

use std::io;
use std::ops::ControlFlow;
use std::panic;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Instant;

use crossterm::event::Event;
use ratatui::Terminal;
use ratatui::layout::{Position, Rect};
use rustix::io::Errno;
use rustix::stdio::stdin;
use rustix::termios::isatty;

use super::clock::Clock;
use super::job;
use super::modes::Modes;
use super::screen::{self, Screen};
use super::watch::Message;
use super::{Ended, TerminalError};
use crate::tui::drive::{Drive, Flow};

/// How many messages are taken at most before a frame is drawn: enough for every burst of keys and sizes, and an end
/// to it where input never ends.
const AT_ONCE: usize = 4096;

/// A drive on a terminal.
pub(super) struct Session<'a, D> {
    drive: &'a mut D,
    terminal: Terminal<Screen>,
    inbox: Receiver<Message>,
    modes: Arc<Modes>,
    clock: Clock,
    /// The terminal has been given back, and the process is stopped, or about to be, or has just been.
    stopped: bool,
}

/// What there is to do once all that waited has been taken.
#[derive(Default)]
struct Turn {
    draw: Draw,
    job: Option<Job>,
}

/// How much of the screen is drawn.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Draw {
    #[default]
    Nothing,
    Changes,
    Everything,
}

/// What a shell's job is to do; of several the last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Job {
    Stop,
    GoOn,
}

impl Turn {
    fn draw(&mut self, draw: Draw) {
        self.draw = self.draw.max(draw);
    }

    /// Without anybody to continue it, a job that stopped would be lost.
    fn stop(&mut self) {
        if job::can_be_continued() {
            self.job = Some(Job::Stop);
        }
    }

    /// Does what the drive wants.
    fn follow(&mut self, flow: Flow) -> Step {
        match flow {
            Flow::Nothing => {}
            Flow::Redraw => self.draw(Draw::Changes),
            Flow::Suspend => self.stop(),
            Flow::Quit => return Step::Break(Ok(Ended::Quit)),
        }
        Step::Continue(())
    }
}

/// Either something to do, or the end.
pub(super) type Step = ControlFlow<Result<Ended, TerminalError>>;

impl<'a, D: Drive> Session<'a, D> {
    /// Nothing is drawn yet.
    pub(super) fn new(drive: &'a mut D, modes: Arc<Modes>, inbox: Receiver<Message>) -> io::Result<Self> {
        let terminal = Terminal::new(Screen::new(Arc::clone(&modes)))?;
        Ok(Self { drive, terminal, inbox, modes, clock: Clock::default(), stopped: false })
    }

    /// Shows the first screen on a terminal that has been switched to screens, and goes on until the end.
    pub(super) fn run(&mut self) -> Result<Ended, TerminalError> {
        let mut step = self.settle(Turn { draw: Draw::Everything, job: None });
        loop {
            match step {
                Step::Continue(()) => step = self.turn(),
                Step::Break(ended) => return ended,
            }
        }
    }

    fn turn(&mut self) -> Step {
        let mut turn = Turn::default();
        let mut message = self.wait();
        let mut taken = 0;
        while let Some(waiting) = message {
            self.take(waiting, &mut turn)?;
            taken += 1;
            message = if taken < AT_ONCE { self.inbox.try_recv().ok() } else { None };
        }
        self.tick(&mut turn)?;
        self.settle(turn)
    }

    /// Blocks until there is a message, or a tick is due.
    fn wait(&mut self) -> Option<Message> {
        let next = if self.stopped { None } else { self.drive.next_tick() };
        match self.clock.wait(next, Instant::now()) {
            Some(timeout) => self.inbox.recv_timeout(timeout).ok(),
            None => self.inbox.recv().ok(),
        }
    }

    fn take(&mut self, message: Message, turn: &mut Turn) -> Step {
        match message {
            // What is typed on a terminal that has been given back is somebody else's.
            Message::Event(_) if self.stopped => {}
            // Some terminals tell of clicks beside the screen, and a screen that is smaller now of those before.
            Message::Event(Event::Mouse(mouse)) if !self.is_on_screen(mouse.column, mouse.row) => {}
            Message::Event(event) => turn.follow(self.drive.event(event))?,
            Message::Woken => turn.follow(self.drive.woken())?,
            Message::Resized => turn.draw(Draw::Everything),
            Message::Stop => turn.stop(),
            // Whoever continues a process that is only about to stop wants it to run.
            Message::Continued => {
                self.stopped = false;
                turn.job = Some(Job::GoOn);
            }
            Message::End(ended) => return Step::Break(Ok(ended)),
            Message::Failed(error) => checked(Err(error), TerminalError::Read)?,
            // It has said what it had to say: the same again, without a word.
            Message::Panicked => panic::resume_unwind(Box::new("another thread panicked")),
        }
        Step::Continue(())
    }

    fn is_on_screen(&self, column: u16, row: u16) -> bool {
        self.terminal.size().is_ok_and(|size| column < size.width && row < size.height)
    }

    fn tick(&mut self, turn: &mut Turn) -> Step {
        if self.stopped {
            return Step::Continue(());
        }
        match self.clock.due(self.drive.next_tick(), Instant::now()) {
            Some(passed) => turn.follow(self.drive.tick(passed)),
            None => Step::Continue(()),
        }
    }

    /// Does what has come together: at most one stop and one frame.
    fn settle(&mut self, mut turn: Turn) -> Step {
        match turn.job {
            Some(Job::Stop) => {
                self.modes.restore();
                self.stop();
            }
            // Continued only to run without the terminal, where there is nothing to run for.
            Some(Job::GoOn) if job::is_in_background() && job::can_be_continued() => self.stop(),
            Some(Job::GoOn) => {
                self.clock.restart();
                checked(self.modes.enter(), TerminalError::SetUp)?;
                turn.draw(Draw::Everything);
            }
            None => {}
        }
        if self.stopped || turn.draw == Draw::Nothing {
            return Step::Continue(());
        }
        if turn.draw == Draw::Everything {
            self.resize(&mut turn)?;
        }
        let drive = &*self.drive;
        checked(self.terminal.draw(|frame| drive.draw(frame)).map(drop), TerminalError::Write)
    }

    fn stop(&mut self) {
        self.stopped = true;
        job::stop();
    }

    /// Has everything drawn anew, also at the same size: a terminal that was another size in between, or somebody
    /// else's, need not show any more what was drawn on it.
    fn resize(&mut self, turn: &mut Turn) -> Step {
        let size = screen::size_now();
        self.terminal.backend_mut().start_anew(size);
        checked(self.terminal.resize(Rect::from((Position::ORIGIN, size))), TerminalError::Write)?;
        turn.follow(self.drive.event(Event::Resize(size.width, size.height)))
    }
}

/// A terminal that is gone is a way of ending and no error.
pub(super) fn checked(done: io::Result<()>, error: fn(io::Error) -> TerminalError) -> Step {
    match done {
        Ok(()) => Step::Continue(()),
        Err(failure) if is_gone(&failure) => Step::Break(Ok(Ended::TerminalGone)),
        Err(failure) => Step::Break(Err(error(failure))),
    }
}

/// Either it says so, or what was a terminal at the start is none any more: crossterm doesn't always tell what it met.
fn is_gone(failure: &io::Error) -> bool {
    let says_so = [Errno::IO, Errno::PIPE, Errno::NXIO, Errno::NODEV]
        .iter()
        .any(|gone| failure.raw_os_error() == Some(gone.raw_os_error()));
    says_so || !isatty(stdin())
}
