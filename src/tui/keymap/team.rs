//! Keys of the screens for team sessions.

use crossterm::event::KeyCode;

use super::{
    BACK, ENDS, ENTER, GO_ON, HISTORY, LEAVE, LEFT_RIGHT, NUMBERS, PAGES, PICK, Row, THE_BRIEFING, UP_DOWN, hint, row,
    steady,
};
use crate::tui::msg::{Msg, Steering};

/// Where `j` joins.
const ARROWS: &[(KeyCode, Msg)] = &[(KeyCode::Up, Msg::Up), (KeyCode::Down, Msg::Down)];

const THE_BOARD: Row = steady(&[(KeyCode::Char('b'), Msg::Board)], "b", "board");
const AWAY: Row = steady(BACK, "q", "back");
const PEOPLE: Row = row(UP_DOWN, "↑↓", "who has joined");
const PERSON_OF: Row = row(ENTER, "Enter", "the one selected: name, runs, off the board");
const LISTS: Row = row(LEFT_RIGHT, "←→", "who has joined, and what was refused");
const BY_PAGE: Row = row(PAGES, "PgUp PgDn", "a page up or down");
const SEAL: &[(KeyCode, Msg)] = &[(KeyCode::Char('s'), Msg::Step(Steering::Seal))];
const FREEZE: &[(KeyCode, Msg)] = &[(KeyCode::Char('f'), Msg::Step(Steering::Freeze))];
const PAUSE: &[(KeyCode, Msg)] = &[(KeyCode::Char('p'), Msg::Step(Steering::Pause))];
const EXTEND: &[(KeyCode, Msg)] = &[(KeyCode::Char('e'), Msg::Step(Steering::Extend))];
const CLOSE: Row = row(&[(KeyCode::Char('c'), Msg::Step(Steering::Close))], "c", "close: no more tickets from now on");
const BANDS: &[(KeyCode, Msg)] = &[(KeyCode::Char('b'), Msg::Bands)];

pub(super) const BRIEFING: &[Row] = &[
    hint(ENTER, "Enter", "begin"),
    steady(BACK, "q", "back"),
    row(UP_DOWN, "↑↓", "scroll"),
    row(PAGES, "PgUp PgDn", "scroll by a page"),
];

pub(super) const CHOOSING: &[Row] = &[
    hint(PICK, NUMBERS, "choose"),
    hint(UP_DOWN, "↑↓", "select"),
    row(ENTER, "Enter", "choose the selected one"),
    THE_BRIEFING,
    HISTORY,
    LEAVE,
    row(&[(KeyCode::Char(' '), Msg::PageDown)], "Space", "scroll the text"),
    row(PAGES, "PgUp PgDn", "scroll the text"),
];

pub(super) const READING: &[Row] = &[
    hint(GO_ON, "Enter", "go on"),
    THE_BRIEFING,
    HISTORY,
    LEAVE,
    row(UP_DOWN, "↑↓", "scroll the text"),
    row(PAGES, "PgUp PgDn", "scroll the text"),
];

pub(super) const TEAMS: &[Row] = &[
    hint(ENTER, "Enter", "open"),
    hint(&[(KeyCode::Char('j'), Msg::Join)], "j", "join by code"),
    hint(&[(KeyCode::Char('n'), Msg::Anew)], "n", "new session"),
    steady(&[(KeyCode::Char('f'), Msg::Steer)], "f", "facilitate"),
    THE_BOARD,
    steady(BACK, "q", "menu"),
    row(ARROWS, "↑↓", "move"),
    row(ENDS, "Home End", "first and last"),
];

pub(super) const FORM: &[Row] = &[
    hint(ENTER, "Enter", "next"),
    hint(&[(KeyCode::Tab, Msg::Down), (KeyCode::BackTab, Msg::Up)], "Tab", "another field"),
    steady(&[(KeyCode::Esc, Msg::Back)], "Esc", "back"),
    row(ARROWS, "↑↓", "another field"),
    row(&[(KeyCode::Left, Msg::Left), (KeyCode::Right, Msg::Right)], "←→", "move in it, or choose"),
    row(&[(KeyCode::Backspace, Msg::Erase), (KeyCode::Delete, Msg::Delete)], "Backspace", "erase"),
    row(ENDS, "Home End", "to its beginning and end"),
];

