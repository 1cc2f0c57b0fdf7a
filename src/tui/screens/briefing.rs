//! The card before the start: the situation, who is who, what you may do, where everything stands.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::{Go, View};
use crate::scenario::Scenario;
use crate::story::Story;
use crate::terms::{Feedback, Meter, Role};
use crate::tui::keymap::Context;
use crate::tui::msg::Msg;
use crate::tui::settings::{Settings, turned};
use crate::tui::widgets::bar::Bar;
use crate::tui::widgets::frame;
use crate::tui::widgets::page::{Page, Scroll};
use crate::tui::widgets::prose::{COLUMN, Prose};

/// The card before the start.
pub struct Briefing {
    listing: usize,
    story: Arc<Story>,
    scroll: Scroll,
    /// A round of a team's session, whose feedback is the session's: on what terms it is played.
    terms: Option<&'static str>,
}

/// What is said of the run of a ticket.
const RANKED: &str = "This run counts, and nothing in it can be taken back.";
/// What is said of every later one.
const PRACTICE: &str = "Practice: it doesn't count.";

/// The parts of the screen.
struct Places {
    parts: frame::Parts,
    text: Rect,
    line: Rect,
    choice: Rect,
}

impl Briefing {
    /// The card of a scenario, by its place on the menu.
    pub fn new(listing: usize, story: Arc<Story>) -> Self {
        Self { listing, story, scroll: Scroll::default(), terms: None }
    }

    /// The card of a round of a team's session.
    pub fn of_round(listing: usize, story: Arc<Story>) -> Self {
        Self { terms: Some(RANKED), ..Self::new(listing, story) }
    }

    /// The same where that round has been played.
    pub fn practice(self) -> Self {
        Self { terms: Some(PRACTICE), ..self }
    }

    /// Where keys are read.
    pub const fn context(&self) -> Context {
        if self.terms.is_some() { Context::RoundBriefing } else { Context::Briefing }
    }

    /// The same card of another version of the scenario.
    pub fn retold(self, story: Arc<Story>) -> Self {
        Self { story, ..self }
    }

    /// The scenario's place on the menu.
    pub const fn listing(&self) -> usize {
        self.listing
    }

    /// Does what a message asks for.
    pub fn update(&mut self, msg: Msg, settings: &mut Settings, view: &View) -> Go {
        match msg {
            Msg::Confirm => Go::Begin(self.listing),
            Msg::Back => Go::Home,
            Msg::Left | Msg::Right => {
                settings.feedback = turned(Feedback::ALL, settings.feedback, msg == Msg::Right);
                Go::Redraw
            }
            Msg::Click(position) if self.terms.is_none() => match feedback_at(places(view).choice, position) {
                Some(feedback) => {
                    settings.feedback = feedback;
                    Go::Redraw
                }
                None => Go::Nothing,
            },
            Msg::Up => self.scroll_by(-1, view),
            Msg::Down => self.scroll_by(1, view),
            Msg::Wheel(lines) => self.scroll_by(isize::from(lines), view),
            Msg::PageUp => self.scroll_by(-10, view),
            Msg::PageDown => self.scroll_by(10, view),
            _ => Go::Nothing,
        }
    }

    fn scroll_by(&mut self, lines: isize, view: &View) -> Go {
        let place = places(view).text;
        self.scroll.by(lines, card(&self.story.scenario, view, place.width).len(), place.height);
        Go::Redraw
    }

    /// Draws it.
    pub fn render(&self, view: &View, buf: &mut Buffer) {
        let look = &view.look;
        let places = places(view);
        let scenario = &self.story.scenario;
        let minutes = format!("{} min", scenario.minutes);
        frame::bar(look, places.parts.bar, places.parts.body, &[&scenario.title, "Briefing"], &minutes, buf);
        let lines = card(scenario, view, places.text.width);
        Page { lines: &lines, scroll: self.scroll, look: *look }.render(places.text, buf);
        frame::rule(look, places.line, buf);
        let choice = match self.terms {
            Some(terms) => vec![frame::cut(look, Line::styled(terms, look.theme.accent), places.choice.width)],
            None => feedback(view, places.choice.width),
        };
        choice.into_iter().zip(places.choice.rows()).for_each(|(l, row)| l.render(row, buf));
        super::hints(self.context(), look, places.parts.hints, buf);
    }
}

