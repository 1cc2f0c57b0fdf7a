//! Joining a session by its code.

use ratatui::buffer::Buffer;

use super::Move;
use super::form::Form;
use crate::courier::Ask;
use crate::team::SessionCode;
use crate::text::Text;
use crate::tui::msg::Msg;
use crate::tui::screens::View;
use crate::tui::widgets::field::Field;

/// More characters of a name than this aren't taken.
pub(super) const NAME: usize = 40;

const LABELS: [&str; 3] = ["Code", "Your name, or an alias", "Team, if you are on one"];
const INSTEAD: [&str; 3] = ["as in KQ7-MFD", "what the board calls you", "empty for none"];

/// The form.
pub(super) struct Join {
    fields: [Field; 3],
    focus: usize,
    /// What is wrong with it.
    pub(super) wrong: Option<Text>,
}

impl Join {
    pub(super) fn new(code: Option<SessionCode>) -> Self {
        let given = code.map(|code| code.to_string()).unwrap_or_default();
        let fields = [Field::new(12).holding(&given), Field::new(NAME), Field::new(NAME)];
        Self { fields, focus: usize::from(code.is_some()), wrong: None }
    }

    pub(super) fn paste(&mut self, text: &str) {
        if let Some(field) = self.fields.get_mut(self.focus) {
            field.put(text);
        }
    }

    pub(super) fn update(&mut self, msg: Msg, waits: bool) -> Move {
        match msg {
            Msg::Back => return Move::Back,
            Msg::Up => self.focus = self.focus.checked_sub(1).unwrap_or(2),
            Msg::Down => self.focus = (self.focus + 1) % 3,
            Msg::Confirm if waits => return Move::Nothing,
            Msg::Confirm if self.focus < 2 => self.focus += 1,
            Msg::Confirm => return self.send(),
            _ => {
                let changed = self.fields.get_mut(self.focus).is_some_and(|field| field.update(msg));
                return if changed { Move::Redraw } else { Move::Nothing };
            }
        }
        Move::Redraw
    }

    fn send(&mut self) -> Move {
        let [code, name, team] = &self.fields;
        let (name, team) = (name.value(), team.value());
        match code.value().parse() {
            Err(no_code) => self.say(0, &capital(&format!("{no_code}."))),
            Ok(_) if name.is_empty() => self.say(1, "The board needs a name for you; an alias is fine."),
            Ok(code) => {
                self.wrong = None;
                Move::Ask(Ask::Join(code, name, team))
            }
        }
    }

    fn say(&mut self, focus: usize, wrong: &str) -> Move {
        self.focus = focus;
        self.wrong = Some(Text::clean(wrong));
        Move::Redraw
    }

    pub(super) fn render(&self, waits: bool, view: &View, buf: &mut Buffer) {
        let mut form = Form::new(view);
        form.intro(
            "Whoever runs the session shows its code. Everybody plays the same stories once, and the board ranks them.",
        );
        for (at, field) in self.fields.iter().enumerate() {
            form.field(LABELS[at], field, INSTEAD[at], at == self.focus);
        }
        let waiting = Text::clean("Joining ...");
        let said = if waits { Some((&waiting, false)) } else { self.wrong.as_ref().map(|wrong| (wrong, true)) };
        form.render(&["Teams", "Join a session"], said, buf);
    }
}

/// A sentence begins with a capital, but for what is no word: an address, a path.
pub(super) fn capital(text: &str) -> String {
    let first = text.split_whitespace().next().unwrap_or_default();
    if !first.chars().all(char::is_alphabetic) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
