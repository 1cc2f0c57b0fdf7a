//! The schema and the checker agree: on every key, on the files that are good, and on most of those that are not.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ridealong::diagnostic::Code;
use ridealong::scenario::check::{check, review};
use ridealong::scenario::schema::{FILE_ID, ID, LANGUAGE, schema, text};
use serde_json::{Map, Value, json};
use toml::de::{DeTable, DeValue};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// `RIDEALONG_UPDATE=1` writes the files anew that are made from the program.
fn assert_up_to_date(path: &str, made: &str) {
    if std::env::var_os("RIDEALONG_UPDATE").is_some() {
        fs::write(root(path), made).unwrap();
    }
    let there = fs::read_to_string(root(path)).unwrap_or_default();
    assert!(there == made, "{path} is not up to date; run RIDEALONG_UPDATE=1 cargo test --test schema");
}

#[test]
fn the_shipped_schema_is_up_to_date() {
    assert_up_to_date("scenarios/schema.json", &text());
}

#[test]
fn the_page_of_codes_is_up_to_date() {
    assert_up_to_date("scenarios/CHECKS.md", &ridealong::diagnostic::page::markdown());
}

#[test]
fn shipped_files_name_the_schema_and_agree_with_it() {
    let files = fs::read_dir(root("scenarios")).unwrap().map(|entry| entry.unwrap().path());
    for path in files.filter(|path| path.extension().is_some_and(|kind| kind == "toml")) {
        let name = path.display();
        let file = fs::read_to_string(&path).unwrap();
        assert!(file.starts_with("#:schema ./schema.json\n"), "{name}");
        assert_eq!(problems(&file), Vec::<String>::new(), "{name}");
    }
}

/// Codes that are about more than the form of one table, so that no schema can tell.
fn is_beyond(code: &str) -> bool {
    let formal = [
        "unknown-key",
        "wrong-type",
        "misplaced-key",
        "empty-list",
        "out-of-range",
        "unknown-word",
        "unknown-format",
        "bad-language",
        "bad-id",
        "missing-closed",
    ];
    !formal.contains(&code)
}

#[test]
fn fixtures_agree_with_the_schema() {
    for folder in ["tests/fixtures/check", "tests/fixtures/content", "tests/fixtures"] {
        for entry in fs::read_dir(root(folder)).unwrap() {
            let path = entry.unwrap().path();
            let Ok(file) = fs::read_to_string(&path) else { continue };
            let (_, errors) = DeTable::parse_recoverable(&file);
            if path.extension().is_none_or(|kind| kind != "toml") || !errors.is_empty() {
                continue;
            }
            let name = path.file_name().unwrap().to_str().unwrap();
            let checked = check(name, file.as_bytes());
            let found: BTreeSet<&str> = checked.diagnostics().iter().map(|d| d.code.id()).collect();
            let problems = problems(&file);
            if checked.is_ok() {
                assert_eq!(problems, Vec::<String>::new(), "{name}");
            }
            if found.iter().any(|code| !is_beyond(code)) {
                assert!(!problems.is_empty(), "{name}: the schema finds nothing where the checker says {found:?}");
            }
        }
    }
}

