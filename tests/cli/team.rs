//! Team sessions by their commands: a whole evening in a file, and on a server with roles.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use ridealong::cli::{self, Streams};
use ridealong::engine::Run;
use ridealong::record::Record;
use ridealong::store::{Location, TeamStore};
use ridealong::team::{Hand, Token};
use ridealong::text::Text;
use serde_json::Value;
use tempfile::TempDir;
use uuid::Uuid;

use super::plays::{ORACLE, Policy, SIDE_DOOR, closer, leader, numbers, play, story, take_over};
use super::postgres::{self, Server};
use super::program::{Place, Said, assert_safe};

const STORIES: [&str; 2] = [SIDE_DOOR, ORACLE];
/// A word that must not be told.
const PASSWORD: &str = "geheim";

/// Says something to the program as somebody, and gives back what it said.
type Say<'a> = &'a dyn Fn(&str, &[&str], &str) -> Said;

/// Runs the program here and now.
fn here(args: &[&str], input: &str) -> Said {
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let mut streams = Streams {
        input: &mut input.as_bytes(),
        output: &mut output,
        errors: &mut errors,
        input_is_terminal: false,
        errors_is_terminal: false,
        columns: None,
    };
    let args = ["ridealong"].iter().chain(args).map(OsString::from);
    let ended = cli::run(args, &mut streams);
    let code = (0..=2).find(|code| ExitCode::from(*code) == ended).map(i32::from);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Said { code, out: text(output), err: text(errors) }
}

/// The numbers to type for a round, played so.
fn typed(story_file: &str, seed: u64, policy: Policy<'_>) -> (Run, String) {
    let story = story(story_file);
    let run = play(&story, seed, policy);
    let lines: Vec<String> = numbers(&story, &run).iter().map(ToString::to_string).collect();
    (run, lines.join("\n") + "\n")
}

/// What somebody types in both rounds of a session of this seed, and the scores that it comes to.
fn evening(seed: u64, policy: Policy<'_>) -> (String, Vec<u64>) {
    let rounds: Vec<(Run, String)> = (seed..).zip(STORIES).map(|(seed, file)| typed(file, seed, policy)).collect();
    let scores = rounds
        .iter()
        .zip(STORIES)
        .map(|((run, _), file)| run.score(&story(file).program).expect("it has ended").total.round());
    (rounds.iter().map(|(_, lines)| lines.as_str()).collect(), scores.collect())
}

fn json(said: &Said) -> Value {
    serde_json::from_str(&said.ends(0).out).expect("JSON")
}

/// Makes a session and opens it. The answer is its code.
fn opened(say: Say<'_>) -> String {
    let made =
        say("facilitator", &["session", "create", "--title", "Friday", STORIES[0], STORIES[1], "--seed", "7"], "");
    made.ends(0).tells(&["Session ", "Friday", "Round 1: ", "Round 2: ", "Seed: 7", "ridealong join "]);
    let code = made.out["Session ".len()..][..7].to_owned();
    say("facilitator", &["session", "open", &code], "").ends(0);
    code
}

/// Joins as somebody and plays everything.
fn joins(say: Say<'_>, code: &str, name: &str, team: &str, policy: Policy<'_>) -> Vec<u64> {
    let (lines, scores) = evening(7, policy);
    let said = say(name, &["join", code, "--as", name, "--team", team, "--plain"], &lines);
    said.ends(0).tells(&["Friday", "Round 1 of 2", "It counts, once.", "Sent.", "Round 2 of 2", "Sent."]);
    scores
}

const PLAYERS: [(&str, &str, Policy<'static>); 3] =
    [("Ann", "North", &leader), ("Bob", "South", &closer), ("Cy", "North", &take_over)];

/// Each evening is spent in a file, here and now; and on a server, by programs that connect with roles of their own.
fn everywhere(evening: impl Fn(Say<'_>, &dyn Fn() -> String)) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("room.db").to_str().expect("text").to_owned();
    let say = |_: &str, args: &[&str], input: &str| here(&[&["--store", &path], args].concat(), input);
    evening(&say, &|| file_dump(&path));
    if let Some(server) = postgres::server() {
        let company = Company::new(server);
        evening(&|who, args, input| company.say(who, args, input), &|| company.dump());
    }
}

/// All that stands in a file, a line a row.
fn file_dump(path: &str) -> String {
    let file = rusqlite::Connection::open(path).expect("a file");
    let mut all = String::new();
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let mut tables = file.prepare(names).expect("a query");
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).expect("rows").flatten().collect();
    for table in tables {
        let mut rows = file.prepare(&format!("SELECT * FROM {table}")).expect("a query");
        let columns = rows.column_count();
        let mut rows = rows.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let cells: Vec<String> = (0..columns).map(|at| format!("{:?}", row.get_ref(at).expect("a cell"))).collect();
            // Text comes as bytes.
            let texts: Vec<String> = (0..columns).filter_map(|at| row.get::<_, String>(at).ok()).collect();
            writeln!(all, "{table}: {cells:?} {texts:?}").expect("memory takes it");
        }
    }
    all
}

/// A company: a server with a database and roles, and a machine for each player.
struct Company<'s> {
    server: &'s Server,
    address: String,
    database: String,
    player: String,
    facilitator: String,
    place: Place,
}

