//! `session create`: makes a session, and says what to say to the room.

use std::collections::HashSet;
use std::ffi::OsStr;

use crate::cli::args::Create;
use crate::cli::own::Own;
use crate::cli::{Failure, Outcome, Streams, moment, play};
use crate::courier::{self, Plan};
use crate::plain::Page;
use crate::scenario::Scenario;
use crate::scenario::library::Library;
use crate::team::{SessionCode, name};
use crate::text::Text;

/// More characters of a title than this are read out to nobody.
const LONGEST_TITLE: usize = 80;
/// More rounds than this are a slip of the finger.
const MOST_ROUNDS: usize = 100;

pub(super) fn run(
    create: &Create,
    library: &Library,
    own: &Own,
    streams: &mut Streams<'_>,
) -> Result<Outcome, Failure> {
    let plan = plan(create, library, streams)?;
    let mut reach = own.reach()?;
    let told = plan.clone();
    let code = reach.run(move |stores| courier::create(&mut stores.team, &plan))?;
    tell(code, &told, reach.place(), streams)
}

fn plan(create: &Create, library: &Library, streams: &mut Streams<'_>) -> Result<Plan, Failure> {
    let title = Text::clean(&Text::clean(&create.title).chars().take(LONGEST_TITLE).collect::<String>());
    if title.is_empty() {
        return Err(Failure::cannot("a session needs a title; give one with --title"));
    }
    if create.scenarios.len() > MOST_ROUNDS {
        return Err(Failure::cannot(format!("a session has at most {MOST_ROUNDS} rounds; make several sessions")));
    }
    let count = create.scenarios.len();
    if create.needed.is_some_and(|needed| needed == 0 || usize::from(needed) > count) {
        return Err(Failure::cannot(format!("--needed must be from 1 to {count}, the number of rounds")));
    }
    let moment = |typed: &Option<String>| typed.as_deref().map(moment::read_now).transpose();
    let (opens, closes) = (moment(&create.opens)?, moment(&create.closes)?);
    if closes.is_some_and(|closes| closes <= opens.unwrap_or_else(jiff::Timestamp::now)) {
        return Err(Failure::cannot("the session would close before it opens; give a later time with --closes"));
    }
    let mut rounds = Vec::with_capacity(count);
    for scenario in &create.scenarios {
        rounds.push(round(scenario, library, streams)?);
    }
    let mut seen = HashSet::new();
    let teams = create.teams.iter().map(|team| name(&team.to_string_lossy()));
    let teams = teams.filter(|team| !team.is_empty() && seen.insert(team.clone())).collect();
    Ok(Plan {
        feedback: create.feedback,
        teams,
        team_minimum: create.team_minimum,
        needed: create.needed,
        band: create.band,
        opens,
        closes,
        grace: create.grace,
        ..Plan::new(title, rounds, play::seed(create.seed)?)
    })
}

/// A scenario that can be played, with its file.
fn round(wanted: &OsStr, library: &Library, streams: &mut Streams<'_>) -> Result<(Scenario, String), Failure> {
    let entry = library.find(wanted).map_err(Failure::cannot)?;
    let source = entry.content().map(|loaded| loaded.source.text().to_owned()).unwrap_or_default();
    Ok((play::story(entry, streams)?.scenario, source))
}

fn tell(code: SessionCode, plan: &Plan, place: &Text, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let mut page = Page::new(&mut streams.output, streams.columns);
    page.para(&format!("Session {code}: {}", plan.title))?;
    for (number, (scenario, _)) in (1..).zip(&plan.rounds) {
        page.para(&format!("Round {number}: {}", scenario.title))?;
    }
    page.para(&format!("Seed: {}. The store is {place}.", plan.seed))?;
    let opens = match plan.opens {
        Some(opens) => format!("It opens by itself at {}", moment::shown(opens)),
        None => format!("It opens when you say \"ridealong session open {code}\""),
    };
    let closes = match plan.closes {
        Some(closes) => format!(" and closes at {}.", moment::shown(closes)),
        None => ", and closes when you close or seal it.".to_owned(),
    };
    page.para(&format!("{opens}{closes}"))?;
    page.heading("Say to the room:")?;
    let team = if plan.teams.is_empty() { "" } else { " --team TEAM" };
    page.raw(&format!("  ridealong join {code} --as NAME{team}"))?;
    if !plan.teams.is_empty() {
        let teams: Vec<&str> = plan.teams.iter().map(Text::as_str).collect();
        page.para(&format!("Teams: {}.", teams.join(", ")))?;
    }
    page.flush()?;
    Ok(Outcome::Fine)
}
