//! How a command ends: its exit code, and the line that says why.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use crate::courier::CourierError;

/// A command that said all there is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was wrong: 0.
    Fine,
    /// The scenario or the run has problems, and they have been reported: 1.
    Problems,
    /// Part of it could not be done, and that has been reported: 2.
    Partly,
    /// The screens ended, with this code: 0, or 128 and a signal's number.
    Ended(u8),
}

impl Outcome {
    /// Its exit code.
    pub fn code(self) -> ExitCode {
        match self {
            Self::Fine => ExitCode::SUCCESS,
            Self::Problems => ExitCode::from(1),
            Self::Partly => ExitCode::from(2),
            Self::Ended(code) => ExitCode::from(code),
        }
    }
}

/// A command that ended otherwise.
#[derive(Debug)]
pub enum Failure {
    /// The scenario or the run has a problem that is still to be said: 1.
    Problem(String),
    /// It could not be done: 2.
    Cannot(String),
    /// Nobody reads what is written any more: 0.
    BrokenPipe,
}

impl Failure {
    /// It could not be done, for a reason that is safe to print and names the remedy.
    pub fn cannot(why: impl Display) -> Self {
        Self::Cannot(why.to_string())
    }

    /// The scenario or the run has a problem; safe to print.
    pub fn problem(why: impl Display) -> Self {
        Self::Problem(why.to_string())
    }

    /// Says why on standard error, and gives the exit code.
    pub fn report(self, errors: &mut dyn Write) -> ExitCode {
        let (code, why) = match self {
            Self::BrokenPipe => return ExitCode::SUCCESS,
            Self::Problem(why) => (1, why),
            Self::Cannot(why) => (2, why),
        };
        // If even that can't be written, the exit code still tells.
        let _ = writeln!(errors, "ridealong: {why}").and_then(|()| errors.flush());
        ExitCode::from(code)
    }
}

impl From<CourierError> for Failure {
    fn from(error: CourierError) -> Self {
        Self::cannot(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::BrokenPipe {
            return Self::BrokenPipe;
        }
        Self::Cannot(format!("reading or writing failed: {error}; check where input and output lead"))
    }
}
