//! The config file: settings that last. Read at a start, changed where they stand, written safely.
//!
//! What is wrong in it is told and passed over: a broken file never stops play, and is never written to.

use std::ffi::OsString;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml_edit::{Document, DocumentMut, Item, Table, Value};

use crate::scenario::library::shown;
use crate::store::StoreName;
use crate::terms::Feedback;
use crate::text::Text;
use crate::tui::keymap::{ACTIONS, NotOwn};
use crate::tui::settings::Settings;
use crate::tui::theme::ThemeName;
use crate::whole_file;

/// The environment variable that names the config file.
pub const CONFIG_VARIABLE: &str = "RIDEALONG_CONFIG";

/// More bytes than this are no config file.
const LARGEST: u64 = 256 * 1024;

const KEYS: [&str; 6] = ["theme", "feedback", "reduce_motion", "plain_characters", "store", "keys"];

/// What the file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The settings; what isn't said is as usual.
    pub settings: Settings,
    /// Where runs and team sessions are kept.
    pub store: Option<StoreName>,
    /// What is wrong, a line each, safe to print.
    pub warnings: Vec<Text>,
}

/// Why settings aren't kept. Names the file and the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// Nobody knows where.
    #[error("there is no home folder to keep settings in; name a file in RIDEALONG_CONFIG")]
    NoHome,
    /// It can't be written.
    #[error("the settings can't be saved in {0}: {1}")]
    Unwritten(Text, Text),
    /// What is in it can't be read, so that it can't be changed either.
    #[error("the settings are not saved, since {0} has a mistake in it; mend it, or remove the file")]
    Broken(Text),
}

/// The file: named in the environment, or in the user's config directory. Nothing if there is no home.
pub fn path(variable: Option<OsString>) -> Option<PathBuf> {
    match variable.filter(|name| !name.is_empty()) {
        Some(name) => Some(name.into()),
        None => Some(directories::ProjectDirs::from("", "", "ridealong")?.config_dir().join("config.toml")),
    }
}

impl Config {
    /// What a file says. Without a file, all is as usual.
    pub fn read(path: Option<&Path>) -> Self {
        let Some(path) = path else { return Self::default() };
        let text = match text(path) {
            Ok(Some(text)) => text,
            Ok(None) => return Self::default(),
            Err(error) => {
                let warning = format!("{} can't be read: {error}; all settings are as usual", shown(path));
                return Self { warnings: vec![Text::clean(&warning)], ..Self::default() };
            }
        };
        let mut reader = Reader { name: shown(path), text: &text, config: Self::default() };
        match Document::parse(text.as_str()) {
            Ok(document) => reader.file(document.as_table()),
            Err(error) => {
                let said = error.message().lines().next().unwrap_or_default().to_owned();
                reader.warn(error.span(), &format!("{said}; all settings are as usual"));
            }
        }
        reader.config
    }
}

/// The file's text; nothing if there is no file.
fn text(path: &Path) -> io::Result<Option<String>> {
    use std::io::Read as _;
    let data = match std::fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other?,
    };
    if !data.is_file() || data.len() > LARGEST {
        return Err(io::Error::other("it is no config file"));
    }
    let mut text = String::new();
    std::fs::File::open(path)?.take(LARGEST).read_to_string(&mut text)?;
    Ok(Some(text))
}

/// Takes a file apart.
struct Reader<'t> {
    name: Text,
    text: &'t str,
    config: Config,
}

