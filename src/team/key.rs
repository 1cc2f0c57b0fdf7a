//! How a player shows that a message is theirs, without their secret ever leaving their machine.
//!
//! A player's [`Token`] makes a [`Key`] for each thing they will do in a session. When they join they send the locks that
//! these keys open, and later each key with what it is for. What lies in the store before that is a hash; what lies
//! there after has been used, and opens nothing else.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::SessionCode;

const KEY_PREFIX: &[u8] = b"ridealong key 1\n";
const LOCK_PREFIX: &[u8] = b"ridealong lock 1\n";

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To take the ticket of a round, by its number.
    Ticket(u8),
    /// To send the run of that ticket.
    Run(u8),
    /// To send runs of a round that don't count.
    Practice(u8),
}

/// Hexadecimal digits, small ones.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half & 15)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}

/// Is not 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not 64 hexadecimal digits")]
pub struct NotHex;

fn unhex(digits: &str) -> Result<[u8; 32], NotHex> {
    let mut bytes = [0; 32];
    if digits.len() != 64 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(NotHex);
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * place..2 * place + 2], 16).map_err(|_| NotHex)?;
    }
    Ok(bytes)
}

/// Makes a type of 32 bytes that is written as hexadecimal digits.
macro_rules! bytes {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name([u8; 32]);

        impl FromStr for $name {
            type Err = NotHex;
            fn from_str(digits: &str) -> Result<Self, NotHex> { unhex(digits).map(Self) }
        }

        impl TryFrom<String> for $name {
            type Error = NotHex;
            fn try_from(digits: String) -> Result<Self, NotHex> { digits.parse() }
        }

        impl From<$name> for String {
            fn from(bytes: $name) -> Self { hex(&bytes.0) }
        }
    };
}

bytes! {
    /// A player's secret, kept on their machine. What shows it does so on purpose: through `String::from`.
    Token
}

bytes! {
    /// What opens a lock. Secret until it is used.
    Key
}

bytes! {
    /// What a key opens: its hash.
    Lock
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(...)")
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(...)")
    }
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lock({})", hex(&self.0[..4]))
    }
}

impl Token {
    /// A secret of chance.
    pub const fn new(chance: [u8; 32]) -> Self {
        Self(chance)
    }

    /// The key for something in a session.
    pub fn key(&self, session: SessionCode, purpose: Purpose) -> Key {
        let (what, round) = match purpose {
            Purpose::Ticket(round) => (b't', round),
            Purpose::Run(round) => (b'r', round),
            Purpose::Practice(round) => (b'p', round),
        };
        let mut hasher = Sha256::new_with_prefix(KEY_PREFIX);
        hasher.update(self.0);
        hasher.update(session.to_string());
        hasher.update([what, round]);
        Key(hasher.finalize().into())
    }
}

impl Key {
    /// The lock that it opens.
    pub fn lock(&self) -> Lock {
        Lock(Sha256::new_with_prefix(LOCK_PREFIX).chain_update(self.0).finalize().into())
    }

    /// Whether it opens a lock.
    pub fn opens(&self, lock: &Lock) -> bool {
        self.lock() == *lock
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_opens_its_own_lock_and_no_other() {
        let codes = [SessionCode::new(1), SessionCode::new(2)];
        let tokens = [Token::new([1; 32]), Token::new([2; 32])];
        let purposes = [Purpose::Ticket(1), Purpose::Ticket(2), Purpose::Run(1), Purpose::Practice(1)];
        let keys: Vec<Key> = tokens
            .iter()
            .flat_map(|token| codes.iter().flat_map(move |code| purposes.map(|purpose| token.key(*code, purpose))))
            .collect();
        for (place, key) in keys.iter().enumerate() {
            let opened: Vec<usize> = (0..keys.len()).filter(|other| key.opens(&keys[*other].lock())).collect();
            assert_eq!(opened, [place]);
        }
    }

    #[test]
    fn secrets_show_on_purpose_only() {
        let token = Token::new([7; 32]);
        let key = token.key(SessionCode::new(1), Purpose::Ticket(1));
        for (shown, secret) in [(format!("{token:?}"), String::from(token)), (format!("{key:?}"), String::from(key))] {
            assert!(!shown.contains(&secret[..8]), "{shown}");
            assert_eq!(secret.len(), 64);
        }
        assert_eq!(String::from(token).parse(), Ok(token));
        assert_eq!("7".repeat(63).parse::<Token>(), Err(NotHex));
        assert_eq!("é".repeat(32).parse::<Token>(), Err(NotHex));
    }
}
