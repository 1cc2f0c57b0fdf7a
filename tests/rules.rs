//! The rules of play and of the score, on stories made by hand: what comes out was worked out from the format's text,
//! not from the program.
#![allow(clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ridealong::engine::{Chosen, Event, Keys, Place, Ratio, Run, Seed, Sums, Title};
use ridealong::scenario::check::check;
use ridealong::story::Story;
use ridealong::terms::{Effect, Key, Meters, Posture, Rule};

/// Where the four meters are when nothing else is said: trust, growth, momentum, bypass.
const MIDDLE: [u8; 4] = [50, 50, 50, 50];

/// A story that starts at the scene `a`. `declared` holds `[insights]` and `[flags]`; there are endings of all kinds,
/// each named by its kind.
fn story([trust, growth, momentum, bypass]: [u8; 4], declared: &str, scenes: &[String]) -> Story {
    let mut text = format!(
        "format = 1\nid = \"s\"\ntitle = \"T\"\nsummary = \"S\"\nlevel = 1\nminutes = 5\nlanguage = \"en\"\n\
         industry = \"I\"\ndeal = \"D\"\nbriefing = \"B\"\n\
         cast.a = {{ name = \"A\", role = \"rep\", title = \"T\" }}\n\
         cast.b = {{ name = \"B\", role = \"customer\", title = \"T\" }}\n\
         start = {{ scene = \"a\", trust = {trust}, growth = {growth}, momentum = {momentum}, bypass = {bypass} }}\n\
         {declared}\n{}",
        scenes.concat()
    );
    for kind in ["won_by_rep", "postponed", "learned", "around_rep", "damage"] {
        let _ = write!(text, "[[ending]]\nid = \"{kind}\"\nkind = \"{kind}\"\ntitle = \"E\"\ntext = \"E\"\n");
    }
    let checked = check("s.toml", text.as_bytes());
    let errors: Vec<_> = checked.diagnostics().iter().filter(|found| found.is_error()).cloned().collect();
    Story::new(checked.into_scenario().unwrap_or_else(|| panic!("{errors:#?}\n{text}")))
}

/// A decision: its fields, then echoes and options.
fn decision(id: &str, fields: &str, rest: &[String]) -> String {
    let rule = if fields.contains("rule =") { "" } else { "rule = \"present\"\n" };
    format!("[[scene]]\nid = \"{id}\"\ntitle = \"T\"\ntext = \"T\"\n{rule}{fields}\n{}", rest.concat())
}

/// A passage: its goto, then echoes.
fn passage(id: &str, goto: &str, echoes: &[String]) -> String {
    format!("[[scene]]\nid = \"{id}\"\ngoto = {goto}\n{}", echoes.concat())
}

/// An option, which leads if nothing else is said.
fn option(id: &str, key: u8, fields: &str) -> String {
    let posture = if fields.contains("posture =") { "" } else { "posture = \"lead\"\n" };
    format!(
        "[[scene.option]]\nid = \"{id}\"\ntext = \"{id}\"\nform = \"ask\"\nkey = {key}\nthen = \"T\"\nwhy = \"w\"\n\
         {posture}{fields}\n"
    )
}

fn echo(when: &str, effect: &str) -> String {
    format!("[[scene.echo]]\nwhen = {when}\ntext = \"E\"\neffect = {effect}\n")
}

/// So many flags, `f0` and on.
fn flags(count: u32) -> String {
    (0..count).fold("[flags]\n".to_owned(), |flags, flag| flags + &format!("f{flag} = \"F\"\n"))
}

/// The run that these places of options make.
fn run(story: &Story, seed: u64, choices: &[u8]) -> Run {
    let choices: Vec<Chosen> = choices.iter().copied().map(Chosen).collect();
    Run::replay(&story.program, Seed(seed), &choices).expect("open options")
}

/// The id of the scene or the ending where a run stands.
fn stands<'s>(story: &'s Story, run: &Run) -> &'s str {
    match run.state().place {
        Place::Scene(scene) => &story.scenario.scenes[scene as usize].id,
        Place::Ending(ending) => &story.scenario.endings[ending as usize].id,
        Place::Nowhere => "nowhere",
    }
}

/// How often a choice leads where, over so many seeds.
fn shares<'s>(story: &'s Story, choices: &[u8], seeds: u64) -> BTreeMap<&'s str, u64> {
    let mut counts = BTreeMap::new();
    for seed in 0..seeds {
        *counts.entry(stands(story, &run(story, seed, choices))).or_default() += 1;
    }
    assert_eq!(counts.values().sum::<u64>(), seeds);
    counts
}

