//! Text from outside: checked once, on the way in, by type.
//!
//! A [`Text`] holds nothing that could steer a terminal or hide what it says: no control characters, no bidirectional
//! overrides, no private-use or tag characters, no towers of combining marks. Files are refused where they break that
//! ([`Text::parse`]); names typed at a prompt are mended ([`Text::clean`]).

use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize};
use unicode_normalization::char::is_combining_mark;

/// More combining marks in a row than this are refused.
const MARKS_IN_A_ROW: usize = 2;

/// A safe text: paragraphs of plain characters, `\n\n` between them, no other control character.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Text(String);

/// A character that a text may not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} (U+{:04X}) is not allowed in a text", u32::from(*.character))]
pub struct Refused {
    /// Byte offset in the text that was given.
    pub at: usize,
    /// The character itself; never print it raw.
    pub character: char,
    /// What is wrong with it.
    pub kind: RefusedKind,
}

/// Why a character is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedKind {
    /// C0 or C1, escape among them.
    Control,
    /// Overrides, embeddings and isolates of writing direction.
    Bidi,
    /// No meaning that two machines share.
    PrivateUse,
    /// Invisible: tags, zero-width characters that show nothing, and the like.
    Invisible,
    /// The third or later combining mark in a row.
    Marks,
    /// Not a character at all.
    Unassigned,
}

impl fmt::Display for RefusedKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Control => "a control character",
            Self::Bidi => "a character that changes the writing direction",
            Self::PrivateUse => "a private-use character",
            Self::Invisible => "an invisible character",
            Self::Marks => "a third combining mark in a row",
            Self::Unassigned => "a code point that is no character",
        })
    }
}

impl Text {
    /// No text.
    pub const EMPTY: Self = Self(String::new());

    /// Takes a text from a file. Line ends and tabs inside a paragraph become a space, runs of spaces one, empty lines
    /// divide paragraphs; so the layout of the file doesn't matter. A no-break space is no layout and stays.
    ///
    /// # Errors
    /// Every character that is refused, in order.
    pub fn parse(raw: &str) -> Result<Self, Vec<Refused>> {
        // Nearly everything is like this.
        if is_plain_line(raw) {
            return Ok(Self(raw.to_owned()));
        }
        if raw.bytes().all(|byte| is_plain(byte) || is_layout(byte.into())) {
            return Ok(Self(fold(raw)));
        }
        let refused: Vec<Refused> = scan(raw).filter(|found| !is_layout(found.character)).collect();
        if refused.is_empty() { Ok(Self(fold(raw))) } else { Err(refused) }
    }

