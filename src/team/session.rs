//! A session: what is played in it, when, and how far its facilitator has brought it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Refusal, SessionCode};
use crate::engine::Seed;
use crate::terms::{Feedback, words};
use crate::text::Text;

/// A scenario that everybody in a session plays once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Its number, from 1.
    pub number: u8,
    /// The hash of the scenario, as hexadecimal digits; the session keeps its own copy.
    pub scenario: String,
    /// The scenario's title.
    pub title: Text,
    /// Where the chance of everybody's run comes from: all see the same order of options.
    pub seed: Seed,
}

/// From when to when no tickets were given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Since when.
    pub from: Timestamp,
    /// Until when; nothing while it lasts.
    pub to: Option<Timestamp>,
}

/// A named event with a code. Moments are those of the store's clock, to the millisecond.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// What everybody types.
    pub code: SessionCode,
    /// What it is called.
    pub title: Text,
    /// When choices are commented.
    pub feedback: Feedback,
    /// What is played.
    #[serde(skip)]
    pub rounds: Vec<Round>,
    /// The teams there are; empty if everybody may name their own.
    pub teams: Vec<Text>,
    /// A team of fewer is listed, but not ranked.
    pub team_minimum: u32,
    /// How many rounds somebody must have played to be ranked.
    pub needed: u8,
    /// Points that are too near to tell apart.
    pub band: u8,
    /// When it opens by itself.
    pub opens: Option<Timestamp>,
    /// When the last ticket is given out.
    pub closes: Option<Timestamp>,
    /// How long after that runs are still taken, in minutes.
    pub grace: u32,
    /// When its facilitator opened it.
    pub opened: Option<Timestamp>,
    /// Since when the public sees the board as it stood then.
    pub frozen: Option<Timestamp>,
    /// Since when nothing more is taken.
    pub sealed: Option<Timestamp>,
    /// How many places of the last board, from the bottom, the public sees; nothing before the reveal.
    pub revealed: Option<u32>,
    /// When no tickets were given out.
    pub pauses: Vec<Pause>,
}

words! {
    /// How far a session is.
    Phase {
        /// Players can join.
        Lobby = "lobby", "lobby";
        /// Tickets are given out, and the board is live.
        Open = "open", "open";
        /// It goes on, but the public sees the board as it stood.
        Frozen = "frozen", "frozen";
        /// Nothing more is taken; the last board is known to the facilitator alone.
        Sealed = "sealed", "sealed";
        /// The last board is shown, from the bottom up.
        Revealed = "revealed", "revealed";
    }
}

/// What a facilitator does with a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Gives out tickets from now on.
    Open,
    /// The public sees the board as it stands now, whatever comes.
    Freeze,
    /// Takes nothing more.
    Seal,
    /// Shows so many places of the last board, from the bottom.
    Reveal(u32),
    /// Gives out no tickets for a while.
    Pause,
    /// Gives them out again.
    Resume,
    /// Closes so many minutes later than it would, or than now if it never would.
    Extend(u32),
    /// Gives out the last ticket now; runs under way are taken for the time of grace.
    Close,
}

/// A step that can't be taken from where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// It is behind.
    #[error("the session is {0} already")]
    Already(Phase),
    /// Something else comes first.
    #[error("the session is {0}; {1} it first")]
    First(Phase, &'static str),
    /// It isn't paused.
    #[error("the session is not paused")]
    NotPaused,
    /// It is.
    #[error("the session is paused already")]
    Paused,
}

impl Session {
    /// How far it is at a moment.
    pub fn phase(&self, now: Timestamp) -> Phase {
        if self.sealed.is_some() {
            return if self.revealed.is_some() { Phase::Revealed } else { Phase::Sealed };
        }
        if self.frozen.is_some() {
            return Phase::Frozen;
        }
        if self.start().is_some_and(|start| start <= now) { Phase::Open } else { Phase::Lobby }
    }

    /// When it opened, or will by itself.
    fn start(&self) -> Option<Timestamp> {
        self.opened.into_iter().chain(self.opens).min()
    }

