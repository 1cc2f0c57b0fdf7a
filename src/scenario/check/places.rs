//! Where a scenario's parts stand in its file, and which findings the author allows there: what any check needs that
//! works on the finished scenario and still has to point into the file.

use std::ops::Range;

use crate::diagnostic::Code;
use crate::scenario::file::{At, File};

/// A part of a scenario, by its place in the scenario's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Spot {
    /// The story as a whole.
    Story,
    /// A scene.
    Scene(usize),
    /// An option: its scene, and its place there.
    Option(usize, usize),
    /// An ending.
    Ending(usize),
}

/// Where everything stands.
#[derive(Clone, Debug)]
pub struct Places {
    story: Place,
    scenes: Vec<(Place, Vec<Place>)>,
    endings: Vec<Place>,
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

impl Places {
    pub(super) fn of(file: &File) -> Self {
        let scenes = file.scenes.iter().map(|scene| {
            let options =
                scene.options.iter().map(|option| Place::new(&option.span, option.id.as_ref(), &option.allow));
            (Place::new(&scene.span, scene.id.as_ref(), &scene.allow), options.collect())
        });
        Self {
            story: Place::new(&file.span, None, &file.allow),
            scenes: scenes.collect(),
            endings: file.endings.iter().map(|ending| Place::new(&ending.span, ending.id.as_ref(), &[])).collect(),
        }
    }

    /// Where a part stands, in bytes: the value of its id; for the story its first line. The start of the file for what
    /// isn't there.
    pub fn span(&self, spot: Spot) -> Range<usize> {
        self.place(spot).map_or(0..0, |place| place.span.clone())
    }

    /// Whether the author allows such a finding at this spot: there, in its scene, or in the story as a whole.
    pub fn allows(&self, code: Code, spot: Spot) -> bool {
        let here = self.place(spot).is_some_and(|place| place.allows(code));
        here || match spot {
            Spot::Story => false,
            Spot::Scene(_) | Spot::Ending(_) => self.allows(code, Spot::Story),
            Spot::Option(scene, _) => self.allows(code, Spot::Scene(scene)),
        }
    }

    fn place(&self, spot: Spot) -> Option<&Place> {
        match spot {
            Spot::Story => Some(&self.story),
            Spot::Scene(scene) => self.scenes.get(scene).map(|(place, _)| place),
            Spot::Option(scene, option) => self.scenes.get(scene).and_then(|(_, options)| options.get(option)),
            Spot::Ending(ending) => self.endings.get(ending),
        }
    }

    /// Everything that is allowed, where, and where that is written.
    pub(super) fn allowed(&self) -> impl Iterator<Item = (Spot, &At<Code>)> {
        let scenes = self.scenes.iter().enumerate().flat_map(|(scene, (place, options))| {
            let options = options.iter().enumerate().map(move |(option, place)| (Spot::Option(scene, option), place));
            std::iter::once((Spot::Scene(scene), place)).chain(options)
        });
        let places = std::iter::once((Spot::Story, &self.story)).chain(scenes);
        places.flat_map(|(spot, place)| place.allow.iter().map(move |allowed| (spot, allowed)))
    }
}
