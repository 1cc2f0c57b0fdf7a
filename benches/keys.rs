//! From a key to its frame while the team's store is well, gone, silent, slow or full: the program itself in a terminal.
//!
//! `cargo bench --bench keys`. The first bytes that a key brings are counted as its frame, and they come after the choice
//! was saved on the player's own machine.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

#[path = "../tests/common/postgres.rs"]
mod postgres;
#[allow(dead_code, unreachable_pub, reason = "shared with tests that do more in a terminal")]
#[path = "../tests/common/pty.rs"]
mod pty;

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use pty::Pty;
use rustix::process::Signal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_ridealong");
/// How long a slow network holds back all that goes through it.
const SLOW: Duration = Duration::from_millis(150);
/// A row that can't be written, as a server with a full disk says it.
const FULL: &str = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS \
    $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$; \
    CREATE TRIGGER full_disk BEFORE INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION full_disk()";

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let Some(server) = postgres::Server::start(&[]) else { return };
    for state in ["well", "slow", "full", "silent", "gone"] {
        let address = server.database();
        let home = tempfile::tempdir().unwrap();
        let near = if state == "slow" { slowly_to(server.port(), &address) } else { address.clone() };
        let code = session(home.path(), &address);
        command(home.path(), &near, &["join", &code, "--as", "Ann", "--plain"]);
        match state {
            "full" => drop(server.psql("app", address.rsplit('/').next().unwrap(), FULL).unwrap()),
            "silent" => drop(server.signal(Signal::STOP)),
            "gone" => server.down(),
            _ => {}
        }
        measure(state, home.path(), &near, &code);
        if state == "silent" {
            server.signal(Signal::CONT);
        }
    }
}

/// A command, which must end well; a round that nobody plays does not.
fn command(home: &Path, store: &str, args: &[&str]) -> String {
    let done = Command::new(PROGRAM).args(args).env("HOME", home).env("RIDEALONG_STORE", store).output().unwrap();
    assert!(done.status.success() || args[0] == "join", "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

/// An open session of two rounds.
fn session(home: &Path, store: &str) -> String {
    let made = command(home, store, &["session", "create", "--title", "Friday", "side-door", "corner-office"]);
    let code = made.split_whitespace().nth(1).unwrap().trim_end_matches(':').to_owned();
    command(home, store, &["session", "open", &code]);
    code
}

/// An address that leads to a server by a network on which everything takes a while.
fn slowly_to(port: u16, address: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for client in listener.incoming() {
            let Ok(client) = client else { continue };
            let server = TcpStream::connect(("127.0.0.1", port)).unwrap();
            for (from, to) in [(&client, &server), (&server, &client)] {
                let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
                thread::spawn(move || {
                    let mut bytes = vec![0; 65536];
                    while let Ok(count @ 1..) = from.read(&mut bytes) {
                        thread::sleep(SLOW);
                        if to.write_all(&bytes[..count]).is_err() {
                            break;
                        }
                    }
                    let _ = to.shutdown(Shutdown::Both);
                });
            }
        }
    });
    address.replace(&format!(":{port}"), &format!(":{own}"))
}

/// Goes through the screens of a session and plays its first round.
fn measure(state: &str, home: &Path, store: &str, code: &str) {
    let home = home.to_str().unwrap();
    let environment = [("HOME", Some(home)), ("RIDEALONG_STORE", Some(store)), ("NO_COLOR", None)];
    let mut pty = Pty::spawn(&[PROGRAM, "join", code, "--as", "Ann"], &environment, (80, 24));
    pty.wait_for("Friday");
    let (mut screens, mut play) = (Vec::new(), Vec::new());
    // The keys' card, the board and the list of sessions, from the session and back.
    for way in ["?\u{1b}", "bbbq", "?\u{1b}"].repeat(6) {
        for key in way.chars() {
            screens.push(key_to_frame(&mut pty, &key.to_string()));
        }
    }
    // Into the round and through it, by whatever option is first and open.
    for _ in 0..60 {
        pty.bytes_when_quiet();
        let key = match pty.look(|seen| (seen.shows("choose"), seen.shows("Turning points"))) {
            (_, true) => break,
            (true, _) => "1",
            (false, _) => "\r",
        };
        play.push(key_to_frame(&mut pty, key));
    }
    let told = |times: &mut Vec<Duration>| {
        times.sort();
        format!(
            "{:>3} keys, median {:>5.1?}, longest {:>5.1?}",
            times.len(),
            times[times.len() / 2],
            times[times.len() - 1]
        )
    };
    println!("{state:<7} screens {}   play {}", told(&mut screens), told(&mut play));
    if std::env::var_os("SHOW").is_some() {
        println!("{}", pty.look(pty::Seen::text));
    }
}

/// How long it takes from a key to the first bytes that it brings.
fn key_to_frame(pty: &mut Pty, key: &str) -> Duration {
    let before = pty.bytes_when_quiet_for(Duration::from_millis(60));
    let began = Instant::now();
    pty.send(key);
    pty.wait_until("a frame", Duration::from_secs(20), |seen| seen.bytes.len() > before);
    began.elapsed()
}
