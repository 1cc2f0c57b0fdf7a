//! What can be typed of team sessions.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};

use super::{List, feedback};
use crate::team::SessionCode;
use crate::terms::Feedback;

/// What a facilitator does.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Session {
    /// Make a session: its rounds are scenarios that everybody plays once.
    Create(Create),
    /// List the sessions in the store, the last one first.
    List(List),
    /// Show how a session stands: players, runs, the live board, what was refused. For the facilitator's eyes.
    Show(Show),
    /// Give out tickets from now on.
    Open(At),
    /// Hold the public board as it stands now, whatever comes.
    Freeze(At),
    /// Take nothing more, and make the last board.
    Seal(At),
    /// Show one more place of the last board to everybody, from the bottom.
    Reveal(Reveal),
    /// Give out no tickets for a while.
    Pause(At),
    /// Give them out again.
    Resume(At),
    /// Give out the last ticket now; runs under way are taken for the time of grace.
    Close(At),
    /// Close later.
    Extend(Extend),
    /// Take a run back: it is kept and marked, and doesn't count.
    Withdraw(Withdraw),
    /// Give somebody another name.
    Rename(Rename),
    /// Take somebody off the board.
    Remove(Remove),
    /// Erase somebody: their name is gone, and what they sent before doesn't bring it back.
    Erase(EraseMember),
    /// Write all that there is of a session: every rank can be worked out again from it, see "verify".
    Export(ExportSession),
    /// Write what the room chose, for the talk afterwards.
    Results(Results),
}

