//! `export --send`: statements to a learning record store, and what came of it.

use std::io;
use std::thread;

use crate::cli::args::ExportFormat;
use crate::cli::{Failure, Outcome, Streams};
use crate::lrs::{Client, Credentials, Delivered, Endpoint, send};
use crate::report::export::xapi::Statement;

/// The variables that hold the store's name and password for us.
const NAME: &str = "RIDEALONG_LRS_NAME";
const PASSWORD: &str = "RIDEALONG_LRS_PASSWORD";
/// Refused statements that are told one by one.
const TOLD: usize = 20;

/// A client with an address to tell.
pub(super) struct Sender {
    client: Client,
    endpoint: Endpoint,
}

/// Gets ready to send. The environment is read here, at the edge.
pub(super) fn prepare(address: &str, format: ExportFormat, streams: &mut Streams<'_>) -> Result<Sender, Failure> {
    if format != ExportFormat::Xapi {
        return Err(Failure::cannot("only statements can be sent; use --format xapi with --send"));
    }
    let endpoint = Endpoint::parse(address).map_err(|error| Failure::cannot(format!("--send: {error}")))?;
    let credentials = Credentials { name: variable(NAME)?, password: variable(PASSWORD)? };
    if credentials.name.contains(':') {
        return Err(Failure::cannot(format!(
            "{NAME} has a colon in it, which no such name may have; look at it again"
        )));
    }
    if endpoint.is_in_the_clear() {
        let warning =
            "http:// sends name and password for everybody on the way to read; use https:// if the store has it";
        writeln!(streams.errors, "ridealong: {warning}")?;
    }
    Ok(Sender { client: Client::new(endpoint.clone(), &credentials), endpoint: endpoint.clone() })
}

fn variable(name: &str) -> Result<String, Failure> {
    let missing =
        || Failure::cannot(format!("{name} is not set; put the store's name and password into {NAME} and {PASSWORD}"));
    std::env::var(name).ok().filter(|value| !value.is_empty()).ok_or_else(missing)
}

/// Sends, and tells what came of it.
pub(super) fn run(sender: &Sender, statements: &[Statement], streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    if statements.is_empty() {
        writeln!(streams.output, "No statements to send: none of the runs has ended.")?;
        return Ok(Outcome::Fine);
    }
    match send(&sender.client, statements, &mut thread::sleep) {
        Ok(delivered) => {
            tell(&delivered, statements.len(), &sender.endpoint, streams)?;
            Ok(if delivered.refused.is_empty() { Outcome::Fine } else { Outcome::Partly })
        }
        Err((error, delivered)) => {
            if delivered != Delivered::default() {
                tell(&delivered, statements.len(), &sender.endpoint, streams)?;
            }
            Err(Failure::cannot(format!("{}: {error}", sender.endpoint)))
        }
    }
}

fn tell(delivered: &Delivered, all: usize, endpoint: &Endpoint, streams: &mut Streams<'_>) -> io::Result<()> {
    let Delivered { taken, there, refused } = delivered;
    let statements = if all == 1 { "statement" } else { "statements" };
    let refusals = refused.len();
    writeln!(
        streams.output,
        "{all} {statements} for {endpoint}: {taken} taken, {there} there already, {refusals} refused."
    )?;
    for (name, why) in refused.iter().take(TOLD) {
        writeln!(streams.errors, "ridealong: refused: {name}: {why}")?;
    }
    if refusals > TOLD {
        writeln!(streams.errors, "ridealong: refused: {} more", refusals - TOLD)?;
    }
    Ok(())
}
