//! Stories made by the yard, as the text of scenario files: for benches, and for tests that want many different ones.
//!
//! The same shape and seed give the same text. Every story is one that the checker accepts: connected, without loops
//! (but for those that `once` breaks), each scene reached from the one before it. Needs nothing but `std`.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// How far ahead an option can lead, in scenes: a play makes about a third as many decisions as there are scenes.
const REACH: usize = 8;
const METERS: [&str; 4] = ["trust", "growth", "momentum", "bypass"];
const POSTURES: [&str; 3] = ["lead", "take_over", "absent"];
const FORMS: [&str; 5] = ["ask", "tell", "act", "wait", "route"];
const RULES: [&str; 10] =
    ["front_door", "side_door", "last_resort", "tandem", "scout", "hand_back", "options", "close", "clock", "present"];
/// Sets of keys, so that some scenes have no best option alone and a few score nothing.
const KEYS: [[u8; 3]; 6] = [[4, 2, 0], [4, 1, 1], [0, 3, 4], [1, 4, 3], [2, 0, 4], [3, 3, 3]];

/// What a story is like.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Decisions, at least 1.
    pub scenes: usize,
    /// Where its chance comes from.
    pub seed: u64,
    /// In percent: options that can be closed, and gotos with a condition.
    pub conditional: usize,
    /// In percent: scenes with an echo.
    pub echoes: usize,
    /// In percent: gotos that are drawn.
    pub draws: usize,
    /// In percent: options that lead back to their own scene, once.
    pub loops: usize,
}

impl Shape {
    /// The story that benches are made with: three options a scene, one in twenty conditional, each moving two meters.
    pub const fn bench(scenes: usize) -> Self {
        Self { scenes, seed: 1, conditional: 5, echoes: 10, draws: 0, loops: 0 }
    }

    /// The same with another seed.
    pub const fn seed(self, seed: u64) -> Self {
        Self { seed, ..self }
    }

    /// The file's text. Its scenario's id is `generated`.
    pub fn toml(self) -> String {
        let mut story =
            Writer { shape: self, random: Random(self.seed), flags: BTreeSet::new(), facts: BTreeSet::new() };
        let mut body = String::new();
        for scene in 0..self.scenes {
            story.scene(&mut body, scene);
        }
        body.push_str(OUTCOME);
        story.head() + &body
    }
}

/// Small pseudo-random numbers (splitmix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }
}

struct Writer {
    shape: Shape,
    random: Random,
    /// Flags mentioned so far; those that no option sets are left out by [`Self::flag`].
    flags: BTreeSet<usize>,
    facts: BTreeSet<usize>,
}

impl Writer {
    fn scene(&mut self, out: &mut String, scene: usize) {
        let rule = RULES[self.random.below(RULES.len())];
        write!(
            out,
            "\n[[scene]]\nid = \"s{scene}\"\ntitle = \"Scene {scene}\"\nrule = \"{rule}\"\n\
             text = \"The customer calls about point {scene}.\"\n"
        )
        .unwrap();
        if self.random.percent(20) {
            out.push_str("turning_point = true\n");
        }
        if self.random.percent(self.shape.echoes) {
            let (when, effect) = (self.condition(), self.effect(3));
            writeln!(out, "[[scene.echo]]\nwhen = {when}\ntext = \"That is remembered.\"\neffect = {effect}").unwrap();
        }
        let keys = KEYS[self.random.below(KEYS.len())];
        let turn = self.random.below(3);
        for (place, key) in keys.into_iter().enumerate() {
            self.option(out, scene, place, key, (place + turn) % 3);
        }
    }

    fn option(&mut self, out: &mut String, scene: usize, place: usize, key: u8, posture: usize) {
        let form = FORMS[self.random.below(FORMS.len())];
        let effect = self.effect(9);
        write!(
            out,
            "[[scene.option]]\nid = \"o{place}\"\ntext = \"Do thing {place} about it.\"\nposture = \"{}\"\n\
             form = \"{form}\"\nkey = {key}\neffect = {effect}\nthen = \"It is done.\"\nwhy = \"it was done.\"\n",
            POSTURES[posture]
        )
        .unwrap();
        // Each scene leads to the next one by its first option, which is always open: so all are reached.
        let back = place > 0 && self.random.percent(self.shape.loops);
        let closes = place > 0 && !back && self.random.percent(self.shape.conditional);
        if closes {
            let when = self.condition();
            writeln!(out, "when = {when}\nclosed = \"Not now.\"").unwrap();
        }
        if self.random.percent(8) {
            let flag = self.random.below(FLAGS);
            self.flags.insert(flag);
            writeln!(out, "set = [\"f{flag}\"]").unwrap();
        }
        if self.random.percent(8) {
            let fact = self.random.below(FACTS);
            self.facts.insert(fact);
            writeln!(out, "learn = [\"i{fact}\"]").unwrap();
        }
        let near = self.scene_or_end(scene + 1);
        let far = |story: &mut Self| {
            let ahead = scene + 1 + story.random.below(REACH);
            story.scene_or_end(ahead)
        };
        if back {
            writeln!(out, "once = true\nclosed = \"That has been done.\"\ngoto = \"s{scene}\"").unwrap();
        } else if self.random.percent(self.shape.conditional) {
            let (to, when) = (far(self), self.condition());
            let other = if place == 0 { near } else { far(self) };
            writeln!(out, "goto = [{{ to = \"{to}\", when = {when} }}, {{ to = \"{other}\" }}]").unwrap();
        } else if self.random.percent(self.shape.draws) {
            let to = far(self);
            writeln!(out, "goto = [{{ to = \"{near}\", chance = 1 }}, {{ to = \"{to}\", chance = 2 }}]").unwrap();
        } else {
            let to = if place == 0 { near } else { far(self) };
            writeln!(out, "goto = \"{to}\"").unwrap();
        }
    }

