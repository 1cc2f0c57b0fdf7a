//! A team session's board in lines of text and as a table.
//!
//! Lines have 80 columns at most; who stands where is the board's own business. Names come from outside, safe by type.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::export::cell;
use crate::team::Phase;
use crate::team::board::{Board, Place, Team, shown};

/// Columns of a line.
const WIDTH: usize = 80;
/// Columns of a name, and of a team's.
const NAME: usize = 36;
const TEAM: usize = 22;

/// The board, with the phase that its session is in by now. With `bands`, those whose points are too near to tell apart
/// stand together, and nobody's points are told.
pub fn text(board: &Board, phase: Phase, bands: bool) -> String {
    let mut lines = vec![title(board, phase), counts(board)];
    if let Some(note) = note(board, phase) {
        lines.push(note);
    }
    lines.push(String::new());
    if board.places.is_empty() {
        lines.push("Nobody is ranked yet.".to_owned());
    } else if bands {
        lines.push(format!("{:>4}  {}  {}", "Band", fit("Player", NAME), fit("Team", TEAM)));
        let mut by_name: Vec<&Place> = board.places.iter().collect();
        by_name.sort_by_cached_key(|place| (place.band, place.standing.name.to_lowercase()));
        lines.extend(by_name.into_iter().map(in_band));
        lines.push(String::new());
        lines.push(format!("Within a band are less than {} points: too near to tell apart.", board.band.max(1)));
    } else {
        lines.push(format!("{:>4}  {}  {}  {:>6}", "Rank", fit("Player", NAME), fit("Team", TEAM), "Points"));
        lines.extend(board.places.iter().map(place));
    }
    if !board.others.is_empty() {
        lines.push(String::new());
        lines.push(format!("Not ranked, with fewer than {} rounds:", board.needed));
        lines.extend(board.others.iter().map(|other| unranked(other, board.rounds)));
    }
    if !board.teams.is_empty() {
        lines.push(String::new());
        lines.push(format!("{:>4}  {}  {:>6}", "Rank", fit("Team", NAME), "Points"));
        lines.extend(board.teams.iter().map(|team| self::team(team, bands)));
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n") + "\n"
}

fn title(board: &Board, phase: Phase) -> String {
    let state = format!("{}, {}", board.code, phase.label());
    let left = WIDTH - state.len() - 2;
    format!("{}  {state}", fit(&board.title, left))
}

fn counts(board: &Board) -> String {
    let Board { joined, playing, practice, rounds, .. } = board;
    format!("Joined: {joined}. In the middle of a run: {playing}. Practice runs: {practice}. Rounds: {rounds}.")
}

/// What there is to know of how much of the session the board shows.
fn note(board: &Board, phase: Phase) -> Option<String> {
    match board.phase {
        Phase::Frozen if phase <= Phase::Sealed => {
            Some("As it stood at the freeze; what came later isn't shown.".to_owned())
        }
        Phase::Revealed => {
            let first = board.places.first().and_then(|place| place.rank).filter(|rank| *rank > 1)?;
            Some(format!("Shown from place {first} down; those above are still to come."))
        }
        _ => None,
    }
}

/// A ranked player's line.
pub fn place(place: &Place) -> String {
    let rank = place.rank.map(|rank| rank.to_string()).unwrap_or_default();
    let standing = &place.standing;
    let points = shown(standing.points);
    format!("{rank:>4}  {}  {}  {points:>6}", fit(&standing.name, NAME), fit(&standing.team, TEAM))
}

fn in_band(place: &Place) -> String {
    let band = place.band.map(|band| band.to_string()).unwrap_or_default();
    format!("{band:>4}  {}  {}", fit(&place.standing.name, NAME), fit(&place.standing.team, TEAM))
}

fn unranked(place: &Place, rounds: u32) -> String {
    let standing = &place.standing;
    let played = format!("{} of {rounds}", standing.rounds);
    format!("{:>4}  {}  {}  {played:>6}", "", fit(&standing.name, NAME), fit(&standing.team, TEAM))
}

fn team(team: &Team, bands: bool) -> String {
    let rank = team.rank.map(|rank| rank.to_string()).unwrap_or_default();
    let points = if bands || team.ranked == 0 { String::new() } else { shown(team.points) };
    format!("{rank:>4}  {}  {points:>6}  {} of {} ranked", fit(&team.name, NAME), team.ranked, team.members)
}

/// A text in so many columns: cut, with dots, or filled with spaces.
fn fit(text: &str, columns: usize) -> String {
    let width = text.width();
    if width <= columns {
        return format!("{text}{}", " ".repeat(columns - width));
    }
    let mut cut = String::new();
    let mut taken = 0;
    for character in text.chars() {
        let wide = character.width().unwrap_or(0);
        if taken + wide > columns.saturating_sub(3) {
            break;
        }
        taken += wide;
        cut.push(character);
    }
    format!("{cut}...{}", " ".repeat(columns.saturating_sub(taken + 3)))
}

/// Everybody on the board and the teams as a table.
///
/// # Errors
/// What `out` says.
pub fn csv(board: &Board, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record([
        "kind",
        "rank",
        "band",
        "name",
        "team",
        "points",
        "people",
        "red_lines",
        "rounds",
        "ranked",
        "members",
    ])?;
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    for line in board.places.iter().chain(&board.others) {
        let standing = &line.standing;
        table.write_record([
            "player",
            &number(line.rank),
            &number(line.band),
            &cell(&standing.name),
            &cell(&standing.team),
            &hundredths(standing.points),
            &thousandths(standing.people),
            &standing.red_lines.to_string(),
            &standing.rounds.to_string(),
            "",
            "",
        ])?;
    }
    for team in &board.teams {
        table.write_record([
            "team",
            &number(team.rank),
            "",
            &cell(&team.name),
            "",
            &hundredths(team.points),
            &thousandths(team.people),
            "",
            "",
            &team.ranked.to_string(),
            &team.members.to_string(),
        ])?;
    }
    table.flush()
}

fn hundredths(number: u32) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

fn thousandths(number: u32) -> String {
    format!("{}.{:03}", number / 1000, number % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fill_their_columns_however_wide_they_are() {
        for name in ["", "Ann", &"x".repeat(40), &"\u{6f22}".repeat(40), "e\u{301}", "\u{1f600} Bo"] {
            for columns in [3, 5, 22, 36] {
                assert_eq!(fit(name, columns).width(), columns, "{name:?}");
            }
        }
    }
}
