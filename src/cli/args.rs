//! What can be typed: commands, arguments, options.

mod team;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};

pub(super) use self::team::*;
use crate::prove::policies::Policy;
use crate::store::StoreName;
use crate::terms::Feedback;
use crate::tui::theme::ThemeName;

/// What stands below the options.
const AFTER: &str = "\
Exit codes: 0 fine, 1 the scenario or the run has problems, 2 could not do it.

Environment: RIDEALONG_SCENARIOS names the folder of your own scenarios, instead of the one in your data directory; \
RIDEALONG_STORE names the file that runs are kept in, or the server of your team's sessions (its address holds a \
password, so better here than in the command line); RIDEALONG_CONFIG names the file with your settings; \
RIDEALONG_LRS_NAME and RIDEALONG_LRS_PASSWORD are what \"export --send\" says to a Learning Record Store; \
NO_COLOR turns colours off.";

/// Practise leading your reps instead of taking over their customers.
///
/// You are the leader; a rep of yours owns the account. Choose what to do, and watch the customer's trust in the rep.
/// Without a command, the menu opens.
#[derive(Debug, Parser)]
#[command(name = "ridealong", version, about, max_term_width = 100)]
#[command(after_help = AFTER)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) screen: Screen,
    /// Where runs and team sessions are kept: a file, made if it isn't there; or a PostgreSQL server for the sessions,
    /// as `postgres://name:password@host/database`.
    #[arg(long, global = true, value_name = "FILE|ADDRESS")]
    pub(super) store: Option<StoreName>,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// How the screen looks; for the menu and for play.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
#[command(next_help_heading = "Screen")]
pub(super) struct Screen {
    /// Colours: by what the terminal tells, or one of these.
    #[arg(long, value_enum, value_name = "NAME")]
    pub(super) theme: Option<ThemeName>,
    /// Plain characters only, no lines and blocks.
    #[arg(long)]
    pub(super) ascii: bool,
    /// Nothing slides or moves.
    #[arg(long)]
    pub(super) reduce_motion: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Play a scenario.
    Play(Play),
    /// List the scenarios: id, title, level, minutes, rules, where from.
    List(List),
    /// Check scenario files: every problem in files or folders.
    Check(Check),
    /// Write a small, complete scenario to start from.
    New(New),
    /// Play a scenario file while it is being written: every save is shown at once.
    Watch(Watch),
    /// Draw a scenario's branches, edges by posture.
    Graph(Graph),
    /// Print the JSON Schema of scenario files, for completion and help in editors.
    Schema,
    /// List your runs, the latest first.
    History(Mine),
    /// Show what came of practice: scores over time, scores by rule, what is due.
    Progress(Mine),
    /// Remove what is kept about a player on this machine.
    Erase(Erase),
    /// Make and steer a team's session.
    Session {
        /// What to do.
        #[command(subcommand)]
        what: Session,
    },
    /// Join a team's session, and play its rounds.
    Join(Join),
    /// Show a session's public board.
    Board(Board),
    /// Send what is still to be sent to a team's store.
    Sync,
    /// Settle what players sent, or work out an exported session again.
    Verify(Verify),
    /// What concerns a team's store.
    Team {
        /// What to do.
        #[command(subcommand)]
        what: Team,
    },
    /// Work out the result of a run record.
    Replay(Replay),
    /// Write runs as a page to print, a note, a table, or a document for programs.
    Export(Export),
    /// Prove what can be met in a scenario, how it can end, and the best and worst score.
    Prove(Prove),
    /// Let bots play a scenario, and see whether leading, closing and staying away come apart.
    Simulate(Simulate),
    /// Print completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
}

#[derive(Debug, clap::Args)]
pub(super) struct Play {
    /// The id of a scenario, or the path of its file; asked for if left out.
    pub(super) scenario: Option<OsString>,
    /// Where chance comes from: the same number shows options in the same order and draws the same. Drawn and shown if
    /// left out.
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// When a choice is commented with its rule.
    #[arg(long, value_name = "WHEN", value_parser = feedback())]
    pub(super) feedback: Option<Feedback>,
    /// Line by line, without drawing: for screen readers and pipes.
    #[arg(long)]
    pub(super) plain: bool,
    /// With --plain: go on with the run that was left, if there is one.
    #[arg(long, requires = "plain", conflicts_with = "seed")]
    pub(super) resume: bool,
    /// Who plays.
    #[arg(long = "as", value_name = "NAME")]
    pub(super) name: Option<OsString>,
    #[command(flatten)]
    pub(super) screen: Screen,
}

