//! Where a scenario's parts stand in its file, and which findings the author allows there: what any check needs that
//! works on the finished scenario and still has to point into the file.

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::file::{At, Condition, File, Goto, Scene, Written};

/// A part of a scenario, by its place in the scenario's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Spot {
    /// The story as a whole.
    Story,
    /// A scene.
    Scene(usize),
    /// An option: its scene, and its place there.
    Option(usize, usize),
    /// The condition of an option.
    When(usize, usize),
    /// The condition of an echo: its scene, and its place there.
    Echo(usize, usize),
    /// The condition of an entry of a goto: its scene, the option that is left by it (none in a passage), and its place.
    Exit(usize, Option<usize>, usize),
    /// An ending.
    Ending(usize),
    /// The condition of an ending's line.
    Line(usize, usize),
}

impl Spot {
    /// What it is a part of.
    pub(super) const fn within(self) -> Option<Self> {
        Some(match self {
            Self::Story => return None,
            Self::Scene(_) | Self::Ending(_) => Self::Story,
            Self::Option(scene, _) | Self::Echo(scene, _) | Self::Exit(scene, None, _) => Self::Scene(scene),
            Self::When(scene, option) | Self::Exit(scene, Some(option), _) => Self::Option(scene, option),
            Self::Line(ending, _) => Self::Ending(ending),
        })
    }

    /// It and everything that it is a part of.
    pub(super) fn and_around(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |spot| spot.within())
    }
}

/// Where everything stands.
#[derive(Clone, Debug)]
pub struct Places {
    story: Place,
    scenes: Vec<ScenePlace>,
    /// Endings, with the conditions of their lines.
    endings: Vec<(Place, Vec<Range<usize>>)>,
}

/// Where a scene and its parts stand.
#[derive(Clone, Debug)]
struct ScenePlace {
    place: Place,
    echoes: Vec<Range<usize>>,
    /// The conditions of its goto, if it has one.
    exits: Vec<Range<usize>>,
    options: Vec<OptionPlace>,
}

/// Where an option and its parts stand.
#[derive(Clone, Debug)]
struct OptionPlace {
    place: Place,
    when: Range<usize>,
    /// The conditions of its own goto; nothing if it has none.
    exits: Option<Vec<Range<usize>>>,
}

/// Where something stands: its id, or its header where it has none; and what is allowed there.
#[derive(Clone, Debug)]
struct Place {
    span: Range<usize>,
    allow: Vec<At<Code>>,
}

impl Place {
    fn new(span: &Range<usize>, id: Option<&At<String>>, allow: &[At<Code>]) -> Self {
        Self { span: id.map_or_else(|| span.clone(), |id| id.span.clone()), allow: allow.to_vec() }
    }

    fn allows(&self, code: Code) -> bool {
        self.allow.iter().any(|allowed| allowed.value == code)
    }
}

/// Where a condition stands, or what would have it.
fn condition(when: Option<&Condition>, of: &Range<usize>) -> Range<usize> {
    when.map_or_else(|| of.clone(), |when| when.span.clone())
}

/// Where the conditions of a goto stand.
fn exits(goto: &Written<Goto>) -> Option<Vec<Range<usize>>> {
    let Written::Yes(goto) = goto else {
        return None;
    };
    Some(goto.exits.iter().map(|exit| condition(exit.when.as_ref(), &exit.span)).collect())
}

impl ScenePlace {
    fn of(scene: &Scene) -> Self {
        let options = scene.options.iter().map(|option| OptionPlace {
            place: Place::new(&option.span, option.id.as_ref(), &option.allow),
            when: condition(option.when.as_ref(), &option.span),
            exits: exits(&option.goto),
        });
        Self {
            place: Place::new(&scene.span, scene.id.as_ref(), &scene.allow),
            echoes: scene.echoes.iter().map(|echo| condition(echo.when.as_ref(), &scene.span)).collect(),
            exits: exits(&scene.goto).unwrap_or_default(),
            options: options.collect(),
        }
    }
}