impl<'s> Company<'s> {
    fn new(server: &'s Server) -> Self {
        let address = server.database();
        let database = address.rsplit('/').next().expect("a name").to_owned();
        let (player, facilitator) = (format!("player_{database}"), format!("lead_{database}"));
        let company = Self { server, address, database, player, facilitator, place: Place::new() };
        // The owner makes the tables.
        let owner = company.command(&company.address, "owner", &["session", "list"], "");
        owner.ends(0).tells(&["No sessions yet."]);
        for role in [&company.player, &company.facilitator] {
            company.sql("app", &format!("CREATE ROLE {role} LOGIN")).expect("a role");
        }
        let grants = here(&["team", "grants", "--player", &company.player, "--verifier", &company.facilitator], "");
        company.sql("app", &grants.ends(0).out).expect("granted");
        company
    }

    fn sql(&self, role: &str, statement: &str) -> Result<String, String> {
        self.server.psql(role, &self.database, statement)
    }

    /// The address for a role, with a password that a server which trusts everybody passes over.
    fn address_of(&self, role: &str) -> String {
        format!("postgres://{role}:{PASSWORD}@127.0.0.1:{}/{}", self.server.port(), self.database)
    }

    fn command(&self, store: &str, who: &str, args: &[&str], input: &str) -> Said {
        let home = self.place.folder.path().join(format!("home of {who}"));
        let mut command = self.place.command(args);
        command.env("HOME", home).env_remove("XDG_DATA_HOME").env("RIDEALONG_STORE", store);
        let said = super::program::run(&mut command, input.as_bytes());
        assert!(!said.out.contains(PASSWORD) && !said.err.contains(PASSWORD), "{}{}", said.out, said.err);
        said
    }

    fn say(&self, who: &str, args: &[&str], input: &str) -> Said {
        let role = if who == "facilitator" { &self.facilitator } else { &self.player };
        self.command(&self.address_of(role), who, args, input)
    }

    fn dump(&self) -> String {
        let tables = self.sql("app", "SELECT tablename FROM pg_tables WHERE schemaname = 'public'").expect("tables");
        let rows = |table: &str| self.sql("app", &format!("SELECT t::text FROM \"{table}\" t")).expect("rows");
        let mut all: Vec<String> = tables.lines().map(|table| format!("{table}: {}", rows(table))).collect();
        let local = self.place.folder.path().join("home of facilitator/.local/share/ridealong/ridealong.db");
        all.push(file_dump(local.to_str().expect("text")));
        all.join("\n")
    }
}

