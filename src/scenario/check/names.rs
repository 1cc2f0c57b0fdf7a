//! Who is called what: the names that the file declares, each once.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use super::{FLAGS, INSIGHTS, OPTIONS, SCENES};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::file::{At, Fact, File, Problems};
use crate::scenario::{EndingId, FlagId, InsightId, SceneId, Target};
use crate::terms::Role;

/// Every name that can be referred to.
pub(super) struct Names<'f> {
    pub(super) targets: HashMap<&'f str, Target>,
    pub(super) insights: HashMap<&'f str, InsightId>,
    pub(super) flags: HashMap<&'f str, FlagId>,
}

/// A place in a list as an id's number: files are too small for more.
fn place(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

impl<'f> Names<'f> {
    /// Collects the names; reports those that two things share, and lists that are too long.
    pub(super) fn collect(file: &'f File, problems: &Problems) -> Self {
        let mut seen = HashMap::new();
        let mut targets = HashMap::new();
        for (index, scene) in file.scenes.iter().enumerate() {
            if let Some(id) = &scene.id
                && fresh(&mut seen, id, "scene", "another scene or ending", problems)
            {
                targets.insert(id.value.as_str(), Target::Scene(SceneId(place(index))));
            }
            let mut options = HashMap::new();
            for option in scene.options.iter().filter_map(|option| option.id.as_ref()) {
                fresh(&mut options, option, "option", "another option of this scene", problems);
            }
            if let Some(option) = scene.options.get(OPTIONS) {
                let name = scene.id.as_ref().map_or("a scene", |id| id.value.as_str());
                let what = format!("scene `{name}` has {} options", scene.options.len());
                too_many(&what, OPTIONS, option.span.clone(), problems);
            }
        }
        for (index, ending) in file.endings.iter().enumerate() {
            if let Some(id) = &ending.id
                && fresh(&mut seen, id, "ending", "another scene or ending", problems)
            {
                targets.insert(id.value.as_str(), Target::Ending(EndingId(place(index))));
            }
        }
        if let Some(scene) = file.scenes.get(SCENES) {
            let message =
                format!("the file has {} scenes, more than the {SCENES} that can be played", file.scenes.len());
            let diagnostic = Diagnostic::new(Code::TooManyScenes, scene.span.clone(), message);
            problems.push(diagnostic.help("split the story into several"));
        }
        Self {
            targets,
            insights: facts(&file.insights, "insights", INSIGHTS, InsightId, problems),
            flags: facts(&file.flags, "flags", FLAGS, FlagId, problems),
        }
    }
}

/// Whether a name is new in its list; reports it if not.
fn fresh<'f>(
    seen: &mut HashMap<&'f str, Range<usize>>,
    id: &'f At<String>,
    what: &str,
    other: &str,
    problems: &Problems,
) -> bool {
    match seen.entry(id.value.as_str()) {
        Entry::Vacant(slot) => {
            slot.insert(id.span.clone());
            true
        }
        Entry::Occupied(first) => {
            let message = format!("the id of {what} `{}` is taken by {other}", id.value);
            let diagnostic = Diagnostic::new(Code::DuplicateId, id.span.clone(), message)
                .related(first.get().clone(), "first used here")
                .help("give one of them another id, and mend what refers to it");
            problems.push(diagnostic);
            false
        }
    }
}

/// Insights or flags by name.
fn facts<'f, T>(
    facts: &'f [Fact],
    what: &str,
    most: usize,
    make: impl Fn(u32) -> T,
    problems: &Problems,
) -> HashMap<&'f str, T> {
    if let Some(fact) = facts.get(most) {
        too_many(&format!("the file has {} {what}", facts.len()), most, fact.id.span.clone(), problems);
    }
    facts.iter().enumerate().map(|(index, fact)| (fact.id.value.as_str(), make(place(index)))).collect()
}

fn too_many(what: &str, most: usize, span: Range<usize>, problems: &Problems) {
    let message = format!("{what}, but {most} is the most");
    problems.push(Diagnostic::new(Code::TooMany, span, message).label("the first one too many"));
}

/// The scenario's id is its file's name.
pub(super) fn check_id(name: &str, file: &File, problems: &Problems) {
    let Some(id) = &file.id else {
        return;
    };
    let plain =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if id.value.len() > 64 || !id.value.split('-').all(plain) {
        let shown: String = id.value.chars().take(64).collect();
        let message = format!("`{shown}` can't be the id of a scenario");
        let help = "use small letters, digits and single hyphens, such as \"corner-office\"; 64 characters at most";
        problems.push(Diagnostic::new(Code::BadId, id.span.clone(), message).help(help));
        return;
    }
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    if let Some(stem) = last.strip_suffix(".toml")
        && stem != id.value
    {
        let message = format!("the id is `{}`, but the file is called `{last}`", id.value);
        let help = format!("rename the file to `{}.toml`, or write `id = \"{stem}\"`", id.value);
        problems.push(Diagnostic::new(Code::IdDiffers, id.span.clone(), message).help(help));
    }
}

/// One rep, at least one customer.
pub(super) fn check_cast(file: &File, problems: &Problems) {
    let mut reps = file.cast.iter().filter(|person| person.value.role == Role::Rep);
    let first = reps.next();
    for rep in reps {
        let message = format!("`{}` is a second rep", rep.value.id);
        let mut diagnostic = Diagnostic::new(Code::SeveralReps, rep.span.clone(), message)
            .help("one person is the player's rep; others are colleagues");
        if let Some(first) = first {
            diagnostic = diagnostic.related(first.span.clone(), "the first one");
        }
        problems.push(diagnostic);
    }
    // Where a role could not be read, or there is no cast at all, that has been said.
    if !file.roles_known || problems.has(Code::Syntax) {
        return;
    }
    let span = file.cast.first().map_or(file.span.clone(), |person| person.span.clone());
    if first.is_none() {
        let help = "give the player's rep `role = \"rep\"`";
        problems.push(Diagnostic::new(Code::NoRep, span.clone(), "nobody in the cast is the rep").help(help));
    }
    if !file.cast.iter().any(|person| person.value.role == Role::Customer) {
        let help = "give somebody `role = \"customer\"`";
        problems.push(Diagnostic::new(Code::NoCustomer, span, "nobody in the cast is a customer").help(help));
    }
}
