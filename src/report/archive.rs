//! All that there is of a team session, as a document and as a table.

use std::collections::HashMap;
use std::io::{self, Write};

use uuid::Uuid;

use super::export::cell;
use crate::team::archive::{Archive, Passed};
use crate::text;

/// As one JSON document, from which every rank can be worked out again.
///
/// # Errors
/// What `out` says.
pub fn json(archive: &Archive, out: &mut dyn Write) -> io::Result<()> {
    // Strings, numbers and lists only: writing them to memory cannot fail. What a text may not hold is escaped.
    let json = serde_json::to_string_pretty(archive).unwrap_or_default();
    writeln!(out, "{}", text::json_escaped(&json))
}

/// As a table, a row a run.
///
/// # Errors
/// What `out` says.
pub fn csv(archive: &Archive, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "session",
        "round",
        "scenario",
        "title",
        "run",
        "player",
        "name",
        "team",
        "ranked",
        "withdrawn",
        "removed",
        "received",
        "score",
        "behaviour",
        "people",
        "red_lines",
        "trust",
        "ending",
        "claimed",
        "last_rank",
        "choices",
    ])?;
    let ranks = ranks(archive);
    for run in &archive.runs {
        table.write_record(row(archive, run, ranks.get(&run.player).copied()))?;
    }
    table.flush()
}

/// Everybody's rank on the last board, or on the board as it stands.
fn ranks(archive: &Archive) -> HashMap<Uuid, u32> {
    let last = archive.boards.iter().find(|kept| matches!(&*kept.kind, "last" | "now"));
    let places = last.iter().flat_map(|kept| &kept.board.places);
    places.filter_map(|place| Some((place.standing.player, place.rank?))).collect()
}

fn row(archive: &Archive, run: &Passed, rank: Option<u32>) -> Vec<String> {
    let round = archive.rounds.iter().find(|round| round.number == run.round);
    let member = archive.players.iter().find(|member| member.id == run.player);
    let yes = |holds: bool| if holds { "true" } else { "false" }.to_owned();
    let tenths = |number: u32| format!("{}.{}", number / 10, number % 10);
    let known = |number: Option<String>| number.unwrap_or_default();
    let figures = run.figures;
    vec![
        archive.session.code.to_string(),
        run.round.to_string(),
        cell(round.map(|round| round.scenario.as_str()).unwrap_or_default()),
        cell(round.map(|round| round.title.as_str()).unwrap_or_default()),
        run.id.to_string(),
        run.player.to_string(),
        cell(member.map(|member| member.name.as_str()).unwrap_or_default()),
        cell(member.map(|member| member.team.as_str()).unwrap_or_default()),
        yes(run.ranked),
        yes(run.withdrawn),
        yes(member.is_some_and(|member| member.removed)),
        run.received.to_string(),
        figures.score.to_string(),
        tenths(figures.behaviour),
        tenths(figures.people),
        figures.red_lines.to_string(),
        figures.trust.to_string(),
        figures.ending.id().to_owned(),
        known(run.claimed.map(|claimed| claimed.to_string())),
        known(rank.map(|rank| rank.to_string())),
        cell(&run.record.as_ref().map(|record| text::Text::clean(&record.choices.join(" "))).unwrap_or_default()),
    ]
}
