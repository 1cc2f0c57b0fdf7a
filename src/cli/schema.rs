//! `schema`: what an editor needs to help with scenario files.

use super::{Failure, Outcome, Streams};
use crate::scenario::schema;

pub(super) fn run(streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    streams.output.write_all(schema::text().as_bytes())?;
    Ok(Outcome::Fine)
}
