//! The rounds of a session, line by line and one after the other.

use std::sync::Arc;

use super::{Joined, send};
use crate::cli::own::Own;
use crate::cli::play::{LAST_CHANCE, finish};
use crate::cli::{Failure, Outcome, Streams};
use crate::courier::{LocalFile, Reach, deliver};
use crate::keeper::{Attempt, Book, Keeper, Seated, World, story_of};
use crate::plain::{self, Answer, Left, Page};
use crate::store::{Locker as _, Seat, Store as _};
use crate::team::{Refusal, Round};
use crate::terms::RunState;

/// How a round stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// It hasn't been seen.
    New,
    /// Its ticket is taken, and nothing was chosen yet.
    Taken(Attempt),
    /// It was left.
    Left,
    /// It has been played: what comes now is practice.
    Played,
}

/// Plays the rounds that haven't been played, in order; or one alone.
pub(super) fn play(
    joined: &Joined,
    only: Option<u8>,
    own: &Own,
    reach: &mut Reach,
    streams: &mut Streams<'_>,
) -> Result<Outcome, Failure> {
    let keeper = Keeper::new(own.store.clone(), World::real());
    let name = joined.membership.name.clone();
    let mut book = Book::new(Box::new(keeper.link(LAST_CHANCE)), Some(name));
    keeper.wait_for_arrival(LAST_CHANCE);
    book.take_in();
    let mut table = Table { joined, own, book, reach, is_sent: joined.trouble.is_none() };
    let played = table.rounds(only, streams);
    let is_sent = table.is_sent;
    drop(table);
    let outcome = played.map(|()| if is_sent { Outcome::Fine } else { Outcome::Partly });
    outcome.and_then(|outcome| finish(keeper, LAST_CHANCE, outcome))
}

/// Where it is played.
struct Table<'a> {
    joined: &'a Joined,
    own: &'a Own,
    book: Book,
    reach: &'a mut Reach,
    /// Whether all that was to be sent has arrived.
    is_sent: bool,
}

impl Table<'_> {
    fn rounds(&mut self, only: Option<u8>, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let session = &self.joined.session;
        if let Some(only) = only.filter(|only| session.round(*only).is_none()) {
            let rounds = session.rounds.len();
            return Err(Failure::cannot(format!("there is no round {only}; the session has rounds 1 to {rounds}")));
        }
        for round in session.rounds.iter().filter(|round| only.is_none_or(|only| only == round.number)) {
            let stands = self.stands(round)?;
            if stands == Stands::Played && only.is_none() {
                let number = round.number;
                writeln!(
                    streams.output,
                    "\nRound {number} has been played; --round {number} plays it again, for practice."
                )?;
                continue;
            }
            self.round(round, stands, streams)?;
            if self.stands(round)? != Stands::Played {
                break;
            }
        }
        Ok(())
    }

    fn local(&self) -> Result<LocalFile, Failure> {
        let file = self.own.store.clone().and_then(|store| store.file());
        file.and_then(|file| LocalFile::open(&file, LAST_CHANCE)).map_err(Failure::cannot)
    }

    fn stands(&self, round: &Round) -> Result<Stands, Failure> {
        let reference = self.reference(round);
        let mut runs = self.book.runs().iter().filter(|run| run.record.scenario == reference);
        if runs.clone().any(|run| run.state == RunState::Ended) {
            return Ok(Stands::Played);
        }
        if runs.any(|run| run.state == RunState::Open) {
            return Ok(Stands::Left);
        }
        let seats = self.local()?.seats(self.joined.membership.hand.player).map_err(Failure::cannot)?;
        let seat = seats.into_iter().find(|seat| seat.round == round.number);
        let taken = |Seat { run, .. }: Seat| Stands::Taken(Attempt { id: run, started: self.joined.now });
        Ok(seat.map_or(Stands::New, taken))
    }

    /// What a round's runs are kept as: so that they don't mix with those of the same story played alone.
    fn reference(&self, round: &Round) -> String {
        format!("{}/{}", self.joined.session.code, round.number)
    }

    fn round(&mut self, round: &Round, stands: Stands, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let source = self.local()?.story(&round.scenario).map_err(Failure::cannot)?;
        let story = source.as_deref().and_then(|source| story_of(&round.scenario, source));
        let Some((story, source)) = story.zip(source) else {
            return Err(Failure::cannot(format!(
                "the story of round {} is not kept here; join again once the session's store can be reached",
                round.number
            )));
        };
        if !self.begins(round, stands, streams)? {
            return Ok(());
        }
        let seat =
            Seated { hand: self.joined.membership.hand, round: round.number, practice: stands == Stands::Played };
        let taken = match stands {
            Stands::New => Some(self.take(&seat)?),
            Stands::Taken(attempt) => Some(attempt),
            Stands::Left | Stands::Played => None,
        };
        let reference = self.reference(round);
        let options = plain::Options {
            seed: round.seed,
            feedback: self.joined.session.feedback,
            name: Some(self.joined.membership.name.clone()),
            left: if self.book.open(&reference).is_some() { Left::TakenUp } else { Left::Alone },
            reference,
            source: Some(Arc::from(source.as_str())),
            interactive: streams.input_is_terminal,
            seat: Some(seat),
            taken,
        };
        let mut page = Page::new(&mut streams.output, streams.columns);
        plain::play(&story, &options, &mut self.book, &mut streams.input, &mut page)?;
        if self.stands(round)? == Stands::Played {
            self.is_sent = send(self.reach, streams)?;
        }
        Ok(())
    }

    /// Whether a round is begun now. Why not, or that it counts, is told.
    fn begins(&self, round: &Round, stands: Stands, streams: &mut Streams<'_>) -> Result<bool, Failure> {
        let (session, now) = (&self.joined.session, self.joined.now);
        if stands == Stands::New {
            session.gives_tickets(now).map_err(|why| Failure::cannot(closed(why, self.joined)))?;
        }
        let all = session.rounds.len();
        let mut page = Page::new(&mut streams.output, streams.columns);
        let counts = if stands == Stands::Played { "For practice; it doesn't count" } else { "It counts, once" };
        page.heading(&format!("Round {} of {all}: {}. {counts}.", round.number, round.title))?;
        if !streams.input_is_terminal {
            return Ok(true);
        }
        page.ask("Enter begins, q leaves it for later:", true)?;
        Ok(!matches!(plain::answer(&mut streams.input)?, Answer::Quit | Answer::EndOfInput))
    }

    /// Takes a round's ticket, and sends that at once: it is given out by the store's clock. Where the store can't be
    /// reached, it goes with the run.
    fn take(&mut self, seat: &Seated) -> Result<Attempt, Failure> {
        let attempt = self.book.sit(seat);
        if let Some(trouble) = self.book.trouble() {
            return Err(Failure::cannot(trouble));
        }
        if self.is_sent {
            let sent = self.reach.run(|stores| deliver(&mut stores.team, &mut stores.local));
            self.is_sent = sent.is_ok();
        }
        Ok(attempt)
    }
}

/// Why no ticket can be taken.
fn closed(why: Refusal, joined: &Joined) -> String {
    let code = joined.session.code;
    let last = if joined.trouble.is_some() { " (as far as is known here)" } else { "" };
    match why {
        Refusal::TooEarly => {
            format!("session {code} is not open yet{last}; come back once its facilitator has opened it")
        }
        Refusal::Paused => format!("session {code} is paused{last}; come back once its facilitator lets it go on"),
        _ => format!("session {code} is closed{last}; no round can be begun any more"),
    }
}
