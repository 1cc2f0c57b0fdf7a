//! `session open`, `freeze`, `seal` and the other steps; `reveal`, a place at a time.

use super::settled;
use crate::cli::args::Reveal;
use crate::cli::own::Own;
use crate::cli::{Failure, Outcome, Streams, moment};
use crate::courier::CourierError;
use crate::report::board;
use crate::team::board::Board;
use crate::team::{Session, SessionCode, Step, StepError};

pub(super) fn run(code: SessionCode, step: Step, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let session = settled(&mut own.reach()?, code, move |stores| {
        Ok(stores.team.step(code, step)?.ok_or(CourierError::NoSession(code))??)
    })?;
    writeln!(streams.output, "{}", told(step, &session))?;
    Ok(Outcome::Fine)
}

/// What a step has brought.
fn told(step: Step, session: &Session) -> String {
    let code = session.code;
    let shown = |moment: Option<jiff::Timestamp>| moment.map(moment::shown).unwrap_or_default();
    match step {
        Step::Open => format!("{code} is open: tickets are given out."),
        Step::Freeze => format!("{code} is frozen: the board stays as it is; what comes counts, and isn't shown."),
        Step::Seal => {
            format!(
                "{code} is sealed: nothing more is taken. \"ridealong session reveal {code}\" shows the last place."
            )
        }
        Step::Pause => format!("{code} is paused: no tickets are given out; runs under way are taken."),
        Step::Resume => format!("{code} goes on: tickets are given out again."),
        Step::Extend(_) => format!("{code} closes at {}.", shown(session.closes)),
        Step::Close => {
            format!("{code} is closed: runs under way are taken until {}.", shown(session.last_run()))
        }
        Step::Reveal(places) => format!("{code} shows {places} places."),
    }
}

pub(super) fn reveal(reveal: &Reveal, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let (code, all) = (reveal.at.code, reveal.all);
    let (last, before, now) = settled(&mut own.reach()?, code, move |stores| {
        let team = &mut stores.team;
        let session = team.session(code)?.ok_or(CourierError::NoSession(code))?;
        let last = team.last_board(code)?;
        let last = last.ok_or(StepError::First(session.phase(team.now()?), "seal"))?.board;
        let there = u32::try_from(last.places.len()).unwrap_or(u32::MAX);
        let before = session.revealed.unwrap_or(0);
        let now = if all { there.max(1) } else { before + 1 };
        // Beyond the first place there is nothing to show.
        if before == 0 || now <= there {
            team.step(code, Step::Reveal(now))?.ok_or(CourierError::NoSession(code))??;
        }
        Ok((last, before, now.min(there)))
    })?;
    write!(streams.output, "{}", revealed(&last, before, now))?;
    Ok(Outcome::Fine)
}

/// The places that have come to be seen, the lowest first, and what there is still to come.
fn revealed(last: &Board, before: u32, now: u32) -> String {
    let (there, before, now) = (last.places.len(), before as usize, now as usize);
    if there == 0 {
        return "Nobody is ranked: there is no place to show.\n".to_owned();
    }
    if before >= there {
        return "All places are shown already.\n".to_owned();
    }
    let new = last.places[there - now.min(there)..there - before].iter().rev();
    let mut lines: Vec<String> = new.map(board::place).collect();
    lines.push(match there - now.min(there) {
        0 => "All places are shown, and the teams with them.".to_owned(),
        1 => "1 place is still hidden.".to_owned(),
        more => format!("{more} places are still hidden."),
    });
    lines.join("\n") + "\n"
}
