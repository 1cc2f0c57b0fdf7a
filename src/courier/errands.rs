//! Single errands, done at once by whoever asks: the courier's thread, or a command.

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::{Builder, Uuid};

use crate::engine::Seed;
use crate::keeper::{World, story_of};
use crate::scenario::Scenario;
use crate::store::{Locker, Membership, Passed, Settled, SqliteStore, Store as _, StoreError, TeamStore};
use crate::story::Story;
use crate::team::verify::Copies;
use crate::team::{Hand, Phase, Round, Session, SessionCode, StepError, Token};
use crate::terms::Feedback;
use crate::text::Text;

/// The file on this machine that holds a player's own part.
pub type LocalFile = SqliteStore;

/// Why an errand came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CourierError {
    /// A store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no session of that code.
    #[error("there is no session {0} in this store; see the code, and whether --store names the team's store")]
    NoSession(SessionCode),
    /// A step can't be taken.
    #[error(transparent)]
    Step(#[from] StepError),
    /// It is over.
    #[error("session {0} is over; nobody can join any more")]
    Over(SessionCode),
    /// The team isn't one of the session's.
    #[error("session {0} has no team {1}; its teams are {2}")]
    NoTeam(SessionCode, Text, Text),
    /// The session's copy of a scenario isn't what it should be.
    #[error("the store's copy of the scenario of round {0} is damaged; its runs can't be verified")]
    DamagedCopy(u8),
    /// There is nobody of that name.
    #[error("nobody called {0} is in session {1}; \"ridealong session show {1}\" lists who is")]
    Nobody(Text, SessionCode),
    /// There is no such run.
    #[error(
        "session {1} has no run whose id begins with {0}; \"ridealong session show {1}\" lists runs with their ids"
    )]
    NoRun(Text, SessionCode),
    /// Several could be meant.
    #[error("{0} could be {1}; give more of the name or of the id")]
    Several(Text, Text),
    /// The store's server takes what is said to it, and says nothing.
    #[error("no answer from {0} within {1} s; see whether the server is well, and try again")]
    Silent(Text, u64),
    /// Chance is missing.
    #[error("this machine gives no chance: {0}; try again")]
    NoChance(Text),
}

/// What a session is to be.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What it is called.
    pub title: Text,
    /// What is played, with the scenario files.
    pub rounds: Vec<(Scenario, String)>,
    /// Where the chance of the first round comes from; each further one takes the next number.
    pub seed: Seed,
    /// When choices are commented.
    pub feedback: Feedback,
    /// The teams there are; empty if everybody may name their own.
    pub teams: Vec<Text>,
    /// A team of fewer isn't ranked.
    pub team_minimum: u32,
    /// Rounds that it takes to be ranked; all if nothing.
    pub needed: Option<u8>,
    /// Points that are too near to tell apart.
    pub band: u8,
    /// When it opens by itself.
    pub opens: Option<Timestamp>,
    /// When the last ticket is given out.
    pub closes: Option<Timestamp>,
    /// How long after that runs are still taken, in minutes.
    pub grace: u32,
}

impl Plan {
    /// A session of these scenarios with what most sessions have: comments at the end, a band of 8, teams from 2, a
    /// quarter of an hour of grace.
    pub fn new(title: Text, rounds: Vec<(Scenario, String)>, seed: Seed) -> Self {
        Self {
            title,
            rounds,
            seed,
            feedback: Feedback::End,
            teams: Vec::new(),
            team_minimum: 2,
            needed: None,
            band: 8,
            opens: None,
            closes: None,
            grace: 15,
        }
    }
}

/// Bytes of chance.
fn chance<const N: usize>() -> Result<[u8; N], CourierError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| CourierError::NoChance(Text::clean(&error.to_string())))?;
    Ok(bytes)
}

