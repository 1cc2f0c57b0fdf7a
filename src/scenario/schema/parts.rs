//! The schema of scenes, options, conditions and endings.

use serde_json::{Value, json};

use super::{ID, Table, bounds, flag, id, limited, line as one_line, list, name, names, number, of, prose, word};
use crate::scenario::check::{EXITS, INSIGHTS, OPTIONS};
use crate::scenario::file::TextRule;
use crate::terms::{EndingKind, Form, Meter, Posture, Role, Rule};

/// How many insights there can be.
fn insights() -> i64 {
    i64::try_from(INSIGHTS).unwrap_or(i64::MAX)
}

pub(super) fn person() -> Value {
    let roles = Role::ALL.iter().map(|role| {
        let meaning = match role {
            Role::Rep => "the player's rep, whose account it is; exactly one",
            Role::Customer => "on the customer's side; at least one",
            Role::Boss => "the player's boss",
            Role::Colleague => "on the player's side",
            Role::Other => "anybody else",
        };
        (role.id(), meaning.to_owned())
    });
    Table::new("Somebody in the story.")
        .key("name", one_line("First and last name."))
        .key("role", word(roles, "Their part."))
        .key("title", one_line("Their work."))
        .maybe("about", prose("What they are like."))
        .maybe("wants", prose("What they want."))
        .into_value()
}

pub(super) fn scene() -> Value {
    let rules = || Rule::ALL.iter().map(|rule| (rule.id(), rule.label().to_owned()));
    let options = list(&of("option"), 1, Some(OPTIONS), "What the player can do: three or four options.");
    let mut scene = Table::new("A decision; or, without options, a passage that is told and left by its `goto`.")
        .key("id", id(ID, "Its name. Scenes and endings share their names."))
        .maybe("title", one_line("Its heading. A passage needs none."))
        .maybe("text", limited("What is told. A passage's may be empty.", TextRule::SCENE.most))
        .maybe("rule", word(rules(), "The rule that it is scored on."))
        .maybe("also", word(rules(), "A second rule, which counts half and only for the bars by rule."))
        .maybe("turning_point", flag("Weighs one and a half times: an offer, a close, a boss's threat."))
        .maybe("goto", of("goto"))
        .maybe("option", options)
        .maybe("echo", list(&of("echo"), 1, None, "What comes back on entering, in this order."))
        .maybe("allow", of("allow"))
        .into_value();
    scene["if"] = json!({ "required": ["option"] });
    scene["then"] = json!({ "required": ["title", "text", "rule"] });
    scene["else"] = json!({ "required": ["goto"],
        "properties": { "rule": false, "also": false, "turning_point": false } });
    scene
}

pub(super) fn option() -> Value {
    let postures = Posture::ALL.iter().map(|posture| {
        let meaning = match posture {
            Posture::Lead => "\"It's yours; I'm near.\"",
            Posture::TakeOver => "\"Let me.\"",
            Posture::Absent => "\"You've got this.\"",
        };
        (posture.id(), meaning.to_owned())
    });
    let forms = Form::ALL.iter().map(|form| {
        let meaning = match form {
            Form::Ask => "a question",
            Form::Tell => "a statement",
            Form::Act => "a deed",
            Form::Wait => "leaving things as they are for now",
            Form::Route => "passing it to somebody",
        };
        (form.id(), meaning.to_owned())
    });
    let rules = Rule::ALL.iter().map(|rule| (rule.id(), rule.label().to_owned()));
    let mut option = Table::new("One thing that the player could do.")
        .key("id", id(ID, "Its name, unique in its scene. Saved games know options by it."))
        .key("text", limited("What the player reads, in one paragraph.", TextRule::OPTION.most))
        .key("posture", word(postures, "What it does with the rep's place."))
        .key("form", word(forms, "The surface; never scored."))
        .key(
            "key",
            number(
                0,
                4,
                "How good it is: 4 what experienced leaders would do, 3 sound but costly, 2 half made, 1 takes a part that was \
                 the rep's or leaves the rep alone, 0 crosses a line.",
            ),
        )
        .maybe("effect", of("effect"))
        .maybe("learn", names("Insights that the rep has from now on."))
        .maybe("set", names("Flags that are set from now on."))
        .key("then", prose("What happened."))
        .key("why", prose("What the choice did, in one sentence; told after the rule's name."))
        .maybe("why_rule", word(rules, "The rule that `why` speaks of, if it isn't the scene's."))
        .maybe("when", of("condition"))
        .maybe("closed", one_line("Why it is closed; needed with `when`. Closed options are shown, greyed."))
        .maybe("once", flag("Closed after it was chosen."))
        .maybe("goto", of("goto"))
        .maybe("allow", of("allow"))
        .into_value();
    option["dependencies"] = json!({ "when": ["closed"] });
    option
}

pub(super) fn echo() -> Value {
    Table::new("Something that comes back on entering the scene, while its condition holds.")
        .key("when", of("condition"))
        .key("text", prose("What is told."))
        .maybe("effect", of("effect"))
        .into_value()
}

pub(super) fn ending() -> Value {
    let kinds = EndingKind::ALL.iter().map(|kind| (kind.id(), format!("{}, worth {}", kind.label(), kind.value())));
    Table::new("A way it can come out.")
        .key("id", id(ID, "Its name. Scenes and endings share their names."))
        .key("kind", word(kinds, "How it ranks."))
        .key("title", one_line("Its heading."))
        .maybe("signed", one_line("The deal as signed; left out where nothing was."))
        .key("text", prose("How it came out."))
        .maybe("line", list(&of("line"), 1, None, "What is added under a condition, in this order."))
        .into_value()
}

pub(super) fn line() -> Value {
    Table::new("What is added to an ending under a condition.")
        .key("when", of("condition"))
        .key("text", prose("What it says."))
        .into_value()
}

pub(super) fn goto() -> Value {
    let entries = list(&of("exit"), 1, Some(EXITS), "Tried from the top; the first whose `when` holds is taken.");
    json!({
        "description": "Where it leads: the name of a scene or an ending, or a list of entries. One entry must hold in every case.",
        "anyOf": [name("A scene or an ending."), entries],
    })
}

pub(super) fn exit() -> Value {
    Table::new("One entry of a goto.")
        .key("to", name("A scene or an ending."))
        .maybe("when", of("condition"))
        .maybe("chance", number(1, i64::from(u32::MAX), "Its weight in a draw with its neighbours that have one, too."))
        .into_value()
}

pub(super) fn condition() -> Value {
    let table = Table::new("All of its entries must hold.");
    let meter = |table: Table, meter: &Meter| table.maybe(meter.id(), of("bounds"));
    Meter::ALL
        .iter()
        .fold(table, meter)
        .maybe("insights", bounds(0, insights(), "How many insights are known."))
        .maybe("knows", names("Insights that are known, each of them."))
        .maybe("flags", names("Flags that are set, each of them."))
        .maybe("without", names("Flags that are not set, none of them."))
        .maybe("any", list(&of("condition"), 1, None, "At least one of these conditions holds."))
        .into_value()
}
