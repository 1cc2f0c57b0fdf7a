//! Nothing is lost: the program killed at any moment, cut from its power, refused by its disk, kept waiting by others.
//!
//! An answer counts as given when the program has told its consequence. Longer campaigns by `KILLS`, `KILL_POINTS` and
//! `POWER_CUTS`, see `ARCHITECTURE.md`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a campaign tells what it has done")]

#[path = "../common/mod.rs"]
mod common;
mod faults;
mod kills;
mod others;
mod power;
mod trace;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

const RIDEALONG: &str = env!("CARGO_BIN_EXE_ridealong");
const STORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/corner-office.toml");
/// What the plain player prints once an answer has been taken.
const TAKEN: &str = "You chose ";

/// A number from the environment, for longer campaigns.
fn setting(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// A folder of its own for a player's things.
struct Home {
    folder: TempDir,
}

impl Home {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("ridealong.db")
    }

    /// The program with these arguments and nobody's files but these, under another program or by itself.
    fn command(&self, under: &[&str], args: &[&str]) -> Command {
        let mut words = under.iter().copied().chain([RIDEALONG]).chain(args.iter().copied());
        let mut command = Command::new(words.next().unwrap());
        command
            .args(words)
            .env("HOME", self.folder.path())
            .env("RIDEALONG_STORE", self.store())
            .env("RIDEALONG_SCENARIOS", self.folder.path())
            .env_remove("XDG_DATA_HOME")
            .current_dir(self.folder.path());
        command
    }

    /// A play line by line from the beginning, seed 7, with all its answers given at once.
    fn play(&self, under: &[&str], args: &[&str], answers: &str) -> Output {
        let mut command = self.command(under, &[&["play", "--plain", STORY], args].concat());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // It may end before it has read everything.
        let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// A play whose answers are given one by one.
    fn playing(&self, args: &[&str]) -> Playing {
        let mut command = self.command(&[], &[&["play", "--plain", STORY], args].concat());
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Playing { child, out, taken: 0 }
    }

    /// The runs that were kept, the latest first, as `history` tells them.
    fn runs(&self) -> Vec<serde_json::Value> {
        let out = self.command(&[], &["history", "--json", "--everybody"]).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        serde_json::from_slice(&out.stdout).unwrap()
    }

    /// The choices of the latest run; none if there is none.
    fn choices(&self) -> Vec<String> {
        let runs = self.runs();
        let choices = runs.first().and_then(|run| run["choices"].as_array().cloned()).unwrap_or_default();
        choices.iter().map(|id| id.as_str().unwrap().to_owned()).collect()
    }
}

/// A play in progress.
struct Playing {
    child: Child,
    out: BufReader<std::process::ChildStdout>,
    /// Answers whose consequence has been told.
    taken: usize,
}

impl Playing {
    fn answer(&mut self, answer: &str) {
        let _ = writeln!(self.child.stdin.as_mut().unwrap(), "{answer}");
    }

    /// Reads up to the next consequence.
    fn until_taken(&mut self) {
        let mut line = String::new();
        while self.out.read_line(&mut line).unwrap() > 0 {
            if line.contains(TAKEN) {
                self.taken += 1;
                return;
            }
            line.clear();
        }
        panic!("it ended");
    }

    /// Kills it, and counts all that it has told by then.
    fn kill(mut self) -> usize {
        self.child.kill().unwrap();
        let mut rest = Vec::new();
        self.out.read_to_end(&mut rest).unwrap();
        self.child.wait().unwrap();
        self.taken + told(&rest)
    }
}

/// How many consequences an output tells.
fn told(output: &[u8]) -> usize {
    String::from_utf8_lossy(output).matches(TAKEN).count()
}

/// Whether `strace` can be used here. `.ci/run` asks for it; elsewhere the test says that it saw nothing.
fn can_trace() -> bool {
    let works = Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success());
    assert!(works || std::env::var_os("RIDEALONG_REQUIRE_TOOLS").is_none(), "strace is missing");
    if !works {
        eprintln!("strace is missing or forbidden: not tested");
    }
    works
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The choices that answering so makes, when nothing happens.
fn undisturbed(answers: &str) -> Vec<String> {
    let home = Home::new();
    assert!(home.play(&[], &["--seed", "7"], answers).status.success());
    home.choices()
}

fn exists(path: &Path) -> bool {
    path.exists()
}