/// Asserts that these places, and no other, come up so often, within 5% of all.
#[track_caller]
fn assert_near(counts: &BTreeMap<&str, u64>, expected: &[(&str, u64)]) {
    let all: u64 = counts.values().sum();
    assert_eq!(counts.keys().copied().collect::<Vec<_>>(), expected.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    for (id, wanted) in expected {
        assert!(counts[id].abs_diff(*wanted) < all / 20, "{id}: {} and not about {wanted}; {counts:?}", counts[id]);
    }
}

fn meters(run: &Run) -> [u8; 4] {
    let meters = run.state().meters;
    [meters.trust(), meters.growth(), meters.momentum(), meters.bypass()]
}

// ---- What a choice does, and in which order.

#[test]
fn a_choice_is_effect_then_learn_then_set_then_goto() {
    let scenes = [
        decision(
            "a",
            "goto = \"b\"",
            &[option("all", 4, "effect = { trust = 6 }\nlearn = [\"i1\", \"i0\"]\nset = [\"f1\"]"), option("x", 0, "")],
        ),
        passage("b", "\"learned\"", &[echo("{ flags = [\"f1\"] }", "{ growth = -2 }")]),
    ];
    let story = story(MIDDLE, "[insights]\ni0 = \"I\"\ni1 = \"I\"\n[flags]\nf0 = \"F\"\nf1 = \"F\"", &scenes);
    let run = run(&story, 1, &[0]);
    let by = |trust, growth| Effect::new([trust, growth, 0, 0]);
    assert_eq!(
        run.steps()[0].events,
        [
            Event::Moved(by(6, 0)),
            Event::Learned(0),
            Event::Learned(1),
            Event::Remembered(1),
            Event::Entered(1),
            Event::Echoed(0, by(0, -2)),
            Event::Ended(2),
        ]
    );
}

/// Each option does what its goto asks for; the goto is judged on the state after it.
#[test]
fn the_goto_is_judged_after_effect_learn_and_set() {
    let goto = |when: &str| format!("goto = [{{ to = \"won_by_rep\", when = {{ {when} }} }}, {{ to = \"damage\" }}]");
    let options = [
        option("effect", 4, &format!("effect = {{ trust = 5 }}\n{}", goto("trust = { min = 55 }"))),
        option("learn", 4, &format!("learn = [\"i0\"]\n{}", goto("knows = [\"i0\"]"))),
        option("set", 4, &format!("set = [\"f0\"]\n{}", goto("flags = [\"f0\"]"))),
        option("unset", 4, &format!("set = [\"f0\"]\n{}", goto("without = [\"f0\"]"))),
        option("nothing", 0, &goto("trust = { min = 51 }")),
    ];
    let story = story(MIDDLE, "[insights]\ni0 = \"I\"\n[flags]\nf0 = \"F\"", &[decision("a", "", &options)]);
    let ends = [0, 1, 2, 3, 4].map(|option| stands(&story, &run(&story, 1, &[option])));
    assert_eq!(ends, ["won_by_rep", "won_by_rep", "won_by_rep", "damage", "damage"]);
}

/// On entering at trust 50: the first echo makes it 55, so the second (from 54 on) sounds and the third (up to 50)
/// doesn't. On entering again at 55 only the second sounds.
#[test]
fn echoes_are_judged_one_after_another_at_every_entry() {
    let echoes = [
        echo("{ trust = { max = 50 } }", "{ trust = 5 }"),
        echo("{ trust = { min = 54 } }", "{ growth = 7 }"),
        echo("{ trust = { max = 50 } }", "{ momentum = 9 }"),
    ];
    let options = [option("again", 4, "once = true\ngoto = \"a\""), option("go", 0, "goto = \"b\"")];
    let on_the_way =
        [echo("{ growth = { min = 64 } }", "{ bypass = -1 }"), echo("{ bypass = { max = 49 } }", "{ bypass = -2 }")];
    let scenes = [decision("a", "", &[&echoes[..], &options[..]].concat()), passage("b", "\"learned\"", &on_the_way)];
    let story = story(MIDDLE, "", &scenes);
    assert_eq!(meters(&run(&story, 1, &[])), [55, 57, 50, 50]);
    assert_eq!(meters(&run(&story, 1, &[0])), [55, 64, 50, 50]);
    // A passage has echoes, too: 50 - 1 = 49, so the second sounds.
    assert_eq!(meters(&run(&story, 1, &[0, 1])), [55, 64, 50, 47]);
    assert_eq!(meters(&run(&story, 1, &[1])), [55, 57, 50, 50]);
}

/// room = min(30, 100 - x) for a gain, min(30, x) for a loss; |v| * room / 30, rounded half away from zero, at least 1.
#[test]
fn meters_have_soft_ends_in_play() {
    let ends = |start: [u8; 4], effect: &str, told: &str| {
        let echoes = [echo("{ trust = { min = 0 } }", told)];
        let options = [option("o", 4, &format!("effect = {effect}")), option("x", 0, "")];
        let scenes = [decision("a", "goto = \"b\"", &options), passage("b", "\"learned\"", &echoes)];
        meters(&run(&story(start, "", &scenes), 1, &[0]))
    };
    // 9 * 10 / 30 = 3; 9 * 10 / 30 = 3; 5 * 15 / 30 = 2.5, so 3; the same downwards.
    let effect = "{ trust = 9, growth = -9, momentum = 5, bypass = -5 }";
    assert_eq!(ends([90, 10, 85, 15], effect, "{}"), [93, 7, 88, 12]);
    // The echo comes on top: 9 * 7 / 30 = 2.1; 9 * 7 / 30 = 2.1; 5 * 12 / 30 = 2, twice.
    assert_eq!(ends([90, 10, 85, 15], effect, effect), [95, 5, 90, 10]);
    // At least 1, and not beyond the ends.
    assert_eq!(ends([99, 1, 100, 0], "{ trust = 1, growth = -1, momentum = 5, bypass = -5 }", "{}"), [100, 0, 100, 0]);
    assert_eq!(ends([98, 2, 70, 30], "{ trust = 1, growth = -1, momentum = 30, bypass = -30 }", "{}"), [99, 1, 100, 0]);
}

#[test]
fn an_option_for_once_is_closed_after_it_was_chosen() {
    let options = |goto: &str| {
        [
            option("o", 4, &format!("once = true\ngoto = \"{goto}\"")),
            option("go", 0, "goto = \"b\""),
            option("p", 2, "once = true\ngoto = \"a\""),
        ]
    };
    let scenes = [
        decision("a", "", &options("a")),
        decision("b", "goto = \"learned\"", &[option("o", 4, ""), option("x", 0, "")]),
    ];
    let story = story(MIDDLE, "", &scenes);
    let mut run = run(&story, 1, &[]);
    for (choice, open) in [(0, 0b111), (2, 0b110), (1, 0b010)] {
        assert_eq!(story.program.open(run.state()), open);
        run.choose(&story.program, Chosen(choice)).expect("open");
    }
    assert_eq!(story.program.open(run.state()), 0b11);
    let again = Run::replay(&story.program, Seed(1), &[Chosen(0), Chosen(0)]);
    assert_eq!(again.expect_err("spent").at, 1);
}

/// 72 options for once and 256 flags: more than one machine word of each.
#[test]
fn neither_flags_nor_options_for_once_are_mixed_up() {
    let flags = flags(256);
    let mut scenes = Vec::new();
    for scene in 0..9 {
        let (id, next) = (if scene == 0 { "a".to_owned() } else { format!("s{scene}") }, (scene + 1) % 9);
        let next = if next == 0 { "a".to_owned() } else { format!("s{next}") };
        let mut options: Vec<String> = (0..7)
            .map(|at| {
                let flag = [0, 63, 64, 127, 128, 191, 255][at];
                let set = if scene == 8 { format!("set = [\"f{flag}\"]\n") } else { String::new() };
                option(&format!("o{at}"), 4, &format!("once = true\n{set}goto = \"{next}\""))
            })
            .collect();
        options.push(option("out", 0, "goto = \"learned\""));
        scenes.push(decision(&id, "", &options));
    }
    let story = story(MIDDLE, &flags, &scenes);
    let mut run = run(&story, 1, &[0, 1, 2, 3, 4, 5, 6, 0, 2]);
    let set: Vec<u32> = (0..256).filter(|flag| run.state().has_flag(*flag)).collect();
    assert_eq!(set, [64]);
    for spent in [0, 1, 2, 3, 4, 5, 6, 0, 2] {
        let open = story.program.open(run.state());
        assert_eq!(open, !(1 << spent));
        let other = (0..7).find(|other| open & (1 << other) != 0).expect("an open one");
        run.choose(&story.program, Chosen(other)).expect("open");
    }
}

/// Trust 50, growth 40, momentum 60, bypass 20; i0 and i1 are known of three, f0 and f64 are set.
#[test]
fn conditions_hold_as_the_format_says() {
    let cases = [
        ("trust = { min = 50 }", true),
        ("trust = { min = 51 }", false),
        ("trust = { max = 50 }", true),
        ("trust = { max = 49 }", false),
        ("growth = { min = 40, max = 40 }", true),
        ("momentum = { min = 61 }", false),
        ("bypass = { max = 20 }", true),
        ("trust = { min = 50 }, bypass = { min = 21 }", false),
        ("insights = { min = 2 }", true),
        ("insights = { min = 3 }", false),
        ("insights = { max = 2 }", true),
        ("insights = { max = 1 }", false),
        ("knows = [\"i0\", \"i1\"]", true),
        ("knows = [\"i0\", \"i2\"]", false),
        ("flags = [\"f0\", \"f64\"]", true),
        ("flags = [\"f0\", \"f1\"]", false),
        ("flags = [\"f0\", \"f65\"]", false),
        ("without = [\"f1\", \"f65\"]", true),
        ("without = [\"f1\", \"f0\"]", false),
        ("without = [\"f1\", \"f64\"]", false),
        ("without = [\"f0\", \"f65\"]", false),
        ("any = [{ flags = [\"f1\"] }, { trust = { min = 50 }, knows = [\"i1\"] }]", true),
        ("any = [{ flags = [\"f1\"] }, { trust = { min = 51 }, knows = [\"i1\"] }]", false),
        ("flags = [\"f1\"], any = [{ flags = [\"f0\"] }, { flags = [\"f64\"] }]", false),
        ("any = [{ knows = [\"i2\"] }, { any = [{ flags = [\"f1\"] }, { without = [\"f1\"] }] }]", true),
        ("any = [{ knows = [\"i2\"] }, { any = [{ flags = [\"f1\"] }, { without = [\"f0\"] }] }]", false),
    ];
    let flags = flags(66);
    let echoes = cases.map(|(when, _)| echo(&format!("{{ {when} }}"), "{}"));
    let options = [option("o", 4, "learn = [\"i0\", \"i1\"]\nset = [\"f0\", \"f64\"]"), option("x", 0, "")];
    let scenes = [decision("a", "goto = \"b\"", &options), passage("b", "\"learned\"", &echoes)];
    let declared = format!("[insights]\ni0 = \"I\"\ni1 = \"I\"\ni2 = \"I\"\n{flags}");
    let story = story([50, 40, 60, 20], &declared, &scenes);
    let run = run(&story, 1, &[0]);
    for (place, (when, holds)) in (0..).zip(cases) {
        let sounded = run.steps()[0].events.contains(&Event::Echoed(place, Effect::NONE));
        assert_eq!(sounded, holds, "{when}");
        let told = &story.scenario.scenes[1].echoes[place as usize].when;
        assert_eq!(ridealong::story::holds(told, run.state()), holds, "{when}");
    }
}

// ---- Where it goes on: draws.

#[test]
fn a_draw_goes_by_weight() {
    let goto = "goto = [{ to = \"won_by_rep\", chance = 1 }, { to = \"postponed\", chance = 5 }, { to = \"learned\", chance = 2 }]";
    let story = story(MIDDLE, "", &[decision("a", goto, &[option("o", 4, ""), option("x", 0, "")])]);
    let counts = shares(&story, &[0], 8000);
    assert_near(&counts, &[("learned", 2000), ("postponed", 5000), ("won_by_rep", 1000)]);
}

#[test]
fn a_draw_is_among_the_neighbours_that_hold() {
    let goto = "goto = [{ to = \"won_by_rep\", chance = 3, when = { flags = [\"f\"] } }, { to = \"postponed\", chance = 1 }, \
                { to = \"learned\", chance = 4, when = { without = [\"f\"] } }, { to = \"damage\" }]";
    let options = [option("set", 4, "set = [\"f\"]"), option("not", 0, "")];
    let story = story(MIDDLE, "[flags]\nf = \"F\"", &[decision("a", goto, &options)]);
    assert_near(&shares(&story, &[0], 4000), &[("postponed", 1000), ("won_by_rep", 3000)]);
    assert_near(&shares(&story, &[1], 4000), &[("learned", 3200), ("postponed", 800)]);
}

/// A draw in which nothing holds is passed over, an entry without `chance` is taken if it holds, and what stands beyond
/// it is another draw.
#[test]
fn a_goto_falls_through_to_what_holds() {
    let goto = "goto = [{ to = \"won_by_rep\", chance = 9, when = { flags = [\"f\"] } }, \
                { to = \"postponed\", when = { flags = [\"g\"] } }, \
                { to = \"learned\", chance = 1 }, { to = \"around_rep\", chance = 1 }]";
    let options = [
        option("none", 4, ""),
        option("f", 4, "set = [\"f\"]"),
        option("g", 4, "set = [\"g\"]"),
        option("both", 0, "set = [\"f\", \"g\"]"),
    ];
    let story = story(MIDDLE, "[flags]\nf = \"F\"\ng = \"F\"", &[decision("a", goto, &options)]);
    assert_near(&shares(&story, &[0], 2000), &[("around_rep", 1000), ("learned", 1000)]);
    assert_near(&shares(&story, &[1], 2000), &[("won_by_rep", 2000)]);
    assert_near(&shares(&story, &[2], 2000), &[("postponed", 2000)]);
    assert_near(&shares(&story, &[3], 2000), &[("won_by_rep", 2000)]);
}

/// Before the first decision a passage is drawn, then one after each decision, then two after the fourth.
fn coins() -> Story {
    let toss =
        |left: &str, right: &str| format!("[{{ to = \"{left}\", chance = 1 }}, {{ to = \"{right}\", chance = 1 }}]");
    let mut scenes = vec![passage("a", &toss("l0", "r0"), &[])];
    for at in 0..4 {
        let goto = if at == 3 { toss("pl", "pr") } else { toss(&format!("l{}", at + 1), &format!("r{}", at + 1)) };
        let plain = if at == 3 { "goto = \"damage\"".to_owned() } else { format!("goto = \"l{}\"", at + 1) };
        for side in ["l", "r"] {
            let options = [option("toss", 4, &format!("goto = {goto}")), option("left", 0, &plain)];
            scenes.push(decision(&format!("{side}{at}"), "", &options));
        }
    }
    scenes.push(passage("pl", &toss("won_by_rep", "postponed"), &[]));
    scenes.push(passage("pr", &toss("learned", "around_rep"), &[]));
    story(MIDDLE, "", &scenes)
}

/// The draw after decision n is the nth of the run's, whatever was drawn before. With seed 1 the numbers are, in
/// millionths: 235,527 before the first decision, 767,007 after the first; below the half is left.
#[test]
fn each_decision_has_a_draw_of_its_own() {
    let story = coins();
    let road = |seed, choices: &[u8]| {
        let whole = run(&story, seed, choices);
        let places = (0..=choices.len()).map(|at| stands(&story, &whole.back_to(&story.program, at)).to_owned());
        places.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(road(1, &[0]), "l0 r1");
    // Pinned: saved runs depend on them.
    assert_eq!(road(1, &[0, 0, 0, 0]), "l0 r1 l2 l3 postponed");
    assert_eq!(
        [2, 3, u64::MAX].map(|seed| road(seed, &[0, 0, 0, 0])),
        ["l0 r1 l2 l3 around_rep", "r0 r1 r2 r3 won_by_rep", "r0 r1 l2 l3 learned"]
    );
    for seed in 0..200 {
        // Whether the decisions before drew or not, the ones after draw the same.
        let drawn = road(seed, &[0, 0, 0, 0]);
        for before in [[1, 0, 0, 0], [0, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0]] {
            let same = before.iter().rposition(|choice| *choice == 1).map_or(0, |last| last + 2);
            let other = road(seed, &before);
            let tail = |road: &str| road.split(' ').skip(same).map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(tail(&other), tail(&drawn), "seed {seed}, {before:?}");
        }
    }
}

#[test]
fn going_back_draws_the_same_again() {
    let story = coins();
    for seed in 0..200 {
        let whole = run(&story, seed, &[0, 0, 0, 0]);
        for back in 0..4 {
            let mut again = whole.back_to(&story.program, back);
            while again.ending(&story.program).is_none() {
                again.choose(&story.program, Chosen(0)).expect("open");
            }
            assert_eq!(again, whole);
        }
    }
}

/// Left or right, each half the time, at every decision and independent of the one before.
#[test]
fn draws_of_different_decisions_are_independent() {
    let story = coins();
    let counts = shares(&story, &[0, 0, 0, 0], 4000);
    assert_near(&counts, &[("around_rep", 1000), ("learned", 1000), ("postponed", 1000), ("won_by_rep", 1000)]);
    let mut pairs: BTreeMap<&str, u64> = BTreeMap::new();
    for seed in 0..4000 {
        let whole = run(&story, seed, &[0, 0]);
        let before = whole.back_to(&story.program, 1);
        let pair = match (&stands(&story, &before)[..1], &stands(&story, &whole)[..1]) {
            ("l", "l") => "ll",
            ("l", _) => "lr",
            (_, "l") => "rl",
            _ => "rr",
        };
        *pairs.entry(pair).or_default() += 1;
    }
    assert_near(&pairs, &[("ll", 1000), ("lr", 1000), ("rl", 1000), ("rr", 1000)]);
}

// ---- The score.

/// `B` of a run, in tenths.
fn behaviour(story: &Story, choices: &[u8]) -> u64 {
    run(story, 1, choices).tally().behaviour().tenths()
}

/// Open are the keys 3, 1 and 0: r is 1, a third, 0. Over all five options it would be 3/4, 1/4, 0.
#[test]
fn r_compares_with_the_open_options_only() {
    let closed = "when = { flags = [\"f\"] }\nclosed = \"C\"";
    let above = [option("best", 4, closed), option("b", 3, ""), option("c", 1, ""), option("d", 0, "")];
    let scenes = |options: &[String]| [decision("a", "goto = \"learned\"", options)];
    let high = story(MIDDLE, "[flags]\nf = \"F\"", &scenes(&above));
    assert_eq!([1, 2, 3].map(|choice| behaviour(&high, &[choice])), [1000, 333, 0]);
    assert_eq!(run(&high, 1, &[1]).tally().chance().tenths(), 444);
    // Open are 4, 3 and 2: r is 1, a half, 0.
    let below = [option("a", 4, ""), option("b", 3, ""), option("c", 2, ""), option("worst", 0, closed)];
    let low = story(MIDDLE, "[flags]\nf = \"F\"", &scenes(&below));
    assert_eq!([0, 1, 2].map(|choice| behaviour(&low, &[choice])), [1000, 500, 0]);
    assert_eq!(run(&low, 1, &[0]).tally().chance().tenths(), 500);
    // What is spent is closed, too: 4, 2, 0 at first (r = 1), then 2 and 0 (r = 1): 100, and not 75.
    let options = [
        option("a", 4, "once = true\ngoto = \"a\""),
        option("b", 2, "goto = \"learned\""),
        option("c", 0, "goto = \"learned\""),
    ];
    let once = story(MIDDLE, "", &[decision("a", "", &options)]);
    assert_eq!(behaviour(&once, &[0, 1]), 1000);
    assert_eq!(behaviour(&once, &[1]), 500);
}

#[test]
fn a_decision_between_equals_weighs_nothing() {
    let equals = [option("a", 2, ""), option("b", 2, "posture = \"absent\"")];
    let scenes = [
        decision("a", "turning_point = true\ngoto = \"b\"", &equals),
        decision("b", "goto = \"learned\"", &[option("a", 4, ""), option("b", 0, "")]),
    ];
    let story = story(MIDDLE, "", &scenes);
    let run = run(&story, 1, &[1, 0]);
    let tally = run.tally();
    assert_eq!((tally.behaviour().tenths(), tally.chance().tenths()), (1000, 500));
    // It is a decision, though, and counts for the postures. The rule was seen once.
    assert_eq!((tally.decisions(), tally.share(Posture::Absent).round()), (2, 50));
    assert_eq!(tally.rule(Rule::Present).weight, Ratio::new(1, 1));
    // With nothing but equals there is no behaviour to speak of.
    assert_eq!(behaviour(&story, &[0]), 0);
}

/// Weights 1 and 1.5: the worst at the first and the best at the second is 1.5 of 2.5, the reverse 1 of 2.5.
#[test]
fn a_turning_point_weighs_one_and_a_half() {
    let options = || [option("a", 4, ""), option("b", 0, "")];
    let scenes = [
        decision("a", "goto = \"b\"", &options()),
        decision("b", "turning_point = true\ngoto = \"learned\"", &options()),
    ];
    let story = story(MIDDLE, "", &scenes);
    assert_eq!(behaviour(&story, &[1, 0]), 600);
    assert_eq!(behaviour(&story, &[0, 1]), 400);
    let bar = run(&story, 1, &[1, 0]).tally().rule(Rule::Present);
    assert_eq!((bar.weight, bar.score.map(Ratio::tenths)), (Ratio::new(5, 2), Some(600)));
}

/// `front_door` is first once (r = 1) and second once (r = 0): (1 + 0) / 1.5 on its bar; `B` is the mean of both, 50.
#[test]
fn the_second_rule_counts_half_and_for_the_bars_only() {
    let options = || [option("a", 4, ""), option("b", 0, "")];
    let scenes = [
        decision("a", "also = \"front_door\"\ngoto = \"b\"", &options()),
        decision("b", "rule = \"front_door\"\nalso = \"clock\"\nturning_point = false\ngoto = \"c\"", &options()),
        decision("c", "rule = \"close\"\nalso = \"scout\"\nturning_point = true\ngoto = \"learned\"", &options()),
    ];
    let story = story(MIDDLE, "", &scenes);
    assert_eq!(behaviour(&story, &[1, 0]), 500);
    let whole = run(&story, 1, &[1, 0, 1]);
    // 1 of 3.5.
    assert_eq!(whole.tally().behaviour().tenths(), 286);
    let bar = |rule| {
        let bar = whole.tally().rule(rule);
        (bar.weight.parts(100), bar.score.map(Ratio::tenths))
    };
    assert_eq!(bar(Rule::FrontDoor), (150, Some(667)));
    // Below 1.5 too little was seen; a turning point is 1.5 by itself.
    assert_eq!(bar(Rule::Present), (100, None));
    assert_eq!(bar(Rule::Clock), (50, None));
    assert_eq!(bar(Rule::Scout), (75, None));
    assert_eq!(bar(Rule::Close), (150, Some(0)));
    assert_eq!(bar(Rule::Tandem), (0, None));
}

/// B = 100, trust 50, growth 50, bypass 50, no insight declared: R = 17.5 + 12.5 + 12.5 + 15 = 57.5.
/// Score = 60 + 14.375 + 0.15 E.
#[test]
fn endings_count_by_how_they_came_about() {
    let kinds = ["won_by_rep", "postponed", "learned", "around_rep", "damage"];
    let thousandths = kinds.map(|kind| {
        let options = [option("a", 4, ""), option("b", 0, "")];
        let story = story(MIDDLE, "", &[decision("a", &format!("goto = \"{kind}\""), &options)]);
        let score = run(&story, 1, &[0]).score(&story.program).expect("an end");
        assert_eq!(score.people.parts(1000), 57_500);
        score.total.parts(1000)
    });
    assert_eq!(thousandths, [89_375, 86_375, 83_375, 78_125, 74_375]);
}

/// 0.35 * 60 + 0.25 * 40 + 0.25 * (100 - 20) = 51, and 15 for all insights, 0 for none, 3.75 for one of four.
#[test]
fn people_are_trust_growth_bypass_and_insights() {
    let people = |declared: &str, learn: &str, momentum| {
        let options = [option("a", 4, learn), option("b", 0, "learn = []")];
        let story = story([60, 40, momentum, 20], declared, &[decision("a", "goto = \"learned\"", &options)]);
        run(&story, 1, &[0]).score(&story.program).expect("an end").people.parts(100)
    };
    let four = "[insights]\ni0 = \"I\"\ni1 = \"I\"\ni2 = \"I\"\ni3 = \"I\"";
    assert_eq!(people("", "", 50), 6600);
    assert_eq!(people(four, "", 50), 5100);
    assert_eq!(people(four, "learn = [\"i2\"]", 50), 5475);
    assert_eq!(people(four, "learn = [\"i0\", \"i1\", \"i2\", \"i3\"]", 50), 6600);
    // Momentum is not in it.
    assert_eq!(people(four, "learn = [\"i2\"]", 0), people(four, "learn = [\"i2\"]", 100));
}

/// What decisions by posture add up to (lead, take over, absent), the first of them over a red line if so wanted.
fn sums(postures: [u32; 3], red_line: bool) -> Sums {
    let key = |key| Key::new(key).expect("a key");
    let keys = Keys::of([key(4), key(0)].into_iter());
    let mut sums = Sums::default();
    let mut chosen = if red_line { 0 } else { 4 };
    for (posture, times) in Posture::ALL.iter().zip(postures) {
        for _ in 0..times {
            sums.decide(2, &keys, key(chosen), *posture);
            chosen = 4;
        }
    }
    sums
}

#[test]
fn titles_go_by_score_red_lines_and_postures() {
    use Title::{Absentee, Improviser, InTwoMinds, PlayerCoach, SalesLeader, SuperCloser};
    let of = |score, postures, red_line| Title::of(score, &sums(postures, red_line));
    for (score, without, with) in [
        (100, SalesLeader, PlayerCoach),
        (85, SalesLeader, PlayerCoach),
        (84, PlayerCoach, PlayerCoach),
        (70, PlayerCoach, PlayerCoach),
        (69, InTwoMinds, InTwoMinds),
        (50, InTwoMinds, InTwoMinds),
        (49, Improviser, Improviser),
        (0, Improviser, Improviser),
    ] {
        assert_eq!((of(score, [4, 0, 0], false), of(score, [4, 0, 0], true)), (without, with), "{score}");
        // From 50 on postures don't matter.
        if score >= 50 {
            assert_eq!(of(score, [0, 4, 0], false), without);
        }
    }
    for (postures, title) in [
        ([2, 2, 0], SuperCloser),
        ([3, 2, 0], Improviser),
        ([2, 0, 2], Absentee),
        ([3, 0, 2], Improviser),
        ([0, 2, 2], SuperCloser),
        ([1, 1, 2], Absentee),
        ([1, 1, 1], Improviser),
    ] {
        assert_eq!(of(49, postures, false), title, "{postures:?}");
        assert_eq!(of(50, postures, false), InTwoMinds, "{postures:?}");
    }
    // Who decided nothing took nothing over.
    assert_eq!(
        [85, 70, 50, 49].map(|score| of(score, [0, 0, 0], false)),
        [SalesLeader, PlayerCoach, InTwoMinds, Improviser]
    );
}

/// The red line is one between equals, so that it costs no points: 60 + 0.25 * (17.5 + 12.5 + 12.5 + 15) + 15 = 89.
#[test]
fn a_red_line_bars_the_top_title_and_nothing_else() {
    let title = |key| {
        let equals = [option("a", key, ""), option("b", key, "")];
        let scenes = [
            decision("a", "goto = \"b\"", &equals),
            decision("b", "goto = \"won_by_rep\"", &[option("a", 4, ""), option("b", 1, "")]),
        ];
        let story = story(MIDDLE, "", &scenes);
        let score = run(&story, 1, &[0, 0]).score(&story.program).expect("an end");
        (score.total.round(), score.title)
    };
    assert_eq!(title(1), (89, Title::SalesLeader));
    assert_eq!(title(0), (89, Title::PlayerCoach));
}

#[test]
fn fractions_are_rounded_once_and_half_up() {
    assert_eq!(
        [(1, 2), (3, 2), (5, 2), (49, 100), (0, 7)].map(|(num, den)| Ratio::new(num, den).round()),
        [1, 2, 3, 0, 0]
    );
    assert_eq!(Ratio::new(1, 20).tenths(), 1);
    assert_eq!(Ratio::new(3, 0).round(), 0);
    // 34.5 is 35, though 34.45 is 34.5 in tenths.
    assert_eq!((Ratio::new(3445, 100).round(), Ratio::new(3445, 100).one_decimal()), (34, "34.5".to_owned()));
    assert!(Ratio::new(1, 3) < Ratio::new(34, 100) && Ratio::new(2, 6) == Ratio::new(1, 3));
}

// ---- How it is told.

/// The author's reason speaks of the `when`. An option that was chosen, and whose `when` still holds, is spent.
#[test]
fn a_closed_option_says_the_true_reason() {
    let options = [
        option("out", 0, "goto = \"learned\""),
        option("both", 4, "once = true\nwhen = { trust = { max = 50 } }\nclosed = \"Trust is high.\"\ngoto = \"a\""),
        option("own", 4, "once = true\nclosed = \"You asked.\"\ngoto = \"a\""),
        option("bare", 4, "once = true\ngoto = \"a\""),
        option("when", 4, "when = { trust = { min = 51 } }\nclosed = \"Trust is low.\"\ngoto = \"learned\""),
        option("more", 2, "once = true\neffect = { trust = 5 }\ngoto = \"a\""),
    ];
    let story = story(MIDDLE, "", &[decision("a", "", &options)]);
    let reasons = |choices: &[u8]| {
        let run = run(&story, 1, choices);
        let all = [0, 1, 2, 3, 4, 5].map(|option| story.closed_reason(run.state(), Chosen(option)).unwrap_or("-"));
        for offered in story.offered(&run) {
            assert_eq!(offered.closed.unwrap_or("-"), all[usize::from(offered.chosen.0)]);
        }
        all
    };
    assert_eq!(reasons(&[]), ["-", "-", "-", "-", "Trust is low.", "-"]);
    let done = "you have done this already";
    assert_eq!(reasons(&[1, 2, 3]), ["-", done, "You asked.", done, "Trust is low.", "-"]);
    assert_eq!(reasons(&[5]), ["-", "Trust is high.", "-", "-", "-", done]);
    assert_eq!(story.closed_reason(run(&story, 1, &[0]).state(), Chosen(4)), None);
}

#[test]
fn meters_made_by_hand_stay_in_range() {
    let high = Meters::new([255, 100, 0, 101]);
    assert_eq!((high.trust(), high.growth(), high.momentum(), high.bypass()), (100, 100, 0, 100));
    assert_eq!(Effect::new([127, -128, 100, -100]), Effect::new([100, -100, 100, -100]));
}
