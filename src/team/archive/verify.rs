//! Every run replayed, every board made again, and what is different.

use std::collections::{HashMap, HashSet};
use std::fmt::{self, Display};

use uuid::Uuid;

use super::{Archive, Basis, Kept, Passed};
use crate::engine::Game;
use crate::team::board::{Board, Counts, Place};
use crate::team::verify::{Copies, Verified, practised, replay};
use crate::team::{Figures, Session, Standing};
use crate::text::Text;

/// What came of verifying a session's document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verification {
    /// Runs that were replayed.
    pub replayed: usize,
    /// Runs of which only the numbers are kept, which nobody can replay.
    pub numbers: usize,
    /// Boards that were made again.
    pub boards: usize,
    /// Lines on them that were compared.
    pub lines: usize,
    /// What isn't as the document says: a line each.
    pub differences: Vec<Text>,
}

/// Replays every run of a session's document and makes its boards again.
pub fn verify(archive: &Archive, copies: &Copies) -> Verification {
    let mut verifying =
        Verifying { archive, session: archive.session(), copies, runs: HashMap::new(), done: Verification::default() };
    verifying.copies();
    verifying.runs();
    verifying.boards();
    verifying.done
}

struct Verifying<'a> {
    archive: &'a Archive,
    session: Session,
    copies: &'a Copies,
    /// The runs, each with what it comes to: by replaying it, or as written where nothing else is kept.
    runs: HashMap<Uuid, (&'a Passed, Figures)>,
    done: Verification,
}

impl Verifying<'_> {
    fn differs(&mut self, what: impl Display) {
        self.done.differences.push(Text::clean(&what.to_string()));
    }

    fn copies(&mut self) {
        let archive = self.archive;
        for round in archive.rounds.iter().filter(|round| !self.copies.contains_key(&round.scenario)) {
            let number = round.number;
            self.differs(format!("round {number}: its scenario file is missing, or isn't what its hash says"));
        }
    }

    fn runs(&mut self) {
        let archive = self.archive;
        let mut game = Game::default();
        for run in &archive.runs {
            let figures = self.replayed(run, &mut game).unwrap_or(run.figures);
            if figures != run.figures {
                let (is, written) = (Told(figures), Told(run.figures));
                self.differs(format!("run {}: it comes to {is}, but is written down as {written}", run.id));
            }
            if self.runs.insert(run.id, (run, figures)).is_some() {
                self.differs(format!("run {}: it is there more than once", run.id));
            }
        }
    }

    /// What a run comes to; nothing if it can't be replayed, which is noted.
    fn replayed(&mut self, run: &Passed, game: &mut Game) -> Option<Figures> {
        let Some(record) = &run.record else {
            self.done.numbers += 1;
            return None;
        };
        let Some(round) = self.session.round(run.round) else {
            self.differs(format!("run {}: there is no round {}", run.id, run.round));
            return None;
        };
        self.done.replayed += 1;
        let replayed =
            if run.ranked { replay(round, self.copies, game, record) } else { practised(self.copies, game, record) };
        match replayed {
            Ok(Verified(figures)) => Some(figures),
            Err(refusal) => {
                self.differs(format!("run {}: {refusal}", run.id));
                None
            }
        }
    }

    fn boards(&mut self) {
        let archive = self.archive;
        let of = |kind: &str| archive.boards.iter().find(|kept| kept.kind == kind);
        let wanted = [("frozen", archive.session.frozen.is_some()), ("last", archive.session.sealed.is_some())];
        for (kind, is_wanted) in wanted {
            if is_wanted && of(kind).is_none() {
                self.differs(format!("board {kind}: it is missing"));
            }
        }
        for kind in ["frozen", "last", "now"] {
            match of(kind) {
                Some(Kept { basis: Some(basis), board, .. }) => self.board(kind, board, basis),
                Some(_) => self.differs(format!("board {kind}: what it was made from is missing")),
                None => {}
            }
        }
        if let (Some(shown), Some(last)) = (of("revealed"), of("last")) {
            let places = archive.session.revealed.unwrap_or(0);
            if shown.board != last.board.clone().from_the_bottom(places) {
                self.differs(format!("board revealed: it isn't the last {places} places of the last board"));
            }
        }
    }

    /// Makes a board again from the runs that it was made from.
    fn board(&mut self, kind: &str, board: &Board, basis: &Basis) {
        self.done.boards += 1;
        let mut counted: HashMap<Uuid, Vec<(u8, Figures)>> = HashMap::new();
        for id in &basis.runs {
            match self.runs.get(id).filter(|(run, _)| run.ranked) {
                Some((run, figures)) => counted.entry(run.player).or_default().push((run.round, *figures)),
                None => self.differs(format!("board {kind}: run {id}, which it was made from, is not there")),
            }
        }
        let mut standings = Vec::new();
        for (player, team) in &basis.players {
            let runs = counted.remove(player).unwrap_or_default();
            let rounds: HashSet<u8> = runs.iter().map(|(round, _)| *round).collect();
            if rounds.len() < runs.len() {
                self.differs(format!("board {kind}: player {player} has two runs of one round on it"));
            }
            let figures: Vec<Figures> = runs.into_iter().map(|(_, figures)| figures).collect();
            let name = self.archive.name(*player).cloned().unwrap_or_default();
            standings.push(Standing::of(*player, name, team.clone(), &figures));
        }
        for player in counted.into_keys() {
            self.differs(format!("board {kind}: player {player} has runs on it and wasn't in the session"));
        }
        let joined = u32::try_from(standings.len()).unwrap_or(u32::MAX);
        let counts = Counts { joined, ..Counts::default() };
        let again = Board::of(&self.session, board.phase, standings, counts);
        self.compare(kind, board, &again);
    }

    fn compare(&mut self, kind: &str, board: &Board, again: &Board) {
        let mut made: HashMap<Uuid, &Place> = lines(again).map(|place| (place.standing.player, place)).collect();
        for place in lines(board) {
            let player = place.standing.player;
            self.done.lines += 1;
            match made.remove(&player) {
                None => self.differs(format!("board {kind}: player {player} is on it without runs, or twice")),
                Some(made) if Line(made) == Line(place) => {}
                Some(made) => {
                    let (is, should) = (Line(place), Line(made));
                    self.differs(format!("board {kind}: player {player} has {is}; their runs come to {should}"));
                }
            }
        }
        for player in made.into_keys() {
            self.differs(format!("board {kind}: player {player} is missing"));
        }
        if board.places.windows(2).any(|two| two[0].rank > two[1].rank) {
            self.differs(format!("board {kind}: its places are not in order"));
        }
        if board.teams != again.teams {
            self.differs(format!("board {kind}: its teams are not what their members come to"));
        }
        if board.joined != again.joined {
            let (said, were) = (board.joined, again.joined);
            self.differs(format!("board {kind}: it says that {said} have joined, and there were {were}"));
        }
    }
}