    fn scene_or_end(&self, scene: usize) -> String {
        if scene < self.shape.scenes { format!("s{scene}") } else { "outcome".to_owned() }
    }

    /// Two meters moved, by so much at most.
    fn effect(&mut self, most: usize) -> String {
        let first = self.random.below(4);
        let second = (first + 1 + self.random.below(3)) % 4;
        let mut by = || {
            let size = 1 + self.random.below(most);
            if self.random.percent(50) { format!("-{size}") } else { size.to_string() }
        };
        format!("{{ {} = {}, {} = {} }}", METERS[first], by(), METERS[second], by())
    }

    /// A condition that can hold and can fail, on what some option before it may have changed.
    fn condition(&mut self) -> String {
        let (meter, bound) = (METERS[self.random.below(4)], 35 + self.random.below(30));
        let flag = self.flags.iter().nth(self.random.below(self.flags.len().max(1))).copied();
        let fact = self.facts.iter().nth(self.random.below(self.facts.len().max(1))).copied();
        match (self.random.below(6), flag, fact) {
            (0, Some(flag), _) => format!("{{ flags = [\"f{flag}\"] }}"),
            (1, Some(flag), _) => format!("{{ without = [\"f{flag}\"] }}"),
            (2, _, Some(fact)) => format!("{{ knows = [\"i{fact}\"] }}"),
            (3, Some(flag), _) => {
                format!("{{ any = [{{ flags = [\"f{flag}\"] }}, {{ {meter} = {{ min = {bound} }} }}] }}")
            }
            (4, ..) => format!("{{ {meter} = {{ max = {bound} }} }}"),
            _ => format!("{{ {meter} = {{ min = {bound} }} }}"),
        }
    }

    fn head(&self) -> String {
        let mut head = HEAD.to_owned();
        let declare = |head: &mut String, table: &str, letter: char, ids: &BTreeSet<usize>| {
            if !ids.is_empty() {
                writeln!(head, "[{table}]").unwrap();
                for id in ids {
                    writeln!(head, "{letter}{id} = \"Thing {id} is so\"").unwrap();
                }
            }
        };
        declare(&mut head, "insights", 'i', &self.facts);
        declare(&mut head, "flags", 'f', &self.flags);
        head
    }
}

/// Flags and insights of a story, at most.
const FLAGS: usize = 8;
const FACTS: usize = 6;

const HEAD: &str = r#"format = 1
id = "generated"
title = "Generated"
summary = "Made by the yard."
level = 1
minutes = 5
language = "en"
industry = "Yarn"
deal = "A yard"
authors = ["Nobody"]
briefing = "Go on."
[cast.rep]
name = "Rea Pryce"
role = "rep"
title = "Rep"
about = "Patient."
wants = "An end."
[cast.customer]
name = "Cus Tomer"
role = "customer"
title = "Customer"
about = "Patient."
wants = "An end."
[start]
scene = "s0"
trust = 50
growth = 50
momentum = 50
bypass = 30
"#;

const OUTCOME: &str = r#"
[[scene]]
id = "outcome"
text = ""
goto = [
  { to = "won", when = { trust = { min = 55 }, growth = { min = 50 }, bypass = { max = 40 } } },
  { to = "around", when = { momentum = { min = 60 }, bypass = { min = 30 } } },
  { to = "later", when = { trust = { min = 45 } } },
  { to = "learned", when = { growth = { min = 40 } } },
  { to = "damage" },
]
[[ending]]
id = "won"
kind = "won_by_rep"
title = "Won"
text = "Won by the rep."
[[ending]]
id = "around"
kind = "around_rep"
title = "Around"
text = "Won around the rep."
[[ending]]
id = "later"
kind = "postponed"
title = "Later"
text = "Put off."
[[ending]]
id = "learned"
kind = "learned"
title = "Learned"
text = "Lost, and learned."
[[ending]]
id = "damage"
kind = "damage"
title = "Damage"
text = "Lost."
"#;
