//! Keys: one table from which keys are read, hints are written and the help is made.

mod own;
mod team;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

pub use own::{ACTIONS, NotOwn, OwnKeys};

use super::msg::Msg;

/// Where keys mean something of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// The menu.
    Home,
    /// Typing into the menu's filter.
    Filter,
    /// The card before the start.
    Briefing,
    /// A decision.
    Choosing,
    /// A consequence or a passage.
    Reading,
    /// After the ending.
    Debrief,
    /// After the ending, on the page of decisions.
    Decisions,
    /// The settings.
    Settings,
    /// What came of practice.
    Progress,
    /// All runs.
    Runs,
    /// A card over the screen: help, briefing, the story so far.
    Card,
    /// The card before the start of a team's round, whose feedback isn't the player's to choose.
    RoundBriefing,
    /// A decision that can't be taken back.
    RankedChoosing,
    /// A consequence or a passage of such a run.
    RankedReading,
    /// The team sessions.
    Teams,
    /// Fields to type into.
    Form,
    /// A question that wants a yes.
    Sure,
    /// A session, as a player has it.
    Session,
    /// A session that its facilitator hasn't opened yet.
    Lobby,
    /// An open one.
    Open,
    /// One whose board is frozen.
    Frozen,
    /// One that takes nothing more.
    Sealed,
    /// One that has been revealed whole.
    Revealed,
    /// Somebody in a session.
    Person,
    /// The board.
    Board,
    /// The board, for who reveals it.
    Stage,
    /// What came of a session.
    Results,
}

impl Context {
    /// Whether letters are typed there, so that they are no keys.
    pub const fn types(self) -> bool {
        matches!(self, Self::Filter | Self::Form)
    }
}

/// Keys that do one thing, or two that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The keys, and what each of them asks for.
    pub keys: &'static [(KeyCode, Msg)],
    /// How the keys are written.
    pub shown: &'static str,
    /// What they do.
    pub does: &'static str,
    /// Whether the screen's bottom line tells of them, too.
    pub hint: Hint,
}

/// Where the bottom line tells of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// At the left: what belongs to the moment.
    Main,
    /// At the right: what stays the same.
    Steady,
    /// Nowhere; the help does.
    None,
}

const fn row(keys: &'static [(KeyCode, Msg)], shown: &'static str, does: &'static str) -> Row {
    Row { keys, shown, does, hint: Hint::None }
}

const fn hint(keys: &'static [(KeyCode, Msg)], shown: &'static str, does: &'static str) -> Row {
    Row { keys, shown, does, hint: Hint::Main }
}

const fn steady(keys: &'static [(KeyCode, Msg)], shown: &'static str, does: &'static str) -> Row {
    Row { keys, shown, does, hint: Hint::Steady }
}

