//! The terminal in a real one: the demo drive in a pseudo-terminal, ended, stopped, resized and left alone in every way
//! there is.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod common;

use std::process::Command;
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use common::pty::{
    DEADLINE, InShell, Pty, Seen, is_stopped, peak_memory, processor_time, wait_until_ended, wait_until_stopped,
};

const SIZE: (u16, u16) = (80, 24);

/// The demo, built: an example is not among what cargo builds for a single test.
static DEMO: LazyLock<String> = LazyLock::new(|| {
    // The test is `target/debug/deps/terminal-…`.
    let test = std::env::current_exe().unwrap();
    let [_, _, profile, target, ..] = test.ancestors().collect::<Vec<_>>()[..] else {
        panic!("where is {}?", test.display())
    };
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet", "--example", "pty_demo", "--target-dir"]).arg(target);
    build.args((!cfg!(debug_assertions)).then_some("--release"));
    assert!(build.status().unwrap().success(), "the demo doesn't build");
    profile.join("examples/pty_demo").to_str().unwrap().to_owned()
});

fn demo() -> InShell {
    let demo = InShell::spawn(&[&DEMO], &[], SIZE);
    demo.pty.wait_for("ready");
    demo
}

/// Without a shell around it.
fn bare_demo() -> Pty {
    let pty = Pty::spawn(&[&DEMO], &[], SIZE);
    pty.wait_for("ready");
    pty
}

#[test]
fn what_is_needed_is_switched_on_and_nothing_else() {
    let demo = demo();
    demo.pty.look(|seen| assert_eq!(Vec::from_iter(seen.private_modes()), [25, 1000, 1006, 1049, 2004]));
}

#[test]
fn quitting_leaves_the_terminal_as_found() {
    let mut demo = demo();
    demo.pty.send("q");
    demo.assert_ends_cleanly_with(0);
}

#[test]
fn a_panic_leaves_the_terminal_as_found_and_its_message_where_it_can_be_read() {
    for key in ["p", "t"] {
        let mut demo = demo();
        demo.pty.send(key);
        demo.assert_ends_cleanly_with(101);
        demo.pty.look(|seen| {
            assert_eq!(seen.text().matches("as asked for").count(), 1, "{}", seen.text());
            assert!(!seen.text().contains("another thread"), "{}", seen.text());
        });
    }
}

#[test]
fn signals_end_it_with_128_and_their_number() {
    for (signal, code) in [(Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131), (Signal::TERM, 143)] {
        let demo = demo();
        demo.signal(signal);
        demo.assert_ends_cleanly_with(code);
    }
}

#[test]
fn a_signal_ends_it_even_if_it_is_stuck() {
    let mut demo = demo();
    demo.pty.send("s");
    // There is nothing to see of a loop that is stuck; if it isn't yet, this is the test above.
    thread::sleep(Duration::from_millis(200));
    demo.signal(Signal::TERM);
    demo.assert_ends_cleanly_with(143);
}

#[test]
fn a_signal_ends_it_even_if_the_terminal_takes_nothing() {
    let mut demo = InShell::spawn(&[&DEMO], &[], (500, 200));
    demo.pty.wait_for("ready");
    demo.pty.pause(true);
    demo.pty.send("f");
    thread::sleep(Duration::from_millis(500));
    demo.signal(Signal::TERM);
    wait_until_ended(demo.pid);
    demo.pty.pause(false);
    demo.pty.wait_until("its exit code", DEADLINE, |seen| seen.count("exit:143.") == 1);
    demo.pty.look(|seen| assert_eq!(seen.private_modes().len(), 0));
}

#[test]
fn a_terminal_that_goes_away_ends_it() {
    let mut pty = bare_demo();
    pty.close();
    assert_eq!(pty.wait_exit(), 129);
}

#[test]
fn a_terminal_that_goes_away_ends_it_also_where_hanging_up_is_ignored() {
    for stuck in [false, true] {
        let mut pty = Pty::spawn(&["sh", "-c", "trap '' HUP; exec \"$0\"", &DEMO], &[], SIZE);
        pty.wait_for("ready");
        let pid = pty.pid();
        if stuck {
            pty.send("s");
            thread::sleep(Duration::from_millis(200));
        }
        let before = processor_time(pid).unwrap();
        pty.close();
        wait_until_ended(pid);
        let used = processor_time(pid).unwrap() - before;
        assert!(used <= 2, "{used} hundredths of a second of processor");
        assert_eq!(pty.wait_exit(), 129);
    }
}

