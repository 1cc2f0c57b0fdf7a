//! `session show`: how a session stands, for its facilitator alone.

use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::settled;
use super::told::{Told, state};
use crate::cli::args::Show;
use crate::cli::own::Own;
use crate::cli::{Failure, Outcome, Streams, moment};
use crate::courier::CourierError;
use crate::report::board;
use crate::team::Session;
use crate::team::archive::{Member, Passed, RefusedLetter};
use crate::team::board::Board;

/// All that is shown.
struct Shown {
    session: Session,
    now: Timestamp,
    members: Vec<Member>,
    /// As it stands, or stood when it was sealed.
    board: Board,
    runs: Vec<Passed>,
    refused: Vec<RefusedLetter>,
}

/// The same as JSON.
#[derive(Serialize)]
struct Document<'s> {
    #[serde(flatten)]
    session: Told<'s>,
    now: Timestamp,
    members: &'s [Member],
    board: &'s Board,
    runs: &'s [Passed],
    /// The ids of runs whose senders thought that they come to something else.
    differ: Vec<Uuid>,
    refused: Vec<Refused<'s>>,
}

#[derive(Serialize)]
struct Refused<'s> {
    #[serde(flatten)]
    letter: &'s RefusedLetter,
    why: String,
}

pub(super) fn run(show: &Show, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let code = show.at.code;
    let shown = settled(&mut own.reach()?, code, move |stores| {
        let team = &mut stores.team;
        let board = match team.last_board(code)? {
            Some(last) => Some(last.board),
            None => team.board(code)?,
        };
        Ok(Shown {
            session: team.session(code)?.ok_or(CourierError::NoSession(code))?,
            now: team.now()?,
            members: team.members(code)?,
            board: board.ok_or(CourierError::NoSession(code))?,
            runs: team.passed(code)?,
            refused: team.refused(code)?,
        })
    })?;
    if show.json {
        shown.json(&mut streams.output)?;
    } else {
        shown.text(&mut streams.output)?;
    }
    Ok(Outcome::Fine)
}

impl Shown {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        let refused = self.refused.iter().map(|letter| Refused { letter, why: letter.reason.to_string() });
        let document = Document {
            session: Told::of(&self.session, self.now),
            now: self.now,
            members: &self.members,
            board: &self.board,
            runs: &self.runs,
            differ: self.runs.iter().filter(|run| run.differs()).map(|run| run.id).collect(),
            refused: refused.collect(),
        };
        // Strings, numbers and lists only: writing them to memory cannot fail. Records name things by what was sent.
        let json = serde_json::to_string_pretty(&document).unwrap_or_default();
        writeln!(out, "{}", crate::text::json_escaped(&json))
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let Session { code, title, rounds, .. } = &self.session;
        writeln!(out, "{title}, session {code}: {}", state(&self.session, self.now))?;
        for round in rounds {
            writeln!(out, "Round {}: {}, seed {}", round.number, round.title, round.seed)?;
        }
        writeln!(out, "\nPlayers: {}", self.members.len())?;
        for member in &self.members {
            let team = if member.team.is_empty() { String::new() } else { format!(", {}", member.team) };
            let removed = if member.removed { ", off the board" } else { "" };
            writeln!(out, "{}  {}{team}, joined {}{removed}", member.id, member.name, moment::shown(member.joined))?;
        }
        writeln!(out)?;
        write!(out, "{}", board::text(&self.board, self.session.phase(self.now), false))?;
        writeln!(out, "\nRuns: {}", self.runs.len())?;
        for run in &self.runs {
            writeln!(out, "{}", self.run(run))?;
        }
        writeln!(out, "\nRefused: {}", self.refused.len())?;
        for letter in &self.refused {
            let (when, who) = (moment::shown(letter.received), self.name(letter.player));
            writeln!(out, "{}  {who}, {when}: {}", letter.id, letter.reason)?;
        }
        Ok(())
    }

    /// A run in a line.
    fn run(&self, run: &Passed) -> String {
        let practice = if run.ranked { "" } else { ", practice" };
        let withdrawn = if run.withdrawn { ", taken back" } else { "" };
        let claimed = run.claimed.filter(|_| run.differs());
        let claimed = claimed.map(|claimed| format!(", sent as {claimed}")).unwrap_or_default();
        let (who, score) = (self.name(run.player), run.figures.score);
        format!("{}  {who}, round {}: score {score}{practice}{withdrawn}{claimed}", run.id, run.round)
    }

    fn name(&self, player: Uuid) -> &str {
        let member = self.members.iter().find(|member| member.id == player);
        member.map_or("(nobody known)", |member| member.name.as_str())
    }
}
