//! `session results`: what the room chose, for the talk afterwards.

use std::collections::HashSet;

use uuid::Uuid;

use super::export::{read, to};
use crate::cli::args::{Results, ResultsFormat};
use crate::cli::own::Own;
use crate::cli::{Failure, Outcome, Streams};
use crate::keeper::story_of;
use crate::report::results::{self, Head, Played};
use crate::story::Story;
use crate::team::Phase;
use crate::team::archive::{Archive, Passed};

pub(super) fn run(wanted: &Results, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let archive = read(wanted.at.code, own)?;
    let phase = archive.session.phase(archive.taken);
    if phase < Phase::Sealed && !wanted.now {
        return Err(Failure::cannot(format!(
            "session {} is {}, and what is shown now tells those who still play; seal it first, or say --now",
            wanted.at.code,
            phase.label()
        )));
    }
    let runs = counted(&archive);
    let stories = archive.rounds.iter().map(|round| {
        let source = archive.scenarios.iter().find(|source| source.hash == round.scenario);
        let story = source.and_then(|source| story_of(&round.scenario, &source.source));
        story.ok_or_else(|| {
            Failure::problem(format!("the store's copy of the scenario of round {} is damaged", round.number))
        })
    });
    let stories: Vec<Story> = stories.collect::<Result<_, _>>()?;
    let rounds: Vec<Played<'_>> =
        archive.rounds.iter().zip(&stories).map(|(round, story)| played(round.number, story, &runs)).collect();
    let players: HashSet<Uuid> = runs.iter().map(|run| run.player).collect();
    let head = Head {
        session: archive.session.code.to_string(),
        title: archive.session.title.clone(),
        phase: phase.id(),
        players: players.len(),
    };
    let told = results::Results::of(head, &rounds);
    let format = wanted.format;
    to(wanted.output.as_deref(), streams, |out| match format {
        ResultsFormat::Html => results::html(&told, out),
        ResultsFormat::Json => results::json(&told, out),
    })
}

/// The runs that count, those of nobody's too.
fn counted(archive: &Archive) -> Vec<&Passed> {
    let off: HashSet<Uuid> = archive.players.iter().filter(|member| member.removed).map(|member| member.id).collect();
    let counts = |run: &&Passed| run.ranked && !run.withdrawn && !off.contains(&run.player);
    archive.runs.iter().filter(counts).collect()
}

fn played<'s>(number: u8, story: &'s Story, runs: &[&Passed]) -> Played<'s> {
    let these = runs.iter().filter(|run| run.round == number);
    let (whole, numbers): (Vec<&Passed>, Vec<&Passed>) = these.partition(|run| run.record.is_some());
    let replayed = whole.iter().filter_map(|run| run.record.as_ref()?.replay(story).ok());
    Played { number, story, runs: replayed.collect(), numbers: numbers.len() }
}
