//! A session as it is told.

use jiff::Timestamp;
use serde::Serialize;

use crate::cli::moment;
use crate::team::{Phase, Round, Session};
use crate::terms::Feedback;
use crate::text::Text;

/// As JSON.
#[derive(Serialize)]
pub(super) struct Told<'s> {
    code: String,
    title: &'s Text,
    phase: Phase,
    paused: bool,
    opens: Option<Timestamp>,
    opened: Option<Timestamp>,
    closes: Option<Timestamp>,
    /// When the last run is taken.
    last_run: Option<Timestamp>,
    frozen: Option<Timestamp>,
    sealed: Option<Timestamp>,
    /// How many places of the last board are shown, from the bottom.
    revealed: Option<u32>,
    feedback: Feedback,
    teams: &'s [Text],
    team_minimum: u32,
    needed: u8,
    band: u8,
    rounds: &'s [Round],
}

impl<'s> Told<'s> {
    pub(super) fn of(session: &'s Session, now: Timestamp) -> Self {
        Self {
            code: session.code.to_string(),
            title: &session.title,
            phase: session.phase(now),
            paused: session.is_paused(),
            opens: session.opens,
            opened: session.opened,
            closes: session.closes,
            last_run: session.last_run(),
            frozen: session.frozen,
            sealed: session.sealed,
            revealed: session.revealed,
            feedback: session.feedback,
            teams: &session.teams,
            team_minimum: session.team_minimum,
            needed: session.needed,
            band: session.band,
            rounds: &session.rounds,
        }
    }
}

/// `open since 2026-11-27 15:00, closes 2026-11-27 17:00`.
pub(super) fn state(session: &Session, now: Timestamp) -> String {
    let at = |what: &str, moment: Option<Timestamp>| moment.map(|at| format!("{what} {}", moment::shown(at)));
    let phase = session.phase(now);
    let since = match phase {
        Phase::Lobby => at("opens", session.opens),
        Phase::Open => at("since", session.opened.or(session.opens)),
        Phase::Frozen => at("since", session.frozen),
        Phase::Sealed | Phase::Revealed => at("sealed", session.sealed),
    };
    let ends =
        match session.closes.filter(|_| phase < Phase::Sealed) {
            Some(closes) if closes <= now => at("closed", Some(closes))
                .zip(at("runs under way are taken until", session.last_run()))
                .map(|(closed, last)| {
                    if session.last_run().is_some_and(|last| now <= last) {
                        format!("{closed}, {last}")
                    } else {
                        closed
                    }
                }),
            Some(closes) => at("closes", Some(closes)),
            None => None,
        };
    let paused = (session.is_paused() && phase < Phase::Sealed).then(|| "paused".to_owned());
    let parts: Vec<String> = [Some(phase.label().to_owned()), since, ends, paused].into_iter().flatten().collect();
    parts.join(", ")
}
