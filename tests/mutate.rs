//! Files that an editor, a slip or a stranger may have made: a diagnostic or a scenario, never a panic, never a hang.
//!
//! A short campaign by default; `MUTATIONS=10000000 cargo test --release --test mutate -- --nocapture` is a long one,
//! `MUTATION_THREADS` lets several share it, and `MUTATION_SEED` begins it elsewhere.

#![allow(clippy::expect_used, clippy::format_push_string, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

#[path = "common/broken.rs"]
mod broken;

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};

use broken::{Random, mutant, survive};
use proptest::prelude::*;
use ridealong::scenario::library::Library;

/// How long a file may take, drawn messages and all. It is well under a second on a machine that has nothing else to
/// do; busy ones and debug builds get leave.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 3 });

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// How long this process has worked: not how long it waited for a busy machine.
#[cfg(unix)]
fn worked() -> Duration {
    let now = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).expect("a part of a second"))
}

#[cfg(not(unix))]
fn worked() -> Duration {
    static STARTED: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    STARTED.elapsed()
}

/// How many work side by side.
fn threads() -> u32 {
    u32::try_from(setting("MUTATION_THREADS", 1).max(1)).expect("a few")
}

/// The mutant of this seed, made of one of these files: whether it could be played.
fn survives(seed: u64, parents: &[Vec<u8>]) -> bool {
    let mut random = Random(seed);
    let parent = match random.below(16) {
        0 => &parents[2 + random.below(parents.len() - 2)],
        1..=4 => &parents[1],
        _ => &parents[0],
    };
    let bytes = mutant(&mut random, parent);
    let started = worked();
    let survived = std::panic::catch_unwind(move || survive(&bytes, &mut random));
    // Others work meanwhile.
    let took = worked().saturating_sub(started) / threads();
    assert!(took < LIMIT, "seed {seed} took {took:?}");
    assert!(survived.is_ok(), "seed {seed} makes a file that is not survived");
    survived.unwrap_or(false)
}

#[test]
fn mutants_are_diagnosed_or_playable() {
    let (count, first) = (setting("MUTATIONS", 2000), setting("MUTATION_SEED", 1));
    let mut parents = vec![
        include_bytes!("fixtures/small.toml").to_vec(),
        include_bytes!("fixtures/check/ending-loops.toml").to_vec(),
    ];
    // Under the name that all of them are checked by.
    parents.extend(Library::open(None).entries().map(|entry| {
        let source = &entry.content().expect("a good file").source;
        source.text().replacen(&format!("\"{}\"", entry.id), "\"small\"", 1).into_bytes()
    }));
    let (next, accepted) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        for _ in 0..threads() {
            scope.spawn(|| {
                loop {
                    let done = next.fetch_add(1, Relaxed);
                    if done >= count {
                        break;
                    }
                    if done > 0 && done.is_multiple_of(100_000) {
                        println!("{done} mutants, {} of them playable", accepted.load(Relaxed));
                    }
                    accepted.fetch_add(u64::from(survives(first + done, &parents)), Relaxed);
                }
            });
        }
    });
    let accepted = accepted.into_inner();
    println!("{count} mutants, {accepted} of them playable");
    assert!(accepted * 50 > count, "only {accepted} of {count} could be played");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        survive(&bytes, &mut Random(1));
    }

    #[test]
    fn any_toml_like_text_is_survived(text in "([a-z]{1,3}(\\.[a-z])?( ?= ?|\\[|\\]|\\{|\\}|\"|'|,|#|\n|[0-9]{1,3}|true){1,3}){0,60}") {
        survive(text.as_bytes(), &mut Random(1));
    }
}

/// A megabyte, or nearly, of this.
fn fill(head: &str, piece: &str, tail: &str) -> Vec<u8> {
    let times = (1024 * 1024 - head.len() - tail.len()) / piece.len();
    format!("{head}{}{tail}", piece.repeat(times)).into_bytes()
}

/// `piece` with each number up to `count` in the place of `#`.
fn count(head: &str, piece: &str, count: usize) -> Vec<u8> {
    (0..count).fold(head.to_owned(), |text, i| text + &piece.replace('#', &i.to_string())).into_bytes()
}

