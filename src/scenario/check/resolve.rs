//! Names to places: the raw file becomes a scenario. Where a name leads nowhere, that is reported and noted, so that
//! nothing is concluded from a condition or a goto that isn't known in full.

use std::collections::HashMap;

use super::EXITS;
use super::names::Names;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::file::{self, At, File, Problems, Written};
use crate::scenario::{
    Condition, Decision, Echo, Ending, EndingLine, Exit, Fact, Goto, Scenario, Scene, SceneId, SceneKind, SceneOption,
    Start, Target,
};
use crate::terms::Meters;

/// A scenario in the making, every scene and option at its place in the file.
pub(super) struct Draft {
    pub(super) scenario: Scenario,
    /// What is known about each scene.
    pub(super) scenes: Vec<KnownScene>,
    /// Whether the start could be found.
    pub(super) start_known: bool,
}

/// What is known about a scene.
pub(super) struct KnownScene {
    /// Of each option.
    pub(super) options: Vec<Known>,
    /// Of the scene's own goto.
    pub(super) goto: bool,
}

/// What is known about an option: whether its parts were read in full.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) when: bool,
    /// Its own goto or its scene's.
    pub(super) goto: bool,
    /// Whether that is its own.
    pub(super) own: bool,
}

struct Resolver<'f> {
    names: &'f Names<'f>,
    problems: &'f Problems,
}

/// Looks up every name.
pub(super) fn draft(file: &File, names: &Names<'_>, problems: &Problems) -> Draft {
    let resolver = Resolver { names, problems };
    let start = resolver.start(file);
    let mut scenes = Vec::new();
    let mut known = Vec::new();
    for scene in &file.scenes {
        let (scene, notes) = resolver.scene(scene);
        scenes.push(scene);
        known.push(notes);
    }
    let facts = |facts: &[file::Fact]| {
        facts.iter().map(|fact| Fact { id: fact.id.value.clone(), text: fact.text.clone() }).collect()
    };
    let scenario = Scenario {
        id: file.id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
        title: file.title.clone(),
        summary: file.summary.clone(),
        level: file.level,
        minutes: file.minutes,
        language: file.language.clone(),
        industry: file.industry.clone(),
        deal: file.deal.clone(),
        authors: file.authors.clone(),
        briefing: file.briefing.clone(),
        cast: file.cast.iter().map(|person| person.value.clone()).collect(),
        start: Start {
            scene: start.unwrap_or(SceneId(0)),
            meters: file.start.as_ref().map_or(Meters::default(), |start| start.meters),
        },
        insights: facts(&file.insights),
        flags: facts(&file.flags),
        scenes,
        endings: file.endings.iter().map(|ending| resolver.ending(ending)).collect(),
        questions: file.questions.clone(),
    };
    Draft { scenario, scenes: known, start_known: start.is_some() }
}

