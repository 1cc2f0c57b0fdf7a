//! Runs as a table: a row a decision, with the run's own columns in each.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, so texts that do get an apostrophe
//! in front. Numbers are written by us and stay numbers.

use std::io::{self, Write};

use ::csv::Writer;

use super::Sheet;
use crate::engine::Step;
use crate::report::{Change, Cost, decided};
use crate::scenario::{SceneKind, SceneOption};
use crate::terms::{Feedback, Meter, Rule};

/// The run's columns.
const RUN: [&str; 17] = [
    "run",
    "player",
    "started",
    "ended",
    "attempt",
    "feedback",
    "scenario",
    "title",
    "hash",
    "seed",
    "finished",
    "score",
    "behaviour",
    "people",
    "ending",
    "kind",
    "earned",
];

/// The decision's own columns, but for the meters'.
const DECISION: [&str; 15] = [
    "decision",
    "scene",
    "scene_title",
    "rule",
    "also",
    "turning_point",
    "open",
    "option",
    "text",
    "posture",
    "form",
    "key",
    "red_line",
    "cost",
    "answered",
];

pub(super) fn write(sheets: &[Sheet<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut table = Writer::from_writer(out);
    let meters = |suffix: &'static str| Meter::ALL.iter().map(move |meter| format!("{}{suffix}", meter.id()));
    let columns = RUN.iter().chain(&DECISION).map(|name| (*name).to_owned());
    table.write_record(columns.chain(meters("_by")).chain(meters("")).chain(meters("_in_all")))?;
    for sheet in sheets {
        let run = run(sheet);
        for (number, step) in sheet.run.steps().iter().enumerate() {
            if let Some(decision) = decision(sheet, number, step) {
                table.write_record(run.iter().chain(&decision))?;
            }
        }
    }
    table.flush()
}

/// A text in a cell: on one line, and no formula.
pub(crate) fn cell(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // The wide forms too: some spreadsheets take them for the same.
    match line.chars().next() {
        Some('=' | '+' | '-' | '@' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}' | '|' | '%') => {
            format!("'{line}")
        }
        _ => line,
    }
}

fn run(sheet: &Sheet<'_>) -> Vec<String> {
    let (meta, scenario, debrief) = (&sheet.meta, &sheet.story.scenario, sheet.debrief());
    let score = sheet.run.score(&sheet.story.program);
    let known = |value: Option<String>| value.unwrap_or_default();
    vec![
        meta.id.to_string(),
        cell(meta.player.as_deref().unwrap_or_default()),
        known(meta.started.map(|at| at.to_string())),
        known(meta.ended.map(|at| at.to_string())),
        known(meta.attempt.map(|attempt| attempt.to_string())),
        meta.feedback.map(Feedback::id).unwrap_or_default().to_owned(),
        cell(&scenario.id),
        cell(&scenario.title),
        sheet.story.hash.to_string(),
        sheet.run.seed().to_string(),
        yes(debrief.is_some()),
        known(debrief.as_ref().map(|debrief| debrief.score.to_string())),
        known(score.map(|score| score.behaviour.one_decimal())),
        known(score.map(|score| score.people.one_decimal())),
        cell(debrief.as_ref().map(|debrief| debrief.ending.id.as_str()).unwrap_or_default()),
        debrief.as_ref().map(|debrief| debrief.ending.kind.id()).unwrap_or_default().to_owned(),
        debrief.as_ref().map(|debrief| debrief.title.label()).unwrap_or_default().to_owned(),
    ]
}

/// A row of the run's. Nothing if the step is of another story, which it can't be.
fn decision(sheet: &Sheet<'_>, number: usize, step: &Step) -> Option<Vec<String>> {
    let made = decided(sheet.story, step)?;
    let SceneKind::Decision(decision) = &made.scene.kind else {
        return None;
    };
    let cost = match sheet.costs().get(number) {
        Some(Cost::Exactly(cost)) => cost.one_decimal(),
        Some(Cost::Unknown) | None => String::new(),
    };
    let open: Vec<&str> = open(step, &decision.options).map(|option| option.id.as_str()).collect();
    let mut row = vec![
        (number + 1).to_string(),
        cell(&made.scene.id),
        cell(&made.scene.title),
        decision.rule.id().to_owned(),
        decision.also.map(Rule::id).unwrap_or_default().to_owned(),
        yes(made.turning_point),
        cell(&open.join(" ")),
        cell(&made.option.id),
        cell(&made.option.text),
        made.option.posture.id().to_owned(),
        made.option.form.id().to_owned(),
        made.option.key.get().to_string(),
        yes(made.option.key.is_red_line()),
        cost,
        sheet.meta.answered.get(number).map(ToString::to_string).unwrap_or_default(),
    ];
    let by = |changes: &[Change; 4]| changes.map(|change| change.by.to_string());
    row.extend(by(&made.changes));
    row.extend(made.changes.map(|change| change.value.to_string()));
    row.extend(by(&made.in_all));
    Some(row)
}

/// The options that were open, in authored order.
pub(super) fn open<'s>(step: &Step, options: &'s [SceneOption]) -> impl Iterator<Item = &'s SceneOption> {
    options.iter().enumerate().filter(|(place, _)| step.open & (1 << place) != 0).map(|(_, option)| option)
}

fn yes(holds: bool) -> String {
    if holds { "true" } else { "false" }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n\n-1", "\u{ff1d}1", "|calc", "%0"] {
            assert!(cell(formula).starts_with('\''), "{formula:?}");
        }
        assert_eq!(cell("Ask - and wait.\n\nThen go."), "Ask - and wait. Then go.");
    }
}
