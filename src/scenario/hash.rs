//! The identity of a scenario: a hash of its meaning.
//!
//! It is taken over the checked scenario, so comments, white space and the order of keys in a table don't change it,
//! and whatever a player could notice does. So does the order of what is listed: scenes, options, people, and also the
//! entries of `[insights]` and `[flags]`, which are known by their places. Saves and boards compare it.

use std::fmt::{self, Write};

use sha2::{Digest, Sha256};

use super::Scenario;

/// Says what is hashed and how; changes with the canonical form.
const PREFIX: &[u8] = b"ridealong scenario, canonical form 1\n";

/// SHA-256 of a scenario in canonical form, written as 64 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash of a scenario's meaning.
    pub fn of(scenario: &Scenario) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(PREFIX);
        hasher.update(canonical(scenario));
        Self(hasher.finalize().into())
    }

    /// The first eight digits, enough for people.
    pub fn short(&self) -> String {
        self.to_string().chars().take(8).collect()
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = String::with_capacity(64);
        for byte in self.0 {
            write!(digits, "{byte:02x}")?;
        }
        f.pad(&digits)
    }
}

/// The canonical form: JSON without white space, fields in the order of the types, lists in the order of the file.
fn canonical(scenario: &Scenario) -> Vec<u8> {
    // Strings, numbers and lists only: writing them to memory cannot fail.
    serde_json::to_vec(scenario).unwrap_or_default()
}
