//! A scenario that has been checked: the validated model.
//!
//! Only [`check`] makes one, so a `Scenario` cannot be invalid: every target exists, every
//! condition names declared things, every scene can be left. It knows neither the engine nor the screens.

pub mod check;
mod condition;
mod file;
mod glance;
pub mod graph;
mod hash;
pub mod library;
pub mod new;
pub mod schema;

use serde::Serialize;

pub use condition::{Bounds, Condition};
pub use glance::Glance;
pub use hash::Hash;

use crate::terms::{Effect, EndingKind, Form, Key, Meters, Posture, Role, Rule};
use crate::text::Text;

/// The format of scenario files that this program reads.
pub const FORMAT: i64 = 1;

/// Makes newtypes for places in a scenario's lists.
macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        pub struct $name(pub u32);

        impl $name {
            /// Its place in the scenario's list, from 0.
            pub const fn index(self) -> usize { self.0 as usize }
        }
    )+};
}

ids! {
    /// A scene, by its place in the file.
    SceneId;
    /// An ending, by its place in the file.
    EndingId;
    /// An insight, by its place in the file. There are 64 at most.
    InsightId;
    /// A flag, by its place in the file. There are 256 at most.
    FlagId;
}

/// One story with everything it needs, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scenario {
    /// Kebab-case, equal to the file's name.
    pub id: String,
    /// What people call it.
    pub title: Text,
    /// One or two sentences for the menu.
    pub summary: Text,
    /// How hard it is, 1 to 5.
    pub level: u8,
    /// How long a run takes.
    pub minutes: u16,
    /// The language its texts are in, as a BCP 47 tag.
    pub language: Text,
    /// The customer's and the rep's line of work.
    pub industry: Text,
    /// What is on the table.
    pub deal: Text,
    /// Who wrote it.
    pub authors: Vec<Text>,
    /// The card before the start.
    pub briefing: Text,
    /// The people, in the file's order: one rep, at least one customer.
    pub cast: Vec<Person>,
    /// Where a run begins.
    pub start: Start,
    /// Facts worth finding.
    pub insights: Vec<Fact>,
    /// Things the story remembers.
    pub flags: Vec<Fact>,
    /// Decisions and passages.
    pub scenes: Vec<Scene>,
    /// Ways it can come out.
    pub endings: Vec<Ending>,
    /// Questions for a workshop, asked after the run.
    pub questions: Vec<Text>,
}

/// Somebody in the story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The file's name for them.
    pub id: String,
    /// First and last name.
    pub name: Text,
    /// Their part.
    pub role: Role,
    /// Their work.
    pub title: Text,
    /// What they are like.
    pub about: Text,
    /// What they want.
    pub wants: Text,
}

impl Person {
    /// The first word of the name: how people speak of them.
    pub fn first_name(&self) -> &str {
        let mut words = self.name.split_whitespace();
        match words.next() {
            // "Dr Helen Moreau" is no "Dr".
            Some("Dr" | "Mr" | "Mrs" | "Ms" | "Prof" | "Dr." | "Mr." | "Mrs." | "Ms." | "Prof.") => {
                words.next().unwrap_or(&self.name)
            }
            Some(first) => first,
            None => &self.name,
        }
    }
}

/// Where a run begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Start {
    /// The first scene.
    pub scene: SceneId,
    /// The meters at the start.
    pub meters: Meters,
}

/// A declared insight or flag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// The file's name for it.
    pub id: String,
    /// What it says.
    pub text: Text,
}

/// A place in the story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scene {
    /// The file's name for it.
    pub id: String,
    /// Its heading; a passage may have none.
    pub title: Text,
    /// What is told; a passage's may be empty.
    pub text: Text,
    /// What is remembered on entering, in order.
    pub echoes: Vec<Echo>,
    /// A choice to be made, or a passage that leads on.
    pub kind: SceneKind,
}

/// What a scene asks of the player.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum SceneKind {
    /// One of the options must be chosen.
    Decision(Decision),
    /// Told, then left for where this leads.
    Passage(Goto),
}

