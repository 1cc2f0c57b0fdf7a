//! Errands with an end: whoever asks waits no longer than a server may be silent.
//!
//! A server that was stopped, or a network that swallows what it is given, answers nothing, not even an error. So a
//! thread speaks to it, and who asks goes on without it once nothing has come for a while. Files need none of that: they
//! are waited for as long as `SQLite` does.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::errands::{CourierError, LocalFile};
use crate::store::database::{Database, Mode, PostgresDatabase, Sql, Value};
use crate::store::{Location, StoreError, TeamStore};
use crate::team::verify::Copies;
use crate::text::Text;

/// How long others who write are waited for.
const BUSY: Duration = Duration::from_secs(5);
/// How long a server may be silent.
const SILENCE: Duration = Duration::from_secs(10);
/// How often it is looked whether it is.
const LOOK: Duration = Duration::from_millis(100);
/// How long its connection may take to be closed.
const PARTING: Duration = Duration::from_secs(1);

/// What an errand has to do with.
pub struct Stores {
    /// The team's store.
    pub team: TeamStore,
    /// The file on this machine.
    pub local: LocalFile,
    /// The copies of scenarios that have been read so far.
    pub copies: Copies,
}

/// What the thread is given to do; it says whether the stores are to be opened anew.
type Errand = Box<dyn FnOnce(Result<&mut Stores, StoreError>) -> bool + Send>;

/// A team's store within reach.
pub struct Reach {
    place: Text,
    is_server: bool,
    errands: Option<Sender<Errand>>,
    /// Says so after each errand, and ends with the thread.
    done: Receiver<()>,
    /// Whether an errand is under way that nobody waits for any more.
    is_stuck: bool,
    /// How often the server has answered.
    answers: Arc<AtomicU64>,
}

impl Reach {
    /// The store at a location. Nothing is opened before there is an errand.
    pub fn new(location: Location) -> Self {
        let (errands, inbox) = mpsc::channel();
        let (said, done) = mpsc::channel();
        let answers = Arc::new(AtomicU64::new(0));
        let place = Text::clean(&location.to_string());
        let is_server = matches!(location, Location::Server(_));
        let counted = Arc::clone(&answers);
        thread::spawn(move || work(&location, &counted, &inbox, &said));
        Self { place, is_server, errands: Some(errands), done, is_stuck: false, answers }
    }

    /// Where the store is, for people.
    pub const fn place(&self) -> &Text {
        &self.place
    }

    /// Has an errand done, and waits for it.
    ///
    /// # Errors
    /// What came of it, or that the server is silent.
    pub fn run<T: Send + 'static>(
        &mut self,
        errand: impl FnOnce(&mut Stores) -> Result<T, CourierError> + Send + 'static,
    ) -> Result<T, CourierError> {
        if self.is_stuck {
            self.wait()?;
        }
        let (answer, answered) = mpsc::channel();
        let errand: Errand = Box::new(move |stores| {
            let done = stores.map_err(CourierError::from).and_then(errand);
            // What was opened before need not be what is there now; who may not do something may not later.
            let is_lost = matches!(&done, Err(CourierError::Store(why)) if !matches!(why, StoreError::NotAllowed(..)));
            // Nobody waits for it any more if the server took too long.
            let _ = answer.send(done);
            is_lost
        });
        if let Some(errands) = &self.errands {
            // The thread lives as long as there can be errands.
            let _ = errands.send(errand);
        }
        self.wait()?;
        answered.try_recv().unwrap_or_else(|_| Err(self.silent()))
    }

    /// Waits until the errand under way is done.
    fn wait(&mut self) -> Result<(), CourierError> {
        let mut heard = (self.answers.load(Ordering::Relaxed), Instant::now());
        self.is_stuck = true;
        loop {
            match self.done.recv_timeout(LOOK) {
                Ok(()) => {
                    self.is_stuck = false;
                    return Ok(());
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.silent()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            let answers = self.answers.load(Ordering::Relaxed);
            if answers != heard.0 {
                heard = (answers, Instant::now());
            }
            if self.is_server && heard.1.elapsed() >= SILENCE {
                return Err(self.silent());
            }
        }
    }

    fn silent(&self) -> CourierError {
        CourierError::Silent(self.place.clone(), SILENCE.as_secs())
    }
}

impl Drop for Reach {
    fn drop(&mut self) {
        self.errands = None;
        // Files are closed and servers bidden farewell before the program ends, but none is waited for in vain.
        while !self.is_stuck && self.done.recv_timeout(PARTING).is_ok() {}
    }
}

/// The thread: one errand after the other.
fn work(location: &Location, answers: &Arc<AtomicU64>, inbox: &Receiver<Errand>, done: &Sender<()>) {
    let mut stores: Option<Stores> = None;
    for errand in inbox {
        let opened = match stores.take() {
            Some(stores) => Ok(stores),
            None => open(location, answers),
        };
        let is_lost = match opened {
            Ok(opened) => errand(Ok(stores.insert(opened))),
            Err(error) => errand(Err(error)),
        };
        if is_lost {
            stores = None;
        }
        let _ = done.send(());
    }
    drop(stores);
}

fn open(location: &Location, answers: &Arc<AtomicU64>) -> Result<Stores, StoreError> {
    let local = LocalFile::open(&location.file()?, BUSY)?;
    let team = match location {
        Location::File(_) => TeamStore::open(location, BUSY)?,
        Location::Server(address) => {
            let database = PostgresDatabase::open(address.clone())?;
            TeamStore::over(Heard { database, answers: Arc::clone(answers) })
        }
    };
    Ok(Stores { team, local, copies: Copies::new() })
}

/// A database whose answers are counted.
struct Heard<D> {
    database: D,
    answers: Arc<AtomicU64>,
}

impl<D: Database> Database for Heard<D> {
    fn transact(
        &mut self,
        mode: Mode,
        work: &mut dyn FnMut(&mut dyn Sql) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let answers = &self.answers;
        let done = self.database.transact(mode, &mut |sql| {
            answers.fetch_add(1, Ordering::Relaxed);
            let done = work(sql);
            answers.fetch_add(1, Ordering::Relaxed);
            done
        });
        answers.fetch_add(1, Ordering::Relaxed);
        done
    }

    fn say(&mut self, statement: &str, values: &[Value]) -> Result<u64, StoreError> {
        let said = self.database.say(statement, values);
        self.answers.fetch_add(1, Ordering::Relaxed);
        said
    }

    fn clean(&mut self) -> Result<(), StoreError> {
        self.database.clean()
    }
}
