//! `board`: the public board of a session, in lines, as JSON, or as a table.

use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;

use super::args::{Board as Wanted, Screen};
use super::own::Own;
use super::{Failure, Outcome, Streams, on_screen};
use crate::courier::{CourierError, Reach, settle};
use crate::report::board;
use crate::store::{StoreError, Taken};
use crate::team::board::Board;
use crate::team::{Phase, Session, SessionCode};
use crate::text;
use crate::tui::screens::team::Opening;

/// How often it is looked whether anything has changed.
const AGAIN: Duration = Duration::from_secs(1);

/// What the public sees.
struct Seen {
    session: Session,
    phase: Phase,
    taken: Option<Taken>,
}

/// The same as JSON.
#[derive(Serialize)]
struct Document<'s> {
    session: String,
    title: &'s text::Text,
    phase: Phase,
    opens: Option<Timestamp>,
    closes: Option<Timestamp>,
    /// When the board was taken; null as long as there is none.
    taken: Option<Timestamp>,
    board: Option<&'s Board>,
}

pub(super) fn run(wanted: &Wanted, before: Screen, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let code = wanted.at.code;
    let in_lines = wanted.plain || wanted.json || wanted.csv || wanted.bands || streams.columns.is_none();
    if !in_lines {
        return on_screen::open(Opening::Board(code), None, wanted.screen.on(before), own);
    }
    let mut reach = own.reach()?;
    let mut last = written(wanted, &look(&mut reach, code)?)?;
    streams.output.write_all(&last)?;
    if !wanted.watch {
        return Ok(Outcome::Fine);
    }
    let mut trouble = None;
    loop {
        streams.output.flush()?;
        std::thread::sleep(AGAIN);
        match look(&mut reach, code) {
            Ok(seen) => {
                trouble = None;
                let now = written(wanted, &seen)?;
                if now != last {
                    writeln!(streams.output)?;
                    streams.output.write_all(&now)?;
                    last = now;
                }
            }
            // Told once, and tried again.
            Err(error) if trouble.as_ref() != Some(&error) => {
                writeln!(streams.errors, "ridealong: {error}")?;
                trouble = Some(error);
            }
            Err(_) => {}
        }
    }
}

/// The public board. Who may do so brings it up to what has been sent.
fn look(reach: &mut Reach, code: SessionCode) -> Result<Seen, CourierError> {
    reach.run(move |stores| {
        match settle(&mut stores.team, &mut stores.local, code, &mut stores.copies) {
            // A player only looks.
            Ok(_) | Err(CourierError::Store(StoreError::NotAllowed(..))) => {}
            Err(error) => return Err(error),
        }
        let team = &mut stores.team;
        let session = team.session(code)?.ok_or(CourierError::NoSession(code))?;
        let phase = session.phase(team.now()?);
        Ok(Seen { session, phase, taken: team.public_board(code)? })
    })
}

fn written(wanted: &Wanted, seen: &Seen) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::new();
    let board = seen.taken.as_ref().map(|taken| &taken.board);
    if wanted.json {
        let document = Document {
            session: seen.session.code.to_string(),
            title: &seen.session.title,
            phase: seen.phase,
            opens: seen.session.opens,
            closes: seen.session.closes,
            taken: seen.taken.as_ref().map(|taken| taken.taken),
            board,
        };
        // Strings, numbers and lists only: writing them to memory cannot fail.
        out = serde_json::to_vec_pretty(&document).unwrap_or_default();
        out.push(b'\n');
    } else if wanted.csv {
        board::csv(board.unwrap_or(&empty(seen)), &mut out)?;
    } else {
        out = board::text(board.unwrap_or(&empty(seen)), seen.phase, wanted.bands).into_bytes();
    }
    Ok(out)
}

/// The board of a session of which nothing has been shown yet.
fn empty(seen: &Seen) -> Board {
    Board::of(&seen.session, seen.phase, Vec::new(), crate::team::board::Counts::default())
}
