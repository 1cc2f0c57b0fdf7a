//! Ridealong's program: hands the command line and the standard streams to the library, and ends with its exit code.

use std::io::{self, BufReader, BufWriter, IsTerminal};
use std::process::ExitCode;

use mimalloc::MiMalloc;
use ridealong::cli::{self, Streams};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // Buffers of our own, so that no lock on the streams is held while the terminal is drawn on.
    let mut streams = Streams {
        input: &mut BufReader::new(io::stdin()),
        output: &mut BufWriter::new(io::stdout()),
        errors: &mut io::stderr(),
        input_is_terminal: io::stdin().is_terminal(),
        errors_is_terminal: io::stderr().is_terminal(),
        columns: columns(),
    };
    cli::run(std::env::args_os(), &mut streams)
}

/// How wide the terminal is that standard output goes to, if it goes to one.
fn columns() -> Option<usize> {
    const USUAL: u16 = 80;
    // Some terminals say 0 when they don't know.
    let told = || crossterm::terminal::size().ok().map(|(columns, _)| columns).filter(|columns| *columns > 0);
    io::stdout().is_terminal().then(|| usize::from(told().unwrap_or(USUAL)))
}