#[test]
fn a_whole_evening() {
    everywhere(|say, _| {
        let code = opened(say);
        let lead = |args: &[&str]| say("facilitator", args, "");
        let mut points: Vec<(u64, &str)> = PLAYERS
            .map(|(name, team, policy)| (joins(say, &code, name, team, policy).iter().sum::<u64>() * 50, name))
            .into();
        points.sort_by_key(|(points, _)| std::cmp::Reverse(*points));
        assert!(points[0].0 > points[1].0 && points[1].0 > points[2].0, "{points:?}");

        // The public board is what replaying comes to.
        let board = json(&lead(&["board", &code, "--json"]));
        let places: Vec<(u64, &str)> = board["board"]["places"]
            .as_array()
            .expect("places")
            .iter()
            .map(|place| (place["points"].as_u64().expect("points"), place["name"].as_str().expect("a name")))
            .collect();
        assert_eq!(places, points);
        let lines = lead(&["board", &code, "--plain"]);
        lines.ends(0).tells(&["Friday", &code, "open", "Joined: 3.", points[0].1, points[1].1, points[2].1, "North"]);
        assert!(lines.out.lines().all(|line| line.chars().count() <= 80), "{}", lines.out);
        let table = lead(&["board", &code, "--csv"]);
        assert_eq!(table.ends(0).out.lines().count(), 1 + 3 + 2, "{}", table.out);

        // After the freeze, nothing that comes is to be seen.
        lead(&["session", "freeze", &code]).ends(0);
        let public = || {
            [["--plain", ""], ["--json", ""], ["--csv", ""], ["--plain", "--bands"]].map(|how| {
                let args: Vec<&str> = ["board", &code].into_iter().chain(how).filter(|arg| !arg.is_empty()).collect();
                (say("facilitator", &args, "").ends(0).out.clone(), say("Ann", &args, "").ends(0).out.clone())
            })
        };
        let frozen = public();
        joins(say, &code, "Dot", "South", &leader);
        assert_eq!(public(), frozen);
        lead(&["session", "results", &code]).complains(2, &["seal it first", "--now"]);
        lead(&["session", "reveal", &code]).complains(2, &["seal it first"]);

        lead(&["session", "seal", &code]).ends(0);
        assert_eq!(public()[2], frozen[2]);
        for hidden in [3, 2, 1, 0] {
            let shown = lead(&["session", "reveal", &code]);
            let last = shown.ends(0).out.lines().last().expect("a line").to_owned();
            let still = [3, 2, 1].contains(&hidden).then(|| format!("{hidden} place"));
            assert!(last.starts_with(still.as_deref().unwrap_or("All places are shown")), "{last}");
            let seen = json(&say("Ann", &["board", &code, "--json"], ""));
            assert_eq!(seen["board"]["places"].as_array().expect("places").len(), 4 - hidden);
        }
        // Two played alike and share the first rank.
        let ranks = json(&lead(&["board", &code, "--json"]));
        let ranks: Vec<u64> = ranks["board"]["places"]
            .as_array()
            .expect("places")
            .iter()
            .filter_map(|place| place["rank"].as_u64())
            .collect();
        assert_eq!(ranks, [1, 1, 3, 4]);
        results(&lead, &code);
        exports(say, &code);
    });
}

/// The facilitator's results tell what was chosen.
fn results(lead: &dyn Fn(&[&str]) -> Said, code: &str) {
    let told = json(&lead(&["session", "results", code, "--format", "json"]));
    let first = &told["rounds"][0];
    assert_eq!((&first["runs"], &told["players"]), (&4.into(), &4.into()));
    let mut expected: BTreeMap<(String, String), u64> = BTreeMap::new();
    let story = story(STORIES[0]);
    for policy in [PLAYERS[0].2, PLAYERS[1].2, PLAYERS[2].2, PLAYERS[0].2] {
        for step in play(&story, 7, policy).steps() {
            let scene = story.scenario.scenes[step.scene as usize].id.clone();
            let option = story.option(step.scene, step.chosen).expect("an option").id.clone();
            *expected.entry((scene, option)).or_default() += 1;
        }
    }
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let mut counted = BTreeMap::new();
    for scene in first["scenes"].as_array().expect("scenes") {
        let options = scene["options"].as_array().expect("options");
        let chosen: u64 = options.iter().map(|option| option["chosen"].as_u64().expect("a number")).sum();
        assert_eq!(scene["decisions"], chosen);
        for option in options.iter().filter(|option| option["chosen"] != 0) {
            let count = option["chosen"].as_u64().expect("a number");
            counted.insert((text(&scene["scene"]), text(&option["option"])), count);
        }
    }
    assert_eq!(counted, expected);
    let rules = told["rules"].as_array().expect("rules");
    let scores: Vec<u64> = rules.iter().filter_map(|rule| rule["score"].as_u64()).collect();
    assert!(!scores.is_empty() && scores.is_sorted(), "{scores:?}");
    assert!(rules.iter().all(|rule| rule["weak"] == rule["score"].as_u64().is_some_and(|score| score < 70)));
    let page = lead(&["session", "results", code]);
    let question = story.scenario.questions[0].as_str().replace('\'', "&#39;");
    page.ends(0).tells(&["<!DOCTYPE html>", "<h1>Friday</h1>", code, "What to talk about", &question]);
    assert!(
        !page.out.contains("<script") && !page.out.contains("http://") && !page.out.contains("Ann"),
        "{}",
        page.out
    );
}

