//! The keeper's thread: it alone knows the store.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use super::World;
use super::shelf::Shelf;
use crate::scenario::library::shown;
use crate::store::sqlite::{SetAside, set_aside};
use crate::store::{KeptRun, Location, Locker as _, Revision, RunId, Seat, SqliteStore, Store as _, StoreError};
use crate::team::Letter;

/// How long others who write are waited for, before that is told.
const BUSY: Duration = Duration::from_millis(500);
/// How long it takes until what failed is tried again.
const AGAIN: Duration = Duration::from_millis(500);

/// What is asked of the thread.
pub(super) enum Order {
    /// Keep this run, the so-manieth handed over; with the scenario file of this hash, if it is the first one on it.
    Keep(u64, Box<KeptRun>, Option<(String, Arc<str>)>, Option<Letter>),
    /// Keep this seat, the so-manieth thing handed over, with the letter that takes its ticket.
    Sit(u64, Seat, Letter),
    /// Look a scenario file up.
    Story(String, Sender<Option<String>>),
    /// That was all.
    End,
}

/// Which store is opened, as soon as it can be; or why there is none.
pub type Opening = Result<Location, StoreError>;

/// The thread's own things.
pub(super) struct Worker {
    opening: Opening,
    world: World,
    inbox: Receiver<Order>,
    shelf: Arc<Shelf>,
    store: Option<SqliteStore>,
    /// The runs that aren't kept yet, each as it stood last, in the order in which they were begun; with the letter that
    /// sends it, if it is to be sent.
    pending: Vec<(KeptRun, Option<Letter>)>,
    /// Seats that aren't kept yet.
    seats: Vec<(Seat, Letter)>,
    sources: Vec<(String, Arc<str>)>,
    /// The number of the last run that was handed over.
    last: u64,
    seen: HashMap<RunId, Revision>,
    /// Runs that go on under another name, since somebody else went on with them.
    renamed: HashMap<RunId, RunId>,
    has_read: bool,
}

impl Worker {
    pub(super) fn new(opening: Opening, world: World, inbox: Receiver<Order>, shelf: Arc<Shelf>) -> Self {
        Self {
            opening,
            world,
            inbox,
            shelf,
            store: None,
            pending: Vec::new(),
            seats: Vec::new(),
            sources: Vec::new(),
            last: 0,
            seen: HashMap::new(),
            renamed: HashMap::new(),
            has_read: false,
        }
    }

    /// Until it is told that that was all.
    pub(super) fn work(mut self) {
        self.settle();
        loop {
            // What could not be read or kept is tried again after a while; otherwise it sleeps.
            let order = if self.is_behind() {
                self.inbox.recv_timeout(AGAIN)
            } else {
                self.inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match order {
                Ok(order) => {
                    if !self.take(order) {
                        return;
                    }
                    while let Ok(order) = self.inbox.try_recv() {
                        if !self.take(order) {
                            return;
                        }
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if self.is_behind() {
                self.settle();
            }
        }
    }

    const fn is_behind(&self) -> bool {
        !self.pending.is_empty() || !self.seats.is_empty() || !self.has_read
    }

    /// Whether there is more to come.
    fn take(&mut self, order: Order) -> bool {
        match order {
            Order::Keep(number, run, source, letter) => {
                self.last = number;
                self.sources.extend(source);
                self.expect(*run, letter);
            }
            Order::Sit(number, seat, letter) => {
                self.last = number;
                self.seats.push((seat, letter));
            }
            Order::Story(hash, answer) => {
                let found = self.store.as_mut().and_then(|store| store.story(&hash).ok().flatten());
                let _ = answer.send(found);
            }
            Order::End => return false,
        }
        true
    }

    fn expect(&mut self, mut run: KeptRun, letter: Option<Letter>) {
        if let Some(name) = self.renamed.get(&run.id) {
            run.id = *name;
        }
        match self.pending.iter_mut().find(|(there, _)| there.id == run.id) {
            Some(there) => *there = (run, letter),
            None => self.pending.push((run, letter)),
        }
    }

    /// Does what is left to do, as far as it can be done now.
    fn settle(&mut self) {
        let Err(error) = self.try_to_settle() else { return };
        let error = match error {
            StoreError::Damaged(..) => self.mend().err(),
            other => Some(other),
        };
        if let Some(error) = error {
            // What was opened before need not be what is there now.
            self.store = None;
            let what = if self.pending.is_empty() { "Your runs can't be reached" } else { "Not saved yet" };
            self.shelf.failed(self.last, &format!("{what}: {error}."));
        }
    }

    fn try_to_settle(&mut self) -> Result<(), StoreError> {
        if self.store.is_none() {
            let path = self.opening.clone()?.file()?;
            self.store = Some(SqliteStore::open(&path, BUSY)?);
        }
        let Some(store) = &mut self.store else { return Ok(()) };
        if !self.has_read {
            let rows = store.runs()?;
            for row in &rows {
                if let crate::store::Row::Good(run, revision) = row {
                    self.seen.insert(run.id, *revision);
                }
            }
            self.has_read = true;
            let has_letters = !store.outbox(1)?.is_empty();
            self.shelf.arrived(rows, has_letters);
        }
        while let Some((hash, source)) = self.sources.first() {
            store.keep_story(hash, source)?;
            self.sources.remove(0);
        }
        while let Some((seat, letter)) = self.seats.first() {
            store.sit(seat, letter)?;
            self.seats.remove(0);
        }
        while let Some((run, letter)) = self.pending.first_mut() {
            let seen = self.seen.get(&run.id).copied().unwrap_or_default();
            let kept = match letter {
                Some(letter) => store.keep_and_send(run, seen, letter),
                None => store.keep(run, seen),
            };
            match kept {
                Ok(revision) => {
                    self.seen.insert(run.id, revision);
                    self.pending.remove(0);
                }
                Err(StoreError::Elsewhere(_)) => {
                    // Both are kept: this one goes on under a name of its own.
                    let name = RunId::new((self.world.now)(), &(self.world.chance)());
                    self.renamed.insert(run.id, name);
                    run.id = name;
                }
                Err(error) => return Err(error),
            }
        }
        self.shelf.kept(self.last);
        Ok(())
    }

    /// Sets a damaged file aside and goes on with a new one.
    fn mend(&mut self) -> Result<(), StoreError> {
        self.store = None;
        let path = self.opening.clone()?.file()?;
        let aside = set_aside(&path, (self.world.now)(), BUSY)?;
        self.seen.clear();
        self.has_read = false;
        self.try_to_settle()?;
        if let Some(SetAside { to, saved }) = aside {
            let (path, to) = (shown(&path), shown(&to));
            self.shelf.note(&format!("{path} was damaged and is now {to}; {saved} runs could be taken over from it"));
        }
        Ok(())
    }
}
