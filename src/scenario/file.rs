//! The file as it is written: tables with the places of their names, before anybody asks whether the names mean
//! anything. Kinds, ranges, words and texts are checked while reading.
//!
//! Every table of the file has its entry here, also where something in it was wrong, so that what comes after can
//! count on their order. It must not look one name up in another table: that is [`check`](super::check)'s.

mod allow;
mod cast;
mod condition;
mod fields;
mod head;
mod problems;
mod scene;
mod text;
mod values;

use std::ops::Range;

use toml::de::DeTable;

pub(super) use self::cast::LONGEST as LONGEST_ID;
use self::fields::Fields;
pub(super) use self::head::MINUTES;
pub(super) use self::problems::{LISTED, Problems};
pub(super) use self::text::Rule as TextRule;
use self::values::Context;
use super::{Bounds, Glance, Person};
use crate::diagnostic::Code;
use crate::terms::{Effect, EndingKind, Form, Key, Meter, Meters, Posture, Rule};
use crate::text::Text;

/// Something with its place in the file, in bytes.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) span: Range<usize>,
}

impl<T> At<T> {
    pub(super) const fn new(value: T, span: Range<usize>) -> Self {
        Self { value, span }
    }
}

/// The whole file.
pub(super) struct File {
    /// Where something is missing from the file as a whole: its first line.
    pub(super) span: Range<usize>,
    pub(super) id: Option<At<String>>,
    pub(super) title: Text,
    pub(super) summary: Text,
    pub(super) level: u8,
    pub(super) minutes: u16,
    pub(super) language: Text,
    pub(super) industry: Text,
    pub(super) deal: Text,
    pub(super) authors: Vec<Text>,
    pub(super) briefing: Text,
    pub(super) cast: Vec<At<Person>>,
    /// Whether every person's role could be read.
    pub(super) roles_known: bool,
    pub(super) start: Option<Start>,
    pub(super) insights: Vec<Fact>,
    pub(super) flags: Vec<Fact>,
    pub(super) scenes: Vec<Scene>,
    pub(super) endings: Vec<Ending>,
    pub(super) questions: Vec<Text>,
    pub(super) allow: Vec<At<Code>>,
}

/// `[start]`.
pub(super) struct Start {
    pub(super) scene: Option<At<String>>,
    pub(super) meters: Meters,
}

/// An insight or a flag.
pub(super) struct Fact {
    pub(super) id: At<String>,
    pub(super) text: Text,
}

/// `[[scene]]`.
pub(super) struct Scene {
    pub(super) span: Range<usize>,
    pub(super) id: Option<At<String>>,
    pub(super) title: Text,
    pub(super) text: Text,
    pub(super) rule: Rule,
    pub(super) also: Option<Rule>,
    pub(super) turning_point: bool,
    pub(super) goto: Written<Goto>,
    pub(super) options: Vec<SceneOption>,
    /// Whether `option` is there, even if nothing of it could be read.
    pub(super) decision: bool,
    pub(super) echoes: Vec<Echo>,
    pub(super) allow: Vec<At<Code>>,
}

/// `[[scene.option]]`.
pub(super) struct SceneOption {
    pub(super) span: Range<usize>,
    pub(super) id: Option<At<String>>,
    pub(super) text: Text,
    pub(super) posture: Posture,
    pub(super) form: Form,
    pub(super) key: Key,
    pub(super) effect: Effect,
    pub(super) learn: Vec<At<String>>,
    pub(super) set: Vec<At<String>>,
    pub(super) then: Text,
    pub(super) why: Text,
    /// The scene's, if left out.
    pub(super) why_rule: Option<Rule>,
    pub(super) when: Option<Condition>,
    pub(super) closed: Text,
    pub(super) once: bool,
    pub(super) goto: Written<Goto>,
    pub(super) allow: Vec<At<Code>>,
    /// Where its text stands.
    pub(super) text_span: Range<usize>,
}

/// `[[scene.echo]]`.
pub(super) struct Echo {
    pub(super) when: Option<Condition>,
    pub(super) text: Text,
    pub(super) effect: Effect,
}

/// Something that may be left out, and may have been written so that it can't be read.
pub(super) enum Written<T> {
    No,
    Broken,
    Yes(T),
}

/// A goto: entries in order.
pub(super) struct Goto {
    pub(super) span: Range<usize>,
    pub(super) exits: Vec<Exit>,
    /// Whether some entry could not be read.
    pub(super) broken: bool,
}

/// One entry of a goto.
pub(super) struct Exit {
    pub(super) span: Range<usize>,
    pub(super) to: Option<At<String>>,
    pub(super) when: Option<Condition>,
    pub(super) chance: Option<u32>,
}

/// A `when`, or a part of one.
pub(super) struct Condition {
    pub(super) span: Range<usize>,
    pub(super) meters: Vec<(Meter, Bounds)>,
    pub(super) insights: Option<At<Bounds>>,
    pub(super) knows: Vec<At<String>>,
    pub(super) flags: Vec<At<String>>,
    pub(super) without: Vec<At<String>>,
    pub(super) any: Vec<Condition>,
    /// Whether a part of it could not be read, so that nothing can be said about when it holds.
    pub(super) broken: bool,
}

/// `[[ending]]`.
pub(super) struct Ending {
    pub(super) span: Range<usize>,
    pub(super) id: Option<At<String>>,
    pub(super) kind: EndingKind,
    pub(super) title: Text,
    pub(super) signed: Text,
    pub(super) text: Text,
    pub(super) lines: Vec<Line>,
}

/// `[[ending.line]]`.
pub(super) struct Line {
    pub(super) when: Option<Condition>,
    pub(super) text: Text,
}

/// What stands at the top of the file, if all of it is there and good.
pub(super) fn glance(source: &str, table: &DeTable<'_>) -> Option<Glance> {
    let problems = Problems::default();
    let mut fields = Fields::new(Context { source, problems: &problems }, table, 0..0, "the file");
    let head = head::read(&mut fields);
    fields.finish();
    (problems.errors() == 0).then_some(Glance { title: head.title, level: head.level, minutes: head.minutes })
}

impl File {
    /// Reads the tables that the parser found.
    pub(super) fn read(source: &str, table: &DeTable<'_>, problems: &Problems) -> Self {
        let context = Context { source, problems };
        let span = first_line(source);
        let mut fields = Fields::new(context, table, span.clone(), "the file");
        let head = head::read(&mut fields);
        let (cast, roles_known) = cast::people(&mut fields);
        let file = Self {
            span,
            id: head.id,
            title: head.title,
            summary: head.summary,
            level: head.level,
            minutes: head.minutes,
            language: head.language,
            industry: head.industry,
            deal: head.deal,
            authors: head.authors,
            briefing: head.briefing,
            cast,
            roles_known,
            start: head::start(&mut fields),
            insights: cast::facts(&mut fields, "insights", "insight"),
            flags: cast::facts(&mut fields, "flags", "flag"),
            scenes: scene::scenes(&mut fields),
            endings: scene::endings(&mut fields),
            questions: head::questions(&mut fields),
            allow: allow::codes(&mut fields),
        };
        fields.finish();
        file
    }
}

/// The first line that says something.
fn first_line(source: &str) -> Range<usize> {
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let said = line.trim_start_matches('\u{feff}').trim();
        if !said.is_empty() && !said.starts_with('#') {
            let indent = line.len() - line.trim_start_matches(['\u{feff}', ' ', '\t']).len();
            return start + indent..start + indent + said.len();
        }
        start += line.len();
    }
    0..0
}
