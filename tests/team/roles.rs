//! What a player's role can do in a company's database, and what it can't: by `psql`, and by the player's own program.
//! What it can read is all that is public, so a freeze is looked at from here, too.

use ridealong::store::{Location, StoreError, TeamStore};
use ridealong::team::{Session, Step};
use ridealong::text::Text;

use super::cast::{copies, hand, id, letters, open, opened, run};
use super::postgres::{self, Server};

/// What a player's role is given, and no more.
const GRANTS: &str = "CREATE ROLE {role} LOGIN; \
     GRANT SELECT ON migration, session, round, scenario, snapshot TO {role}; \
     GRANT INSERT (id, sum, session, rank, payload) ON inbox TO {role};";
/// The tables that it can't read.
const HIDDEN: [&str; 10] =
    ["basis", "hold", "inbox", "player", "ticket", "verified_run", "best", "refused", "verdict", "tombstone"];

/// A database with a player's role.
struct Company {
    server: &'static Server,
    database: String,
    role: String,
}

impl Company {
    fn new() -> Option<(Self, TeamStore)> {
        let server = postgres::server()?;
        let address = server.database();
        let store = open(&Location::Server(address.parse().unwrap()));
        let database = address.rsplit('/').next().unwrap().to_owned();
        // Roles belong to the whole server.
        let role = format!("player_{database}");
        server.psql("app", &database, &GRANTS.replace("{role}", &role)).unwrap();
        Some((Self { server, database, role }, store))
    }

    fn says(&self, statement: &str) -> Result<String, String> {
        self.server.psql(&self.role, &self.database, statement)
    }

    /// The store as a player's program opens it.
    fn store(&self) -> TeamStore {
        let address = format!("postgres://{}@127.0.0.1:{}/{}", self.role, self.server.port(), self.database);
        open(&Location::Server(address.parse().unwrap()))
    }

    /// Every byte that a player's role can read, where each row lies and who wrote it last included.
    fn public(&self) -> String {
        let tables =
            self.says("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'").unwrap();
        let readable: Vec<String> = tables
            .lines()
            .filter_map(|table| self.says(&format!("SELECT ctid, xmin, xmax, * FROM {table}")).ok())
            .collect();
        assert_eq!(readable.len(), 5, "{tables}");
        readable.join("\n")
    }
}

/// Three have joined, played and been settled.
fn played(store: &mut TeamStore, number: u32) -> Session {
    let session = opened(store, number);
    for number in 1..=3 {
        store.post(&letters(&session, number, "", usize::from(number))).unwrap();
    }
    store.settle(session.code, &copies()).unwrap();
    session
}

#[test]
fn a_player_can_do_what_players_do() {
    let Some((company, mut store)) = Company::new() else { return };
    let session = played(&mut store, 1);
    store.publish(session.code).unwrap();
    let mut players = company.store();
    assert_eq!(players.session(session.code), Ok(Some(session.clone())));
    assert_eq!(players.sessions(), Ok(vec![session.clone()]));
    assert_eq!(players.public_board(session.code), store.public_board(session.code));
    assert!(players.now().is_ok());
    for round in &session.rounds {
        assert_eq!(players.story(&round.scenario), store.story(&round.scenario));
    }
    let all = letters(&session, 4, "", 0);
    players.post(&all).unwrap();
    players.post(&all).unwrap();
    assert_eq!(store.settle(session.code, &copies()).unwrap().taken, 5);
    players.post(&all[..1]).unwrap();
    assert_eq!(store.settle(session.code, &copies()).unwrap().again, 1);
}

