//! The play as it shows.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::super::{Hints, View};
use super::pages::{Page as TextPage, Told};
use super::{Play, Rank};
use crate::report::{FirstCall, track};
use crate::terms::Meter;
use crate::tui::widgets::frame;
use crate::tui::widgets::page::Page;
use crate::tui::widgets::trust::TrustPanel;

impl Play {
    /// Draws it.
    pub fn render(&self, view: &View, buf: &mut Buffer) {
        let pages = self.pages();
        let Some(page) = pages.get(self.page) else { return };
        let look = &view.look;
        let places = self.places(view);
        let (number, all) = self.progress(page);
        let practice = match self.rank {
            Rank::Ranked => "counts, ",
            Rank::Practice => "practice, ",
            Rank::Own if self.first.is_some() => "practice, ",
            Rank::Own => "",
        };
        let progress = format!("{practice}{number} of ~{all}");
        let titles = [&*self.story.scenario.title, page.title];
        let titles = if places.is_wide() { &titles[..] } else { &titles[1..] };
        frame::bar(look, places.bar, places.body, titles, &progress, buf);
        for line in places.lines {
            frame::rule(look, line, buf);
        }
        let mut lines = self.text(view, places.text.width);
        let air = usize::from(places.is_wide() && lines.len() < usize::from(places.text.height));
        lines.splice(0..0, std::iter::repeat_n(Line::default(), air));
        Page { lines: &lines, scroll: self.scroll, look: *look }.render(places.text, buf);
        self.panel(page, view, places.panel, buf);
        let items = self.items();
        self.option_list(&items, view).render(places.options, buf);
        let more = self.scroll.more_below(lines.len(), places.text.height);
        let hints = Hints { context: self.context(), options: items.len(), more };
        hints.render(look, places.hints, buf);
    }

    /// The number of the decision that is told of, and about how many there are.
    fn progress(&self, page: &TextPage<'_>) -> (u32, u32) {
        let made = self.run.state().decisions;
        let number = match page.told {
            Told::Decision => made + 1,
            Told::Consequence(_) | Told::Passage => made.max(1),
        };
        (number, self.story.decisions_in_all(&self.run).max(number))
    }

    fn panel(&self, page: &TextPage<'_>, view: &View, area: Rect, buf: &mut Buffer) {
        let history = self.history(page);
        let found = page.found;
        let rep = self.story.scenario.rep().first_name();
        let panel = TrustPanel {
            look: view.look,
            rep,
            shown: self.slide.shown(),
            before: page.before,
            now: page.meters,
            history: &history,
            insights: (found, self.story.program.insights),
            first_call: &FirstCall::at(page.meters.bypass()).label(rep),
        };
        panel.render(area, buf);
    }

    /// Trust at every decision so far, and where it stands on this page.
    fn history(&self, page: &TextPage<'_>) -> Vec<u8> {
        let mut history = track(&self.run, Meter::Trust);
        if let Some(last) = history.last_mut() {
            *last = page.meters.trust();
        }
        history
    }
}
