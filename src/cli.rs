//! The command line: what can be typed, and what it does.
//!
//! Reports go to standard output, errors to standard error, each a clear line with a remedy. Exit codes: 0 fine, 1 the
//! scenario or the run has problems, 2 it could not be done. That nobody reads on (a broken pipe) is no error. One
//! dispatch, a line a command; one file a command.

mod args;
mod board;
mod check;
mod erase;
mod explain;
mod export;
mod failure;
mod file;
mod graph;
mod history;
mod join;
mod kept;
mod list;
mod man;
mod moment;
mod new;
mod on_screen;
mod own;
mod play;
mod progress;
mod prove;
mod replay;
mod schema;
mod session;
mod simulate;
mod sync;
mod team;
mod verify;
mod waiting;
mod watch;

use std::ffi::OsString;
use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use args::{Args, Command};
use clap::{CommandFactory, Parser};
pub use failure::{Failure, Outcome};
use file::write as write_file;
use own::Own;

use crate::scenario::library::{FOLDER_VARIABLE, Library, ReadError, shown, user_folder};
use crate::text::Text;

/// Where a command reads from and writes to.
pub struct Streams<'a> {
    /// Standard input.
    pub input: &'a mut dyn BufRead,
    /// Standard output: reports.
    pub output: &'a mut dyn Write,
    /// Standard error: errors.
    pub errors: &'a mut dyn Write,
    /// Whether somebody types the input.
    pub input_is_terminal: bool,
    /// Whether somebody sees the errors at once: then long work shows how far it is.
    pub errors_is_terminal: bool,
    /// How wide the terminal is that the output goes to; nothing if it goes elsewhere.
    pub columns: Option<usize>,
}

/// Does what the command line says.
pub fn run(args: impl IntoIterator<Item = OsString>, streams: &mut Streams<'_>) -> ExitCode {
    let outcome = match Args::try_parse_from(args) {
        Ok(args) => dispatch(args, streams),
        Err(error) => usage(&error, streams),
    };
    // What was reported must be out before the exit code says that it was.
    let outcome = outcome.and_then(|outcome| Ok(streams.output.flush().map(|()| outcome)?));
    match outcome {
        Ok(outcome) => outcome.code(),
        Err(failure) => failure.report(streams.errors),
    }
}

fn dispatch(args: Args, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let own = || Own::read(args.store.clone());
    match args.command {
        None => play::menu(args.screen, &own()),
        Some(Command::Play(play)) => play::run(&play, args.screen, &own(), streams),
        Some(Command::List(list)) => list::run(&list, &library(), streams),
        Some(Command::Check(check)) => check::run(&check, streams),
        Some(Command::New(new)) => new::run(&new, streams),
        Some(Command::Watch(watch)) => watch::run(&watch, args.screen, &own()),
        Some(Command::Graph(graph)) => graph::run(&graph, &library(), streams),
        Some(Command::Schema) => schema::run(streams),
        Some(Command::History(mine)) => history::run(&mine, own().store, streams),
        Some(Command::Progress(mine)) => progress::run(&mine, own().store, library, streams),
        Some(Command::Erase(erase)) => erase::run(&erase, own().store, streams),
        Some(Command::Session { what }) => session::run(&what, &own(), streams),
        Some(Command::Join(join)) => join::run(&join, args.screen, &own(), streams),
        Some(Command::Board(board)) => board::run(&board, args.screen, &own(), streams),
        Some(Command::Sync) => sync::run(&own(), streams),
        Some(Command::Verify(verify)) => verify::run(&verify, &own(), streams),
        Some(Command::Team { what }) => team::run(&what, streams),
        Some(Command::Replay(replay)) => replay::run(&replay, &library(), streams),
        Some(Command::Export(args)) => export::run(&args, own().store, &library(), streams),
        Some(Command::Prove(args)) => prove::run(&args, &library(), streams),
        Some(Command::Simulate(simulate)) => simulate::run(&simulate, &library(), streams),
        Some(Command::Completions { shell }) => man::completions(shell, Args::command(), streams),
        Some(Command::Man) => man::page(Args::command(), streams),
    }
}

/// The scenarios at hand. The environment is read here, at the edge.
fn library() -> Library {
    let named: Option<PathBuf> = std::env::var_os(FOLDER_VARIABLE).filter(|named| !named.is_empty()).map(Into::into);
    let mut library = Library::open(user_folder(named.clone()).as_deref());
    // A folder that nobody made is an empty one, but one that was named should be there.
    if let Some(folder) = named.filter(|folder| !folder.exists()) {
        library.folder_problem = Some(ReadError::Missing(shown(&folder)));
    }
    library
}

/// Help and version are reports; everything else that the parser says is an error.
fn usage(error: &clap::Error, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let said = error.render().to_string();
    if !error.use_stderr() {
        streams.output.write_all(said.as_bytes())?;
        return Ok(Outcome::Fine);
    }
    // The parser quotes what was typed; its own line breaks stay.
    let said = said.strip_prefix("error: ").unwrap_or(&said);
    let indented = |line: &str| {
        let indent = line.len() - line.trim_start_matches(' ').len();
        format!("{}{}", " ".repeat(indent), Text::clean(line))
    };
    let lines: Vec<String> = without_passwords(said).trim_end().lines().map(indented).collect();
    Err(Failure::cannot(lines.join("\n")))
}

/// A text in which no address tells the name and password before its host: `postgres://...@host/database`.
fn without_passwords(said: &str) -> String {
    let mut parts = said.split("://");
    let mut safe = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let word = part.split(char::is_whitespace).next().unwrap_or_default();
        let host = word.rfind('@').unwrap_or(0);
        safe.push_str(if host > 0 { "://..." } else { "://" });
        safe.push_str(&part[host..]);
    }
    safe
}

/// Whether something that can't be brought back is to be done: said before, or typed now. If not, that is told.
fn confirmed(what: &str, yes: bool, streams: &mut Streams<'_>) -> Result<bool, Failure> {
    if yes {
        return Ok(true);
    }
    if !streams.input_is_terminal {
        return Err(Failure::cannot(format!("this would erase {what}; say --yes if that is meant")));
    }
    write!(streams.output, "Erase {what}? Type yes: ")?;
    streams.output.flush()?;
    let mut line = String::new();
    streams.input.read_line(&mut line)?;
    let is_meant = line.trim() == "yes";
    if !is_meant {
        writeln!(streams.output, "Nothing was erased.")?;
    }
    Ok(is_meant)
}

/// Reads to the end, or to the limit in bytes.
fn read_all(input: &mut dyn BufRead, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(limit).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_without_passwords() {
        for (said, safe) in [
            ("no such 'postgres://me:se@cret@h/x' here", "no such 'postgres://...@h/x' here"),
            ("a://b@c d://e f@g", "a://...@c d://e f@g"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(without_passwords(said), safe);
        }
        let typed = ["ridealong", "--store", "postgres://me:secret@h/x", "list"];
        let args = Args::try_parse_from(typed).expect("a command");
        assert!(!format!("{args:?}").contains("secret"));
    }

    #[test]
    fn the_command_line_holds_together() {
        Args::command().debug_assert();
    }
}
