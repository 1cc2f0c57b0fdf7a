//! When a drive that moves is next due.

use std::time::{Duration, Instant};

/// The shortest time between two ticks: more frames than this nobody sees.
const SHORTEST: Duration = Duration::from_millis(16);

/// The time since the last tick, or since motion began; nothing while nothing moves.
#[derive(Default)]
pub(super) struct Clock {
    since: Option<Instant>,
}

impl Clock {
    /// How long to wait for the tick that is wanted `next` after the last one. Nothing: there is none to wait for.
    pub(super) fn wait(&mut self, next: Option<Duration>, now: Instant) -> Option<Duration> {
        let Some(next) = next else {
            self.since = None;
            return None;
        };
        let passed = now.duration_since(*self.since.get_or_insert(now));
        Some(next.max(SHORTEST).saturating_sub(passed))
    }

    /// The time that has passed, if the tick is due; from then on the next one is waited for.
    pub(super) fn due(&mut self, next: Option<Duration>, now: Instant) -> Option<Duration> {
        if !self.wait(next, now)?.is_zero() {
            return None;
        }
        self.since.replace(now).map(|since| now.duration_since(since))
    }

    /// Forgets what has passed, since nobody saw it.
    pub(super) fn restart(&mut self) {
        self.since = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Option<Duration> = Some(Duration::from_millis(50));

    #[test]
    fn nothing_is_waited_for_while_nothing_moves() {
        let mut clock = Clock::default();
        assert_eq!(clock.wait(None, Instant::now()), None);
        assert_eq!(clock.due(None, Instant::now()), None);
    }

    #[test]
    fn a_tick_is_told_what_has_passed_and_events_do_not_put_it_off() {
        let (mut clock, start) = (Clock::default(), Instant::now());
        let after = |millis| start + Duration::from_millis(millis);
        assert_eq!(clock.wait(FRAME, start), FRAME);
        assert_eq!(clock.wait(FRAME, after(30)), Some(Duration::from_millis(20)));
        assert_eq!(clock.due(FRAME, after(49)), None);
        assert_eq!(clock.due(FRAME, after(52)), Some(Duration::from_millis(52)));
        assert_eq!(clock.wait(FRAME, after(52)), FRAME);
    }

    #[test]
    fn a_stop_is_no_motion_and_nobody_ticks_faster_than_frames() {
        let (mut clock, start) = (Clock::default(), Instant::now());
        clock.wait(FRAME, start);
        clock.restart();
        assert_eq!(clock.due(FRAME, start + Duration::from_secs(9)), None);
        assert_eq!(Clock::default().wait(Some(Duration::ZERO), start), Some(SHORTEST));
    }
}
