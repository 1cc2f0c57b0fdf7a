//! Exports: what each format holds, that the same run gives the same bytes, and that no text gets out of its place.
#![allow(clippy::expect_used, clippy::panic)]

#[path = "common/payloads.rs"]
mod payloads;
#[path = "common/plays.rs"]
mod plays;

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use payloads::{payloads, steers};
use ridealong::engine::Seed;
use ridealong::record::Record;
use ridealong::report::export::{Format, Meta, Runs, Sheet, export, xapi};
use ridealong::scenario::{Scenario, SceneKind};
use ridealong::story::Story;
use ridealong::terms::Feedback;
use ridealong::text::Text;
use serde_json::Value;

/// A run with a pause, a promise, an echo and a turning point.
const CHOICES: [&str; 3] = ["pause", "promise", "arrange"];

fn small() -> Story {
    plays::story(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/small.toml"))
}

fn record(choices: &[&str]) -> Record {
    Record {
        scenario: "small".to_owned(),
        hash: None,
        seed: Seed(7),
        engine_version: None,
        key_version: None,
        choices: choices.iter().map(|&id| id.to_owned()).collect(),
    }
}

fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
}

/// All that can be known of a run.
fn meta() -> Meta {
    Meta {
        id: "0192f3a4-5b6c-7d8e-9fa0-b1c2d3e4f506".parse().expect("an id"),
        player: Some(Text::clean("Ann O'Neil")),
        home: Some(Text::clean("https://hr.example.com/people")),
        started: Some(at("2026-11-24T13:20:05.25Z")),
        ended: Some(at("2026-11-24T13:32:35Z")),
        answered: vec![at("2026-11-24T13:24:00Z")],
        attempt: Some(2),
        feedback: Some(Feedback::Now),
    }
}

fn sheet(story: &Story) -> Sheet<'_> {
    let first = record(&["listen", "tell"]).replay(story).expect("a run");
    Sheet::new(story, record(&CHOICES), meta()).expect("a run").with_first(first)
}

fn written(format: Format, runs: Runs<'_, '_>) -> String {
    let mut out = Vec::new();
    export(format, runs, &mut out).expect("written");
    String::from_utf8(out).expect("UTF-8")
}

fn one(format: Format, sheet: &Sheet<'_>) -> String {
    written(format, Runs::One(sheet))
}

const FORMATS: [Format; 5] = [Format::Html, Format::Markdown, Format::Csv, Format::Json, Format::Xapi];

#[test]
fn html() {
    let page = one(Format::Html, &sheet(&small()));
    // How it looks is looked at; what it says is held here.
    let (style, end) = (page.find("<style>").expect("a style"), page.find("</style>").expect("its end"));
    insta::assert_snapshot!(format!("{}{}", &page[..style], &page[end..]));
}

#[test]
fn markdown() {
    insta::assert_snapshot!(one(Format::Markdown, &sheet(&small())));
}

#[test]
fn csv() {
    insta::assert_snapshot!(one(Format::Csv, &sheet(&small())));
}

#[test]
fn json() {
    insta::assert_snapshot!(one(Format::Json, &sheet(&small())));
}

#[test]
fn statements() {
    insta::assert_snapshot!(one(Format::Xapi, &sheet(&small())));
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let story = small();
    for format in FORMATS {
        assert_eq!(one(format, &sheet(&story)), one(format, &sheet(&story)), "{format:?}");
    }
}

#[test]
fn a_run_that_has_not_ended_is_told_as_far_as_it_goes() {
    let story = small();
    let begun = Sheet::new(&story, record(&["pause"]), Meta { ended: None, ..meta() }).expect("a run");
    for format in [Format::Html, Format::Markdown] {
        let page = one(format, &begun);
        assert!(page.contains("Not ended yet") && page.contains("One decision made"), "{page}");
        assert!(!page.contains("Next quarter") && !page.contains("of 100"), "{page}");
        // What would have been better is not told while it can still be played.
        assert!(!page.contains("best line") && !page.contains("oads not taken") && !page.contains("Cost"), "{page}");
    }
    let json: Value = serde_json::from_str(&one(Format::Json, &begun)).expect("JSON");
    assert_eq!((&json["debrief"], &json["result"]["finished"]), (&Value::Null, &Value::Bool(false)));
    assert_eq!(one(Format::Csv, &begun).lines().count(), 2);
    // A statement that is sent can't be mended.
    assert_eq!(xapi::statements(&[begun]), Vec::new());
    let nothing = Sheet::new(&story, record(&[]), meta()).expect("a run");
    assert!(one(Format::Html, &nothing).contains("No decision made yet"));
    assert!(!one(Format::Markdown, &nothing).contains("Your decisions"));
    assert_eq!(one(Format::Csv, &nothing).lines().count(), 1);
}