const UP_DOWN: &[(KeyCode, Msg)] = &[
    (KeyCode::Up, Msg::Up),
    (KeyCode::Down, Msg::Down),
    (KeyCode::Char('k'), Msg::Up),
    (KeyCode::Char('j'), Msg::Down),
];
const ENTER: &[(KeyCode, Msg)] = &[(KeyCode::Enter, Msg::Confirm)];
const GO_ON: &[(KeyCode, Msg)] = &[(KeyCode::Enter, Msg::Confirm), (KeyCode::Char(' '), Msg::PageDown)];
const PAGES: &[(KeyCode, Msg)] = &[(KeyCode::PageUp, Msg::PageUp), (KeyCode::PageDown, Msg::PageDown)];
const ENDS: &[(KeyCode, Msg)] = &[(KeyCode::Home, Msg::First), (KeyCode::End, Msg::Last)];
const LEFT_RIGHT: &[(KeyCode, Msg)] = &[
    (KeyCode::Left, Msg::Left),
    (KeyCode::Right, Msg::Right),
    (KeyCode::BackTab, Msg::Left),
    (KeyCode::Tab, Msg::Right),
];
const BACK: &[(KeyCode, Msg)] = &[(KeyCode::Char('q'), Msg::Back), (KeyCode::Esc, Msg::Back)];
const QUIT: &[(KeyCode, Msg)] = &[(KeyCode::Char('q'), Msg::Quit)];
/// How the numbers of the options are written where it isn't known how many there are.
pub const NUMBERS: &str = "1-4";
const PICK: &[(KeyCode, Msg)] = &[
    (KeyCode::Char('1'), Msg::Pick(0)),
    (KeyCode::Char('2'), Msg::Pick(1)),
    (KeyCode::Char('3'), Msg::Pick(2)),
    (KeyCode::Char('4'), Msg::Pick(3)),
    (KeyCode::Char('5'), Msg::Pick(4)),
    (KeyCode::Char('6'), Msg::Pick(5)),
    (KeyCode::Char('7'), Msg::Pick(6)),
    (KeyCode::Char('8'), Msg::Pick(7)),
];
const HISTORY: Row = steady(&[(KeyCode::Char('h'), Msg::History)], "h", "history");
const THE_BRIEFING: Row = steady(&[(KeyCode::Char('i'), Msg::Briefing)], "i", "briefing");
const UNDO: Row = steady(&[(KeyCode::Char('u'), Msg::Undo)], "u", "undo");
const LEAVE: Row = steady(BACK, "q", "leave");
const MOVE: Row = hint(UP_DOWN, "↑↓", "move");

const HOME: &[Row] = &[
    MOVE,
    hint(ENTER, "Enter", "play"),
    hint(&[(KeyCode::Char('/'), Msg::Filter)], "/", "search"),
    steady(&[(KeyCode::Char('b'), Msg::Teams)], "b", "teams"),
    steady(&[(KeyCode::Char('p'), Msg::Progress)], "p", "progress"),
    steady(&[(KeyCode::Char('s'), Msg::Settings)], "s", "settings"),
    steady(QUIT, "q", "quit"),
    row(&[(KeyCode::Char('n'), Msg::Anew)], "n", "begin anew a story that you left"),
    row(ENDS, "Home End", "first and last"),
    row(PAGES, "PgUp PgDn", "scroll what is told on the right"),
    row(&[(KeyCode::Esc, Msg::Back)], "Esc", "show all scenarios again"),
];

const FILTER: &[Row] = &[
    hint(ENTER, "Enter", "keep"),
    hint(&[(KeyCode::Esc, Msg::Back)], "Esc", "show all"),
    row(&[(KeyCode::Backspace, Msg::Erase)], "Backspace", "erase"),
    row(&[(KeyCode::Up, Msg::Up), (KeyCode::Down, Msg::Down)], "↑↓", "move"),
];

const BRIEFING: &[Row] = &[
    hint(ENTER, "Enter", "begin"),
    hint(LEFT_RIGHT, "←→", "feedback"),
    steady(BACK, "q", "back"),
    row(UP_DOWN, "↑↓", "scroll"),
    row(PAGES, "PgUp PgDn", "scroll by a page"),
];

const CHOOSING: &[Row] = &[
    hint(PICK, NUMBERS, "choose"),
    hint(UP_DOWN, "↑↓", "select"),
    row(ENTER, "Enter", "choose the selected one"),
    UNDO,
    THE_BRIEFING,
    HISTORY,
    LEAVE,
    row(&[(KeyCode::Char(' '), Msg::PageDown)], "Space", "scroll the text"),
    row(PAGES, "PgUp PgDn", "scroll the text"),
];

const READING: &[Row] = &[
    hint(GO_ON, "Enter", "go on"),
    UNDO,
    THE_BRIEFING,
    HISTORY,
    LEAVE,
    row(UP_DOWN, "↑↓", "scroll the text"),
    row(PAGES, "PgUp PgDn", "scroll the text"),
];

