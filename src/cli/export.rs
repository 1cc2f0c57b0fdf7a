//! `export`: runs as a page, a note, a table, a document or statements; to standard output or into a file.

mod kept;
mod send;

use std::path::{Path, PathBuf};

use self::kept::Exportable;
use super::args::{Export, ExportFormat};
use super::kept::Kept;
use super::replay::{Played, played};
use super::{Failure, Outcome, Streams, play, write_file};
use crate::keeper::Opening;
use crate::report::export::{Format, Meta, Runs, Sheet, export, xapi};
use crate::scenario::library::Library;
use crate::text::Text;

pub(super) fn run(
    wanted: &Export,
    store: Opening,
    library: &Library,
    streams: &mut Streams<'_>,
) -> Result<Outcome, Failure> {
    let sender = match &wanted.send {
        Some(address) => Some(send::prepare(address, wanted.format, streams)?),
        None => None,
    };
    let runs = exportable(wanted, store, library, streams)?;
    let sheets = runs.iter().map(sheet).collect::<Result<Vec<_>, _>>()?;
    // One that was asked for stands for itself; all are a collection, however many there are.
    let which = match &sheets[..] {
        [sheet] if !wanted.all => Runs::One(sheet),
        all => Runs::All(all),
    };
    let format = format(wanted.format);
    match &wanted.output {
        Some(path) => write_file(path, |out| export(format, which, out))?,
        None if sender.is_some() => {}
        None => export(format, which, &mut streams.output)?,
    }
    sender.map_or(Ok(Outcome::Fine), |sender| send::run(&sender, &xapi::statements(&sheets), streams))
}

/// The runs that were asked for, in order.
fn exportable(
    wanted: &Export,
    store: Opening,
    library: &Library,
    streams: &mut Streams<'_>,
) -> Result<Vec<Exportable>, Failure> {
    let home = wanted.home_page.as_deref().map(home_page).transpose()?;
    let player: Option<Text> = wanted.name.as_deref().and_then(play::player);
    let mut runs = Vec::with_capacity(wanted.runs.len());
    // Ids have neither dots nor slashes in them.
    let is_file = |run: &Path| run == Path::new("-") || run.extension().is_some() || run.components().count() > 1;
    let is_kept = |run: &PathBuf| !is_file(run) && !run.exists();
    let mut kept = if wanted.all || wanted.runs.iter().any(is_kept) {
        Some(Kept::open(store, wanted.name.as_deref(), false, streams)?)
    } else {
        None
    };
    if let Some(kept) = kept.as_mut().filter(|_| wanted.all) {
        runs = kept::all(kept, library)?;
    }
    for run in &wanted.runs {
        match &mut kept {
            Some(kept) if is_kept(run) => runs.push(kept::one(run, kept, library)?),
            _ => {
                let Played { name, record, story } = played(run, library, streams)?;
                let meta = Meta::of(&story, &record, player.clone());
                runs.push(Exportable { name, story, record, meta, first: None });
            }
        }
    }
    for run in &mut runs {
        run.meta.home.clone_from(&home);
    }
    Ok(runs)
}

/// The home page of players' accounts. The error doesn't quote it: there may be a password in it.
fn home_page(address: &str) -> Result<Text, Failure> {
    let told = "--home-page: this is no web address; one looks like https://hr.example.com";
    if xapi::is_home_page(address) { Ok(Text::clean(address)) } else { Err(Failure::cannot(told)) }
}

fn sheet(run: &Exportable) -> Result<Sheet<'_>, Failure> {
    let misfit = |misfit| Failure::problem(format!("{}: {misfit}", run.name));
    let sheet = Sheet::new(&run.story, run.record.clone(), run.meta.clone()).map_err(misfit)?;
    // A first attempt of another version of the story says nothing about this one.
    let first = run.first.as_ref().and_then(|first| first.replay(&run.story).ok());
    Ok(match first {
        Some(first) => sheet.with_first(first),
        None => sheet,
    })
}

const fn format(wanted: ExportFormat) -> Format {
    match wanted {
        ExportFormat::Html => Format::Html,
        ExportFormat::Md => Format::Markdown,
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Json => Format::Json,
        ExportFormat::Xapi => Format::Xapi,
    }
}
