//! `prove`: what can be met in a story, how it can end, and the best and worst that can be had of it.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use super::args::Prove;
use super::{Failure, Outcome, Streams, play};
use crate::plain::Page;
use crate::prove::{Limits, Prover};
use crate::report::{Proved, Road};
use crate::scenario::library::Library;
use crate::story::Story;

/// More choices than this are not written out.
const SHOWN: usize = 40;

pub(super) fn run(args: &Prove, library: &Library, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let entry = library.find(&args.scenario).map_err(Failure::cannot)?;
    let story = play::any_story(entry, streams)?;
    let began = Instant::now();
    // A scenario that is played has been checked: every play of it ends.
    let mut limits = Limits { checked: true, ..Limits::of(&story.program) };
    limits.states = args.budget.unwrap_or(limits.states);
    let proof = Prover::new(&story.program, limits).prove();
    let took = began.elapsed();
    let proved = Proved::of(&story, &proof, took);
    if args.json {
        writeln!(streams.output, "{}", proved.to_json())?;
    } else {
        tell(&mut Page::new(&mut streams.output, streams.columns), &story, &proved, took)?;
    }
    Ok(if proved.has_problems() { Outcome::Problems } else { Outcome::Fine })
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