const DEBRIEF: &[Row] = &[
    hint(LEFT_RIGHT, "←→", "page"),
    hint(&[(KeyCode::Char('o'), Msg::Roads)], "o", "roads not taken"),
    hint(&[(KeyCode::Char('e'), Msg::Export)], "e", "export"),
    THE_BRIEFING,
    steady(BACK, "q", "menu"),
    row(UP_DOWN, "↑↓", "scroll"),
    row(PAGES, "PgUp PgDn", "scroll"),
    row(PICK, "1-5", "a page by its number"),
    row(ENTER, "Enter", "next page"),
];

const DECISIONS: &[Row] = &[
    hint(LEFT_RIGHT, "←→", "page"),
    hint(UP_DOWN, "↑↓", "decision"),
    hint(&[(KeyCode::Char('r'), Msg::Replay)], "r", "replay from it"),
    hint(&[(KeyCode::Char('o'), Msg::Roads)], "o", "roads"),
    row(&[(KeyCode::Char('e'), Msg::Export)], "e", "write it into a file, to read and to print"),
    THE_BRIEFING,
    steady(BACK, "q", "menu"),
    row(PAGES, "PgUp PgDn", "scroll"),
    row(ENDS, "Home End", "first and last decision"),
    row(PICK, "1-5", "a page by its number"),
    row(ENTER, "Enter", "next page"),
];

const SETTINGS: &[Row] =
    &[MOVE, hint(LEFT_RIGHT, "←→", "change"), steady(BACK, "q", "back"), row(ENTER, "Enter", "change")];

const PROGRESS: &[Row] = &[
    hint(LEFT_RIGHT, "←→", "page"),
    steady(BACK, "q", "menu"),
    row(UP_DOWN, "↑↓", "scroll"),
    row(PAGES, "PgUp PgDn", "scroll by a page"),
    row(PICK, "1-2", "a page by its number"),
    row(ENTER, "Enter", "all runs"),
];

const RUNS: &[Row] = &[
    hint(LEFT_RIGHT, "←→", "page"),
    hint(UP_DOWN, "↑↓", "run"),
    hint(ENTER, "Enter", "its debrief"),
    steady(BACK, "q", "menu"),
    row(PAGES, "PgUp PgDn", "eight runs up or down"),
    row(ENDS, "Home End", "latest and first"),
    row(PICK, "1-2", "a page by its number"),
];

const CARD: &[Row] = &[
    steady(BACK, "q", "close"),
    hint(UP_DOWN, "↑↓", "scroll"),
    row(PAGES, "PgUp PgDn", "scroll by a page"),
    row(GO_ON, "Enter", "close"),
    row(ENDS, "Home End", "first and last"),
];

/// The rows of a context, most wanted first.
pub const fn rows(context: Context) -> &'static [Row] {
    match context {
        Context::Home => HOME,
        Context::Filter => FILTER,
        Context::Briefing => BRIEFING,
        Context::Choosing => CHOOSING,
        Context::Reading => READING,
        Context::Debrief => DEBRIEF,
        Context::Decisions => DECISIONS,
        Context::Settings => SETTINGS,
        Context::Progress => PROGRESS,
        Context::Runs => RUNS,
        Context::Card => CARD,
        Context::RoundBriefing => team::BRIEFING,
        Context::RankedChoosing => team::CHOOSING,
        Context::RankedReading => team::READING,
        Context::Teams => team::TEAMS,
        Context::Form => team::FORM,
        Context::Sure => team::SURE,
        Context::Session => team::SESSION,
        Context::Lobby => team::LOBBY,
        Context::Open => team::OPEN,
        Context::Frozen => team::FROZEN,
        Context::Sealed => team::SEALED,
        Context::Revealed => team::REVEALED,
        Context::Person => team::PERSON,
        Context::Board => team::BOARD,
        Context::Stage => team::STAGE,
        Context::Results => team::RESULTS,
    }
}

