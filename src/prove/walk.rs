//! From a choice to the next decision or ending, with every draw taken every way.
//!
//! The same rules as in play (`engine::state`), for many states at once; the tests hold the two together.

use super::facts::Facts;
use super::view::{Truth, View};
use crate::engine::Place;
use crate::engine::program::{Program, Target};
use crate::terms::{Effect, Meters};

/// More ways than this through passages without tests of meters are walked anew each time.
const WAYS: usize = 64;

/// What is met on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// A scene is entered.
    Scene(u32),
    /// An echo sounds, by its place in the program.
    Echo(u32),
    /// An echo doesn't.
    Silent(u32),
    /// A passage is left with these meters.
    Passed(u32, Meters),
    /// The story ends.
    Ending(u32),
}

/// Walks on from a target; calls `end` for every place that can be arrived at, `see` for what is met on the way.
pub(super) fn walk(
    program: &Program,
    facts: &Facts,
    (meters, from): (Meters, &[Target]),
    mut see: impl FnMut(Sight),
    mut end: impl FnMut(Place, Meters),
) {
    let mut open: Vec<(Target, Meters, usize)> = from.iter().map(|target| (*target, meters, 0)).collect();
    let mut drawn: Vec<(Target, Meters, usize)> = Vec::new();
    while let Some((target, mut meters, hops)) = open.pop() {
        let scene = match target {
            Target::Scene(scene) => scene,
            Target::Ending(ending) => {
                see(Sight::Ending(ending));
                end(Place::Ending(ending), meters);
                continue;
            }
        };
        if hops > program.scenes.len() {
            end(Place::Nowhere, meters);
            continue;
        }
        see(Sight::Scene(scene));
        let here = &program.scenes[scene as usize];
        for (at, echo) in (here.echoes.start..).zip(&program.echoes[here.echoes.range()]) {
            if View::whole(facts, meters).truth(program, echo.when) == Truth::Yes {
                see(Sight::Echo(at));
                meters = meters.after(echo.effect);
            } else {
                see(Sight::Silent(at));
            }
        }
        if !here.options.is_empty() {
            end(Place::Scene(scene), meters);
            continue;
        }
        see(Sight::Passed(scene, meters));
        let before = open.len();
        View::whole(facts, meters).targets(program, here.exits, |to| open.push((to, meters, hops + 1)));
        if open.len() > before + 1 {
            // Ways part and may meet again: each is walked once.
            for at in (before..open.len()).rev() {
                if drawn.contains(&open[at]) {
                    open.swap_remove(at);
                } else {
                    drawn.push(open[at]);
                }
            }
        }
    }
}

/// Where a choice leads, as far as the facts tell.
#[derive(Clone, Debug)]
pub(super) enum Onward {
    /// No meter is asked on the way: the effects of echoes, and the place, for each way that draws can go.
    Settled(Vec<(Vec<Effect>, Place)>),
    /// Meters are asked: every place that could be arrived at.
    Tested(Vec<Place>),
}

impl Onward {
    /// On from these targets; `None` for facts that aren't known.
    pub(super) fn from(program: &Program, facts: Option<&Facts>, from: &[Target]) -> Self {
        facts
            .and_then(|facts| Self::settled(program, facts, from))
            .map_or_else(|| Self::Tested(places(program, facts, from)), Self::Settled)
    }

    /// On from targets between which meters decide.
    pub(super) fn unsettled(program: &Program, facts: &Facts, from: &[Target]) -> Self {
        Self::Tested(places(program, Some(facts), from))
    }

    fn settled(program: &Program, facts: &Facts, from: &[Target]) -> Option<Vec<(Vec<Effect>, Place)>> {
        let view = View::facts(Some(facts));
        let mut ends = Vec::new();
        let mut open: Vec<(Target, Vec<Effect>, usize)> = from.iter().map(|to| (*to, Vec::new(), 0)).collect();
        while let Some((target, mut effects, hops)) = open.pop() {
            let place = match target {
                Target::Ending(ending) => Some(Place::Ending(ending)),
                Target::Scene(_) if hops > program.scenes.len() => Some(Place::Nowhere),
                Target::Scene(scene) => {
                    let here = &program.scenes[scene as usize];
                    for echo in &program.echoes[here.echoes.range()] {
                        match view.truth(program, echo.when) {
                            Truth::No => {}
                            Truth::Maybe => return None,
                            Truth::Yes => effects.push(echo.effect),
                        }
                    }
                    if here.options.is_empty() {
                        let settled =
                            view.targets(program, here.exits, |to| open.push((to, effects.clone(), hops + 1)));
                        if !settled || open.len() > WAYS {
                            return None;
                        }
                        None
                    } else {
                        Some(Place::Scene(scene))
                    }
                }
            };
            if let Some(place) = place {
                ends.push((effects, place));
                if ends.len() > WAYS {
                    return None;
                }
            }
        }
        ends.dedup();
        Some(ends)
    }
}

/// Every place that could be arrived at, whatever the meters.
fn places(program: &Program, facts: Option<&Facts>, from: &[Target]) -> Vec<Place> {
    let view = View::facts(facts);
    let (mut ends, mut met) = (Vec::new(), Vec::new());
    let mut open = from.to_vec();
    let mut again = false;
    while let Some(target) = open.pop() {
        let place = match target {
            Target::Ending(ending) => Place::Ending(ending),
            Target::Scene(scene) => {
                let here = &program.scenes[scene as usize];
                if here.options.is_empty() {
                    if met.contains(&scene) {
                        again = true;
                    } else {
                        met.push(scene);
                        view.targets(program, here.exits, |to| open.push(to));
                    }
                    continue;
                }
                Place::Scene(scene)
            }
        };
        if !ends.contains(&place) {
            ends.push(place);
        }
    }
    // A passage was met twice: it may have been by going round.
    if again {
        ends.push(Place::Nowhere);
    }
    ends
}