#[test]
fn idle_it_writes_nothing() {
    let pty = bare_demo();
    let before = pty.bytes_when_quiet();
    thread::sleep(Duration::from_secs(2));
    assert_eq!(pty.look(|seen| seen.bytes.len()), before);
}

#[test]
fn a_frame_like_the_last_one_is_not_written() {
    let mut pty = bare_demo();
    let before = pty.bytes_when_quiet();
    // The demo has every focus drawn, and nothing to show for it.
    pty.send("\x1b[I\x1b[O");
    assert_eq!(pty.bytes_when_quiet(), before);
    pty.send("x");
    pty.wait_for("ready, 1 keys");
}

#[test]
fn what_moves_comes_to_rest() {
    let mut pty = bare_demo();
    pty.send("m");
    pty.wait_for("frames left: 3.");
    pty.wait_for("frames left: 0.");
    let before = pty.bytes_when_quiet();
    assert_eq!(pty.bytes_when_quiet(), before);
}

#[test]
fn a_shell_can_stop_it_and_continue_it() {
    let mut shell = shell();
    shell.send("stty -g; echo found.\n");
    shell.wait_for("\nfound.");
    let found = settings_shown(&shell);
    shell.send(&format!("echo main; {}\n", *DEMO));
    shell.wait_for("ready");
    shell.send("xx");
    shell.wait_for("ready, 2 keys");

    for round in 1..=2 {
        if round == 1 {
            shell.send("\x1a");
        } else {
            kill_process(child_of(shell.pid()), Signal::TSTP).unwrap();
        }
        shell.wait_until("the shell", DEADLINE, |seen| seen.count("Stopped") == round);
        let stopped = format!("stopped {round}.");
        shell.send(&format!("stty -g; echo {stopped}\n"));
        shell.wait_for(&format!("\n{stopped}"));
        assert_eq!(settings_shown(&shell), found);
        shell.look(|seen| {
            assert_eq!(seen.private_modes().len(), 0);
            assert!(seen.shows("main\n"), "the main screen is another: {}", seen.text());
        });

        shell.resize(70 + u16::try_from(round).unwrap(), 20);
        shell.send("fg\n");
        shell.wait_for("ready");
        shell.wait_for(&format!("size: {}x20.", 70 + round));
        shell.look(|seen| {
            assert_eq!(seen.private_modes().len(), 5);
            assert!(!seen.shows("main"), "the screen isn't drawn whole: {}", seen.text());
        });
    }
    shell.send("q");
    // Not before the prompt: the demo discards what was typed while the terminal was its own.
    shell.wait_until("the shell", DEADLINE, |seen| seen.bytes.ends_with(b"> "));
    assert_eq!(shell.look(|seen| seen.private_modes().len()), 0);
    shell.send("exit\n");
    assert_eq!(shell.wait_exit(), 0);
}

#[test]
fn continued_in_the_background_it_waits_for_the_foreground() {
    let mut shell = shell();
    shell.send(&format!("{}\n", *DEMO));
    shell.wait_for("ready");
    let demo = child_of(shell.pid());
    shell.send("\x1a");
    shell.wait_until("the shell", DEADLINE, |seen| seen.count("Stopped") == 1);
    let before = shell.look(|seen| seen.count("\x1b[?1049h"));
    shell.send("bg; sleep 1; jobs\n");
    shell.wait_until("it to be stopped again", DEADLINE, |seen| seen.count("Stopped") > 1);
    assert!(is_stopped(demo));
    assert_eq!(shell.look(|seen| seen.count("\x1b[?1049h")), before, "it wrote from the background");
    shell.send("fg\n");
    shell.wait_for("ready");
    shell.send("q");
    shell.wait_until("the shell", DEADLINE, |seen| seen.private_modes().is_empty());
}

