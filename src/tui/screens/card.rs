//! Cards laid over a screen: the keys, the briefing, the story so far.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};

use super::{View, briefing};
use crate::engine::Run;
use crate::report::decided;
use crate::story::Story;
use crate::tui::keymap::{self, Context, Row};
use crate::tui::msg::Msg;
use crate::tui::widgets::frame;
use crate::tui::widgets::page::{Page, Scroll};
use crate::tui::widgets::prose::{COLUMN, Prose};
use crate::tui::widgets::trust::{changes, echo};

/// A card over the screen.
pub struct Card {
    content: Content,
    scroll: Scroll,
}

/// Cards that a screen can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardKind {
    /// The card from before the start.
    Briefing,
    /// The story so far.
    History,
}

/// What is on it.
enum Content {
    Help(Context),
    Briefing(Arc<Story>),
    History(Arc<Story>, Box<Run>),
}

impl Card {
    /// The keys of a screen.
    pub fn help(context: Context) -> Self {
        Self { content: Content::Help(context), scroll: Scroll::default() }
    }

    /// A card about a run; the story so far opens at its end.
    pub fn of(kind: CardKind, story: Arc<Story>, run: Run) -> Self {
        match kind {
            CardKind::Briefing => Self { content: Content::Briefing(story), scroll: Scroll::default() },
            CardKind::History => Self { content: Content::History(story, Box::new(run)), scroll: Scroll::END },
        }
    }

    /// What it is, if it is about a run.
    pub const fn kind(&self) -> Option<CardKind> {
        match self.content {
            Content::Help(_) => None,
            Content::Briefing(_) => Some(CardKind::Briefing),
            Content::History(..) => Some(CardKind::History),
        }
    }

    /// Does what a message asks for; answers whether the card is done with.
    pub fn update(&mut self, msg: Msg, view: &View) -> bool {
        let place = frame::parts(view.area, COLUMN).body;
        let lines = self.lines(view, place.width).len();
        let page = isize::try_from(place.height.saturating_sub(2)).unwrap_or(1).max(1);
        let by = match msg {
            Msg::Up => -1,
            Msg::Down => 1,
            Msg::Wheel(lines) => lines.into(),
            Msg::PageUp => -page,
            Msg::PageDown => page,
            Msg::First => isize::MIN,
            Msg::Last => isize::MAX,
            Msg::Back | Msg::Confirm | Msg::Help | Msg::Click(_) => return true,
            _ => 0,
        };
        self.scroll.by(by, lines, place.height);
        false
    }

    fn lines(&self, view: &View, width: u16) -> Vec<Line<'static>> {
        match &self.content {
            Content::Help(context) => help(*context, view, width),
            Content::Briefing(story) => briefing::card(&story.scenario, view, width),
            Content::History(story, run) => history(story, run, view, width),
        }
    }

    /// Draws it over everything.
    pub fn render(&self, view: &View, buf: &mut Buffer) {
        let look = &view.look;
        Clear.render(view.area, buf);
        buf.set_style(view.area, look.theme.text);
        let frame::Parts { bar, body, hints } = frame::parts(view.area, COLUMN);
        let titles: &[&str] = match &self.content {
            Content::Help(_) => &["Ridealong", "Keys"],
            Content::Briefing(story) => &[&story.scenario.title, "Briefing"],
            Content::History(story, _) => &[&story.scenario.title, "The story so far"],
        };
        frame::bar(look, bar, body, titles, "", buf);
        let lines = self.lines(view, body.width);
        Page { lines: &lines, scroll: self.scroll, look: *look }.render(body, buf);
        super::hints(Context::Card, look, hints, buf);
    }
}

/// The keys of a screen, then those that work everywhere.
fn help(context: Context, view: &View, width: u16) -> Vec<Line<'static>> {
    let theme = &view.look.theme;
    let mut prose = Prose::new(view.look, width.saturating_sub(1));
    let list = |prose: &mut Prose, rows: &[Row]| {
        for row in rows {
            prose.hanging(&format!("{:<12}", super::keys(&view.look, row.shown)), row.does, theme.accent, Style::new());
        }
    };
    prose.paragraph(name(context), theme.heading);
    list(&mut prose, keymap::rows(context));
    prose.gap().paragraph("Everywhere", theme.heading);
    list(&mut prose, &[keymap::HELP]);
    list(&mut prose, keymap::CONTROL);
    prose.gap().paragraph(
        "The mouse works, too: a click selects, a second one chooses; the wheel scrolls. A paste never chooses.",
        theme.muted,
    );
    prose.into_lines()
}

/// What a context is called in the help.
const fn name(context: Context) -> &'static str {
    match context {
        Context::Home => "The menu",
        Context::Filter => "Searching",
        Context::Briefing => "The briefing",
        Context::Choosing => "A decision",
        Context::Reading | Context::RankedReading => "Reading on",
        Context::Debrief => "The debrief",
        Context::Decisions => "The debrief, decision by decision",
        Context::Progress => "Progress",
        Context::Runs => "All runs",
        Context::Settings => "The settings",
        Context::Card => "A card",
        Context::RoundBriefing => "The briefing of a round",
        Context::RankedChoosing => "A decision that counts",
        Context::Teams => "Team sessions",
        Context::Form => "Fields",
        Context::Sure => "A question",
        Context::Session => "A session",
        Context::Lobby => "A session that isn't open yet",
        Context::Open => "An open session",
        Context::Frozen => "A session whose board is frozen",
        Context::Sealed => "A sealed session",
        Context::Revealed => "A session that has been revealed",
        Context::Person => "Somebody in a session",
        Context::Board => "The board",
        Context::Stage => "The board, to be revealed",
        Context::Results => "What came of a session",
    }
}

/// Scene by scene: what was chosen, and what it did.
fn history(story: &Story, run: &Run, view: &View, width: u16) -> Vec<Line<'static>> {
    let theme = &view.look.theme;
    let mut prose = Prose::new(view.look, width.saturating_sub(1));
    if run.steps().is_empty() {
        prose.paragraph("Nothing has been decided yet.", theme.muted);
    }
    for (number, step) in (1..).zip(run.steps()) {
        let Some(made) = decided(story, step) else { continue };
        if number > 1 {
            prose.gap();
        }
        prose.paragraph(&format!("{number}  {}", made.scene.title), theme.heading);
        prose.hanging(&format!("{} ", view.look.glyphs.pointer), &made.option.text, theme.accent, Style::new());
        prose.paragraphs(made.option.then.paragraphs(), theme.muted);
        let moved = changes(&view.look, &made.changes, prose.width());
        prose.indented(0, moved);
        for sounded in &made.echoes {
            echo(&mut prose, sounded, &view.look);
        }
    }
    prose.into_lines()
}
