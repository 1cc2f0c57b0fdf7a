//! Colours by role: what a thing is called here, and how it looks in each theme.
//!
//! Nothing is told by colour alone, so every theme tells the same; `None` has no colour at all. Dark and light bring
//! their own background; "terminal colours" leaves it, and everything else, to the sixteen that the user has chosen.

use ratatui::style::{Color, Modifier, Style};
use serde::{Deserialize, Serialize};

/// The themes to choose from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeName {
    /// Whichever suits the terminal, as far as it tells.
    #[default]
    Auto,
    /// Light on dark.
    Dark,
    /// Dark on light.
    Light,
    /// The terminal's own sixteen colours, no backgrounds.
    Terminal,
    /// White on black and a few strong colours.
    Contrast,
    /// No colour.
    None,
}

impl ThemeName {
    /// Every theme, in the order of the settings.
    pub const ALL: [Self; 6] = [Self::Auto, Self::Dark, Self::Light, Self::Terminal, Self::Contrast, Self::None];

    /// The spelling in the config file and on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Terminal => "terminal",
            Self::Contrast => "contrast",
            Self::None => "none",
        }
    }

    /// The theme spelled so, if there is one.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.id() == id)
    }

    /// How people read it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Auto => "automatic",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Terminal => "terminal colours",
            Self::Contrast => "high contrast",
            Self::None => "no colour",
        }
    }
}

/// How each role looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// The screen itself, and plain text.
    pub text: Style,
    /// What may be overlooked.
    pub muted: Style,
    /// Titles of screens and parts.
    pub heading: Style,
    /// What the eye may come back to: a rule's name, a key.
    pub accent: Style,
    /// Lines between parts.
    pub line: Style,
    /// The bar at the top.
    pub bar: Style,
    /// What is selected.
    pub selected: Style,
    /// A change for the better.
    pub good: Style,
    /// A change for the worse.
    pub bad: Style,
    /// Trust in the rep.
    pub trust: Style,
    /// Growth, momentum, bypass.
    pub meter: Style,
    /// The part of a bar that is empty.
    pub empty: Style,
    /// Something remembered from earlier.
    pub echo: Style,
    /// Led.
    pub lead: Style,
    /// Taken over.
    pub take_over: Style,
    /// Absent.
    pub absent: Style,
}

impl Theme {
    /// The theme of a name; `Auto` must have been resolved before and is taken as dark.
    pub const fn named(name: ThemeName) -> Self {
        match name {
            ThemeName::Auto | ThemeName::Dark => DARK,
            ThemeName::Light => LIGHT,
            ThemeName::Terminal => TERMINAL,
            ThemeName::Contrast => CONTRAST,
            ThemeName::None => NONE,
        }
    }
}

const fn fg(color: Color) -> Style {
    Style::new().fg(color)
}

const fn index(color: u8) -> Style {
    Style::new().fg(Color::Indexed(color))
}

const fn on(style: Style, background: u8) -> Style {
    style.bg(Color::Indexed(background))
}

const BOLD: Modifier = Modifier::BOLD;

const DARK: Theme = Theme {
    text: on(index(252), 234),
    muted: index(245),
    heading: index(255).add_modifier(BOLD),
    accent: index(216).add_modifier(BOLD),
    line: index(239),
    bar: on(index(252), 236),
    selected: on(index(231), 238).add_modifier(BOLD),
    good: index(114).add_modifier(BOLD),
    bad: index(209).add_modifier(BOLD),
    trust: index(80).add_modifier(BOLD),
    meter: index(110),
    empty: index(238),
    echo: index(180).add_modifier(Modifier::ITALIC),
    lead: index(114),
    take_over: index(209),
    absent: index(140),
};

const LIGHT: Theme = Theme {
    text: on(index(236), 255),
    muted: index(242),
    heading: index(232).add_modifier(BOLD),
    accent: index(130).add_modifier(BOLD),
    line: index(249),
    bar: on(index(236), 252),
    selected: on(index(232), 251).add_modifier(BOLD),
    good: index(28).add_modifier(BOLD),
    bad: index(124).add_modifier(BOLD),
    trust: index(24).add_modifier(BOLD),
    meter: index(67),
    empty: index(250),
    echo: index(94).add_modifier(Modifier::ITALIC),
    lead: index(28),
    take_over: index(130),
    absent: index(97),
};

const TERMINAL: Theme = Theme {
    text: Style::new(),
    muted: Style::new().add_modifier(Modifier::DIM),
    heading: Style::new().add_modifier(BOLD),
    accent: fg(Color::Yellow).add_modifier(BOLD),
    line: Style::new().add_modifier(Modifier::DIM),
    bar: Style::new().add_modifier(Modifier::REVERSED),
    selected: Style::new().add_modifier(BOLD).add_modifier(Modifier::REVERSED),
    good: fg(Color::LightGreen).add_modifier(BOLD),
    bad: fg(Color::LightRed).add_modifier(BOLD),
    trust: fg(Color::Cyan).add_modifier(BOLD),
    meter: fg(Color::LightBlue),
    empty: Style::new().add_modifier(Modifier::DIM),
    echo: fg(Color::Yellow),
    lead: fg(Color::Green),
    take_over: fg(Color::LightRed),
    absent: fg(Color::Magenta),
};

const CONTRAST: Theme = Theme {
    text: on(index(231), 16),
    muted: index(250),
    heading: index(231).add_modifier(BOLD),
    accent: index(226).add_modifier(BOLD),
    line: index(231),
    bar: on(index(16), 231).add_modifier(BOLD),
    selected: on(index(16), 226).add_modifier(BOLD),
    good: index(46).add_modifier(BOLD),
    bad: index(215).add_modifier(BOLD),
    trust: index(51).add_modifier(BOLD),
    meter: index(231),
    empty: index(246),
    echo: index(226),
    lead: index(46),
    take_over: index(215),
    absent: index(219),
};

const NONE: Theme = Theme {
    text: Style::new(),
    muted: Style::new(),
    heading: Style::new().add_modifier(BOLD),
    accent: Style::new().add_modifier(BOLD),
    line: Style::new(),
    bar: Style::new().add_modifier(Modifier::REVERSED),
    selected: Style::new().add_modifier(Modifier::REVERSED),
    good: Style::new().add_modifier(BOLD),
    bad: Style::new().add_modifier(BOLD),
    trust: Style::new().add_modifier(BOLD),
    meter: Style::new(),
    empty: Style::new(),
    echo: Style::new(),
    lead: Style::new(),
    take_over: Style::new(),
    absent: Style::new(),
};
