//! The menu: the scenarios on offer, and what the selected one is about.

use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use super::{Go, View};
use crate::scenario::Scenario;
use crate::tui::keymap::Context;
use crate::tui::msg::Msg;
use crate::tui::shelf::{Content, Listing, Results};
use crate::tui::widgets::frame;
use crate::tui::widgets::page::{Page, Scroll};
use crate::tui::widgets::prose::Prose;

/// What this is, in a line.
const MOTTO: &str = "Lead your rep. Let your rep lead the customer.";

/// Told until a first run has ended.
const WELCOME: &str = "Welcome. You are the leader; the account is your rep's. Read what happens, choose what you would \
    do, and watch what becomes of the customer's trust in your rep. Nothing is timed, and nothing here is a trick. \
    Start with the first story: ten minutes are enough.";

/// Rows of a scenario in the list.
const ROWS: u16 = 2;

/// The menu.
#[derive(Default)]
pub struct Home {
    /// The one selected, by its place among those shown.
    selected: usize,
    search: Search,
    scroll: Scroll,
}

/// Whether the list is narrowed down.
#[derive(Default)]
enum Search {
    /// All are shown.
    #[default]
    Off,
    /// Letters go into the search.
    Typing(String),
    /// Letters are keys again; the list stays narrowed down.
    Kept(String),
}

/// The parts of the screen.
struct Places {
    bar: Rect,
    body: Rect,
    hints: Rect,
    intro: Rect,
    list: Rect,
    summary: Rect,
    side: Rect,
}

impl Home {
    /// The menu with a listing selected.
    pub fn at(listing: usize) -> Self {
        Self { selected: listing, ..Self::default() }
    }

    /// Where keys are read.
    pub const fn context(&self) -> Context {
        match self.search {
            Search::Typing(_) => Context::Filter,
            Search::Off | Search::Kept(_) => Context::Home,
        }
    }

    /// The listings that show, by their place on the menu.
    fn shown(&self, listings: &[Listing]) -> Vec<usize> {
        let wanted = match &self.search {
            Search::Off => "",
            Search::Typing(text) | Search::Kept(text) => text,
        };
        let wanted = wanted.to_lowercase();
        let matches =
            |listing: &Listing| listing.title.to_lowercase().contains(&wanted) || about(listing).contains(&wanted);
        (0..listings.len()).filter(|at| listings.get(*at).is_some_and(matches)).collect()
    }

    /// Does what a message asks for.
    pub fn update(&mut self, msg: Msg, listings: &[Listing], view: &View) -> Go {
        let shown = self.shown(listings);
        let last = shown.len().saturating_sub(1);
        self.selected = self.selected.min(last);
        match msg {
            Msg::Up => self.select(self.selected.checked_sub(1).unwrap_or(last)),
            Msg::Down => self.select(if self.selected < last { self.selected + 1 } else { 0 }),
            Msg::Wheel(lines) => self.select(self.selected.saturating_add_signed(lines.signum().into()).min(last)),
            Msg::First => self.select(0),
            Msg::Last => self.select(last),
            Msg::PageDown => self.scroll_by(6, listings, view),
            Msg::PageUp => self.scroll_by(-6, listings, view),
            Msg::Filter => {
                self.search = Search::Typing(String::new());
                self.select(0)
            }
            Msg::Type(letter) => self.typed(|text| text.push(letter)),
            Msg::Erase => self.typed(|text| text.truncate(text.char_indices().last().map_or(0, |(at, _)| at))),
            Msg::Confirm => match std::mem::take(&mut self.search) {
                Search::Typing(text) => {
                    self.search = Search::Kept(text);
                    Go::Redraw
                }
                search => {
                    self.search = search;
                    self.open(&shown, listings)
                }
            },
            Msg::Back => match self.search {
                Search::Off => Go::Nothing,
                Search::Typing(_) | Search::Kept(_) => {
                    // The same scenario stays selected among all of them.
                    let selected = shown.get(self.selected).copied().unwrap_or(0);
                    self.search = Search::Off;
                    self.select(selected)
                }
            },
            Msg::Anew => {
                let at = shown.get(self.selected).copied();
                at.filter(|at| listings.get(*at).is_some_and(|listing| listing.resume_at.is_some()))
                    .map_or(Go::Nothing, Go::Anew)
            }
            Msg::Settings => Go::Settings,
            Msg::Progress => Go::Progress,
            Msg::Teams => Go::Teams,
            Msg::Click(position) => self.click(position, &shown, listings, view),
            _ => Go::Nothing,
        }
    }