#[test]
fn feedback_that_was_not_wanted_stays_out_of_pages() {
    let story = small();
    let quiet = Meta { feedback: Some(Feedback::None), ..meta() };
    let quiet = Sheet::new(&story, record(&CHOICES), quiet).expect("a run");
    for format in [Format::Html, Format::Markdown] {
        let page = one(format, &quiet);
        assert!(page.contains("Played without comments"), "{page}");
        for comment in ["best line", "nobody told him anything", "You took over", "A red line", "too little seen"] {
            assert!(!page.contains(comment), "{comment} in {page}");
        }
    }
    // Records keep everything.
    assert!(one(Format::Csv, &quiet).contains(",30.9,"));
}

#[test]
fn several_runs_make_one_document() {
    let story = small();
    let sheets = [
        sheet(&story),
        Sheet::new(&story, record(&["listen", "tell"]), Meta::of(&story, &record(&[]), None)).expect("a run"),
    ];
    let all = Runs::All(&sheets);
    let page = written(Format::Html, all);
    well_formed(&page);
    for part in ["<h1>2 runs</h1>", "href=\"#s1\"", "href=\"#s2\"", "id=\"s2\"", "Unnamed player", "Ann O&#39;Neil"] {
        assert!(page.contains(part), "{part}");
    }
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{ids:?}");
    headings_in_order(&page);
    headings_in_order(&one(Format::Html, &sheets[0]));
    let json: Value = serde_json::from_str(&written(Format::Json, all)).expect("JSON");
    assert_eq!(json.as_array().map(Vec::len), Some(2));
    assert_eq!(written(Format::Csv, all).lines().count(), 1 + 3 + 2);
    assert!(written(Format::Markdown, all).starts_with("# Ridealong: 2 runs\n"));
    let none: Value = serde_json::from_str(&written(Format::Xapi, Runs::All(&[]))).expect("JSON");
    assert_eq!(none, Value::Array(Vec::new()));
    well_formed(&written(Format::Html, Runs::All(&[])));
}

/// Headings begin with the first level and never leave one out on the way down.
fn headings_in_order(page: &str) {
    let levels: Vec<u8> =
        page.split("<h").skip(1).filter_map(|rest| rest.bytes().next()).filter(u8::is_ascii_digit).collect();
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    // One of the first level, above all others.
    assert!(levels.first() == Some(&b'1') && !levels[1..].contains(&b'1'), "{levels:?}");
}

/// The tags of a page with the names of their attributes. Panics if they aren't nested as they should be.
fn well_formed(page: &str) -> Vec<String> {
    const EMPTY: [&str; 2] = ["meta", "!DOCTYPE"];
    let mut open: Vec<String> = Vec::new();
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let (before, tag) = rest.split_at(start);
        assert!(!before.contains('>') || open.last().is_some_and(|tag| tag == "style"), "{before}");
        let end = tag.find('>').expect("the tag's end");
        let inside = &tag[1..end];
        rest = &tag[end + 1..];
        // Attributes' values are in double quotes and hold none.
        let pieces: Vec<&str> = inside.split('"').collect();
        assert!(pieces.len() % 2 == 1, "{inside}");
        let bare: String = pieces.iter().step_by(2).copied().collect();
        let name = bare.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default().to_owned();
        if inside.starts_with('/') {
            assert_eq!(open.pop().as_deref(), Some(name.as_str()), "{inside}");
        } else if !EMPTY.contains(&name.as_str()) && !inside.ends_with('/') {
            open.push(name);
        }
        tags.push(bare);
    }
    assert_eq!(open, Vec::<String>::new());
    tags
}

