//! A session's code: what is read out to a room and typed by everybody in it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Characters that nobody takes for another: no 0, O, 1 and I.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// How many a code has.
const LENGTH: usize = 6;

/// The code of a session: six letters and digits, written in two groups, `KQ7-MFD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct SessionCode([u8; LENGTH]);

/// What was typed isn't a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a session's code has six letters and digits, as in KQ7-MFD (never 0, O, 1 or I); see what the facilitator shows"
)]
pub struct NoCode;

impl SessionCode {
    /// A code of chance.
    pub fn new(chance: u32) -> Self {
        Self(std::array::from_fn(|place| LETTERS[(chance >> (5 * place)) as usize % LETTERS.len()]))
    }
}

impl fmt::Display for SessionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters: String = self.0.iter().map(|letter| char::from(*letter)).collect();
        let (first, second) = letters.split_at(LENGTH / 2);
        f.pad(&format!("{first}-{second}"))
    }
}

impl FromStr for SessionCode {
    type Err = NoCode;

    /// Small letters, spaces and hyphens are as good.
    fn from_str(typed: &str) -> Result<Self, NoCode> {
        let letters: Vec<u8> =
            typed.bytes().filter(|byte| !matches!(byte, b'-' | b' ')).map(|byte| byte.to_ascii_uppercase()).collect();
        let code: [u8; LENGTH] = letters.try_into().map_err(|_| NoCode)?;
        if code.iter().all(|letter| LETTERS.contains(letter)) { Ok(Self(code)) } else { Err(NoCode) }
    }
}

impl From<SessionCode> for String {
    fn from(code: SessionCode) -> Self {
        code.to_string()
    }
}

impl TryFrom<String> for SessionCode {
    type Error = NoCode;

    fn try_from(code: String) -> Result<Self, NoCode> {
        code.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_typed_in_many_ways() {
        let code = SessionCode::new(0x1234_5678);
        let shown = code.to_string();
        assert_eq!(shown.len(), 7);
        let typed = [shown.clone(), shown.to_lowercase(), shown.replace('-', ""), shown.replace('-', " ")];
        assert!(typed.iter().all(|typed| typed.parse() == Ok(code)), "{shown}");
    }

    #[test]
    fn what_could_be_mistaken_is_no_code() {
        for typed in ["", "KQ7-MF", "KQ7-MFDD", "KQ7-MF0", "KQ7-MFI", "KQ7_MFD", "\u{1b}[2J", "ÄÖÜ"] {
            assert_eq!(typed.parse::<SessionCode>(), Err(NoCode), "{typed:?}");
        }
    }
}