    fn select(&mut self, place: usize) -> Go {
        self.selected = place;
        self.scroll = Scroll::default();
        Go::Redraw
    }

    fn typed(&mut self, change: impl FnOnce(&mut String)) -> Go {
        if let Search::Typing(text) = &mut self.search {
            change(text);
        }
        self.select(0)
    }

    fn open(&self, shown: &[usize], listings: &[Listing]) -> Go {
        let at = shown.get(self.selected).copied();
        at.filter(|at| listings.get(*at).and_then(Listing::playable).is_some()).map_or(Go::Nothing, Go::Brief)
    }

    fn scroll_by(&mut self, lines: isize, listings: &[Listing], view: &View) -> Go {
        let place = places(view, listings).summary;
        self.scroll.by(lines, self.summary(listings, view, place.width).len(), place.height);
        Go::Redraw
    }

    fn click(&mut self, position: Position, shown: &[usize], listings: &[Listing], view: &View) -> Go {
        let list = places(view, listings).list;
        if !list.contains(position) {
            return Go::Nothing;
        }
        let place = usize::from((position.y - list.y) / ROWS) + self.first(shown.len(), list);
        match place {
            place if place >= shown.len() => Go::Nothing,
            place if place == self.selected => self.open(shown, listings),
            place => self.select(place),
        }
    }

    /// The first scenario that shows, so that the selected one is in sight.
    fn first(&self, shown: usize, list: Rect) -> usize {
        let fitting = usize::from(list.height / ROWS).max(1);
        self.selected.min(shown.saturating_sub(1)).saturating_sub(fitting - 1)
    }

    /// Draws it.
    pub fn render(&self, listings: &[Listing], view: &View, buf: &mut Buffer) {
        let look = &view.look;
        let places = places(view, listings);
        let count = match (&self.search, listings.len()) {
            (Search::Kept(text), all) if !text.is_empty() => {
                format!("/{text}: {} of {all}", self.shown(listings).len())
            }
            (_, 1) => "1 scenario".to_owned(),
            (_, many) => format!("{many} scenarios"),
        };
        frame::bar(look, places.bar, places.body, &["Ridealong", MOTTO], &count, buf);
        intro(listings, view, places.intro.width)
            .into_iter()
            .zip(places.intro.rows())
            .for_each(|(l, r)| l.render(r, buf));
        self.list(listings, view, places.list, buf);
        frame::rule(look, places.side, buf);
        let lines = self.summary(listings, view, places.summary.width);
        Page { lines: &lines, scroll: self.scroll, look: *look }.render(places.summary, buf);
        match &self.search {
            Search::Typing(text) => {
                let shown = format!("/{}_", look.glyphs.spell(text));
                let [line, rest] =
                    places.hints.layout(&Layout::horizontal([Constraint::Length(24), Constraint::Fill(1)]).spacing(2));
                Line::styled(shown, look.theme.accent).render(line, buf);
                super::hints(self.context(), look, rest, buf);
            }
            Search::Off | Search::Kept(_) => super::hints(self.context(), look, places.hints, buf),
        }
    }

