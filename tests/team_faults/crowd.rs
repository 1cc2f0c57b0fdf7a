//! A whole company: everybody with a file of their own joins, plays three rounds and sends them, while others do.

use std::collections::HashMap;
use std::fs;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use ridealong::courier::{self, LocalFile};
use ridealong::keeper::World;
use ridealong::store::{Location, TeamStore};
use ridealong::team::Step;
use tempfile::TempDir;

use super::parts::{PATIENCE, play};
use super::postgres::Server;
use super::{setting, stage};

const ROUNDS: usize = 3;
/// How many play at the same moment.
const AT_ONCE: usize = 16;

/// The most memory that this process has had, in megabytes.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
}

#[test]
fn the_board_of_a_whole_company_is_right() {
    let players = setting("CROWD", 200);
    let Some(server) = Server::start(&[]) else { return };
    let location = Location::Server(server.database().parse().unwrap());
    let open = || TeamStore::open(&location, PATIENCE).unwrap();
    let mut team = open();
    let code = courier::create(&mut team, &stage::plan(ROUNDS)).unwrap();
    let session = team.step(code, Step::Open).unwrap().unwrap().unwrap();
    let (stories, folder) = (stage::stories(ROUNDS), TempDir::new().unwrap());
    let (next, all_sent) = (AtomicU32::new(0), AtomicBool::new(false));
    let began = Instant::now();
    let settled = thread::scope(|scope| {
        let verifier = scope.spawn(|| {
            let (mut team, mut local) =
                (open(), LocalFile::open(&folder.path().join("verifier.db"), PATIENCE).unwrap());
            let (mut copies, mut taken) = (HashMap::new(), 0);
            loop {
                let is_last = all_sent.load(Ordering::SeqCst);
                let settled = courier::settle(&mut team, &mut local, code, &mut copies).unwrap();
                taken += settled.taken;
                if is_last && settled.later == 0 {
                    return taken;
                }
                thread::sleep(Duration::from_millis(100));
            }
        });
        let playing: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                scope.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::SeqCst);
                        if number >= players {
                            return;
                        }
                        let file = folder.path().join(format!("{number}.db"));
                        let (mut team, mut local) = (open(), LocalFile::open(&file, PATIENCE).unwrap());
                        let name = (&stage::name(number), &stage::team(number));
                        let member = courier::join(&mut team, &mut local, World::real(), code, name).unwrap();
                        courier::deliver(&mut team, &mut local).unwrap();
                        play(&file, &member, &session, &stories, number);
                        courier::deliver(&mut team, &mut local).unwrap();
                    }
                })
            })
            .collect();
        for one in playing {
            one.join().unwrap();
        }
        all_sent.store(true, Ordering::SeqCst);
        verifier.join().unwrap()
    });
    let took = began.elapsed();
    let board = team.board(code).unwrap().unwrap();
    println!("{players} players, {ROUNDS} rounds each, {AT_ONCE} at once: {took:.1?}, {} MB at most", most_memory());
    assert_eq!(settled, players * 7);
    assert_eq!(team.refused(code), Ok(Vec::new()));
    assert_eq!(stage::places(&board), stage::expected(&session, &stories, players));
    assert_eq!((board.joined, board.playing, board.practice), (players, 0, 0));
    let members: Vec<(String, u32)> = board.teams.iter().map(|team| (team.name.to_string(), team.members)).collect();
    for number in 0..7.min(players) {
        let expected = (0..players).filter(|other| other % 7 == number).count();
        assert!(members.contains(&(stage::team(number).to_string(), u32::try_from(expected).unwrap())), "{members:?}");
    }
    assert_eq!(team.public_board(code).unwrap().unwrap().board, board);
}
