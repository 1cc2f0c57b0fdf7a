//! What only playing a story shows its author: what nobody can meet, conditions that are never in doubt, and bots that
//! don't come apart.

mod bands;
mod conditions;
mod never;

use crate::diagnostic::{Code, Diagnostic};
use crate::prove::{Limits, Prover};
use crate::scenario::check::{Checked, Spot};
use crate::story::Story;

/// Stories of more scenes than this are not played here, so that a check stays quick.
const SCENES: usize = 100;
/// States that the exact analysis may go through for one question.
const STATES: u64 = 50_000;

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is.
    pub code: Code,
    /// What it is about.
    pub spot: Spot,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

/// What playing shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Only what is certain.
    pub found: Vec<Finding>,
    /// Whether that is all there is to find: the story was short enough to be gone through to the end.
    pub whole: bool,
}

/// What playing a story shows. A story that is too long for it gets nothing.
pub fn findings(story: &Story) -> Findings {
    if story.scenario.scenes.len() > SCENES {
        return Findings::default();
    }
    let limits = Limits { states: STATES, checked: true, ..Limits::of(&story.program) };
    let targets = Prover::new(&story.program, limits).targets();
    let (mut found, known) = never::met(story, &targets);
    let conditions = conditions::not_in_doubt(story, &targets);
    let whole = known && conditions.is_some();
    found.extend(conditions.unwrap_or_default());
    found.extend(bands::missed(story));
    Findings { found, whole }
}

/// What playing shows of a checked file beyond what was seen without: the author's exceptions left out, and told where
/// nothing is found for them.
pub fn by_playing(checked: &Checked) -> Vec<Diagnostic> {
    let (Some(scenario), Some(places)) = (checked.scenario(), checked.places()) else {
        return Vec::new();
    };
    let Findings { found, whole } = findings(&Story::new(scenario.clone()));
    let unused = if whole {
        places.unused(Code::PLAYED, found.iter().map(|finding| (finding.code, finding.spot)))
    } else {
        Vec::new()
    };
    let told = found.into_iter().filter(|finding| !places.allows(finding.code, finding.spot));
    let diagnostics =
        told.map(|Finding { code, spot, message, help }| Diagnostic::new(code, places.span(spot), message).help(help));
    diagnostics.filter(|diagnostic| !is_known(checked, diagnostic)).chain(unused).collect()
}

/// Whether as much was seen without playing.
fn is_known(checked: &Checked, diagnostic: &Diagnostic) -> bool {
    const SEEN: [Code; 4] =
        [Code::UnreachableScene, Code::UnreachableEnding, Code::NeedlessCondition, Code::UnusedExit];
    checked.diagnostics().iter().any(|known| SEEN.contains(&known.code) && known.span == diagnostic.span)
}
