//! Where `join` and `board` hand over to the screens.

use super::args::Screen;
use super::own::Own;
use super::{Failure, Outcome, play};
use crate::text::Text;
use crate::tui::screens::team::Opening;

/// Opens a session or its board on the screen, and tells how the screens ended.
pub(super) fn open(opening: Opening, name: Option<&Text>, screen: Screen, own: &Own) -> Result<Outcome, Failure> {
    play::on_screen(screen, own, name.cloned(), Some(opening))
}
