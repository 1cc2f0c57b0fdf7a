//! Keys of the player's own choice, for what has a letter.

use crossterm::event::KeyCode;

/// What can have another key: its name in the config file, and the key that it has without being asked.
pub const ACTIONS: [(&str, char); 20] = [
    ("up", 'k'),
    ("down", 'j'),
    ("leave", 'q'),
    ("keys", '?'),
    ("search", '/'),
    ("settings", 's'),
    ("progress", 'p'),
    ("anew", 'n'),
    ("history", 'h'),
    ("briefing", 'i'),
    ("undo", 'u'),
    ("replay", 'r'),
    ("roads", 'o'),
    ("export", 'e'),
    ("teams", 'b'),
    ("facilitate", 'f'),
    ("close", 'c'),
    ("withdraw", 'w'),
    ("remove", 'x'),
    ("erase", 'd'),
];

/// The key of each action, in the order of [`ACTIONS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnKeys([char; ACTIONS.len()]);

/// Why an action can't have a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOwn {
    /// There is no such action.
    NoAction,
    /// Something else has it.
    Taken,
    /// A digit, a blank, or nothing that can be typed: these stay what they are.
    NoLetter,
}

impl Default for OwnKeys {
    fn default() -> Self {
        Self::USUAL
    }
}

impl OwnKeys {
    /// Every action has the key that it has without being asked.
    pub const USUAL: Self = {
        let mut keys = [' '; ACTIONS.len()];
        let mut at = 0;
        while at < keys.len() {
            keys[at] = ACTIONS[at].1;
            at += 1;
        }
        Self(keys)
    };

    /// The same, with another key for an action.
    ///
    /// # Errors
    /// If there is no such action, or it can't have that key.
    pub fn with(self, action: &str, key: char) -> Result<Self, NotOwn> {
        let at = ACTIONS.iter().position(|(name, _)| *name == action).ok_or(NotOwn::NoAction)?;
        if key.is_numeric() || key.is_whitespace() || key.is_control() {
            return Err(NotOwn::NoLetter);
        }
        if (0..).zip(self.0).any(|(other, taken): (usize, char)| other != at && taken == key) {
            return Err(NotOwn::Taken);
        }
        let mut keys = self.0;
        if let Some(place) = keys.get_mut(at) {
            *place = key;
        }
        Ok(Self(keys))
    }

    /// The key that would have been pressed if all were as without being asked. Nothing if it is one that has been
    /// given up for another.
    pub(super) fn usual(&self, code: KeyCode) -> Option<KeyCode> {
        let KeyCode::Char(typed) = code else { return Some(code) };
        if let Some(at) = self.0.iter().position(|key| *key == typed) {
            return ACTIONS.get(at).map(|(_, usual)| KeyCode::Char(*usual));
        }
        let given_up = ACTIONS.iter().any(|(_, usual)| *usual == typed);
        (!given_up).then_some(code)
    }

    /// How a key is written that is usually written like this.
    pub fn shown(&self, usual: &str) -> Option<char> {
        let mut letters = usual.chars();
        let (letter, None) = (letters.next()?, letters.next()) else { return None };
        let at = ACTIONS.iter().position(|(_, key)| *key == letter)?;
        self.0.get(at).copied().filter(|key| *key != letter)
    }

    /// The actions that have another key than without being asked, by name.
    pub fn changed(&self) -> impl Iterator<Item = (&'static str, char)> {
        ACTIONS.into_iter().zip(self.0).filter(|((_, usual), key)| usual != key).map(|((name, _), key)| (name, key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_moves_and_leaves_its_place_free() {
        let keys = OwnKeys::default().with("undo", 'z').expect("free");
        assert_eq!(keys.usual(KeyCode::Char('z')), Some(KeyCode::Char('u')));
        assert_eq!(keys.usual(KeyCode::Char('u')), None);
        assert_eq!(keys.usual(KeyCode::Char('x')), Some(KeyCode::Char('x')));
        assert_eq!(keys.usual(KeyCode::Enter), Some(KeyCode::Enter));
        assert_eq!((keys.shown("u"), keys.shown("q"), keys.shown("Enter")), (Some('z'), None, None));
        // What was given up can be taken.
        let keys = keys.with("history", 'u').expect("free now");
        assert_eq!(keys.usual(KeyCode::Char('u')), Some(KeyCode::Char('h')));
        assert_eq!(keys.changed().collect::<Vec<_>>(), [("history", 'u'), ("undo", 'z')]);
    }

    #[test]
    fn not_every_key_can_be_had() {
        let with = |action, key| OwnKeys::default().with(action, key);
        assert_eq!(with("undoo", 'z'), Err(NotOwn::NoAction));
        assert_eq!(with("undo", 'q'), Err(NotOwn::Taken));
        assert_eq!(with("undo", '1'), Err(NotOwn::NoLetter));
        assert_eq!(with("undo", ' '), Err(NotOwn::NoLetter));
    }
}
