//! Where `join` and `board` hand over to the screens.

use super::args::Screen;
use super::own::Own;
use super::{Failure, Outcome, play};
use crate::team::SessionCode;
use crate::text::Text;
use crate::tui::screens::team::Opening;

/// Opens a session on the screen, for somebody who has joined it or for whoever looks on, and tells how the screens
/// ended.
pub(super) fn open(
    code: SessionCode,
    who: Option<&Text>,
    screen: Screen,
    own: &Own,
) -> Option<Result<Outcome, Failure>> {
    let opening = match who {
        Some(name) => Opening::Session(code, name.clone()),
        None => Opening::Board(code),
    };
    Some(play::menu_at(Some(opening), screen, own))
}