    /// When the last run is taken, if it closes at all.
    pub fn last_run(&self) -> Option<Timestamp> {
        Some(later(self.closes?, self.grace))
    }

    /// Whether tickets wait.
    pub fn is_paused(&self) -> bool {
        self.pauses.last().is_some_and(|pause| pause.to.is_none())
    }

    /// A round by its number.
    pub fn round(&self, number: u8) -> Option<&Round> {
        self.rounds.iter().find(|round| round.number == number)
    }

    /// Whether somebody may join at a moment.
    ///
    /// # Errors
    /// Why not.
    pub fn admits(&self, at: Timestamp) -> Result<(), Refusal> {
        let is_over = self.sealed.is_some_and(|sealed| sealed <= at) || self.closes.is_some_and(|closes| closes <= at);
        if is_over { Err(Refusal::TooLate) } else { Ok(()) }
    }

    /// Whether a ticket can be taken at a moment.
    ///
    /// # Errors
    /// Why not.
    pub fn gives_tickets(&self, at: Timestamp) -> Result<(), Refusal> {
        if self.start().is_none_or(|start| at < start) {
            return Err(Refusal::TooEarly);
        }
        self.admits(at)?;
        let waits = |pause: &Pause| pause.from <= at && pause.to.is_none_or(|to| at < to);
        if self.pauses.iter().any(waits) { Err(Refusal::Paused) } else { Ok(()) }
    }

    /// Whether a run is taken at a moment.
    ///
    /// # Errors
    /// Why not.
    pub fn takes_runs(&self, at: Timestamp) -> Result<(), Refusal> {
        if self.start().is_none_or(|start| at < start) {
            return Err(Refusal::TooEarly);
        }
        let is_over = self.sealed.is_some_and(|sealed| sealed <= at) || self.last_run().is_some_and(|last| last < at);
        if is_over { Err(Refusal::TooLate) } else { Ok(()) }
    }

    /// The session after a step of its facilitator's.
    ///
    /// # Errors
    /// If it can't be taken from where the session stands.
    pub fn after(&self, step: Step, now: Timestamp) -> Result<Self, StepError> {
        let phase = self.phase(now);
        let is_over = phase >= Phase::Sealed;
        let mut next = self.clone();
        match step {
            Step::Open if phase != Phase::Lobby => return Err(StepError::Already(phase)),
            Step::Open => next.opened = Some(now),
            Step::Freeze if phase == Phase::Lobby => return Err(StepError::First(phase, "open")),
            Step::Freeze if phase != Phase::Open => return Err(StepError::Already(phase)),
            Step::Freeze => next.frozen = Some(now),
            Step::Seal if is_over => return Err(StepError::Already(phase)),
            Step::Seal => next.sealed = Some(now),
            Step::Reveal(_) if !is_over => return Err(StepError::First(phase, "seal")),
            // What has been seen stays seen.
            Step::Reveal(places) => next.revealed = Some(self.revealed.unwrap_or(0).max(places)),
            Step::Pause | Step::Resume | Step::Extend(_) | Step::Close if is_over => {
                return Err(StepError::Already(phase));
            }
            Step::Pause if self.is_paused() => return Err(StepError::Paused),
            Step::Pause => next.pauses.push(Pause { from: now, to: None }),
            Step::Resume => match next.pauses.last_mut() {
                Some(pause) if pause.to.is_none() => pause.to = Some(now),
                _ => return Err(StepError::NotPaused),
            },
            Step::Extend(minutes) => next.closes = Some(later(self.closes.unwrap_or(now).max(now), minutes)),
            Step::Close => next.closes = Some(self.closes.map_or(now, |closes| closes.min(now))),
        }
        Ok(next)
    }
}

/// So many minutes later, or as late as there is.
fn later(moment: Timestamp, minutes: u32) -> Timestamp {
    moment.checked_add(SignedDuration::from_mins(i64::from(minutes))).unwrap_or(Timestamp::MAX)
}
