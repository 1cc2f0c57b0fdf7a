//! A run carried over to another version of its story: its choices again, by the ids of their options, as far as they
//! lead.

use super::Story;
use crate::engine::{Chosen, Place, Run, Seed};

/// A run in another version of its story.
#[derive(Clone, Debug)]
pub struct Carried {
    /// The run as far as it could be made again, with the seed that it had.
    pub run: Run,
    /// How many choices that were.
    pub kept: usize,
    /// The option at which it stopped, if it did.
    pub stopped: Option<String>,
}

impl Carried {
    /// Makes a run of `old` again in `new`.
    pub fn over(old: &Story, run: &Run, new: &Story) -> Self {
        let mut carried = Self { run: new.begin(run.seed()), kept: 0, stopped: None };
        for step in run.steps() {
            let Some(option) = old.option(step.scene, step.chosen) else { break };
            let again = carried.place_of(old, step.scene, &option.id, new);
            if again.is_none_or(|chosen| carried.run.choose(&new.program, chosen).is_err()) {
                carried.stopped = Some(option.id.clone());
                break;
            }
            carried.kept += 1;
        }
        carried
    }

    /// Makes choices again in `new`, where nothing but the ids of their options is known.
    pub fn by_ids(seed: Seed, choices: &[String], new: &Story) -> Self {
        let mut carried = Self { run: new.begin(seed), kept: 0, stopped: None };
        for id in choices {
            let offered = new.offered(&carried.run);
            let chosen = offered.iter().find(|offer| offer.option.id == *id).map(|offer| offer.chosen);
            if chosen.is_none_or(|chosen| carried.run.choose(&new.program, chosen).is_err()) {
                carried.stopped = Some(id.clone());
                break;
            }
            carried.kept += 1;
        }
        carried
    }

    /// Where the option stands in the scene that the run has come to. A scene may have another id now; but where the
    /// old one is still there, another scene is another place, and an option of the same name another option.
    fn place_of(&self, old: &Story, scene: u32, option: &str, new: &Story) -> Option<Chosen> {
        let Place::Scene(here) = self.run.state().place else { return None };
        let here = new.scenario.scenes.get(here as usize)?;
        let there = old.scenario.scenes.get(scene as usize)?;
        if here.id != there.id && new.scenario.scenes.iter().any(|scene| scene.id == there.id) {
            return None;
        }
        let place = match &here.kind {
            crate::scenario::SceneKind::Decision(decision) => {
                decision.options.iter().position(|each| each.id == option)
            }
            crate::scenario::SceneKind::Passage(_) => None,
        };
        place.and_then(|place| u8::try_from(place).ok()).map(Chosen)
    }
}
