//! What is told of what happened: the engine's events, put back into the scenario's words.
//!
//! Says what is told and in which order, not how it looks: screens, the plain player and reports do that.

use super::Story;
use crate::engine::{Chosen, Event, Place, Run, State, Step};
use crate::scenario::{Condition, Decision, Echo, Ending, Fact, Scene, SceneKind, SceneOption};
use crate::terms::Meters;
use crate::text::Text;

/// A scene that was entered: a passage on the way, or the next decision. Its echoes are told before its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered<'s> {
    /// The scene's place in the scenario.
    pub at: u32,
    /// The scene.
    pub scene: &'s Scene,
    /// The echoes that sounded on entering, in order.
    pub echoes: Vec<Sounded<'s>>,
}

/// An echo that sounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sounded<'s> {
    /// The echo.
    pub echo: &'s Echo,
    /// The meters before it.
    pub before: Meters,
    /// The meters after it.
    pub after: Meters,
}

/// What followed from a choice, up to the next decision or the ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aftermath<'s> {
    /// What was chosen; its `then` is the consequence, its `why` and `why_rule` the comment.
    pub option: &'s SceneOption,
    /// The meters when the decision was made.
    pub before: Meters,
    /// The meters after the choice itself, before what came on the way.
    pub after: Meters,
    /// Insights found that weren't known.
    pub learned: Vec<&'s Fact>,
    /// Flags set that weren't.
    pub remembered: Vec<&'s Fact>,
    /// Passages told on the way and, last, the next decision, if there is one.
    pub entered: Vec<Entered<'s>>,
    /// The ending, if it came to one.
    pub ending: Option<&'s Ending>,
}

/// An option as it is offered at a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offered<'s> {
    /// Its place in the scene; what [`Run::choose`] takes.
    pub chosen: Chosen,
    /// The option.
    pub option: &'s SceneOption,
    /// Why it can't be chosen; nothing if it is open.
    pub closed: Option<&'s str>,
}

/// Said of an option that can be chosen only once, and was.
const DONE: &str = "you have done this already";

impl Story {
    /// What is told before the first decision: passages, if any, and the first decision's scene.
    pub fn opening<'s>(&'s self, run: &Run) -> Vec<Entered<'s>> {
        self.entered(run.opening(), self.program.meters)
    }

    /// What followed from a decision. Nothing if the step is of another story.
    pub fn aftermath<'s>(&'s self, step: &Step) -> Option<Aftermath<'s>> {
        let option = self.option(step.scene, step.chosen)?;
        let mut told = Aftermath {
            option,
            before: step.before,
            after: step.after,
            learned: Vec::new(),
            remembered: Vec::new(),
            entered: self.entered(&step.events, step.after),
            ending: None,
        };
        for event in &step.events {
            match *event {
                Event::Learned(insight) => told.learned.extend(self.scenario.insights.get(insight as usize)),
                Event::Remembered(flag) => told.remembered.extend(self.scenario.flags.get(flag as usize)),
                Event::Ended(ending) => told.ending = self.scenario.endings.get(ending as usize),
                Event::Moved(_) | Event::Entered(_) | Event::Echoed(..) => {}
            }
        }
        Some(told)
    }

    fn entered<'s>(&'s self, events: &[Event], mut meters: Meters) -> Vec<Entered<'s>> {
        let mut entered: Vec<Entered<'s>> = Vec::new();
        for event in events {
            match *event {
                Event::Entered(at) => {
                    let scene = self.scenario.scenes.get(at as usize);
                    entered.extend(scene.map(|scene| Entered { at, scene, echoes: Vec::new() }));
                }
                Event::Echoed(echo, _) => {
                    if let Some(here) = entered.last_mut()
                        && let Some(echo) = self.echo(here.at, echo)
                    {
                        let before = meters;
                        meters = before.after(echo.effect);
                        here.echoes.push(Sounded { echo, before, after: meters });
                    }
                }
                Event::Moved(_) | Event::Learned(_) | Event::Remembered(_) | Event::Ended(_) => {}
            }
        }
        entered
    }

    /// The scene and the decision that a run stands at; nothing once it has ended.
    pub fn standing_at(&self, run: &Run) -> Option<(&Scene, &Decision)> {
        let Place::Scene(at) = run.state().place else {
            return None;
        };
        let scene = self.scenario.scenes.get(at as usize)?;
        match &scene.kind {
            SceneKind::Decision(decision) => Some((scene, decision)),
            SceneKind::Passage(_) => None,
        }
    }

    /// The options of the decision that a run stands at, in the order in which they are shown; none once it has ended.
    pub fn offered(&self, run: &Run) -> Vec<Offered<'_>> {
        let Some((_, decision)) = self.standing_at(run) else {
            return Vec::new();
        };
        let offer = |chosen: Chosen| {
            let option = decision.options.get(usize::from(chosen.0))?;
            Some(Offered { chosen, option, closed: self.closed_reason(run.state(), chosen) })
        };
        run.shown_order(&self.program).into_iter().filter_map(offer).collect()
    }

    /// Why an option can't be chosen in a state, as the player reads it; nothing if it is open.
    pub fn closed_reason(&self, state: &State, chosen: Chosen) -> Option<&str> {
        let Place::Scene(scene) = state.place else {
            return None;
        };
        let option = self.option(scene, chosen)?;
        let open = self.program.open(state) & (1 << chosen.0) != 0;
        // The author's reason speaks of the `when`; where there is none, of the choice being spent.
        let spent = option.once && holds(&option.when, state);
        match option.closed.as_str() {
            _ if open => None,
            "" if spent => Some(DONE),
            "" => Some("not open to you now"),
            _ if spent && !option.when.is_empty() => Some(DONE),
            why => Some(why),
        }
    }

    /// The ending that a run came to.
    pub fn ended_at(&self, run: &Run) -> Option<&Ending> {
        let (ending, _) = run.ending(&self.program)?;
        self.scenario.endings.get(ending as usize)
    }

    /// The lines added to an ending: those whose condition holds at the end, in the file's order.
    pub fn ending_lines<'s>(&self, ending: &'s Ending, state: &State) -> Vec<&'s Text> {
        ending.lines.iter().filter(|line| holds(&line.when, state)).map(|line| &line.text).collect()
    }

    /// The insights known in a state, in the file's order.
    pub fn found(&self, state: &State) -> Vec<&Fact> {
        let known = (0..).zip(&self.scenario.insights);
        known.filter(|(at, _)| state.knows(*at)).map(|(_, insight)| insight).collect()
    }

    /// The flags set in a state, in the file's order.
    pub fn remembered(&self, state: &State) -> Vec<&Fact> {
        let set = (0..).zip(&self.scenario.flags);
        set.filter(|(at, _)| state.has_flag(*at)).map(|(_, flag)| flag).collect()
    }
}

/// Whether a condition holds in a state: the scenario's form of what the program tests.
pub fn holds(when: &Condition, state: &State) -> bool {
    let found = u8::try_from(state.found()).unwrap_or(u8::MAX);
    when.meters.iter().all(|(meter, bounds)| bounds.hold(state.meters.get(*meter)))
        && when.insights.is_none_or(|bounds| bounds.hold(found))
        && when.knows.iter().all(|insight| state.knows(insight.0))
        && when.flags.iter().all(|flag| state.has_flag(flag.0))
        && !when.without.iter().any(|flag| state.has_flag(flag.0))
        && when.any.iter().all(|group| group.iter().any(|each| holds(each, state)))
}