/// A story of 1,800 scenes with ways in all directions, each of which asks to lack one flag and sets another.
fn knot(step: usize) -> Vec<u8> {
    let mut text = "[flags]\n".to_owned();
    (0..256).for_each(|i| text += &format!("f{i} = \"x\"\n"));
    for i in 0..1800 {
        text += &format!("[[scene]]\nid = \"s{i}\"\n");
        for o in 0..8 {
            let (set, lack, to) = ((i * 3 + o) % 256, (i * step + o) % 256, (i * 7 + o * step + 1) % 1800);
            text += &format!("[[scene.option]]\nset=[\"f{set}\"]\nwhen={{without=[\"f{lack}\"]}}\ngoto=\"s{to}\"\n");
        }
    }
    text.into_bytes()
}

#[test]
fn monsters_are_survived_in_time() {
    let path = ["a"; 79].join(".");
    let deep = format!("[{path}]\n{path}={}1{}\n", format!("{{{path}=").repeat(79), "}".repeat(79));
    let echo = "[[scene.echo]]\nwhen={flags=[\"b\"]}\ntext=\"t\"\n";
    let exits = "[flags]\na='x'\n[[scene]]\nid='a'\ngoto=[";
    let hard = (0..60).fold("[flags]\n".to_owned(), |text, i| text + &format!("f{i}='x'\n"))
        + "[[scene]]\nid='a'\ngoto=["
        + &(0..60).fold(String::new(), |text, i| {
            text + &format!("{{to='a',when={{any=[{{flags=['f{i}','f{}']}},{{without=['f{}']}}]}}}},", i / 2, i / 3)
        })
        + "]\n";
    let monsters: Vec<(&str, Vec<u8>)> = vec![
        ("brackets", fill("", "[", "")),
        ("arrays", fill("a=", "[", "")),
        ("tables", fill("a=", "{a=", "")),
        ("dots", fill("a", ".a", "=1")),
        ("header", fill("[a", ".a", "]")),
        ("deep", deep.into_bytes()),
        ("equals", fill("", "=", "")),
        ("lines of equals", fill("", "=\n", "")),
        ("no values", fill("", "a=\n", "")),
        ("same names", fill("", "a=1\n", "")),
        ("quotes", fill("", "\"", "")),
        ("lines", fill("", "\n", "")),
        ("zeros", fill("", "\0", "")),
        ("long line", fill("title = \"", "x", "\"")),
        ("end of a long line", fill("title = \"", "x", &format!("{}\"", "\u{202e}".repeat(2000)))),
        ("bidi", fill("title = \"", "\u{202e}", "\"")),
        ("marks", fill("title = \"e", "\u{301}", "\"")),
        ("digits", fill("format = ", "9", "")),
        ("exponent", fill("level = 1e", "9", "")),
        ("keys", count("", "k# = 1\n", 80_000)),
        ("scenes", fill("", "[[scene]]\n", "")),
        ("options", fill("[[scene]]\n", "[[scene.option]]\n", "")),
        ("echoes", fill("[[scene]]\nid='a'\n", echo, "")),
        ("entries", fill(exits, "{to='a',when={flags=['a']}},", "]\n")),
        ("any", fill("[[scene]]\ngoto=[{to='a',when={any=[", "{flags=['a']},", "]}}]\n")),
        ("names", count("[[scene]]\n[[scene.option]]\nlearn=[", "'a#',", 90_000)),
        ("reps", count("", "[cast.a#]\nrole='rep'\nname='x'\ntitle='y'\n", 18_000)),
        ("ring", count("", "[[scene]]\nid='s#'\ngoto='s#'\n", 1990)),
        ("hard", hard.into_bytes()),
        ("knot", knot(1)),
        ("other knot", knot(131)),
    ];
    for (name, bytes) in monsters {
        let started = Instant::now();
        assert!(!survive(&bytes, &mut Random(1)), "{name}");
        assert!(started.elapsed() < LIMIT, "{name} took {:?}", started.elapsed());
    }
}