#[test]
fn a_page_is_one_file_without_script() {
    let story = small();
    let page = one(Format::Html, &sheet(&story));
    let tags = well_formed(&page);
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'"));
    for banned in
        ["<script", "javascript:", "<link", "<img", "<iframe", "url(", "@import", "http://", "https://", " on"]
    {
        let found = if banned == " on" { tags.iter().any(|tag| tag.contains(banned)) } else { page.contains(banned) };
        assert!(!found, "{banned}");
    }
    let count = |tag: &str| tags.iter().filter(|found| found.split(' ').next() == Some(tag)).count();
    assert_eq!(count("table"), count("caption"));
    assert_eq!(page.matches("<th ").count(), page.matches("<th scope=").count());
    assert_eq!(count("svg"), page.matches("role=\"img\" aria-labelledby=").count());
    assert!(page.contains("Trust in Mira goes from 50 to 38."));
    assert!(page.contains(">3 Tuesday: Mira&#39;s desk (-4)</text>"), "{page}");
    assert!(page.contains("not for appraisal") && page.contains("Not validated for hiring"));
    assert!(page.contains("At first you chose"));
}

/// The same story with other words: each text of it, and each name, made by `words`.
fn worded(words: &dyn Fn(&str) -> Text) -> Story {
    let mut scenario: Scenario = small().scenario;
    let all = |texts: &mut [&mut Text]| texts.iter_mut().for_each(|text| **text = words(text));
    all(&mut [&mut scenario.title, &mut scenario.summary, &mut scenario.industry, &mut scenario.deal]);
    for person in &mut scenario.cast {
        all(&mut [&mut person.name, &mut person.title]);
    }
    for fact in scenario.insights.iter_mut().chain(&mut scenario.flags) {
        all(&mut [&mut fact.text]);
    }
    for scene in &mut scenario.scenes {
        all(&mut [&mut scene.title, &mut scene.text]);
        scene.echoes.iter_mut().for_each(|echo| all(&mut [&mut echo.text]));
        if let SceneKind::Decision(decision) = &mut scene.kind {
            for option in &mut decision.options {
                all(&mut [&mut option.text, &mut option.then, &mut option.why, &mut option.closed]);
            }
        }
    }
    for ending in &mut scenario.endings {
        all(&mut [&mut ending.title, &mut ending.text, &mut ending.signed]);
        ending.lines.iter_mut().for_each(|line| all(&mut [&mut line.text]));
    }
    scenario.questions.iter_mut().for_each(|question| all(&mut [question]));
    Story::new(scenario)
}

/// What is left of a note if its words are taken away: the marks that lines begin with, and the bars of tables.
fn marks(note: &str) -> Vec<String> {
    let line = |line: &str| {
        let bars = line.replace("\\|", "").matches('|').count();
        let first = line.split(' ').next().unwrap_or_default();
        let number = first.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_mark = first.chars().all(|c| "#-+*>=`~_:".contains(c)) || matches!(number, "." | ")");
        format!("{}{bars}", if is_mark { first } else { "" })
    };
    note.lines().filter(|text| !text.is_empty()).map(line).collect()
}

#[test]
fn no_text_gets_out_of_its_place() {
    let more = [
        "</style><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</title><svg/onload=alert(1)>",
        "<!-- ",
        "]]>",
        "&lt;b&gt; &amp; &#60;",
        "javascript:alert(1)",
        "[x](javascript:alert(1))",
        "![x](http://evil.example/p.png)",
        "| a | b |",
        "# h",
        "- item",
        "> quote",
        "```",
        "1. one",
        "---",
        "=1+1",
        "+1",
        "-1+1",
        "@SUM(A1)",
        "=HYPERLINK(\"http://evil.example\",\"x\")",
        "a,\"b\"\n\nc;d",
        "\\",
        "{{ page.title }} {% raw %}",
    ];
    let plain = worded(&|text| Text::clean(if text.is_empty() { "" } else { "word" }));
    let plain = Sheet::new(&plain, record(&CHOICES), meta()).expect("a run");
    let page_tags = well_formed(&one(Format::Html, &plain));
    let note_marks = marks(&one(Format::Markdown, &plain));
    for payload in payloads().into_iter().chain(more.map(str::to_owned)) {
        let hostile = Text::clean(&payload);
        if hostile.trim().is_empty() {
            continue;
        }
        let story = worded(&|text| if text.is_empty() { Text::EMPTY } else { hostile.clone() });
        let from = Record { scenario: payload.clone(), ..record(&CHOICES) };
        let sheet = Sheet::new(&story, from, Meta { player: Some(hostile.clone()), ..meta() }).expect("a run");
        for format in FORMATS {
            let text = one(format, &sheet);
            let found = text.find(|c: char| steers(c));
            assert!(found.is_none(), "{format:?} {payload:?} at {found:?}");
        }
        let page = one(Format::Html, &sheet);
        assert_eq!(well_formed(&page), page_tags, "{payload:?}");
        let note = one(Format::Markdown, &sheet);
        assert_eq!(marks(&note), note_marks, "{payload:?}\n{note}");
        assert!(!note.contains('<') && !note.replace("\\]", "").contains("]("), "{payload:?}\n{note}");
        let table = one(Format::Csv, &sheet);
        let mut table = ::csv::Reader::from_reader(table.as_bytes());
        let rows: Vec<_> = table.records().collect::<Result<_, _>>().expect("a table");
        assert_eq!(rows.len(), CHOICES.len());
        for cell in rows.iter().flatten() {
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
            assert!(!formula && !cell.contains('\n'), "{payload:?} {cell:?}");
        }
        let json: Value = serde_json::from_str(&one(Format::Json, &sheet)).expect("JSON");
        assert_eq!(json["story"], Value::String(hostile.to_string()));
        assert_eq!(json["record"]["scenario"], Value::String(payload.clone()), "as it was");
        for statement in xapi::statements(&[sheet]) {
            fits(&statement.json);
        }
    }
}

