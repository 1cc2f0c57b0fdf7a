//! What only playing a story shows its author.
#![allow(clippy::expect_used, clippy::panic)]

use ridealong::diagnostic::Code;
use ridealong::report::findings;
use ridealong::scenario::check::{Spot, check};
use ridealong::story::Story;

const HEAD: &str = r#"
format = 1
id = "story"
title = "A story"
summary = "A story."
level = 1
minutes = 5
language = "en"
industry = "Boxes"
deal = "12k"
briefing = "You lead three reps."
[cast.mira]
name = "Mira Holt"
role = "rep"
title = "Rep"
[cast.aydin]
name = "Emre Aydin"
role = "customer"
title = "Buyer"
[start]
scene = "s0"
trust = 50
growth = 50
momentum = 50
bypass = 50
[insights]
fact = "A fact."
other = "Another."
"#;

const TAIL: &str = r#"
[[ending]]
id = "won"
kind = "won_by_rep"
title = "Won"
text = "Won."
[[ending]]
id = "lost"
kind = "damage"
title = "Lost"
text = "Lost."
"#;

fn option(id: &str, key: u8, posture: &str, rest: &str) -> String {
    format!(
        "[[scene.option]]\nid = \"{id}\"\ntext = \"Do {id}.\"\nposture = \"{posture}\"\nform = \"act\"\nkey = {key}\n\
         then = \"Done.\"\nwhy = \"it was done.\"\n{rest}\n"
    )
}

fn scene(id: &str, goto: &str, rest: &str) -> String {
    format!(
        "[[scene]]\nid = \"{id}\"\ntitle = \"{id}\"\nrule = \"present\"\ntext = \"Something is up.\"\ngoto = {goto}\n{rest}\n"
    )
}

fn found(scenes: &str) -> Vec<(Code, Spot)> {
    let text = format!("{HEAD}{scenes}{TAIL}");
    let checked = check("story.toml", text.as_bytes());
    let scenario = checked.scenario().unwrap_or_else(|| panic!("{:?}", checked.diagnostics()));
    findings(&Story::new(scenario.clone())).found.into_iter().map(|found| (found.code, found.spot)).collect()
}

/// Two options: one teaches the fact and gains trust, one loses it.
fn two() -> String {
    option("lead", 4, "lead", "learn = [\"fact\"]\neffect = { trust = 8 }")
        + &option("take", 0, "take_over", "effect = { trust = -8, momentum = 9 }")
}

#[test]
fn a_story_in_which_everything_can_be_met_has_no_findings() {
    let gate = "[{ to = \"won\", when = { trust = { min = 55 } } }, { to = \"lost\" }]";
    assert_eq!(found(&scene("s0", gate, &two())), []);
}

#[test]
fn what_no_play_meets_is_found_where_it_stands() {
    // The highest trust is 58, the other fact is taught nowhere.
    let gate = "[{ to = \"s1\", when = { trust = { min = 59 } } }, { to = \"s2\" }]";
    let third = option("third", 2, "absent", "when = { knows = [\"other\"] }\nclosed = \"Unknown.\"");
    let echo = "[[scene.echo]]\nwhen = { trust = { min = 59 } }\ntext = \"It comes back.\"\n";
    let scenes = scene("s0", gate, &two())
        + &scene("s1", "\"won\"", &two())
        + &scene("s2", "\"lost\"", &(two() + &third + echo));
    assert_eq!(
        found(&scenes),
        [
            (Code::NeverMet, Spot::Scene(1)),
            (Code::NeverMet, Spot::Echo(2, 0)),
            (Code::NeverOpen, Spot::Option(2, 2)),
            (Code::NeverMet, Spot::Ending(0)),
        ]
    );
}

#[test]
fn bots_that_do_not_come_apart_are_found() {
    // Taking over has the best key, so that the closer scores as a leader would.
    let wrong = option("lead", 0, "lead", "") + &option("take", 4, "take_over", "effect = { momentum = 9 }");
    let chain = |options: &str| -> String { (0..6).map(|at| scene(&format!("s{at}"), &target(at), options)).collect() };
    let codes: Vec<_> = found(&chain(&wrong)).into_iter().map(|(code, _)| code).collect();
    assert!(codes.contains(&Code::OutsideBand), "{codes:?}");
    // Fewer decisions say nothing.
    let short = scene("s0", "[{ to = \"won\", when = { momentum = { min = 55 } } }, { to = \"lost\" }]", &wrong);
    assert!(found(&short).iter().all(|(code, _)| *code != Code::OutsideBand));
}

fn target(at: u32) -> String {
    if at < 5 {
        format!("\"s{}\"", at + 1)
    } else {
        "[{ to = \"won\", when = { momentum = { min = 55 } } }, { to = \"lost\" }]".to_owned()
    }
}
