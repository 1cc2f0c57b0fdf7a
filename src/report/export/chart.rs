//! Trust over a run as a drawing: where its lines, points and labels lie. What they look like is the page's.

use std::cmp::Ordering;

use unicode_width::UnicodeWidthStr;

use super::page::Decision;
use crate::engine::Run;
use crate::report::track;
use crate::terms::Meter;

/// The drawing's width.
const WIDTH: u32 = 720;
/// From its left edge to the first point.
const LEFT: u32 = 44;
/// From the last point to its right edge.
const RIGHT: u32 = 28;
/// A line of labels above the plot.
const LANE: u32 = 17;
/// The plot's height, from 100 down to 0.
const PLOT: u32 = 190;
/// Below the plot: the numbers of the decisions, and what they are.
const BELOW: u32 = 42;
/// How wide a letter of a label may be taken to be.
const LETTER: u32 = 7;
/// Letters of a name at most.
const LETTERS: usize = 28;
/// Names of points before it go to the right, others to the left.
const MIDDLE: u32 = 340;
/// Lanes to try before a line may cross a name.
const LANES: u32 = 6;
/// More numbers than this below the plot would run into each other.
const NUMBERS: usize = 24;

/// Where everything lies, in the drawing's own units.
pub(super) struct Chart {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) left: u32,
    pub(super) right: u32,
    /// Values of trust, and their lines.
    pub(super) grid: Vec<(u32, u32)>,
    /// Where numbers stand below the plot, and where their name does.
    pub(super) numbers: u32,
    pub(super) name: u32,
    /// The start, then one after each decision.
    pub(super) points: Vec<Point>,
    pub(super) labels: Vec<Label>,
    /// In words, for whoever doesn't see it.
    pub(super) told: String,
}

/// Trust at the start or after a decision.
pub(super) struct Point {
    pub(super) x: u32,
    pub(super) y: u32,
    /// The decision's number; 0 is the start.
    pub(super) number: usize,
    pub(super) value: u8,
    pub(super) turning: bool,
    /// Whether the number has room below.
    pub(super) numbered: bool,
}

/// A turning point's name, above the plot, with a line down to the point.
pub(super) struct Label {
    pub(super) x: u32,
    pub(super) y: u32,
    /// Where the line ends.
    pub(super) to: u32,
    /// Which end of the text stands at `x`: `start` or `end`.
    pub(super) anchor: &'static str,
    pub(super) text: String,
}

impl Chart {
    pub(super) fn of(run: &Run, decisions: &[Decision<'_>], rep: &str) -> Self {
        let trust = track(run, Meter::Trust);
        let steps = u32::try_from(trust.len() - 1).unwrap_or(u32::MAX).max(1);
        let across = |number: u32| LEFT + (WIDTH - LEFT - RIGHT) * number.min(steps) / steps;
        let named = decisions.iter().filter(|decision| decision.turning_point);
        let named: Vec<Named> = named.map(|decision| Named::new(decision, &across)).collect();
        let lanes = lanes(&named);
        let count = lanes.iter().max().map_or(0, |highest| highest + 1);
        let above = LANE * count + 12;
        let down = |value: u8| above + PLOT * u32::from(100 - value.min(100)) / 100;
        let label = |(named, lane): (Named, u32)| Label {
            x: named.x,
            y: above - 14 - LANE * lane,
            to: down(named.value),
            anchor: named.anchor,
            text: named.text,
        };
        let every = trust.len().div_ceil(NUMBERS);
        let point = |(number, value): (usize, &u8)| Point {
            x: across(u32::try_from(number).unwrap_or(u32::MAX)),
            y: down(*value),
            number,
            value: *value,
            turning: number.checked_sub(1).is_some_and(|at| decisions.get(at).is_some_and(|made| made.turning_point)),
            numbered: number % every == 0,
        };
        Self {
            width: WIDTH,
            height: above + PLOT + BELOW,
            left: LEFT,
            right: WIDTH - RIGHT,
            grid: [100, 75, 50, 25, 0].map(|value: u8| (u32::from(value), down(value))).into(),
            numbers: above + PLOT + 18,
            name: above + PLOT + 36,
            points: trust.iter().enumerate().map(point).collect(),
            labels: named.into_iter().zip(lanes).map(label).collect(),
            told: told(&trust, decisions, rep),
        }
    }

    /// The first and the last point: those whose value is written beside them.
    pub(super) fn ends(&self) -> impl Iterator<Item = &Point> {
        let last = self.points.len() - 1;
        self.points.iter().filter(move |point| point.number == 0 || point.number == last)
    }

    /// The points as an SVG line takes them.
    pub(super) fn line(&self) -> String {
        let points: Vec<String> = self.points.iter().map(|point| format!("{},{}", point.x, point.y)).collect();
        points.join(" ")
    }
}

/// A turning point whose name must find a place.
struct Named {
    x: u32,
    /// From where to where the name goes.
    span: (u32, u32),
    value: u8,
    text: String,
    anchor: &'static str,
}

impl Named {
    fn new(decision: &Decision<'_>, across: &impl Fn(u32) -> u32) -> Self {
        let (change, value) = &decision.trust;
        let mut name: String = decision.scene.chars().take(LETTERS).collect();
        if name.len() < decision.scene.len() {
            name = format!("{}\u{2026}", name.trim_end());
        }
        let text = format!("{} {name} ({change})", decision.number);
        let x = across(u32::try_from(decision.number).unwrap_or(u32::MAX));
        let width = LETTER * u32::try_from(text.width()).unwrap_or(u32::MAX);
        let (anchor, span) = match x {
            ..MIDDLE => ("start", (x, x + width)),
            _ => ("end", (x.saturating_sub(width), x)),
        };
        Self { x, span, value: *value, text, anchor }
    }