/// Whether a statement has the shape that the specification gives it: no key too many, nothing empty.
fn fits(statement: &Value) {
    let keys = |value: &Value, allowed: &[&str]| {
        let object = value.as_object().unwrap_or_else(|| panic!("{value} is no object"));
        for (key, value) in object {
            assert!(allowed.contains(&key.as_str()), "{key} in {statement}");
            let empty = value.is_null()
                || value.as_str() == Some("")
                || value.as_object().is_some_and(serde_json::Map::is_empty);
            assert!(!empty, "{key} is empty in {statement}");
        }
    };
    let iri = |value: &Value| {
        let value = value.as_str().unwrap_or_default();
        let odd = |c: char| !c.is_ascii_graphic() || "\"<>\\^`{|}".contains(c);
        assert!(value.starts_with("http") && value.contains("://") && !value.contains(odd), "{value:?}");
    };
    let map = |value: &Value| {
        for (tag, text) in value.as_object().expect("a language map") {
            assert!(
                tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && !text.as_str().expect("text").is_empty()
            );
        }
    };
    let extensions =
        |value: &Value| value.as_object().expect("extensions").keys().for_each(|key| iri(&Value::String(key.clone())));
    let time = |value: &Value| value.as_str().expect("text").parse::<Timestamp>().map(drop).expect("a time");
    keys(statement, &["id", "actor", "verb", "object", "result", "context", "timestamp", "version"]);
    assert_eq!(statement["version"], "1.0.3");
    let id: uuid::Uuid = statement["id"].as_str().expect("text").parse().expect("an id");
    assert_eq!(id.get_version_num(), 5);
    keys(&statement["actor"], &["objectType", "account"]);
    keys(&statement["actor"]["account"], &["homePage", "name"]);
    iri(&statement["actor"]["account"]["homePage"]);
    keys(&statement["verb"], &["id", "display"]);
    iri(&statement["verb"]["id"]);
    map(&statement["verb"]["display"]);
    statement.get("timestamp").iter().for_each(|at| time(at));
    let context = &statement["context"];
    keys(context, &["registration", "platform", "language", "revision", "extensions", "contextActivities"]);
    extensions(&context["extensions"]);
    let object = &statement["object"];
    keys(object, &["objectType", "id", "definition"]);
    iri(&object["id"]);
    let definition = &object["definition"];
    iri(&definition["type"]);
    map(&definition["name"]);
    map(&definition["description"]);
    let result = &statement["result"];
    keys(result, &["completion", "success", "score", "duration", "response", "extensions"]);
    extensions(&result["extensions"]);
    assert!(result["success"].is_boolean());
    if statement["verb"]["id"].as_str().is_some_and(|verb| verb.ends_with("/completed")) {
        keys(definition, &["type", "name", "description"]);
        assert!(context.get("contextActivities").is_none());
        let scaled = result["score"]["scaled"].as_f64().expect("a number");
        assert!((0.0..=1.0).contains(&scaled));
        assert_eq!(result["score"]["raw"].as_f64().map(f64::round), Some((scaled * 100.0).round()));
        assert!(result.get("duration").is_none_or(|took| took.as_str().is_some_and(|took| took.starts_with("PT"))));
    } else {
        keys(definition, &["type", "name", "description", "interactionType", "choices", "correctResponsesPattern"]);
        assert_eq!(definition["interactionType"], "choice");
        let choices = definition["choices"].as_array().expect("choices");
        let ids: HashSet<&str> = choices.iter().filter_map(|choice| choice["id"].as_str()).collect();
        assert_eq!(ids.len(), choices.len());
        for choice in choices {
            map(&choice["description"]);
        }
        let right = definition["correctResponsesPattern"].as_array().expect("a pattern");
        assert!(!right.is_empty() && right.iter().all(|one| ids.contains(one.as_str().expect("text"))));
        assert!(ids.contains(result["response"].as_str().expect("text")));
        iri(&context["contextActivities"]["parent"][0]["id"]);
    }
}