/// Everything can be worked out again from an export alone, and what was changed in it is found.
fn exports(say: Say<'_>, code: &str) {
    let folder = TempDir::new().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("text").to_owned();
    let whole = path("whole.json");
    say("facilitator", &["session", "export", code, "-o", &whole], "").ends(0);
    here(&["verify", &whole], "").ends(0).tells(&["runs replayed: 8", "boards: 2", "7 lines", "no difference"]);
    let rows = say("facilitator", &["session", "export", code, "--format", "csv"], "");
    assert_eq!(rows.ends(0).out.lines().count(), 1 + 8, "{}", rows.out);
    let text = std::fs::read_to_string(&whole).expect("written");
    assert_safe(&text);
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let changed = |change: &dyn Fn(&mut Value), words: &[&str]| {
        let mut other = document.clone();
        change(&mut other);
        assert_ne!(other, document);
        let said = here(&["verify", "-"], &other.to_string());
        said.ends(1);
        assert!(words.iter().all(|word| said.out.contains(word)), "{words:?}: {}", said.out);
    };
    let of = |document: &Value, kind: &str| {
        let boards = document["boards"].as_array().expect("boards");
        boards.iter().position(|kept| kept["kind"] == kind).expect("a board")
    };
    changed(
        &|document| document["runs"][0]["figures"]["score"] = 3.into(),
        &["it comes to score", "written down as score 3"],
    );
    changed(&|document| document["runs"][1]["record"]["choices"][0] = "elsewhere".into(), &["not open"]);
    changed(
        &|document| {
            let choices = document["runs"][0]["record"]["choices"].as_array_mut().expect("choices");
            choices.pop();
        },
        &["doesn't come to an ending"],
    );
    changed(&|document| document["runs"][0]["record"]["seed"] = 8.into(), &["another seed"]);
    for kind in ["frozen", "last"] {
        changed(
            &|document| {
                let at = of(document, kind);
                document["boards"][at]["board"]["places"][1]["rank"] = 3.into();
            },
            &[&format!("board {kind}: player "), "their runs come to rank"],
        );
        changed(
            &|document| {
                let at = of(document, kind);
                document["boards"][at]["board"]["places"].as_array_mut().expect("places").remove(0);
            },
            &[&format!("board {kind}: player "), "is missing"],
        );
        changed(
            &|document| {
                let at = of(document, kind);
                document["boards"][at]["board"]["teams"][0]["points"] = 1.into();
            },
            &[&format!("board {kind}: its teams")],
        );
    }
    changed(
        &|document| {
            let at = of(document, "revealed");
            document["boards"][at]["board"]["places"][0]["name"] = "Zoe".into();
        },
        &["board revealed"],
    );
    changed(&|document| document["runs"] = Value::Array(Vec::new()), &["is not there"]);
    changed(&|document| document["scenarios"][0]["source"] = "".into(), &["isn't what its hash says"]);
    here(&["verify", "-"], "{\"format\": 1}").complains(1, &["no exported session", "line 1"]);
    here(&["verify", &path("nothing.json")], "").complains(2, &["neither a session's code", "nor a file"]);
}

#[test]
fn a_facilitator_mends_what_goes_wrong() {
    everywhere(|say, _| {
        let code = opened(say);
        let lead = |args: &[&str]| say("facilitator", args, "");
        for (name, team, policy) in PLAYERS {
            joins(say, &code, name, team, policy);
        }
        let names = || -> Vec<String> {
            let board = json(&lead(&["board", &code, "--json"]));
            let places = board["board"]["places"].as_array().expect("places").clone();
            places.iter().map(|place| place["name"].as_str().expect("a name").to_owned()).collect()
        };
        assert_eq!(names().len(), 3);
        lead(&["session", "rename", &code, "ann", "Anna\u{1b}[31m"])
            .ends(0)
            .tells(&["Ann is called Anna[31m from now on."]);
        lead(&["session", "remove", &code, "Bob"]).ends(0).tells(&["Bob is off the board."]);
        assert!(!names().contains(&"Bob".to_owned()) && names().contains(&"Anna[31m".to_owned()));
        lead(&["session", "remove", &code, "Bob", "--undo"]).ends(0);
        let shown = json(&lead(&["session", "show", &code, "--json"]));
        assert_eq!(shown["members"].as_array().map(Vec::len), Some(3));
        assert_eq!((&shown["runs"].as_array().map(Vec::len), &shown["phase"]), (&Some(6), &"open".into()));
        assert_eq!((&shown["differ"], &shown["refused"]), (&Value::Array(Vec::new()), &Value::Array(Vec::new())));
        let run = shown["runs"][0]["id"].as_str().expect("an id");
        lead(&["session", "withdraw", &code, run]).ends(0).tells(&["is taken back"]);
        assert_eq!(names().len(), 2);
        lead(&["session", "show", &code]).ends(0).tells(&[
            "Players: 3",
            "Rank",
            "Runs: 6",
            run,
            "taken back",
            "Refused: 0",
        ]);
        lead(&["session", "withdraw", &code, run, "--undo"]).ends(0);
        assert_eq!(names().len(), 3);
        lead(&["session", "withdraw", &code, "ffffffff"]).complains(2, &["no run whose id begins with ffffffff"]);
        lead(&["session", "remove", &code, "Nobody"]).complains(2, &["nobody called Nobody", "session show"]);
        lead(&["session", "pause", &code]).ends(0);
        say("Eve", &["join", &code, "--as", "Eve", "--plain"], "").ends(2);
        lead(&["session", "resume", &code]).ends(0);
        lead(&["session", "extend", &code, "5"]).ends(0).tells(&["closes at "]);
        lead(&["session", "close", &code]).ends(0).tells(&["runs under way are taken until "]);
        say("Flo", &["join", &code, "--as", "Flo"], "").complains(2, &["is over"]);
        lead(&["session", "list"]).ends(0).tells(&[&code, "Friday: 2 rounds, open", "closed"]);
        assert_eq!(json(&lead(&["session", "list", "--json"]))[0]["code"], code.as_str());
        lead(&["session", "open", "ZZZ-ZZZ"]).complains(2, &["no session ZZZ-ZZZ", "--store"]);
        assert!(lead(&["session", "open", "x"]).ends(2).err.contains("six letters and digits"));
    });
}

