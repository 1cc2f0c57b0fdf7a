-- Team sessions, the same in SQLite and PostgreSQL (and what speaks its protocol): text and whole numbers only.
-- CLOCK stands for the store's own clock, in milliseconds since 1970, UTC; each kind of store puts its words there.

-- The public part: what a player's role may read.

CREATE TABLE session (
    code TEXT PRIMARY KEY,
    -- How often it was written: who changes it must have seen it as it is.
    rev BIGINT NOT NULL,
    -- Title, times, teams, how far it is: JSON.
    body TEXT NOT NULL,
    created BIGINT NOT NULL
);

CREATE TABLE round (
    session TEXT NOT NULL,
    no BIGINT NOT NULL,
    -- The scenario's hash.
    scenario TEXT NOT NULL,
    title TEXT NOT NULL,
    -- As decimal digits: it may be larger than the numbers here.
    seed TEXT NOT NULL,
    PRIMARY KEY (session, no)
);

CREATE TABLE scenario (
    hash TEXT PRIMARY KEY,
    -- The scenario file.
    source TEXT NOT NULL
);

-- Boards as they stood. After a freeze, all that the public sees.
CREATE TABLE snapshot (
    session TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    taken BIGINT NOT NULL,
    PRIMARY KEY (session, kind)
);

-- What players send, until it has been verified. A player's role may insert here, and nothing else.
CREATE TABLE inbox (
    id TEXT NOT NULL,
    -- SHA-256 of the payload: another one under the same id lies beside it.
    sum TEXT NOT NULL,
    session TEXT NOT NULL,
    rank BIGINT NOT NULL,
    payload TEXT NOT NULL,
    received BIGINT NOT NULL DEFAULT (CLOCK)
);
-- As they came: those of one moment are few. A letter that is sent twice lies there twice and counts once, which is seen
-- when it is opened: to look for it with each that comes would cost everybody who sends one.
CREATE INDEX inbox_in_order ON inbox (session, received);

-- The facilitator's part.

-- Who changes anything about a session holds its row here. Were it one of the public part, that row would move with every
-- letter that is settled, and the public could see it.
CREATE TABLE hold (
    session TEXT PRIMARY KEY,
    held BIGINT NOT NULL
);

CREATE TABLE player (
    id TEXT PRIMARY KEY,
    sum TEXT NOT NULL,
    session TEXT NOT NULL,
    name TEXT NOT NULL,
    team TEXT NOT NULL,
    -- Hashes that the player's keys open: JSON.
    tickets TEXT NOT NULL,
    practice TEXT NOT NULL,
    joined BIGINT NOT NULL,
    removed BIGINT NOT NULL
);
CREATE INDEX player_by_name ON player (session, name);

CREATE TABLE ticket (
    id TEXT PRIMARY KEY,
    sum TEXT NOT NULL,
    session TEXT NOT NULL,
    round BIGINT NOT NULL,
    player TEXT NOT NULL,
    lock TEXT NOT NULL,
    taken BIGINT NOT NULL,
    UNIQUE (player, round)
);
CREATE INDEX ticket_by_session ON ticket (session);

CREATE TABLE verified_run (
    id TEXT PRIMARY KEY,
    sum TEXT NOT NULL,
    session TEXT NOT NULL,
    round BIGINT NOT NULL,
    player TEXT NOT NULL,
    -- Whether it is the one of its ticket.
    ranked BIGINT NOT NULL,
    -- Whether the facilitator has taken it back.
    withdrawn BIGINT NOT NULL,
    -- The run record, JSON; empty once only its numbers are kept.
    record TEXT NOT NULL,
    -- What its sender thought it comes to; for looking at.
    claimed BIGINT,
    score BIGINT NOT NULL,
    behaviour BIGINT NOT NULL,
    people BIGINT NOT NULL,
    red_lines BIGINT NOT NULL,
    trust BIGINT NOT NULL,
    ending TEXT NOT NULL,
    received BIGINT NOT NULL
);
CREATE INDEX run_by_player ON verified_run (session, player);
CREATE INDEX run_by_age ON verified_run (session, received);

-- Everybody's ranked runs added up: what a board is read from.
CREATE TABLE best (
    board TEXT NOT NULL,
    player TEXT NOT NULL,
    ranked BIGINT NOT NULL,
    rounds BIGINT NOT NULL,
    points BIGINT NOT NULL,
    people BIGINT NOT NULL,
    red_lines BIGINT NOT NULL,
    PRIMARY KEY (board, player)
);
CREATE INDEX best_in_order ON best (board, ranked DESC, points DESC, people DESC, red_lines ASC);

-- What was not taken, and why. The payload is kept where it has to be looked at.
CREATE TABLE refused (
    id TEXT NOT NULL,
    sum TEXT NOT NULL,
    session TEXT NOT NULL,
    player TEXT NOT NULL,
    reason TEXT NOT NULL,
    payload TEXT NOT NULL,
    received BIGINT NOT NULL,
    PRIMARY KEY (id, sum)
);
CREATE INDEX refused_by_session ON refused (session, received);

-- The last board, before it is revealed.
CREATE TABLE verdict (
    session TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    taken BIGINT NOT NULL
);

-- What a board that was written down was made from: who was in the session, and which runs counted.
CREATE TABLE basis (
    session TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- Ids of players with their teams, and of runs: JSON.
    body TEXT NOT NULL,
    PRIMARY KEY (session, kind)
);

-- Players who were erased: what they sent before doesn't bring them back.
CREATE TABLE tombstone (
    player TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    erased BIGINT NOT NULL
);
