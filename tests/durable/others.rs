//! Others at the same file: a lock that is held, eight who write, the same run in two windows, signals, odd clocks.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use ridealong::engine::Seed;
use ridealong::keeper::{Book, Keeper, Standing, World};
use ridealong::scenario::check::check;
use ridealong::store::Location;
use ridealong::story::Story;
use ridealong::terms::Feedback;
use rustix::process::Signal;

use super::common::pty::{DEADLINE, InShell};
use super::{Home, RIDEALONG, STORY, text, told, undisturbed};

const SIZE: (u16, u16) = (80, 24);

/// The story on the screen, at its first decision.
fn on_screen(home: &Home) -> InShell {
    let store = home.store();
    let environment: &[(&str, Option<&str>)] = &[("LC_ALL", Some("C.UTF-8")), ("RIDEALONG_CONFIG", Some("/nowhere/c"))];
    let command = [RIDEALONG, "play", STORY, "--seed", "7", "--reduce-motion", "--store", store.to_str().unwrap()];
    let mut program = InShell::spawn(&command, environment, SIZE);
    program.pty.wait_for("Enter begin");
    program.pty.send("\r");
    program.pty.wait_for("1-4 choose");
    program
}

#[test]
fn a_file_that_is_locked_stops_nobody_and_everything_is_saved_in_the_end() {
    let home = Home::new();
    assert!(home.play(&[], &["--seed", "3"], "1\n").status.success());
    let mut program = on_screen(&home);
    let other = rusqlite::Connection::open(home.store()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let began = Instant::now();
    program.pty.send("1");
    program.pty.wait_for("Enter go on");
    program.pty.wait_for("is locked by another program");
    // Far below what anything else may take, and far above what it takes: nobody waited for the lock.
    assert!(began.elapsed() < DEADLINE / 2, "{:?}", began.elapsed());
    program.pty.send("\r");
    program.pty.wait_for("2 of ~");
    program.pty.send("?");
    program.pty.wait_for("Everywhere");
    program.pty.send("q2");
    program.pty.wait_for("Enter go on");
    other.execute_batch("ROLLBACK").unwrap();
    program.pty.wait_until("the trouble to be over", DEADLINE, |seen| !seen.shows("locked"));
    assert_eq!(home.choices().len(), 2);
    program.pty.send("\x03");
    program.assert_ends_cleanly_with(0);
}

#[test]
fn eight_who_write_at_once_all_keep_everything() {
    let home = Home::new();
    let answers = "1\n2\n1\n3\n2\n";
    std::thread::scope(|scope| {
        for player in 0..8 {
            let home = &home;
            scope.spawn(move || {
                let name = format!("player {player}");
                let out = home.play(&[], &["--seed", "7", "--as", &name], answers);
                assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
                assert_eq!(told(&out.stdout), 5);
            });
        }
    });
    let runs = home.runs();
    let mut players: Vec<&str> = runs.iter().filter_map(|run| run["player"].as_str()).collect();
    players.sort_unstable();
    assert_eq!(players, (0..8).map(|player| format!("player {player}")).collect::<Vec<_>>());
    let choices = serde_json::to_value(undisturbed(answers)).unwrap();
    assert!(runs.iter().all(|run| run["choices"] == choices));
}

#[test]
fn the_same_run_in_two_windows_is_kept_from_both() {
    let home = Home::new();
    assert!(home.play(&[], &["--seed", "7"], "1\n").status.success());
    let mut one = home.playing(&["--resume"]);
    let mut other = home.playing(&["--resume"]);
    for _ in 0..2 {
        for (window, answer) in [(&mut one, "1"), (&mut other, "2")] {
            window.answer(answer);
            window.until_taken();
        }
    }
    one.kill();
    other.kill();
    let runs = home.runs();
    assert_eq!(runs.len(), 2);
    let choices: Vec<_> = runs.iter().map(|run| run["choices"].as_array().unwrap().clone()).collect();
    assert!(choices.iter().all(|each| each.len() == 3 && each[0] == choices[0][0]), "{choices:?}");
    assert_ne!(choices[0][1], choices[1][1]);
    assert!(runs.iter().all(|run| run["altered"] == false));
}

#[test]
fn who_is_ended_from_outside_finds_the_last_answer_again() {
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT, Signal::KILL] {
        let home = Home::new();
        let mut program = on_screen(&home);
        program.pty.send("1");
        program.pty.wait_for("Enter go on");
        program.signal(signal);
        program.pty.wait_until("its end", DEADLINE, |seen| seen.bytes.windows(5).any(|bytes| bytes == b"exit:"));
        program.pty.wait_for(&format!("exit:{}.", 128 + signal.as_raw()));
        assert_eq!(home.choices().len(), 1, "{signal:?}");
    }
}

/// Where the clock of the next test stands, in hours.
static HOURS: AtomicI64 = AtomicI64::new(500_000);

#[test]
fn clocks_that_jump_change_no_order_and_make_no_time_negative() {
    let home = Home::new();
    let text = std::fs::read(STORY).unwrap();
    let story = Story::new(check("corner-office.toml", &text).scenario().cloned().unwrap());
    let world =
        World { now: || Timestamp::from_second(HOURS.load(Ordering::SeqCst) * 3600).unwrap(), chance: || [7; 10] };
    // A year ahead, then far back, then before 1970.
    for (number, hours) in (1..).zip([500_000, 508_760, 300_000, -300_000]) {
        HOURS.store(hours, Ordering::SeqCst);
        let keeper = Keeper::new(Ok(Location::File(home.store())), world);
        let mut book = Book::new(Box::new(keeper.link(Duration::from_secs(5))), None);
        let mut run = story.begin(Seed(number));
        let mut attempt = None;
        while let Some(open) = story.offered(&run).into_iter().find(|offer| offer.closed.is_none()) {
            run.choose(&story.program, open.chosen).unwrap();
            HOURS.fetch_sub(1, Ordering::SeqCst);
            let (source, reference, first, feedback, seat) = (None, STORY, None, Feedback::Now, None);
            let standing = Standing { story: &story, run: &run, attempt, first, reference, source, feedback, seat };
            attempt = Some(book.keep(standing));
        }
        keeper.finish(Duration::from_secs(5)).unwrap();
    }
    let seeds: Vec<u64> = home.runs().iter().map(|run| run["seed"].as_u64().unwrap()).collect();
    assert_eq!(seeds, [4, 3, 2, 1], "the latest first, whatever clocks said");
    for command in [
        &["progress", "--json"][..],
        &["export", "--all", "--format", "json"],
        &["export", "--all", "--format", "html"],
    ] {
        let out = home.command(&[], command).output().unwrap();
        assert!(out.status.success(), "{command:?}: {}", super::text(&out.stderr));
        assert!(!super::text(&out.stdout).contains("\"duration\": \"-"), "{command:?}");
    }
}