#[test]
fn a_run_that_was_left_goes_on_and_a_second_one_is_practice() {
    everywhere(|say, _| {
        let code = opened(say);
        let (lines, _) = evening(7, &leader);
        let lines: Vec<&str> = lines.lines().collect();
        let join = |more: &[&str], input: &[&str]| {
            let args: Vec<&str> = [&["join", &code, "--as", "Ann", "--plain"], more].concat();
            say("Ann", &args, &input.join("\n"))
        };
        // Left before the first choice, after two, and in the second round.
        join(&[], &[]).ends(0).tells(&["Round 1 of 2", "End of input.", "joining again goes on"]);
        // Its ticket has arrived all the same.
        assert_eq!(json(&say("facilitator", &["board", &code, "--json"], ""))["board"]["playing"], 1);
        join(&[], &[lines[0], "u", lines[1], "q"]).ends(0).tells(&["no way back in a ranked run", "Decisions made: 2"]);
        let first = typed(STORIES[0], 7, &leader).1.lines().count();
        join(&[], &lines[2..first + 3]).ends(0).tells(&[
            "You go on at decision 3.",
            "Sent.",
            "Round 2 of 2",
            "End of input.",
        ]);
        join(&[], &lines[first + 3..]).ends(0).tells(&["Round 1 has been played", "You go on at decision 4.", "Sent."]);
        join(&["--round", "1"], &lines[..first]).ends(0).tells(&["For practice; it doesn't count", "Sent."]);
        join(&[], &[]).ends(0).tells(&["Round 1 has been played", "Round 2 has been played"]);
        join(&["--round", "3"], &[]).ends(2);
        let shown = json(&say("facilitator", &["session", "show", &code, "--json"], ""));
        let runs = shown["runs"].as_array().expect("runs");
        let ranked: Vec<bool> = runs.iter().map(|run| run["ranked"] == true).collect();
        assert_eq!(ranked, [true, true, false]);
        assert_eq!(shown["refused"], Value::Array(Vec::new()), "{shown}");
        assert_eq!((&shown["board"]["practice"], &shown["board"]["playing"]), (&1.into(), &0.into()));
    });
}