/// What the checker says it knows, by planting a key that nobody knows into each kind of table.
#[test]
fn every_key_that_the_checker_knows_is_in_the_schema() {
    const KEY: &str = "zzzzzzzzzzzzzzzz = 1";
    let schema = schema();
    let at = |pointer: &str| schema.pointer(pointer).unwrap_or_else(|| panic!("{pointer}"))["properties"].clone();
    let keys = |table: &Value| table.as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    let small = fs::read_to_string(root("tests/fixtures/small.toml")).unwrap();
    for (after, plant, pointer) in [
        ("format   = 1\n", KEY.to_owned(), ""),
        ("[cast.mira]\n", KEY.to_owned(), "/definitions/person"),
        ("[start]\n", KEY.to_owned(), "/properties/start"),
        ("[debrief]\n", KEY.to_owned(), "/properties/debrief"),
        ("[[scene]]\n", KEY.to_owned(), "/definitions/scene"),
        ("[[scene]]\nid   = \"evening\"\n", KEY.to_owned(), "/definitions/scene"),
        ("[[scene.option]]\n", KEY.to_owned(), "/definitions/option"),
        ("[[scene.echo]]\n", KEY.to_owned(), "/definitions/echo"),
        ("[[ending]]\n", KEY.to_owned(), "/definitions/ending"),
        ("[[ending.line]]\n", KEY.to_owned(), "/definitions/line"),
        ("[[scene.option]]\n", format!("allow = {{ {KEY} }}"), "/definitions/allow"),
        ("  effect = { ", format!("{KEY}, "), "/definitions/effect"),
        ("  when = { ", format!("{KEY}, "), "/definitions/condition"),
        ("trust = { ", format!("{KEY}, "), "/definitions/bounds"),
        ("{ to = \"again\", ", format!("{KEY}, "), "/definitions/exit"),
    ] {
        let end = if plant.ends_with(' ') { "" } else { "\n" };
        let text = small.replacen(after, &format!("{after}{plant}{end}"), 1);
        assert_ne!(text, small, "{after:?}");
        let checked = check("small.toml", text.as_bytes());
        let help = checked.diagnostics().iter().find(|d| d.code == Code::UnknownKey).and_then(|d| d.help.clone());
        let help = help.unwrap_or_else(|| panic!("{after:?}: {:?}", checked.diagnostics()));
        let known = help.strip_prefix("known here: ").unwrap_or_else(|| panic!("{help}"));
        let known: BTreeSet<String> = known.split(", ").map(str::to_owned).collect();
        assert_eq!(known, keys(&at(pointer)), "{after:?}");
    }
}

#[test]
fn every_key_has_a_description() {
    fn look(value: &Value, path: &str) {
        if let Some(properties) = value.get("properties").and_then(Value::as_object) {
            for (key, of) in properties.iter().filter(|(_, of)| of.is_object()) {
                let told = of.get("description").or_else(|| of.get("$ref")).and_then(Value::as_str);
                assert!(told.is_some_and(|told| told.len() > 4), "{path}/{key}");
                look(of, &format!("{path}/{key}"));
            }
        }
        for (name, of) in value.get("definitions").and_then(Value::as_object).into_iter().flatten() {
            assert!(of["description"].is_string(), "{name}");
            look(of, name);
        }
    }
    look(&schema(), "");
}

#[test]
fn the_scenario_to_start_from_agrees_too() {
    let text = ridealong::scenario::new::scenario("mine").unwrap();
    assert_eq!(problems(&text), Vec::<String>::new());
    assert!(review("mine.toml", text.as_bytes()).is_clean());
}

/// What the schema says against a file.
fn problems(file: &str) -> Vec<String> {
    let table = DeTable::parse(file).unwrap();
    let (schema, mut found) = (schema(), Vec::new());
    validate(&schema, &schema, &object(table.get_ref()), "", &mut found);
    found
}

fn object(table: &DeTable<'_>) -> Value {
    Value::Object(table.iter().map(|(key, value)| (key.get_ref().to_string(), to_json(value.get_ref()))).collect())
}

fn to_json(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map_or(json!(1e300), |n| json!(n))
        }
        DeValue::Float(number) => json!(number.as_str().parse::<f64>().unwrap_or(0.5) + 0.123),
        DeValue::Boolean(flag) => json!(flag),
        DeValue::Datetime(time) => json!({ "a date": time.to_string() }),
        DeValue::Array(values) => values.iter().map(|value| to_json(value.get_ref())).collect(),
        DeValue::Table(table) => object(table),
    }
}

