//! How things look here: theme, characters, motion. What the user asked for, joined with what the terminal can do.

use super::glyphs::Glyphs;
use super::keymap::OwnKeys;
use super::theme::{Theme, ThemeName};

/// What the environment tells about the terminal. Read once at the edge, and passed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "independent facts, no states")]
pub struct Terminal {
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// It shows 256 colours or more.
    pub many_colors: bool,
    /// Its background is light, as far as it says.
    pub light: bool,
    /// It shows characters beyond ASCII.
    pub unicode: bool,
}

impl Terminal {
    /// Reads the variables that tell: `NO_COLOR`, `TERM`, `COLORTERM`, `COLORFGBG` and the locale's.
    pub fn from_env(var: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| var(name).filter(|value| !value.is_empty());
        let term = set("TERM").unwrap_or_default();
        let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")).unwrap_or_default();
        let locale = locale.to_ascii_lowercase();
        let background = set("COLORFGBG").and_then(|value| value.rsplit(';').next()?.parse::<u8>().ok());
        Self {
            no_color: set("NO_COLOR").is_some(),
            many_colors: term != "linux"
                && (set("COLORTERM").is_some() || term.contains("256color") || term.contains("direct")),
            light: background.is_some_and(|color| color == 7 || color == 15),
            unicode: (locale.contains("utf-8") || locale.contains("utf8")) && term != "linux",
        }
    }

    /// The theme that suits it.
    const fn theme(&self) -> ThemeName {
        match (self.no_color, self.many_colors, self.light) {
            (true, ..) => ThemeName::None,
            (false, false, _) => ThemeName::Terminal,
            (false, true, true) => ThemeName::Light,
            (false, true, false) => ThemeName::Dark,
        }
    }
}

/// What everything is drawn with.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Colours by role.
    pub theme: Theme,
    /// Characters.
    pub glyphs: Glyphs,
    /// Keys of the player's own, as hints and help write them.
    pub keys: OwnKeys,
}

impl Look {
    /// The look of a theme on a terminal; `ascii` asks for plain characters even where others would show.
    pub const fn new(name: ThemeName, ascii: bool, terminal: &Terminal) -> Self {
        let name = match name {
            ThemeName::Auto => terminal.theme(),
            named => named,
        };
        let glyphs = if ascii || !terminal.unicode { Glyphs::ASCII } else { Glyphs::UNICODE };
        Self { theme: Theme::named(name), glyphs, keys: OwnKeys::USUAL }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal(vars: &[(&str, &str)]) -> Terminal {
        Terminal::from_env(|name| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_environment_decides_where_the_user_has_not() {
        let theme = |vars: &[(&str, &str)]| terminal(vars).theme();
        assert_eq!(theme(&[("TERM", "xterm-256color")]), ThemeName::Dark);
        assert_eq!(theme(&[("TERM", "xterm-256color"), ("COLORFGBG", "0;15")]), ThemeName::Light);
        assert_eq!(theme(&[("TERM", "xterm"), ("COLORTERM", "truecolor")]), ThemeName::Dark);
        assert_eq!(theme(&[("TERM", "linux"), ("COLORTERM", "truecolor")]), ThemeName::Terminal);
        assert_eq!(theme(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]), ThemeName::None);
        assert_eq!(theme(&[("TERM", "xterm-256color"), ("NO_COLOR", "")]), ThemeName::Dark);
    }

    #[test]
    fn the_locale_decides_about_characters() {
        assert!(terminal(&[("LANG", "de_DE.UTF-8"), ("TERM", "xterm")]).unicode);
        assert!(terminal(&[("LANG", "C.utf8")]).unicode);
        assert!(!terminal(&[("LANG", "C")]).unicode);
        assert!(!terminal(&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "C")]).unicode);
        assert!(!terminal(&[("LANG", "en_GB.UTF-8"), ("TERM", "linux")]).unicode);
        assert!(!terminal(&[]).unicode);
    }
}