/// A session by its code.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct At {
    /// The session's code, as in KQ7-MFD.
    pub(in crate::cli) code: SessionCode,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Create {
    /// Scenarios by id or path, in the order in which they are played.
    #[arg(required = true, value_name = "SCENARIO")]
    pub(in crate::cli) scenarios: Vec<OsString>,
    /// What it is called.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) title: String,
    /// Where everybody's chance comes from. Drawn and shown if left out.
    #[arg(long, value_name = "N")]
    pub(in crate::cli) seed: Option<u64>,
    /// When choices are commented.
    #[arg(long, value_name = "WHEN", value_parser = feedback(), default_value = "end")]
    pub(in crate::cli) feedback: Feedback,
    /// When it opens by itself: 2026-11-27T15:00 or, today, 15:00. Without it, "session open" opens it.
    #[arg(long, value_name = "TIME")]
    pub(in crate::cli) opens: Option<String>,
    /// When the last ticket is given out. Without it, "session close" or "session seal" ends it.
    #[arg(long, value_name = "TIME")]
    pub(in crate::cli) closes: Option<String>,
    /// How many minutes after that runs are still taken.
    #[arg(long, value_name = "MINUTES", default_value_t = 15)]
    pub(in crate::cli) grace: u32,
    /// A team; several times for several. Without any, everybody may name their own.
    #[arg(long = "team", value_name = "NAME")]
    pub(in crate::cli) teams: Vec<OsString>,
    /// A team with fewer ranked members is listed, but not ranked.
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(in crate::cli) team_minimum: u32,
    /// Rounds that it takes to be ranked; all of them if left out.
    #[arg(long, value_name = "N")]
    pub(in crate::cli) needed: Option<u8>,
    /// Points that are too near to tell apart.
    #[arg(long, value_name = "POINTS", default_value_t = 8, value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(in crate::cli) band: u8,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Show {
    #[command(flatten)]
    pub(in crate::cli) at: At,
    /// As one JSON document.
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Reveal {
    #[command(flatten)]
    pub(in crate::cli) at: At,
    /// All places at once.
    #[arg(long)]
    pub(in crate::cli) all: bool,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Extend {
    #[command(flatten)]
    pub(in crate::cli) at: At,
    /// How many minutes later.
    pub(in crate::cli) minutes: u32,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Withdraw {
    #[command(flatten)]
    pub(in crate::cli) at: At,
    /// The run's id in "session show", or its first characters.
    pub(in crate::cli) run: String,
    /// Let it count again.
    #[arg(long)]
    pub(in crate::cli) undo: bool,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Rename {
    #[command(flatten)]
    pub(in crate::cli) at: At,
    /// A name, or the first characters of an id in "session show".
    pub(in crate::cli) player: OsString,
    /// The new name.
    pub(in crate::cli) name: OsString,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Remove {
    #[command(flatten)]
    pub(in crate::cli) at: At,
    /// A name, or the first characters of an id in "session show".
    pub(in crate::cli) player: OsString,
    /// Put them back.
    #[arg(long)]
    pub(in crate::cli) undo: bool,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct EraseMember {
    #[command(flatten)]
    pub(in crate::cli) at: At,
    /// A name, or the first characters of an id in "session show".
    pub(in crate::cli) player: OsString,
    /// Don't ask.
    #[arg(long)]
    pub(in crate::cli) yes: bool,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct ExportSession {
    #[command(flatten)]
    pub(in crate::cli) at: At,
    /// What to write.
    #[arg(long, value_enum, default_value_t = SessionFormat::Json)]
    pub(in crate::cli) format: SessionFormat,
    /// The file to write; what was in it is replaced. Standard output if left out.
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
}

/// What `session export` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum SessionFormat {
    /// One document with everything that it takes to work out every rank.
    Json,
    /// A table, a row a run.
    Csv,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Results {
    #[command(flatten)]
    pub(in crate::cli) at: At,
    /// What to write.
    #[arg(long, value_enum, default_value_t = ResultsFormat::Html)]
    pub(in crate::cli) format: ResultsFormat,
    /// The file to write; what was in it is replaced. Standard output if left out.
    #[arg(short, long, value_name = "FILE")]
    pub(in crate::cli) output: Option<PathBuf>,
    /// While the session still goes on.
    #[arg(long)]
    pub(in crate::cli) now: bool,
}

/// What `session results` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ResultsFormat {
    /// A page in one file, to show to the room and to print.
    Html,
    /// One JSON document.
    Json,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Join {
    #[command(flatten)]
    pub(in crate::cli) at: At,
    /// Under what name; an alias is fine.
    #[arg(long = "as", value_name = "NAME")]
    pub(in crate::cli) name: OsString,
    /// For which team.
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) team: Option<OsString>,
    /// Play the rounds line by line, in order: for screen readers and pipes. A round that was left goes on.
    #[arg(long)]
    pub(in crate::cli) plain: bool,
    /// With --plain: this round alone; once it has been played, for practice.
    #[arg(long, value_name = "N", requires = "plain")]
    pub(in crate::cli) round: Option<u8>,
    #[command(flatten)]
    pub(in crate::cli) screen: super::Screen,
}

#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option")]
pub(in crate::cli) struct Board {
    #[command(flatten)]
    pub(in crate::cli) at: At,
    /// Line by line, also on a terminal.
    #[arg(long)]
    pub(in crate::cli) plain: bool,
    /// As one JSON document.
    #[arg(long, conflicts_with_all = ["plain", "csv"])]
    pub(in crate::cli) json: bool,
    /// As a table.
    #[arg(long, conflicts_with = "plain")]
    pub(in crate::cli) csv: bool,
    /// Those whose points are too near to tell apart stand together.
    #[arg(long, conflicts_with_all = ["json", "csv"])]
    pub(in crate::cli) bands: bool,
    /// Write it again whenever it changes, until Ctrl-C.
    #[arg(long)]
    pub(in crate::cli) watch: bool,
    #[command(flatten)]
    pub(in crate::cli) screen: super::Screen,
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Verify {
    /// A session's code: what was sent to it is settled. Or the file of a "session export", or - for standard input:
    /// every run is replayed and every rank worked out again. All sessions if left out.
    #[arg(value_name = "CODE|FILE")]
    pub(in crate::cli) what: Option<OsString>,
    /// Settle every second, until Ctrl-C.
    #[arg(long)]
    pub(in crate::cli) watch: bool,
}

/// What concerns a team's store.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum Team {
    /// Print the SQL that gives roles in PostgreSQL what they need, and no more.
    Grants(Grants),
}

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Grants {
    /// The role that players' programs connect with.
    #[arg(long, value_name = "ROLE")]
    pub(in crate::cli) player: Option<String>,
    /// The role that facilitators' programs connect with, which verify what players send.
    #[arg(long, value_name = "ROLE")]
    pub(in crate::cli) verifier: Option<String>,
}
