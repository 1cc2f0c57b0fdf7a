//! What a room chose, for the talk afterwards: the rules that it is weak in, the questions to ask, scene by scene what
//! was chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::Move;
use super::desk::Desk;
use crate::courier::RoundRuns;
use crate::report::results::{Head, OptionResults, Played, Results, RoundResults, RuleKept};
use crate::terms::Posture;
use crate::tui::keymap::Context;
use crate::tui::msg::Msg;
use crate::tui::screens::View;
use crate::tui::widgets::bar::Bar;
use crate::tui::widgets::frame;
use crate::tui::widgets::page::{Page as TextPage, Scroll};
use crate::tui::widgets::prose::Prose;

/// What a room chose, as it is shown.
pub(super) struct Room {
    rules: Vec<RuleKept>,
    rounds: Vec<Round>,
}

struct Round {
    title: String,
    told: String,
    questions: Vec<String>,
    scenes: Vec<Scene>,
}

struct Scene {
    title: String,
    is_turning_point: bool,
    decisions: usize,
    /// What was chosen most comes first.
    options: Vec<Choice>,
}

struct Choice {
    text: String,
    posture: Posture,
    is_red_line: bool,
    chosen: usize,
    share: u64,
}

impl Room {
    pub(super) fn of(rounds: &[RoundRuns]) -> Self {
        let played: Vec<Played<'_>> = rounds
            .iter()
            .map(|round| Played {
                number: round.number,
                story: &round.story,
                runs: round.runs.clone(),
                numbers: round.numbers,
            })
            .collect();
        // Which session it is stands on the desk.
        let head = Head { session: String::new(), title: crate::text::Text::EMPTY, phase: "", players: 0 };
        let Results { rounds, rules, .. } = Results::of(head, &played);
        Self { rules, rounds: rounds.iter().map(Round::of).collect() }
    }
}

impl Round {
    fn of(round: &RoundResults<'_>) -> Self {
        let scene = |scene: &crate::report::results::SceneResults<'_>| {
            let mut options: Vec<Choice> = scene.options.iter().map(Choice::of).collect();
            options.sort_by_key(|option| std::cmp::Reverse(option.chosen));
            Scene {
                title: scene.title.to_string(),
                is_turning_point: scene.turning_point,
                decisions: scene.decisions,
                options,
            }
        };
        Self {
            title: round.title.to_string(),
            told: round.told(),
            questions: round.questions.iter().map(ToString::to_string).collect(),
            scenes: round.scenes.iter().map(scene).collect(),
        }
    }
}

impl Choice {
    fn of(option: &OptionResults<'_>) -> Self {
        let OptionResults { text, posture, key, chosen, share, .. } = option;
        let is_red_line = key.is_red_line();
        Self { text: text.to_string(), posture: *posture, is_red_line, chosen: *chosen, share: *share }
    }
}

/// The page: first the rules, then round by round.
#[derive(Default)]
pub(super) struct Page {
    /// 0 for the rules, then the rounds.
    at: usize,
    scroll: Scroll,
}

impl Page {
    pub(super) fn update(&mut self, msg: Msg, desk: &Desk, view: &View) -> Move {
        let pages = 1 + desk.room.as_ref().map_or(0, |room| room.rounds.len());
        let area = places(view).1;
        let by = match msg {
            Msg::Back => return Move::Back,
            Msg::Left => return self.turn_to((self.at + pages - 1) % pages),
            Msg::Right => return self.turn_to((self.at + 1) % pages),
            Msg::Up => -1,
            Msg::Down => 1,
            Msg::Wheel(lines) => lines.into(),
            Msg::PageUp => -isize::try_from(area.height).unwrap_or(1),
            Msg::PageDown => isize::try_from(area.height).unwrap_or(1),
            Msg::First => isize::MIN,
            Msg::Last => isize::MAX,
            _ => return Move::Nothing,
        };
        let lines = self.lines(desk, view, area.width).len();
        if self.scroll.by(by, lines, area.height) { Move::Redraw } else { Move::Nothing }
    }

    fn turn_to(&mut self, at: usize) -> Move {
        *self = Self { at, scroll: Scroll::default() };
        Move::Redraw
    }