    /// Takes a name or a line typed by somebody: what a text may not hold is left out, everything is put on one line.
    pub fn clean(raw: &str) -> Self {
        // Nearly everything is like this.
        if is_plain_line(raw) {
            return Self(raw.to_owned());
        }
        let mut kept = String::with_capacity(raw.len());
        let mut refused = scan(raw).peekable();
        for (at, character) in raw.char_indices() {
            if refused.peek().is_some_and(|found| found.at == at) {
                refused.next();
                if is_layout(character) {
                    kept.push(' ');
                }
            } else {
                kept.push(character);
            }
        }
        Self(kept.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its paragraphs, none of them empty.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.0.split("\n\n").filter(|paragraph| !paragraph.is_empty())
    }
}

impl<'de> Deserialize<'de> for Text {
    /// From data that was written by us or by somebody else: what a text may not hold is left out.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|raw| Self::clean(&raw))
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A JSON document in which what a text may not hold is written as JSON's `\u....`. Its line ends stay.
pub fn json_escaped(json: &str) -> String {
    // Nearly everything is like this.
    if json.bytes().all(is_plain) {
        return json.to_owned();
    }
    let mut escaped = String::with_capacity(json.len());
    let mut refused = scan(json).filter(|found| !is_layout(found.character)).peekable();
    for (at, character) in json.char_indices() {
        if refused.next_if(|refused| refused.at == at).is_some() {
            escaped.extend(character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            escaped.push(character);
        }
    }
    escaped
}

/// Whether a text is ASCII on one line with single spaces between its words: then nothing is left to clean.
fn is_plain_line(raw: &str) -> bool {
    let mut space = true;
    let plain = raw.bytes().all(|byte| {
        let twice = space && byte == b' ';
        space = byte == b' ';
        is_plain(byte) && !twice
    });
    plain && (!space || raw.is_empty())
}

/// Whether a byte is a printable character of ASCII.
fn is_plain(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

/// Line ends and tabs: layout of a file, folded away.
fn is_layout(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\t')
}

/// Paragraphs with single spaces inside and `\n\n` between.
fn fold(raw: &str) -> String {
    let mut folded = String::with_capacity(raw.len());
    let mut gap = "";
    for line in raw.lines() {
        if line.trim().is_empty() {
            if !folded.is_empty() {
                gap = "\n\n";
            }
            continue;
        }
        for word in line.split_ascii_whitespace() {
            folded.push_str(gap);
            folded.push_str(word);
            gap = " ";
        }
    }
    folded
}

/// Everything in `raw` that a text may not hold, layout included.
fn scan(raw: &str) -> impl Iterator<Item = Refused> {
    let mut marks = 0;
    raw.char_indices().filter_map(move |(at, character)| {
        let kind = match refusal(character) {
            // Marks pile up across what is left out and across joiners, but not across the space that layout becomes.
            Some(kind) => {
                marks = if is_layout(character) { 0 } else { marks };
                Some(kind)
            }
            None if is_combining_mark(character) => {
                marks += 1;
                (marks > MARKS_IN_A_ROW).then_some(RefusedKind::Marks)
            }
            None => {
                marks = if is_joiner(character) { marks } else { 0 };
                None
            }
        };
        kind.map(|kind| Refused { at, character, kind })
    })
}

/// Joiners show nothing of their own.
fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200c}' | '\u{200d}')
}

/// Why a character is refused wherever it stands, if it is.
fn refusal(character: char) -> Option<RefusedKind> {
    let kind = match character {
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => RefusedKind::Control,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => RefusedKind::Bidi,
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}' => RefusedKind::PrivateUse,
        // Joiners (200c, 200d) and variation selectors have their place inside words and emoji.
        '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffc}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' => RefusedKind::Invisible,
        _ if u32::from(character) & 0xfffe == 0xfffe || ('\u{fdd0}'..='\u{fdef}').contains(&character) => {
            RefusedKind::Unassigned
        }
        _ => return None,
    };
    Some(kind)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Texts of what is refused, of what is nearly refused, and of anything.
    fn any_text() -> impl Strategy<Value = String> {
        let telling = [
            'a', 'e', ' ', '\t', '\n', '\r', '\u{a0}', '\u{3000}', '\u{301}', '\u{302}', '\u{20dd}', '\u{34f}',
            '\u{200b}', '\u{200c}', '\u{200d}', '\u{202e}', '\u{2028}', '\u{fe0f}', '\u{1b}', '\u{85}', '\u{e000}',
            '\u{fffe}', '👩',
        ];
        let one = prop_oneof![4 => proptest::sample::select(telling.to_vec()), 1 => any::<char>()];
        proptest::collection::vec(one, 0..24).prop_map(|characters| characters.into_iter().collect())
    }

