//! Making a session.

use ratatui::buffer::Buffer;

use super::Move;
use super::form::Form;
use crate::courier::{Ask, Plan};
use crate::engine::Seed;
use crate::scenario::Scenario;
use crate::terms::Feedback;
use crate::text::Text;
use crate::tui::msg::Msg;
use crate::tui::screens::View;
use crate::tui::settings::turned;
use crate::tui::shelf::Listing;
use crate::tui::widgets::field::Field;

/// More minutes than these are no afternoon: a quarter of a year.
const LONGEST: u32 = 90 * 24 * 60;

const TITLE: usize = 0;
const MINUTES: usize = 1;
const TEAMS: usize = 2;
const FEEDBACK: usize = 3;
/// The scenarios, one by one, and after them the button.
const FIRST: usize = 4;

/// The form.
pub(super) struct Create {
    title: Field,
    minutes: Field,
    teams: Field,
    feedback: Feedback,
    /// The chosen ones, by their places on the menu, in the order of the rounds.
    chosen: Vec<usize>,
    /// Those that can be chosen, by their places on the menu.
    there: Vec<(usize, String)>,
    focus: usize,
    pub(super) wrong: Option<Text>,
}

impl Create {
    pub(super) fn new(menu: &[Listing]) -> Self {
        let can = |(at, listing): (usize, &Listing)| {
            let is_whole = listing.source().is_some();
            is_whole.then(|| (at, listing.title.clone()))
        };
        Self {
            title: Field::new(60),
            minutes: Field::new(6),
            teams: Field::new(400),
            feedback: Feedback::End,
            chosen: Vec::new(),
            there: menu.iter().enumerate().filter_map(can).collect(),
            focus: TITLE,
            wrong: None,
        }
    }

    fn button(&self) -> usize {
        FIRST + self.there.len()
    }

    fn field(&mut self) -> Option<&mut Field> {
        match self.focus {
            TITLE => Some(&mut self.title),
            MINUTES => Some(&mut self.minutes),
            TEAMS => Some(&mut self.teams),
            _ => None,
        }
    }

    pub(super) fn paste(&mut self, text: &str) {
        if let Some(field) = self.field() {
            field.put(text);
        }
    }

    /// So many minutes after it has been made it is to close.
    pub(super) fn minutes(&self) -> Option<u32> {
        self.minutes.value().parse().ok()
    }

    pub(super) fn update(&mut self, msg: Msg, menu: &[Listing], seed: Seed, waits: bool) -> Move {
        let all = self.button() + 1;
        match (msg, self.focus) {
            (Msg::Back, _) => return Move::Back,
            (Msg::Up, focus) => self.focus = focus.checked_sub(1).unwrap_or(all - 1),
            (Msg::Down, focus) => self.focus = (focus + 1) % all,
            (Msg::Confirm, focus) if focus == self.button() => {
                return if waits { Move::Nothing } else { self.send(menu, seed) };
            }
            (Msg::Left | Msg::Right | Msg::Type(' '), FEEDBACK) => {
                self.feedback = turned(Feedback::ALL, self.feedback, msg != Msg::Left);
            }
            (Msg::Type(' ') | Msg::Left | Msg::Right | Msg::Confirm, focus) if focus >= FIRST => {
                self.choose(focus - FIRST);
            }
            (Msg::Confirm, focus) => self.focus = focus + 1,
            _ => {
                let changed = self.field().is_some_and(|field| field.update(msg));
                return if changed { Move::Redraw } else { Move::Nothing };
            }
        }
        Move::Redraw
    }

    /// Chooses a scenario, or no longer.
    fn choose(&mut self, place: usize) {
        let Some((at, _)) = self.there.get(place) else { return };
        match self.chosen.iter().position(|chosen| chosen == at) {
            Some(there) => {
                self.chosen.remove(there);
            }
            None => self.chosen.push(*at),
        }
    }

    fn send(&mut self, menu: &[Listing], seed: Seed) -> Move {
        let typed = self.minutes.value();
        let in_time = typed.is_empty() || self.minutes().is_some_and(|minutes| (1..=LONGEST).contains(&minutes));
        let rounds: Vec<(Scenario, String)> = self.chosen.iter().filter_map(|at| round(menu.get(*at)?)).collect();
        let wrong = if self.title.value().is_empty() {
            Some((TITLE, "A session needs a title: it stands on the board."))
        } else if !in_time {
            Some((MINUTES, "A closing time is a whole number of minutes, 90 days at most; leave it empty for none."))
        } else if rounds.is_empty() {
            Some((FIRST, "Choose at least one scenario: Space chooses, in the order of the rounds."))
        } else {
            None
        };
        self.wrong = wrong.map(|(_, said)| Text::clean(said));
        if let Some((focus, _)) = wrong {
            self.focus = focus;
            return Move::Redraw;
        }
        let teams = self.teams.value();
        let teams = teams.split(',').map(Text::clean).filter(|team| !team.is_empty()).collect();
        let plan = Plan { feedback: self.feedback, teams, ..Plan::new(self.title.value(), rounds, seed) };
        Move::Ask(Ask::Create(Box::new(plan)))
    }

    pub(super) fn render(&self, waits: bool, view: &View, buf: &mut Buffer) {
        let mut form = Form::new(view);
        let is = |focus: usize| self.focus == focus;
        form.field("Title", &self.title, "what stands on the board", is(TITLE));
        form.field("Closes after so many minutes", &self.minutes, "empty: when you close it", is(MINUTES));
        form.field("Teams, with commas between them", &self.teams, "empty: everybody names their own", is(TEAMS));
        form.heading("Feedback: Space changes it", is(FEEDBACK));
        form.line(self.feedback.label(), is(FEEDBACK));
        form.gap();
        let rounds = match self.chosen.len() {
            0 => "Rounds: Space chooses a scenario".to_owned(),
            chosen => format!("Rounds: {chosen} chosen, in this order"),
        };
        form.heading(&rounds, self.focus >= FIRST && self.focus < self.button());
        for (place, (at, title)) in self.there.iter().enumerate() {
            let number = self.chosen.iter().position(|chosen| chosen == at);
            let mark = number.map_or_else(|| "[ ]".to_owned(), |number| format!("[{}]", number + 1));
            form.line(&format!("{mark} {title}"), is(FIRST + place));
        }
        form.gap();
        form.line("Make the session", is(self.button()));
        let waiting = Text::clean("Making the session ...");
        let said = if waits { Some((&waiting, false)) } else { self.wrong.as_ref().map(|wrong| (wrong, true)) };
        form.render(&["Teams", "A new session"], said, buf);
    }
}

fn round(listing: &Listing) -> Option<(Scenario, String)> {
    Some((listing.playable()?.scenario.clone(), listing.source()?.to_string()))
}
