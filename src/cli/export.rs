//! `export`: runs as a page, a note, a table, a document or statements; to standard output or into a file.

mod file;
mod send;

use super::args::{Export, ExportFormat};
use super::replay::{Played, played};
use super::{Failure, Outcome, Streams, play};
use crate::record::Record;
use crate::report::export::{Format, Meta, Runs, Sheet, export, xapi};
use crate::scenario::library::Library;
use crate::story::Story;
use crate::text::Text;

/// A run to be exported, wherever it comes from.
struct Exportable {
    /// What to call it in errors; safe to print.
    name: String,
    story: Story,
    record: Record,
    meta: Meta,
}

pub(super) fn run(wanted: &Export, library: &Library, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let sender = match &wanted.send {
        Some(address) => Some(send::prepare(address, wanted.format, streams)?),
        None => None,
    };
    let runs = exportable(wanted, library, streams)?;
    let sheets = runs.iter().map(sheet).collect::<Result<Vec<_>, _>>()?;
    // One that was asked for stands for itself; several are a collection.
    let which = match &sheets[..] {
        [sheet] => Runs::One(sheet),
        all => Runs::All(all),
    };
    let format = format(wanted.format);
    match &wanted.output {
        Some(path) => file::write(path, |out| export(format, which, out))?,
        None if sender.is_some() => {}
        None => export(format, which, &mut streams.output)?,
    }
    sender.map_or(Ok(Outcome::Fine), |sender| send::run(&sender, &xapi::statements(&sheets), streams))
}

/// The runs that were asked for, in order. Files are all there is: they tell who played no more than when.
fn exportable(wanted: &Export, library: &Library, streams: &mut Streams<'_>) -> Result<Vec<Exportable>, Failure> {
    let player: Option<Text> = wanted.name.as_deref().and_then(play::player);
    let home = wanted.home_page.as_deref().map(home_page).transpose()?;
    let mut runs = Vec::with_capacity(wanted.runs.len());
    for file in &wanted.runs {
        let Played { name, record, story } = played(file, library, streams)?;
        let meta = Meta { home: home.clone(), ..Meta::of(&story, &record, player.clone()) };
        runs.push(Exportable { name, story, record, meta });
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
    Sheet::new(&run.story, run.record.clone(), run.meta.clone()).map_err(misfit)
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
