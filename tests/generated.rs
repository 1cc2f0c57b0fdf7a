//! Generated stories are what they are said to be: accepted by the checker, different by seed, the same again.
#![allow(clippy::expect_used, clippy::panic)]

#[path = "common/generated.rs"]
mod generated;

use generated::Shape;
use ridealong::diagnostic::{Code, Source, short};
use ridealong::scenario::check::check;

#[test]
fn generated_stories_are_accepted() {
    for scenes in [1, 2, 5, 50] {
        for seed in 0..40 {
            for shape in [Shape::bench(scenes), Shape { draws: 10, loops: 5, conditional: 20, ..Shape::bench(scenes) }]
            {
                let text = shape.seed(seed).toml();
                let checked = check("generated.toml", text.as_bytes());
                let source = Source::new("generated.toml", text.as_bytes());
                assert!(checked.is_ok(), "{shape:?} {seed}\n{}", short::render(&source, checked.diagnostics()));
            }
        }
    }
}

#[test]
fn the_long_one_is_accepted_with_a_warning() {
    let text = Shape::bench(5000).toml();
    let checked = check("generated.toml", text.as_bytes());
    let codes: Vec<Code> = checked.diagnostics().iter().map(|found| found.code).collect();
    assert!(checked.is_ok(), "{} bytes: {codes:?}", text.len());
    assert!(codes.contains(&Code::TooManyScenes), "{codes:?}");
}
