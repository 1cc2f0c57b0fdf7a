//! What each stage costs, from a file's bytes to the first frame: `cargo bench --bench stages`.
//!
//! Over generated stories (three options a scene, one in twenty conditional, each moving two meters) and over two
//! whose text is pinned, a long one and a short one. Random plays are in `plays.rs`, beside the limit that they are compared with.
#![allow(clippy::expect_used)]

#[path = "../tests/common/generated.rs"]
mod generated;

use std::fs;
use std::hint::black_box;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use divan::Bencher;
use generated::Shape;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ridealong::courier::Nobody;
use ridealong::diagnostic::{Source, short};
use ridealong::engine::Seed;
use ridealong::keeper::Forgetful;
use ridealong::prove::policies::Policy;
use ridealong::prove::simulate::Simulation;
use ridealong::prove::{Limits, Prover};
use ridealong::scenario::Scenario;
use ridealong::scenario::check::check;
use ridealong::scenario::library::Entry;
use ridealong::story::{Story, compile};
use ridealong::tui::app::{App, Setup};
use ridealong::tui::drive::Drive;
use ridealong::tui::look::Terminal;
use ridealong::tui::settings::Settings;
use ridealong::tui::shelf::Listing;

/// The stories that everything is measured on.
const STORIES: [&str; 4] = ["50 scenes", "5000 scenes", "corner-office", "side-door"];

fn main() {
    divan::main();
}

/// A story's file.
fn file(name: &str) -> String {
    match name {
        "50 scenes" => Shape::bench(50).toml(),
        "5000 scenes" => Shape::bench(5000).toml(),
        pinned => {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");
            fs::read_to_string(format!("{folder}/{pinned}.toml")).expect("a pinned scenario")
        }
    }
}

fn scenario(name: &str) -> Scenario {
    check("", file(name).as_bytes()).into_scenario().expect("a good one")
}

/// Finding a file on the disk, reading it, checking it.
#[divan::bench(args = STORIES)]
fn load(bencher: Bencher<'_, '_>, name: &str) {
    let text = file(name);
    let folder = tempfile::TempDir::new().expect("a folder");
    let id = scenario(name).id;
    let path = folder.path().join(format!("{id}.toml"));
    fs::write(&path, text).expect("written");
    bencher.bench(|| Entry::at(black_box(&path)));
}

/// From bytes to a scenario and its warnings.
#[divan::bench(args = STORIES)]
fn checking(bencher: Bencher<'_, '_>, name: &str) {
    let text = file(name);
    bencher.bench(|| check("", black_box(text.as_bytes())));
}

/// A file in which every scene has a problem: found, and told.
#[divan::bench(args = ["50 scenes", "5000 scenes"])]
fn checking_problems(bencher: Bencher<'_, '_>, name: &str) {
    let text = file(name).replace("text = \"Do thing 2", "txet = \"Do thing 2").replace("goto = \"s1", "goto = \"t1");
    bencher.bench(|| {
        let checked = check("", black_box(text.as_bytes()));
        short::render(&Source::new("", text.as_bytes()), checked.diagnostics())
    });
}

/// From a scenario to a program.
#[divan::bench(args = STORIES)]
fn compiling(bencher: Bencher<'_, '_>, name: &str) {
    let scenario = scenario(name);
    bencher.bench(|| compile(black_box(&scenario)));
}

/// A thousand plays of the random bot on one thread, with all that `simulate` adds up.
#[divan::bench(args = STORIES)]
fn thousand_random_plays(bencher: Bencher<'_, '_>, name: &str) {
    let story = Story::new(scenario(name));
    let simulation = Simulation::new(&story, 1);
    bencher.bench(|| simulation.play(Policy::Random, 0..1000, 1));
}

/// From a story to its proof: everything that can be met, the exact best and worst. Of 5,000 scenes, bounds within the
/// usual budget.
#[divan::bench(args = STORIES, sample_count = 5, sample_size = 1)]
fn prove(bencher: Bencher<'_, '_>, name: &str) {
    let story = Story::new(scenario(name));
    let limits = Limits { checked: true, ..Limits::of(&story.program) };
    bencher.bench(|| Prover::new(&story.program, limits).prove());
}

/// From a story to the first decision on the screen, 80 columns by 24 rows.
#[divan::bench(args = STORIES)]
fn first_frame(bencher: Bencher<'_, '_>, name: &str) {
    let story = Story::new(scenario(name));
    bencher.with_inputs(|| story.clone()).bench_values(|story| {
        let mut app = App::new(Setup {
            listings: vec![Listing::story(story, false)],
            wanted: Some(0),
            settings: Settings { reduce_motion: true, ..Settings::default() },
            terminal: Terminal { no_color: false, many_colors: true, light: false, unicode: true },
            seed: Seed(1),
            fixed_seed: true,
            name: None,
            keeping: Box::new(Forgetful::default()),
            carrying: Box::new(Nobody),
            open: None,
            save: Box::new(|_, _| None),
            write: Box::new(|name, _| ridealong::text::Text::clean(name)),
            notice: None,
        });
        app.event(Event::Resize(80, 24));
        app.event(Event::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)));
        let area = Rect::new(0, 0, 80, 24);
        let mut buffer = Buffer::empty(area);
        app.render(area, &mut buffer);
        buffer
    });
}
