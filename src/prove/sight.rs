//! What bots see of options besides what the rules of play need: their texts, measured once.

use crate::scenario::{SceneKind, SceneOption};
use crate::story::Story;
use crate::terms::Form;

/// An option as somebody sees it who reads only its surface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// A question, a statement, a deed.
    pub form: Form,
    /// Its length in characters.
    pub length: u32,
    /// How often it names the rep, by first name.
    pub named: u32,
}

/// The looks of a story's options, in the order of the program's.
#[derive(Clone, Debug)]
pub struct Sight(Vec<Look>);

impl Sight {
    /// Looks at every option of a story.
    pub fn of(story: &Story) -> Self {
        let rep = story.scenario.rep().first_name().to_lowercase();
        let options = story.scenario.scenes.iter().flat_map(|scene| match &scene.kind {
            SceneKind::Decision(decision) => decision.options.as_slice(),
            SceneKind::Passage(_) => &[],
        });
        Self(options.map(|option| look(option, &rep)).collect())
    }

    /// An option's look, by its place in the program.
    pub fn at(&self, option: usize) -> Look {
        self.0.get(option).copied().unwrap_or(Look { form: Form::Act, length: 0, named: 0 })
    }
}

fn look(option: &SceneOption, rep: &str) -> Look {
    let words = option.text.split(|c: char| !c.is_alphanumeric());
    let named = words.filter(|word| word.to_lowercase() == rep).count();
    let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Look { form: option.form, length: small(option.text.chars().count()), named: small(named) }
}