#[test]
fn a_stopped_one_can_be_ended() {
    for background in ["", "bg; sleep 0.3; "] {
        let mut shell = shell();
        shell.send(&format!("{}\n", *DEMO));
        shell.wait_for("ready");
        shell.send("\x1a");
        shell.wait_until("the shell", DEADLINE, |seen| seen.count("Stopped") == 1);
        shell.send(&format!("{background}kill %1; sleep 0.3; echo\n"));
        // The shell tells what becomes of a job before it asks for the next command.
        shell.wait_until("its end", DEADLINE, |seen| seen.shows("Exit 143"));
        shell.look(|seen| assert_eq!(seen.count("\x1b[?1049h"), 1, "it came back for its end"));
    }
}

#[test]
fn a_stopped_one_ends_with_its_terminal() {
    let mut shell = shell();
    shell.send(&format!("{}\n", *DEMO));
    shell.wait_for("ready");
    let demo = child_of(shell.pid());
    shell.send("\x1a");
    shell.wait_until("the shell", DEADLINE, |seen| seen.count("Stopped") == 1);
    shell.close();
    wait_until_ended(demo);
}

/// A shell with job control, and without an editor for its lines, which would switch modes of its own.
fn shell() -> Pty {
    let shell = Pty::spawn(&["bash", "--norc", "--noprofile", "--noediting", "-i"], &[("PS1", Some("> "))], SIZE);
    shell.wait_for("> ");
    shell
}

#[test]
fn stopped_by_force_it_comes_back_whole() {
    let demo = demo();
    let before = demo.pty.look(|seen| seen.count("last:"));
    demo.signal(Signal::STOP);
    wait_until_stopped(demo.pid);
    demo.signal(Signal::CONT);
    demo.pty.wait_until("everything again", DEADLINE, |seen| seen.count("last:") > before);
    demo.signal(Signal::TERM);
    demo.pty.wait_for("exit:143.");
    demo.pty.look(|seen| assert_eq!(seen.private_modes().len(), 0));
}

#[test]
fn where_nobody_could_continue_it_it_does_not_stop() {
    let mut demo = demo();
    demo.pty.send("\x1a");
    demo.signal(Signal::TSTP);
    demo.pty.send("x");
    demo.pty.wait_for("ready, 2 keys");
    demo.pty.send("q");
    demo.assert_ends_cleanly_with(0);
}

#[test]
fn any_size_can_be_drawn_and_the_last_one_is() {
    let mut pty = bare_demo();
    for (width, height) in [(0, 0), (1, 1), (u16::MAX, u16::MAX), (1, 200), (300, 1), (0, 50), (u16::MAX, 1)] {
        pty.resize(width, height);
        // Each of them is seen to be drawn, where there is room to see it.
        let drawn = match (width, height) {
            (0, _) => "size: 80x24.",
            (u16::MAX, u16::MAX) => "size: 500x200.",
            _ => continue,
        };
        pty.wait_for(drawn);
    }
    for step in 0..200 {
        pty.resize(20 + step, 60 - step / 4);
    }
    pty.resize(60, 12);
    pty.wait_for("size: 60x12.");
    pty.send("x");
    pty.wait_for("ready, 1 keys");
    assert!(peak_memory(pty.pid()) < 100 * 1024, "{} KiB", peak_memory(pty.pid()));
    pty.send("q");
    assert_eq!(pty.wait_exit(), 0);
}

#[test]
fn a_key_that_comes_with_a_change_of_size_is_not_lost() {
    let mut pty = bare_demo();
    for keys in 1..=100 {
        pty.resize(60 + keys, 20);
        pty.resize(61 + keys, 20);
        pty.send("x");
        pty.wait_for(&format!("ready, {keys} keys"));
    }
}

#[test]
fn a_resize_redraws_whole_also_at_the_same_size() {
    let pty = bare_demo();
    let before = pty.look(|seen| seen.count("last:"));
    pty.resize(SIZE.0 + 1, SIZE.1);
    pty.resize(SIZE.0, SIZE.1);
    pty.wait_until("everything again", DEADLINE, |seen| seen.count("last:") > before);
    pty.wait_for("size: 80x24.");
}

