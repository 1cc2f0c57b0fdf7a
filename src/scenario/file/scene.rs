//! Scenes with their options and echoes, endings with their lines, and gotos.

use super::allow;
use super::cast::check_id;
use super::condition;
use super::fields::{Fields, Found};
use super::text::Rule as TextRule;
use super::values::{as_table, kind, string};
use super::{At, Echo, Ending, Exit, Goto, Line, Scene, SceneOption, Written};
use crate::diagnostic::{Code, Diagnostic};
use crate::terms::{Effect, EndingKind, Form, Key, Meter, Posture, Rule};

/// Every `[[scene]]`.
pub(super) fn scenes(fields: &mut Fields<'_>) -> Vec<Scene> {
    let (there, tables) = fields.tables("scene", "scene", "a scene");
    if !there {
        fields.missing("[[scene]]", Some("a story needs at least one scene".to_owned()));
    }
    tables.into_iter().map(scene).collect()
}

/// Every `[[ending]]`.
pub(super) fn endings(fields: &mut Fields<'_>) -> Vec<Ending> {
    let (there, tables) = fields.tables("ending", "ending", "an ending");
    if !there {
        fields.missing("[[ending]]", Some("a story needs at least one ending".to_owned()));
    }
    tables.into_iter().map(ending).collect()
}

/// The id of a scene, an option or an ending; messages name the table by it from here on.
fn id(fields: &mut Fields<'_>, what: &str, known: &str) -> Option<At<String>> {
    let id = fields.name("id")?;
    check_id(fields.context, &id, known);
    let shown: String = id.value.chars().take(64).collect();
    fields.name = format!("{what} `{shown}`");
    Some(id)
}

fn scene(mut fields: Fields<'_>) -> Scene {
    let span = fields.span.clone();
    let id = id(&mut fields, "scene", "the id of a scene");
    let (decision, tables) = fields.tables("option", "scene.option", "an option");
    let (title, text) = if decision {
        (TextRule::LINE, TextRule::SCENE)
    } else {
        (TextRule::LINE.optional(), TextRule::SCENE.optional())
    };
    let (rule, also, turning_point) = if decision { scored(&mut fields) } else { unscored(&mut fields) };
    let place = fields.name.clone();
    let (_, echoes) = fields.tables("echo", "scene.echo", &format!("an echo of {place}"));
    let scene = Scene {
        span,
        title: fields.text("title", title),
        text: fields.text("text", text),
        rule,
        also,
        turning_point,
        goto: goto(&mut fields),
        options: tables.into_iter().map(|table| option(table, id.as_ref())).collect(),
        id,
        decision,
        echoes: echoes.into_iter().map(echo).collect(),
        allow: allow::codes(&mut fields),
    };
    fields.finish();
    scene
}

/// What a decision is scored on.
fn scored(fields: &mut Fields<'_>) -> (Rule, Option<Rule>, bool) {
    let rule = fields.word::<Rule>("rule");
    let also = fields.maybe_word::<Rule>("also");
    if let (Some(rule), Some(also)) = (&rule, &also)
        && rule.value == also.value
    {
        let message = format!("`also` of {} is the same as its `rule`", fields.name);
        let help = "name another rule, or leave `also` out";
        fields.report(Diagnostic::new(Code::SameRule, also.span.clone(), message).help(help));
    }
    let turning_point = fields.flag("turning_point");
    (rule.map_or(Rule::FrontDoor, |rule| rule.value), also.map(|also| also.value), turning_point)
}

/// A passage is not scored.
fn unscored(fields: &mut Fields<'_>) -> (Rule, Option<Rule>, bool) {
    for key in ["rule", "also", "turning_point"] {
        // Where the parser has lost parts of the file, the options may be among them.
        if fields.maybe(key).is_some()
            && !fields.context.problems.has(Code::Syntax)
            && let Some(span) = fields.key_span(key)
        {
            let message = format!("{} has no options, so `{key}` means nothing", fields.name);
            let help = format!("add a `[[scene.option]]`, or leave `{key}` out");
            fields.report(Diagnostic::new(Code::MisplacedKey, span, message).help(help));
        }
    }
    (Rule::FrontDoor, None, false)
}

