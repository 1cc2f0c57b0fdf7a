//! Bots that don't come apart.

use std::time::Duration;

use super::Finding;
use crate::diagnostic::Code;
use crate::prove::policies::Policy;
use crate::prove::simulate::Simulation;
use crate::report::{BandResult, Simulated};
use crate::scenario::SceneKind;
use crate::scenario::check::Spot;
use crate::story::Story;

/// Fewer decisions than this can't tell bots apart.
const DECISIONS: usize = 6;
/// Plays of each bot, and their seed.
const PLAYS: (u64, u64) = (1000, 1);

/// Bands of the scoring that the bots miss.
pub(super) fn missed(story: &Story) -> Vec<Finding> {
    let decides = |kind: &SceneKind| matches!(kind, SceneKind::Decision(_));
    if story.scenario.scenes.iter().filter(|scene| decides(&scene.kind)).count() < DECISIONS {
        return Vec::new();
    }
    let (plays, seed) = PLAYS;
    let simulation = Simulation::new(story, seed);
    let played: Vec<_> = Policy::ALL
        .iter()
        .map(|policy| {
            let plays = plays.max(simulation.at_least(*policy));
            (*policy, simulation.play(*policy, 0..plays, 1), Duration::ZERO)
        })
        .collect();
    let missed = Simulated::of(story, seed, &played).bands.into_iter().filter(|band| !band.holds);
    let finding = |band: BandResult| Finding {
        code: Code::OutsideBand,
        spot: Spot::Story,
        message: format!("{}, {}: {}, where {} is wanted", band.policy, band.measure, band.value, band.wanted()),
        help: "`ridealong simulate` shows all bots; look at the keys, and at what taking over brings",
    };
    missed.map(finding).collect()
}
