//! Verification: a run is replayed on the session's own copy of the scenario, and what comes out is what counts.

mod desk;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

pub use desk::{Desk, Entered, Joined, Opened, Ticket, Verdict};

use super::{Figures, Round};
use crate::engine::{Chosen, ENGINE_VERSION, Game, KEY_VERSION, Met, Place};
use crate::record::Record;
use crate::story::Story;

/// Why a message is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// It is no message.
    #[error("it can't be read")]
    Unreadable,
    /// It lies in another session's inbox.
    #[error("it is for another session")]
    OtherSession,
    /// Nobody of that id has joined.
    #[error("its player hasn't joined")]
    UnknownPlayer,
    /// There is no such round.
    #[error("the session has no such round")]
    UnknownRound,
    /// It was played on something that isn't the round's scenario.
    #[error("it was played on another scenario, or another version of it")]
    UnknownScenario,
    /// Its chance isn't the session's.
    #[error("it was played with another seed")]
    OtherSeed,
    /// It was played by other rules.
    #[error("it was played by another version of the rules or of the scoring")]
    OtherVersion,
    /// A choice that wasn't open where it was made.
    #[error("one of its choices was not open")]
    NotOpen,
    /// It goes on.
    #[error("it doesn't come to an ending")]
    Unfinished,
    /// It goes on after its ending.
    #[error("it has choices after its ending")]
    TooLong,
    /// Its player has no ticket for the round.
    #[error("there is no ticket for it")]
    NoTicket,
    /// The ticket has its run.
    #[error("its ticket has been used for another run")]
    SecondRun,
    /// The round's ticket has been taken.
    #[error("its player has a ticket for this round")]
    SecondTicket,
    /// The key doesn't open the lock.
    #[error("its key is not its player's")]
    WrongKey,
    /// Before the session was open.
    #[error("it came before the session was open")]
    TooEarly,
    /// After it had closed.
    #[error("it came after the session had closed")]
    TooLate,
    /// While tickets waited.
    #[error("it came while the session was paused")]
    Paused,
    /// Another message of the same id is there.
    #[error("there is another message of the same id; both are kept to be looked at")]
    Quarantined,
    /// Its player has been erased.
    #[error("its player has been erased")]
    Erased,
    /// Its player has been taken off the board.
    #[error("its player has been removed")]
    Removed,
}

impl Refusal {
    /// Every one of them.
    pub const ALL: [Self; 20] = [
        Self::Unreadable,
        Self::OtherSession,
        Self::UnknownPlayer,
        Self::UnknownRound,
        Self::UnknownScenario,
        Self::OtherSeed,
        Self::OtherVersion,
        Self::NotOpen,
        Self::Unfinished,
        Self::TooLong,
        Self::NoTicket,
        Self::SecondRun,
        Self::SecondTicket,
        Self::WrongKey,
        Self::TooEarly,
        Self::TooLate,
        Self::Paused,
        Self::Quarantined,
        Self::Erased,
        Self::Removed,
    ];

    /// Its spelling in tables and JSON.
    pub fn id(self) -> String {
        serde_json::to_value(self).ok().and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The one spelled so.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.id() == id)
    }
}

/// What a run that is taken comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified(pub Figures);

/// The session's own copies of its scenarios, by hash.
pub type Copies = HashMap<String, Story>;

/// Replays a round's run on the session's own copy of its scenario.
///
/// # Errors
/// Why it isn't one.
pub fn replay(round: &Round, copies: &Copies, game: &mut Game, record: &Record) -> Result<Verified, Refusal> {
    if record.hash.as_deref() != Some(round.scenario.as_str()) {
        return Err(Refusal::UnknownScenario);
    }
    let story = copies.get(&round.scenario).ok_or(Refusal::UnknownScenario)?;
    if record.seed != round.seed {
        return Err(Refusal::OtherSeed);
    }
    if record.engine_version != Some(ENGINE_VERSION) || record.key_version != Some(KEY_VERSION) {
        return Err(Refusal::OtherVersion);
    }
    figures(story, game, record).map(Verified)
}

/// Replays a run that doesn't count, on whichever of the session's scenarios it was played.
///
/// # Errors
/// Why it isn't one.
pub fn practised(copies: &Copies, game: &mut Game, record: &Record) -> Result<Verified, Refusal> {
    let story = copies.get(record.hash.as_deref().unwrap_or_default()).ok_or(Refusal::UnknownScenario)?;
    figures(story, game, record).map(Verified)
}

/// What the choices of a record come to.
fn figures(story: &Story, game: &mut Game, record: &Record) -> Result<Figures, Refusal> {
    let mut choices = record.choices.iter();
    let mut wrong = None;
    let longest = u32::try_from(record.choices.len()).unwrap_or(u32::MAX);
    let ended = game.play(&story.program, record.seed, longest, |met| {
        // Once something is wrong, the rest of the play doesn't matter.
        let chosen = choices.next().filter(|_| wrong.is_none()).map(|id| open(story, met, id));
        chosen.flatten().unwrap_or_else(|| {
            wrong = wrong.or(Some(Refusal::NotOpen));
            met.nth(0)
        })
    });
    if let Some(wrong) = wrong {
        return Err(wrong);
    }
    let Some((_, ending)) = ended else { return Err(Refusal::Unfinished) };
    if choices.next().is_some() {
        return Err(Refusal::TooLong);
    }
    let score = game.score(&story.program, ending);
    // All of them are 1000 at most.
    let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Figures {
        score: small(score.total.round()),
        behaviour: small(score.behaviour.tenths()),
        people: small(score.people.tenths()),
        red_lines: game.sums().red_lines,
        trust: u32::from(game.state().meters.trust()),
        ending,
    })
}

/// The open option of an id where a play stands.
fn open(story: &Story, met: Met<'_>, id: &str) -> Option<Chosen> {
    debug_assert!(matches!(met.state.place, Place::Scene(_)));
    met.options()
        .map(|(chosen, _)| chosen)
        .find(|chosen| story.option(met.scene, *chosen).is_some_and(|option| option.id == id))
}