impl Reader<'_> {
    fn warn(&mut self, span: Option<Range<usize>>, what: &str) {
        let before = span.and_then(|span| self.text.get(..span.start));
        let line = before.map(|before| before.matches('\n').count() + 1);
        let place = line.map_or_else(|| self.name.to_string(), |line| format!("{}:{line}", self.name));
        self.config.warnings.push(Text::clean(&format!("{place}: {what}")));
    }

    fn file(&mut self, table: &Table) {
        for (key, item) in table {
            let key_span = table.key(key).and_then(toml_edit::Key::span);
            match key {
                "theme" => self.word(key, item, ThemeName::from_id, &ThemeName::ALL.map(ThemeName::id), |c, theme| {
                    c.settings.theme = theme;
                }),
                "feedback" => {
                    let words: Vec<&str> = Feedback::ALL.iter().map(|each| each.id()).collect();
                    self.word(key, item, Feedback::from_id, &words, |c, feedback| c.settings.feedback = feedback);
                }
                "reduce_motion" => self.flag(key, item, |c, still| c.settings.reduce_motion = still),
                "plain_characters" => self.flag(key, item, |c, plain| c.settings.ascii = plain),
                "store" => match item.as_str() {
                    Some(store) => self.config.store = Some(OsString::from(store).into()),
                    None => self.warn(item.span(), "`store` is a path in quotes"),
                },
                "keys" => match item.as_table_like() {
                    Some(keys) => self.keys(keys),
                    None => self.warn(item.span(), "`keys` is a table: [keys]"),
                },
                _ => self.warn(key_span, &unknown(key, "setting", &KEYS)),
            }
        }
    }

    fn word<T>(
        &mut self,
        key: &str,
        item: &Item,
        read: impl Fn(&str) -> Option<T>,
        words: &[&str],
        set: impl FnOnce(&mut Config, T),
    ) {
        match item.as_str().and_then(read) {
            Some(value) => set(&mut self.config, value),
            None => self.warn(item.span(), &format!("`{key}` is one of \"{}\"", words.join("\", \""))),
        }
    }

    fn flag(&mut self, key: &str, item: &Item, set: impl FnOnce(&mut Config, bool)) {
        match item.as_bool() {
            Some(value) => set(&mut self.config, value),
            None => self.warn(item.span(), &format!("`{key}` is true or false")),
        }
    }

    fn keys(&mut self, keys: &dyn toml_edit::TableLike) {
        for (action, item) in keys.iter() {
            let mut letters = item.as_str().unwrap_or_default().chars();
            let (Some(letter), None) = (letters.next(), letters.next()) else {
                self.warn(item.span(), &format!("the key of `{action}` is one character in quotes"));
                continue;
            };
            match self.config.settings.keys.with(action, letter) {
                Ok(own) => self.config.settings.keys = own,
                Err(NotOwn::NoAction) => {
                    let names = ACTIONS.map(|(name, _)| name);
                    self.warn(keys.key(action).and_then(toml_edit::Key::span), &unknown(action, "action", &names));
                }
                Err(NotOwn::Taken) => {
                    self.warn(item.span(), &format!("\"{letter}\" has another meaning already; give that another key"));
                }
                Err(NotOwn::NoLetter) => {
                    self.warn(item.span(), "digits, blanks and control characters can't be given to an action");
                }
            }
        }
    }
}

/// A name that is none, and the one that was probably meant.
fn unknown(name: &str, what: &str, names: &[&str]) -> String {
    /// More alike than this (0 to 1) is probably a misspelling.
    const ALIKE: f64 = 0.75;
    let likeness = |each: &&&str| strsim::jaro_winkler(each, name);
    let nearest = names.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    match nearest.filter(|nearest| likeness(nearest) > ALIKE) {
        Some(meant) => format!("there is no {what} `{name}`; did you mean `{meant}`?"),
        None => format!("there is no {what} `{name}`; there are {}", names.join(", ")),
    }
}

/// Keeps in a file what has changed in the settings. What else is in it, notes among it, stays as it is.
///
/// # Errors
/// If there is no place for it, the file is broken, or it can't be written. It is then as it was.
pub fn save(path: Option<&Path>, before: &Settings, now: &Settings) -> Result<(), ConfigError> {
    let path = path.ok_or(ConfigError::NoHome)?;
    let unwritten = |error: io::Error| ConfigError::Unwritten(shown(path), Text::clean(&error.to_string()));
    let old = text(path).map_err(unwritten)?.unwrap_or_default();
    let mut document: DocumentMut = old.parse().map_err(|_| ConfigError::Broken(shown(path)))?;
    if now.theme != before.theme {
        put(&mut document, "theme", now.theme.id());
    }
    if now.feedback != before.feedback {
        put(&mut document, "feedback", now.feedback.id());
    }
    if now.reduce_motion != before.reduce_motion {
        put(&mut document, "reduce_motion", now.reduce_motion);
    }
    if now.ascii != before.ascii {
        put(&mut document, "plain_characters", now.ascii);
    }
    let new = document.to_string();
    if new == old {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or(Ok(()), std::fs::create_dir_all).map_err(unwritten)?;
    whole_file::write(path, |file| file.write_all(new.as_bytes())).map_err(unwritten)
}

/// Sets a value where it stands; notes around it stay.
fn put(document: &mut DocumentMut, key: &str, value: impl Into<Value>) {
    let mut value: Value = value.into();
    match document.get_mut(key).and_then(Item::as_value_mut) {
        Some(there) => {
            *value.decor_mut() = there.decor().clone();
            *there = value;
        }
        None => {
            document.insert(key, Item::Value(value));
        }
    }
}
