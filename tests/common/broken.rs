//! Broken and half-broken files, made from good ones, and random play.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use ridealong::diagnostic::{Severity, Source, human, short};
use ridealong::engine::{Place, Run, Seed};
use ridealong::scenario::check::review;
use ridealong::story::Story;

/// Small pseudo-random numbers (splitmix64), so that a failure can be made again from its seed.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }
}

/// Pieces of files, good and bad.
const TOKENS: &[&str] = &[
    "[[scene]]\n",
    "[[scene.option]]\n",
    "[[scene.echo]]\n",
    "[[ending]]\n",
    "[[ending.line]]\n",
    "[start]\n",
    "[cast.x]\n",
    "[flags]\n",
    "[insights]\n",
    "[debrief]\n",
    "[",
    "]",
    "{",
    "}",
    "[[",
    "]]",
    "\"",
    "\"\"\"",
    "'",
    "'''",
    "=",
    ",",
    ".",
    "#",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\\",
    "\\u001b",
    "\\U0010ffff",
    "\\x1b",
    "\u{0}",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{feff}",
    "é",
    "👩\u{200d}💼",
    "0",
    "-1",
    "1",
    "50",
    "100",
    "101",
    "4294967296",
    "99999999999999999999",
    "1.5",
    "inf",
    "nan",
    "0x10",
    "1_000",
    "true",
    "false",
    "1979-05-27",
    "07:32:00",
    "once = true\n",
    "once = false\n",
    "goto = \"call\"\n",
    "goto = \"won\"\n",
    "goto = []\n",
    "goto = [{ to = \"again\", chance = 1 }, { to = \"won\" }]\n",
    "when = {}\n",
    "when = { any = [{}] }\n",
    "when = { any = [{ flags = [\"paused\"] }, { without = [\"paused\"] }] }\n",
    "when = { trust = { min = 50 } }\n",
    "when = { trust = { max = 10 } }\n",
    "when = { without = [\"paused\"] }\n",
    "when = { insights = { min = 2 } }\n",
    "closed = \"No.\"\n",
    "set = [\"paused\"]\n",
    "set = [\"promised\"]\n",
    "learn = [\"lock\"]\n",
    "learn = [\"tenant\"]\n",
    "effect = { trust = 100 }\n",
    "effect = { bypass = -100 }\n",
    "\"call\"",
    "\"desk\"",
    "\"again\"",
    "\"evening\"",
    "\"won\"",
    "\"later\"",
    "\"around\"",
    "\"paused\"",
    "\"promised\"",
    "\"tenant\"",
    "\"lock\"",
    "any = [",
    "min = ",
    "max = ",
    "chance = 1",
];

/// A file with a few things changed.
pub fn mutant(random: &mut Random, text: &[u8]) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let length = random.below(40).min(bytes.len() - at);
        match random.below(9) {
            0 if at < bytes.len() => bytes[at] = u8::try_from(random.below(256)).unwrap(),
            1 => drop(bytes.drain(at..at + length)),
            2 => bytes.insert(at, u8::try_from(random.below(256)).unwrap()),
            3 => {
                let copy = bytes[at..at + length].to_vec();
                let to = random.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            4 => drop(bytes.splice(at..at, random.pick(TOKENS).bytes())),
            5 => bytes.truncate(if random.below(8) == 0 { at } else { bytes.len() }),
            _ => bytes = lines(random, &bytes),
        }
    }
    bytes
}

/// Whole lines taken out, doubled, exchanged or replaced; values exchanged for those of other lines.
fn lines(random: &mut Random, bytes: &[u8]) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return Vec::new();
    }
    let (one, other) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(6) {
        0 => drop(lines.remove(one)),
        1 => lines.insert(other, lines[one].clone()),
        2 => lines.swap(one, other),
        3 => lines[one] = random.pick(TOKENS).as_bytes().to_vec(),
        4 => lines.insert(one, random.pick(TOKENS).as_bytes().to_vec()),
        _ => {
            // The value of one line at the key of another.
            let cut = |line: &[u8]| line.iter().position(|byte| *byte == b'=');
            if let (Some(key), Some(value)) = (cut(&lines[one]), cut(&lines[other])) {
                lines[one] = [&lines[one][..key], &lines[other][value..]].concat();
            }
        }
    }
    lines.concat()
}

/// Checks a file, renders what is found, plays what is accepted. Whether it was accepted.
pub fn survive(bytes: &[u8], random: &mut Random) -> bool {
    let checked = review("small.toml", bytes);
    let source = Source::new("small.toml", bytes);
    let errors = checked.diagnostics().iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    assert_eq!(checked.is_ok(), !errors);
    let shown = human::render(&source, checked.diagnostics(), false) + &short::render(&source, checked.diagnostics());
    assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
    let Some(scenario) = checked.into_scenario() else {
        return false;
    };
    let story = Story::new(scenario);
    for _ in 0..3 {
        play(&story, random);
    }
    true
}

/// A play at random, which must end.
pub fn play(story: &Story, random: &mut Random) {
    let mut run: Run = story.begin(Seed(random.next()));
    for _ in 0..100_000 {
        if run.ending(&story.program).is_some() {
            return;
        }
        assert_ne!(run.state().place, Place::Nowhere);
        let open = story.program.open(run.state());
        assert_ne!(open, 0, "no option is open");
        let order = run.shown_order(&story.program);
        let open: Vec<_> = order.into_iter().filter(|chosen| open & (1 << chosen.0) != 0).collect();
        run.choose(&story.program, open[random.below(open.len())]).unwrap();
    }
    panic!("a play that does not end");
}