impl Screen {
    /// With the options as they were given before the command, where it has none of its own.
    pub(super) fn on(self, before: Self) -> Self {
        Self {
            theme: self.theme.or(before.theme),
            ascii: self.ascii || before.ascii,
            reduce_motion: self.reduce_motion || before.reduce_motion,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// As one JSON document.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// Files and folders.
    #[arg(required_unless_present = "explain", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// How problems are written.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
    /// Warnings count as problems.
    #[arg(long)]
    pub(super) strict: bool,
    /// Tell what a code means, with an example of it and the same mended.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["paths", "strict", "format"])]
    pub(super) explain: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(super) struct New {
    /// The scenario's id: small letters, digits, single hyphens.
    #[arg(value_name = "ID")]
    pub(super) id: OsString,
    /// The folder for it; the one you are in if left out.
    #[arg(long, value_name = "DIR")]
    pub(super) path: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Watch {
    /// The file.
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Where chance comes from; it stays the same from save to save. Drawn if left out.
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    #[command(flatten)]
    pub(super) screen: Screen,
}

#[derive(Debug, clap::Args)]
pub(super) struct Graph {
    /// The id of a scenario, or the path of its file.
    pub(super) scenario: OsString,
    /// What to write it for.
    #[arg(long, value_enum, default_value_t = GraphFormat::Mermaid)]
    pub(super) format: GraphFormat,
}

/// What `graph` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum GraphFormat {
    /// Mermaid, for Markdown pages and mermaid.live.
    Mermaid,
    /// DOT, for Graphviz.
    Dot,
}

/// How `check` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the line in question and a caret.
    Human,
    /// A line a problem.
    Short,
    /// One JSON document.
    Json,
}

#[derive(Debug, clap::Args)]
pub(super) struct Mine {
    /// As one JSON document.
    #[arg(long)]
    pub(super) json: bool,
    /// Of this player; without it, of who plays without a name.
    #[arg(long = "as", value_name = "NAME", conflicts_with = "everybody")]
    pub(super) name: Option<OsString>,
    /// Of all players.
    #[arg(long)]
    pub(super) everybody: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Erase {
    /// What is kept of this player; without it, of who plays without a name.
    #[arg(long = "as", value_name = "NAME", conflicts_with = "everybody")]
    pub(super) name: Option<OsString>,
    /// What is kept of all players.
    #[arg(long)]
    pub(super) everybody: bool,
    /// Don't ask.
    #[arg(long)]
    pub(super) yes: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Replay {
    /// The run record; - reads standard input.
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// As one JSON document.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Export {
    /// Runs by their id in "history", or its first characters; or files with run records; - reads standard input.
    /// Several make one document.
    #[arg(value_name = "RUN", required_unless_present = "all")]
    pub(super) runs: Vec<PathBuf>,
    /// All runs of yours that came to their ending; with --as, those of this player.
    #[arg(long, conflicts_with = "runs")]
    pub(super) all: bool,
    /// What to write.
    #[arg(long, value_enum)]
    pub(super) format: ExportFormat,
    /// The file to write; what was in it is replaced. Standard output if left out.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Who played: of a run record, which doesn't say; or whose runs --all means.
    #[arg(long = "as", value_name = "NAME")]
    pub(super) name: Option<OsString>,
    /// xapi: the home page of the system in which players' names are accounts.
    #[arg(long, value_name = "URL")]
    pub(super) home_page: Option<String>,
    /// xapi: send the statements to the Learning Record Store at this address, with the name and password from the
    /// environment. Sending twice changes nothing.
    #[arg(long, value_name = "URL")]
    pub(super) send: Option<String>,
}

/// What `export` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// A page in one file, to look at and to print.
    Html,
    /// A note in Markdown.
    Md,
    /// A table, a row a decision.
    Csv,
    /// One JSON document.
    Json,
    /// Statements for a Learning Record Store (xAPI 1.0.3).
    Xapi,
}

#[derive(Debug, clap::Args)]
pub(super) struct Prove {
    /// The id of a scenario, or the path of its file.
    pub(super) scenario: OsString,
    /// States that each question may go through; beyond, there are bounds.
    #[arg(long, value_name = "N")]
    pub(super) budget: Option<u64>,
    /// As one JSON document.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Simulate {
    /// The id of a scenario, or the path of its file.
    pub(super) scenario: OsString,
    /// How the bot chooses; all of these, one after the other, if left out.
    #[arg(long, value_name = "NAME", value_parser = policy())]
    pub(super) policy: Option<Policy>,
    /// Plays of each policy.
    #[arg(long, value_name = "N", default_value_t = 3000, value_parser = clap::value_parser!(u64).range(1..=MOST_PLAYS))]
    pub(super) plays: u64,
    /// Where chance comes from: the same number gives the same result. Drawn and shown if left out.
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,
    /// As one JSON document.
    #[arg(long)]
    pub(super) json: bool,
    /// A missed band counts as a problem.
    #[arg(long)]
    pub(super) strict: bool,
}

/// More plays than this are a slip of the finger.
const MOST_PLAYS: u64 = 1_000_000_000_000;

fn policy() -> impl TypedValueParser<Value = Policy> {
    PossibleValuesParser::new(Policy::ALL.iter().map(|policy| policy.id()))
        .map(|policy| Policy::from_id(&policy).unwrap_or(Policy::Random))
}

fn feedback() -> impl TypedValueParser<Value = Feedback> {
    PossibleValuesParser::new(Feedback::ALL.iter().map(|when| when.id()))
        .map(|when| Feedback::from_id(&when).unwrap_or_default())
}
