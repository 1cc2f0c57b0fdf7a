//! The program on a real terminal: at the menu, in play and in the debrief, however it ends.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod common;
#[path = "common/generated.rs"]
mod generated;

use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use common::pty::{DEADLINE, InShell, Pty, Seen, is_stopped, wait_until_ended};

const RIDEALONG: &str = env!("CARGO_BIN_EXE_ridealong");
const SIZE: (u16, u16) = (80, 24);
/// Stories whose text stays as it is, as the user's own: they stand in for what is shipped under their ids.
const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
const SIDE_DOOR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/side-door.toml");
const F12: &str = "\x1b[24~";

/// What the screen is chosen by, the same on every machine.
const ENVIRONMENT: &[(&str, Option<&str>)] = &[
    ("LC_ALL", Some("C.UTF-8")),
    ("NO_COLOR", None),
    ("COLORTERM", None),
    ("COLORFGBG", None),
    ("RIDEALONG_SCENARIOS", Some(FIXTURES)),
    ("RIDEALONG_TEST_PANIC", Some("1")),
];

/// Where the program can be when something happens to it.
#[derive(Clone, Copy, Debug)]
enum At {
    Home,
    Play,
    Debrief,
}

const EVERYWHERE: [At; 3] = [At::Home, At::Play, At::Debrief];

/// A store that nobody has used.
fn store() -> String {
    static STORES: AtomicU32 = AtomicU32::new(0);
    let folder = format!("{}/stores-{}", env!("CARGO_TARGET_TMPDIR"), std::process::id());
    format!("{folder}/{}.db", STORES.fetch_add(1, Ordering::Relaxed))
}

fn start() -> InShell {
    let program = InShell::spawn(&[RIDEALONG, "--reduce-motion", "--store", &store()], ENVIRONMENT, SIZE);
    program.pty.wait_for("Lead your rep");
    program
}

fn start_at(place: At) -> InShell {
    let mut program = start();
    go(&mut program.pty, place);
    program
}

fn go(pty: &mut Pty, place: At) {
    if matches!(place, At::Play | At::Debrief) {
        pty.send("/side door\r\r");
        pty.wait_for("Enter begin");
        pty.send("\r");
        pty.wait_for("1-4 choose");
    }
    if matches!(place, At::Debrief) {
        play_out(pty, 30);
    }
}

/// Plays to the debrief, a key whenever nothing came for so many milliseconds; answers how many keys that took.
fn play_out(pty: &mut Pty, quiet: u64) -> usize {
    let mut keys = 0;
    let began = Instant::now();
    while !pty.look(|seen| seen.shows("Debrief")) {
        assert!(began.elapsed() < 4 * DEADLINE, "no end in sight:\n{}", pty.look(Seen::text));
        let choosing = pty.look(|seen| seen.shows("1-4 choose"));
        let before = pty.look(|seen| seen.bytes.len());
        pty.send(if choosing { "1" } else { "\r" });
        keys += 1;
        pty.wait_until("an answer", DEADLINE, |seen| seen.bytes.len() > before);
        // An Enter while the meters slide only brings them there; once it is quiet, it goes on.
        pty.bytes_when_quiet_for(Duration::from_millis(quiet));
    }
    keys
}

#[test]
fn quitting_leaves_the_terminal_as_found_everywhere() {
    for place in EVERYWHERE {
        let mut program = start_at(place);
        program.pty.send("\x03");
        program.assert_ends_cleanly_with(0);
    }
    let mut program = start();
    program.pty.send("q");
    program.assert_ends_cleanly_with(0);
}

#[test]
fn a_panic_leaves_the_terminal_as_found_everywhere() {
    for place in EVERYWHERE {
        let mut program = start_at(place);
        program.pty.send(F12);
        program.assert_ends_cleanly_with(101);
        program.pty.look(|seen| assert!(seen.shows("as asked for"), "{place:?}:\n{}", seen.text()));
    }
}

#[test]
fn signals_leave_the_terminal_as_found_at_home_and_in_play() {
    signals_at(&[At::Home, At::Play]);
}

#[test]
fn signals_leave_the_terminal_as_found_in_the_debrief() {
    signals_at(&[At::Debrief]);
}

fn signals_at(places: &[At]) {
    for place in places {
        for (signal, code) in [(Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131), (Signal::TERM, 143)] {
            let program = start_at(*place);
            program.signal(signal);
            program.assert_ends_cleanly_with(code);
        }
    }
}

#[test]
fn closing_the_terminal_ends_it_everywhere() {
    for place in EVERYWHERE {
        let mut pty = Pty::spawn(&[RIDEALONG, "--reduce-motion", "--store", &store()], ENVIRONMENT, SIZE);
        pty.wait_for("Lead your rep");
        go(&mut pty, place);
        let pid = pty.pid();
        pty.close();
        wait_until_ended(pid);
        assert_eq!(pty.wait_exit(), 129, "{place:?}");
    }
}

#[test]
fn idle_it_writes_nothing_anywhere() {
    for place in EVERYWHERE {
        let program = start_at(place);
        let before = program.pty.bytes_when_quiet();
        std::thread::sleep(idle());
        assert_eq!(program.pty.look(|seen| seen.bytes.len()), before, "{place:?}");
    }
}

