//! `join`: joins a team's session, and plays its rounds line by line.

mod rounds;

use jiff::Timestamp;

use super::args::{Join, Screen};
use super::own::Own;
use super::sync::{Delivered, deliver, letters};
use super::{Failure, Outcome, Streams, moment, on_screen};
use crate::courier::{self, CourierError, LocalFile, Reach};
use crate::keeper::World;
use crate::plain::Page;
use crate::store::{Locker as _, Membership};
use crate::team::{Phase, Session, SessionCode, name};
use crate::text::Text;
use crate::tui::screens::team::Opening;

/// A session that was joined, as it is known here.
struct Joined {
    membership: Membership,
    session: Session,
    /// By the store's clock, or by this machine's where the store can't be reached.
    now: Timestamp,
    /// Why the store can't be reached.
    trouble: Option<CourierError>,
}

pub(super) fn run(join: &Join, before: Screen, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let code = join.at.code;
    let who = name(&join.name.to_string_lossy());
    if who.is_empty() {
        return Err(Failure::cannot("nothing is left of the name; give one in letters with --as"));
    }
    let team = join.team.as_ref().map(|team| name(&team.to_string_lossy())).unwrap_or_default();
    let mut reach = own.reach()?;
    let joined = joined(&mut reach, own, code, &who, &team)?;
    if let Some(trouble) = &joined.trouble {
        writeln!(streams.errors, "ridealong: {trouble}")?;
        writeln!(streams.errors, "ridealong: what you play is kept here until it can be sent")?;
    }
    if !join.plain && streams.columns.is_some() {
        let name = joined.membership.name.clone();
        // The screens open the files themselves.
        drop(reach);
        return on_screen::open(Opening::Session(code, name.clone()), Some(&name), join.screen.on(before), own);
    }
    tell(&joined, &team, streams)?;
    if join.plain {
        rounds::play(&joined, join.round, own, &mut reach, streams)
    } else {
        let outcome = if joined.trouble.is_some() { Outcome::Partly } else { Outcome::Fine };
        let who = &joined.membership.name;
        let mut page = Page::new(&mut streams.output, streams.columns);
        page.para(&format!(
            "On a terminal this opens the session; line by line: ridealong join {code} --as \"{who}\" --plain"
        ))?;
        Ok(outcome)
    }
}

/// Joins, takes along what it takes to play without the store, and sends what is to be sent. Where the store can't be
/// reached, a session that was joined before goes on with what was taken along then.
fn joined(reach: &mut Reach, own: &Own, code: SessionCode, who: &Text, team: &Text) -> Result<Joined, Failure> {
    let (name, of) = (who.clone(), team.clone());
    let joined = reach.run(move |stores| {
        let (team, local) = (&mut stores.team, &mut stores.local);
        let membership = courier::join(team, local, World::real(), code, (&name, &of))?;
        let session = courier::take_along(team, local, code)?;
        courier::deliver(team, local)?;
        Ok(Joined { membership, session, now: team.now()?, trouble: None })
    });
    let trouble = match joined {
        Ok(joined) => return Ok(joined),
        Err(trouble @ (CourierError::Store(_) | CourierError::Silent(..))) => trouble,
        Err(other) => return Err(other.into()),
    };
    match kept(own, code, who) {
        Some((membership, session)) => {
            Ok(Joined { membership, session, now: Timestamp::now(), trouble: Some(trouble) })
        }
        None => Err(trouble.into()),
    }
}

/// What was taken along before.
fn kept(own: &Own, code: SessionCode, who: &Text) -> Option<(Membership, Session)> {
    let file = own.store.as_ref().ok()?.file().ok()?;
    // Who has never joined has no file, and looking makes none.
    let mut local = file.exists().then(|| LocalFile::open(&file, super::play::LAST_CHANCE).ok())??;
    let mut all = local.memberships().ok()?.into_iter();
    let membership = all.find(|there| there.hand.session == code && there.name == *who)?;
    Some((membership, local.kept_session(code).ok()??))
}

fn tell(joined: &Joined, team: &Text, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let Joined { membership, session, now, .. } = joined;
    let mut page = Page::new(&mut streams.output, streams.columns);
    let of = if membership.team.is_empty() { String::new() } else { format!(", team {}", membership.team) };
    let since = moment::shown(membership.joined);
    page.para(&format!(
        "{}, session {}: you are {}{of}, since {since}.",
        session.title, session.code, membership.name
    ))?;
    if !team.is_empty() && *team != membership.team {
        page.para("You joined before; the team stays as it was.")?;
    }
    for round in &session.rounds {
        page.para(&format!("Round {}: {}.", round.number, round.title))?;
    }
    page.para(&state(session, *now))?;
    Ok(())
}

/// Whether it can be played, in a sentence.
fn state(session: &Session, now: Timestamp) -> String {
    match session.phase(now) {
        Phase::Lobby => match session.opens {
            Some(opens) => format!("It opens at {}.", moment::shown(opens)),
            None => "It is not open yet; its facilitator opens it.".to_owned(),
        },
        Phase::Sealed | Phase::Revealed => "It is over.".to_owned(),
        Phase::Open | Phase::Frozen if session.closes.is_some_and(|closes| closes <= now) => "It is closed.".to_owned(),
        Phase::Open | Phase::Frozen if session.is_paused() => "It is paused.".to_owned(),
        Phase::Open | Phase::Frozen => match session.closes {
            Some(closes) => format!("It is open until {}.", moment::shown(closes)),
            None => "It is open.".to_owned(),
        },
    }
}

/// Sends what is to be sent, and says what came of it. Whether all of it has arrived.
fn send(reach: &mut Reach, streams: &mut Streams<'_>) -> Result<bool, Failure> {
    match deliver(reach) {
        Ok(Delivered { elsewhere, .. }) if elsewhere.is_empty() => {
            writeln!(streams.output, "Sent.")?;
            Ok(true)
        }
        Ok(Delivered { elsewhere, .. }) => {
            let waiting: usize = elsewhere.iter().map(|(_, count)| count).sum();
            writeln!(streams.output, "Sent; {} for sessions in other stores still wait.", letters(waiting))?;
            Ok(true)
        }
        Err(error) => {
            writeln!(streams.errors, "ridealong: {error}")?;
            writeln!(streams.output, "Not sent yet; it is kept here, and \"ridealong sync\" sends it.")?;
            Ok(false)
        }
    }
}
