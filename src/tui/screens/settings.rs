//! The settings, each shown with what it does; a change shows at once.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::{Go, View};
use crate::terms::Feedback;
use crate::tui::keymap::Context;
use crate::tui::msg::Msg;
use crate::tui::settings::{Settings, turned};
use crate::tui::theme::ThemeName;
use crate::tui::widgets::frame;
use crate::tui::widgets::prose::COLUMN;

/// The settings.
#[derive(Default)]
pub struct SettingsScreen {
    selected: usize,
}

/// One of them.
#[derive(Clone, Copy)]
enum Setting {
    Theme,
    Feedback,
    Motion,
    Characters,
}

const ALL: [Setting; 4] = [Setting::Theme, Setting::Feedback, Setting::Motion, Setting::Characters];

/// Rows of a setting: itself, what it does, an empty one.
const ROWS: u16 = 3;

impl Setting {
    const fn name(self) -> &'static str {
        match self {
            Self::Theme => "Theme",
            Self::Feedback => "Feedback",
            Self::Motion => "Meters",
            Self::Characters => "Characters",
        }
    }

    const fn meaning(self) -> &'static str {
        match self {
            Self::Theme => "colours of the screen; automatic asks the terminal",
            Self::Feedback => "when the rule behind a consequence is named",
            Self::Motion => "whether meters slide when they change",
            Self::Characters => "plain ones where boxes or question marks show",
        }
    }

    fn value(self, settings: Settings) -> &'static str {
        match self {
            Self::Theme => settings.theme.label(),
            Self::Feedback => settings.feedback.label(),
            Self::Motion if settings.reduce_motion => "jump",
            Self::Motion => "slide",
            Self::Characters if settings.ascii => "plain",
            Self::Characters => "fine, where the terminal can",
        }
    }

    fn turn(self, settings: &mut Settings, forward: bool) {
        match self {
            Self::Theme => settings.theme = turned(&ThemeName::ALL, settings.theme, forward),
            Self::Feedback => settings.feedback = turned(Feedback::ALL, settings.feedback, forward),
            Self::Motion => settings.reduce_motion = !settings.reduce_motion,
            Self::Characters => settings.ascii = !settings.ascii,
        }
    }
}

impl SettingsScreen {
    /// Does what a message asks for.
    pub fn update(&mut self, msg: Msg, settings: &mut Settings, view: &View) -> Go {
        match msg {
            Msg::Up => self.selected = self.selected.checked_sub(1).unwrap_or(ALL.len() - 1),
            Msg::Down => self.selected = (self.selected + 1) % ALL.len(),
            Msg::Left => self.turn(settings, false),
            Msg::Right | Msg::Confirm => self.turn(settings, true),
            Msg::Click(position) => return self.click(position, settings, view),
            Msg::Back => return Go::Home,
            _ => return Go::Nothing,
        }
        Go::Redraw
    }

    fn turn(&self, settings: &mut Settings, forward: bool) {
        if let Some(setting) = ALL.get(self.selected) {
            setting.turn(settings, forward);
        }
    }

    /// A click on a setting selects it; on the selected one, it changes it.
    fn click(&mut self, position: Position, settings: &mut Settings, view: &View) -> Go {
        let body = frame::parts(view.area, COLUMN).body;
        let place = usize::from(position.y.saturating_sub(body.y) / ROWS);
        if !body.contains(position) || place >= ALL.len() {
            return Go::Nothing;
        }
        if place == self.selected {
            self.turn(settings, true);
        }
        self.selected = place;
        Go::Redraw
    }

    /// Draws it.
    pub fn render(&self, settings: &Settings, view: &View, buf: &mut Buffer) {
        let look = &view.look;
        let theme = &look.theme;
        let frame::Parts { bar, body, hints } = frame::parts(view.area, COLUMN);
        frame::bar(look, bar, body, &["Ridealong", "Settings"], "", buf);
        for (place, setting) in (0..).zip(ALL) {
            let selected = usize::from(place) == self.selected;
            let top = Rect { y: body.y.saturating_add(ROWS * place), height: 1, ..body };
            let below = Rect { y: top.y.saturating_add(1), ..top };
            let pointer = if selected { look.glyphs.pointer } else { " " };
            let (name, value) = if selected { (theme.heading, theme.selected) } else { (theme.text, theme.text) };
            let line = Line::from(vec![
                Span::styled(format!("{pointer} {:<12} ", setting.name()), name),
                Span::styled(format!(" {} ", setting.value(*settings)), value),
            ]);
            line.render(top.intersection(body), buf);
            Line::styled(format!("  {}", setting.meaning()), theme.muted).render(below.intersection(body), buf);
        }
        super::hints(Context::Settings, look, hints, buf);
    }
}
