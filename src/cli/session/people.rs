//! `session withdraw`, `rename`, `remove`, `erase`: what a facilitator does with people and their runs.

use std::ffi::OsStr;

use uuid::Uuid;

use super::settled;
use crate::cli::args::{EraseMember, Remove, Rename, Withdraw};
use crate::cli::own::Own;
use crate::cli::{Failure, Outcome, Streams, confirmed};
use crate::courier::{self, CourierError, Reach};
use crate::store::TeamStore;
use crate::team::archive::Member;
use crate::team::{SessionCode, name};
use crate::text::Text;

/// Fewer characters than this name no id: somebody may be called so.
const SHORTEST: usize = 4;

pub(super) fn withdraw(wanted: &Withdraw, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let (code, undo, run) = (wanted.at.code, wanted.undo, wanted.run.to_ascii_lowercase());
    let (run, whose, is_seen) = settled(&mut own.reach()?, code, move |stores| {
        let team = &mut stores.team;
        let runs = team.passed(code)?;
        let found: Vec<_> = runs.iter().filter(|there| is_id(there.id, &run)).collect();
        let [found] = found[..] else {
            let run = Text::clean(&run);
            return Err(match found.len() {
                0 => CourierError::NoRun(run, code),
                many => CourierError::Several(run, Text::clean(&format!("{many} runs"))),
            });
        };
        team.withdraw(code, found.id, !undo)?;
        let members = team.members(code)?;
        let whose = members.into_iter().find(|member| member.id == found.player).map(|member| member.name);
        Ok((found.id, whose, is_seen(team, code)?))
    })?;
    let whose = whose.map(|name| format!(" of {name}")).unwrap_or_default();
    let what = if undo { "counts again" } else { "is taken back: it is kept, and doesn't count" };
    writeln!(streams.output, "Run {run}{whose} {what}.{}", stays(is_seen))?;
    Ok(Outcome::Fine)
}

pub(super) fn rename(wanted: &Rename, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let (code, who, new) = (wanted.at.code, typed(&wanted.player), typed(&wanted.name));
    if new.is_empty() {
        return Err(Failure::cannot("nothing is left of the new name; give one in letters"));
    }
    let (before, now) = settled(&mut own.reach()?, code, move |stores| {
        let before = member(&mut stores.team, code, &who)?;
        stores.team.rename(code, before.id, &new)?;
        // Somebody else may have that name; then there is a number behind it.
        let now = stores.team.members(code)?.into_iter().find(|now| now.id == before.id);
        Ok((before.name, now.map_or(new, |now| now.name)))
    })?;
    writeln!(streams.output, "{before} is called {now} from now on.")?;
    Ok(Outcome::Fine)
}

pub(super) fn remove(wanted: &Remove, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let (code, undo, who) = (wanted.at.code, wanted.undo, typed(&wanted.player));
    let (name, is_seen) = settled(&mut own.reach()?, code, move |stores| {
        let member = member(&mut stores.team, code, &who)?;
        stores.team.remove(code, member.id, !undo)?;
        Ok((member.name, is_seen(&mut stores.team, code)?))
    })?;
    let what = if undo { "back on the board" } else { "off the board" };
    writeln!(streams.output, "{name} is {what}.{}", stays(is_seen))?;
    Ok(Outcome::Fine)
}

pub(super) fn erase(wanted: &EraseMember, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let (code, who) = (wanted.at.code, typed(&wanted.player));
    let mut reach = own.reach()?;
    let member = find(&mut reach, code, who)?;
    let name = &member.name;
    let what = format!("{name} from session {code}: the name is gone for good, the runs stay as numbers of nobody");
    if !confirmed(&what, wanted.yes, streams)? {
        return Ok(Outcome::Fine);
    }
    let id = member.id;
    reach.run(move |stores| courier::erase(&mut stores.team, &mut stores.local, code, id))?;
    writeln!(streams.output, "Erased: {name}.")?;
    Ok(Outcome::Fine)
}

fn find(reach: &mut Reach, code: SessionCode, who: Text) -> Result<Member, Failure> {
    settled(reach, code, move |stores| member(&mut stores.team, code, &who))
}

/// Whether the public has seen something of the last board, so that it stays as it is.
fn is_seen(team: &mut TeamStore, code: SessionCode) -> Result<bool, CourierError> {
    Ok(team.session(code)?.is_some_and(|session| session.revealed.is_some()))
}

const fn stays(is_seen: bool) -> &'static str {
    if is_seen { " The last board has been shown, and stays as it is." } else { "" }
}

fn typed(typed: &OsStr) -> Text {
    name(&typed.to_string_lossy())
}

/// Whether an id begins so.
fn is_id(id: Uuid, typed: &str) -> bool {
    typed.len() >= SHORTEST && id.to_string().starts_with(typed)
}

/// The member of a name, in small letters or large; or of an id that begins so.
fn member(team: &mut TeamStore, code: SessionCode, who: &Text) -> Result<Member, CourierError> {
    let mut members = team.members(code)?;
    let typed = who.to_lowercase();
    let ways: [&dyn Fn(&Member) -> bool; 3] =
        [&|member| member.name == *who, &|member| member.name.to_lowercase() == typed, &|member| {
            is_id(member.id, &typed)
        }];
    for is_it in ways {
        let mut found = members.iter().enumerate().filter(|(_, member)| is_it(member)).map(|(place, _)| place);
        match (found.next(), found.next()) {
            (Some(place), None) => return Ok(members.swap_remove(place)),
            (Some(_), Some(_)) => {
                let several = members.iter().filter(|member| is_it(member));
                let several: Vec<String> = several.map(|member| format!("{} ({})", member.name, member.id)).collect();
                return Err(CourierError::Several(who.clone(), Text::clean(&several.join(", "))));
            }
            (None, _) => {}
        }
    }
    Err(CourierError::Nobody(who.clone(), code))
}
