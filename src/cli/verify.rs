//! `verify`: settles what players sent; or works out an exported session again.

use std::ffi::OsStr;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::time::Duration;

use super::args::Verify;
use super::own::Own;
use super::{Failure, Outcome, Streams, read_all};
use crate::courier::{CourierError, Reach, settle};
use crate::keeper::story_of;
use crate::scenario::library::{ReadError, shown};
use crate::store::Settled;
use crate::team::archive::{Archive, FORMAT, Verification, verify};
use crate::team::verify::Copies;
use crate::team::{Phase, SessionCode};

/// How often what was sent is settled.
const AGAIN: Duration = Duration::from_secs(1);
/// A document of more bytes than this is none of ours.
const LARGEST: u64 = 1 << 30;

pub(super) fn run(wanted: &Verify, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    match wanted.what.as_deref() {
        None => letters(None, wanted.watch, own, streams),
        Some(what) => match what.to_str().and_then(|typed| typed.parse().ok()).filter(|_| !Path::new(what).exists()) {
            Some(code) => letters(Some(code), wanted.watch, own, streams),
            None if wanted.watch => {
                Err(Failure::cannot("a document doesn't change; --watch goes with a session's code"))
            }
            None => document(what, streams),
        },
    }
}

/// Settles what was sent to one session, or to all.
fn letters(only: Option<SessionCode>, watch: bool, own: &Own, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let mut reach = own.reach()?;
    let settled = all(&mut reach, only)?;
    if settled.is_empty() {
        writeln!(streams.output, "No session to verify.")?;
    }
    for (code, settled) in settled {
        tell(code, settled, streams)?;
    }
    if !watch {
        return Ok(Outcome::Fine);
    }
    let mut trouble = None;
    loop {
        streams.output.flush()?;
        std::thread::sleep(AGAIN);
        match all(&mut reach, only) {
            Ok(settled) => {
                trouble = None;
                for (code, settled) in settled.into_iter().filter(|(_, settled)| settled.looked_at() > settled.later) {
                    tell(code, settled, streams)?;
                }
            }
            // Told once, and tried again.
            Err(error) if trouble.as_ref() != Some(&error) => {
                writeln!(streams.errors, "ridealong: {error}")?;
                trouble = Some(error);
            }
            Err(_) => {}
        }
    }
}

fn all(reach: &mut Reach, only: Option<SessionCode>) -> Result<Vec<(SessionCode, Settled)>, CourierError> {
    reach.run(move |stores| {
        let team = &mut stores.team;
        let mut codes = Vec::from_iter(only);
        if codes.is_empty() {
            let now = team.now()?;
            let going = team.sessions()?.into_iter().filter(|session| session.phase(now) < Phase::Sealed);
            codes.extend(going.map(|session| session.code));
        }
        let mut settled = Vec::new();
        for code in codes {
            settled.push((code, settle(team, &mut stores.local, code, &mut stores.copies)?));
        }
        Ok(settled)
    })
}

fn tell(code: SessionCode, settled: Settled, streams: &mut Streams<'_>) -> Result<(), Failure> {
    let Settled { taken, refused, again, later } = settled;
    let again = if again > 0 { format!(", {again} known already") } else { String::new() };
    let later = if later > 0 { format!(", {later} wait for others") } else { String::new() };
    writeln!(streams.output, "{code}: {taken} taken, {refused} refused{again}{later}.")?;
    Ok(())
}

/// Works out an exported session again.
fn document(file: &OsStr, streams: &mut Streams<'_>) -> Result<Outcome, Failure> {
    let (name, bytes) = read(file, streams)?;
    let broken = |why: String| Failure::problem(format!("{name} is no exported session: {why}"));
    let archive: Archive = serde_json::from_slice(&bytes).map_err(|error| {
        let at = format!("line {}, column {}", error.line(), error.column());
        broken(format!("what stands at {at} doesn't belong there; \"ridealong session export\" writes one"))
    })?;
    if archive.format != FORMAT {
        return Err(broken(format!("it doesn't say \"{FORMAT}\"; it may be of another version of the program")));
    }
    let mut copies = Copies::new();
    for source in &archive.scenarios {
        if let Some(story) = story_of(&source.hash, &source.source) {
            copies.insert(source.hash.clone(), story);
        }
    }
    let Verification { replayed, numbers, boards, lines, differences } = verify(&archive, &copies);
    for difference in &differences {
        writeln!(streams.output, "{difference}")?;
    }
    let code = archive.session.code;
    let trusted = if numbers > 0 { format!(", {numbers} known by their numbers alone") } else { String::new() };
    let found = match differences.len() {
        0 => "no difference".to_owned(),
        1 => "1 difference".to_owned(),
        many => format!("{many} differences"),
    };
    writeln!(
        streams.output,
        "{code}: runs replayed: {replayed}{trusted}; boards: {boards}, with {lines} lines; {found}."
    )?;
    Ok(if differences.is_empty() { Outcome::Fine } else { Outcome::Problems })
}

/// The document's bytes, and what it is called.
fn read(file: &OsStr, streams: &mut Streams<'_>) -> Result<(String, Vec<u8>), Failure> {
    if file == "-" {
        return Ok(("standard input".to_owned(), read_all(streams.input, LARGEST)?));
    }
    let path = Path::new(file);
    // An address has a password in it: it isn't repeated.
    if file.to_string_lossy().contains("://") {
        return Err(Failure::cannot("an address is no document; name a session's code, and its store with --store"));
    }
    let bytes = File::open(path).and_then(|opened| read_all(&mut BufReader::new(opened), LARGEST));
    let failed = |error: &std::io::Error| match ReadError::new(path, error) {
        ReadError::Missing(name) => Failure::cannot(format!(
            "{name} is neither a session's code, as in KQ7-MFD, nor a file; \"ridealong session list\" lists sessions"
        )),
        ReadError::Folder(name) => Failure::cannot(format!("{name} is a folder; name the file of an exported session")),
        other => Failure::cannot(other),
    };
    bytes.map(|bytes| (shown(path).to_string(), bytes)).map_err(|error| failed(&error))
}