/// A choice that has to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// The rule it is scored on, at full weight.
    pub rule: Rule,
    /// A second rule, at half weight, for the bars by rule only.
    pub also: Option<Rule>,
    /// An offer, a close, a boss's threat: weighs one and a half times.
    pub turning_point: bool,
    /// The options, 1 to 8, in authored order.
    pub options: Vec<SceneOption>,
}

/// One thing the player could do: an option. (Rust has taken the plain word.)
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SceneOption {
    /// The file's name for it, unique in its scene.
    pub id: String,
    /// What the player reads.
    pub text: Text,
    /// Leads, takes over, or is absent.
    pub posture: Posture,
    /// The surface: a question, a statement, a deed.
    pub form: Form,
    /// How good it is.
    pub key: Key,
    /// What it does to the meters.
    pub effect: Effect,
    /// Insights gained.
    pub learn: Vec<InsightId>,
    /// Flags set.
    pub set: Vec<FlagId>,
    /// What happened.
    pub then: Text,
    /// What the choice did, in one sentence; told after the rule's name.
    pub why: Text,
    /// The rule that the why speaks of.
    pub why_rule: Rule,
    /// Open only if this holds.
    pub when: Condition,
    /// Why it is closed, shown when it is; empty if never closed.
    pub closed: Text,
    /// Closed after it was chosen.
    pub once: bool,
    /// Where it leads: its own goto, or its scene's.
    pub goto: Goto,
}

/// Something that comes back: told and applied on entering a scene while its condition holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Echo {
    /// Told if this holds on entering.
    pub when: Condition,
    /// What is told.
    pub text: Text,
    /// What it does to the meters.
    pub effect: Effect,
}

/// Where the story goes on: entries tried in order, at least one of which always holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Goto(pub Vec<Exit>);

/// One entry of a goto.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exit {
    /// Where it leads.
    pub to: Target,
    /// Taken only if this holds.
    pub when: Condition,
    /// Its weight in a draw with its neighbours; no weight means no draw.
    pub chance: Option<u32>,
}

/// A scene or an ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub enum Target {
    /// The story goes on.
    Scene(SceneId),
    /// The story is over.
    Ending(EndingId),
}

/// A way it can come out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ending {
    /// The file's name for it.
    pub id: String,
    /// How it ranks.
    pub kind: EndingKind,
    /// Its heading.
    pub title: Text,
    /// The deal as signed; empty where nothing was.
    pub signed: Text,
    /// How it came out.
    pub text: Text,
    /// What is added under a condition, in order.
    pub lines: Vec<EndingLine>,
}

/// A line added to an ending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EndingLine {
    /// Added if this holds at the end.
    pub when: Condition,
    /// What it says.
    pub text: Text,
}

/// Stands in where nobody is the rep.
static NOBODY: Person = Person {
    id: String::new(),
    name: Text::EMPTY,
    role: Role::Rep,
    title: Text::EMPTY,
    about: Text::EMPTY,
    wants: Text::EMPTY,
};

impl Scenario {
    /// The rep: the person whose account it is.
    pub fn rep(&self) -> &Person {
        // `check` makes sure that there is one; a scenario made by hand may have none, which is no reason to panic.
        self.cast.iter().find(|person| person.role == Role::Rep).unwrap_or(&NOBODY)
    }

    /// The scene at an id.
    pub fn scene(&self, id: SceneId) -> &Scene {
        &self.scenes[id.index()]
    }

    /// The ending at an id.
    pub fn ending(&self, id: EndingId) -> &Ending {
        &self.endings[id.index()]
    }

    /// The rules that decisions are scored on, in the order of [`Rule::ALL`].
    pub fn rules(&self) -> Vec<Rule> {
        let scored = |rule: &Rule| {
            self.scenes.iter().any(|scene| match &scene.kind {
                SceneKind::Decision(decision) => decision.rule == *rule || decision.also == Some(*rule),
                SceneKind::Passage(_) => false,
            })
        };
        Rule::ALL.iter().copied().filter(scored).collect()
    }
}
