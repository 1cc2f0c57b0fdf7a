//! What ten thousand kept runs cost, beside an empty store: the first frame of the menu, `history` and `progress`.
//!
//! `cargo bench --bench store`; `RUNS=100000` for more. Medians of several times, in one run.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crossterm::event::Event;
use jiff::{Timestamp, ToSpan};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ridealong::courier::Nobody;
use ridealong::engine::Seed;
use ridealong::keeper::{Keeper, World};
use ridealong::record::Record;
use ridealong::report::Summary;
use ridealong::scenario::library::Library;
use ridealong::store::{KeptRun, Location, Revision, RunId, SqliteStore, Store};
use ridealong::story::Story;
use ridealong::terms::{Feedback, RunState};
use ridealong::text::Text;
use ridealong::tui::drive::Drive;
use ridealong::tui::settings::Settings;
use ridealong::tui::{ARRIVAL, Start, app};

const TIMES: usize = 15;

fn main() {
    let runs = std::env::var("RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir().unwrap();
    let (empty, full) = (folder.path().join("empty.db"), folder.path().join("full.db"));
    fill(&empty, 0);
    let filling = Instant::now();
    fill(&full, runs);
    println!("{runs} runs kept one by one in {:.1?}", filling.elapsed());
    let mut lines = Vec::new();
    for (name, measure) in [
        ("first frame", first_frame as fn(&Path) -> Duration),
        ("history", |store| command(store, &["history"])),
        ("history --json", |store| command(store, &["history", "--json"])),
        ("progress", |store| command(store, &["progress"])),
        ("progress --json", |store| command(store, &["progress", "--json"])),
    ] {
        // Turn by turn, so that both meet the same machine.
        let (mut with_none, mut with_all): (Vec<_>, Vec<_>) =
            (0..TIMES).map(|_| (measure(&empty), measure(&full))).unzip();
        lines.push((name, median(&mut with_none), median(&mut with_all)));
    }
    for (name, none, all) in lines {
        println!("{name:<16} empty {none:>8.1?}   {runs} runs {all:>8.1?}   more {:>8.1?}", all.saturating_sub(none));
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Plays so many runs, always of the next shipped story and of whatever option the number hits, and keeps them.
fn fill(path: &Path, runs: u64) {
    let library = Library::open(None);
    let stories: Vec<Story> = library.entries().filter_map(|entry| entry.scenario().cloned().map(Story::new)).collect();
    let mut store = SqliteStore::open(path, Duration::from_secs(5)).unwrap();
    let first = Timestamp::now() - 4000.hours();
    for number in 0..runs {
        let story = &stories[usize::try_from(number).unwrap() % stories.len()];
        let mut run = story.begin(Seed(number));
        let mut chance = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        while story.standing_at(&run).is_some() {
            let open: Vec<_> = story.offered(&run).into_iter().filter(|offer| offer.closed.is_none()).collect();
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let chosen = open[usize::try_from(chance >> 33).unwrap() % open.len()].chosen;
            run.choose(&story.program, chosen).unwrap();
        }
        let now = first + (i64::try_from(number).unwrap() * 20).minutes();
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&number.to_be_bytes());
        let kept = KeptRun {
            id: RunId::new(now, &bytes),
            player: Text::EMPTY,
            record: Record::of(story, &run),
            state: RunState::Ended,
            first: None,
            feedback: Feedback::Now,
            started: now,
            changed: now,
            summary: Summary::of(story, &run),
        };
        store.keep(&kept, Revision(0)).unwrap();
    }
}

/// From nothing to the menu on the screen, 80 columns by 24 rows.
fn first_frame(store: &Path) -> Duration {
    let began = Instant::now();
    let keeper = Keeper::new(Ok(Location::File(store.to_owned())), World::real());
    let start = Start {
        library: Library::open(None),
        scenario: None,
        seed: Seed(1),
        fixed_seed: false,
        settings: Settings::default(),
        save: Box::new(|_, _| None),
        write: Box::new(|name, _| ridealong::text::Text::clean(name)),
        notice: None,
        name: None,
        team: Ok(Location::File(store.to_owned())),
        open: None,
    };
    keeper.wait_for_arrival(ARRIVAL);
    let mut app = app(start, Box::new(keeper.link(Duration::from_millis(60))), Box::new(Nobody));
    app.event(Event::Resize(80, 24));
    let area = Rect::new(0, 0, 80, 24);
    let mut buffer = Buffer::empty(area);
    app.render(area, &mut buffer);
    let took = began.elapsed();
    let shown: String = buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect();
    assert!(shown.contains("Lead your rep"), "{shown}");
    keeper.finish(Duration::from_secs(1)).unwrap();
    took
}

/// A command from its start to its end.
fn command(store: &Path, args: &[&str]) -> Duration {
    let began = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ridealong"));
    let status = command.args(args).arg("--store").arg(store).stdout(Stdio::null()).status().unwrap();
    assert!(status.success());
    began.elapsed()
}
