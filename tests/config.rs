//! The config file: what it says, what is wrong in it, and how it is changed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;
use ridealong::config::{Config, ConfigError, save};
use ridealong::terms::Feedback;
use ridealong::tui::settings::Settings;
use ridealong::tui::theme::ThemeName;
use tempfile::TempDir;

fn file(text: &[u8]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("config.toml");
    fs::write(&path, text).unwrap();
    (folder, path)
}

fn read(text: &str) -> Config {
    Config::read(Some(&file(text.as_bytes()).1))
}

#[test]
fn what_is_said_is_taken_and_the_rest_is_as_usual() {
    let config = read("theme = \"light\"\nstore = \"/tmp/x.db\"\n[keys]\nundo = \"z\"\nhistory = \"u\"\n");
    assert_eq!(config.warnings, []);
    assert_eq!(config.settings.theme, ThemeName::Light);
    assert_eq!(config.settings.feedback, Feedback::Now);
    assert_eq!(config.store, Some(std::ffi::OsString::from("/tmp/x.db").into()));
    assert_eq!(config.settings.keys.shown("u"), Some('z'));
    assert_eq!(Config::read(None), Config::default());
    assert_eq!(Config::read(Some("/nowhere/config.toml".as_ref())), Config::default());
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_passed_over() {
    for (text, told) in [
        ("\nthem = \"light\"", "config.toml:2: there is no setting `them`; did you mean `theme`?"),
        ("theme = \"lihgt\"", "config.toml:1: `theme` is one of \"auto\", \"dark\", \"light\""),
        ("theme = 1", "config.toml:1: `theme` is one of"),
        ("reduce_motion = \"yes\"", "config.toml:1: `reduce_motion` is true or false"),
        ("store = 1", "config.toml:1: `store` is a path in quotes"),
        ("keys = 1", "config.toml:1: `keys` is a table"),
        ("[keys]\nundoo = \"z\"", "config.toml:2: there is no action `undoo`; did you mean `undo`?"),
        ("[keys]\nundo = \"q\"", "config.toml:2: \"q\" has another meaning already"),
        ("[keys]\nundo = \"zz\"", "config.toml:2: the key of `undo` is one character in quotes"),
        ("[keys]\nundo = \"4\"", "config.toml:2: digits, blanks"),
        ("zzz = 1", "config.toml:1: there is no setting `zzz`; there are theme, feedback"),
        ("theme = ", "config.toml:1: "),
        ("theme = \"dark\"\ntheme = \"light\"", "config.toml:2: "),
    ] {
        let config = read(&format!("{text}\n"));
        let [warning] = &config.warnings[..] else { panic!("{text}: {:?}", config.warnings) };
        assert!(warning.contains(told), "{warning}");
        assert_eq!(config.settings, Settings::default(), "{text}");
    }
    let config = read("them = 1\nfeedback = \"end\"\n");
    assert_eq!((config.warnings.len(), config.settings.feedback), (1, Feedback::End));
}

#[test]
fn a_change_leaves_everything_else_where_it_stands() {
    let (_folder, path) =
        file(b"# Mine.\ntheme   = \"dark\"   # at night\nunknown = 1\n\n[keys] # too\nundo = \"z\"\n");
    let before = Config::read(Some(&path)).settings;
    let now = Settings { theme: ThemeName::Light, feedback: Feedback::None, ..before };
    assert_eq!(save(Some(&path), &before, &now), Ok(()));
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        "# Mine.\ntheme   = \"light\"   # at night\nunknown = 1\nfeedback = \"none\"\n\n[keys] # too\nundo = \"z\"\n"
    );
    assert_eq!(Config::read(Some(&path)).settings, now);
}

#[test]
fn what_was_not_changed_is_not_written() {
    let (folder, path) = file(b"feedback = \"end\"\n");
    // The theme was asked for on the command line only.
    let settings = Settings { theme: ThemeName::None, feedback: Feedback::End, ..Settings::default() };
    assert_eq!(save(Some(&path), &settings, &settings), Ok(()));
    assert_eq!(fs::read_to_string(&path).unwrap(), "feedback = \"end\"\n");
    let new = folder.path().join("deep/config.toml");
    assert_eq!(save(Some(&new), &Settings::default(), &settings), Ok(()));
    assert_eq!(fs::read_to_string(&new).unwrap(), "theme = \"none\"\nfeedback = \"end\"\n");
}

#[test]
fn a_broken_file_is_never_written_to() {
    let (_folder, path) = file(b"theme = \n");
    let now = Settings { theme: ThemeName::Light, ..Settings::default() };
    let error = save(Some(&path), &Settings::default(), &now).unwrap_err();
    assert!(matches!(error, ConfigError::Broken(_)) && error.to_string().contains("config.toml"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"theme = \n");
    assert_eq!(save(None, &Settings::default(), &now), Err(ConfigError::NoHome));
    let folder = path.parent().unwrap();
    assert!(matches!(save(Some(folder), &Settings::default(), &now), Err(ConfigError::Unwritten(..))));
}

#[test]
#[cfg(unix)]
fn a_link_stays_a_link() {
    let (folder, path) = file(b"");
    let link = folder.path().join("link.toml");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let now = Settings { reduce_motion: true, ..Settings::default() };
    assert_eq!(save(Some(&link), &Settings::default(), &now), Ok(()));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&path).unwrap(), "reduce_motion = true\n");
}

proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (_folder, path) = file(&bytes);
        let config = Config::read(Some(&path));
        for warning in &config.warnings {
            prop_assert!(!warning.chars().any(char::is_control));
        }
    }

    #[test]
    fn any_toml_like_text_is_survived(text in "((theme|keys|undo|\\[keys\\]|a|=|\"|'|x|dark|true|1|\n|\\{|\\}| ){1,3}){0,30}") {
        let (_folder, path) = file(text.as_bytes());
        let config = Config::read(Some(&path));
        let now = Settings { reduce_motion: true, ..config.settings };
        if save(Some(&path), &config.settings, &now).is_ok() {
            prop_assert_eq!(Config::read(Some(&path)).settings, now);
        } else {
            prop_assert_eq!(fs::read(&path).unwrap(), text.as_bytes());
        }
    }
}