fn option(mut fields: Fields<'_>, scene: Option<&At<String>>) -> SceneOption {
    let span = fields.span.clone();
    let id = id(&mut fields, "option", "the id of an option");
    if let Some(scene) = scene {
        let shown: String = scene.value.chars().take(64).collect();
        fields.name = format!("{} of scene `{shown}`", fields.name);
    }
    let key = fields.number("key", 0..=4).and_then(|key| Key::new(u8::try_from(key).ok()?));
    let option = SceneOption {
        span,
        id,
        text: fields.text("text", TextRule::OPTION),
        posture: fields.word("posture").map_or(Posture::Lead, |word| word.value),
        form: fields.word("form").map_or(Form::Ask, |word| word.value),
        key: key.unwrap_or(KEY),
        effect: effect(&mut fields),
        learn: fields.names("learn"),
        set: fields.names("set"),
        then: fields.text("then", TextRule::PROSE),
        why: fields.text("why", TextRule::PROSE),
        why_rule: fields.maybe_word("why_rule").map(|word| word.value),
        when: condition::when(&mut fields),
        closed: fields.text("closed", TextRule::LINE.optional()),
        once: fields.flag("once"),
        goto: goto(&mut fields),
        allow: allow::codes(&mut fields),
        text_span: fields.value_span("text"),
    };
    closed(&mut fields, &option);
    fields.finish();
    option
}

/// The key that stands in where none could be read.
const KEY: Key = match Key::new(0) {
    Some(key) => key,
    None => unreachable!(),
};

/// `closed` belongs to options that can be closed.
fn closed(fields: &mut Fields<'_>, option: &SceneOption) {
    let span = fields.key_span("closed");
    // What is there and could not be read has been complained about.
    let absent = match fields.find("closed") {
        Found::Missing => !fields.context.problems.has(Code::Syntax),
        Found::Broken => false,
        Found::Value(value) => value.get_ref().as_str().is_some_and(|text| text.trim().is_empty()),
    };
    if option.when.is_some() && absent {
        let message = format!("{} has a `when`, but no `closed`", fields.name);
        let help = "say in `closed` why it can't be chosen, as the player will read it";
        let span = span.or_else(|| fields.key_span("when")).unwrap_or(fields.span.clone());
        fields.report(Diagnostic::new(Code::MissingClosed, span, message).help(help));
    } else if option.when.is_none()
        && !option.once
        && fields.key_span("when").is_none()
        && !fields.context.problems.has(Code::Syntax)
        && let Some(span) = span
    {
        let message = format!("{} has a `closed`, but is never closed", fields.name);
        let help = "add a `when` or `once = true`, or leave `closed` out";
        fields.report(Diagnostic::new(Code::NeverClosed, span, message).help(help));
    }
}

fn echo(mut fields: Fields<'_>) -> Echo {
    let echo = Echo {
        when: needed_when(&mut fields, "what always happens belongs into the scene's text"),
        text: fields.text("text", TextRule::PROSE),
        effect: effect(&mut fields),
    };
    fields.finish();
    echo
}

fn ending(mut fields: Fields<'_>) -> Ending {
    let span = fields.span.clone();
    let id = id(&mut fields, "ending", "the id of an ending");
    let place = fields.name.clone();
    let (_, lines) = fields.tables("line", "ending.line", &format!("a line of {place}"));
    let ending = Ending {
        span,
        id,
        kind: fields.word("kind").map_or(EndingKind::Learned, |word| word.value),
        title: fields.text("title", TextRule::LINE),
        signed: fields.text("signed", TextRule::LINE.optional()),
        text: fields.text("text", TextRule::PROSE),
        lines: lines.into_iter().map(line).collect(),
    };
    fields.finish();
    ending
}

