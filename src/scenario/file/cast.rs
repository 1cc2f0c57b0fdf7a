//! The people, the insights and the flags: tables whose keys are names that the author chooses.

use super::fields::Fields;
use super::text::{self, Rule};
use super::values::{Context, as_table};
use super::{At, Fact};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::Person;
use crate::terms::Role;

/// The longest id.
pub(in crate::scenario) const LONGEST: usize = 64;

/// `[cast]`, and whether every role could be read.
pub(super) fn people(fields: &mut Fields<'_>) -> (Vec<At<Person>>, bool) {
    let Some(mut cast) = fields.table("cast", "`[cast]`") else {
        if fields.key_span("cast").is_none() {
            let help = "it has a table for everybody, such as `[cast.dana]` with `role = \"rep\"`";
            fields.missing("[cast]", Some(help.to_owned()));
        }
        return (Vec::new(), false);
    };
    let mut known = true;
    let mut people = Vec::new();
    for (id, value) in cast.entries() {
        check_id(fields.context, &id, "a person's name in `[cast]`");
        let name = format!("`[cast.{}]`", id.value);
        let Some(mut person) = as_table(fields.context, &name, value, name.clone()) else {
            known = false;
            continue;
        };
        let role = person.word::<Role>("role");
        known &= role.is_some();
        let read = Person {
            id: id.value,
            name: person.text("name", Rule::LINE),
            role: role.map_or(Role::Other, |role| role.value),
            title: person.text("title", Rule::LINE),
            about: person.text("about", Rule::PROSE.optional()),
            wants: person.text("wants", Rule::PROSE.optional()),
        };
        person.finish();
        people.push(At::new(read, id.span));
    }
    (people, known)
}

/// `[insights]` or `[flags]`, which may be left out.
pub(super) fn facts(fields: &mut Fields<'_>, key: &'static str, one: &str) -> Vec<Fact> {
    let Some(mut table) = fields.table(key, format!("`[{key}]`")) else {
        return Vec::new();
    };
    let mut facts = Vec::new();
    for (id, value) in table.entries() {
        check_id(fields.context, &id, &format!("the name of a {one}").replace("a insight", "an insight"));
        let text = if value.span().end == 0 {
            crate::text::Text::default()
        } else {
            text::read(fields.context, &format_args!("{one} `{}`", id.value), value, Rule::PROSE)
        };
        facts.push(Fact { id, text });
    }
    facts
}

/// Small letters, digits, and single hyphens or underscores between them.
pub(super) fn check_id(context: Context<'_>, id: &At<String>, what: &str) {
    let parts = |id: &str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        id.split(['-', '_']).all(|part| !part.is_empty() && part.bytes().all(plain))
    };
    if id.value.len() <= LONGEST && parts(&id.value) {
        return;
    }
    let shown: String = id.value.chars().take(LONGEST).collect();
    let shown = if shown.is_empty() { "an empty text".to_owned() } else { format!("`{shown}`") };
    let message = format!("{shown} can't be {what}");
    let mut help = "use small letters, digits and single hyphens, 64 characters at most".to_owned();
    if let Some(better) = kebab(&id.value) {
        help = format!("write `{better}`: {help}");
    }
    context.problems.push(Diagnostic::new(Code::BadId, id.span.clone(), message).help(help));
}

/// The id that was probably meant.
fn kebab(id: &str) -> Option<String> {
    let lower: String =
        id.to_lowercase().chars().map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { ' ' }).collect();
    let between = if id.contains('_') { "_" } else { "-" };
    let better = lower.split_whitespace().collect::<Vec<_>>().join(between);
    (!better.is_empty() && better.len() <= LONGEST && id.is_ascii()).then_some(better)
}