/// Everybody on a board.
fn lines(board: &Board) -> impl Iterator<Item = &Place> {
    board.places.iter().chain(&board.others)
}

/// Figures in words.
struct Told(Figures);

impl Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Figures { score, behaviour, people, red_lines, trust, ending } = self.0;
        let tenths = |number: u32| format!("{}.{}", number / 10, number % 10);
        let (behaviour, people) = (tenths(behaviour), tenths(people));
        write!(f, "score {score} (behaviour {behaviour}, people {people}, red lines {red_lines}, trust {trust}, ")?;
        write!(f, "{})", ending.label())
    }
}

/// A line of a board but for names, which change.
struct Line<'a>(&'a Place);

impl Line<'_> {
    fn parts(&self) -> (Option<u32>, Option<u32>, u32, u32, u32, u32) {
        let Place { rank, band, standing } = self.0;
        (*rank, *band, standing.rounds, standing.points, standing.people, standing.red_lines)
    }
}

impl PartialEq for Line<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.parts() == other.parts()
    }
}

impl Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (rank, band, rounds, points, people, red_lines) = self.parts();
        match rank.zip(band) {
            Some((rank, band)) => write!(f, "rank {rank} in band {band}, ")?,
            None => f.write_str("no rank, ")?,
        }
        let points = format!("{}.{:02} points", points / 100, points % 100);
        let people = format!("people {}.{:03}", people / 1000, people % 1000);
        write!(f, "{points} of {rounds} rounds, {people}, red lines {red_lines}")
    }
}