/// Before the feedback to choose.
const FEEDBACK: &str = "Feedback  ";

/// The feedback whose word stands at a position.
fn feedback_at(choice: Rect, position: Position) -> Option<Feedback> {
    let mut left = usize::from(position.x.checked_sub(choice.x)?).checked_sub(FEEDBACK.len())?;
    let words = Feedback::ALL.iter().copied();
    // A pointer and a blank before each word, two blanks after it.
    let mut at = words.skip_while(|feedback| match left.checked_sub(feedback.label().len() + 4) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    });
    choice.contains(position).then(|| at.next()).flatten()
}

/// The feedback to choose.
fn feedback(view: &View, width: u16) -> Vec<Line<'static>> {
    let theme = &view.look.theme;
    let mut line = Line::from(Span::styled(FEEDBACK, theme.muted));
    for each in Feedback::ALL {
        let style = if *each == view.feedback { theme.selected } else { theme.muted };
        let mark = if *each == view.feedback { view.look.glyphs.pointer } else { " " };
        line.push_span(Span::styled(format!("{mark} {each} "), style));
        line.push_span(Span::raw(" "));
    }
    vec![frame::cut(&view.look, line, width)]
}

fn places(view: &View) -> Places {
    let parts = frame::parts(view.area, COLUMN);
    let rows = [Constraint::Fill(1), Constraint::Length(1), Constraint::Length(1)];
    let [text, line, choice] = parts.body.layout(&Layout::vertical(rows));
    Places { parts, text, line, choice }
}

/// The card itself; it can be opened again at any time in play.
pub fn card(scenario: &Scenario, view: &View, width: u16) -> Vec<Line<'static>> {
    let theme = &view.look.theme;
    let mut prose = Prose::new(view.look, width.saturating_sub(1));
    prose.paragraphs(scenario.briefing.paragraphs(), Style::new());
    prose.gap().hanging("The deal: ", &scenario.deal, theme.muted, Style::new());
    prose.gap().paragraph("Who is who", theme.heading);
    for person in &scenario.cast {
        let rep = person.role == Role::Rep;
        let mark = if rep { view.look.glyphs.turning } else { view.look.glyphs.dot };
        let style = if rep { theme.trust } else { Style::new() };
        prose.hanging(&format!("{mark} "), &format!("{}, {}", person.name, super::part(person.role)), style, style);
        let wants = if person.wants.is_empty() { String::new() } else { format!("Wants: {}", person.wants) };
        let title = if person.title.is_empty() { String::new() } else { format!("{}.", person.title) };
        let about = [&*title, &*person.about, &*wants].map(str::trim).join(" ");
        prose.hanging("  ", about.trim(), theme.muted, theme.muted);
    }
    prose.gap().paragraph("At the start", theme.heading);
    let rep = scenario.rep().first_name();
    for meter in Meter::ALL {
        let value = u64::from(scenario.start.meters.get(*meter));
        let (name, style) = match meter {
            Meter::Trust => (format!("Trust in {rep}"), theme.trust),
            Meter::Growth | Meter::Momentum | Meter::Bypass => (meter.to_string(), theme.meter),
        };
        let mut line = Line::from(format!("{:<20} {value:>3}  ", view.look.glyphs.spell(&name)));
        line.spans.extend(Bar::thin(&view.look, width.saturating_sub(28).min(24), style).at(value));
        prose.line(line);
        prose.hanging("  ", meaning(*meter), theme.muted, theme.muted);
    }
    prose.into_lines()
}

/// What a meter stands for.
const fn meaning(meter: Meter) -> &'static str {
    match meter {
        Meter::Trust => "what the customer thinks of your rep, not of you",
        Meter::Growth => "your rep's confidence and skill",
        Meter::Momentum => "how this deal moves today; it is not in the score",
        Meter::Bypass => "the habit of going around your rep; low is good",
    }
}
