//! The courier's thread.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use uuid::Uuid;

use super::errands::{self, CourierError, LocalFile};
use super::taken_along::{kept, mine};
use super::{Ask, BUSY, Glance, Looked, News, People, Ring, RoundRuns, Stands};
use crate::keeper::World;
use crate::store::{Location, Locker as _, StoreError, TeamStore};
use crate::team::SessionCode;
use crate::team::verify::Copies;
use crate::text::Text;

/// How long it takes until what could not be sent is tried again.
const AGAIN: Duration = Duration::from_secs(5);

pub(super) struct Worker {
    location: Result<Location, StoreError>,
    world: World,
    asks: Receiver<Ask>,
    news: Sender<News>,
    ring: Ring,
    team: Option<TeamStore>,
    local: Option<LocalFile>,
    copies: Copies,
    /// Whether something is still to be sent.
    is_behind: bool,
}

impl Worker {
    pub(super) fn new(
        location: Result<Location, StoreError>,
        world: World,
        asks: Receiver<Ask>,
        news: Sender<News>,
        ring: Ring,
    ) -> Self {
        Self { location, world, asks, news, ring, team: None, local: None, copies: Copies::new(), is_behind: false }
    }

    /// Until nobody can ask any more.
    pub(super) fn work(mut self) {
        loop {
            let ask = if self.is_behind {
                self.asks.recv_timeout(AGAIN)
            } else {
                self.asks.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match ask {
                Ok(ask) => self.answer(ask),
                Err(RecvTimeoutError::Timeout) => self.answer(Ask::Deliver),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn tell(&self, news: News) {
        // Who doesn't listen any more has gone, and so will this thread.
        let _ = self.news.send(news);
        (self.ring)();
    }

    fn answer(&mut self, ask: Ask) {
        let delivers = matches!(ask, Ask::Deliver);
        let looks = if let Ask::Look(code) = ask { Some(code) } else { None };
        match self.try_to(ask) {
            Ok(news) => self.tell(news),
            Err(error) => {
                // What was taken along is there, whether the store can be reached or not.
                let kept = self.local.as_mut().zip(looks).and_then(|(local, code)| kept(local, self.world, code));
                if let (CourierError::Store(_), Some(looked)) = (&error, kept) {
                    (self.team, self.local) = (None, None);
                    return self.tell(News::Kept(Box::new(looked), Some(Text::clean(&error.to_string()))));
                }
                let why = Text::clean(&error.to_string());
                let unsent = self.local.as_mut().and_then(|local| local.outbox(u32::MAX).ok()).unwrap_or_default();
                if let CourierError::Store(_) = error {
                    // What was opened before need not be what is there now.
                    (self.team, self.local) = (None, None);
                }
                self.tell(if delivers { News::Unsent(unsent.len(), why) } else { News::Failed(why) });
            }
        }
    }

    fn try_to(&mut self, ask: Ask) -> Result<News, CourierError> {
        let sends = matches!(ask, Ask::Deliver | Ask::Join(..));
        self.is_behind |= sends;
        let world = self.world;
        let mut copies = std::mem::take(&mut self.copies);
        let (team, local) = self.stores()?;
        let news = match ask {
            Ask::Sessions => News::Sessions(team.sessions()?, team.now()?, local.memberships()?),
            Ask::Look(code) => {
                errands::take_along(team, local, code)?;
                News::Looked(Box::new(look(team, local, code)?))
            }
            Ask::Board(code) => {
                let session = team.session(code)?.ok_or(CourierError::NoSession(code))?;
                News::Board(Box::new(Glance { now: team.now()?, board: team.public_board(code)?, session }))
            }
            Ask::People(code) => {
                let (members, runs, playing) = (team.members(code)?, team.passed(code)?, team.playing(code)?);
                News::People(Box::new(People { code, members, runs, playing }))
            }
            Ask::Results(code) => News::Results(code, results(team, code)?),
            Ask::Join(code, name, of) => {
                let joined = errands::join(team, local, world, code, (&name, &of))?;
                errands::take_along(team, local, code)?;
                errands::deliver(team, local)?;
                News::Joined(Box::new(joined))
            }
            Ask::Deliver => {
                errands::deliver(team, local)?;
                News::Sent
            }
            Ask::Create(plan) => News::Created(errands::create(team, &plan)?),
            Ask::Step(code, step) => {
                // What has come before a step counts before it.
                errands::settle(team, local, code, &mut copies)?;
                team.step(code, step)?.ok_or(CourierError::NoSession(code))??;
                News::Stands(Box::new(stand(team, local, code, &mut copies)?))
            }
            Ask::Stand(code) => News::Stands(Box::new(stand(team, local, code, &mut copies)?)),
            Ask::Rename(code, player, name) => done(team.rename(code, player, &name)?, "renamed"),
            Ask::Remove(code, player, removed) => {
                done(team.remove(code, player, removed)?, if removed { "taken off the board" } else { "put back" })
            }
            Ask::Withdraw(code, run, withdrawn) => {
                done(team.withdraw(code, run, withdrawn)?, if withdrawn { "taken back" } else { "counts again" })
            }
            Ask::Erase(code, player) => done(errands::erase(team, local, code, player)?, "erased"),
        };
        self.copies = copies;
        if sends {
            self.is_behind = false;
        }
        Ok(news)
    }

    fn stores(&mut self) -> Result<(&mut TeamStore, &mut LocalFile), CourierError> {
        let location = self.location.as_ref().map_err(Clone::clone)?;
        // What is unsent is known, though the team's store can't be reached.
        let local = opened(&mut self.local, || LocalFile::open(&location.file()?, BUSY))?;
        let team = opened(&mut self.team, || TeamStore::open(location, BUSY))?;
        Ok((team, local))
    }
}

/// What is there, or is opened now.
fn opened<T>(there: &mut Option<T>, open: impl FnOnce() -> Result<T, StoreError>) -> Result<&mut T, StoreError> {
    let it = match there.take() {
        Some(it) => it,
        None => open()?,
    };
    Ok(there.insert(it))
}

fn done(is_done: bool, what: &str) -> News {
    News::Done(Text::clean(if is_done { what } else { "there is nothing of that name any more" }))
}

/// The runs that count, of those who are on the board, played again on the session's own copies.
fn results(team: &mut TeamStore, code: SessionCode) -> Result<Vec<RoundRuns>, CourierError> {
    let session = team.session(code)?.ok_or(CourierError::NoSession(code))?;
    let off: Vec<Uuid> =
        team.members(code)?.into_iter().filter(|member| member.removed).map(|member| member.id).collect();
    let mut passed = errands::results_of(team, code)?;
    let mut rounds = Vec::new();
    for round in &session.rounds {
        let (story, _) = errands::round_story(team, round)?;
        let mut these = passed.remove(&round.number).unwrap_or_default();
        these.retain(|run| !off.contains(&run.player));
        let numbers = these.iter().filter(|run| run.record.is_none()).count();
        let runs = these.iter().filter_map(|run| run.record.as_ref()?.replay(&story).ok()).collect();
        rounds.push(RoundRuns { number: round.number, story, runs, numbers });
    }
    Ok(rounds)
}

fn look(team: &mut TeamStore, local: &mut LocalFile, code: SessionCode) -> Result<Looked, CourierError> {
    let session = team.session(code)?.ok_or(CourierError::NoSession(code))?;
    let mut sources = Vec::new();
    for round in &session.rounds {
        sources.push(errands::round_story(team, round).ok().map(|(_, source)| source));
    }
    let mine = mine(local, code)?;
    Ok(Looked { now: team.now()?, board: team.public_board(code)?, session, sources, mine })
}

fn stand(
    team: &mut TeamStore,
    local: &mut LocalFile,
    code: SessionCode,
    copies: &mut Copies,
) -> Result<Stands, CourierError> {
    let settled = errands::settle(team, local, code, copies)?;
    let session = team.session(code)?.ok_or(CourierError::NoSession(code))?;
    let last = team.last_board(code)?.map(|last| last.board);
    let board = match last {
        Some(board) => board,
        None => team.board(code)?.ok_or(CourierError::NoSession(code))?,
    };
    let (now, public, refused) = (team.now()?, team.public_board(code)?, team.refused(code)?);
    Ok(Stands { session, now, board, public, settled, refused })
}
