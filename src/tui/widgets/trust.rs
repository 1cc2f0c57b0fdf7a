//! The trust panel: the customer's trust in the rep, which the eye finds first, and everything else that moves.
//!
//! Told by number, sign, bar, small columns and words, so that no colour is needed to read it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::bar::Bar;
use super::prose::Prose;
use super::{big, chart, frame};
use crate::report::{Change, signed};
use crate::story::Sounded;
use crate::terms::{Meter, Meters};
use crate::tui::look::Look;

/// What the panel shows.
pub struct TrustPanel<'a> {
    /// How things look.
    pub look: Look,
    /// The rep's first name.
    pub rep: &'a str,
    /// Where the meters stand on screen, in tenths; they slide.
    pub shown: [u64; 4],
    /// Where they stood at the last decision.
    pub before: Meters,
    /// Where they stand.
    pub now: Meters,
    /// Trust at each decision so far.
    pub history: &'a [u8],
    /// Insights found, and how many there are.
    pub insights: (u32, u32),
    /// Who would be called first.
    pub first_call: &'a str,
}

impl Widget for &TrustPanel<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let rows = [TrustPanel::roomy, TrustPanel::plain, TrustPanel::tight, TrustPanel::strip]
            .into_iter()
            .map(|rows| rows(self, area.width))
            .find(|rows| rows.len() <= usize::from(area.height))
            .unwrap_or_else(|| self.strip(area.width));
        // An empty row on top where one is left, as the text beside it has.
        let top = usize::from(rows.len() > usize::from(TrustPanel::STRIP) && rows.len() < usize::from(area.height));
        for (row, line) in area.rows().skip(top).zip(rows) {
            line.render(row, buf);
        }
    }
}

impl TrustPanel<'_> {
    /// Rows that the panel needs at its smallest.
    pub const STRIP: u16 = 2;

    /// Everything, with air.
    fn roomy(&self, width: u16) -> Vec<Line<'static>> {
        let gap = Line::default;
        let mut rows = vec![self.label()];
        rows.extend(self.number());
        rows.extend([gap(), self.bar(width, Meter::Trust), self.words(), gap(), self.history(width), gap()]);
        rows.extend([Meter::Growth, Meter::Momentum, Meter::Bypass].map(|meter| self.meter(width, meter)));
        rows.push(gap());
        rows.extend(self.insights());
        rows.extend(self.first_call(width, 2));
        rows
    }

    /// Everything, without air.
    fn plain(&self, width: u16) -> Vec<Line<'static>> {
        let mut rows = vec![self.label()];
        rows.extend(self.number());
        rows.extend([self.bar(width, Meter::Trust), self.words(), self.history(width)]);
        rows.extend([Meter::Growth, Meter::Momentum, Meter::Bypass].map(|meter| self.meter(width, meter)));
        rows.extend(self.insights());
        rows.extend(self.first_call(width, 1));
        rows
    }

    /// Everything, the number small.
    fn tight(&self, width: u16) -> Vec<Line<'static>> {
        let mut label = self.label();
        label.push_span(Span::raw("  "));
        label.push_span(Span::styled(self.value(Meter::Trust).to_string(), self.look.theme.trust));
        label.push_span(Span::raw(" "));
        label.push_span(self.change(Meter::Trust));
        let mut rows = vec![label, self.bar(width, Meter::Trust), self.words()];
        rows.extend([Meter::Growth, Meter::Momentum, Meter::Bypass].map(|meter| self.meter(width, meter)));
        rows.extend(self.insights());
        rows.extend(self.first_call(width, 1));
        rows
    }

    /// Two rows, for narrow and low screens.
    fn strip(&self, width: u16) -> Vec<Line<'static>> {
        let theme = &self.look.theme;
        // However long the name, the number shows.
        let mut first = frame::cut(&self.look, self.label(), width.saturating_sub(12));
        first.push_span(Span::styled(format!(" {}", self.value(Meter::Trust)), theme.trust));
        first.push_span(Span::raw(" "));
        first.push_span(self.change(Meter::Trust));
        let left = usize::from(width).saturating_sub(first.width() + 1);
        let bar_width = u16::try_from(left.min(40)).unwrap_or(0);
        if bar_width >= 6 {
            first.push_span(Span::raw(" "));
            for span in self.bar(bar_width, Meter::Trust) {
                first.push_span(span);
            }
        }
        let mut second = Line::default();
        for meter in [Meter::Growth, Meter::Momentum, Meter::Bypass] {
            let label: &str = if width >= 60 { meter.label() } else { &meter.label()[..1] };
            second.push_span(Span::styled(format!("{label} "), theme.muted));
            second.push_span(Span::raw(format!("{} ", self.value(meter))));
            second.push_span(self.change(meter));
            second.push_span(Span::raw("  "));
        }
        let (found, all) = self.insights;
        if all > 0 {
            let label = if width >= 60 { "Insights" } else { "I" };
            second.push_span(Span::styled(format!("{label} {found}/{all}"), theme.muted));
        }
        vec![first, second]
    }

    fn label(&self) -> Line<'static> {
        Line::styled(format!("Trust in {}", self.look.glyphs.spell(self.rep)), self.look.theme.heading)
    }

    /// Trust as a number to be read from afar, its change beside it.
    fn number(&self) -> Vec<Line<'static>> {
        let value = self.value(Meter::Trust);
        if self.look.glyphs.ascii {
            let number = Span::styled(value.to_string(), self.look.theme.trust);
            return vec![Line::from(vec![number, Span::raw("  "), self.change(Meter::Trust)])];
        }
        let mut rows = big::number(value, self.look.theme.trust).to_vec();
        if let Some(row) = rows.get_mut(1) {
            // A styled line's style covers its spans; the change brings its own.
            let digits = Span::styled(row.to_string(), self.look.theme.trust);
            *row = Line::from(vec![digits, Span::raw("   "), self.change(Meter::Trust)]);
        }
        rows
    }

    fn bar(&self, width: u16, meter: Meter) -> Line<'static> {
        let bar = match meter {
            Meter::Trust => Bar::thick(&self.look, width),
            Meter::Growth | Meter::Momentum | Meter::Bypass => Bar::thin(&self.look, width, self.look.theme.meter),
        };
        Line::from(bar.changing(self.tenths(meter), 10 * u64::from(self.before.get(meter))))
    }

    /// Trust in words: where it stands, and which way it went.
    fn words(&self) -> Line<'static> {
        let [trust, ..] = Change::all(self.before, self.now);
        let words = format!("{}, {}", standing(trust.value), trust.words());
        Line::styled(words, self.look.theme.muted)
    }

    fn history(&self, width: u16) -> Line<'static> {
        let columns = chart::sparkline(&self.look, self.history, usize::from(width).saturating_sub(9));
        Line::from(vec![
            Span::styled(columns, self.look.theme.trust),
            Span::styled(if self.history.len() > 1 { " so far" } else { " start" }, self.look.theme.muted),
        ])
    }

    fn meter(&self, width: u16, meter: Meter) -> Line<'static> {
        // Name 9, number 4, change 6; the rest is bar.
        let bar_width = width.saturating_sub(20);
        let mut line = Line::from(Span::styled(format!("{:<9}", meter.label()), self.look.theme.muted));
        for span in self.bar(bar_width, meter) {
            line.push_span(span);
        }
        line.push_span(Span::raw(format!(" {:>3} ", self.value(meter))));
        line.push_span(self.change(meter));
        line
    }

    /// How many facts the rep has, where there are any.
    fn insights(&self) -> Option<Line<'static>> {
        let (found, all) = self.insights;
        let label = Span::styled("Insights ", self.look.theme.muted);
        (all > 0).then(|| Line::from(vec![label, Span::raw(format!("{found} of {all}"))]))
    }

    /// Whom the customer would ring first: on two rows where one is too narrow, on one where rows are few.
    fn first_call(&self, width: u16, rows: usize) -> Vec<Line<'static>> {
        let who = self.look.glyphs.spell(self.first_call).into_owned();
        if rows > 1 {
            return vec![
                Line::styled("Who would they ring first?", self.look.theme.muted),
                frame::cut(&self.look, Line::from(who), width),
            ];
        }
        let line = Line::from(vec![Span::styled("Rings ", self.look.theme.muted), Span::raw(who)]);
        vec![frame::cut(&self.look, line, width)]
    }

    fn tenths(&self, meter: Meter) -> u64 {
        self.shown.get(meter.index()).copied().unwrap_or(0)
    }

    fn value(&self, meter: Meter) -> u64 {
        (self.tenths(meter) + 5) / 10
    }

    fn step(&self, meter: Meter) -> i8 {
        self.now.since(self.before).get(meter)
    }

    fn change(&self, meter: Meter) -> Span<'static> {
        change(&self.look, meter, self.step(meter))
    }
}

