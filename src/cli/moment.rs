//! Moments as people type and read them: by their own clock.

use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::Failure;
use crate::text::Text;

/// A moment that was typed: `2026-11-27T15:00`, or `15:00` today; with an offset, if somebody gives one.
pub(super) fn read(typed: &str, now: &Zoned) -> Result<Timestamp, Failure> {
    if let Ok(moment) = typed.parse::<Timestamp>() {
        return Ok(moment);
    }
    let is_time = !typed.contains('-');
    let read = if is_time {
        typed.parse::<Time>().map(|time| now.date().to_datetime(time))
    } else {
        typed.parse::<DateTime>()
    };
    let moment = read.and_then(|moment| moment.to_zoned(now.time_zone().clone()));
    moment.map(|moment| moment.timestamp()).map_err(|_| {
        let typed = Text::clean(typed);
        Failure::cannot(format!("{typed} is no time; write 2026-11-27T15:00 or, for today, 15:00"))
    })
}

/// The same, to the second, as a moment is stored.
pub(super) fn read_now(typed: &str) -> Result<Timestamp, Failure> {
    read(typed, &Zoned::now())
}

/// A moment as it is shown: `2026-11-27 15:00`.
pub(super) fn shown(moment: Timestamp) -> String {
    moment.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_by_the_clock_of_who_types_them() {
        let now: Zoned = "2026-11-24T09:30:00+01:00[Europe/Berlin]".parse().expect("a moment");
        let read = |typed: &str| read(typed, &now).ok().map(|moment| moment.to_string());
        assert_eq!(read("2026-11-27T15:00").as_deref(), Some("2026-11-27T14:00:00Z"));
        assert_eq!(read("2026-11-27 15:00").as_deref(), Some("2026-11-27T14:00:00Z"));
        assert_eq!(read("2026-07-01T15:00").as_deref(), Some("2026-07-01T13:00:00Z"));
        assert_eq!(read("15:00").as_deref(), Some("2026-11-24T14:00:00Z"));
        assert_eq!(read("2026-11-27T15:00Z").as_deref(), Some("2026-11-27T15:00:00Z"));
        for wrong in ["", "25:00", "2026-13-01T15:00", "tomorrow", "2026-11-27T", "\u{1b}[2J"] {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
    }
}
