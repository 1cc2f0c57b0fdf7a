//! A run in the order in which it is told: consequence, passage, decision, ending, each with the meters as they stand.
//!
//! The engine says what happened; here it is cut into the moments that a player meets one after the other, the same
//! for every way of showing them.

use super::Story;
use crate::engine::{Event, Run, Step};
use crate::terms::{Effect, Meters};

/// Something that the player is told, and then goes on from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// What is told.
    pub told: Told,
    /// Echoes that sound, by their place in the program, with what each moved.
    pub echoes: Vec<(u32, Effect)>,
    /// The meters before it.
    pub before: Meters,
    /// The meters after it.
    pub after: Meters,
}

/// What a moment tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// What the choice did: the insights found, by number.
    Consequence {
        /// Insights found, by number.
        learned: Vec<u32>,
    },
    /// A scene that asks nothing.
    Passage(u32),
    /// A scene to decide in.
    Decision(u32),
    /// How it came out.
    Ending(u32),
}

/// What is told before the first decision.
pub fn opening(story: &Story, run: &Run) -> Vec<Moment> {
    let moments = moments(Vec::new(), story.scenario.start.meters, run.opening());
    worth_telling(story, moments)
}

/// What is told after a decision: its consequence first, the next decision or the ending last.
pub fn after(story: &Story, step: &Step) -> Vec<Moment> {
    let consequence = Moment {
        told: Told::Consequence { learned: Vec::new() },
        echoes: Vec::new(),
        before: step.before,
        after: step.before,
    };
    worth_telling(story, moments(vec![consequence], step.before, &step.events))
}

fn moments(mut moments: Vec<Moment>, mut meters: Meters, events: &[Event]) -> Vec<Moment> {
    for event in events {
        match *event {
            Event::Moved(change) => {
                meters = meters.moved(change);
                if let Some(moment) = moments.last_mut() {
                    moment.after = meters;
                }
            }
            Event::Learned(insight) => {
                if let Some(Moment { told: Told::Consequence { learned }, .. }) = moments.last_mut() {
                    learned.push(insight);
                }
            }
            Event::Remembered(_) => {}
            Event::Entered(scene) => moments.push(plain(Told::Passage(scene), meters)),
            Event::Echoed(echo, change) => {
                meters = meters.moved(change);
                if let Some(moment) = moments.last_mut() {
                    moment.echoes.push((echo, change));
                    moment.after = meters;
                }
            }
            Event::Ended(ending) => moments.push(plain(Told::Ending(ending), meters)),
        }
    }
    moments
}

fn plain(told: Told, meters: Meters) -> Moment {
    Moment { told, echoes: Vec::new(), before: meters, after: meters }
}

/// Leaves out passages that say nothing, and knows decisions from passages.
fn worth_telling(story: &Story, moments: Vec<Moment>) -> Vec<Moment> {
    moments
        .into_iter()
        .filter_map(|moment| match moment.told {
            Told::Passage(scene) if !story.program.scenes[scene as usize].options.is_empty() => {
                Some(Moment { told: Told::Decision(scene), ..moment })
            }
            Told::Passage(scene) => {
                let silent = story.scenario.scenes[scene as usize].text.is_empty() && moment.echoes.is_empty();
                (!silent).then_some(moment)
            }
            Told::Consequence { .. } | Told::Decision(_) | Told::Ending(_) => Some(moment),
        })
        .collect()
}
