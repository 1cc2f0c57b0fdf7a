//! `prove`: what can be met in a story, how it can end, and the best and worst that can be had of it.

use std::io::{self, Write};
use std::panic;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::args::Prove;
use super::waiting::Waiting;
use super::{Failure, Outcome, Streams, play};
use crate::plain::Page;
use crate::prove::{Limits, Progress, Proof, Prover};
use crate::report::{Proved, Road};
use crate::scenario::library::Library;
use crate::story::Story;

/// More choices than this are not written out.
const SHOWN: usize = 40;
/// As much as the first thread of a program has.
const STACK: usize = 8 << 20;
/// Between two looks at how far it is.
const OFTEN: Duration = Duration::from_millis(100);

pub(super) fn run(args: &Prove, library: &Library, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let entry = library.find(&args.scenario).map_err(Failure::cannot)?;
    let story = play::any_story(entry, streams)?;
    let began = Instant::now();
    // A scenario that is played has been checked: every play of it ends.
    let mut limits = Limits { checked: true, ..Limits::of(&story.program) };
    limits.states = args.budget.unwrap_or(limits.states);
    let proof = prove(&story, limits, streams)?;
    let took = began.elapsed();
    let proved = Proved::of(&story, &proof, took);
    if args.json {
        writeln!(streams.output, "{}", proved.to_json())?;
    } else {
        tell(&mut Page::new(&mut streams.output, streams.columns), &story, &proved, took)?;
    }
    Ok(if proved.has_problems() { Outcome::Problems } else { Outcome::Fine })
}

/// The proof, with a line on how far it is where somebody watches.
fn prove(story: &Story, limits: Limits, streams: &mut Streams<'_>) -> io::Result<Proof> {
    let progress = Arc::new(Progress::default());
    let work = || Prover::new(&story.program, limits).watched_by(Arc::clone(&progress)).prove();
    if !streams.errors_is_terminal {
        return Ok(work());
    }
    thread::scope(|scope| {
        let mut waiting = Waiting::new();
        // Nothing comes through but its end.
        let (working, end) = mpsc::channel::<()>();
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || {
            let _working = working;
            work()
        });
        // Without a thread it is done all the same, and silently.
        let Ok(worker) = worker else { return Ok(work()) };
        while end.recv_timeout(OFTEN) == Err(RecvTimeoutError::Timeout) {
            waiting.tell(streams, || how_far(&progress))?;
        }
        waiting.done(streams)?;
        worker.join().or_else(|panic| panic::resume_unwind(panic))
    })
}

fn how_far(progress: &Progress) -> String {
    let (count, states) = (Progress::QUESTIONS.len(), progress.states());
    match progress.question().and_then(|at| Some((at + 1, Progress::QUESTIONS.get(at)?))) {
        Some((number, question)) => format!("{number} of {count}: {question}, {states} states"),
        None => "looking at the whole story".to_owned(),
    }
}

fn tell<W: Write>(page: &mut Page<W>, story: &Story, proved: &Proved<'_>, took: Duration) -> io::Result<()> {
    let millis = took.as_millis();
    let complete = if proved.complete { "Proven" } else { "Not all of it proven: the budget of states ran out" };
    page.para(&format!(
        "{}. {complete}; {} states, {}.{:03} seconds.",
        story.scenario.title,
        proved.states,
        millis / 1000,
        millis % 1000
    ))?;
    page.heading("Score")?;
    for (name, road) in [("Best ", &proved.score.best), ("Worst", &proved.score.worst)] {
        if let Some(road) = road {
            page.item(name, &told(road))?;
        }
    }
    page.heading("Trust at the end")?;
    if let (Some(worst), Some(best)) = (proved.trust.worst, proved.trust.best) {
        let bound =
            |words: &str, bound: Option<u64>| bound.map(|bound| format!(", {words} {bound}")).unwrap_or_default();
        let (least, most) = (bound("at least", proved.trust.at_least), bound("at most", proved.trust.at_most));
        page.para(&format!("{worst} to {best}{least}{most}."))?;
    }
    page.heading("Endings")?;
    for ending in &story.scenario.endings {
        if let Some(found) = proved.endings.get(&*ending.id) {
            let text = match found.reachable {
                Some(true) => format!("{}{}", road(&found.choices), luck(found.seed)),
                Some(false) => "no play comes to it".to_owned(),
                None => "not known whether any play comes to it".to_owned(),
            };
            page.item(&format!("{}:", ending.id), &text)?;
        }
    }
    let lists: [(&str, Vec<&str>); 6] = [
        ("Scenes that no play comes to", proved.unreachable_scenes.clone()),
        ("Options that are open in no play", proved.never_open.iter().map(String::as_str).collect()),
        ("Echoes that sound in no play", proved.never_heard.iter().map(String::as_str).collect()),
        ("Scenes where every option can be closed", proved.stuck.clone()),
        ("Scenes from which a play can go on for ever", proved.endless.clone()),
        ("Not known whether they can be met", proved.unknown.iter().map(String::as_str).collect()),
    ];
    let mut clean = true;
    for (heading, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
        page.heading(heading)?;
        list.iter().try_for_each(|what| page.item("  ", what))?;
        clean = false;
    }
    if clean {
        page.gap()?;
        page.para("Every scene, option, echo and ending can be met; every play ends, and none gets stuck.")?;
    }
    Ok(())
}

fn told(found: &Road<'_>) -> String {
    let bound =
        |words: &str, bound: Option<u64>| bound.map(|bound| format!(" found, {words} {bound}")).unwrap_or_default();
    let (most, least) = (bound("at most", found.at_most), bound("at least", found.at_least));
    format!("{}{most}{least}: {}{}", found.value, road(&found.choices), luck(found.seed))
}

fn road(choices: &[&str]) -> String {
    match choices {
        [] => "at once".to_owned(),
        all if all.len() > SHOWN => format!("{}, and {} more", all[..SHOWN].join(", "), all.len() - SHOWN),
        all => all.join(", "),
    }
}

/// What chance has to do with it.
fn luck(seed: Option<u64>) -> String {
    match seed {
        Some(0) => String::new(),
        Some(seed) => format!(" (seed {seed})"),
        None => " (with much luck)".to_owned(),
    }
}
