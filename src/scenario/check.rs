//! From bytes to a [`Scenario`], or to everything that keeps them from being one.
//!
//! The only maker of scenarios. It reads the file ([`file`](super::file)), looks every name up, then reasons about
//! the whole: conditions, gotos that could fail, scenes that could close, loops without end. It knows no engine: what
//! can only be seen by playing belongs to the proof.

mod conditions;
mod facts;
mod flow;
mod gotos;
mod loops;
mod names;
mod reason;
mod resolve;
mod syntax;
mod usage;

use std::ops::Range;

use toml::de::DeTable;

use super::Scenario;
use super::file::{File, Problems};
use crate::diagnostic::{Code, Diagnostic};

/// The largest file of a story that can be played, in bytes.
pub const LARGEST: usize = 1024 * 1024;
/// The largest file that is read at all, in bytes: one of a story with more than [`SCENES`] scenes.
pub const LARGEST_OF_ALL: usize = 8 * LARGEST;
/// The most scenes of a scenario that is played; files with more are for those who only work with programs.
pub const SCENES: usize = 2000;
/// The most options of a scene.
pub const OPTIONS: usize = 8;
/// The most entries of a goto.
pub const EXITS: usize = 64;
/// The most insights of a scenario.
pub const INSIGHTS: usize = 64;
/// The most flags of a scenario.
pub const FLAGS: usize = 256;

/// The stack for reading a file, in bytes: several times what the deepest one takes.
const STACK: usize = 32 * 1024 * 1024;

/// What checking a file gave.
#[derive(Clone, Debug)]
pub struct Checked {
    scenario: Option<Scenario>,
    diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// The scenario, if the file has no error.
    pub const fn scenario(&self) -> Option<&Scenario> {
        self.scenario.as_ref()
    }

    /// The scenario, if the file has no error.
    pub fn into_scenario(self) -> Option<Scenario> {
        self.scenario
    }

    /// Every problem, in the order of the file.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether there is a scenario: warnings don't count.
    pub const fn is_ok(&self) -> bool {
        self.scenario.is_some()
    }

    /// Whether there is nothing at all to say.
    pub fn is_clean(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

/// Checks a file. `name` is its shown path; where that ends in `.toml`, the scenario's id must be its stem.
pub fn check(name: &str, bytes: &[u8]) -> Checked {
    // The parser bounds its recursion, but the tables it makes can be nested some thousand levels deep by dotted
    // names within inline tables, and they are dropped by recursion: on a small stack that would overflow.
    std::thread::scope(|scope| {
        let room = std::thread::Builder::new().stack_size(STACK);
        match room.spawn_scoped(scope, || check_here(name, bytes)).map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(checked)) => checked,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            // No thread to be had: most files don't need one.
            Err(_) => check_here(name, bytes),
        }
    })
}

fn check_here(name: &str, bytes: &[u8]) -> Checked {
    let problems = Problems::default();
    let scenario = examine(name, bytes, &problems);
    let scenario = scenario.filter(|_| problems.errors() == 0);
    Checked { scenario, diagnostics: problems.into_sorted() }
}

fn examine(name: &str, bytes: &[u8], problems: &Problems) -> Option<Scenario> {
    let text = text(bytes, problems)?;
    if syntax::is_hopeless(text, problems) {
        return None;
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    syntax::report(text, &errors, problems);
    let file = File::read(text, table.get_ref(), problems);
    let names = names::Names::collect(&file, problems);
    names::check_id(name, &file, problems);
    names::check_cast(&file, problems);
    let draft = resolve::draft(&file, &names, problems);
    if !problems.has(Code::Syntax) && !problems.has(Code::TooMany) {
        let reasoner = reason::Reasoner::new(draft.scenario.insights.len());
        conditions::check(&file, &draft, &reasoner, problems);
        let live = gotos::check(&file, &draft, &reasoner, problems);
        flow::check(&file, &draft, &reasoner, &live, problems);
        usage::check(&file, &draft, problems);
    }
    Some(draft.scenario)
}

/// How many scenes a file seems to have, before anything of it is understood: lines that begin a scene's table.
fn scenes(bytes: &[u8]) -> usize {
    bytes.split(|byte| *byte == b'\n').filter(|line| line.trim_ascii().starts_with(b"[[scene]]")).count()
}

/// The bytes as text, if they are text and not too much of it.
fn text<'a>(bytes: &'a [u8], problems: &Problems) -> Option<&'a str> {
    if bytes.len() > LARGEST_OF_ALL || bytes.len() > LARGEST && scenes(bytes) <= SCENES {
        let message = format!("the file has {} bytes, more than the {LARGEST} (1 MiB) that are read", bytes.len());
        problems.push(Diagnostic::new(Code::TooLarge, 0..0, message).help("split the story, or shorten it"));
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let start = error.valid_up_to();
            let span: Range<usize> = start..start + 1;
            let message = format!("the file is not UTF-8: byte 0x{:02x} is no character", bytes[start]);
            let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
            let help = if wide {
                "it looks like UTF-16, which some editors call Unicode; save it as UTF-8"
            } else {
                "save the file as UTF-8 in your editor"
            };
            problems.push(Diagnostic::new(Code::NotUtf8, span, message).help(help));
            None
        }
    }
}
