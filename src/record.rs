//! Run records: which scenario, which seed, which choices. All the rest comes from replaying them.
//!
//! What `replay` reads, saves hold and teams send. A record may come from anywhere, so it is taken apart with care and
//! everything it says is made safe before it is shown. Files are not opened here.

mod error;

use serde::{Deserialize, Serialize};

pub use error::{Misfit, RecordError};

use crate::engine::{Chosen, ENGINE_VERSION, KEY_VERSION, Run, Seed};
use crate::scenario::Decision;
use crate::story::Story;
use crate::text::{self, Text};

/// A record of more bytes than this is not read.
pub const MAX_BYTES: usize = 1 << 20;
/// More choices than this are not a run that anybody played.
pub const MAX_CHOICES: usize = 20_000;
/// Ids, paths and hashes longer than this are not ones.
const MAX_NAME: usize = 4096;

/// A run as it is written down. Keys that it doesn't know are passed over when it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The scenario's id, or the path of its file.
    pub scenario: String,
    /// The hash of the scenario that was played, as hexadecimal digits; may be left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// Where the run's chance came from.
    pub seed: Seed,
    /// The version of the rules of play, if given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engine_version: Option<u32>,
    /// The version of the scoring, if given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_version: Option<u32>,
    /// The ids of the options chosen, in order.
    pub choices: Vec<String>,
}

impl Record {
    /// The record of a run, finished or not, of a scenario known by its id.
    pub fn of(story: &Story, run: &Run) -> Self {
        let ids = run.steps().iter().filter_map(|step| story.option(step.scene, step.chosen));
        Self {
            scenario: story.scenario.id.clone(),
            hash: Some(story.hash.to_string()),
            seed: run.seed(),
            engine_version: Some(ENGINE_VERSION),
            key_version: Some(KEY_VERSION),
            choices: ids.map(|option| option.id.clone()).collect(),
        }
    }

    /// The same record, naming its scenario so: for one that is found by its path and not by its id.
    pub fn naming(self, scenario: impl Into<String>) -> Self {
        Self { scenario: scenario.into(), ..self }
    }

    /// Reads a record.
    ///
    /// # Errors
    /// If it is no JSON object with these keys, or larger than any run is.
    pub fn parse(json: &[u8]) -> Result<Self, RecordError> {
        if json.len() > MAX_BYTES {
            return Err(RecordError::TooLarge);
        }
        // An editor's byte order mark is no fault of the run.
        let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
        if json.iter().all(u8::is_ascii_whitespace) {
            return Err(RecordError::Empty);
        }
        if json.trim_ascii_start().first() != Some(&b'{') {
            return Err(RecordError::NotARecord("it is no JSON object in braces".to_owned()));
        }
        let record: Self = serde_json::from_slice(json).map_err(|error| RecordError::not_a_record(&error))?;
        record.check()?;
        Ok(record)
    }

    /// Whether it is no larger than runs are.
    ///
    /// # Errors
    /// If it is.
    pub fn check(&self) -> Result<(), RecordError> {
        if self.choices.len() > MAX_CHOICES {
            return Err(RecordError::TooManyChoices(self.choices.len()));
        }
        let names = self.choices.iter().chain(&self.hash).chain([&self.scenario]);
        names
            .into_iter()
            .find(|name| name.len() > MAX_NAME)
            .map_or(Ok(()), |long| Err(RecordError::LongName(long.len())))
    }

    /// As one line of JSON. A path may hold anything, so what a text may not hold is written as JSON's `\u....`.
    pub fn to_line(&self) -> String {
        // Strings, numbers and lists only: writing them to memory cannot fail.
        text::json_escaped(&serde_json::to_string(self).unwrap_or_default())
    }

    /// The run that this record makes of a story.
    ///
    /// # Errors
    /// If it is a record of another version of the scenario, of the rules or of the scoring, or if a choice wasn't open.
    pub fn replay(&self, story: &Story) -> Result<Run, Misfit> {
        if let Some(hash) = &self.hash
            && !hash.eq_ignore_ascii_case(&story.hash.to_string())
        {
            let (recorded, present) = told_apart(&Text::clean(hash), &story.hash.to_string());
            return Err(Misfit::OtherScenario { id: story.scenario.id.clone(), recorded, present });
        }
        for (what, recorded, present) in
            [("engine", self.engine_version, ENGINE_VERSION), ("scoring", self.key_version, KEY_VERSION)]
        {
            if let Some(recorded) = recorded
                && recorded != present
            {
                return Err(Misfit::OtherVersion { what, recorded, present });
            }
        }
        let mut run = story.begin(self.seed);
        for (number, id) in (1..).zip(&self.choices) {
            let chosen = choice(story, &run, number, id)?;
            run.choose(&story.program, chosen).map_err(|_| Misfit::Ended { number })?;
        }
        Ok(run)
    }
}