#[test]
fn nothing_is_left_of_a_name_that_was_erased() {
    everywhere(|say, dump| {
        let code = opened(say);
        let lead = |args: &[&str]| say("facilitator", args, "");
        joins(say, &code, "Zebedee Quux", "North", &leader);
        joins(say, &code, "Bob", "North", &closer);
        lead(&["session", "freeze", &code]).ends(0);
        let (_, lines) = typed(STORIES[0], 7, &closer);
        say("Zebedee Quux", &["join", &code, "--as", "Zebedee Quux", "--plain", "--round", "1"], &lines).ends(0);
        assert!(dump().contains("Zebedee"));
        lead(&["session", "erase", &code, "zebedee quux"]).complains(2, &["--yes"]);
        lead(&["session", "erase", &code, "zebedee quux", "--yes"]).ends(0).tells(&["Erased: Zebedee Quux."]);
        lead(&["session", "seal", &code]).ends(0);
        lead(&["session", "reveal", &code, "--all"]).ends(0);
        let dumped = dump();
        assert!(!dumped.contains("Zebedee") && dumped.contains("Bob"), "{dumped}");
        for args in [
            &["session", "export", &code][..],
            &["session", "export", &code, "--format", "csv"],
            &["session", "show", &code],
            &["session", "results", &code],
            &["board", &code, "--plain"],
            &["board", &code, "--json"],
        ] {
            let said = lead(args);
            assert!(!said.ends(0).out.contains("Zebedee"), "{args:?}: {}", said.out);
        }
        let export = lead(&["session", "export", &code]).out;
        here(&["verify", "-"], &export).ends(0).tells(&["runs replayed: 5", "boards: 2", "no difference"]);
        let document: Value = serde_json::from_str(&export).expect("JSON");
        assert_eq!(document["erased"].as_array().map(Vec::len), Some(1));
    });
}

#[test]
fn a_players_role_may_read_what_is_public_and_put_letters_into_the_inbox() {
    let Some(server) = postgres::server() else { return };
    let company = Company::new(server);
    let code = opened(&|who, args, input| company.say(who, args, input));
    for (name, team, policy) in PLAYERS {
        joins(&|who, args, input| company.say(who, args, input), &code, name, team, policy);
    }
    company.say("facilitator", &["verify", &code], "").ends(0).tells(&["15 taken, 0 refused"]);
    let may = |statement: &str| company.sql(&company.player, statement);
    for table in ["session", "round", "scenario", "snapshot", "migration"] {
        assert!(may(&format!("SELECT count(*) FROM {table}")).is_ok(), "{table}");
    }
    let denied = |statement: &str| {
        let said = may(statement).expect_err(statement);
        assert!(said.contains("permission denied"), "{statement}: {said}");
    };
    let tables = company.sql("app", "SELECT tablename FROM pg_tables WHERE schemaname = 'public'").expect("tables");
    let public = ["session", "round", "scenario", "snapshot", "migration"];
    assert!(tables.lines().count() > 12, "{tables}");
    for table in tables.lines() {
        if !public.contains(&table) {
            denied(&format!("SELECT * FROM {table}"));
            denied(&format!("SELECT 1 FROM {table} LIMIT 1"));
        }
        denied(&format!("DELETE FROM {table}"));
        denied(&format!("TRUNCATE {table}"));
        if table != "inbox" {
            denied(&format!("INSERT INTO {table} DEFAULT VALUES"));
        }
    }
    denied(
        "INSERT INTO verified_run (id, sum, session, round, player, ranked, withdrawn, record, score, behaviour, \
            people, red_lines, trust, ending, received) VALUES ('x', 'x', 'x', 1, 'x', 1, 0, '', 100, 1000, 1000, 0, \
            100, 'won_by_rep', 0)",
    );
    denied("UPDATE ticket SET lock = '', taken = 0");
    denied("UPDATE session SET body = '{}'");
    denied("UPDATE inbox SET payload = ''");
    denied("UPDATE snapshot SET body = ''");
    denied("INSERT INTO inbox (id, sum, session, rank, payload, received) VALUES ('x', 'x', 'x', 2, 'x', 0)");
    denied("INSERT INTO inbox (id, sum, session, rank, payload) VALUES ('x', 'x', 'x', 2, 'x') RETURNING id");
    denied("INSERT INTO inbox VALUES ('x', 'x', 'x', 2, 'x', DEFAULT)");
    denied("CREATE TABLE own (x int)");
    may(&format!(
        "INSERT INTO inbox (id, sum, session, rank, payload) VALUES ('x', 'x', '{code}', 2, 'x') \
         ON CONFLICT DO NOTHING"
    ))
    .expect("a letter");
    let received = company.sql("app", "SELECT received > 1700000000000 FROM inbox").expect("a row");
    assert_eq!(received, "t", "it is the server's to say when a letter came");
    // The program says the same in words.
    company.say("Ann", &["session", "seal", &code], "").complains(2, &["doesn't let you do that", "team grants"]);
    company.say("Ann", &["session", "show", &code], "").complains(2, &["doesn't let you do that"]);
    company.say("Ann", &["verify", &code], "").complains(2, &["doesn't let you do that"]);
    company.say("Ann", &["board", &code], "").ends(0);
}

