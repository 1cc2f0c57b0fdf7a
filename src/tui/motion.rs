//! The one thing that moves: meters slide from where they stood to where they stand.

use std::time::Duration;

use crate::terms::{Meter, Meters};

/// How long a slide takes.
const LENGTH: u64 = 320;
/// How long between two frames of it.
pub const FRAME: Duration = Duration::from_millis(50);

/// Meters on their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slide {
    from: Meters,
    to: Meters,
    /// Milliseconds on the way, at most [`LENGTH`].
    passed: u64,
}

impl Slide {
    /// Meters that stand.
    pub const fn at_rest(meters: Meters) -> Self {
        Self { from: meters, to: meters, passed: LENGTH }
    }

    /// Sends them on their way.
    pub fn go(&mut self, to: Meters) {
        *self = Self { from: self.to, to, passed: if self.to == to { LENGTH } else { 0 } };
    }

    /// Brings them there at once.
    pub const fn finish(&mut self) {
        self.passed = LENGTH;
    }

    /// Time has passed.
    pub fn tick(&mut self, passed: Duration) {
        let passed = u64::try_from(passed.as_millis()).unwrap_or(LENGTH);
        self.passed = self.passed.saturating_add(passed).min(LENGTH);
    }

    /// Whether they move.
    pub const fn is_moving(&self) -> bool {
        self.passed < LENGTH
    }

    /// Where each meter is on the screen, in tenths, in the order of [`Meter::ALL`]: fast first, then slower.
    pub fn shown(&self) -> [u64; 4] {
        let left = LENGTH - self.passed;
        [Meter::Trust, Meter::Growth, Meter::Momentum, Meter::Bypass].map(|meter| {
            let [from, to] = [self.from, self.to].map(|meters| 10 * u64::from(meters.get(meter)));
            let rest = from.abs_diff(to) * left * left / (LENGTH * LENGTH);
            if from < to { to - rest } else { to + rest }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slide_goes_one_way_and_arrives_within_half_a_second() {
        let mut slide = Slide::at_rest(Meters::new([40, 50, 60, 10]));
        assert!(!slide.is_moving());
        slide.go(Meters::new([60, 50, 45, 10]));
        let mut last = slide.shown();
        assert_eq!(last, [400, 500, 600, 100]);
        let mut frames = 0;
        while slide.is_moving() {
            slide.tick(FRAME);
            let shown = slide.shown();
            assert!(shown[0] >= last[0] && shown[2] <= last[2] && shown[1] == 500);
            last = shown;
            frames += 1;
        }
        assert_eq!(last, [600, 500, 450, 100]);
        assert!(FRAME * frames < Duration::from_millis(500));
    }

    #[test]
    fn nothing_moves_where_nothing_changed() {
        let mut slide = Slide::at_rest(Meters::new([40, 50, 60, 10]));
        slide.go(Meters::new([40, 50, 60, 10]));
        assert!(!slide.is_moving());
    }
}
