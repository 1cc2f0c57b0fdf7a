//! A program in a pseudo-terminal of its own, seen as the terminal sees it.
//!
//! A thread reads all that the program writes, keeps the bytes and feeds a model of a screen. A test sends keys, waits
//! for what it wants to see, and never for a time; when it doesn't come, the test fails with the screen that was there.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::tcgetattr;

/// How long anything may take. Machines that test are busy; this is no measure of the program.
pub const DEADLINE: Duration = Duration::from_secs(15);

/// Modes that a program may set, as DEC numbers them; the cursor is among them while it is hidden.
pub type PrivateModes = BTreeSet<u16>;

/// The number of the cursor among the private modes, on in a terminal that nobody has touched.
const CURSOR: u16 = 25;

/// What has come out of the program so far.
pub struct Seen {
    pub bytes: Vec<u8>,
    pub model: vt100::Parser,
    closed: bool,
}

impl Seen {
    pub fn text(&self) -> String {
        self.model.screen().contents()
    }

    pub fn shows(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// How often this was written.
    pub fn count(&self, sequence: &str) -> usize {
        self.bytes.windows(sequence.len()).filter(|bytes| *bytes == sequence.as_bytes()).count()
    }

    /// The private modes that differ from those of a fresh terminal, from the bytes themselves: no model knows all.
    pub fn private_modes(&self) -> PrivateModes {
        let mut modes = PrivateModes::new();
        let text = String::from_utf8_lossy(&self.bytes);
        for sequence in text.split("\x1b[?").skip(1) {
            let Some(end) = sequence.find(|c: char| c != ';' && !c.is_ascii_digit()) else { continue };
            let (numbers, rest) = sequence.split_at(end);
            for mode in numbers.split(';').filter_map(|number| number.parse().ok()) {
                let changed = (rest.starts_with('h') && mode != CURSOR) || (rest.starts_with('l') && mode == CURSOR);
                if changed {
                    modes.insert(mode);
                } else if rest.starts_with(['h', 'l']) {
                    modes.remove(&mode);
                }
            }
        }
        modes
    }
}

struct Shared {
    seen: Mutex<Seen>,
    more: Condvar,
    /// How many bytes a second are read; 0 for all there are.
    speed: AtomicUsize,
    paused: AtomicBool,
    done: AtomicBool,
}

impl Shared {
    /// What has come out, also after a test has failed while it looked.
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A program and its terminal.
pub struct Pty {
    pub child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    /// The end that the program has, kept open so that its settings can be read and the reader woken.
    slave: OwnedFd,
    shared: Arc<Shared>,
    reader: Option<JoinHandle<()>>,
}

impl Pty {
    /// Starts a command in a terminal of this many columns and rows; of the environment, some is set and some removed.
    pub fn spawn(command: &[&str], environment: &[(&str, Option<&str>)], (width, height): (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(pty_size(width, height)).unwrap();
        let name = pair.master.tty_name().unwrap();
        let slave = rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();

        let mut builder = CommandBuilder::from_argv(command.iter().map(Into::into).collect());
        builder.cwd(std::env::current_dir().unwrap());
        builder.env("TERM", "xterm-256color");
        builder.env("RUST_BACKTRACE", "0");
        for (name, value) in environment {
            match value {
                Some(value) => builder.env(name, value),
                None => builder.env_remove(name),
            }
        }
        let child = pair.slave.spawn_command(builder).unwrap();
        drop(pair.slave);

        let model = vt100::Parser::new(model_size(height, 24, 200), model_size(width, 80, 500), 0);
        let shared = Arc::new(Shared {
            seen: Mutex::new(Seen { bytes: Vec::new(), model, closed: false }),
            more: Condvar::new(),
            speed: AtomicUsize::new(0),
            paused: AtomicBool::new(false),
            done: AtomicBool::new(false),
        });
        let source = pair.master.try_clone_reader().unwrap();
        let reader = thread::spawn({
            let shared = Arc::clone(&shared);
            move || read_all(source, &shared)
        });
        let writer = pair.master.take_writer().unwrap();
        Self { child, master: Some(pair.master), writer: Some(writer), slave, shared, reader: Some(reader) }
    }

    /// Types, or reports what a terminal would.
    pub fn send(&mut self, keys: &str) {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(keys.as_bytes()).unwrap();
        writer.flush().unwrap();
    }

    /// Looks at what has come out so far.
    pub fn look<T>(&self, look: impl FnOnce(&Seen) -> T) -> T {
        look(&self.shared.seen())
    }

    /// Waits until the screen shows the text.
    pub fn wait_for(&self, text: &str) {
        self.wait_until(&format!("{text:?}"), DEADLINE, |seen| seen.shows(text));
    }

    /// Waits until what has come out is as wanted.
    pub fn wait_until(&self, wanted: &str, deadline: Duration, condition: impl Fn(&Seen) -> bool) {
        let seen = self.shared.seen();
        let (seen, timeout) =
            self.shared.more.wait_timeout_while(seen, deadline, |seen| !condition(seen) && !seen.closed).unwrap();
        assert!(
            condition(&seen),
            "waited for {wanted}{}, and there was:\n{}\n---\n{}",
            if timeout.timed_out() { "" } else { " until the terminal closed" },
            seen.text(),
            escaped(&seen.bytes),
        );
    }

    /// How many bytes have come out, once none have for a while.
    pub fn bytes_when_quiet(&self) -> usize {
        self.bytes_when_quiet_for(Duration::from_millis(200))
    }

    /// How many bytes have come out, once none have for so long.
    pub fn bytes_when_quiet_for(&self, time: Duration) -> usize {
        let mut before = self.look(|seen| seen.bytes.len());
        loop {
            thread::sleep(time);
            let now = self.look(|seen| seen.bytes.len());
            if now == before {
                return now;
            }
            before = now;
        }
    }

    /// The line settings, every one of them, as the program's end has them.
    pub fn line_settings(&self) -> String {
        format!("{:?}", tcgetattr(&self.slave).unwrap())
    }

    /// Gives the terminal another size, as a window that is dragged.
    pub fn resize(&self, width: u16, height: u16) {
        self.shared.seen().model.set_size(model_size(height, 24, 200), model_size(width, 80, 500));
        self.master.as_ref().unwrap().resize(pty_size(width, height)).unwrap();
    }

    /// From now on reads no more than this many bytes a second, as a slow line.
    pub fn slow_down(&self, bytes_per_second: usize) {
        self.shared.speed.store(bytes_per_second, Ordering::SeqCst);
    }

    /// Takes nothing more for now, as a terminal after ^S, or takes up again.
    pub fn pause(&self, paused: bool) {
        self.shared.paused.store(paused, Ordering::SeqCst);
    }

    /// Closes the terminal, as a window.
    pub fn close(&mut self) {
        self.shared.done.store(true, Ordering::SeqCst);
        // The reader holds the terminal open, too, until it has read something.
        rustix::io::write(&self.slave, b".").unwrap();
        self.reader.take().unwrap().join().unwrap();
        drop((self.writer.take(), self.master.take()));
    }

    /// The number of the child.
    pub fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().try_into().unwrap()).unwrap()
    }