    #[test]
    fn the_short_way_is_the_long_way() {
        for raw in ["", " ", "a", " a", "a ", "a  b", "a b", "a\tb", "a\u{7f}", "~ !", "\u{e9}", "a\n\nb"] {
            let kept: String = raw.chars().filter(|c| !c.is_control() || is_layout(*c)).collect();
            assert_eq!(Text::clean(raw).as_str(), kept.split_whitespace().collect::<Vec<_>>().join(" "), "{raw:?}");
        }
        // A letter that takes the long way, put behind and taken off again, changes nothing.
        for raw in ["a", "a b", "a  b", " a\n\n\tb ", "~ !\r\na", "a\n \n\nb\nc", "a\u{1b}b", "a\u{7f}b", "\0a"] {
            let long = Text::parse(&format!("{raw} \u{e9}"));
            let short = Text::parse(raw).map(|text| Text(format!("{text} \u{e9}")));
            assert_eq!(short, long, "{raw:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_cleaned_is_accepted_as_it_is(raw in any_text()) {
            let clean = Text::clean(&raw);
            prop_assert_eq!(Text::parse(&clean), Ok(clean.clone()));
            prop_assert_eq!(Text::clean(&clean), clean);
        }

        #[test]
        fn what_is_accepted_is_accepted_again_as_it_is(raw in any_text()) {
            if let Ok(text) = Text::parse(&raw) {
                prop_assert_eq!(Text::parse(&text), Ok(text.clone()));
                prop_assert!(text.paragraphs().all(|paragraph| !paragraph.trim().is_empty()));
            }
        }
    }

    #[test]
    fn marks_pile_up_across_what_shows_nothing() {
        for between in ["\u{200d}", "\u{200c}", "\u{200b}", "\u{1b}", "\u{34f}", "\u{200d}\u{200d}"] {
            let tower = format!("e\u{301}\u{302}{between}\u{303}");
            let refused = Text::parse(&tower).expect_err("a tower");
            assert_eq!(refused.last().map(|found| found.kind), Some(RefusedKind::Marks), "{tower:?}");
            assert!(!Text::clean(&tower).contains('\u{303}'), "{tower:?}");
        }
        for apart in ["e\u{301}\u{302}o\u{303}", "e\u{301}\u{302}\n\u{303}", "e\u{301}\u{302} \u{303}"] {
            assert!(Text::parse(apart).is_ok(), "{apart:?}");
        }
    }

    #[test]
    fn a_no_break_space_stays() {
        assert_eq!(Text::parse("310\u{a0}k  in\nall").as_deref().ok(), Some("310\u{a0}k in all"));
        assert_eq!(Text::parse("a\n\u{a0}\nb").as_deref().ok(), Some("a\n\nb"));
        assert_eq!(Text::parse("\u{a0}\n").as_deref().ok(), Some(""));
    }

    #[test]
    fn the_layout_of_a_file_does_not_matter() {
        let wrapped = Text::parse("\nOne\ttwo\r\n  three.\n\n\n   Four.\n");
        assert_eq!(wrapped, Text::parse("One two three.\n\nFour."));
        assert_eq!(wrapped.map(|text| text.paragraphs().count()), Ok(2));
    }

    #[test]
    fn what_steers_a_terminal_is_refused_with_its_place() {
        for (raw, at, kind) in [
            ("a\u{1b}[31m", 1, RefusedKind::Control),
            ("é\u{9b}2J", 2, RefusedKind::Control),
            ("x\u{202e}y", 1, RefusedKind::Bidi),
            ("\u{e000}", 0, RefusedKind::PrivateUse),
            ("\u{e0041}", 0, RefusedKind::Invisible),
            ("a\u{200b}b", 1, RefusedKind::Invisible),
            ("e\u{301}\u{302}\u{303}", 5, RefusedKind::Marks),
            ("\u{8}", 0, RefusedKind::Control),
        ] {
            let refused = Text::parse(raw).expect_err(raw);
            assert_eq!((refused[0].at, refused[0].kind), (at, kind), "{raw:?}");
            assert!(Text::parse(&Text::clean(raw)).is_ok());
        }
    }

    #[test]
    fn names_of_people_pass() {
        for name in ["Zoë", "José", "Nguyễn", "Łukasz", "王小明", "שרה", "👩\u{200d}💼"] {
            assert_eq!(Text::parse(name).as_deref().ok(), Some(name));
            assert_eq!(&*Text::clean(name), name);
        }
    }
}
