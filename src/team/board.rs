//! The board: a ranking made of standings, as it stood at a moment.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Phase, SessionCode, Standing};
use crate::text::Text;

/// A board as it stood. This, written once, is all that the public sees after a freeze.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// The session.
    pub code: SessionCode,
    /// What it is called.
    pub title: Text,
    /// How far it was.
    pub phase: Phase,
    /// Rounds there are.
    pub rounds: u32,
    /// Rounds that it takes to be ranked.
    pub needed: u32,
    /// Points nearer than this are too near to tell apart.
    pub band: u32,
    /// Those who are ranked, the first first.
    pub places: Vec<Place>,
    /// Those who have played, but too few rounds, by name.
    pub others: Vec<Place>,
    /// Teams, the first first; those without a rank last.
    pub teams: Vec<Team>,
    /// How many have joined.
    pub joined: u32,
    /// How many tickets were out without their run: who is in the middle of one.
    pub playing: u32,
    /// How many runs were sent that don't count.
    pub practice: u32,
}

/// A line of the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// From 1; equals share it, and the next rank counts them (1, 1, 3). Nothing for who isn't ranked.
    pub rank: Option<u32>,
    /// The band, from 1: everybody whose points are less than the session's band below those of the band's first.
    pub band: Option<u32>,
    /// Whose.
    #[serde(flatten)]
    pub standing: Standing,
}

/// A team's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// As with people; nothing for a team of too few.
    pub rank: Option<u32>,
    /// What it is called.
    pub name: Text,
    /// The mean of its ranked members' points in hundredths, 0 to 10,000.
    pub points: u32,
    /// The mean of their people scores in thousandths.
    pub people: u32,
    /// Members who are ranked.
    pub ranked: u32,
    /// Members.
    pub members: u32,
}

/// What a board says beside its ranking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Who have joined.
    pub joined: u32,
    /// Tickets without their run.
    pub playing: u32,
    /// Runs that don't count.
    pub practice: u32,
}

impl Board {
    /// The board of a session in a phase, from everybody's standings in any order.
    pub fn of(session: &super::Session, phase: Phase, standings: Vec<Standing>, counts: Counts) -> Self {
        let needed = u32::from(session.needed);
        let teams = teams(&standings, needed, session.team_minimum);
        let (mut ranked, mut others): (Vec<_>, Vec<_>) =
            standings.into_iter().filter(|one| one.rounds > 0).partition(|one| one.rounds >= needed);
        // Equals stand by name, so that the board doesn't depend on who came first.
        let by_name = |one: &Standing| (one.name.to_lowercase(), one.player);
        ranked.sort_by_cached_key(|one| (std::cmp::Reverse(one.merit()), by_name(one)));
        others.sort_by_cached_key(by_name);
        let unranked = |standing| Place { rank: None, band: None, standing };
        Self {
            code: session.code,
            title: session.title.clone(),
            phase,
            rounds: u32::try_from(session.rounds.len()).unwrap_or(u32::MAX),
            needed,
            band: u32::from(session.band),
            places: places(ranked, u32::from(session.band)),
            others: others.into_iter().map(unranked).collect(),
            teams,
            joined: counts.joined,
            playing: counts.playing,
            practice: counts.practice,
        }
    }

    /// The same with the last `shown` places alone: how it is revealed, from the bottom up. Teams come with the first.
    #[must_use]
    pub fn from_the_bottom(mut self, shown: u32) -> Self {
        let hidden = self.places.len().saturating_sub(shown as usize);
        self.places.drain(..hidden);
        if hidden > 0 {
            self.teams.clear();
        }
        self.phase = Phase::Revealed;
        self
    }

    /// The same without somebody's name.
    pub fn redact(&mut self, player: Uuid, name: &Text) {
        let lines = self.places.iter_mut().chain(&mut self.others);
        for line in lines.filter(|line| line.standing.player == player) {
            line.standing.name = name.clone();
        }
    }
}

/// Ranks those that are sorted by merit.
fn places(sorted: Vec<Standing>, band: u32) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(sorted.len());
    let (mut first_of_band, mut bands) = (None, 0);
    for (number, standing) in (1..).zip(sorted) {
        let before = places.last().filter(|before| before.standing.merit() == standing.merit());
        let rank = before.map_or(Some(number), |before| before.rank);
        if first_of_band.is_none_or(|first: u32| first - standing.points >= (100 * band).max(1)) {
            first_of_band = Some(standing.points);
            bands += 1;
        }
        places.push(Place { rank, band: Some(bands), standing });
    }
    places
}

fn teams(standings: &[Standing], needed: u32, minimum: u32) -> Vec<Team> {
    let mut names: Vec<&Text> = standings.iter().map(|one| &one.team).filter(|team| !team.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    let mut teams: Vec<Team> = names.into_iter().map(|name| team(name, standings, needed)).collect();
    let merit = |team: &Team| (std::cmp::Reverse((team.points, team.people)), team.name.to_lowercase());
    teams.sort_by_cached_key(|team| (team.ranked < minimum.max(1), merit(team)));
    let mut before: Option<(u32, u32, u32)> = None;
    for (number, team) in (1..).zip(teams.iter_mut().filter(|team| team.ranked >= minimum.max(1))) {
        let shared = before.filter(|(_, points, people)| (*points, *people) == (team.points, team.people));
        let rank = shared.map_or(number, |(rank, ..)| rank);
        team.rank = Some(rank);
        before = Some((rank, team.points, team.people));
    }
    teams
}

fn team(name: &Text, standings: &[Standing], needed: u32) -> Team {
    let members = || standings.iter().filter(|one| one.team == *name);
    let ranked = || members().filter(|one| one.rounds > 0 && one.rounds >= needed);
    let count = ranked().count() as u64;
    let mean = |part: fn(&Standing) -> u32| {
        let sum: u64 = ranked().map(|one| u64::from(part(one))).sum();
        u32::try_from((2 * sum + count) / (2 * count.max(1))).unwrap_or(0)
    };
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Team {
        rank: None,
        name: name.clone(),
        points: mean(|one| one.points),
        people: mean(|one| one.people),
        ranked: number(ranked().count()),
        members: number(members().count()),
    }
}

/// Points as people read them: `87.3`, `100`.
pub fn shown(hundredths: u32) -> String {
    let tenths = (hundredths + 5) / 10;
    if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}
