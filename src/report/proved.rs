//! A proof as data: what `prove --json` prints. Its keys are a promise; new ones may be added.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use crate::engine::Chosen;
use crate::prove::{Proof, Reach, Summit, Witness};
use crate::story::Story;

/// What was proven of a story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proved<'s> {
    /// The scenario's id.
    pub scenario: &'s str,
    /// Whether every question is answered for good.
    pub complete: bool,
    /// States gone through.
    pub states: u64,
    /// How long it took.
    pub seconds: f64,
    /// Best and worst score.
    pub score: Range<'s>,
    /// Highest and lowest final trust.
    pub trust: Numbers,
    /// Endings by id.
    pub endings: BTreeMap<&'s str, Ending<'s>>,
    /// Scenes that no play comes to.
    pub unreachable_scenes: Vec<&'s str>,
    /// Options that are open in no play, as `scene/option`.
    pub never_open: Vec<String>,
    /// Echoes that sound in no play, as `scene#number`.
    pub never_heard: Vec<String>,
    /// Scenes where every option can be closed.
    pub stuck: Vec<&'s str>,
    /// Scenes from which a play can go on for ever.
    pub endless: Vec<&'s str>,
    /// What was neither shown nor ruled out: scenes, options, echoes.
    pub unknown: Vec<String>,
}

/// Best and worst of the score; null if no play ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Range<'s> {
    /// The best.
    pub best: Option<Road<'s>>,
    /// The worst.
    pub worst: Option<Road<'s>>,
}

/// A score and the road to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Road<'s> {
    /// What the road comes to, 0 to 100.
    pub value: u64,
    /// What the best is at most, if it isn't proven to be `value`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u64>,
    /// What the worst is at least, if it isn't proven to be `value`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u64>,
    /// A seed with which it is so; null if it takes so much luck that none was found.
    pub seed: Option<u64>,
    /// The ids of the options.
    pub choices: Vec<&'s str>,
}

/// Best and worst of the final trust, 0 to 100; null if no play ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Numbers {
    /// The highest found.
    pub best: Option<u64>,
    /// What it is at most, if that isn't it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u64>,
    /// The lowest found.
    pub worst: Option<u64>,
    /// What it is at least, if that isn't it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u64>,
}

/// Whether an ending can be come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ending<'s> {
    /// Null if that is not known.
    pub reachable: Option<bool>,
    /// A seed with which the choices lead there, if there are choices.
    pub seed: Option<u64>,
    /// The ids of the options that lead there.
    pub choices: Vec<&'s str>,
}

impl<'s> Proved<'s> {
    /// What was proven, in so much time.
    pub fn of(story: &'s Story, proof: &Proof, took: Duration) -> Self {
        let scenario = &story.scenario;
        let targets = &proof.targets;
        let where_is = |list: &[Reach], wanted: Option<bool>| -> Vec<&'s str> {
            let found = scenario.scenes.iter().zip(list).filter(|(_, reach)| reach.known() == wanted);
            found.map(|(scene, _)| scene.id.as_str()).collect()
        };
        let options = |wanted: Option<bool>| options(story, &targets.options, wanted);
        let echoes = |wanted: Option<bool>| echoes(story, &targets.echoes, wanted);
        let mut unknown: Vec<String> = where_is(&targets.scenes, None).into_iter().map(str::to_owned).collect();
        unknown.extend(options(None));
        unknown.extend(echoes(None));
        let trust = |summit: &Option<Summit>, bound: bool| {
            let summit = summit.as_ref().filter(|summit| !bound || !summit.complete);
            summit.map(|summit| if bound { summit.bound.round() } else { summit.reached.round() })
        };
        let endings = scenario.endings.iter().zip(&targets.endings);
        Self {
            scenario: &scenario.id,
            complete: proof.complete,
            states: proof.states,
            seconds: took.as_secs_f64(),
            score: Range {
                best: proof.best.as_ref().map(|best| Road::of(story, best, true)),
                worst: proof.worst.as_ref().map(|worst| Road::of(story, worst, false)),
            },
            trust: Numbers {
                best: trust(&proof.most_trust, false),
                at_most: trust(&proof.most_trust, true),
                worst: trust(&proof.least_trust, false),
                at_least: trust(&proof.least_trust, true),
            },
            endings: endings.map(|(ending, reach)| (&*ending.id, Ending::of(story, proof, *reach))).collect(),
            unreachable_scenes: where_is(&targets.scenes, Some(false)),
            never_open: options(Some(false)),
            never_heard: echoes(Some(false)),
            stuck: where_is(&targets.stuck, Some(true)),
            endless: where_is(&targets.endless, Some(true)),
            unknown,
        }
    }

    /// Whether anything is there that should be mended.
    pub fn has_problems(&self) -> bool {
        let lists = [&self.unreachable_scenes, &self.stuck, &self.endless];
        lists.iter().any(|list| !list.is_empty())
            || !self.never_open.is_empty()
            || !self.never_heard.is_empty()
            || self.endings.values().any(|ending| ending.reachable == Some(false))
    }

    /// As one JSON document.
    pub fn to_json(&self) -> String {
        // Strings, finite numbers and lists only: writing them to memory cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl<'s> Road<'s> {
    fn of(story: &'s Story, summit: &Summit, best: bool) -> Self {
        let bound = (!summit.complete).then(|| summit.bound.round());
        Self {
            value: summit.reached.round(),
            at_most: bound.filter(|_| best),
            at_least: bound.filter(|_| !best),
            seed: summit.witness.seed.map(|seed| seed.0),
            choices: choices(story, &summit.witness),
        }
    }
}

impl<'s> Ending<'s> {
    fn of(story: &'s Story, proof: &Proof, reach: Reach) -> Self {
        let witness = proof.witness(reach);
        Self {
            reachable: reach.known(),
            seed: witness.as_ref().and_then(|witness| witness.seed).map(|seed| seed.0),
            choices: witness.map(|witness| choices(story, &witness)).unwrap_or_default(),
        }
    }
}

/// The ids of a play's choices.
fn choices<'s>(story: &'s Story, witness: &Witness) -> Vec<&'s str> {
    let made = witness.scenes.iter().zip(&witness.choices);
    made.filter_map(|(scene, chosen)| story.option(*scene, *chosen)).map(|option| option.id.as_str()).collect()
}

fn options(story: &Story, list: &[Reach], wanted: Option<bool>) -> Vec<String> {
    let mut found = Vec::new();
    for (scene, here) in (0..).zip(&story.program.scenes) {
        for (place, at) in (0..).zip(here.options.range()) {
            if list.get(at).is_some_and(|reach| reach.known() == wanted)
                && let Some(option) = story.option(scene, Chosen(place))
                && let Some(scene) = story.scenario.scenes.get(scene as usize)
            {
                found.push(format!("{}/{}", scene.id, option.id));
            }
        }
    }
    found
}

fn echoes(story: &Story, list: &[Reach], wanted: Option<bool>) -> Vec<String> {
    let scenes = story.scenario.scenes.iter().zip(&story.program.scenes);
    let of_scene = |(scene, here): (&crate::scenario::Scene, &crate::engine::program::Scene)| {
        let here = (1..).zip(here.echoes.range());
        let found = here.filter(|(_, at)| list.get(*at).is_some_and(|reach| reach.known() == wanted));
        found.map(|(number, _)| format!("{}#{number}", scene.id)).collect::<Vec<String>>()
    };
    scenes.flat_map(of_scene).collect()
}