/// The same of a board that is looked at all the time and on which nothing happens.
#[test]
fn a_board_on_which_nothing_happens_writes_nothing() {
    let store = store();
    let ask = |args: &[&str]| {
        let mut command = std::process::Command::new(RIDEALONG);
        let told = command.args(args).args(["--store", &store]).output().unwrap();
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        String::from_utf8(told.stdout).unwrap()
    };
    let told = ask(&["session", "create", "side-door", "--title", "Quiet"]);
    let is_code = |word: &&str| word.parse::<ridealong::team::SessionCode>().is_ok();
    let word = |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '-').find(is_code).map(str::to_owned);
    let code = word(&told).expect("its code");
    ask(&["session", "open", &code]);
    let mut program = InShell::spawn(&[RIDEALONG, "board", &code, "--store", &store], ENVIRONMENT, SIZE);
    program.pty.wait_for("ridealong join");
    program.pty.wait_for("0 have joined");
    let before = program.pty.bytes_when_quiet();
    std::thread::sleep(idle());
    assert_eq!(program.pty.look(|seen| seen.bytes.len()), before);
    program.pty.send("\x03");
    program.assert_ends_cleanly_with(0);
}

/// How long idleness is watched: `RIDEALONG_IDLE=10` for ten seconds.
fn idle() -> Duration {
    let seconds = std::env::var("RIDEALONG_IDLE").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(seconds.unwrap_or(2))
}

#[test]
fn ctrl_z_stops_it_and_it_goes_on_where_it_was() {
    let mut pty = Pty::spawn(&["bash", "--norc", "--noprofile", "-i"], &[("PS1", Some("prompt> "))], SIZE);
    pty.wait_for("prompt>");
    let (own, store) = (FIXTURES, store());
    pty.send(&format!("LC_ALL=C.UTF-8 RIDEALONG_SCENARIOS={own} RIDEALONG_STORE={store} {RIDEALONG}\r"));
    pty.wait_for("Lead your rep");
    go(&mut pty, At::Play);
    let scene = pty.look(Seen::text);
    pty.send("\x1a");
    pty.wait_for("Stopped");
    pty.look(|seen| assert!(!seen.model.screen().alternate_screen()));
    pty.send("stty -a | grep -o ' icanon'\r");
    pty.wait_for(" icanon");
    pty.send("fg\r");
    pty.wait_until("the scene again", DEADLINE, |seen| seen.text() == scene);
    pty.send("q");
    pty.wait_for("Enter play");
    pty.send("q");
    pty.wait_until("the prompt", DEADLINE, |seen| !seen.model.screen().alternate_screen() && seen.shows("prompt>"));
}

#[test]
fn a_stop_from_outside_stops_it() {
    let program = start();
    program.signal(Signal::TSTP);
    let began = Instant::now();
    // Under a script nobody could continue it: it goes on.
    std::thread::sleep(Duration::from_millis(300));
    assert!(!is_stopped(program.pid) && began.elapsed() < DEADLINE);
    program.signal(Signal::TERM);
    program.assert_ends_cleanly_with(143);
}

/// A key press in play at 80x24 writes under 2 KB on average, every frame of the slide included.
#[test]
fn a_key_in_play_writes_little() {
    let mut program = InShell::spawn(&[RIDEALONG, "play", SIDE_DOOR, "--seed", "3"], ENVIRONMENT, SIZE);
    program.pty.wait_for("Enter begin");
    program.pty.send("\r");
    program.pty.wait_for("1-4 choose");
    let before = program.pty.bytes_when_quiet();
    let keys = play_out(&mut program.pty, 200);
    let average = (program.pty.bytes_when_quiet() - before) / keys;
    assert!(keys > 15 && average < 2048, "{average} bytes a key over {keys} keys");
}

#[test]
fn a_paste_with_line_ends_chooses_nothing() {
    let mut program = start_at(At::Play);
    let scene = program.pty.look(Seen::text);
    program.pty.send("\x1b[200~1\r2\r3\r\x1b[201~");
    program.pty.send("?");
    program.pty.wait_for("The mouse works, too");
    program.pty.send("q");
    program.pty.wait_until("the scene", DEADLINE, |seen| seen.text() == scene);
}

#[test]
fn without_a_terminal_it_says_so_and_names_plain() {
    for (name, value) in [("TERM", Some("dumb")), ("TERM", None)] {
        let program = InShell::spawn(&[RIDEALONG], &[(name, value)], SIZE);
        program.assert_ends_cleanly_with(2);
        program.pty.look(|seen| assert!(seen.shows("--plain"), "{}", seen.text()));
    }
    let program = InShell::spawn(&["sh", "-c", "exec \"$0\" < /dev/null", RIDEALONG], &[], SIZE);
    program.assert_ends_cleanly_with(2);
    program.pty.look(|seen| assert!(seen.shows("--plain"), "{}", seen.text()));
}

