//! The story in lines: briefing, scenes, options, consequences, the story so far.

use std::io::{self, Write};

use super::page::Page;
use crate::engine::Run;
use crate::report::Change;
use crate::report::text::{moved, standing};
use crate::scenario::Scenario;
use crate::story::{Aftermath, Entered, Offered, Story};
use crate::terms::{Feedback, Meter, Role};
use crate::text::Text;

/// The card before the start.
pub(super) fn briefing<W: Write>(page: &mut Page<W>, scenario: &Scenario) -> io::Result<()> {
    let rep = scenario.rep();
    page.para(&scenario.title)?;
    for line in [&scenario.summary, &scenario.industry, &scenario.deal] {
        if !line.is_empty() {
            page.para(line)?;
        }
    }
    page.heading("Briefing")?;
    paragraphs(page, &scenario.briefing)?;
    page.heading("Who is who")?;
    for person in &scenario.cast {
        let part = if person.role == Role::Rep { "your rep".to_owned() } else { person.role.to_string() };
        let facts = [&person.title, &person.about, &person.wants];
        let labels = ["", "", "Wants: "];
        let mut about = format!("{}, {part}.", person.name);
        for (label, fact) in labels.iter().zip(facts).filter(|(_, fact)| !fact.is_empty()) {
            about = format!("{about} {label}{}", sentence(fact));
        }
        page.para(&about)?;
    }
    page.heading("At the start")?;
    let start = scenario.start.meters;
    let values: Vec<String> = Meter::ALL.iter().map(|meter| format!("{meter} {}", start.get(*meter))).collect();
    page.para(&format!("{}.", values.join(", ")))?;
    page.para(&format!(
        "All run from 0 to 100. Trust is the customer's in {}. Low is good for bypass, the habit of deciding around \
         {}; high is good for the others.",
        rep.first_name(),
        rep.first_name()
    ))
}

/// A text with a full stop at its end.
fn sentence(text: &Text) -> String {
    if text.ends_with(['.', '!', '?', '"', '\u{201d}']) { text.to_string() } else { format!("{text}.") }
}

fn paragraphs<W: Write>(page: &mut Page<W>, text: &Text) -> io::Result<()> {
    text.paragraphs().try_for_each(|paragraph| page.para(paragraph))
}

/// A scene: heading, echoes, text. `numbers` are those of the decision and of about how many, if it is one.
pub(super) fn scene<W: Write>(
    page: &mut Page<W>,
    entered: &Entered<'_>,
    numbers: Option<(u32, u32)>,
    rep: &str,
) -> io::Result<()> {
    let title = &entered.scene.title;
    match numbers {
        Some((number, all)) => page.heading(&format!("Decision {number} of about {all}: {title}"))?,
        None if title.is_empty() => page.gap()?,
        None => page.heading(title)?,
    }
    for sounded in &entered.echoes {
        paragraphs(page, &sounded.echo.text)?;
        if !sounded.echo.effect.is_none() {
            page.para(&moved(&Change::all(sounded.before, sounded.after), rep))?;
        }
    }
    paragraphs(page, &entered.scene.text)
}

/// The options, numbered from 1 as they are shown.
pub(super) fn options<W: Write>(page: &mut Page<W>, offered: &[Offered<'_>]) -> io::Result<()> {
    page.gap()?;
    for (number, offered) in (1..).zip(offered) {
        let closed = offered.closed.map(|why| format!(" (closed: {why})"));
        page.item(&format!("{number}."), &format!("{}{}", offered.option.text, closed.unwrap_or_default()))?;
    }
    Ok(())
}

/// What a choice brought: first what happened, then the meters, then the comment if it is wanted at once.
pub(super) fn consequence<W: Write>(
    page: &mut Page<W>,
    after: &Aftermath<'_>,
    feedback: Feedback,
    rep: &str,
) -> io::Result<()> {
    page.gap()?;
    paragraphs(page, &after.option.then)?;
    page.gap()?;
    for change in Change::all(after.before, after.after) {
        page.para(&format!("{}.", change.told(rep)))?;
    }
    for insight in &after.learned {
        page.para(&format!("Insight found: {}", insight.text))?;
    }
    if feedback == Feedback::Now {
        page.gap()?;
        page.para(&format!("{}: {}", after.option.why_rule, after.option.why))?;
    }
    Ok(())
}

/// The story so far, decision by decision.
pub(super) fn history<W: Write>(page: &mut Page<W>, story: &Story, run: &Run) -> io::Result<()> {
    page.heading("The story so far")?;
    if run.steps().is_empty() {
        return page.para("Nothing has been decided yet.");
    }
    let rep = story.scenario.rep().first_name();
    for (number, step) in (1..).zip(run.steps()) {
        if let (Some(scene), Some(after)) = (story.scenario.scenes.get(step.scene as usize), story.aftermath(step)) {
            let changes = moved(&Change::all(after.before, after.after), rep);
            let told = format!("{}. You chose: {} {changes}", scene.title, after.option.text);
            page.item(&format!("{number}."), &told)?;
            paragraphs(page, &after.option.then)?;
        }
    }
    Ok(())
}

/// Where the meters stand.
pub(super) fn meters<W: Write>(page: &mut Page<W>, story: &Story, run: &Run) -> io::Result<()> {
    page.heading("Where it stands")?;
    standing(story, run).iter().try_for_each(|line| page.para(line))
}

/// What can be typed.
pub(super) fn help<W: Write>(page: &mut Page<W>, options: usize) -> io::Result<()> {
    page.heading("What you can type, each with Enter after it")?;
    for (key, does) in [
        (format!("1 to {options}:"), "choose that option."),
        ("h:".to_owned(), "the story so far."),
        ("i:".to_owned(), "the briefing."),
        ("m:".to_owned(), "the meters."),
        ("s:".to_owned(), "the scene and its options again."),
        ("u:".to_owned(), "back one decision, for practice. Your first attempt stays on record."),
        ("q:".to_owned(), "leave. The run so far is written out, so that nothing is lost."),
    ] {
        page.item(&key, does)?;
    }
    Ok(())
}
