//! `kill -9`, at random moments and at every single call by which something reaches the disk.

use std::time::Duration;

use super::{Home, can_trace, setting, text, told, undisturbed};

const ANSWERS: [&str; 8] = ["1", "2", "1", "3", "2", "1", "1", "2"];

/// What can be counted on after a kill: every answer whose consequence was told, nothing that wasn't given, and play
/// goes on at that scene as if nothing had happened.
fn assert_all_there(home: &Home, told: usize, given: &[&str], what: &str) {
    let kept = home.choices();
    assert!(kept.len() >= told, "{what}: {told} told, kept {kept:?}");
    assert!(kept.len() <= given.len(), "{what}: {} given, kept {kept:?}", given.len());
    let twin = Home::new();
    let twin_out = twin.play(&[], &["--seed", "7"], &given[..kept.len()].join("\n"));
    assert_eq!(kept, twin.choices(), "{what}");
    if kept.is_empty() {
        return;
    }
    let again = home.play(&[], &["--resume"], "");
    let scene = |out: &str| {
        let decision = format!("Decision {} of", kept.len() + 1);
        let scene = out.split_once(&decision).unwrap_or_else(|| panic!("{what}: no {decision} in {out}")).1;
        // Up to the prompt: the text, the options in their order; then the meters.
        let (shown, rest) = scene.split_once("Your choice").unwrap();
        let meters: Vec<&str> = rest.lines().filter(|line| line.starts_with("Trust in ")).collect();
        format!("{shown}{meters:?}")
    };
    assert_eq!(scene(&text(&again.stdout)), scene(&text(&twin_out.stdout)), "{what}");
}

#[test]
fn killed_at_random_moments_every_answer_is_there() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |limit: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % limit
    };
    for kill in 0..setting("KILLS", 25) {
        let home = Home::new();
        let mut playing = home.playing(&["--seed", "7"]);
        let answered = usize::try_from(below(ANSWERS.len() as u64)).unwrap();
        for answer in &ANSWERS[..answered] {
            playing.answer(answer);
            playing.until_taken();
        }
        // One more is on its way.
        playing.answer(ANSWERS[answered]);
        std::thread::sleep(Duration::from_micros(below(6000)));
        let told = playing.kill();
        assert!(told >= answered);
        assert_all_there(&home, told, &ANSWERS[..=answered], &format!("kill {kill}"));
    }
}

#[test]
fn killed_at_any_call_that_writes_every_answer_is_there() {
    if !can_trace() {
        return;
    }
    let answers = &ANSWERS[..3];
    let step = if std::env::var_os("KILL_POINTS").is_some() { 1 } else { 9 };
    let mut points = 0;
    for call in ["write", "pwrite64", "fsync", "fdatasync", "ftruncate", "unlink", "rename"] {
        for number in (1..2000).step_by(step) {
            let home = Home::new();
            let inject = format!("inject={call}:signal=KILL:when={number}");
            let under = ["strace", "-f", "-qqq", "-o", "/dev/null", "-e", &format!("trace={call}"), "-e", &inject];
            let out = home.play(&under, &["--seed", "7"], &answers.join("\n"));
            // There are no more such calls.
            if out.status.success() {
                assert_eq!(home.choices(), undisturbed(&answers.join("\n")));
                break;
            }
            points += 1;
            assert_all_there(&home, told(&out.stdout), answers, &format!("{call} {number}"));
        }
    }
    println!("{points} points");
    assert!(points * step > 40, "only {points} kills");
}