#[test]
fn play_goes_on_while_the_store_is_down() {
    let Some(server) = postgres::server() else { return };
    let company = Company::new(server);
    let say = |who: &str, args: &[&str], input: &str| company.say(who, args, input);
    let code = opened(&say);
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let down = format!("postgres://me:{PASSWORD}@127.0.0.1:{closed}/nowhere");
    let nowhere = |who: &str, args: &[&str], input: &str| company.command(&down, who, args, input);
    for args in [
        &["session", "list"][..],
        &["board", &code],
        &["verify", &code],
        &["session", "create", "--title", "X", STORIES[0]],
        &["join", &code, "--as", "Ann", "--plain"],
    ] {
        nowhere("Ann", args, "").complains(2, &["can't be reached", "postgres://127.0.0.1/nowhere"]);
    }
    nowhere("Ann", &["sync"], "").ends(0).tells(&["Nothing is waiting"]);
    say("Ann", &["join", &code, "--as", "Ann"], "").ends(0);
    let (lines, scores) = evening(7, &leader);
    let offline = nowhere("Ann", &["join", &code, "--as", "Ann", "--plain"], &lines);
    // The session wasn't open when it was looked at last? It was: so it is played, kept, and not sent.
    offline.ends(2).tells(&["Round 1 of 2", "Not sent yet", "Round 2 of 2", "Not sent yet"]);
    assert!(offline.err.contains("can't be reached"), "{}", offline.err);
    nowhere("Ann", &["sync"], "").complains(2, &["4 letters still wait to be sent", "can't be reached"]);
    // Another store takes nothing that isn't for it.
    let other = company.place.folder.path().join("other.db");
    let home = company.place.folder.path().join("home of Ann/.local/share/ridealong/ridealong.db");
    std::fs::copy(&home, &other).expect("copied");
    let wrong = company.command(other.to_str().expect("text"), "Ann", &["sync"], "");
    assert!(wrong.ends(2).err.contains("4 letters for session"), "{}", wrong.err);
    say("Ann", &["sync"], "").ends(0).tells(&["4 letters arrived at postgres://"]);
    say("Ann", &["sync"], "").ends(0).tells(&["Nothing is waiting"]);
    let board = json(&say("facilitator", &["board", &code, "--json"], ""));
    assert_eq!(board["board"]["places"][0]["points"], scores.iter().sum::<u64>() * 50);
}

#[test]
fn a_silent_server_is_not_waited_for() {
    let Some(server) = Server::start(&["fsync=off"]) else { return };
    let company = Company::new(&server);
    let pid = rustix::process::Pid::from_raw(server.pid().expect("a process")).expect("a process");
    rustix::process::kill_process(pid, rustix::process::Signal::STOP).expect("stopped");
    let said = company.say("facilitator", &["session", "list"], "");
    rustix::process::kill_process(pid, rustix::process::Signal::CONT).expect("on again");
    said.complains(2, &["no answer from postgres://127.0.0.1/", "within 10 s"]);
    company.say("facilitator", &["session", "list"], "").ends(0);
}

#[test]
fn what_was_forged_is_shown_to_the_facilitator() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("room.db");
    let say =
        |_: &str, args: &[&str], input: &str| here(&[&["--store", path.to_str().expect("text")], args].concat(), input);
    let code = opened(&say);
    let mut store = TeamStore::open(&Location::File(path.clone()), Duration::from_secs(10)).expect("a store");
    let session = store.session(code.parse().expect("a code")).expect("read").expect("a session");
    let hand = Hand { player: Uuid::from_u128(7), token: Token::new([7; 32]), session: session.code };
    let story = story(STORIES[0]);
    let record = Record::of(&story, &play(&story, 7, &closer));
    let score = record.replay(&story).expect("it fits").score(&story.program).expect("it has ended").total.round();
    let letters = [
        hand.join(&session, Text::clean("Mallory"), Text::EMPTY),
        hand.take(1, Uuid::from_u128(8)),
        hand.send(1, Uuid::from_u128(9), record.clone(), Some(100)),
        hand.send(1, Uuid::from_u128(10), record, Some(100)),
    ];
    store.post(&letters).expect("sent");
    let shown = say("", &["session", "show", &code], "");
    shown.ends(0).tells(&[
        &format!("{}  Mallory, round 1: score {score}, sent as 100", Uuid::from_u128(9)),
        "Refused: 1",
        &Uuid::from_u128(10).to_string(),
        "Mallory",
        "its ticket has been used for another run",
    ]);
    let shown = json(&say("", &["session", "show", &code, "--json"], ""));
    assert_eq!(shown["differ"][0], Uuid::from_u128(9).to_string());
    assert_eq!(
        (&shown["refused"][0]["reason"], &shown["board"]["others"][0]["points"]),
        (&"second_run".into(), &(score * 100).into())
    );
}