#[test]
fn pastes_and_keys_let_go_are_no_keys() {
    let mut pty = bare_demo();
    pty.send("\x1b[200~q\nq\rq\x1b[201~");
    pty.wait_for(r#"last: paste "q\nq\rq"."#);
    // `q` let go, in kitty's protocol; then pressed with shift, and held.
    pty.send("\x1b[113;1:3u\x1b[120;1:1u\x1b[120;1:2u\x1b[120;1:3u");
    pty.wait_for("ready, 2 keys");
    pty.send("y");
    pty.wait_for("ready, 3 keys");
}

#[test]
fn the_mouse_acts_only_on_the_screen() {
    let mut pty = bare_demo();
    pty.send("\x1b[<0;80;24M");
    pty.wait_for("last: mouse Down(Left) 79,23.");
    pty.send("\x1b[<0;1;1M");
    pty.wait_for("last: mouse Down(Left) 0,0.");
    for beside in ["\x1b[<0;81;24M", "\x1b[<0;80;25M", "\x1b[<0;0;0M", "\x1b[<0;65535;65535M"] {
        pty.send(beside);
    }
    pty.send("\x1b[<64;2;2M");
    pty.wait_for("last: mouse ScrollUp 1,1.");
    let all = pty.look(|seen| String::from_utf8_lossy(&seen.bytes).into_owned());
    assert!(!all.contains("65534") && !all.contains("80,"), "a click beside the screen came in");
}

#[test]
fn on_a_slow_line_a_key_is_answered_within_a_second() {
    const BYTES_PER_SECOND: usize = 960;
    let mut pty = bare_demo();
    pty.slow_down(BYTES_PER_SECOND);
    // All of it is there before the demo can take the first.
    kill_process(pty.pid(), Signal::STOP).unwrap();
    wait_until_stopped(pty.pid());
    for step in 0..50 {
        pty.resize(100 + step, 30);
    }
    pty.send(&"x".repeat(50));
    let before = pty.look(|seen| seen.bytes.len());
    kill_process(pty.pid(), Signal::CONT).unwrap();
    pty.wait_for("size: 149x30.");
    pty.wait_for("ready, 50 keys");
    // In bytes, which is what a second is on such a line, whatever else the machine has to do.
    let written = pty.look(|seen| seen.bytes.len()) - before;
    assert!(written < BYTES_PER_SECOND, "{written} bytes");
}

#[test]
fn where_it_cannot_be_shown_one_line_says_what_to_do() {
    type Case<'a> = (&'a str, &'a [(&'a str, Option<&'a str>)]);
    let cases: [Case<'_>; 5] = [
        ("\"$0\" </dev/null", &[]),
        ("\"$0\" | cat; exit 2", &[]),
        ("\"$0\"", &[("TERM", Some("dumb"))]),
        ("\"$0\"", &[("TERM", Some(""))]),
        ("\"$0\"", &[("TERM", None)]),
    ];
    for (script, environment) in cases {
        let script = format!("{script}; code=$?; echo done; exit $code");
        let mut pty = Pty::spawn(&["sh", "-c", &script, &DEMO], environment, (200, 24));
        pty.wait_until("the message", DEADLINE, |seen| seen.count("--plain") > 0);
        assert_eq!(pty.wait_exit(), 2, "{script}");
        pty.look(|seen| {
            assert!(!seen.bytes.contains(&0x1b), "it touched the terminal");
            let lines = seen.text().lines().filter(|line| !line.is_empty() && *line != "done").count();
            assert_eq!(lines, 1, "{}", seen.text());
        });
    }
}

/// The last `stty -g` on the screen.
fn settings_shown(shell: &Pty) -> String {
    let text = shell.look(Seen::text);
    // The shell's prompt may have come before it, since what is typed early is echoed early.
    text.split_whitespace().rfind(|word| word.matches(':').count() > 20).unwrap().to_owned()
}

/// The first child of a process.
fn child_of(pid: Pid) -> Pid {
    let number = pid.as_raw_nonzero();
    let children = std::fs::read_to_string(format!("/proc/{number}/task/{number}/children")).unwrap();
    Pid::from_raw(children.split_whitespace().next().unwrap().parse().unwrap()).unwrap()
}
