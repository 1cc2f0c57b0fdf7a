//! Any bytes as a scenario file: diagnostics that can be drawn, or a story whose plays end.
//!
//! Small files to begin with, since most of what can go wrong needs few scenes:
//!
//! ```sh
//! mkdir -p fuzz/corpus/scenario
//! cargo +nightly fuzz run scenario fuzz/corpus/scenario tests/fixtures/check tests/fixtures/content -- -max_len=8192
//! ```

#![no_main]

use libfuzzer_sys::fuzz_target;
use ridealong::diagnostic::{Source, human};
use ridealong::engine::{Chosen, Seed};
use ridealong::scenario::check::review;
use ridealong::story::Story;

/// Drawing the messages takes longer than finding them: it is done for one file in sixteen, the same ones every time.
fn is_drawn(bytes: &[u8]) -> bool {
    bytes.iter().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte)) < 16
}

fuzz_target!(|bytes: &[u8]| {
    let checked = review("x", bytes);
    if is_drawn(bytes) {
        let shown = human::render(&Source::new("x", bytes), checked.diagnostics(), false);
        assert!(!shown.contains(|c: char| c.is_control() && c != '\n'));
    }
    let Some(scenario) = checked.into_scenario() else { return };
    let story = Story::new(scenario);
    let mut run = story.begin(Seed(bytes.len() as u64));
    for step in 0..100_000_usize {
        if run.ending(&story.program).is_some() {
            return;
        }
        let open = story.program.open(run.state());
        assert_ne!(open, 0, "no option is open");
        // Which of the open ones comes from the file itself.
        let wanted = u32::from(bytes[step % bytes.len()]) % open.count_ones();
        let place = (0..8_u8).filter(|place| open & (1 << place) != 0).nth(wanted as usize);
        let chosen = Chosen(place.expect("one that is open"));
        run.choose(&story.program, chosen).expect("open");
    }
    panic!("a play that does not end");
});
