//! A run in sentences: the debrief as blocks of text, for the plain player and for `replay`.
//!
//! Written to be heard as well as read: whole sentences, changes in words and signs, no tables, no drawing. Whoever
//! prints the blocks decides on line width.

use super::{Change, Cost, Debrief, Decided, costs, decided};
use crate::engine::Run;
use crate::story::Story;
use crate::terms::Feedback;

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Names what follows.
    Heading(String),
    /// A paragraph.
    Para(String),
    /// An entry of a list, after its mark (`1.`).
    Item(String, String),
}

impl Block {
    fn heading(text: impl Into<String>) -> Self {
        Self::Heading(text.into())
    }

    fn para(text: impl Into<String>) -> Self {
        Self::Para(text.into())
    }

    fn numbered(number: usize, text: impl Into<String>) -> Self {
        Self::Item(format!("{number}."), text.into())
    }
}

/// The debrief of a run that has ended; where it stands, if it hasn't.
pub fn debrief(story: &Story, run: &Run, feedback: Feedback) -> Vec<Block> {
    let mut page = Vec::new();
    let rep = story.scenario.rep().first_name();
    // What nobody is told isn't worked out.
    let told = feedback != Feedback::None && run.ending(&story.program).is_some();
    let costs = if told { costs(story, run) } else { Vec::new() };
    match Debrief::of(story, run, &costs) {
        Some(told) => {
            ending(&mut page, &told);
            score(&mut page, &told);
            if feedback != Feedback::None {
                rules(&mut page, &told);
            }
            decisions(&mut page, &told.decisions, &costs, rep, feedback);
            page.push(Block::heading("Next quarter"));
            page.extend(told.next_quarter.lines(rep).map(Block::Para));
            questions(&mut page, &told);
        }
        None => so_far(&mut page, story, run, feedback),
    }
    page
}

fn ending(page: &mut Vec<Block>, told: &Debrief<'_>) {
    page.push(Block::heading(format!("The end: {}", told.ending.title)));
    let paragraphs = told.ending.text.paragraphs().chain(told.lines.iter().flat_map(|line| line.paragraphs()));
    page.extend(paragraphs.map(Block::para));
    page.push(Block::heading("The deal"));
    page.push(Block::Para(match told.signed {
        Some(signed) => format!("Signed: {signed}."),
        None => "Not signed.".to_owned(),
    }));
}

fn score(page: &mut Vec<Block>, told: &Debrief<'_>) {
    page.push(Block::heading("Score"));
    page.extend(told.score_told().into_iter().map(Block::Para));
    page.push(Block::heading("Postures"));
    let [lead, take_over, absent] = told.postures.map(|(_, share)| share);
    page.push(Block::Para(format!("Lead {lead}%, take over {take_over}%, absent {absent}%.")));
}

fn rules(page: &mut Vec<Block>, told: &Debrief<'_>) {
    page.push(Block::heading("Rules"));
    page.extend(told.rules.iter().map(|(rule, score)| {
        Block::Para(match score {
            Some(score) => format!("{rule}: {score} of 100."),
            None => format!("{rule}: too little seen."),
        })
    }));
}

fn decisions(page: &mut Vec<Block>, made: &[Decided<'_>], costs: &[Cost], rep: &str, feedback: Feedback) {
    if made.is_empty() {
        return;
    }
    page.push(Block::heading("Your decisions"));
    let costs = costs.iter().copied().map(Some).chain(std::iter::repeat(None));
    let told = (1..).zip(made.iter().zip(costs));
    page.extend(told.map(|(number, (made, cost))| Block::numbered(number, decision(made, cost, rep, feedback))));
}

/// A decision in sentences: where, what, what it did, and the comment, if it is wanted.
fn decision(made: &Decided<'_>, cost: Option<Cost>, rep: &str, feedback: Feedback) -> String {
    let turning = if made.turning_point { " (turning point)" } else { "" };
    let comment = if feedback == Feedback::None {
        String::new()
    } else {
        let cost = cost.map_or_else(String::new, |cost| format!(" {}", cost.told()));
        let (posture, rule, why) = (made.option.posture, made.option.why_rule, &made.option.why);
        format!(" Posture: {posture}.{cost} {rule}: {why}")
    };
    let (title, chosen, done) = (&made.scene.title, &made.option.text, moved(&made.changes, rep));
    let back = made.echoes.iter().fold(String::new(), |told, echo| {
        let changes = Change::all(echo.before, echo.after);
        format!("{told} Then it came back: {} {}", echo.echo.text, moved(&changes, rep))
    });
    format!("{title}{turning}. You chose: {chosen} {done}{comment}{back}")
}

/// What moved, in one sentence; meters that stood still are left out.
pub fn moved(changes: &[Change], rep: &str) -> String {
    let told: Vec<String> = changes.iter().filter(|change| change.by != 0).map(|change| change.told(rep)).collect();
    if told.is_empty() { "Nothing moved.".to_owned() } else { format!("{}.", told.join(". ")) }
}

fn questions(page: &mut Vec<Block>, told: &Debrief<'_>) {
    if !told.questions.is_empty() {
        page.push(Block::heading("For the workshop"));
        page.extend((1..).zip(told.questions).map(|(number, asked)| Block::numbered(number, asked.as_str())));
    }
}

/// Where a run stands that hasn't ended.
fn so_far(page: &mut Vec<Block>, story: &Story, run: &Run, feedback: Feedback) {
    let rep = story.scenario.rep().first_name();
    let decided: Vec<Decided<'_>> = run.steps().iter().filter_map(|step| decided(story, step)).collect();
    page.push(Block::heading("Not ended yet"));
    page.push(Block::Para(decisions_made(story, run)));
    page.extend(standing(story, run).into_iter().map(Block::Para));
    decisions(page, &decided, &[], rep, feedback);
}

/// How far a run has come: `3 decisions made; the next is "Tuesday: Mira's desk".`
pub fn decisions_made(story: &Story, run: &Run) -> String {
    let made = match run.steps().len() {
        0 => "No decision made yet".to_owned(),
        1 => "One decision made".to_owned(),
        many => format!("{many} decisions made"),
    };
    let next = story.standing_at(run).map(|(scene, _)| format!("; the next is \"{}\"", scene.title));
    format!("{made}{}.", next.unwrap_or_default())
}

/// Where the meters stand, what has been found, whom the customer would call: a sentence each.
pub fn standing(story: &Story, run: &Run) -> Vec<String> {
    let (state, rep) = (run.state(), story.scenario.rep().first_name());
    let since_start = Change::all(story.program.meters, state.meters);
    let mut told: Vec<String> =
        since_start.iter().map(|change| format!("{} since the start.", change.told(rep))).collect();
    let call = super::FirstCall::at(state.meters.bypass()).label(rep);
    told.push(format!("Whom the customer would call first: {call}."));
    let found = story.found(state);
    if !story.scenario.insights.is_empty() {
        told.push(format!("Insights found: {} of {}.", found.len(), story.scenario.insights.len()));
    }
    told.extend(found.iter().map(|insight| insight.text.to_string()));
    told
}
