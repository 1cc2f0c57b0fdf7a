//! How sessions are told of: how far they are, and how long they have.

use jiff::Timestamp;

use crate::team::{Phase, Refusal, Session};

/// What time does to a session: who opens it, and how long it has. Nothing where nothing is set.
pub(super) fn time(session: &Session, now: Timestamp) -> Option<String> {
    match session.phase(now) {
        Phase::Lobby => session.opens.map(|opens| format!("opens in {}", long(now, opens))),
        Phase::Open | Phase::Frozen if session.is_paused() => Some("paused".to_owned()),
        Phase::Open | Phase::Frozen => match (session.closes, session.last_run()) {
            (Some(closes), _) if now < closes => Some(format!("{} left", long(now, closes))),
            (Some(_), Some(last)) if now < last => Some(format!("closing, {} for the last runs", long(now, last))),
            (Some(_), _) => Some("closed".to_owned()),
            (None, _) => None,
        },
        Phase::Sealed | Phase::Revealed => None,
    }
}

/// How far it is and how long it has: `open, 34 min left`.
pub(super) fn state(session: &Session, now: Timestamp) -> String {
    let phase = session.phase(now);
    time(session, now).map_or_else(|| phase.to_string(), |time| format!("{phase}, {time}"))
}

/// A time in minutes, in the last minute in seconds.
fn long(now: Timestamp, until: Timestamp) -> String {
    let seconds = until.duration_since(now).as_secs().max(0);
    match (seconds, seconds / 60) {
        (0..=59, _) => format!("{seconds} s"),
        (_, minutes @ 0..=119) => format!("{minutes} min"),
        (_, minutes @ 120..=2879) => format!("{} h {} min", minutes / 60, minutes % 60),
        (_, minutes) => format!("{} days", minutes / 1440),
    }
}

/// Why no round can be begun, as it is said to who wants to play.
pub(super) const fn closed(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::TooEarly => "not open yet",
        Refusal::Paused => "paused",
        _ => "closed",
    }
}

/// So many of something: `1 round`, `3 rounds`.
pub(super) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    #[test]
    fn time_is_told_in_minutes_and_at_the_end_in_seconds() {
        let now = Timestamp::UNIX_EPOCH;
        let told = |seconds: i64| long(now, now + seconds.seconds());
        assert_eq!(
            [-5, 0, 59, 60, 119, 2040, 7200, 200_000].map(told),
            ["0 s", "0 s", "59 s", "1 min", "1 min", "34 min", "2 h 0 min", "2 days"]
        );
    }
}
