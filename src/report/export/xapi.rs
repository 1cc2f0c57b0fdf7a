//! Runs as statements for a learning record store: xAPI 1.0.3.
//!
//! A run that has ended is `completed`; each of its choices is `answered`, as an interaction of the kind `choice`. A statement's
//! id follows from the run's id and what it says, so sending a run twice changes nothing. Who played is an account, a
//! name at a home page; there is no e-mail address.

use std::io::{self, Write};

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Sheet;
use super::json::pretty;
use crate::engine::{Ratio, Step};
use crate::report::{Band, Cost, Debrief, Decided, decided};
use crate::scenario::{Decision, SceneKind, SceneOption};
use crate::terms::Meter;

/// The version that the statements follow.
pub const VERSION: &str = "1.0.3";
/// What activities and extensions are named below. It leads nowhere on purpose: a name, not an address.
pub const BASE: &str = "https://ridealong.invalid/xapi";
/// Characters of a scene's text that describe it.
const LONGEST: usize = 500;

/// A statement, with what an error message calls it.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Its id, the same every time.
    pub id: Uuid,
    /// `small, answered 3`: which run and what of it; safe to print.
    pub name: String,
    /// The statement itself.
    pub json: Value,
}

/// The statements of runs, in order.
pub fn statements(sheets: &[Sheet<'_>]) -> Vec<Statement> {
    sheets.iter().flat_map(of).collect()
}

/// Statements as one JSON array.
pub(super) fn write(sheets: &[Sheet<'_>], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", pretty(&statements(sheets).iter().map(|statement| &statement.json).collect::<Vec<_>>()))
}

/// Whether it can be the home page of players' accounts: an address of the web, without a name and password in it.
pub fn is_home_page(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https")) else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let odd = |c: char| !c.is_ascii_graphic() || matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}');
    !host.is_empty() && !host.contains('@') && !address.contains(odd)
}

/// The statements of a run: its answers, then that it was completed. None before it has: what is sent is never changed,
/// and what a choice cost is told at the end.
fn of(sheet: &Sheet<'_>) -> Vec<Statement> {
    let Some(debrief) = sheet.debrief() else {
        return Vec::new();
    };
    let answers = sheet.run.steps().iter().enumerate().filter_map(|(number, step)| answered(sheet, number, step));
    answers.chain([completed(sheet, &debrief)]).collect()
}

/// What every statement of a run has: id, who, where from, which attempt.
fn statement(sheet: &Sheet<'_>, key: &str, verb: &str, own: Value) -> Statement {
    let meta = &sheet.meta;
    let scenario = &sheet.story.scenario;
    let id = Uuid::new_v5(&meta.id, key.as_bytes());
    // Runs of people without a name are not taken for one person's.
    let nameless = || format!("run-{}", meta.id);
    let name = meta.player.as_ref().map_or_else(nameless, ToString::to_string);
    let home = meta.home.as_deref().map_or_else(|| format!("{BASE}/players"), str::to_owned);
    let mut json = json!({
        "id": id.to_string(),
        "actor": {"objectType": "Agent", "account": {"homePage": home, "name": name}},
        "verb": {"id": format!("http://adlnet.gov/expapi/verbs/{verb}"), "display": {"en-US": verb}},
        "context": {
            "registration": meta.id.to_string(),
            "platform": "Ridealong",
            "language": &*scenario.language,
            "revision": sheet.story.hash.to_string(),
            "extensions": extensions([
                ("seed", Some(json!(sheet.run.seed().to_string()))),
                ("attempt", meta.attempt.map(|attempt| json!(attempt))),
                ("feedback", meta.feedback.map(|when| json!(when.id()))),
            ]),
        },
        "version": VERSION,
    });
    merge(&mut json, own);
    Statement { id, name: format!("{}, {key}", scenario.id), json }
}

/// Adds what one document has to another, table by table.
fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

/// Extensions that are known, by their names.
fn extensions<const N: usize>(known: [(&str, Option<Value>); N]) -> Value {
    let named = known.into_iter().filter_map(|(name, value)| Some((format!("{BASE}/extension/{name}"), value?)));
    Value::Object(named.collect::<Map<_, _>>())
}

fn completed(sheet: &Sheet<'_>, debrief: &Debrief<'_>) -> Statement {
    let meters = sheet.run.state().meters;
    let meter = |meter: Meter| Some(json!(meters.get(meter)));
    let mut result = json!({
        "completion": true,
        // Where the line comes out nearer to the leader: the same as the two upper titles.
        "success": debrief.band >= Band::MostlyLeads,
        "score": {"scaled": hundredths(debrief.score), "raw": debrief.score, "min": 0, "max": 100},
        "extensions": extensions([
            ("title", Some(json!(debrief.title.label()))),
            ("ending", Some(json!(debrief.ending.id))),
            ("ending-kind", Some(json!(debrief.ending.kind.id()))),
            ("red-lines", Some(json!(debrief.red_lines))),
            ("trust", meter(Meter::Trust)),
            ("growth", meter(Meter::Growth)),
            ("bypass", meter(Meter::Bypass)),
        ]),
    });
    if let Some(took) = sheet.meta.took() {
        result["duration"] = json!(took.to_string());
    }
    let mut own = json!({"object": scenario(sheet), "result": result});
    if let Some(ended) = sheet.meta.ended {
        own["timestamp"] = json!(ended.to_string());
    }
    statement(sheet, "completed", "completed", own)
}

/// A rounded score as a share of one, with two decimals.
fn hundredths(score: u64) -> Value {
    // The nearest float to a short decimal prints as that decimal.
    json!(f64::from(u32::try_from(score).unwrap_or(100)) / 100.0)
}

/// The scenario as an activity.
fn scenario(sheet: &Sheet<'_>) -> Value {
    let scenario = &sheet.story.scenario;
    json!({
        "objectType": "Activity",
        "id": scenario_iri(sheet),
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/simulation",
            "name": {&*scenario.language: line(&scenario.title)},
            "description": {&*scenario.language: line(&scenario.summary)},
        },
    })
}

fn scenario_iri(sheet: &Sheet<'_>) -> String {
    format!("{BASE}/scenario/{}", sheet.story.scenario.id)
}

/// A choice. Nothing if the step is of another story, which it can't be.
fn answered(sheet: &Sheet<'_>, number: usize, step: &Step) -> Option<Statement> {
    let made = decided(sheet.story, step)?;
    let SceneKind::Decision(decision) = &made.scene.kind else {
        return None;
    };
    let cost = match sheet.costs().get(number) {
        Some(Cost::Exactly(cost)) => Some(json!(tenths(*cost))),
        Some(Cost::Unknown) | None => None,
    };
    let [trust, ..] = made.in_all;
    let mut own = json!({
        "object": interaction(sheet, &made, decision),
        "result": {
            "response": made.option.id,
            "success": best(super::csv::open(step, &decision.options)).any(|best| best.id == made.option.id),
            "extensions": extensions([
                ("trust", Some(json!(trust.value))),
                ("trust-change", Some(json!(trust.by))),
                ("posture", Some(json!(made.option.posture.id()))),
                ("cost", cost),
            ]),
        },
        "context": {
            "contextActivities": {"parent": [{"objectType": "Activity", "id": scenario_iri(sheet)}]},
            "extensions": extensions([("decision", Some(json!(number + 1)))]),
        },
    });
    // By the end of the run it was made; when within it, isn't always kept.
    if let Some(at) = sheet.meta.answered.get(number).copied().or(sheet.meta.ended) {
        own["timestamp"] = json!(at.to_string());
    }
    Some(statement(sheet, &format!("answered {}", number + 1), "answered", own))
}

/// A decision as an activity with choices: the same for everybody, whatever was open.
fn interaction(sheet: &Sheet<'_>, made: &Decided<'_>, decision: &Decision) -> Value {
    let language: &str = &sheet.story.scenario.language;
    let choice = |option: &SceneOption| json!({"id": option.id, "description": {language: line(&option.text)}});
    json!({
        "objectType": "Activity",
        "id": format!("{}/scene/{}", scenario_iri(sheet), made.scene.id),
        "definition": {
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "name": {language: line(&made.scene.title)},
            "description": {language: line(&made.scene.text)},
            "interactionType": "choice",
            "choices": decision.options.iter().map(choice).collect::<Vec<_>>(),
            "correctResponsesPattern": best(decision.options.iter()).map(|option| option.id.as_str()).collect::<Vec<_>>(),
        },
    })
}

/// Those of the highest key.
fn best<'s>(options: impl Iterator<Item = &'s SceneOption>) -> impl Iterator<Item = &'s SceneOption> {
    let options: Vec<_> = options.collect();
    let highest = options.iter().map(|option| option.key).max();
    options.into_iter().filter(move |option| Some(option.key) == highest)
}

/// A cost with one decimal.
fn tenths(cost: Ratio) -> f64 {
    f64::from(u32::try_from(cost.tenths()).unwrap_or(u32::MAX)) / 10.0
}

/// A text on one line, cut where it is very long. A statement may hold nothing empty, so nothing is a dash.
fn line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}\u{2026}", line[..end].trim_end()),
        None if line.is_empty() => "\u{2013}".to_owned(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_page_is_an_address() {
        for good in ["https://hr.example.com/people", "http://localhost:8080", "https://example.com/?a=b#c"] {
            assert!(is_home_page(good), "{good}");
        }
        for bad in
            ["", "example.com", "https://", "https:///x", "ftp://a", "https://a b", "https://u:p@a/", "https://\u{e9}"]
        {
            assert!(!is_home_page(bad), "{bad}");
        }
    }
}