    /// The exit code of the child, once it has ended.
    pub fn wait_exit(&mut self) -> u32 {
        let mut exited = None;
        wait_for_process(
            || {
                exited = self.child.try_wait().unwrap();
                exited.is_some()
            },
            "end",
        );
        exited.unwrap().exit_code()
    }
}

impl Drop for Pty {
    /// Leaves nothing behind, also where a test fails.
    fn drop(&mut self) {
        self.shared.done.store(true, Ordering::SeqCst);
        self.pause(false);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program run from a shell script, as from a shell: the terminal outlives it, and tells what it was left with.
///
/// The line settings are odd ones, so that what is put back is what was there and not what is usual.
pub struct InShell {
    pub pty: Pty,
    pub pid: Pid,
    before: String,
}

const SHELL: &str = r#"
stty -ixon -echoctl erase '^H' susp '^Y'
printf 'a line above\nbefore.'
read go
sh -c 'printf "pid:%s.\n" "$$"; exec "$@"' sh "$@"
printf 'exit:%s.\n' "$?"
read end
"#;

impl InShell {
    pub fn spawn(command: &[&str], environment: &[(&str, Option<&str>)], size: (u16, u16)) -> Self {
        let mut pty = Pty::spawn(&[&["sh", "-c", SHELL, "sh"], command].concat(), environment, size);
        pty.wait_for("before.");
        let before = pty.line_settings();
        pty.send("\n");
        let pid = |seen: &Seen| {
            let bytes = String::from_utf8_lossy(&seen.bytes).into_owned();
            bytes.split_once("pid:").and_then(|(_, rest)| rest.split_once('.')).and_then(|(pid, _)| pid.parse().ok())
        };
        pty.wait_until("its number", DEADLINE, |seen| pid(seen).is_some());
        let pid = Pid::from_raw(pty.look(pid).unwrap()).unwrap();
        Self { pty, pid, before }
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).unwrap();
    }

    /// Waits for its end, and makes sure that the terminal is exactly as it was found.
    pub fn assert_ends_cleanly_with(&self, code: u8) {
        let pty = &self.pty;
        pty.wait_until("its end", DEADLINE, |seen| seen.bytes.windows(5).any(|bytes| bytes == b"exit:"));
        pty.wait_for(&format!("exit:{code}."));
        assert_eq!(pty.line_settings(), self.before, "the line settings are others than were found");
        pty.look(|seen| {
            assert_eq!(seen.private_modes(), PrivateModes::new(), "private modes were left on");
            let screen = seen.model.screen();
            assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
            assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
            assert!(seen.shows("a line above"), "the main screen lost what was on it:\n{}", seen.text());
            assert_eq!(seen.count("\x1b[?1049h"), seen.count("\x1b[?1049l"), "given back other than once");
        });
    }
}

fn read_all(mut source: Box<dyn Read + Send>, shared: &Shared) {
    let mut buffer = vec![0; 1 << 16];
    while !shared.done.load(Ordering::SeqCst) {
        let speed = shared.speed.load(Ordering::SeqCst);
        // Twenty times a second a twentieth.
        let room = if speed == 0 { buffer.len() } else { speed.div_ceil(20) };
        let Ok(read @ 1..) = source.read(&mut buffer[..room]) else { break };
        {
            let mut seen = shared.seen();
            seen.bytes.extend_from_slice(&buffer[..read]);
            seen.model.process(&buffer[..read]);
        }
        shared.more.notify_all();
        if speed > 0 {
            thread::sleep(Duration::from_millis(50));
        }
        while shared.paused.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(5));
        }
    }
    shared.seen().closed = true;
    shared.more.notify_all();
}