/// An id made by ourselves.
fn new_id(world: World) -> Uuid {
    let milliseconds = u64::try_from((world.now)().as_millisecond()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(milliseconds, &(world.chance)()).into_uuid()
}

/// Makes a session. The answer is its code.
///
/// # Errors
/// If it can't be kept.
pub fn create(team: &mut TeamStore, plan: &Plan) -> Result<SessionCode, CourierError> {
    let stories: Vec<(String, String)> = plan
        .rounds
        .iter()
        .map(|(scenario, source)| (crate::scenario::Hash::of(scenario).to_string(), source.clone()))
        .collect();
    let rounds: Vec<Round> = (1..)
        .zip(plan.rounds.iter().zip(&stories))
        .map(|(number, ((scenario, _), (hash, _)))| Round {
            number,
            scenario: hash.clone(),
            title: scenario.title.clone(),
            seed: Seed(plan.seed.0.wrapping_add(u64::from(number) - 1)),
        })
        .collect();
    let count = u8::try_from(rounds.len()).unwrap_or(u8::MAX);
    loop {
        let session = Session {
            code: SessionCode::new(u32::from_le_bytes(chance()?)),
            title: plan.title.clone(),
            feedback: plan.feedback,
            rounds: rounds.clone(),
            teams: plan.teams.clone(),
            team_minimum: plan.team_minimum,
            needed: plan.needed.unwrap_or(count).clamp(1, count.max(1)),
            band: plan.band,
            opens: plan.opens,
            closes: plan.closes,
            grace: plan.grace,
            opened: None,
            frozen: None,
            sealed: None,
            revealed: None,
            pauses: Vec::new(),
        };
        // The code of another session is drawn once in a thousand million.
        if team.create(&session, &stories)? {
            return Ok(session.code);
        }
    }
}

/// Joins a session: keeps the membership with the letter, which is still to be delivered. Who has joined it here under
/// that name is who they were.
///
/// # Errors
/// If there is no such session, it is over, or has no such team; or if a store fails.
pub fn join(
    team: &mut TeamStore,
    local: &mut LocalFile,
    world: World,
    code: SessionCode,
    (name, of): (&Text, &Text),
) -> Result<Membership, CourierError> {
    let already = local.memberships()?.into_iter().find(|there| there.hand.session == code && there.name == *name);
    if let Some(membership) = already {
        return Ok(membership);
    }
    let session = team.session(code)?.ok_or(CourierError::NoSession(code))?;
    session.admits(team.now()?).map_err(|_| CourierError::Over(code))?;
    if !of.is_empty() && !session.teams.is_empty() && !session.teams.contains(of) {
        let teams = session.teams.iter().map(Text::as_str).collect::<Vec<_>>().join(", ");
        return Err(CourierError::NoTeam(code, of.clone(), Text::clean(&teams)));
    }
    let hand = Hand { player: new_id(world), token: Token::new(chance()?), session: code };
    let letter = hand.join(&session, name.clone(), of.clone());
    let membership = Membership { hand, name: name.clone(), team: of.clone(), joined: (world.now)() };
    local.enroll(&membership, &letter)?;
    Ok(membership)
}

/// Sends what is still to be sent, as far as it is for this store. The answer is how many letters arrived.
///
/// # Errors
/// If the store can't be reached; the rest is still to be sent.
pub fn deliver(team: &mut TeamStore, local: &mut LocalFile) -> Result<usize, CourierError> {
    /// Letters in one go.
    const HANDFUL: u32 = 100;
    let mut arrived = 0;
    for code in local.addressees()? {
        // What is for another store waits until that is named.
        if team.session(code)?.is_none() {
            continue;
        }
        loop {
            let letters = local.letters(code, HANDFUL)?;
            let Some((upto, _)) = letters.last() else { break };
            let upto = *upto;
            let letters: Vec<_> = letters.into_iter().map(|(_, letter)| letter).collect();
            team.post(&letters)?;
            local.arrived(code, upto)?;
            arrived += letters.len();
        }
    }
    Ok(arrived)
}

/// Keeps a session on this machine with its stories, so that play goes on where its store can't be reached.
///
/// # Errors
/// If there is no such session, a story isn't what it should be, or a store fails.
pub fn take_along(team: &mut TeamStore, local: &mut LocalFile, code: SessionCode) -> Result<Session, CourierError> {
    let session = team.session(code)?.ok_or(CourierError::NoSession(code))?;
    for round in &session.rounds {
        if local.story(&round.scenario)?.is_none() {
            let (_, source) = round_story(team, round)?;
            local.keep_story(&round.scenario, &source)?;
        }
    }
    local.keep_session(&session)?;
    Ok(session)
}

/// The story of a round, from the session's own copy.
///
/// # Errors
/// If the copy isn't what it should be.
pub fn round_story(team: &mut TeamStore, round: &Round) -> Result<(Story, String), CourierError> {
    let source = team.story(&round.scenario)?.unwrap_or_default();
    let story = story_of(&round.scenario, &source).ok_or(CourierError::DamagedCopy(round.number))?;
    Ok((story, source))
}

/// Adds the copies of a session's scenarios that aren't there yet.
///
/// # Errors
/// If one of them isn't what it should be.
pub fn copies(team: &mut TeamStore, session: &Session, copies: &mut Copies) -> Result<(), CourierError> {
    for round in &session.rounds {
        if !copies.contains_key(&round.scenario) {
            let (story, _) = round_story(team, round)?;
            copies.insert(round.scenario.clone(), story);
        }
    }
    Ok(())
}

/// Runs are kept whole for so many days, then their numbers alone.
const KEPT_DAYS: u32 = 180;

/// Settles what was sent to a session, sees to it that who was erased stays so and that old runs are numbers, and shows
/// the public how it stands.
///
/// # Errors
/// If that can't be done now.
pub fn settle(
    team: &mut TeamStore,
    local: &mut LocalFile,
    code: SessionCode,
    known: &mut Copies,
) -> Result<Settled, CourierError> {
    let session = team.session(code)?.ok_or(CourierError::NoSession(code))?;
    copies(team, &session, known)?;
    // A backup of the store that was put back doesn't know of them, whether they are in it or in what is still to come.
    let erased = team.erased(code)?;
    for player in local.buried(code)?.into_iter().filter(|player| !erased.contains(player)) {
        team.erase(code, player)?;
    }
    let settled = team.settle(code, known)?;
    if session.phase(team.now()?) < Phase::Sealed {
        team.publish(code)?;
    } else {
        team.tidy(code, KEPT_DAYS)?;
    }
    Ok(settled)
}

/// Erases somebody, also what is kept of their part in the session on this machine, and remembers that they were.
///
/// # Errors
/// If it can't be done now.
pub fn erase(
    team: &mut TeamStore,
    local: &mut LocalFile,
    code: SessionCode,
    player: Uuid,
) -> Result<bool, CourierError> {
    // First, so that it is remembered whatever comes of the rest.
    local.bury(code, player, team.now()?)?;
    let erased = team.erase(code, player)?;
    local.forget(code, player)?;
    Ok(erased)
}

/// The runs of a session that count, by round: for the facilitator's results.
///
/// # Errors
/// If they can't be read now.
pub fn results_of(team: &mut TeamStore, code: SessionCode) -> Result<HashMap<u8, Vec<Passed>>, CourierError> {
    let mut rounds: HashMap<u8, Vec<Passed>> = HashMap::new();
    for run in team.passed(code)?.into_iter().filter(|run| run.ranked && !run.withdrawn) {
        rounds.entry(run.round).or_default().push(run);
    }
    Ok(rounds)
}
