//! What the roles of a PostgreSQL server may do with the tables of team sessions.

/// What everybody may read: nothing of it tells more than the public board.
const PUBLIC: [&str; 5] = ["migration", "session", "round", "scenario", "snapshot"];
/// What is a facilitator's alone.
const FACILITATORS: [&str; 10] =
    ["inbox", "hold", "player", "ticket", "verified_run", "best", "refused", "verdict", "basis", "tombstone"];

/// The SQL that lets players join, take tickets and send runs: they read what is public, and put letters into the inbox,
/// whose time of arrival is not theirs to say.
pub fn to_player(role: &str) -> String {
    let role = quoted(role);
    format!(
        "-- Players: read what is public, put letters into the inbox, and nothing else.\n\
         GRANT SELECT ON {} TO {role};\n\
         GRANT INSERT (id, sum, session, rank, payload) ON inbox TO {role};\n",
        PUBLIC.join(", ")
    )
}

/// The SQL that lets facilitators make and steer sessions and verify what players send.
pub fn to_verifier(role: &str) -> String {
    let role = quoted(role);
    let tables: Vec<&str> = PUBLIC.iter().skip(1).chain(&FACILITATORS).copied().collect();
    format!(
        "-- Facilitators: make and steer sessions, verify what players send.\n\
         GRANT SELECT ON migration TO {role};\n\
         GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {role};\n",
        tables.join(", ")
    )
}

/// A role's name as SQL writes it.
fn quoted(role: &str) -> String {
    format!("\"{}\"", role.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_granted_to_facilitators() {
        let tables = include_str!("../../migrations/team/0001_sessions.sql").lines();
        let tables: Vec<&str> =
            tables.filter_map(|line| line.strip_prefix("CREATE TABLE ")?.strip_suffix(" (")).collect();
        assert!(tables.len() > 10, "{tables:?}");
        for table in tables {
            assert!(PUBLIC.contains(&table) || FACILITATORS.contains(&table), "{table}");
        }
    }

    #[test]
    fn a_role_is_no_statement() {
        assert!(to_player("x\"; DROP TABLE session; --").contains("TO \"x\"\"; DROP TABLE session; --\";\n"));
    }
}