    fn list(&self, listings: &[Listing], view: &View, area: Rect, buf: &mut Buffer) {
        let shown = self.shown(listings);
        if shown.is_empty() {
            let text = "Nothing matches. Esc shows all.";
            return Line::styled(text, view.look.theme.muted).render(area, buf);
        }
        let first = self.first(shown.len(), area);
        for (row, (place, at)) in (0..).zip(shown.into_iter().enumerate().skip(first)) {
            let top = area.y.saturating_add(ROWS * row);
            let rows = Rect { y: top, height: ROWS, ..area }.intersection(area);
            if rows.is_empty() || top >= area.bottom() {
                break;
            }
            if let Some(listing) = listings.get(at) {
                listing_rows(listing, place == self.selected, view, rows, buf);
            }
        }
    }

    /// What the selected scenario is about.
    fn summary(&self, listings: &[Listing], view: &View, width: u16) -> Vec<Line<'static>> {
        let theme = &view.look.theme;
        let mut prose = Prose::new(view.look, width.saturating_sub(1));
        let selected = self.shown(listings).get(self.selected).copied().and_then(|at| listings.get(at));
        match selected.map(Listing::content) {
            None => {}
            Some(Content::Problem(problem)) => {
                prose.paragraph("This file can't be played yet.", theme.heading).gap();
                prose.paragraph(problem, Style::new());
                prose.gap().paragraph("The other scenarios are not touched by it.", theme.muted);
            }
            Some(Content::Story { story, .. }) => summary(&mut prose, &story.scenario, view),
        }
        prose.into_lines()
    }
}

fn summary(prose: &mut Prose, scenario: &Scenario, view: &View) {
    let theme = &view.look.theme;
    prose.paragraph(&scenario.title, theme.heading);
    prose.paragraphs(scenario.summary.paragraphs(), Style::new()).gap();
    prose.hanging("Deal      ", &scenario.deal, theme.muted, Style::new());
    prose.hanging("Industry  ", &scenario.industry, theme.muted, Style::new());
    let rules: Vec<_> = scenario.rules().iter().map(|rule| rule.label()).collect();
    prose.gap().paragraph("People", theme.muted);
    for person in &scenario.cast {
        let text = format!("{}, {}", person.name, super::part(person.role));
        prose.hanging(&format!("{} ", view.look.glyphs.dot), &text, theme.muted, Style::new());
    }
    prose.gap().paragraph("Rules trained", theme.muted);
    for rule in rules {
        prose.hanging(&format!("{} ", view.look.glyphs.dot), rule, theme.muted, Style::new());
    }
}

fn listing_rows(listing: &Listing, selected: bool, view: &View, area: Rect, buf: &mut Buffer) {
    let look = &view.look;
    let theme = &look.theme;
    if selected {
        buf.set_style(area, theme.selected);
    }
    let plain = |style: Style| if selected { theme.selected } else { style };
    let level = listing.glance.as_ref().map(|glance| level(view, glance.level)).unwrap_or_default();
    let mut rows = area.rows();
    if let Some(row) = rows.next() {
        let pointer = if selected { look.glyphs.pointer } else { " " };
        let end = u16::try_from(level.chars().count() + 1).unwrap_or(0);
        let [name, dots] = row.layout(&Layout::horizontal([Constraint::Fill(1), Constraint::Length(end)]));
        let title = format!("{pointer} {}", look.glyphs.spell(&listing.title));
        frame::cut(look, Line::styled(title, plain(theme.heading)), name.width).render(name, buf);
        Line::styled(level, plain(theme.accent)).render(dots, buf);
    }
    if let Some(row) = rows.next() {
        let mut line = Line::from("  ");
        for (i, (part, style)) in fitting(facts(listing, view), usize::from(row.width)).into_iter().enumerate() {
            if i > 0 {
                line.push_span(Span::styled(format!(" {} ", look.glyphs.dot), plain(theme.muted)));
            }
            line.push_span(Span::styled(part, plain(style)));
        }
        frame::cut(look, line, row.width).render(row, buf);
    }
}

/// A level as filled and open places: `●●●○○`.
fn level(view: &View, level: u8) -> String {
    let glyphs = &view.look.glyphs;
    (1..=5).map(|step| if step <= level { glyphs.filled } else { glyphs.open }).collect()
}

