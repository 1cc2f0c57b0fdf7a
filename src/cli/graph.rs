//! `graph`: a scenario's branches, for a tool that draws them.

use super::args::{Graph, GraphFormat};
use super::{Failure, Outcome, Streams, play};
use crate::scenario::graph;
use crate::scenario::library::Library;

pub(super) fn run(wanted: &Graph, library: &Library, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let entry = library.find(&wanted.scenario).map_err(Failure::cannot)?;
    let scenario = play::scenario(entry, streams)?;
    let drawn = match wanted.format {
        GraphFormat::Mermaid => graph::mermaid(&scenario),
        GraphFormat::Dot => graph::dot(&scenario),
    };
    streams.output.write_all(drawn.as_bytes())?;
    Ok(Outcome::Fine)
}
