//! `history`: the runs that were kept, the latest first.

use std::io;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::args::Mine;
use super::kept::Kept;
use super::{Failure, Outcome, Streams};
use crate::keeper::Opening;
use crate::store::{KeptRun, Row};
use crate::terms::{EndingKind, Feedback, Posture, RunState};

/// A run as `history --json` prints it. What only an ending settles is null before it.
#[derive(Serialize)]
struct Told<'r> {
    id: String,
    /// Somebody has changed it where it was kept: nothing else is said of it.
    altered: bool,
    #[serde(flatten)]
    run: Option<Run<'r>>,
}

#[derive(Serialize)]
struct Run<'r> {
    player: &'r str,
    scenario: &'r str,
    title: &'r str,
    hash: Option<&'r str>,
    seed: u64,
    state: RunState,
    /// Whether it is a first attempt: nothing was taken back in it, and it plays nothing again.
    first_attempt: bool,
    /// The first attempt that it plays again.
    first: Option<String>,
    feedback: Feedback,
    started: Timestamp,
    changed: Timestamp,
    decisions: u32,
    score: Option<u64>,
    behaviour: Option<f64>,
    people: Option<f64>,
    ending: Option<&'r str>,
    kind: Option<EndingKind>,
    earned: Option<&'r str>,
    trust: u8,
    growth: u8,
    momentum: u8,
    bypass: u8,
    /// In percent of the decisions.
    lead: u64,
    take_over: u64,
    absent: u64,
    red_lines: u32,
    choices: &'r [String],
}

pub(super) fn run(mine: &Mine, store: Opening, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let kept = Kept::open(store, mine.name.as_deref(), mine.everybody, streams)?;
    if mine.json {
        let rows: Vec<Told<'_>> = kept.rows().rev().map(told).collect();
        // As one text, since a writer would be called for every comma.
        let json = serde_json::to_string_pretty(&rows).map_err(io::Error::from)?;
        writeln!(streams.output, "{json}")?;
        return Ok(Outcome::Fine);
    }
    let zone = TimeZone::system();
    let mut lines = kept.rows().rev().map(|row| line(row, &zone, mine.everybody)).peekable();
    if lines.peek().is_none() {
        writeln!(streams.output, "No runs yet. \"ridealong\" opens the menu.")?;
    }
    for line in lines {
        writeln!(streams.output, "{line}")?;
    }
    Ok(Outcome::Fine)
}

fn told(row: &Row) -> Told<'_> {
    match row {
        Row::Good(run, _) => Told { id: run.id.to_string(), altered: false, run: Some(fields(run)) },
        Row::Altered { id } => Told { id: id.to_string(), altered: true, run: None },
    }
}

fn fields(run: &KeptRun) -> Run<'_> {
    let summary = &run.summary;
    let [trust, growth, momentum, bypass] = summary.meters;
    let outcome = summary.outcome.as_ref();
    // The nearest float to a short decimal prints as that decimal.
    let tenths = |tenths: u64| f64::from(u32::try_from(tenths).unwrap_or(u32::MAX)) / 10.0;
    Run {
        player: &run.player,
        scenario: &run.record.scenario,
        title: &summary.title,
        hash: run.record.hash.as_deref(),
        seed: run.record.seed.0,
        state: run.state,
        first_attempt: run.first.is_none(),
        first: run.first.map(|first| first.to_string()),
        feedback: run.feedback,
        started: run.started,
        changed: run.changed,
        decisions: summary.decisions,
        score: outcome.map(|outcome| outcome.score),
        behaviour: outcome.map(|outcome| tenths(outcome.behaviour)),
        people: outcome.map(|outcome| tenths(outcome.people)),
        ending: outcome.map(|outcome| &*outcome.ending),
        kind: outcome.map(|outcome| outcome.kind),
        earned: outcome.map(|outcome| &*outcome.title),
        trust,
        growth,
        momentum,
        bypass,
        lead: summary.share(Posture::Lead),
        take_over: summary.share(Posture::TakeOver),
        absent: summary.share(Posture::Absent),
        red_lines: summary.red_lines,
        choices: &run.record.choices,
    }
}

/// A run in a line: when, what, what it came to, and its id, by which it can be exported.
fn line(row: &Row, zone: &TimeZone, everybody: bool) -> String {
    let run = match row {
        Row::Good(run, _) => run,
        Row::Altered { id } => return format!("{:<16}  changed by another program, not shown  {id}", ""),
    };
    let when = run.changed.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
    let summary = &run.summary;
    let came_to = match &summary.outcome {
        Some(outcome) => format!("score {:>3}, {}, {}", outcome.score, outcome.title, outcome.ending),
        None if run.state == RunState::Open => {
            format!("left at decision {} of about {}", summary.decisions + 1, summary.of)
        }
        None => format!("broken off after {} decisions", summary.decisions),
    };
    let practice = if run.first.is_some() { " (practice)" } else { "" };
    let player = if everybody && !run.player.is_empty() { format!("{}: ", run.player) } else { String::new() };
    format!("{when}  {player}{}{practice}: {came_to}  {}", summary.title, run.id)
}
