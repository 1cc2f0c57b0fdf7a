//! `watch`: a scenario file played while it is being written.

use super::args::{Screen, Watch};
use super::own::{self, Own};
use super::{Failure, Outcome, play};
use crate::scenario::library::{Entry, Library, ReadError, read};
use crate::tui::{self, Start};

pub(super) fn run(wanted: &Watch, before: Screen, own: &Own) -> Result<Outcome, Failure> {
    let bytes = read(&wanted.file).map_err(|error| match error {
        ReadError::Missing(name) => {
            Failure::cannot(format!("{name} does not exist; \"ridealong new ID\" writes a file to start from"))
        }
        other => Failure::cannot(other),
    })?;
    let start = Start {
        library: Library::default(),
        scenario: Some(Entry::reviewed(&wanted.file, &bytes)),
        seed: play::seed(wanted.seed)?,
        // The options of a scene stay in their order from save to save.
        fixed_seed: true,
        settings: own.settings(wanted.screen.on(before), None),
        notice: own.notice(),
        save: own.save(),
        write: own::write(),
        name: None,
        team: own.store.clone(),
        open: None,
    };
    let watch = tui::Watch { start, path: wanted.file.clone(), bytes };
    tui::watch(watch).map(|ended| Outcome::Ended(ended.exit_code())).map_err(Failure::cannot)
}