#[test]
fn a_player_reads_nothing_of_others_and_writes_nothing_but_letters() {
    let Some((company, mut store)) = Company::new() else { return };
    let session = played(&mut store, 1);
    store.post(&[hand(&session, 9).join(&session, Text::clean("Waiting"), Text::EMPTY)]).unwrap();
    let all = company.server.psql(
        "app",
        &company.database,
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
    );
    let public = ["migration", "session", "round", "scenario", "snapshot"];
    let mut tables: Vec<String> = all.unwrap().lines().map(str::to_owned).collect();
    let mut known: Vec<&str> = HIDDEN.into_iter().chain(public).collect();
    tables.sort();
    known.sort_unstable();
    assert_eq!(tables, known, "a table that nobody has thought about here");
    let denied = |statement: &str| {
        let said = company.says(statement).expect_err(statement);
        assert!(said.contains("permission denied"), "{statement}: {said}");
    };
    for table in HIDDEN {
        denied(&format!("SELECT count(*) FROM {table}"));
        denied(&format!("SELECT 1 FROM {table} LIMIT 0"));
    }
    for table in &tables {
        denied(&format!("DELETE FROM {table}"));
        denied(&format!("TRUNCATE {table}"));
    }
    let writes = [
        "INSERT INTO verified_run SELECT * FROM verified_run",
        "INSERT INTO verified_run (id, sum, session, round, player, ranked, withdrawn, record, score, behaviour, people, \
         red_lines, trust, ending, received) VALUES ('x', '', 'x', 1, 'x', 1, 0, '', 100, 1000, 1000, 0, 100, 'x', 0)",
        "INSERT INTO best (board, player, ranked, rounds, points, people, red_lines) VALUES ('x', 'x', 1, 2, 1, 1, 0)",
        "UPDATE ticket SET lock = ''",
        "INSERT INTO ticket (id, sum, session, round, player, lock, taken) VALUES ('x', '', 'x', 1, 'x', '', 0)",
        "UPDATE player SET name = 'x'",
        "UPDATE session SET body = '{}'",
        "UPDATE snapshot SET body = '{}'",
        "UPDATE round SET seed = '1'",
        "UPDATE scenario SET source = ''",
        "UPDATE migration SET version = 99",
        "UPDATE inbox SET payload = ''",
        // The moment is the store's to say.
        "INSERT INTO inbox (id, sum, session, rank, payload, received) VALUES ('x', 'x', 'x', 0, '', 1)",
        "INSERT INTO inbox VALUES ('x', 'x', 'x', 0, '', 1)",
        // Would tell which ids there are.
        "INSERT INTO inbox (id, sum, session, rank, payload) VALUES ('x', 'x', 'x', 0, '') RETURNING id",
        "CREATE TABLE mine (id TEXT)",
        "COPY inbox TO STDOUT",
        "SELECT p.name FROM snapshot s JOIN player p ON p.session = s.session",
    ];
    writes.into_iter().for_each(denied);
    let mut players = company.store();
    let not_allowed =
        |done: Result<(), StoreError>| assert!(matches!(done, Err(StoreError::NotAllowed(..))), "{done:?}");
    not_allowed(players.members(session.code).map(drop));
    not_allowed(players.board(session.code).map(drop));
    not_allowed(players.last_board(session.code).map(drop));
    not_allowed(players.refused(session.code).map(drop));
    not_allowed(players.settle(session.code, &copies()).map(drop));
    not_allowed(players.step(session.code, Step::Freeze).map(drop));
    not_allowed(players.erase(session.code, id(1)).map(drop));
    assert_eq!(store.members(session.code).unwrap().len(), 3);
}

#[test]
fn after_a_freeze_no_public_byte_changes() {
    let Some((company, mut store)) = Company::new() else { return };
    let (session, other) = (played(&mut store, 1), opened(&mut store, 2));
    store.publish(session.code).unwrap();
    store.step(session.code, Step::Freeze).unwrap().unwrap().unwrap();
    let before = company.public();
    assert!(before.contains("Player 1") && before.contains(&other.code.to_string()), "{before}");
    // 500 submissions: players who join, take tickets and play; practice; and what is refused.
    let mut sent = 0;
    let mut players = company.store();
    for number in 4..=83 {
        let all = letters(&session, number, "Late", usize::from(number % 5));
        players.post(&all).unwrap();
        sent += all.len();
        if number % 8 == 0 {
            store.settle(session.code, &copies()).unwrap();
            store.publish(session.code).unwrap();
        }
    }
    for number in 0..100 {
        let forged = hand(&session, 200).practise(1, id(900_000 + number), run(&session, 1, 0), None);
        let practice = hand(&session, 1).practise(1, id(800_000 + number), run(&session, 1, 0), None);
        players.post(&[forged, practice]).unwrap();
        sent += 1;
    }
    store.settle(session.code, &copies()).unwrap();
    store.publish(session.code).unwrap();
    store.remove(session.code, id(4), true).unwrap();
    store.withdraw(session.code, id(5011), true).unwrap();
    assert!(sent >= 500 && store.board(session.code).unwrap().unwrap().places.len() > 70);
    assert_eq!(company.public(), before);
}
