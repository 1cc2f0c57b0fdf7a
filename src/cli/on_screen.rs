//! Where `join` and `board` hand over to the screens.

use super::args::Screen;
use super::own::Own;
use super::{Failure, Outcome};
use crate::team::SessionCode;
use crate::text::Text;

/// Opens a session on the screen, for somebody who has joined it or for whoever looks on, and tells how the screens
/// ended. Nothing as long as there is no screen for it: then lines of text do.
#[allow(clippy::missing_const_for_fn, reason = "it takes the terminal once there is a screen")]
pub(super) fn open(_: SessionCode, _: Option<&Text>, _: Screen, _: &Own) -> Option<Result<Outcome, Failure>> {
    None
}