impl Resolver<'_> {
    fn start(&self, file: &File) -> Option<SceneId> {
        let scene = file.start.as_ref()?.scene.as_ref()?;
        match self.target(scene)? {
            Target::Scene(id) => Some(id),
            Target::Ending(_) => {
                let message = format!("the start leads to `{}`, which is an ending", scene.value);
                let help = "start with a scene";
                self.problems.push(Diagnostic::new(Code::UnknownTarget, scene.span.clone(), message).help(help));
                None
            }
        }
    }

    fn scene(&self, scene: &file::Scene) -> (Scene, KnownScene) {
        let goto = self.goto(&scene.goto);
        let (options, known): (Vec<_>, Vec<_>) =
            scene.options.iter().map(|option| self.option(option, scene, goto.as_ref())).unzip();
        let own = known.iter().filter(|known| known.own).count();
        if let Written::Yes(written) = &scene.goto
            && scene.decision
            && !options.is_empty()
            && own == options.len()
            && !self.problems.has(Code::Syntax)
        {
            let message = format!("no option uses the `goto` of {}", title(scene.id.as_ref()));
            let diagnostic = Diagnostic::new(Code::UnusedGoto, written.span.clone(), message);
            self.problems.push(diagnostic.help("leave it out, or leave out an option's own"));
        }
        let notes = KnownScene { options: known, goto: goto.as_ref().is_some_and(|(_, known)| *known) };
        let kind = if scene.decision {
            let (rule, also, turning_point) = (scene.rule, scene.also, scene.turning_point);
            SceneKind::Decision(Decision { rule, also, turning_point, options })
        } else {
            if matches!(scene.goto, Written::No) {
                let message = format!("passage {} has no `goto`", title(scene.id.as_ref()));
                let help = "a scene without options needs a `goto`; for a decision, add a `[[scene.option]]`";
                self.missing_goto(scene.span.clone(), message, help);
            }
            SceneKind::Passage(goto.map_or(Goto(Vec::new()), |(goto, _)| goto))
        };
        let echoes = scene.echoes.iter().map(|echo| Echo {
            when: self.when(echo.when.as_ref()).0,
            text: echo.text.clone(),
            effect: echo.effect,
        });
        let id = scene.id.as_ref().map(|id| id.value.clone()).unwrap_or_default();
        (Scene { id, title: scene.title.clone(), text: scene.text.clone(), echoes: echoes.collect(), kind }, notes)
    }

    fn option(
        &self,
        option: &file::SceneOption,
        scene: &file::Scene,
        scenes: Option<&(Goto, bool)>,
    ) -> (SceneOption, Known) {
        let own = self.goto(&option.goto);
        if own.is_none() && scenes.is_none() {
            let message = format!("option {} leads nowhere", title(option.id.as_ref()));
            let help = "give it a `goto`, or give one to its scene";
            self.missing_goto(option.span.clone(), message, help);
        }
        let (when, when_known) = self.when(option.when.as_ref());
        let is_own = own.is_some();
        let (goto, goto_known) = own.or_else(|| scenes.cloned()).unwrap_or((Goto(Vec::new()), false));
        let resolved = SceneOption {
            id: option.id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
            text: option.text.clone(),
            posture: option.posture,
            form: option.form,
            key: option.key,
            effect: option.effect,
            learn: self.all(&option.learn, &self.names.insights, Code::UnknownInsight).0,
            set: self.all(&option.set, &self.names.flags, Code::UnknownFlag).0,
            then: option.then.clone(),
            why: option.why.clone(),
            why_rule: option.why_rule.unwrap_or(scene.rule),
            when,
            closed: option.closed.clone(),
            once: option.once,
            goto,
        };
        (resolved, Known { when: when_known, goto: goto_known, own: is_own })
    }

    fn missing_goto(&self, span: std::ops::Range<usize>, message: String, help: &str) {
        // What the parser lost may have been the goto.
        if !self.problems.has(Code::Syntax) {
            self.problems.push(Diagnostic::new(Code::MissingGoto, span, message).help(help));
        }
    }

    fn ending(&self, ending: &file::Ending) -> Ending {
        let lines = ending
            .lines
            .iter()
            .map(|line| EndingLine { when: self.when(line.when.as_ref()).0, text: line.text.clone() });
        Ending {
            id: ending.id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
            kind: ending.kind,
            title: ending.title.clone(),
            signed: ending.signed.clone(),
            text: ending.text.clone(),
            lines: lines.collect(),
        }
    }

    /// A goto and whether it is known in full; nothing if none is written.
    fn goto(&self, written: &Written<file::Goto>) -> Option<(Goto, bool)> {
        let goto = match written {
            Written::No => return None,
            Written::Broken => return Some((Goto(Vec::new()), false)),
            Written::Yes(goto) => goto,
        };
        if let Some(exit) = goto.exits.get(EXITS) {
            let message = format!("this goto has {} entries, but {EXITS} is the most", goto.exits.len());
            let diagnostic = Diagnostic::new(Code::TooMany, exit.span.clone(), message);
            self.problems.push(diagnostic.label("the first one too many"));
        }
        let mut known = !goto.broken;
        let mut exits = Vec::new();
        for exit in &goto.exits {
            let (when, when_known) = self.when(exit.when.as_ref());
            known &= when_known;
            match exit.to.as_ref().and_then(|to| self.target(to)) {
                Some(to) => exits.push(Exit { to, when, chance: exit.chance }),
                None => known = false,
            }
        }
        Some((Goto(exits), known))
    }

    fn target(&self, to: &At<String>) -> Option<Target> {
        let found = self.names.targets.get(to.value.as_str()).copied();
        if found.is_none() && !self.problems.has(Code::Syntax) {
            let shown: String = to.value.chars().take(64).collect();
            let message = format!("there is no scene or ending `{shown}`");
            let near = self.problems.suggest(&to.value, self.names.targets.keys().copied());
            let help = near.unwrap_or_else(|| format!("add a `[[scene]]` or an `[[ending]]` with `id = \"{shown}\"`"));
            self.problems.push(Diagnostic::new(Code::UnknownTarget, to.span.clone(), message).help(help));
        }
        found
    }

    /// The places of names, and whether every one was found.
    fn all<T: Copy>(&self, ids: &[At<String>], names: &HashMap<&str, T>, code: Code) -> (Vec<T>, bool) {
        let (what, header) = if code == Code::UnknownFlag { ("flag", "[flags]") } else { ("insight", "[insights]") };
        let other = |id: &str| match code {
            Code::UnknownFlag if self.names.insights.contains_key(id) => {
                Some(format!("`{id}` is an insight: ask for it with `knows`, give it with `learn`"))
            }
            Code::UnknownInsight if self.names.flags.contains_key(id) => {
                Some(format!("`{id}` is a flag: ask for it with `flags`, give it with `set`"))
            }
            _ => None,
        };
        let mut found = Vec::new();
        for id in ids {
            if let Some(place) = names.get(id.value.as_str()) {
                found.push(*place);
            } else if !self.problems.has(Code::Syntax) {
                let shown: String = id.value.chars().take(64).collect();
                let near = other(&id.value).or_else(|| self.problems.suggest(&id.value, names.keys().copied()));
                let help = near.unwrap_or_else(|| format!("declare it: `{shown} = \"...\"` under `{header}`"));
                let message = format!("{what} `{shown}` is not declared in `{header}`");
                self.problems.push(Diagnostic::new(code, id.span.clone(), message).help(help));
            }
        }
        let known = found.len() == ids.len();
        (found, known)
    }

    /// A condition and whether it is known in full.
    fn when(&self, when: Option<&file::Condition>) -> (Condition, bool) {
        let Some(when) = when else {
            return (Condition::default(), true);
        };
        let (knows, insights_found) = self.all(&when.knows, &self.names.insights, Code::UnknownInsight);
        let (flags, flags_found) = self.all(&when.flags, &self.names.flags, Code::UnknownFlag);
        let (without, without_found) = self.all(&when.without, &self.names.flags, Code::UnknownFlag);
        let mut known = !when.broken && insights_found && flags_found && without_found;
        let mut group = Vec::new();
        for alternative in &when.any {
            let (alternative, alternative_known) = self.when(Some(alternative));
            known &= alternative_known;
            group.push(alternative);
        }
        let any = if group.is_empty() { Vec::new() } else { vec![group] };
        let insights = when.insights.as_ref().map(|bounds| bounds.value);
        (Condition { meters: when.meters.clone(), insights, knows, flags, without, any }, known)
    }
}

/// How a message calls a scene or an option.
pub(super) fn title(id: Option<&At<String>>) -> String {
    id.map_or("without an id".to_owned(), |id| format!("`{}`", id.value.chars().take(64).collect::<String>()))
}