pub(super) const SURE: &[Row] = &[hint(ENTER, "Enter", "yes"), hint(BACK, "Esc", "no, leave it")];

pub(super) const SESSION: &[Row] = &[
    hint(ENTER, "Enter", "play"),
    hint(UP_DOWN, "↑↓", "round"),
    THE_BOARD,
    AWAY,
    row(LEFT_RIGHT, "←→", "play as somebody else who joined here"),
    row(ENDS, "Home End", "first and last round"),
    row(PAGES, "PgUp PgDn", "scroll"),
];

pub(super) const LOBBY: &[Row] = &[
    hint(&[(KeyCode::Char('o'), Msg::Step(Steering::Open))], "o", "open"),
    hint(EXTEND, "e", "5 min more"),
    row(SEAL, "s", "seal: take nothing more"),
    CLOSE,
    THE_BOARD,
    AWAY,
    PEOPLE,
    PERSON_OF,
    LISTS,
    BY_PAGE,
];

pub(super) const OPEN: &[Row] = &[
    hint(FREEZE, "f", "freeze"),
    hint(PAUSE, "p", "pause or go on"),
    hint(EXTEND, "e", "5 min more"),
    row(SEAL, "s", "seal: take nothing more"),
    CLOSE,
    THE_BOARD,
    AWAY,
    PEOPLE,
    PERSON_OF,
    LISTS,
    BY_PAGE,
];

pub(super) const FROZEN: &[Row] = &[
    hint(SEAL, "s", "seal"),
    hint(PAUSE, "p", "pause or go on"),
    hint(EXTEND, "e", "5 min more"),
    CLOSE,
    THE_BOARD,
    AWAY,
    PEOPLE,
    PERSON_OF,
    LISTS,
    BY_PAGE,
];

pub(super) const SEALED: &[Row] = &[
    hint(&[(KeyCode::Char('r'), Msg::Step(Steering::Reveal))], "r", "reveal a place"),
    hint(UP_DOWN, "↑↓", "people"),
    THE_BOARD,
    AWAY,
    PERSON_OF,
    LISTS,
    BY_PAGE,
];

pub(super) const REVEALED: &[Row] = &[
    hint(&[(KeyCode::Char('r'), Msg::Results)], "r", "results"),
    hint(UP_DOWN, "↑↓", "people"),
    THE_BOARD,
    AWAY,
    PERSON_OF,
    LISTS,
    BY_PAGE,
];

pub(super) const PERSON: &[Row] = &[
    hint(&[(KeyCode::Char('n'), Msg::Rename)], "n", "name"),
    hint(&[(KeyCode::Char('x'), Msg::Remove)], "x", "off the board, or back"),
    hint(&[(KeyCode::Char('w'), Msg::Withdraw)], "w", "run counts, or not"),
    hint(&[(KeyCode::Char('d'), Msg::Forget)], "d", "erase"),
    AWAY,
    row(UP_DOWN, "↑↓", "run"),
];

pub(super) const BOARD: &[Row] = &[
    hint(BANDS, "b", "points or bands"),
    hint(LEFT_RIGHT, "←→", "people or teams"),
    steady(BACK, "q", "back"),
    row(UP_DOWN, "↑↓", "scroll"),
    row(PAGES, "PgUp PgDn", "scroll by a page"),
    row(ENDS, "Home End", "first and last"),
];

pub(super) const STAGE: &[Row] = &[
    hint(
        &[
            (KeyCode::Enter, Msg::Step(Steering::Reveal)),
            (KeyCode::Char(' '), Msg::Step(Steering::Reveal)),
            (KeyCode::Char('r'), Msg::Step(Steering::Reveal)),
        ],
        "Enter",
        "reveal a place",
    ),
    steady(BACK, "q", "back"),
    row(BANDS, "b", "points or bands"),
    row(LEFT_RIGHT, "←→", "people or teams"),
    row(UP_DOWN, "↑↓", "scroll"),
    row(PAGES, "PgUp PgDn", "scroll by a page"),
    row(ENDS, "Home End", "first and last"),
];

pub(super) const RESULTS: &[Row] = &[
    hint(LEFT_RIGHT, "←→", "round"),
    hint(UP_DOWN, "↑↓", "scroll"),
    steady(BACK, "q", "back"),
    row(PAGES, "PgUp PgDn", "scroll by a page"),
    row(ENDS, "Home End", "first and last"),
];
