//! `completions` and `man`: what the command line knows of itself.

use clap_complete::Shell;
use clap_mangen::Man;

use super::{Failure, Outcome, Streams};

/// Prints a shell's completions.
pub(super) fn completions(
    shell: Shell,
    mut command: clap::Command,
    streams: &mut Streams<'_>,
) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "ridealong", &mut script);
    streams.output.write_all(&script)?;
    Ok(Outcome::Fine)
}

/// Prints the manual page, every command with its options on it.
pub(super) fn page(command: clap::Command, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let mut page = Vec::new();
    Man::new(command.flatten_help(true)).render(&mut page)?;
    streams.output.write_all(&page)?;
    Ok(Outcome::Fine)
}
