//! Defects planted in a clean small story, one at a time: each is found with its code, at its line, and nothing else is.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use ridealong::diagnostic::Source;
use ridealong::scenario::check::review;
use ridealong::scenario::new::scenario;

/// The clean story.
fn clean() -> String {
    scenario("mine").expect("a good id")
}

fn found(text: &str) -> Vec<(usize, &'static str)> {
    let source = Source::new("mine.toml", text.as_bytes());
    let checked = review("mine.toml", text.as_bytes());
    checked.diagnostics().iter().map(|d| (source.position(d.span.start).line, d.code.id())).collect()
}

/// What was changed: texts of the clean story and what stands there instead. `<<` in it is the place that is to be
/// named, and stands for nothing.
struct Defect {
    name: &'static str,
    changes: &'static [(&'static str, &'static str)],
    /// The codes, in the order of their places.
    codes: &'static [&'static str],
}

const DEFECTS: &[Defect] = &[
    Defect {
        name: "an orphan scene",
        changes: &[(
            "[[ending]]\nid     = \"won\"",
            "[[scene]]\n<<id   = \"lunch\"\ntext = \"Lunch.\"\ngoto = \"friday\"\n\n[[ending]]\nid     = \"won\"",
        )],
        codes: &["unreachable-scene"],
    },
    Defect {
        name: "a condition that can't hold",
        changes: &[(
            "  { to = \"won\", when = { knows = [\"wedding\"], ",
            "<<  { to = \"won\", when = { insights = { max = 0 }, knows = [\"wedding\"], ",
        )],
        codes: &["impossible-condition"],
    },
    Defect {
        name: "a condition whose parts exclude each other",
        changes: &[(
            "  when   = { flags = [\"promised\"] }",
            "<<  when   = { flags = [\"promised\"], without = [\"promised\"] }",
        )],
        codes: &["impossible-condition"],
    },
    Defect {
        name: "a dangling goto",
        changes: &[("goto  = \"visit\"", "<<goto  = \"visits\"")],
        codes: &["unknown-target"],
    },
    Defect {
        name: "an undeclared flag",
        changes: &[("  set     = [\"promised\"]", "<<  set     = [\"promise\"]")],
        codes: &["unknown-flag"],
    },
    Defect {
        name: "an undeclared insight",
        changes: &[
            ("knows = [\"wedding\"], trust", "knows = [\"weding\"], trust"),
            ("  { to = \"won\"", "<<  { to = \"won\""),
        ],
        codes: &["unknown-insight"],
    },
    Defect {
        name: "a dead end",
        changes: &[
            ("goto          = \"friday\"\n", ""),
            ("  [[scene.option]]\n  id      = \"silence\"", "  <<[[scene.option]]\n  id      = \"silence\""),
            ("  [[scene.option]]\n  id      = \"hers\"", "  <<[[scene.option]]\n  id      = \"hers\""),
        ],
        codes: &["missing-goto", "missing-goto"],
    },
    Defect {
        name: "a passage that ends nowhere",
        changes: &[
            ("[[scene]]\nid   = \"friday\"", "<<[[scene]]\nid   = \"friday\""),
            (
                "goto = [\n  { to = \"won\", when = { knows = [\"wedding\"], trust = { min = 55 }, bypass = { max = 40 } } },\n  { to = \"next-month\", when = { trust = { min = 45 } } },\n  { to = \"lost\" },\n]\n",
                "",
            ),
        ],
        codes: &["missing-goto"],
    },
    Defect {
        name: "a loop without exit",
        changes: &[
            ("id    = \"call\"", "<<id    = \"call\""),
            ("  id      = \"later\"\n", "  id      = \"later\"\n  goto    = \"call\"\n"),
        ],
        codes: &["endless-loop"],
    },
    Defect {
        name: "all options gated shut",
        changes: &[
            ("id    = \"desk\"", "<<id    = \"desk\""),
            (
                "  id      = \"settled\"",
                "  id      = \"settled\"\n  when    = { flags = [\"promised\"] }\n  closed  = \"It isn't.\"",
            ),
            (
                "  id      = \"all-of-it\"",
                "  id      = \"all-of-it\"\n  when    = { knows = [\"wedding\"] }\n  closed  = \"You don't know it all.\"",
            ),
            (
                "  id      = \"trust-her\"",
                "  id      = \"trust-her\"\n  when    = { trust = { min = 52 } }\n  closed  = \"Not today.\"",
            ),
        ],
        codes: &["all-closed"],
    },
    Defect {
        name: "a dominated option",
        changes: &[(
            "  [[scene.option]]\n  id      = \"all-of-it\"",
            "  [[scene.option]]\n<<  id      = \"hush\"\n  text    = \"Say that it will work out, and that she can go on with her quotes in peace...\"\n  posture = \"take_over\"\n  form    = \"act\"\n  key     = 0\n  effect  = { trust = -4, growth = -4, momentum = 3, bypass = 6 }\n  then    = \"She nods.\"\n  why     = \"she is the last to know.\"\n\n  [[scene.option]]\n  id      = \"all-of-it\"",
        )],
        codes: &["dominated-option"],
    },
    Defect {
        name: "a declared flag that is never used",
        changes: &[("[flags]\n", "[flags]\n<<paused = \"You asked for a pause\"\n")],
        codes: &["unused-flag"],
    },
    Defect {
        name: "an insight that nobody can find",
        changes: &[("[insights]\n", "[insights]\n<<lock = \"The lock is new.\"\n")],
        codes: &["insight-never-learned"],
    },
    Defect {
        name: "a flag that is set and never asked for",
        changes: &[
            ("[flags]\n", "[flags]\n<<left = \"You left\"\n"),
            (
                "  learn   = [\"wedding\"]\n  then    = \"It's",
                "  learn   = [\"wedding\"]\n  set     = [\"left\"]\n  then    = \"It's",
            ),
        ],
        codes: &["flag-never-read"],
    },
    Defect {
        name: "a flag that is asked for and never set",
        changes: &[("promised = \"You", "<<promised = \"You"), ("  set     = [\"promised\"]\n", "")],
        codes: &["flag-never-set"],
    },
    Defect {
        name: "a goto that can fail",
        changes: &[(
            "  { to = \"next-month\", when = { trust = { min = 45 } } },\n  { to = \"lost\" },",
            "  { to = \"lost\", when = { trust = { max = 30 } } },\n<<  { to = \"next-month\", when = { trust = { min = 45 } } },",
        )],
        codes: &["goto-can-fail"],
    },
    Defect {
        name: "an entry that is never reached",
        changes: &[(
            "  { to = \"next-month\", when = { trust = { min = 45 } } },\n  { to = \"lost\" },",
            "  { to = \"lost\" },\n<<  { to = \"next-month\", when = { trust = { min = 45 } } },",
        )],
        codes: &["unused-exit"],
    },
    Defect {
        name: "a condition that always holds",
        changes: &[(
            "  { to = \"next-month\", when = { trust = { min = 45 } } },\n  { to = \"lost\" },",
            "  { to = \"next-month\", when = { trust = { min = 45 } } },\n<<  { to = \"lost\", when = { trust = { min = 0 } } },",
        )],
        codes: &["needless-condition"],
    },
    Defect {
        name: "an ending that no way leads to",
        changes: &[
            ("  goto    = \"yours\"                    # an ending of its own\n", ""),
            ("[[ending]]\nid     = \"won\"", "[[ending]]\n<<id     = \"won\""),
            ("id     = \"yours\"", "<<id     = \"yours\""),
        ],
        codes: &["few-endings", "unreachable-ending"],
    },
    Defect {
        name: "an unknown key",
        changes: &[("  posture = \"absent\"\n  form    = \"tell\"", "<<  pasture = \"absent\"\n  form    = \"tell\"")],
        codes: &["unknown-key"],
    },
    Defect {
        name: "a take-over that doesn't pay",
        changes: &[
            ("  id      = \"settled\"", "<<  id      = \"settled\""),
            ("momentum = 4, bypass = 5", "momentum = 1, bypass = 5"),
        ],
        codes: &["no-bait"],
    },
    Defect {
        name: "the longest option gives itself away",
        changes: &[(
            "  text    = \"Tell her what he said, word for word, and ask what she can have there by when.\"",
            "<<  text    = \"Tell her what he said, word for word, and ask what she can have there by when, and what she needs.\"",
        )],
        codes: &["uneven-lengths"],
    },
    Defect {
        name: "a word that judges",
        changes: &[(
            "  text    = \"Say that it's sorted for now, and",
            "<<  text    = \"Just say it's sorted for now, and",
        )],
        codes: &["loaded-word"],
    },
    Defect {
        name: "no reason given",
        changes: &[
            ("  id      = \"settled\"", "<<  id      = \"settled\""),
            ("\"she is the last to know about her own customer.\"", "\"...\""),
        ],
        codes: &["placeholder-text"],
    },
    Defect {
        name: "no choice at all",
        changes: &[
            ("id    = \"desk\"", "<<id    = \"desk\""),
            (
                "  id      = \"all-of-it\"\n  text    = \"Tell her what he said, word for word, and ask what she can have there by when.\"\n  posture = \"lead\"\n  form    = \"tell\"\n  key     = 4",
                "  id      = \"all-of-it\"\n  text    = \"Tell her what he said, word for word, and ask what she can have there by when.\"\n  posture = \"lead\"\n  form    = \"tell\"\n  key     = 1",
            ),
        ],
        codes: &["same-keys"],
    },
];

#[test]
fn the_clean_story_is_clean() {
    assert_eq!(found(&clean()), []);
}

#[test]
fn every_planted_defect_is_found_where_it_is() {
    let mut wrong = Vec::new();
    for Defect { name, changes, codes } in DEFECTS {
        let mut text = clean();
        for (from, to) in *changes {
            assert_eq!(text.matches(from).count(), 1, "{name}: {from:?}");
            text = text.replace(from, to);
        }
        let lines: Vec<usize> =
            (1..).zip(text.lines()).filter(|(_, line)| line.contains("<<")).map(|(at, _)| at).collect();
        let expected: Vec<(usize, &str)> = lines.into_iter().zip(codes.iter().copied()).collect();
        assert_eq!(expected.len(), codes.len(), "{name}: a place for each code");
        let found = found(&text.replace("<<", ""));
        if found != expected {
            wrong.push(format!("{name}:\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