    fn lines(&self, desk: &Desk, view: &View, width: u16) -> Vec<Line<'static>> {
        let mut prose = Prose::new(view.look, width.saturating_sub(1));
        match (&desk.room, self.at.checked_sub(1)) {
            (None, _) => {
                prose.paragraph("Counting what was chosen ...", view.look.theme.muted);
            }
            (Some(room), None) => rules(&mut prose, &room.rules, view),
            (Some(room), Some(at)) => room.rounds.get(at).into_iter().for_each(|told| round(&mut prose, told, view)),
        }
        prose.into_lines()
    }

    pub(super) fn render(&self, desk: &Desk, view: &View, buf: &mut Buffer) {
        let look = &view.look;
        let (parts, page) = places(view);
        let title = desk.session.as_ref().map_or("Session", |session| session.title.as_str());
        let rounds = desk.room.as_ref().map_or(0, |room| room.rounds.len());
        let place =
            if self.at == 0 { "what to talk about".to_owned() } else { format!("round {} of {rounds}", self.at) };
        frame::bar(look, parts.bar, parts.body, &[title, "What the room chose"], &place, buf);
        let lines = self.lines(desk, view, page.width);
        TextPage { lines: &lines, scroll: self.scroll, look: *look }.render(page, buf);
        crate::tui::screens::hints(Context::Results, look, parts.hints, buf);
    }
}

fn places(view: &View) -> (frame::Parts, Rect) {
    let parts = frame::parts(view.area, 96);
    let [page] = parts.body.layout(&Layout::vertical([Constraint::Fill(1)]));
    (parts, page)
}

/// How well the room keeps each rule, those to talk about first.
fn rules(prose: &mut Prose, rules: &[RuleKept], view: &View) {
    let theme = &view.look.theme;
    // More than three things nobody talks about in one meeting.
    let weak: Vec<&str> = rules.iter().filter(|kept| kept.weak).map(|kept| kept.label).take(3).collect();
    prose.paragraph("What to talk about", theme.heading);
    if weak.is_empty() {
        prose
            .paragraph("No rule that enough was seen of is kept badly. The rounds have their questions.", Style::new());
    } else {
        let text = format!("{}.", weak.join("; "));
        prose.led_by("Weakest in", &text, Style::new(), theme.accent);
    }
    prose.gap().paragraph("How well the room keeps each rule, the weakest first", theme.muted);
    let width = prose.width();
    let label = (width / 2).min(34);
    for kept in rules {
        let style = if kept.weak { theme.accent } else { theme.text };
        let mut line = Line::from(Span::styled(format!("{:<label$} ", kept.label), style));
        match kept.score {
            Some(score) => {
                let bar = u16::try_from(width.saturating_sub(label + 7).min(40)).unwrap_or(0);
                let colour = if kept.weak { theme.bad } else { theme.meter };
                line.spans.extend(Bar::thin(&view.look, bar, colour).at(score));
                line.push_span(Span::styled(format!(" {score:>4}"), style));
            }
            None => line.push_span(Span::styled("too little seen", theme.muted)),
        }
        prose.line(frame::cut(&view.look, line, u16::try_from(width).unwrap_or(u16::MAX)));
    }
}

/// A round: its questions, then scene by scene.
fn round(prose: &mut Prose, round: &Round, view: &View) {
    let theme = &view.look.theme;
    prose.paragraph(&round.title, theme.heading).paragraph(&round.told, theme.muted).gap();
    if !round.questions.is_empty() {
        prose.paragraph("To ask", theme.accent);
        for (number, question) in (1..).zip(&round.questions) {
            prose.hanging(&format!("{number}  "), question, theme.accent, Style::new());
        }
        prose.gap();
    }
    for scene in &round.scenes {
        let decided = if scene.decisions == 1 {
            "1 decided here".to_owned()
        } else {
            format!("{} decided here", scene.decisions)
        };
        let turning = if scene.is_turning_point { format!(" {}", view.look.glyphs.turning) } else { String::new() };
        prose.led_by(&format!("{}{turning}", scene.title), &decided, theme.heading, theme.muted);
        for option in &scene.options {
            chosen(prose, option, view);
        }
        prose.gap();
    }
}

/// An option: how many chose it as a bar, and what it says.
fn chosen(prose: &mut Prose, option: &Choice, view: &View) {
    let theme = &view.look.theme;
    let colour = match option.posture {
        Posture::Lead => theme.lead,
        Posture::TakeOver => theme.take_over,
        Posture::Absent => theme.absent,
    };
    let width = u16::try_from(prose.width().saturating_sub(34).min(36)).unwrap_or(0);
    let mut line = Line::from(Span::styled(format!("  {:>3}% ", option.share), theme.heading));
    line.spans.extend(Bar::thin(&view.look, width, colour).at(option.share));
    line.push_span(Span::styled(format!(" {:>3}  {}", option.chosen, option.posture), colour));
    if option.is_red_line {
        line.push_span(Span::styled(", a red line", theme.bad));
    }
    let whole = u16::try_from(prose.width()).unwrap_or(u16::MAX);
    prose.line(frame::cut(&view.look, line, whole));
    let style = if option.chosen == 0 { theme.muted } else { Style::new() };
    prose.hanging("       ", &option.text, theme.muted, style);
}
