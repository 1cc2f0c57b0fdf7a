//! `progress`: what came of practice.

use std::thread;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::args::Mine;
use super::kept::Kept;
use super::{Failure, Outcome, Streams};
use crate::keeper::Opening;
use crate::plain::Page;
use crate::practice::{Practice, Today, trained};
use crate::scenario::library::Library;
use crate::store::KeptRun;

/// What `progress --json` prints.
#[derive(Serialize)]
struct Told<'p> {
    day: Date,
    /// Runs that came to an ending with nothing taken back.
    runs: usize,
    streak: u32,
    scores: Vec<Score<'p>>,
    rules: Vec<Rule>,
    due: Vec<Due<'p>>,
}

#[derive(Serialize)]
#[allow(clippy::struct_field_names, reason = "the keys of the document")]
struct Score<'p> {
    day: Date,
    scenario: &'p str,
    title: &'p str,
    score: u64,
}

#[derive(Serialize)]
#[allow(clippy::struct_field_names, reason = "the keys of the document")]
struct Rule {
    rule: &'static str,
    /// Null if too little was seen of it.
    score: Option<u64>,
    /// Over the latest runs; null while those are all.
    lately: Option<u64>,
    weight: f64,
    practised: Option<Date>,
    due: Option<Date>,
}

#[derive(Serialize)]
struct Due<'p> {
    rule: &'static str,
    since: Date,
    scenario: Option<&'p str>,
}

pub(super) fn run(
    mine: &Mine,
    store: Opening,
    library: fn() -> Library,
    streams: &mut Streams<'_>,
) -> Result<Outcome, Failure> {
    // Both take a while, and neither needs the other.
    let (kept, library) = thread::scope(|scope| {
        let library = scope.spawn(library);
        let kept = Kept::open(store, mine.name.as_deref(), mine.everybody, streams);
        (kept, library.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    let kept = kept?;
    let zone = TimeZone::system();
    let today = Today { day: Timestamp::now().to_zoned(zone.clone()).date(), zone };
    let runs: Vec<KeptRun> = kept.into_runs().collect();
    let practice = Practice::of(&runs, &trained(&library), &today);
    if mine.json {
        // Strings, numbers and lists only: writing them to memory cannot fail.
        let json = serde_json::to_string_pretty(&told(&practice, today.day)).unwrap_or_default();
        writeln!(streams.output, "{json}")?;
    } else {
        in_words(&practice, &mut Page::new(&mut streams.output, streams.columns))?;
    }
    Ok(Outcome::Fine)
}

fn told(practice: &Practice, day: Date) -> Told<'_> {
    Told {
        day,
        runs: practice.scores.len(),
        streak: practice.streak,
        scores: practice
            .scores
            .iter()
            .map(|each| Score { day: each.day, scenario: &each.scenario, title: &each.title, score: each.score })
            .collect(),
        rules: practice
            .rules
            .iter()
            .map(|each| Rule {
                rule: each.rule.id(),
                score: each.score,
                lately: each.lately,
                // Quarters are exact in a float.
                weight: f64::from(u32::try_from(each.weight).unwrap_or(u32::MAX)) / 4.0,
                practised: each.days.map(|(last, _)| last),
                due: each.days.map(|(_, due)| due),
            })
            .collect(),
        due: practice
            .due
            .iter()
            .map(|each| Due { rule: each.rule.id(), since: each.since, scenario: each.scenario.as_deref() })
            .collect(),
    }
}

fn in_words<W: std::io::Write>(practice: &Practice, page: &mut Page<W>) -> std::io::Result<()> {
    let Some(last) = practice.scores.last() else {
        return page.para("No whole run yet. \"ridealong\" opens the menu.");
    };
    page.heading("Scores, the latest last")?;
    let first = practice.scores.len().saturating_sub(10);
    if first > 0 {
        page.para(&format!("The last 10 of {}.", practice.scores.len()))?;
    }
    for each in practice.scores.iter().skip(first) {
        page.item("", &format!("{}  {:>3}  {}", each.day, each.score, each.title))?;
    }
    let best = practice.scores.iter().map(|each| each.score).max().unwrap_or(last.score);
    let days = if practice.streak == 1 { "1 day".to_owned() } else { format!("{} days", practice.streak) };
    page.para(&format!("Best {best}, last {}. Streak: {days}.", last.score))?;
    page.heading("Rules")?;
    for each in practice.rules.iter().filter(|each| each.weight > 0) {
        let said = match (each.score, each.lately) {
            (None, _) => "too little seen".to_owned(),
            (Some(score), None) => format!("{score} of 100"),
            (Some(score), Some(lately)) => format!("{score} of 100, lately {lately}"),
        };
        page.item("", &format!("{}: {said}", each.rule))?;
    }
    page.heading("Due today")?;
    if practice.due.is_empty() {
        let next = practice.rules.iter().filter_map(|each| Some((each.days?.1, each.rule))).min();
        let next = next.map(|(day, rule)| format!(" Next: {rule}, on {day}.")).unwrap_or_default();
        return page.para(&format!("Nothing.{next}"));
    }
    for each in &practice.due {
        let with = match (&each.title, &each.scenario) {
            (Some(title), Some(scenario)) => format!(", with \"{title}\": ridealong play {scenario}"),
            _ => String::new(),
        };
        page.item("", &format!("{}, since {}{with}", each.rule, each.since))?;
    }
    Ok(())
}
