//! Runs to be kept.

use std::sync::OnceLock;

use jiff::Timestamp;
use ridealong::engine::Seed;
use ridealong::record::Record;
use ridealong::report::Summary;
use ridealong::scenario::check::check;
use ridealong::store::{KeptRun, RunId};
use ridealong::story::Story;
use ridealong::terms::{Feedback, RunState};
use ridealong::text::Text;

/// The file that runs are played on.
pub(crate) const SOURCE: &str = include_str!("../fixtures/corner-office.toml");

pub(crate) fn story() -> &'static Story {
    static STORY: OnceLock<Story> = OnceLock::new();
    STORY.get_or_init(|| Story::new(check("corner-office.toml", SOURCE.as_bytes()).scenario().cloned().unwrap()))
}

/// A run after so many choices, always of the first open option, begun as the so-manieth.
pub(crate) fn run(number: u64, choices: usize, player: &str) -> KeptRun {
    let story = story();
    let mut run = story.begin(Seed(number));
    for _ in 0..choices {
        let open = story.offered(&run).into_iter().find(|offer| offer.closed.is_none());
        let Some(chosen) = open.map(|offer| offer.chosen) else { break };
        run.choose(&story.program, chosen).expect("an open option");
    }
    let now = Timestamp::from_millisecond(1_790_000_000_000 + i64::try_from(number).expect("a small number")).unwrap();
    let mut chance = [7; 10];
    chance[..8].copy_from_slice(&number.to_be_bytes());
    KeptRun {
        id: RunId::new(now, &chance),
        player: Text::clean(player),
        record: Record::of(story, &run),
        state: if run.ending(&story.program).is_some() { RunState::Ended } else { RunState::Open },
        first: None,
        feedback: Feedback::Now,
        started: now,
        changed: now,
        summary: Summary::of(story, &run),
    }
}