impl Places {
    pub(super) fn of(file: &File) -> Self {
        let endings = file.endings.iter().map(|ending| {
            let lines = ending.lines.iter().map(|line| condition(line.when.as_ref(), &ending.span));
            (Place::new(&ending.span, ending.id.as_ref(), &[]), lines.collect())
        });
        Self {
            story: Place::new(&file.span, None, &file.allow),
            scenes: file.scenes.iter().map(ScenePlace::of).collect(),
            endings: endings.collect(),
        }
    }

    /// Where a part stands, in bytes: the value of its id; for the story its first line. The start of the file for what
    /// isn't there.
    pub fn span(&self, spot: Spot) -> Range<usize> {
        self.find(spot).cloned().unwrap_or(0..0)
    }

    fn find(&self, spot: Spot) -> Option<&Range<usize>> {
        match spot {
            Spot::Story | Spot::Scene(_) | Spot::Option(..) | Spot::Ending(_) => {
                self.place(spot).map(|place| &place.span)
            }
            Spot::When(scene, option) => self.scenes.get(scene)?.options.get(option).map(|option| &option.when),
            Spot::Echo(scene, echo) => self.scenes.get(scene)?.echoes.get(echo),
            Spot::Exit(scene, option, exit) => {
                let scene = self.scenes.get(scene)?;
                let own = option.and_then(|option| scene.options.get(option)?.exits.as_ref());
                own.unwrap_or(&scene.exits).get(exit)
            }
            Spot::Line(ending, line) => self.endings.get(ending)?.1.get(line),
        }
    }

    /// Whether the author allows such a finding at this spot: there, or in what it is a part of.
    pub fn allows(&self, code: Code, spot: Spot) -> bool {
        spot.and_around().any(|spot| self.place(spot).is_some_and(|place| place.allows(code)))
    }

    fn place(&self, spot: Spot) -> Option<&Place> {
        match spot {
            Spot::Story => Some(&self.story),
            Spot::Scene(scene) => self.scenes.get(scene).map(|scene| &scene.place),
            Spot::Option(scene, option) => self.scenes.get(scene)?.options.get(option).map(|option| &option.place),
            Spot::Ending(ending) => self.endings.get(ending).map(|(place, _)| place),
            Spot::When(..) | Spot::Echo(..) | Spot::Exit(..) | Spot::Line(..) => None,
        }
    }

    /// Everything that is allowed, where, and where that is written.
    fn allowed(&self) -> impl Iterator<Item = (Spot, &At<Code>)> {
        let scenes = self.scenes.iter().enumerate().flat_map(|(scene, ScenePlace { place, options, .. })| {
            let options = options.iter().enumerate();
            let options = options.map(move |(at, option)| (Spot::Option(scene, at), &option.place));
            std::iter::once((Spot::Scene(scene), place)).chain(options)
        });
        let places = std::iter::once((Spot::Story, &self.story)).chain(scenes);
        places.flat_map(|(spot, place)| place.allow.iter().map(move |allowed| (spot, allowed)))
    }

    /// Reports what is allowed of these codes and isn't there. `found` is what was found, allowed or not.
    pub fn unused(&self, codes: &[Code], found: impl Iterator<Item = (Code, Spot)>) -> Vec<Diagnostic> {
        let there: HashSet<(Code, Spot)> =
            found.flat_map(|(code, spot)| spot.and_around().map(move |spot| (code, spot))).collect();
        let idle = |(spot, allowed): &(Spot, &At<Code>)| {
            codes.contains(&allowed.value) && !there.contains(&(allowed.value, *spot))
        };
        let tell = |(_, allowed): (Spot, &At<Code>)| {
            let message = format!("nothing is found here that `{}` would allow", allowed.value.id());
            let help = "take it out; if it stands too deep or too high, move it";
            Diagnostic::new(Code::UnusedAllow, allowed.span.clone(), message).help(help)
        };
        self.allowed().filter(idle).map(tell).collect()
    }
}