/// The help's own row, in every context but those where letters are typed.
pub const HELP: Row = steady(&[(KeyCode::Char('?'), Msg::Help), (KeyCode::F(1), Msg::Help)], "?", "keys");

/// The key of the panel under a file that is watched, in every context.
pub const PROBLEMS: Row = steady(&[(KeyCode::F(2), Msg::Problems)], "F2", "problems");

/// What a key asks of the panel under a file that is watched.
pub fn read_watching(key: KeyEvent) -> Option<Msg> {
    PROBLEMS.keys.iter().find(|(code, _)| *code == key.code).map(|(_, msg)| *msg)
}

/// What keys do with Ctrl held, everywhere.
pub const CONTROL: &[Row] = &[
    row(&[(KeyCode::Char('c'), Msg::Quit)], "Ctrl-C", "quit at once"),
    row(&[(KeyCode::Char('z'), Msg::Suspend)], "Ctrl-Z", "back to the shell; fg returns"),
    row(&[(KeyCode::Char('l'), Msg::Redraw)], "Ctrl-L", "draw the screen anew"),
];

/// What a key asks for where it is pressed, with keys of the player's own.
pub fn read(own: &OwnKeys, context: Context, key: KeyEvent) -> Option<Msg> {
    let control = key.modifiers.intersects(KeyModifiers::CONTROL);
    let code = if control || context.types() { key.code } else { own.usual(key.code)? };
    let find = |rows: &[Row]| rows.iter().flat_map(|row| row.keys).find(|(each, _)| *each == code).map(|(_, msg)| *msg);
    if control {
        return find(CONTROL);
    }
    if key.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::SUPER) {
        return None;
    }
    find(rows(context)).or_else(|| match (context, code) {
        (_, KeyCode::Char(letter)) if context.types() => Some(Msg::Type(letter)),
        _ if context.types() => None,
        _ => find(&[HELP]),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const ALL: [Context; 27] = [
        Context::Home,
        Context::Filter,
        Context::Briefing,
        Context::Choosing,
        Context::Reading,
        Context::Debrief,
        Context::Decisions,
        Context::Settings,
        Context::Progress,
        Context::Runs,
        Context::Card,
        Context::RoundBriefing,
        Context::RankedChoosing,
        Context::RankedReading,
        Context::Teams,
        Context::Form,
        Context::Sure,
        Context::Session,
        Context::Lobby,
        Context::Open,
        Context::Frozen,
        Context::Sealed,
        Context::Revealed,
        Context::Person,
        Context::Board,
        Context::Stage,
        Context::Results,
    ];

    #[test]
    fn no_key_means_two_things() {
        for context in ALL {
            let mut seen = HashSet::new();
            for (code, _) in rows(context).iter().chain([&HELP]).flat_map(|row| row.keys) {
                assert!(seen.insert(*code), "{context:?} {code:?}");
            }
        }
    }

    #[test]
    fn every_key_in_the_table_is_read() {
        for context in ALL {
            for (code, msg) in rows(context).iter().flat_map(|row| row.keys) {
                assert_eq!(read(&OwnKeys::default(), context, KeyEvent::new(*code, KeyModifiers::NONE)), Some(*msg));
            }
        }
        for (code, msg) in CONTROL.iter().flat_map(|row| row.keys) {
            assert_eq!(
                read(&OwnKeys::default(), Context::Filter, KeyEvent::new(*code, KeyModifiers::CONTROL)),
                Some(*msg)
            );
        }
    }

    #[test]
    fn letters_are_typed_into_the_filter() {
        let press = |letter| {
            read(&OwnKeys::default(), Context::Filter, KeyEvent::new(KeyCode::Char(letter), KeyModifiers::SHIFT))
        };
        assert_eq!(press('q'), Some(Msg::Type('q')));
        assert_eq!(press('?'), Some(Msg::Type('?')));
    }
}