/// As much of JSON Schema, draft 7, as the schema uses. A word that isn't known here is a failure of the test.
fn validate(root: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let words = match schema {
        Value::Bool(true) => return,
        Value::Bool(false) => return found.push(format!("{path} is not allowed")),
        Value::Object(words) => words,
        other => panic!("{other} is no schema"),
    };
    let fails = |schema: &Value, value: &Value| {
        let mut found = Vec::new();
        validate(root, schema, value, path, &mut found);
        !found.is_empty()
    };
    for (word, asked) in words {
        let good = match word.as_str() {
            "$schema" | "title" | "description" | "default" | "definitions" | "x-taplo" | "then" | "else" => true,
            "$ref" => {
                let target = root.pointer(asked.as_str().unwrap().trim_start_matches('#')).expect("a definition");
                validate(root, target, value, path, found);
                true
            }
            "type" => match asked.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "integer" => value.is_i64(),
                "boolean" => value.is_boolean(),
                other => panic!("{other}"),
            },
            "const" => value == asked,
            "enum" => asked.as_array().unwrap().contains(value),
            "minimum" => value.as_f64().is_none_or(|number| number >= asked.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= asked.as_f64().unwrap()),
            "maxLength" => value.as_str().is_none_or(|text| text.chars().count() <= count(asked)),
            "pattern" => value.as_str().is_none_or(|text| matches(asked.as_str().unwrap(), text)),
            "minItems" => value.as_array().is_none_or(|values| values.len() >= count(asked)),
            "maxItems" => value.as_array().is_none_or(|values| values.len() <= count(asked)),
            "minProperties" => value.as_object().is_none_or(|values| values.len() >= count(asked)),
            "maxProperties" => value.as_object().is_none_or(|values| values.len() <= count(asked)),
            "required" => {
                let there =
                    |key: &Value| value.as_object().is_none_or(|values| values.contains_key(key.as_str().unwrap()));
                asked.as_array().unwrap().iter().all(there)
            }
            "dependencies" => asked.as_object().unwrap().iter().all(|(key, needed)| {
                let needs = needed.as_array().unwrap().iter().map(|key| key.as_str().unwrap());
                value.get(key).is_none() || needs.clone().all(|key| value.get(key).is_some())
            }),
            "anyOf" => asked.as_array().unwrap().iter().any(|each| !fails(each, value)),
            "if" => {
                let next = if fails(asked, value) { "else" } else { "then" };
                validate(root, &words[next], value, path, found);
                true
            }
            "items" => {
                for (at, each) in value.as_array().into_iter().flatten().enumerate() {
                    validate(root, asked, each, &format!("{path}/{at}"), found);
                }
                true
            }
            "propertyNames" => {
                value.as_object().is_none_or(|values| values.keys().all(|key| !fails(asked, &json!(key))))
            }
            "properties" => {
                for (key, each) in value.as_object().unwrap_or(&Map::new()) {
                    if let Some(of) = asked.get(key) {
                        validate(root, of, each, &format!("{path}/{key}"), found);
                    }
                }
                true
            }
            "additionalProperties" => {
                let known = words.get("properties").and_then(Value::as_object);
                for (key, each) in value.as_object().unwrap_or(&Map::new()) {
                    if known.is_none_or(|known| !known.contains_key(key)) {
                        validate(root, asked, each, &format!("{path}/{key}"), found);
                    }
                }
                true
            }
            other => panic!("{other} is not known here"),
        };
        if !good {
            found.push(format!("{path}: {word} {asked}"));
        }
    }
}

fn count(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

/// The three patterns of the schema, without a crate for patterns.
fn matches(pattern: &str, text: &str) -> bool {
    let small = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    match pattern {
        ID => text.split(['-', '_']).all(small),
        FILE_ID => text.split('-').all(small),
        LANGUAGE => {
            let mut parts = text.split('-');
            let first = parts.next().unwrap();
            (2..=3).contains(&first.len())
                && first.bytes().all(|b| b.is_ascii_alphabetic())
                && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
        }
        other => panic!("{other}"),
    }
}
