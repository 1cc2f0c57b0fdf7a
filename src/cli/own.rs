//! What is the user's own: their config file, and where their runs are kept.

use std::ffi::OsString;
use std::path::PathBuf;

use super::args::Screen;
use super::{Failure, Streams};
use crate::config::{self, CONFIG_VARIABLE, Config};
use crate::courier::Reach;
use crate::keeper::Opening;
use crate::scenario::library::shown;
use crate::store::{Location, STORE_VARIABLE, StoreName};
use crate::terms::Feedback;
use crate::text::Text;
use crate::tui::settings::{SaveSettings, Settings, WriteFile};
use crate::whole_file;

/// What is the user's own.
pub(super) struct Own {
    pub(super) config: Config,
    pub(super) store: Opening,
    path: Option<PathBuf>,
}

impl Own {
    /// Reads it. The environment is looked at here, at the edge; what the command line says comes first.
    pub(super) fn read(store: Option<StoreName>) -> Self {
        let path = config::path(std::env::var_os(CONFIG_VARIABLE));
        let config = Config::read(path.as_deref());
        let named = |name: Option<StoreName>| name.map(OsString::from);
        let store = Location::of([named(store), std::env::var_os(STORE_VARIABLE), named(config.store.clone())]);
        Self { config, store, path }
    }

    /// The settings, with what the command line says this time.
    pub(super) fn settings(&self, screen: Screen, feedback: Option<Feedback>) -> Settings {
        let kept = self.config.settings;
        Settings {
            theme: screen.theme.unwrap_or(kept.theme),
            ascii: screen.ascii || kept.ascii,
            reduce_motion: screen.reduce_motion || kept.reduce_motion,
            feedback: feedback.unwrap_or(kept.feedback),
            keys: kept.keys,
        }
    }

    /// The team's store, to be reached.
    pub(super) fn reach(&self) -> Result<Reach, Failure> {
        self.store.clone().map(Reach::new).map_err(Failure::cannot)
    }

    /// What is wrong with the config file, for a screen.
    pub(super) fn notice(&self) -> Option<Text> {
        let first = self.config.warnings.first()?;
        Some(match self.config.warnings.len() - 1 {
            0 => first.clone(),
            more => Text::clean(&format!("{first} (and {more} more)")),
        })
    }

    /// The same, a line each, on standard error.
    pub(super) fn warn(&self, streams: &mut Streams<'_>) -> Result<(), Failure> {
        for warning in &self.config.warnings {
            writeln!(streams.errors, "ridealong: {warning}")?;
        }
        Ok(())
    }

    /// Keeps settings that are changed on the screen.
    pub(super) fn save(&self) -> SaveSettings {
        let path = self.path.clone();
        Box::new(move |before, now| {
            let saved = config::save(path.as_deref(), before, now);
            saved.err().map(|error| Text::clean(&error.to_string()))
        })
    }
}

/// Writes exported files into the folder that the program was started in.
pub(super) fn write() -> WriteFile {
    Box::new(|name, content| {
        let path = std::env::current_dir().unwrap_or_default().join(name);
        let written = whole_file::write(&path, |file| file.write_all(content));
        let path = shown(&path);
        Text::clean(&match written {
            Ok(()) => format!("Written: {path}"),
            Err(error) => format!("{path} can't be written: {error}; start ridealong in a folder that is yours"),
        })
    })
}
