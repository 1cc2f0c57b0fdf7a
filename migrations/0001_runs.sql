-- Runs, finished or not, as they are known by their choices; and the stories that they were played on.

CREATE TABLE run (
    -- The order in which runs were begun. Clocks go wrong.
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    -- How often the row was written: who changes it must have seen it as it is.
    rev INTEGER NOT NULL,
    player TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'ended', 'left')),
    -- The run record, JSON.
    record TEXT NOT NULL,
    -- The first attempt, where this one plays it again.
    first TEXT,
    feedback TEXT NOT NULL,
    -- Milliseconds since 1970, UTC.
    started INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    -- What it comes to, JSON.
    summary TEXT NOT NULL,
    -- SHA-256 of all of the above but seq.
    sum TEXT NOT NULL
) STRICT;

CREATE TABLE story (
    -- The scenario's hash.
    hash TEXT PRIMARY KEY,
    -- The scenario file.
    source TEXT NOT NULL
) STRICT;