fn pty_size(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, pixel_width: 0, pixel_height: 0 }
}

/// The model has memory for every cell: it gets no larger than what is drawn. A size of 0 is one that nobody knows.
fn model_size(length: u16, unknown: u16, most: u16) -> NonZeroU16 {
    NonZeroU16::new(length.min(most)).unwrap_or(NonZeroU16::new(unknown).unwrap())
}

/// The last of the bytes, readable.
fn escaped(bytes: &[u8]) -> String {
    let last = bytes.len().saturating_sub(2000);
    bytes[last..].iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{}", byte.escape_ascii());
        text
    })
}

/// Processor time that a process has used, in hundredths of a second; nothing if it has ended and is forgotten.
#[cfg(target_os = "linux")]
pub fn processor_time(pid: Pid) -> Option<u64> {
    let fields = stat(pid)?;
    Some(fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap())
}

/// Waits until a process has ended, although nobody may have asked for its exit code.
#[cfg(target_os = "linux")]
pub fn wait_until_ended(pid: Pid) {
    wait_for_process(|| stat(pid).is_none_or(|fields| fields[0] == "Z"), "end");
}

/// Waits until a process is stopped, as by a shell.
#[cfg(target_os = "linux")]
pub fn wait_until_stopped(pid: Pid) {
    wait_for_process(|| is_stopped(pid), "stop");
}

/// Whether a process is stopped.
#[cfg(target_os = "linux")]
pub fn is_stopped(pid: Pid) -> bool {
    stat(pid).is_some_and(|fields| fields[0] == "T")
}

fn wait_for_process(mut condition: impl FnMut() -> bool, what: &str) {
    let began = Instant::now();
    while !condition() {
        assert!(began.elapsed() < DEADLINE, "the process didn't {what}");
        thread::sleep(Duration::from_millis(2));
    }
}

/// The most memory that a process ever had, in KiB.
#[cfg(target_os = "linux")]
pub fn peak_memory(pid: Pid) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", pid.as_raw_nonzero())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// What the system says of a process, from its state on.
#[cfg(target_os = "linux")]
fn stat(pid: Pid) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    Some(fields.split_whitespace().map(str::to_owned).collect())
}
