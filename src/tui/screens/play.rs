//! The play: what just happened, what trust did, what can be done.

mod drawing;
mod layout;
mod pages;

use std::sync::Arc;
use std::time::Duration;

use ratatui::layout::Position;
use ratatui::text::Line;

use self::layout::Places;
use self::pages::{Page as TextPage, Told};
use super::card::CardKind;
use super::{Go, View};
use crate::engine::{Chosen, Run};
use crate::keeper::{Attempt, First};
use crate::story::Story;
use crate::terms::Meters;
use crate::tui::keymap::Context;
use crate::tui::motion::Slide;
use crate::tui::msg::Msg;
use crate::tui::widgets::options::{Item, ItemState, OptionList};
use crate::tui::widgets::page::Scroll;

/// A run being played.
#[derive(Clone)]
pub struct Play {
    /// The scenario's place on the menu.
    listing: usize,
    story: Arc<Story>,
    run: Run,
    /// As what it is kept, once there is something to keep.
    attempt: Option<Attempt>,
    /// The first attempt, if this isn't it: the run as it stood when a decision was first taken back, or the one that
    /// this one replays.
    first: Option<First>,
    /// Which of the pages since the last choice shows.
    page: usize,
    /// The option pointed at, by its place on the screen.
    selected: Option<usize>,
    scroll: Scroll,
    slide: Slide,
    rank: Rank,
}

/// What a run counts for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rank {
    /// It is the player's own affair.
    #[default]
    Own,
    /// It is the one of a ticket: nothing can be taken back.
    Ranked,
    /// It is of a round that has been played: it doesn't count.
    Practice,
}

impl Play {
    /// A run from where it stands: the beginning, or a decision that is played again.
    pub fn new(listing: usize, story: Arc<Story>, run: Run, first: Option<First>) -> Self {
        let mut play = Self {
            listing,
            slide: Slide::at_rest(run.state().meters),
            rank: Rank::Own,
            story,
            run,
            attempt: None,
            first,
            page: 0,
            selected: None,
            scroll: Scroll::default(),
        };
        if !play.run.steps().is_empty() {
            play.page = play.last_page();
        }
        play.slide = Slide::at_rest(play.meters());
        play
    }

    /// The same play in another version of its story: `run`, and `first` for the first attempt, are what could be made of
    /// it again. If that is all of it, the player goes on where they were; otherwise at the decision that it has come to.
    pub fn retold(self, story: Arc<Story>, run: Run, first: Option<First>, whole: bool) -> Self {
        let mut play = Self { attempt: self.attempt, rank: self.rank, ..Self::new(self.listing, story, run, first) };
        play.page = if whole { self.page.min(play.last_page()) } else { play.last_page() };
        if whole {
            play.scroll = self.scroll;
            play.selected = self.selected.filter(|place| *place < play.offered().len());
        }
        play.slide = Slide::at_rest(play.meters());
        play
    }

    /// The scenario's place on the menu.
    pub const fn listing(&self) -> usize {
        self.listing
    }

    /// The first attempt, if this isn't it.
    pub const fn first(&self) -> Option<&First> {
        self.first.as_ref()
    }

    /// As what it is kept, if it is yet.
    pub const fn attempt(&self) -> Option<Attempt> {
        self.attempt
    }

    /// The same play, kept as this.
    pub fn kept_as(self, attempt: Attempt) -> Self {
        Self { attempt: Some(attempt), ..self }
    }

    /// The same play, counting for this.
    pub fn ranked_as(self, rank: Rank) -> Self {
        Self { rank, ..self }
    }

    /// What it counts for.
    pub const fn rank(&self) -> Rank {
        self.rank
    }

    /// Whether it has come to its ending.
    pub fn has_ended(&self) -> bool {
        self.run.ending(&self.story.program).is_some()
    }

    /// What is played.
    pub const fn story_and_run(&self) -> (&Arc<Story>, &Run) {
        (&self.story, &self.run)
    }

    /// The number of the decision it stands at, from 1.
    pub fn decision(&self) -> u32 {
        self.run.state().decisions + 1
    }