/// As many digits of two hashes as it takes to see the difference, eight at least.
fn told_apart(one: &str, other: &str) -> (String, String) {
    let alike = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let shown = |hash: &str| hash.chars().take((alike + 1).clamp(8, 64)).collect();
    (shown(one), shown(other))
}

/// The open option of this id where a run stands.
fn choice(story: &Story, run: &Run, number: usize, id: &str) -> Result<Chosen, Misfit> {
    let Some((scene, decision)) = story.standing_at(run) else {
        return Err(Misfit::Ended { number });
    };
    let offered = story.offered(run);
    let found = offered.iter().find(|offered| offered.option.id == id);
    if let Some(open) = found.filter(|offered| offered.closed.is_none()) {
        return Ok(open.chosen);
    }
    let id = Text::clean(id).chars().take(64).collect();
    let scene = scene.id.clone();
    let reason = found.and_then(|offered| offered.closed).map(str::to_owned);
    Err(match reason {
        Some(reason) => Misfit::Closed { number, id, scene, reason },
        None => Misfit::Unknown { number, open: open_ids(decision, run, story), id, scene },
    })
}

/// The ids that were open, in authored order, in one line.
fn open_ids(decision: &Decision, run: &Run, story: &Story) -> String {
    let open = story.program.open(run.state());
    let ids = decision.options.iter().enumerate().filter(|(place, _)| open & (1 << place) != 0);
    ids.map(|(_, option)| option.id.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_record() -> impl Strategy<Value = Record> {
        let marks = "[e\u{301}\u{302}\u{200b}\u{200d}\u{202e}\n ]{0,12}";
        let names = || prop_oneof![any::<String>(), proptest::string::string_regex(marks).expect("a pattern")];
        let known = (names(), proptest::option::of(names()), any::<u64>(), proptest::collection::vec(names(), 0..20));
        (known, any::<Option<u32>>(), any::<Option<u32>>()).prop_map(
            |((scenario, hash, seed, choices), engine, key)| Record {
                scenario,
                hash,
                seed: Seed(seed),
                engine_version: engine,
                key_version: key,
                choices,
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(record in any_record()) {
            let line = record.to_line();
            prop_assert!(Text::parse(&line).is_ok() && !line.chars().any(char::is_control), "{line:?}");
            prop_assert_eq!(Record::parse(line.as_bytes()), Ok(record));
        }

        #[test]
        fn any_bytes_are_a_record_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Record::parse(&bytes);
        }
    }

    #[test]
    fn a_record_by_hand_needs_little() {
        let by_hand = b"\xef\xbb\xbf{\"scenario\": \"x\", \"seed\": 3, \"choices\": [], \"by\": \"hand\"}\n";
        let record = Record::parse(by_hand).expect("a record");
        assert_eq!((record.seed, record.hash, record.key_version), (Seed(3), None, None));
        for (bad, error) in [("", RecordError::Empty), (" \n", RecordError::Empty)] {
            assert_eq!(Record::parse(bad.as_bytes()), Err(error));
        }
    }

    #[test]
    fn what_steers_a_terminal_is_written_as_an_escape() {
        let record = Record::parse(br#"{"scenario": "a\u009b\u202e\udb40\udc41b", "seed": 3, "choices": []}"#);
        let line = record.expect("a record").to_line();
        assert!(line.starts_with(r#"{"scenario":"a\u009b\u202e\udb40\udc41b","#), "{line}");
        let record = Record::parse(br#"{"scenario": "e\u0301\u0302\u0303\u200b\u0304", "seed": 3, "choices": []}"#);
        let line = record.expect("a record").to_line();
        assert!(line.starts_with("{\"scenario\":\"e\u{301}\u{302}\\u0303\\u200b\\u0304\","), "{line}");
    }
}