#[test]
fn a_board_that_is_watched_is_written_again_when_it_changes() {
    let place = Place::new();
    let store = place.folder.path().join("room.db").to_str().expect("text").to_owned();
    let say = |_: &str, args: &[&str], input: &str| here(&[&["--store", &store], args].concat(), input);
    let code = opened(&say);
    let mut command = place.command(&["--store", &store, "board", &code, "--watch"]);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("started");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut until = |word: &str| {
        while !lines.next().expect("a line").expect("text").contains(word) {}
    };
    until("Joined: 0.");
    say("", &["join", &code, "--as", "Ann"], "").ends(0);
    until("Joined: 1.");
    say("", &["session", "freeze", &code], "").ends(0);
    until("As it stood at the freeze");
    child.kill().expect("ended");
    child.wait().expect("ended");
}

#[test]
fn erasing_on_a_machine_forgets_sessions_too() {
    let folder = TempDir::new().expect("a folder");
    let path: PathBuf = folder.path().join("room.db");
    let path = path.to_str().expect("text");
    let say = |_: &str, args: &[&str], input: &str| here(&[&["--store", path], args].concat(), input);
    let code = opened(&say);
    joins(&say, &code, "Ann", "", &leader);
    say("", &["join", &code, "--as", "Bob"], "").ends(0);
    say("", &["erase", "--as", "Ann"], "").complains(2, &["2 runs and 1 team session of Ann", "--yes"]);
    let erased = say("", &["erase", "--as", "Ann", "--yes"], "");
    erased.ends(0).tells(&["Erased: 2 runs and 1 team session of Ann", &format!("session erase {code} \"Ann\"")]);
    let file = rusqlite::Connection::open(path).expect("a file");
    let count = |what: &str| -> i64 {
        file.query_row(&format!("SELECT count(*) FROM {what}"), [], |row| row.get(0)).expect("a number")
    };
    assert_eq!(["run", "seat", "outbox", "membership", "kept_session", "story"].map(count), [0, 0, 0, 1, 1, 2]);
    say("", &["erase", "--everybody", "--yes"], "").ends(0).tells(&["1 team session of everybody"]);
    assert_eq!(["membership", "kept_session", "story"].map(count), [0, 0, 0]);
    say("", &["erase", "--as", "Ann", "--yes"], "").ends(0).tells(&["Nothing is kept of Ann."]);
}

#[test]
fn what_is_typed_wrong_is_told() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("room.db");
    let say = |args: &[&str]| here(&[&["--store", path.to_str().expect("text")], args].concat(), "");
    let create = |more: &[&str]| say(&[&["session", "create", "--title", "Friday", STORIES[0]], more].concat());
    create(&["--needed", "2"]).complains(2, &["--needed must be from 1 to 1"]);
    create(&["--closes", "2020-01-01T10:00"]).complains(2, &["close before it opens"]);
    create(&["--opens", "tomorrow"]).complains(2, &["tomorrow is no time", "15:00"]);
    assert!(create(&["--band", "101"]).ends(2).err.contains("101 is not in 0..=100"));
    say(&["session", "create", "--title", "\u{202e}", STORIES[0]]).complains(2, &["needs a title"]);
    say(&["session", "create", "--title", "X", "no-such-story"]).complains(2, &["no-such-story"]);
    say(&["session", "list"]).ends(0).tells(&["No sessions yet."]);
    create(&["--opens", "2020-01-01T10:00", "--team", "North", "--team", "North"])
        .ends(0)
        .tells(&["--team TEAM", "Teams: North.\n"]);
    let code = json(&say(&["session", "list", "--json"]))[0]["code"].as_str().expect("a code").to_owned();
    say(&["join", &code, "--as", "Bob", "--team", "South"]).complains(2, &["has no team South", "North"]);
    say(&["join", &code, "--as", "\u{1b}"]).complains(2, &["nothing is left of the name"]);
    say(&["team", "grants", "--player", "a", "--verifier", "a"]).complains(2, &["roles of their own"]);
    let said = say(&[&format!("postgres://me:{PASSWORD}@host/db")]);
    assert!(!said.ends(2).err.contains(PASSWORD), "{}", said.err);
    let said = say(&["verify", &format!("postgres://me:{PASSWORD}@host/db")]);
    assert!(!said.ends(2).err.contains(PASSWORD), "{}", said.err);
}