/// On a line of 960 bytes a second, what a key did begins to show within a second: it stands in the first bytes.
#[test]
fn a_key_is_answered_in_the_first_bytes() {
    let mut program = InShell::spawn(&[RIDEALONG, "play", SIDE_DOOR, "--seed", "3"], ENVIRONMENT, SIZE);
    program.pty.wait_for("Enter begin");
    program.pty.send("\r");
    program.pty.wait_for("1-4 choose");
    for (key, answer) in [("1", "Nine rings"), ("\r", "Tomas hangs up")] {
        let before = program.pty.bytes_when_quiet();
        program.pty.send(key);
        program.pty.wait_for(answer);
        let after = program.pty.look(|seen| String::from_utf8_lossy(&seen.bytes[before..]).into_owned());
        let at = after.find(answer).expect("in one piece");
        assert!(at < 960, "{answer:?} comes after {at} bytes");
    }
}

/// A story is followed while it is written: good saves show where the player is, broken ones only below, and nothing is
/// written while nothing is saved.
#[test]
fn watch_follows_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    let story = ridealong::scenario::new::scenario("mine").unwrap();
    std::fs::write(&path, &story).unwrap();
    let command = [RIDEALONG, "watch", path.to_str().unwrap(), "--seed", "4", "--reduce-motion"];
    let mut program = InShell::spawn(&command, ENVIRONMENT, SIZE);
    program.pty.wait_for("mine.toml: no problems");
    program.pty.send("\r");
    program.pty.wait_for("are they coming?");

    std::fs::write(&path, story.replace("are they coming?", "are they on their way?")).unwrap();
    program.pty.wait_for("are they on their way?");
    // As editors save that write another file and rename it.
    let other = folder.path().join(".mine.toml.new");
    std::fs::write(&other, story.replace("\"desk\"\ntitle", "\"desks\"\ntitle")).unwrap();
    std::fs::rename(&other, &path).unwrap();
    program.pty.wait_for("the last good version plays on");
    program.pty.look(|seen| assert!(seen.shows("are they on their way?") && seen.shows("`desk`"), "{}", seen.text()));

    std::fs::write(&path, &story).unwrap();
    program.pty.wait_for("mine.toml: no problems");
    program.pty.wait_for("are they coming?");
    let before = program.pty.bytes_when_quiet();
    std::thread::sleep(idle());
    assert_eq!(program.pty.look(|seen| seen.bytes.len()), before);
    program.pty.send("\x03");
    program.assert_ends_cleanly_with(0);
}

/// Whoever waits for a proof sees how far it is, and nothing of that afterwards; in a pipe nothing is said of it.
#[test]
fn long_work_shows_how_far_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("generated.toml");
    // Long enough that somebody waits, quickly made or not.
    let (scenes, budget, plays) =
        if cfg!(debug_assertions) { (400, "500", "20000") } else { (1300, "50000", "200000") };
    std::fs::write(&path, generated::Shape::bench(scenes).toml()).unwrap();
    let path = path.to_str().unwrap();
    for (args, told) in [
        (&["prove", path, "--budget", budget][..], " of 5: "),
        (&["simulate", path, "--seed", "1", "--plays", plays, "--policy", "random"], "1 of 1: random "),
    ] {
        let program = InShell::spawn(&[&[RIDEALONG], args].concat(), ENVIRONMENT, SIZE);
        program.pty.wait_until("how far it is", 4 * DEADLINE, |seen| seen.count(told) > 0);
        program.pty.wait_until("its end", 4 * DEADLINE, |seen| seen.count("exit:") > 0);
        program.pty.look(|seen| assert!(!seen.shows(told), "{}", seen.text()));

        let piped = Command::new(RIDEALONG).args(args).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&piped.stderr), "");
        assert!(!String::from_utf8_lossy(&piped.stdout).contains(told));
    }
}

/// A server that takes what is said to it, and says nothing.
#[test]
fn a_round_is_played_though_the_teams_store_is_silent() {
    let home = tempfile::tempdir().unwrap();
    let place = home.path().to_str().unwrap();
    let run = |args: &[&str]| {
        let mut command = Command::new(RIDEALONG);
        command.env("HOME", place).env_remove("XDG_DATA_HOME").env_remove("RIDEALONG_STORE");
        String::from_utf8(command.args(args).output().unwrap().stdout).unwrap()
    };
    let made = run(&["session", "create", "--title", "Friday", "side-door"]);
    let code = made.split_whitespace().nth(1).expect(&made).trim_end_matches(':').to_owned();
    run(&["session", "open", &code]);
    run(&["join", &code, "--as", "Ann", "--plain"]);

    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("postgres://ann@127.0.0.1:{}/team", silent.local_addr().unwrap().port());
    let environment =
        [&[("HOME", Some(place)), ("RIDEALONG_STORE", Some(&*address)), ("XDG_DATA_HOME", None)], ENVIRONMENT];
    let mut pty = Pty::spawn(&[RIDEALONG, "join", &code, "--as", "Ann"], &environment.concat(), SIZE);
    pty.wait_for("Your run waits where you left it");
    pty.send("\r");
    pty.wait_for("choose");
}