#[test]
fn statements_have_the_shape_of_the_specification() {
    let story = small();
    for story in plays::made().iter().chain([&story]) {
        let runs: [(&str, plays::Policy<'_>); 2] = [("leader", &plays::leader), ("take over", &plays::take_over)];
        for (_, policy) in runs {
            let run = plays::play(story, 3, policy);
            let sheet = Sheet::new(story, Record::of(story, &run), meta()).expect("a run");
            let made = xapi::statements(&[sheet]);
            assert_eq!(made.len(), run.steps().len() + 1);
            for statement in &made {
                fits(&statement.json);
            }
        }
    }
}

#[test]
fn a_statement_tells_what_was_chosen_and_how_it_ended() {
    let story = small();
    let made = xapi::statements(&[sheet(&story)]);
    let names: Vec<&str> = made.iter().map(|statement| statement.name.as_str()).collect();
    assert_eq!(names, ["small, answered 1", "small, answered 2", "small, answered 3", "small, completed"]);
    let (answer, done) = (&made[1].json, &made[3].json);
    assert_eq!((&answer["result"]["response"], &answer["result"]["success"]), (&"promise".into(), &false.into()));
    assert_eq!(answer["result"]["extensions"]["https://ridealong.invalid/xapi/extension/trust-change"], -8);
    assert_eq!(answer["object"]["definition"]["correctResponsesPattern"], serde_json::json!(["listen"]));
    assert_eq!((&done["result"]["score"]["scaled"], &done["result"]["duration"]), (&0.17.into(), &"PT12M29S".into()));
    assert_eq!((&done["result"]["success"], &done["timestamp"]), (&false.into(), &"2026-11-24T13:32:35Z".into()));
    assert_eq!(made[0].json["timestamp"], "2026-11-24T13:24:00Z");
    assert_eq!(done["actor"]["account"]["name"], "Ann O'Neil");
    let best = Sheet::new(&story, record(&["listen", "tell"]), meta()).expect("a run");
    assert!(xapi::statements(&[best]).iter().all(|statement| statement.json["result"]["success"] == true));
    // A clock that was set back makes no time of less than nothing.
    let back = Meta { started: meta().ended, ended: meta().started, ..meta() };
    let back = Sheet::new(&story, record(&CHOICES), back).expect("a run");
    assert!(xapi::statements(&[back])[3].json["result"].get("duration").is_none());
}

#[test]
fn ids_follow_from_the_run() {
    let story = small();
    let ids = |meta: Meta| -> Vec<String> {
        let sheet = Sheet::new(&story, record(&CHOICES), meta).expect("a run");
        xapi::statements(&[sheet]).iter().map(|statement| statement.id.to_string()).collect()
    };
    let first = ids(meta());
    assert_eq!(first, ids(meta()));
    // What was kept is never to change.
    assert_eq!(first[0], "8d11fbc0-68ef-53f2-925e-fc27b10b7064");
    let other = ids(Meta { id: uuid::Uuid::nil(), ..meta() });
    let all: HashSet<&String> = first.iter().chain(&other).collect();
    assert_eq!(all.len(), 8);
    // By hand, without an id: the choices and who made them are the run.
    let by_hand =
        |choices: &[&str], player: Option<&str>| Meta::of(&story, &record(choices), player.map(Text::clean)).id;
    let same = by_hand(&CHOICES, None);
    assert_eq!(same, by_hand(&CHOICES, None));
    let others: BTreeMap<uuid::Uuid, &str> = [
        (same, "as it is"),
        (by_hand(&CHOICES, Some("Ann")), "by Ann"),
        (by_hand(&CHOICES, Some("Bo")), "by Bo"),
        (by_hand(&CHOICES[..2], None), "shorter"),
        (by_hand(&[], Some("pause")), "nothing"),
    ]
    .into();
    assert_eq!(others.len(), 5, "{others:?}");
}
