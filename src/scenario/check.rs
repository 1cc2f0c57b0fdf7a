//! From bytes to a [`Scenario`], or to everything that keeps them from being one.
//!
//! The only maker of scenarios. It reads the file ([`file`](super::file)), looks every name up, then reasons about
//! the whole: conditions, gotos that could fail, scenes that could close, loops without end. It knows no engine: what
//! can only be seen by playing belongs to the proof.

mod conditions;
mod content;
mod facts;
mod flow;
mod gotos;
mod loops;
mod names;
mod places;
mod reason;
mod resolve;
mod room;
mod syntax;
mod usage;

use std::ops::Range;

use toml::de::DeTable;

pub use self::places::{Places, Spot};
pub use self::room::{Room, in_rooms};

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

/// What checking a file gave.
#[derive(Clone, Debug)]
pub struct Checked {
    scenario: Option<Scenario>,
    places: Option<Places>,
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

    /// The scenario, if the file has no error, and every problem.
    pub fn into_parts(self) -> (Option<Scenario>, Vec<Diagnostic>) {
        (self.scenario, self.diagnostics)
    }

    /// Where the scenario's parts stand in the file, if it has no error.
    pub const fn places(&self) -> Option<&Places> {
        self.places.as_ref()
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

/// Checks whether a file is a scenario. `name` is its shown path; where that ends in `.toml`, the scenario's id must be
/// its stem.
pub fn check(name: &str, bytes: &[u8]) -> Checked {
    room::with_room(|room| room.check(name, bytes))
}

/// Checks whether a file is a scenario and, beyond that, whether it teaches: the content checks, which give warnings
/// only. For authors; who only wants to play needs [`check`].
pub fn review(name: &str, bytes: &[u8]) -> Checked {
    room::with_room(|room| room.review(name, bytes))
}

/// How much is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    Form,
    Content,
}

fn check_here(name: &str, bytes: &[u8], depth: Depth) -> Checked {
    let problems = Problems::default();
    let found = examine(name, bytes, depth, &problems);
    let (scenario, places) = found.filter(|_| problems.errors() == 0).unzip();
    Checked { scenario, places, diagnostics: problems.into_sorted() }
}

fn examine(name: &str, bytes: &[u8], depth: Depth, problems: &Problems) -> Option<(Scenario, Places)> {
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
    let places = Places::of(&file);
    if !problems.has(Code::Syntax) && !problems.has(Code::TooMany) {
        let reasoner = reason::Reasoner::new(draft.scenario.insights.len());
        conditions::check(&file, &draft, &reasoner, problems);
        let live = gotos::check(&file, &draft, &reasoner, problems);
        flow::check(&file, &draft, &reasoner, &live, problems);
        usage::check(&file, &draft, problems);
        if depth == Depth::Content {
            content::check(text, &file, &draft.scenario, &reasoner, &places, problems);
        }
    }
    Some((draft.scenario, places))
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
