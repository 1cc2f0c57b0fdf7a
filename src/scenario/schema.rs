//! The JSON Schema of scenario files: completion, hover texts and first checks in editors that know TOML.
//!
//! Draft 7, which is what the TOML language servers read best. Words and limits are the checker's own. Lengths of texts
//! stand in the descriptions only: the checker doesn't count line breaks and indentation, a schema would.

mod parts;

use serde_json::{Map, Value, json};

use self::parts::{condition, ending, option, person, scene};
use super::FORMAT;
use super::check::{FLAGS, INSIGHTS};
use super::file::{LONGEST_ID, MINUTES, TextRule};
use crate::diagnostic::Code;
use crate::terms::Meter;

/// What ids of a story's parts look like.
pub const ID: &str = "^[a-z0-9]+([-_][a-z0-9]+)*$";
/// What a scenario's own id looks like.
pub const FILE_ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
/// What a language tag looks like.
pub const LANGUAGE: &str = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$";

/// The schema as it is printed.
pub fn text() -> String {
    // Objects, strings and numbers only: writing them to memory cannot fail.
    serde_json::to_string_pretty(&schema()).unwrap_or_default() + "\n"
}

/// The schema.
pub fn schema() -> Value {
    let file = Table::new(
        "A Ridealong scenario: a branching story about a sales leader, a rep and the rep's customer.",
    )
    .key("format", json!({ "const": FORMAT, "description": "The version of the format: 1." }))
    .key("id", id(FILE_ID, "The file's name without `.toml`: small letters, digits, single hyphens."))
    .key("title", line("What people call it."))
    .key("summary", prose("One or two sentences for the menu."))
    .key("level", number(1, 5, "How hard it is: 1, one rule at a time, to 5, where the rules pull against each other."))
    .key("minutes", number(1, MINUTES, "How long a run takes."))
    .key(
        "language",
        json!({ "type": "string", "pattern": LANGUAGE, "maxLength": 35,
                "description": "The language of the texts, as a tag: \"en\", \"de\", \"pt-BR\"." }),
    )
    .key("industry", line("The line of work."))
    .key("deal", line("What is on the table."))
    .maybe("authors", list(&line("Who wrote it."), 1, None, "Who wrote it."))
    .key("briefing", prose("The card before the start: the setup, your authority."))
    .key("cast", named("#/definitions/person", None, "The people: one rep, at least one customer."))
    .key("start", start())
    .maybe(
        "insights",
        named_texts(INSIGHTS, "Facts worth finding, `name = \"the fact\"`. They count once the rep has them."),
    )
    .maybe(
        "flags",
        named_texts(
            FLAGS,
            "Things the story remembers, `name = \"what it remembers\"`. Set by options, asked for by conditions.",
        ),
    )
    .key("scene", list(&of("scene"), 1, None, "The scenes, decisions and passages, in any order."))
    .key("ending", list(&of("ending"), 1, None, "The ways it can come out; better four or more."))
    .maybe("debrief", debrief())
    .maybe("allow", of("allow"))
    .into_value();
    let mut root = Map::new();
    root.insert("$schema".to_owned(), json!("http://json-schema.org/draft-07/schema#"));
    root.insert("title".to_owned(), json!("Ridealong scenario, format 1"));
    if let Value::Object(file) = file {
        root.extend(file);
    }
    root.insert(
        "definitions".to_owned(),
        json!({
            "person": person(), "scene": scene(), "option": option(), "echo": parts::echo(), "ending": ending(),
            "line": parts::line(), "goto": parts::goto(), "exit": parts::exit(), "condition": condition(),
            "bounds": bounds(0, 100, "At least `min`, at most `max`, or both."),
            "effect": effect(), "allow": allow(),
        }),
    );
    Value::Object(root)
}

fn start() -> Value {
    let table = Table::new("Where a run begins.").key("scene", name("The first scene."));
    let meter = |table: Table, meter: &Meter| {
        table.key(meter.id(), number(0, 100, &format!("{} at the start.", meter.label())))
    };
    Meter::ALL.iter().fold(table, meter).into_value()
}

fn debrief() -> Value {
    let questions = list(&prose("A question."), 1, None, "Questions for a workshop, asked after the run.");
    Table::new("After the run.").key("questions", questions).into_value()
}

