//! Runs to be exported, out of the store.

use std::path::Path;

use super::super::Failure;
use super::super::kept::Kept;
use crate::keeper::{meta, story_of};
use crate::record::Record;
use crate::report::export::Meta;
use crate::scenario::library::{Library, shown};
use crate::store::{KeptRun, Row, Store};
use crate::story::Story;
use crate::terms::RunState;

/// A run to be exported, wherever it comes from.
pub(super) struct Exportable {
    /// What to call it in errors; safe to print.
    pub(super) name: String,
    pub(super) story: Story,
    pub(super) record: Record,
    pub(super) meta: Meta,
    /// The first attempt, if it plays that again.
    pub(super) first: Option<Record>,
}

/// Fewer characters than this don't name a run: it may be a misspelled file.
const SHORTEST: usize = 4;

/// All runs that are meant and came to their ending, in the order in which they were begun.
pub(super) fn all(kept: &mut Kept, library: &Library) -> Result<Vec<Exportable>, Failure> {
    let ended: Vec<KeptRun> = kept.runs().filter(|run| run.state == RunState::Ended).cloned().collect();
    if ended.is_empty() {
        return Err(Failure::cannot("there is no run to export yet; \"ridealong history\" lists runs"));
    }
    ended.into_iter().map(|run| exportable(&run, kept, library)).collect()
}

/// The run whose id is this or begins with it.
pub(super) fn one(wanted: &Path, kept: &mut Kept, library: &Library) -> Result<Exportable, Failure> {
    let name = shown(wanted);
    let id = name.to_ascii_lowercase();
    let is_it = |row: &&Row| match row {
        Row::Good(run, _) => run.id.to_string().starts_with(&id),
        Row::Altered { id: there } => there.starts_with(&id),
    };
    let found: Vec<&Row> = kept.at_hand.rows.iter().filter(is_it).collect();
    let list = "\"ridealong history\" lists runs with their ids";
    match &found[..] {
        _ if id.len() < SHORTEST => Err(Failure::cannot(format!("{name} is no file and no run; {list}"))),
        [] => Err(Failure::cannot(format!("{name} is no file, and no run has this id; {list}"))),
        [Row::Good(run, _)] => {
            let run = run.as_ref().clone();
            exportable(&run, kept, library)
        }
        [Row::Altered { .. }] => {
            Err(Failure::problem(format!("run {name} was changed by another program and is not exported")))
        }
        many => Err(Failure::cannot(format!("{} runs begin with {name}; give more of the id; {list}", many.len()))),
    }
}

fn exportable(run: &KeptRun, kept: &mut Kept, library: &Library) -> Result<Exportable, Failure> {
    let name = format!("run {}", run.id);
    let story = story(run, kept, library)
        .ok_or_else(|| Failure::problem(format!("{name}: the story that it was played on is not at hand any more")))?;
    let first = run.first.and_then(|first| {
        let mut runs = kept.at_hand.rows.iter().filter_map(Row::run);
        runs.find(|other| other.id == first).map(|other| other.record.clone())
    });
    let meta = meta(run, kept.at_hand.rows.iter().filter_map(Row::run));
    Ok(Exportable { name, story, record: run.record.clone(), meta, first })
}

/// The story that a run was played on: the one at hand, if it is that version, or the file that was kept with the run.
fn story(run: &KeptRun, kept: &mut Kept, library: &Library) -> Option<Story> {
    let hash = run.record.hash.as_deref()?;
    let at_hand = library.find(&run.record.scenario).ok();
    let at_hand = at_hand.and_then(|entry| entry.scenario().cloned()).map(Story::new);
    at_hand.filter(|story| story.hash.to_string() == hash).or_else(|| {
        let source = kept.at_hand.store.as_mut()?.story(hash).ok()??;
        story_of(hash, &source)
    })
}
