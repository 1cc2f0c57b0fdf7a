//! `prove`: the report, the JSON, the exit codes.

use super::plays::{ORACLE, shipped};
use super::program::Place;
use ridealong::record::Record;

#[test]
fn what_is_shipped_is_proven() {
    let place = Place::new();
    for story in shipped() {
        let said = place.run(&["prove", &story.scenario.id, "--json"]);
        let found: serde_json::Value = serde_json::from_str(&said.ends(0).out).expect("JSON");
        assert_eq!(found["scenario"], story.scenario.id);
        assert_eq!(found["complete"], true);
        assert!(found["states"].is_u64() && found["seconds"].is_f64());
        for list in ["unreachable_scenes", "never_open", "never_heard", "stuck", "endless", "unknown"] {
            assert_eq!(found[list], serde_json::json!([]), "{list}");
        }
        assert!(found["trust"]["best"].as_u64() > found["trust"]["worst"].as_u64());
        // Every road is a run record that comes to what it says.
        for end in ["best", "worst"] {
            let run = record(&story.scenario.id, &found["score"][end]).replay(&story).expect("it fits");
            let total = run.score(&story.program).expect("an end").total;
            assert_eq!(found["score"][end]["value"], total.round(), "{end}");
        }
        for ending in &story.scenario.endings {
            let road = &found["endings"][ending.id.as_str()];
            assert_eq!(road["reachable"], true);
            let run = record(&story.scenario.id, road).replay(&story).expect("it fits");
            assert_eq!(story.ended_at(&run).map(|ended| &ended.id), Some(&ending.id));
        }
    }
}

fn record(scenario: &str, road: &serde_json::Value) -> Record {
    let record = serde_json::json!({ "scenario": scenario, "seed": road["seed"], "choices": road["choices"] });
    Record::parse(record.to_string().as_bytes()).expect("a record")
}

#[test]
fn people_are_told_in_sentences() {
    let place = Place::new();
    let words = ["The Corner Office. Proven", "Best", "Worst", "won-by-rep: map", "every play ends"];
    place.run(&["prove", ORACLE]).ends(0).tells(&words);
}

#[test]
fn out_of_budget_there_are_bounds() {
    let said = Place::new().run(&["prove", ORACLE, "--budget", "1", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&said.ends(0).out).expect("JSON");
    assert_eq!(found["complete"], false);
    let best = &found["score"]["best"];
    assert!(best["at_most"].as_u64() >= best["value"].as_u64());
}

#[test]
fn what_cannot_be_proven_is_an_error() {
    let place = Place::new();
    place.run(&["prove", "gone.toml"]).complains(2, &["gone.toml"]);
    let said = place.run(&["prove"]);
    assert!(said.ends(2).err.contains("<SCENARIO>"), "{}", said.err);
}
