//! No byte of an erased player's name in any column of any table, whatever is sent again or put back.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use ridealong::courier::{self, LocalFile};
use ridealong::store::{Location, Locker, Membership, TeamStore};
use ridealong::team::verify::Copies;
use ridealong::team::{Hand, Letter, Session, Step};
use ridealong::text::Text;
use rusqlite::types::Value;
use tempfile::TempDir;

use super::cast::{hand, id, letters, open, opened, run};
use super::postgres::{self, Server};

const PATIENCE: Duration = Duration::from_secs(10);
/// Neither part of it stands in anything else.
const NAME: &str = "Zebedee Quux";

/// A team's store that can be backed up and put back.
enum Vault {
    File(PathBuf),
    Server(&'static Server, String),
}

impl Vault {
    fn location(&self) -> Location {
        match self {
            Self::File(path) => Location::File(path.clone()),
            Self::Server(server, database) => {
                Location::Server(format!("{}/{database}", server.address).parse().unwrap())
            }
        }
    }

    /// All that is in it, by table and column.
    fn everything(&self) -> String {
        match self {
            Self::File(path) => every_column(path),
            Self::Server(server, database) => server.dump(database),
        }
    }

    fn back_up(&self, folder: &Path) -> PathBuf {
        let copy = folder.join(format!("backup-{}", fs::read_dir(folder).unwrap().count()));
        match self {
            Self::File(path) => {
                let connection = rusqlite::Connection::open(path).unwrap();
                connection.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
            }
            Self::Server(server, database) => fs::write(&copy, server.dump(database)).unwrap(),
        }
        copy
    }

    fn put_back(&mut self, copy: &Path) {
        match self {
            Self::File(path) => {
                for end in ["-wal", "-shm"] {
                    // They go with the last connection.
                    let _ = fs::remove_file(format!("{}{end}", path.display()));
                }
                fs::copy(copy, path).unwrap();
            }
            Self::Server(server, database) => {
                let address = server.database();
                address.rsplit('/').next().unwrap().clone_into(database);
                server.psql("app", database, &format!("\\i {}", copy.display())).unwrap();
            }
        }
    }
}

fn every_column(path: &Path) -> String {
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(tables.len() > 15, "{tables:?}");
    let mut all = String::new();
    for table in tables {
        let mut rows = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<Value> = (0..columns).map(|at| row.get(at).unwrap()).collect();
            writeln!(all, "{table} {values:?}").unwrap();
        }
    }
    all
}

/// What the facilitator's program has open.
struct Facilitator {
    team: TeamStore,
    local: LocalFile,
    copies: Copies,
}

impl Facilitator {
    fn at(vault: &Vault, folder: &Path) -> Self {
        // Beside a file, the facilitator's own part is in that file.
        let local = match vault {
            Vault::File(path) => path.clone(),
            Vault::Server(..) => folder.join("facilitator.db"),
        };
        let local = LocalFile::open(&local, PATIENCE).unwrap();
        Self { team: open(&vault.location()), local, copies: Copies::new() }
    }

    fn settle(&mut self, session: &Session) {
        courier::settle(&mut self.team, &mut self.local, session.code, &mut self.copies).unwrap();
    }

    fn step(&mut self, session: &Session, step: Step) {
        self.settle(session);
        self.team.step(session.code, step).unwrap().unwrap().unwrap();
    }
}

/// A player's file with everything that they ever sent still in its outbox.
fn outbox(path: &Path, ann: Hand, all: &[Letter]) {
    let mut local = LocalFile::open(path, PATIENCE).unwrap();
    let (name, team) = (Text::clean(NAME), Text::EMPTY);
    for letter in all {
        local
            .enroll(&Membership { hand: ann, name: name.clone(), team: team.clone(), joined: Timestamp::now() }, letter)
            .unwrap();
    }
    assert_eq!(local.outbox(100).unwrap().len(), all.len());
}

fn nobody_comes_back(mut vault: Vault) {
    let folder = TempDir::new().unwrap();
    let backups = TempDir::new().unwrap();
    let readable = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(backups.path(), readable).unwrap();
    let mut facilitator = Facilitator::at(&vault, folder.path());
    let session = opened(&mut facilitator.team, 1);
    let ann = hand(&session, 1);
    let mut all = letters(&session, 1, "", 0);
    all[0] = ann.join(&session, Text::clean(NAME), Text::EMPTY);
    all.push(ann.practise(1, id(990), run(&session, 1, 1), None));
    // Another one under her id, which is kept to be looked at.
    all.push(ann.join(&session, Text::clean(&format!("{NAME} again")), Text::EMPTY));
    let old = folder.path().join("ann.db");
    outbox(&old, ann, &all);
    let flush = |vault: &Vault| {
        let copy = folder.path().join("flushed.db");
        fs::copy(&old, &copy).unwrap();
        let sent = courier::deliver(&mut open(&vault.location()), &mut LocalFile::open(&copy, PATIENCE).unwrap());
        assert_eq!(sent, Ok(all.len()));
    };
    facilitator.team.post(&letters(&session, 2, "", 2)).unwrap();
    facilitator.settle(&session);
    let mut copies = vec![vault.back_up(backups.path())];
    flush(&vault);
    copies.push(vault.back_up(backups.path()));
    facilitator.settle(&session);
    copies.push(vault.back_up(backups.path()));
    facilitator.step(&session, Step::Freeze);
    copies.push(vault.back_up(backups.path()));
    facilitator.step(&session, Step::Seal);
    facilitator.team.step(session.code, Step::Reveal(1)).unwrap().unwrap().unwrap();
    facilitator.team.step(session.code, Step::Reveal(2)).unwrap().unwrap().unwrap();
    copies.push(vault.back_up(backups.path()));
    assert!(vault.everything().contains("Zebedee"));
    let is_gone = |vault: &Vault, when: &str| {
        let everything = vault.everything();
        let left: Vec<&str> =
            everything.lines().filter(|line| line.contains("Zebedee") || line.contains("Quux")).collect();
        assert!(left.is_empty(), "{when}: {left:?}");
        assert!(everything.contains("Player 2"), "the others are still there");
    };
    assert_eq!(courier::erase(&mut facilitator.team, &mut facilitator.local, session.code, ann.player), Ok(true));
    is_gone(&vault, "erased");
    flush(&vault);
    facilitator.settle(&session);
    is_gone(&vault, "old outbox");
    drop(facilitator);
    for (number, copy) in copies.iter().enumerate() {
        vault.put_back(copy);
        let mut facilitator = Facilitator::at(&vault, folder.path());
        facilitator.settle(&session);
        is_gone(&vault, &format!("backup {number}"));
        flush(&vault);
        facilitator.settle(&session);
        is_gone(&vault, &format!("backup {number} and old outbox"));
        facilitator.settle(&session);
        drop(facilitator);
        if let Vault::File(path) = &vault {
            let bytes = fs::read(path).unwrap();
            assert!(!bytes.windows(7).any(|seven| seven == b"Zebedee"), "backup {number}: in the file's bytes");
        }
    }
}

#[test]
fn nobody_who_was_erased_comes_back_to_a_file() {
    let folder = TempDir::new().unwrap();
    nobody_comes_back(Vault::File(folder.path().join("team.db")));
}

#[test]
fn nobody_who_was_erased_comes_back_to_a_server() {
    let Some(server) = postgres::server() else { return };
    let address = server.database();
    nobody_comes_back(Vault::Server(server, address.rsplit('/').next().unwrap().to_owned()));
}