    /// Whether the two would be in each other's way in these lanes: one name on the other, or the line down from one
    /// through the name of the other.
    fn collides(&self, lane: u32, other: &Self, others: u32) -> bool {
        let through = |line: u32, (from, to): (u32, u32)| (from.saturating_sub(3)..=to + 3).contains(&line);
        match lane.cmp(&others) {
            Ordering::Equal => self.span.0 <= other.span.1 + LETTER && other.span.0 <= self.span.1 + LETTER,
            Ordering::Greater => through(self.x, other.span),
            Ordering::Less => through(other.x, self.span),
        }
    }
}

/// A lane for each name, from 0, the lowest: the first in which it is in nobody's way, or else in which no name stands
/// on another. Names of the right half go left and are placed from the left; the others go right and are placed from
/// the right: so lines down from higher names meet no lower ones, as far as that can be.
fn lanes(named: &[Named]) -> Vec<u32> {
    let (left, right): (Vec<usize>, Vec<usize>) = (0..named.len()).partition(|at| named[*at].anchor == "start");
    // With a lane for each there is always a free one.
    let most = u32::try_from(named.len()).unwrap_or(u32::MAX);
    let mut lanes = vec![None; named.len()];
    for at in right.into_iter().chain(left.into_iter().rev()) {
        let free = |lane: u32, all: bool| {
            named.iter().zip(&lanes).all(|(other, placed)| match placed {
                Some(placed) if all || *placed == lane => !named[at].collides(lane, other, *placed),
                _ => true,
            })
        };
        let none_crossed = (0..LANES).find(|lane| free(*lane, true));
        lanes[at] = none_crossed.or_else(|| (0..=most).find(|lane| free(*lane, false)));
    }
    lanes.into_iter().map(Option::unwrap_or_default).collect()
}

/// The drawing in words.
fn told(trust: &[u8], decisions: &[Decision<'_>], rep: &str) -> String {
    let (first, last) = (trust.first().copied().unwrap_or(0), trust.last().copied().unwrap_or(0));
    let extreme = |what: &str, found: Option<(usize, &u8)>| match found {
        Some((0, value)) => format!(" {what} {value} at the start."),
        Some((number, value)) => format!(" {what} {value} after decision {number}."),
        None => String::new(),
    };
    let lowest = trust.iter().enumerate().min_by_key(|(at, value)| (**value, *at));
    let highest = trust.iter().enumerate().max_by_key(|(at, value)| (**value, usize::MAX - at));
    let turning: Vec<String> = decisions
        .iter()
        .filter(|decision| decision.turning_point)
        .map(|decision| format!("{}, {} ({})", decision.number, decision.scene, decision.trust.0))
        .collect();
    let turning = if turning.is_empty() { String::new() } else { format!(" Turning points: {}.", turning.join("; ")) };
    format!(
        "Trust in {rep} goes from {first} to {last}.{}{}{turning}",
        extreme("Lowest:", lowest),
        extreme("Highest:", highest)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(x: u32, letters: u32) -> Named {
        let (anchor, span) = if x < MIDDLE {
            ("start", (x, x + letters * LETTER))
        } else {
            ("end", (x.saturating_sub(letters * LETTER), x))
        };
        Named { x, span, value: 50, text: String::new(), anchor }
    }

    #[test]
    fn names_never_stand_on_each_other() {
        for step in 5..120_u32 {
            for letters in [3, 12, 30] {
                let all: Vec<Named> = (0..20).map(|n| named(LEFT + n * step % 640, letters)).collect();
                let lanes = lanes(&all);
                for (at, (one, lane)) in all.iter().zip(&lanes).enumerate() {
                    for (other, others) in all.iter().zip(&lanes).skip(at + 1) {
                        assert!(lane != others || !one.collides(*lane, other, *others), "{step} {letters}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_few_names_are_crossed_by_no_line() {
        let all = [named(100, 30), named(200, 30), named(250, 20)];
        let lanes = lanes(&all);
        assert_eq!(lanes, [2, 1, 0]);
    }
}