fn effect() -> Value {
    let table = Table::new("Changes of the meters; what is left out stays. They slow down near 0 and 100.");
    let meter = |table: Table, meter: &Meter| {
        let good = if meter.high_is_good() { "up is good" } else { "down is good" };
        table.maybe(meter.id(), number(-100, 100, &format!("{}: {good}.", meter.label())))
    };
    Meter::ALL.iter().fold(table, meter).into_value()
}

fn allow() -> Value {
    let table = Table::new("Findings of the content checks that are meant to be so: the code, and the reason.");
    let code = |table: Table, code: &Code| {
        table.maybe(code.id(), line(&format!("Why this is meant to be so. {}", code.explain())))
    };
    Code::CONTENT.iter().fold(table, code).into_value()
}

/// A table with the keys that it may have.
struct Table {
    description: String,
    properties: Map<String, Value>,
    required: Vec<&'static str>,
}

impl Table {
    fn new(description: &str) -> Self {
        Self { description: description.to_owned(), properties: Map::new(), required: Vec::new() }
    }

    /// A key that must be there.
    fn key(mut self, key: &'static str, value: Value) -> Self {
        self.required.push(key);
        self.maybe(key, value)
    }

    /// A key that may be left out.
    fn maybe(mut self, key: &'static str, value: Value) -> Self {
        self.properties.insert(key.to_owned(), value);
        self
    }

    fn into_value(self) -> Value {
        let mut value = json!({ "type": "object", "description": self.description, "properties": self.properties,
            "additionalProperties": false });
        if !self.required.is_empty() {
            value["required"] = json!(self.required);
        }
        value
    }
}

/// A part that is described elsewhere.
fn of(definition: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{definition}") })
}

/// A text in one paragraph.
fn line(description: &str) -> Value {
    limited(description, TextRule::LINE.most)
}

/// A text in one or more paragraphs.
fn prose(description: &str) -> Value {
    limited(description, TextRule::PROSE.most)
}

fn limited(description: &str, most: usize) -> Value {
    json!({ "type": "string", "description": format!("{description} {most} characters at most.") })
}

fn id(pattern: &str, description: &str) -> Value {
    json!({ "type": "string", "pattern": pattern, "maxLength": LONGEST_ID, "description": description })
}

/// The name of something else in the file.
fn name(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn names(description: &str) -> Value {
    json!({ "type": "array", "items": { "type": "string" }, "description": description })
}

fn number(from: i64, to: i64, description: &str) -> Value {
    json!({ "type": "integer", "minimum": from, "maximum": to, "description": description })
}

fn flag(description: &str) -> Value {
    json!({ "type": "boolean", "default": false, "description": description })
}

/// One of a few words; each with what it means, for editors that show that.
fn word<'w>(words: impl Iterator<Item = (&'w str, String)>, description: &str) -> Value {
    let (words, meanings): (Vec<&str>, Vec<String>) = words.unzip();
    let all: Vec<String> = words.iter().zip(&meanings).map(|(word, meaning)| format!("`{word}`: {meaning}")).collect();
    json!({ "type": "string", "enum": words, "description": format!("{description}\n\n{}", all.join("\n\n")),
        "x-taplo": { "docs": { "enumValues": meanings } } })
}

fn bounds(from: i64, to: i64, description: &str) -> Value {
    let mut table = Table::new(description)
        .maybe("min", number(from, to, "At least this."))
        .maybe("max", number(from, to, "At most this."))
        .into_value();
    table["minProperties"] = json!(1);
    table
}

fn list(items: &Value, least: usize, most: Option<usize>, description: &str) -> Value {
    let mut list = json!({ "type": "array", "items": items, "minItems": least, "description": description });
    if let Some(most) = most {
        list["maxItems"] = json!(most);
    }
    list
}

/// A table whose keys are names that the author chooses.
fn named(definition: &str, most: Option<usize>, description: &str) -> Value {
    let mut table = json!({ "type": "object", "propertyNames": { "pattern": ID, "maxLength": LONGEST_ID },
        "additionalProperties": { "$ref": definition }, "description": description });
    if let Some(most) = most {
        table["maxProperties"] = json!(most);
    }
    table
}

fn named_texts(most: usize, description: &str) -> Value {
    let mut table = named("", Some(most), description);
    table["additionalProperties"] = prose("What it says.");
    table
}
