//! Runs as a JSON document: what `replay --json` tells, the record to replay, and what is known beside it.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{Runs, Sheet};
use crate::record::Record;
use crate::report::{Cost, Decimal, RunResult};
use crate::terms::Posture;
use crate::text;

/// A run. Its keys are a promise; new ones may be added.
#[derive(Serialize)]
struct Exported<'a> {
    /// The run's id.
    run: String,
    player: Option<&'a str>,
    /// RFC 3339, in UTC.
    started: Option<String>,
    ended: Option<String>,
    attempt: Option<u32>,
    feedback: Option<&'static str>,
    /// What `replay` reads.
    record: &'a Record,
    story: &'a str,
    result: RunResult<'a>,
    /// What each choice cost of the score, with one decimal; null where it wasn't worked out; empty before the end.
    costs: Vec<Option<Decimal>>,
    /// What only an ending settles; null before it.
    debrief: Option<Told<'a>>,
}

/// What the debrief adds to the result.
#[derive(Serialize)]
struct Told<'a> {
    band: &'static str,
    /// What choosing blind would have brought, 0 to 100.
    chance: u64,
    signed: Option<&'a str>,
    /// Of the decisions with each posture, in percent.
    postures: BTreeMap<&'static str, u64>,
    next_quarter: Next,
    questions: Vec<&'a str>,
}

/// The next quarter.
#[derive(Serialize)]
struct Next {
    first_call: String,
    trust: u8,
    meetings: u8,
    runs_alone: bool,
}

impl<'a> Exported<'a> {
    fn of(sheet: &'a Sheet<'_>) -> Self {
        let meta = &sheet.meta;
        Self {
            run: meta.id.to_string(),
            player: meta.player.as_deref(),
            started: meta.started.map(|at| at.to_string()),
            ended: meta.ended.map(|at| at.to_string()),
            attempt: meta.attempt,
            feedback: meta.feedback.map(crate::terms::Feedback::id),
            record: &sheet.record,
            story: &sheet.story.scenario.title,
            result: RunResult::of(sheet.story, &sheet.run),
            costs: sheet.costs().iter().map(|cost| decimal(*cost)).collect(),
            debrief: told(sheet),
        }
    }
}

fn told<'a>(sheet: &'a Sheet<'_>) -> Option<Told<'a>> {
    let debrief = sheet.debrief()?;
    let rep = sheet.story.scenario.rep().first_name();
    let next = debrief.next_quarter;
    Some(Told {
        band: debrief.band.label(),
        chance: debrief.chance,
        signed: debrief.signed.map(text::Text::as_str),
        postures: debrief.postures.iter().map(|(posture, share): &(Posture, u64)| (posture.id(), *share)).collect(),
        next_quarter: Next {
            first_call: next.first_call.label(rep),
            trust: next.trust,
            meetings: next.meetings,
            runs_alone: next.runs_alone,
        },
        questions: debrief.questions.iter().map(text::Text::as_str).collect(),
    })
}

/// A cost with one decimal.
fn decimal(cost: Cost) -> Option<Decimal> {
    match cost {
        Cost::Exactly(cost) => Some(Decimal::new(cost, 10)),
        Cost::Unknown => None,
    }
}

pub(super) fn write(runs: Runs<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let json = match runs {
        Runs::One(sheet) => pretty(&Exported::of(sheet)),
        Runs::All(sheets) => pretty(&sheets.iter().map(Exported::of).collect::<Vec<_>>()),
    };
    writeln!(out, "{json}")
}

/// Indented JSON. A record may name a path that holds anything; what a text may not hold is escaped.
pub(super) fn pretty(document: &impl Serialize) -> String {
    // Strings, numbers and lists only: writing them to memory cannot fail.
    text::json_escaped(&serde_json::to_string_pretty(document).unwrap_or_default())
}
