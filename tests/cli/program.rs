//! Runs the program, away from the user's own files.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A place for a test's files, and the program that looks nowhere else.
pub struct Place {
    pub folder: TempDir,
}

/// What the program said.
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder") }
    }

    /// Writes a file, and gives its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, bytes).expect("written");
        path.to_str().expect("text").to_owned()
    }

    /// The folder of the user's own scenarios.
    pub fn own(&self) -> std::path::PathBuf {
        let own = self.folder.path().join("own");
        std::fs::create_dir_all(&own).expect("a folder");
        own
    }

    /// With the pinned scenario among the user's own.
    pub fn with_oracle() -> Self {
        let place = Self::new();
        place.file("own/corner-office.toml", std::fs::read(super::plays::ORACLE).expect("the fixture"));
        place
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ridealong"));
        command
            .args(args)
            .current_dir(self.folder.path())
            .env("RIDEALONG_SCENARIOS", self.own())
            .env("HOME", self.folder.path())
            .env_remove("NO_COLOR")
            .env("TERM", "xterm");
        command
    }

    /// Runs it without input.
    pub fn run(&self, args: &[&str]) -> Said {
        self.feed(args, "")
    }

    /// Runs it with input.
    pub fn feed(&self, args: &[&str], input: impl AsRef<[u8]>) -> Said {
        run(&mut self.command(args), input.as_ref())
    }
}

/// Runs a command with input and waits for its end.
pub fn run(command: &mut Command, input: &[u8]) -> Said {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("started");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let feeder = std::thread::spawn(move || {
        // It may end before it has read everything.
        let _ = stdin.write_all(&input);
    });
    let Output { status, stdout, stderr } = child.wait_with_output().expect("ended");
    feeder.join().expect("fed");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Said { code: status.code(), out: text(stdout), err: text(stderr) }
}

impl Said {
    /// The exit code; with what was said, if it is another one.
    #[track_caller]
    pub fn ends(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "\n--- out\n{}\n--- err\n{}", self.out, self.err);
        assert_safe(&self.out);
        assert_safe(&self.err);
        self
    }

    /// One clear line on standard error that holds these words, and nothing on standard output.
    #[track_caller]
    pub fn complains(&self, code: i32, words: &[&str]) {
        self.ends(code);
        assert_eq!(self.out, "");
        let last = self.err.lines().last().unwrap_or_default();
        assert!(last.starts_with("ridealong: "), "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "{word:?} is missing in {}", self.err);
        }
    }

    /// These pieces, in this order.
    #[track_caller]
    pub fn tells(&self, pieces: &[&str]) -> &Self {
        let mut rest = self.out.as_str();
        for piece in pieces {
            let at = rest.find(piece);
            assert!(at.is_some(), "{piece:?} is missing in\n{rest}");
            rest = &rest[at.unwrap_or(0) + piece.len()..];
        }
        self
    }

    /// The last line, which is the run record.
    pub fn record(&self) -> serde_json::Value {
        serde_json::from_str(self.out.lines().last().expect("a line")).expect("a record")
    }
}

/// Nothing that steers a terminal.
#[track_caller]
pub fn assert_safe(text: &str) {
    let steering =
        |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{e0000}'..='\u{e007f}');
    assert!(!text.contains(steering), "{:?}", text.chars().find(|c| steering(*c)));
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("text")
}