/// A change as sign and number, for better or worse: `▲ +6`, `▼ -12`; nothing where nothing moved.
pub fn change(look: &Look, meter: Meter, by: i8) -> Span<'static> {
    let theme = &look.theme;
    let good = (by > 0) == meter.high_is_good();
    let style = if good { theme.good } else { theme.bad };
    match by {
        0 => Span::raw(""),
        1.. => Span::styled(format!("{} {by:+}", look.glyphs.up), style),
        _ => Span::styled(format!("{} {by:+}", look.glyphs.down), style),
    }
}

/// What moved, meter by meter: `Trust ▲ +4  Growth ▼ -2`, in lines of a width; or that nothing did.
pub fn changes(look: &Look, changes: &[Change], width: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    for moved in changes.iter().filter(|moved| moved.by != 0) {
        let name = Span::styled(format!("{} ", moved.meter), look.theme.muted);
        let change = change(look, moved.meter, moved.by);
        let needed = name.width() + change.width() + 2;
        if lines.last().is_some_and(|line| !line.spans.is_empty() && line.width() + needed > width + 2) {
            lines.push(Line::default());
        }
        if let Some(line) = lines.last_mut() {
            line.spans.extend([name, change, Span::raw("  ")]);
        }
    }
    if changes.iter().all(|moved| moved.by == 0) {
        lines = vec![Line::styled("nothing moved", look.theme.muted)];
    }
    lines
}

/// Something that came back, and what it moved: `< "I'd heard ten." (trust -4)`.
pub fn echo(prose: &mut Prose, sounded: &Sounded<'_>, look: &Look) {
    let changes = Change::all(sounded.before, sounded.after);
    let moved: Vec<String> = changes.into_iter().filter(|change| change.by != 0).map(told).collect();
    let moved = if moved.is_empty() { String::new() } else { format!(" ({})", moved.join(", ")) };
    let lead = format!("{} ", look.glyphs.echo);
    prose.hanging(&lead, &format!("{}{moved}", sounded.echo.text), look.theme.echo, look.theme.echo);
}

fn told(change: Change) -> String {
    format!("{} {}", change.meter.label().to_lowercase(), signed(change.by))
}

/// Where trust stands, in a word.
pub const fn standing(trust: u8) -> &'static str {
    match trust {
        0..20 => "gone",
        20..40 => "thin",
        40..60 => "holding",
        60..80 => "solid",
        _ => "firm",
    }
}