/// A listing's second row: how long it takes, and what was played of it.
fn facts(listing: &Listing, view: &View) -> Vec<(String, Style)> {
    let theme = &view.look.theme;
    let Some(glance) = &listing.glance else {
        return vec![("has problems".to_owned(), theme.bad)];
    };
    let mut facts = vec![(format!("{} min", glance.minutes), theme.muted)];
    if listing.own {
        facts.push(("yours".to_owned(), theme.muted));
    }
    if let Some(decision) = listing.resume_at {
        facts.push((format!("resume at scene {decision}"), theme.good));
    }
    if listing.is_due {
        facts.push(("due today".to_owned(), theme.accent));
    }
    let Some(results) = listing.results else { return facts };
    match (results.best, results.last) {
        (Some(best), Some(last)) => facts.push((format!("best {best}, last {last}"), theme.muted)),
        _ if listing.resume_at.is_none() && results.practised == 0 => {
            facts.push(("not played yet".to_owned(), theme.muted));
        }
        _ => {}
    }
    if results.practised > 0 {
        facts.push((format!("practised {}x", results.practised), theme.muted));
    }
    facts
}

/// As many facts as there is room for, each of them whole: how long it takes is left out first, then the last ones.
fn fitting(mut facts: Vec<(String, Style)>, width: usize) -> Vec<(String, Style)> {
    // Each has its distance before it.
    let is_wide = |facts: &[(String, Style)]| facts.iter().map(|(fact, _)| fact.width() + 3).sum::<usize>() > width + 1;
    if facts.len() > 2 && is_wide(&facts) {
        facts.remove(0);
    }
    while facts.len() > 1 && is_wide(&facts) {
        facts.pop();
    }
    facts
}

/// What the search looks into, besides the title.
fn about(listing: &Listing) -> String {
    let Some(story) = listing.playable() else { return String::new() };
    let scenario = &story.scenario;
    let rules: Vec<_> = scenario.rules().iter().map(|rule| rule.label()).collect();
    format!("{} {} {} {}", scenario.id, scenario.industry, scenario.summary, rules.join(" ")).to_lowercase()
}

/// One friendly paragraph, until there are results to show instead.
fn intro(listings: &[Listing], view: &View, width: u16) -> Vec<Line<'static>> {
    let is_new = |listing: &Listing| {
        listing.resume_at.is_none() && listing.results.is_some_and(|results| results == Results::default())
    };
    let played = !listings.iter().filter(|listing| listing.glance.is_some()).all(is_new);
    if played || view.area.height < 20 {
        return Vec::new();
    }
    let mut prose = Prose::new(view.look, width.min(100));
    prose.paragraph(WELCOME, Style::new()).gap();
    prose.into_lines()
}

fn places(view: &View, listings: &[Listing]) -> Places {
    let frame::Parts { bar, body, hints } = frame::parts(view.area, 116);
    let top = u16::try_from(intro(listings, view, body.width).len()).unwrap_or(0).min(body.height / 2);
    let [intro, rest] = body.layout(&Layout::vertical([Constraint::Length(top), Constraint::Fill(1)]));
    if body.width >= 70 {
        let columns = [Constraint::Percentage(44), Constraint::Length(1), Constraint::Fill(1)];
        let [list, side, summary] = rest.layout(&Layout::horizontal(columns).spacing(1));
        return Places { bar, body, hints, intro, list, summary, side };
    }
    let wanted = u16::try_from(listings.len()).unwrap_or(u16::MAX).saturating_mul(ROWS).max(ROWS);
    let list = wanted.min((rest.height / 2).max(ROWS));
    let rows = [Constraint::Length(list), Constraint::Length(1), Constraint::Fill(1)];
    let [list, side, summary] = rest.layout(&Layout::vertical(rows));
    Places { bar, body, hints, intro, list, summary, side }
}
