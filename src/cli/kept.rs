//! What is kept: opened, read, and told of where it isn't as it should be.

use std::ffi::OsStr;

use jiff::Timestamp;

use super::play::player;
use super::{Failure, Streams};
use crate::keeper::Opening;
use crate::scenario::library::shown;
use crate::store::sqlite::SetAside;
use crate::store::{AtHand, KeptRun, Row};
use crate::text::Text;

/// Runs at hand.
pub(super) struct Kept {
    pub(super) at_hand: AtHand,
    /// Whose they are to be; nobody's name is empty, and no name is everybody's.
    player: Option<Text>,
}

impl Kept {
    /// Opens the store. What is wrong with it, or with single runs in it, is told on standard error.
    pub(super) fn open(
        store: Opening,
        name: Option<&OsStr>,
        everybody: bool,
        streams: &mut Streams<'_>,
    ) -> Result<Self, Failure> {
        let location = store.map_err(Failure::cannot)?;
        let at_hand = AtHand::open(&location, Timestamp::now()).map_err(Failure::cannot)?;
        if let Some(SetAside { to, saved }) = &at_hand.aside {
            let to = shown(to);
            writeln!(
                streams.errors,
                "ridealong: {location} was damaged and is now {to}; {saved} runs could be taken over from it"
            )?;
        }
        let player = (!everybody).then(|| name.and_then(player).unwrap_or_default());
        Ok(Self { at_hand, player })
    }

    /// Whose runs are meant, as `None` for everybody's.
    pub(super) const fn player(&self) -> Option<&Text> {
        self.player.as_ref()
    }

    /// The rows that are meant, in the order in which they were begun; those that somebody has altered among them, since
    /// nobody knows whose they are.
    pub(super) fn rows(&self) -> impl DoubleEndedIterator<Item = &Row> {
        self.at_hand.rows.iter().filter(|row| is_meant(row, self.player.as_ref()))
    }

    /// The runs among them.
    pub(super) fn runs(&self) -> impl DoubleEndedIterator<Item = &KeptRun> {
        self.rows().filter_map(Row::run)
    }

    /// The runs among them, for good.
    pub(super) fn into_runs(self) -> impl Iterator<Item = KeptRun> {
        let Self { at_hand, player } = self;
        at_hand.rows.into_iter().filter(move |row| is_meant(row, player.as_ref())).filter_map(Row::into_run)
    }
}

fn is_meant(row: &Row, player: Option<&Text>) -> bool {
    match (row, player) {
        (Row::Good(run, _), Some(player)) => run.player == *player,
        (Row::Good(..), None) | (Row::Altered { .. }, _) => true,
    }
}
