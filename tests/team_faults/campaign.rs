//! Runs from a player's file to the board while everything fails that can.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use ridealong::courier::{self, CourierError, LocalFile};
use ridealong::prove::chance::Chance;
use ridealong::store::Locker;
use ridealong::team::Step;
use rustix::process::{Signal, kill_process};
use tempfile::TempDir;

use super::parts::{Line, PATIENCE, Part};
use super::postgres::Server;
use super::proxy::Proxy;
use super::{setting, stage};

const ROUNDS: usize = 2;
const CLIENTS: u32 = 6;
const VERIFIERS: u32 = 2;

/// What fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The server stops as in a crash, and starts again.
    Crash,
    /// The server's processes stand still for a while.
    Silence,
    /// A commit that was done is never answered.
    Unanswered,
    /// Every line is cut.
    Cut,
    /// A player's program is killed, and started again.
    KilledClient,
    /// A verifier is killed, and another started.
    KilledVerifier,
    /// A copy of somebody's file, as it was a while ago, sends what it holds.
    Restored,
    /// What somebody is about to send comes twice before that, the last first.
    Reordered,
}

const FAULTS: [Fault; 8] = [
    Fault::Crash,
    Fault::Silence,
    Fault::Unanswered,
    Fault::Cut,
    Fault::KilledClient,
    Fault::KilledVerifier,
    Fault::Restored,
    Fault::Reordered,
];

struct Campaign {
    server: Server,
    proxy: Proxy,
    /// Past the proxy, for looking.
    line: Line,
    /// By the proxy, as everybody else.
    restorer: Line,
    database: String,
    folder: TempDir,
    clients: Vec<(Part, Child)>,
    verifiers: Vec<(Part, Child)>,
    /// Copies of players' files that haven't been restored yet.
    copies: Vec<PathBuf>,
    chance: Chance,
    count: u32,
}

impl Campaign {
    fn pause(&mut self, least: u64, most: u32) {
        thread::sleep(Duration::from_millis(least + u64::from(self.chance.below(most))));
    }

    /// Does it. Whether it could be done: a player's program that has ended can't be killed.
    fn strike(&mut self, fault: Fault) -> bool {
        match fault {
            Fault::Crash => {
                self.server.down();
                self.pause(0, 300);
                self.server.up();
            }
            Fault::Silence => {
                let stopped = self.server.signal(Signal::STOP);
                self.pause(200, 1200);
                for pid in stopped {
                    // One that has ended meanwhile can't go on.
                    let _ = kill_process(pid, Signal::CONT);
                }
            }
            Fault::Unanswered => {
                let before = self.proxy.unanswered();
                self.proxy.swallow_an_answer();
                while self.proxy.unanswered() == before {
                    if self.are_done() {
                        return false;
                    }
                    thread::sleep(Duration::from_millis(5));
                }
            }
            Fault::Cut => self.proxy.cut(),
            Fault::KilledClient => {
                let place = self.chance.below(CLIENTS) as usize;
                let (part, child) = &mut self.clients[place];
                if child.try_wait().unwrap().is_some() {
                    return false;
                }
                child.kill().unwrap();
                child.wait().unwrap();
                let copy = self.folder.path().join(format!("copy-{}.db", self.count));
                copied(&part.file, &copy);
                self.copies.push(copy);
                *child = part.start();
            }
            Fault::KilledVerifier => {
                let (part, child) = &mut self.verifiers[self.count as usize % VERIFIERS as usize];
                child.kill().unwrap();
                child.wait().unwrap();
                *child = part.start();
            }
            Fault::Restored => {
                if self.copies.is_empty() {
                    return false;
                }
                let copy = self.copies.remove(0);
                self.deliver(&copy);
            }
            Fault::Reordered => {
                let place = self.chance.below(CLIENTS) as usize;
                let copy = self.folder.path().join(format!("now-{}.db", self.count));
                let file = self.clients[place].0.file.clone();
                backup(&file, &copy);
                let mut letters = LocalFile::open(&copy, PATIENCE).unwrap().outbox(1000).unwrap();
                letters.reverse();
                for (_, letter) in letters {
                    let twice = [letter.clone(), letter];
                    self.restorer.until(|team| Ok(team.post(&twice)?));
                }
            }
        }
        true
    }

    fn deliver(&mut self, copy: &Path) {
        let mut local = LocalFile::open(copy, PATIENCE).unwrap();
        self.restorer.until(|team| courier::deliver(team, &mut local));
    }