fn line(mut fields: Fields<'_>) -> Line {
    let line = Line {
        when: needed_when(&mut fields, "what is always told belongs into the ending's text"),
        text: fields.text("text", TextRule::PROSE),
    };
    fields.finish();
    line
}

/// A condition that must be there.
fn needed_when(fields: &mut Fields<'_>, help: &str) -> Option<super::Condition> {
    let when = condition::when(fields);
    if fields.key_span("when").is_none() {
        fields.missing("when", Some(help.to_owned()));
    }
    when
}

/// Changes of meters by name.
fn effect(fields: &mut Fields<'_>) -> Effect {
    let name = format!("the effect of {}", fields.name);
    let Some(mut table) = fields.table("effect", name) else {
        return Effect::NONE;
    };
    let mut by = [0; 4];
    for (slot, meter) in by.iter_mut().zip(Meter::ALL) {
        *slot = table.maybe_number(meter.id(), -100..=100).and_then(|by| i8::try_from(by.value).ok()).unwrap_or(0);
    }
    table.finish();
    Effect::new(by)
}

/// `goto`: a name, or a list of entries.
fn goto(fields: &mut Fields<'_>) -> Written<Goto> {
    let value = match fields.find("goto") {
        Found::Missing => return Written::No,
        Found::Broken => return Written::Broken,
        Found::Value(value) => value,
    };
    let (context, span) = (fields.context, value.span());
    let name = format!("`goto` of {}", fields.name);
    if let Some(to) = value.get_ref().as_str() {
        let to = Some(At::new(to.to_owned(), span.clone()));
        return Written::Yes(Goto {
            span: span.clone(),
            exits: vec![Exit { span, to, when: None, chance: None }],
            broken: false,
        });
    }
    let Some(entries) = value.get_ref().as_array() else {
        let found = kind(value.get_ref());
        let message = format!("{name} is {found}, but must be a name or a list of entries");
        let help = "write `goto = \"a-scene\"`, or `goto = [ { to = \"a-scene\", when = { ... } }, ... ]`";
        fields.report(Diagnostic::new(Code::WrongType, span, message).help(help));
        return Written::Broken;
    };
    if entries.is_empty() {
        let message = format!("{name} is an empty list");
        fields.report(Diagnostic::new(Code::EmptyList, span, message).help("name at least one scene or ending"));
        return Written::Broken;
    }
    let mut exits = Vec::new();
    let mut broken = false;
    for value in entries {
        if string_entry(fields, &name, value) {
            broken = true;
            continue;
        }
        let Some(mut entry) =
            as_table(context, &format_args!("each entry of {name}"), value, format!("an entry of {name}"))
        else {
            broken = true;
            continue;
        };
        let to = entry.name("to");
        let when = condition::when(&mut entry);
        let chance = entry.maybe_number("chance", 1..=i64::from(u32::MAX));
        let wrong_chance = chance.is_none() && entry.key_span("chance").is_some();
        broken |= to.is_none() || wrong_chance;
        let chance = chance.and_then(|chance| u32::try_from(chance.value).ok());
        entry.finish();
        exits.push(Exit { span: value.span(), to, when, chance });
    }
    Written::Yes(Goto { span, exits, broken })
}

/// An entry that is only a name: easily written, so it gets its own advice.
fn string_entry<'a>(fields: &Fields<'a>, name: &str, value: &'a toml::Spanned<toml::de::DeValue<'a>>) -> bool {
    if value.get_ref().as_str().is_none() {
        return false;
    }
    let to = string(fields.context, &name, value, "a table").unwrap_or_default();
    let message = format!("each entry of {name} must be a table, but this is a string");
    let to: String = to.chars().take(64).collect();
    let help = format!("write `{{ to = \"{to}\" }}`");
    fields.report(Diagnostic::new(Code::WrongType, value.span(), message).help(help));
    true
}
