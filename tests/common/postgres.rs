//! A throwaway PostgreSQL server for tests, on loopback; it ends with the program that started it.
#![allow(dead_code, unreachable_pub, clippy::expect_used, clippy::panic, clippy::print_stderr, clippy::unwrap_used)]

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

/// A server.
pub struct Server {
    /// `postgres://...` without a database's name behind it.
    pub address: String,
    /// Where its programs are.
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    /// Ends the server when it ends, or when this program does.
    watch: Option<Child>,
}

/// The server of this program, started when it is first asked for; nothing where PostgreSQL isn't installed, which is
/// said. With `RIDEALONG_REQUIRE_TOOLS` it has to be there.
pub fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let server = SERVER.get_or_init(|| Server::start(&["fsync=off", "synchronous_commit=off", "full_page_writes=off"]));
    server.as_ref()
}

fn programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|entry| entry.path().join("bin")).collect();
    found.sort();
    found.pop().filter(|bin| bin.join("initdb").exists())
}

/// As root, what mustn't be run as root is run as the server's own user.
fn as_user(program: &Path) -> Command {
    if rustix::process::geteuid().is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

impl Server {
    /// Starts a server of its own with these settings; nothing where PostgreSQL isn't installed.
    pub fn start(settings: &[&str]) -> Option<Self> {
        let Some(programs) = programs() else {
            assert!(std::env::var_os("RIDEALONG_REQUIRE_TOOLS").is_none(), "PostgreSQL is missing; install it");
            eprintln!("PostgreSQL isn't installed: what needs a server is passed over");
            return None;
        };
        let folder = tempfile::Builder::new().prefix("ridealong-pg").tempdir().unwrap().keep();
        let everybody = std::os::unix::fs::PermissionsExt::from_mode(0o777);
        fs::set_permissions(&folder, everybody).unwrap();
        let data = folder.join("data");
        let made = as_user(&programs.join("initdb"))
            .args(["-U", "app", "-A", "trust", "-E", "UTF8", "--no-locale", "-N", "-D"])
            .arg(&data)
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let log =
            format!("listen_addresses='127.0.0.1'\nport={port}\nunix_socket_directories='{}'\n", folder.display());
        let more = settings.join("\n");
        let config = data.join("postgresql.auto.conf");
        fs::write(&config, format!("{log}max_connections=200\n{more}\n")).unwrap();
        fs::set_permissions(&config, std::os::unix::fs::PermissionsExt::from_mode(0o666)).unwrap();
        let address = format!("postgres://app@127.0.0.1:{port}");
        let mut server = Self { address, programs, folder, port, watch: None };
        server.up();
        server.watch = Some(server.watcher());
        Some(server)
    }

    fn control(&self, args: &[&str]) -> bool {
        as_user(&self.programs.join("pg_ctl"))
            .arg("-D")
            .arg(self.folder.join("data"))
            .arg("-l")
            .arg(self.folder.join("log"))
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// Starts it, and waits until it takes connections.
    pub fn up(&self) {
        let began = Instant::now();
        while !self.control(&["-w", "-t", "10", "start"]) {
            assert!(began.elapsed() < Duration::from_secs(20), "{:?}", fs::read_to_string(self.folder.join("log")));
            thread::sleep(Duration::from_millis(100));
        }
    }

    /// Stops it as a crash would.
    pub fn down(&self) {
        self.control(&["-m", "immediate", "-w", "stop"]);
    }

    /// The first line of its process file: the id of its process.
    pub fn pid(&self) -> Option<i32> {
        fs::read_to_string(self.folder.join("data/postmaster.pid")).ok()?.lines().next()?.trim().parse().ok()
    }

    /// Sends every process of the server a signal: the first one first, so that it starts no more.
    pub fn signal(&self, signal: Signal) -> Vec<Pid> {
        let Some(first) = self.pid() else { return Vec::new() };
        let mut all: Vec<Pid> =
            Pid::from_raw(first).into_iter().filter(|pid| kill_process(*pid, signal).is_ok()).collect();
        for entry in fs::read_dir("/proc").unwrap().flatten() {
            // Its parent stands second after the name in brackets.
            let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
            let parent =
                stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse::<i32>().ok());
            let pid = entry.file_name().to_str().and_then(|pid| pid.parse().ok()).and_then(Pid::from_raw);
            if let Some(pid) = pid.filter(|_| parent == Some(first))
                && kill_process(pid, signal).is_ok()
            {
                all.push(pid);
            }
        }
        all
    }

    /// A shell that outlives this program by as long as it takes to stop the server.
    fn watcher(&self) -> Child {
        let script = format!(
            "cat >/dev/null; kill -QUIT $(head -n 1 {0}/data/postmaster.pid) 2>/dev/null; sleep 1; rm -rf {0}",
            self.folder.display()
        );
        Command::new("sh")
            .args(["-c", &script])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// The port it listens on.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Says something to a database as a user, and gives back what `psql` answers: its output, or its error.
    pub fn psql(&self, user: &str, database: &str, statement: &str) -> Result<String, String> {
        let said = Command::new(self.programs.join("psql"))
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-U", user, "-d", database])
            .args(["-p", &self.port.to_string(), "-c", statement])
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if said.status.success() { Ok(text(&said.stdout)) } else { Err(text(&said.stderr)) }
    }

    /// A database as `pg_dump` writes it: all that is in it, as text.
    pub fn dump(&self, database: &str) -> String {
        let said = Command::new(self.programs.join("pg_dump"))
            .args(["-h", "127.0.0.1", "-U", "app", "-p", &self.port.to_string(), "--inserts", database])
            .output()
            .unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        String::from_utf8(said.stdout).unwrap()
    }

    /// The address of a new database.
    pub fn database(&self) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("t{}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.psql("app", "postgres", &format!("CREATE DATABASE {name}")).expect("a database");
        format!("{}/{name}", self.address)
    }
}