    fn number(&self, query: &str) -> u32 {
        // It may be down.
        self.server.psql("app", &self.database, query).ok().and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    fn verified(&self) -> u32 {
        self.number("SELECT count(*) FROM verified_run")
    }

    fn are_done(&mut self) -> bool {
        self.clients.iter_mut().all(|(part, child)| match child.try_wait().unwrap() {
            None => false,
            Some(status) => {
                let log = part.file.with_extension("log");
                assert!(status.success(), "{}", fs::read_to_string(log).unwrap());
                true
            }
        })
    }
}

impl Drop for Campaign {
    fn drop(&mut self) {
        for (_, child) in self.clients.iter_mut().chain(&mut self.verifiers) {
            // Those that have ended can't be killed.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A file that nobody has open, with its log.
fn copied(file: &Path, copy: &Path) {
    for end in ["", "-wal"] {
        let with = |path: &Path| PathBuf::from(format!("{}{end}", path.display()));
        if with(file).exists() {
            fs::copy(with(file), with(copy)).unwrap();
        }
    }
}

/// A file that somebody writes to.
fn backup(file: &Path, copy: &Path) {
    let connection = rusqlite::Connection::open(file).unwrap();
    connection.busy_timeout(PATIENCE).unwrap();
    connection.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
}

fn begin(players: u32) -> Option<(Campaign, ridealong::team::Session)> {
    // What it has answered has to survive its crash.
    let server = Server::start(&["fsync=off", "full_page_writes=off"])?;
    let direct = server.database();
    let database = direct.rsplit('/').next().unwrap().to_owned();
    let proxy = Proxy::to(server.port());
    let address = format!("postgres://app@127.0.0.1:{}/{database}", proxy.port);
    let mut line = Line::to(&direct);
    let code = line.until(|team| courier::create(team, &stage::plan(ROUNDS)));
    let session = line.until(|team| Ok(team.step(code, Step::Open)?.unwrap()?));
    let folder = TempDir::new().unwrap();
    let part = |is_verifier: bool, number: u32, players| {
        let name = if is_verifier { "verifier" } else { "client" };
        let file = folder.path().join(format!("{name}-{number}.db"));
        let part = Part { is_verifier, address: address.clone(), code, file, players, rounds: ROUNDS };
        let child = part.start();
        (part, child)
    };
    let share = |number: u32| players * number / CLIENTS..players * (number + 1) / CLIENTS;
    let clients = (0..CLIENTS).map(|number| part(false, number, share(number))).collect();
    let verifiers = (0..VERIFIERS).map(|number| part(true, number, 0..0)).collect();
    let restorer = Line::to(&address);
    let (chance, copies) = (Chance::of_play(5, u64::from(players)), Vec::new());
    Some((
        Campaign { server, proxy, line, restorer, database, folder, clients, verifiers, copies, chance, count: 0 },
        session,
    ))
}

#[test]
fn nothing_is_lost_or_doubled_whatever_fails() {
    let (runs, faults) = (setting("FAULT_RUNS", 400), setting("FAULTS", 16));
    let players = runs / 2;
    let Some((mut campaign, session)) = begin(players) else { return };
    let (mut done, began) = ([0_u32; FAULTS.len()], Instant::now());
    while campaign.count < faults {
        // Each at its place among the runs, so that all of them are met by some.
        let place = u64::from(runs) * u64::from(campaign.count) / u64::from(faults + 1);
        while u64::from(campaign.verified()) < place && !campaign.are_done() {
            thread::sleep(Duration::from_millis(20));
        }
        let which = (campaign.count as usize * 5 + campaign.chance.below(8) as usize) % FAULTS.len();
        // The one that came least so far, from there on, as far as it can be done now.
        let mut order: Vec<usize> = (0..FAULTS.len()).map(|next| (which + next) % FAULTS.len()).collect();
        order.sort_by_key(|fault| done[*fault]);
        let struck =
            order.into_iter().find(|fault| campaign.strike(FAULTS[*fault])).expect("a server can always crash");
        done[struck] += 1;
        campaign.count += 1;
    }
    while !campaign.are_done() {
        thread::sleep(Duration::from_millis(50));
    }
    // All that was ever copied is sent once more.
    for copy in std::mem::take(&mut campaign.copies) {
        campaign.deliver(&copy);
    }
    while campaign.number("SELECT 1 + count(*) FROM inbox") != 1 {
        thread::sleep(Duration::from_millis(50));
    }
    let told: Vec<String> = FAULTS.iter().zip(done).map(|(fault, count)| format!("{count} {fault:?}")).collect();
    println!(
        "{runs} runs through {} faults in {:.0?}: {}; {} commits went without an answer",
        campaign.count,
        began.elapsed(),
        told.join(", "),
        campaign.proxy.unanswered()
    );
    assert!(done.iter().all(|count| *count > 0), "{told:?}");
    assert_eq!(campaign.verified(), runs);
    assert_eq!(campaign.number("SELECT count(*) FROM (SELECT DISTINCT player, round FROM verified_run) AS run"), runs);
    assert_eq!(campaign.number("SELECT count(*) FROM player"), players);
    assert_eq!(campaign.number("SELECT count(*) FROM ticket"), runs);
    let refused =
        campaign.server.psql("app", &campaign.database, "SELECT reason, count(*) FROM refused GROUP BY reason");
    assert_eq!(refused.as_deref(), Ok(""));
    let board = campaign.line.until(|team| team.board(session.code).map_err(CourierError::from)).unwrap();
    assert_eq!(stage::places(&board), stage::expected(&session, &stage::stories(ROUNDS), players));
    assert_eq!((board.joined, board.playing, board.practice), (players, 0, 0));
}