    /// Where keys are read.
    pub fn context(&self) -> Context {
        match (self.rank, self.is_choosing()) {
            (Rank::Ranked, true) => Context::RankedChoosing,
            (Rank::Ranked, false) => Context::RankedReading,
            (Rank::Own | Rank::Practice, true) => Context::Choosing,
            (Rank::Own | Rank::Practice, false) => Context::Reading,
        }
    }

    /// Whether meters slide.
    pub const fn is_moving(&self) -> bool {
        self.slide.is_moving()
    }

    /// Time has passed.
    pub fn tick(&mut self, passed: Duration) {
        self.slide.tick(passed);
    }

    fn pages(&self) -> Vec<TextPage<'_>> {
        pages::pages(&self.story, &self.run)
    }

    fn last_page(&self) -> usize {
        self.pages().len().saturating_sub(1)
    }

    fn is_choosing(&self) -> bool {
        matches!(self.pages().get(self.page), Some(TextPage { told: Told::Decision, .. }))
    }

    /// The meters on the page that shows.
    fn meters(&self) -> Meters {
        self.pages().get(self.page).map_or(self.run.state().meters, |page| page.meters)
    }

    /// Does what a message asks for.
    pub fn update(&mut self, msg: Msg, view: &View) -> Go {
        if !self.slide.is_moving() {
            return self.act(msg, view);
        }
        // Any key brings the meters there. One that goes on does only that, so that nothing is missed.
        self.slide.finish();
        let go = match msg {
            Msg::Confirm | Msg::Pick(_) | Msg::Click(_) => Go::Redraw,
            _ => self.act(msg, view),
        };
        if matches!(go, Go::Nothing) { Go::Redraw } else { go }
    }

    fn act(&mut self, msg: Msg, view: &View) -> Go {
        match msg {
            Msg::Back => Go::Home,
            Msg::History => Go::Card(CardKind::History),
            Msg::Briefing => Go::Card(CardKind::Briefing),
            Msg::Undo if self.rank != Rank::Ranked => self.undo(),
            Msg::PageDown => self.scroll_by(8, view),
            Msg::PageUp => self.scroll_by(-8, view),
            Msg::Wheel(lines) => self.scroll_by(isize::from(lines), view),
            Msg::Click(position) => self.click(position, view),
            // An Enter that was meant for the page before chooses nothing.
            Msg::Confirm if self.is_choosing() => self.selected.map_or(Go::Nothing, |place| self.choose(place, view)),
            Msg::Confirm => self.go_on(view),
            Msg::Pick(place) if self.is_choosing() => self.pick(place, view),
            Msg::Up if self.is_choosing() => {
                let last = self.offered().len().saturating_sub(1);
                self.select(self.selected.map_or(last, |place| place.checked_sub(1).unwrap_or(last)))
            }
            Msg::Down if self.is_choosing() => {
                self.select(self.selected.map_or(0, |place| (place + 1) % self.offered().len().max(1)))
            }
            Msg::Up => self.scroll_by(-1, view),
            Msg::Down => self.scroll_by(1, view),
            _ => Go::Nothing,
        }
    }

    fn offered(&self) -> Vec<crate::story::Offered<'_>> {
        self.story.offered(&self.run)
    }

    fn select(&mut self, place: usize) -> Go {
        self.selected = Some(place);
        Go::Redraw
    }

    /// By its number, an option is chosen; one that can't be read whole, or is closed, is only selected.
    fn pick(&mut self, place: usize, view: &View) -> Go {
        let items = self.items();
        let readable = self.selected == Some(place) || !self.places(view).is_folded;
        match items.get(place).map(|item| &item.state) {
            Some(ItemState::Open) if readable => self.choose(place, view),
            Some(_) => self.select(place),
            None => Go::Nothing,
        }
    }

    fn choose(&self, place: usize, view: &View) -> Go {
        let Some(chosen) = self.offered().get(place).filter(|offer| offer.closed.is_none()).map(|offer| offer.chosen)
        else {
            return Go::Nothing;
        };
        let mut next = self.clone();
        if next.run.choose(&next.story.program, chosen).is_err() {
            return Go::Nothing;
        }
        next.turn_to(0, view);
        Go::Answered(Box::new(next))
    }

    fn go_on(&mut self, view: &View) -> Go {
        if self.page < self.last_page() {
            self.turn_to(self.page + 1, view);
            Go::Redraw
        } else {
            Go::End
        }
    }

    fn turn_to(&mut self, page: usize, view: &View) {
        self.page = page;
        self.scroll = Scroll::default();
        self.selected = None;
        self.slide.go(self.meters());
        if view.still {
            self.slide.finish();
        }
    }

    /// Back to the last decision. The run as it stood stays on record as the first attempt.
    fn undo(&self) -> Go {
        let made = self.run.steps().len();
        let Some(back) = made.checked_sub(1) else { return Go::Nothing };
        let run = self.run.back_to(&self.story.program, back);
        // What is practice already goes on as what it is kept as.
        let (attempt, first) = match &self.first {
            Some(first) => (self.attempt, first.clone()),
            None => (None, First { attempt: self.attempt, run: self.run.clone() }),
        };
        let again = Self::new(self.listing, self.story.clone(), run, Some(first));
        let mut before = Self { attempt, rank: self.rank, ..again };
        before.page = before.last_page();
        Go::TakenBack(Box::new(before))
    }

    fn scroll_by(&mut self, lines: isize, view: &View) -> Go {
        let places = self.places(view);
        let all = self.text(view, places.text.width).len();
        if self.scroll.by(lines, all, places.text.height) { Go::Redraw } else { Go::Nothing }
    }

    /// A click on an option selects it, a second one chooses it; anywhere else it goes on where there is only that.
    fn click(&mut self, position: Position, view: &View) -> Go {
        let places = self.places(view);
        if !self.is_choosing() {
            return if places.text.contains(position) { self.go_on(view) } else { Go::Nothing };
        }
        let items = self.items();
        match self.option_list(&items, view).at(places.options, position) {
            Some(place) if self.selected == Some(place) => self.choose(place, view),
            Some(place) => self.select(place),
            None => Go::Nothing,
        }
    }

    fn text(&self, view: &View, width: u16) -> Vec<Line<'static>> {
        let pages = self.pages();
        let page = pages.get(self.page);
        page.map(|page| pages::text(page, view, width)).unwrap_or_default()
    }

    /// The options of the decision that shows, or of the one made last, which stay until the next one comes.
    fn items(&self) -> Vec<Item> {
        match self.pages().get(self.page) {
            Some(TextPage { told: Told::Decision, .. }) => self.offered().into_iter().map(open_item).collect(),
            Some(TextPage { told: Told::Consequence(_) | Told::Passage, .. }) => self.made(),
            None => Vec::new(),
        }
    }

    /// The options of the last decision as they were shown, the chosen one marked.
    fn made(&self) -> Vec<Item> {
        let Some((step, made)) = self.run.steps().split_last() else { return Vec::new() };
        let before = self.run.back_to(&self.story.program, made.len());
        let state = |chosen: Chosen| if chosen == step.chosen { ItemState::Chosen } else { ItemState::Passed };
        let offered = self.story.offered(&before);
        offered
            .into_iter()
            .map(|offer| Item { text: offer.option.text.to_string(), state: state(offer.chosen) })
            .collect()
    }

    fn option_list<'a>(&self, items: &'a [Item], view: &View) -> OptionList<'a> {
        OptionList { look: view.look, items, selected: self.selected }
    }

    fn places(&self, view: &View) -> Places {
        let items = self.items();
        layout::places(view.area, &self.option_list(&items, view), self.is_choosing())
    }
}

fn open_item(offer: crate::story::Offered<'_>) -> Item {
    let state = match offer.closed {
        Some(reason) => ItemState::Closed(reason.to_owned()),
        None => ItemState::Open,
    };
    Item { text: offer.option.text.to_string(), state }
}
