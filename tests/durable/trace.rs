//! What a program does to its files, as `strace` tells it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Something that a program did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Did {
    /// A file of this name was made.
    Made(PathBuf),
    /// Bytes were put into a file at a place.
    Wrote(PathBuf, usize, Vec<u8>),
    /// A file was cut, or made longer, to so many bytes.
    Cut(PathBuf, usize),
    /// A file's content, or a folder's names, are on the disk.
    Synced(PathBuf),
    /// A file is gone.
    Removed(PathBuf),
    /// The player was told so many consequences.
    Told(usize),
}

/// The options that make `strace` tell it.
pub(crate) const OPTIONS: [&str; 10] = [
    "-f",
    "-y",
    "-xx",
    "-s",
    "1000000",
    "-e",
    "trace=openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat",
    "-e",
    "signal=none",
    "-qqq",
];

/// Reads what `strace` wrote, as far as it is about files below `folder` or standard output.
pub(crate) fn read(log: &str, folder: &Path) -> Vec<Did> {
    let mut there: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let mut halves: BTreeMap<&str, &str> = BTreeMap::new();
    let mut did = Vec::new();
    for line in log.lines() {
        let (process, call) = line.split_once(' ').expect("a process and its call");
        let call = call.trim_start();
        // A call that another thread's came into is told in two halves.
        let joined;
        let call = if let Some(first) = call.strip_suffix(" <unfinished ...>") {
            halves.insert(process, first);
            continue;
        } else if let Some(rest) = call.strip_prefix("<... ") {
            let rest = rest.split_once(" resumed>").expect("the other half").1;
            joined = format!("{}{rest}", halves.remove(process).expect("its first half"));
            &joined
        } else {
            call
        };
        let Some((name, rest)) = call.split_once('(') else { continue };
        let Some((arguments, result)) = rest.rsplit_once(" = ") else { continue };
        if result.starts_with('-') || result.starts_with('?') {
            continue;
        }
        let path = file(if name == "openat" { result } else { arguments });
        let inside = path.as_ref().filter(|path| path.starts_with(folder));
        match (name, inside) {
            ("openat", Some(path)) if arguments.contains("O_CREAT") && !there.contains_key(path) => {
                there.insert(path.clone(), 0);
                did.push(Did::Made(path.clone()));
            }
            ("pwrite64", Some(path)) => {
                let offset = last_number(arguments);
                did.push(Did::Wrote(path.clone(), offset, bytes(arguments)));
                let end = there.entry(path.clone()).or_default();
                *end = (*end).max(offset + last_number(result));
            }
            ("write", Some(path)) => {
                let end = there.entry(path.clone()).or_default();
                did.push(Did::Wrote(path.clone(), *end, bytes(arguments)));
                *end += last_number(result);
            }
            ("ftruncate", Some(path)) => {
                there.insert(path.clone(), last_number(arguments));
                did.push(Did::Cut(path.clone(), last_number(arguments)));
            }
            ("fsync" | "fdatasync", Some(path)) => did.push(Did::Synced(path.clone())),
            ("unlink" | "unlinkat", _) => {
                let path = PathBuf::from(String::from_utf8(bytes(arguments)).expect("a path"));
                there.remove(&path);
                did.push(Did::Removed(path));
            }
            ("write", None) if arguments.starts_with("1<") => {
                let told = super::told(&bytes(arguments));
                if told > 0 {
                    did.push(Did::Told(told));
                }
            }
            _ => {}
        }
    }
    did
}

/// The path in `5</path>`, whose characters are escaped.
fn file(descriptor: &str) -> Option<PathBuf> {
    let (_, rest) = descriptor.split_once('<')?;
    let (path, _) = rest.split_once('>')?;
    Some(PathBuf::from(String::from_utf8(unescaped(path)).ok()?))
}

/// The bytes in the first pair of quotes.
fn bytes(arguments: &str) -> Vec<u8> {
    let (_, rest) = arguments.split_once('"').expect("quotes");
    unescaped(rest.split_once('"').expect("quotes").0)
}

fn unescaped(text: &str) -> Vec<u8> {
    if !text.starts_with("\\x") {
        return text.as_bytes().to_vec();
    }
    text.split("\\x").skip(1).map(|digits| u8::from_str_radix(&digits[..2], 16).expect("two digits")).collect()
}

fn last_number(text: &str) -> usize {
    let digits = text.rsplit(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty());
    digits.and_then(|digits| digits.parse().ok()).expect("a number")
}
