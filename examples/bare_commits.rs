//! Commits rows to an `SQLite` file and tells of each on standard output: for the tests of power cuts, which have to find
//! what is lost where a commit isn't synced.
#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

use std::io::Write as _;

fn main() {
    let mut args = std::env::args().skip(1);
    let (path, synchronous) = (args.next().unwrap(), args.next().unwrap());
    let connection = rusqlite::Connection::open(path).unwrap();
    let pragmas = format!("PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous};");
    connection.execute_batch(&pragmas).unwrap();
    connection.execute_batch("CREATE TABLE kept (number INTEGER)").unwrap();
    for number in 0..12 {
        connection.execute("INSERT INTO kept (number) VALUES (?1)", [number]).unwrap();
        println!("You chose {number}");
        std::io::stdout().flush().unwrap();
    }
}
