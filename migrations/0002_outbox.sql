-- A player's own part of team sessions: which ones they have joined, which tickets they hold, and what is still to be sent.

CREATE TABLE membership (
    session TEXT NOT NULL,
    player TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    team TEXT NOT NULL,
    -- The player's secret. It stays here.
    token TEXT NOT NULL,
    joined INTEGER NOT NULL,
    PRIMARY KEY (session, name)
) STRICT;

-- A session that was joined, as it was known last: play goes on where its store can't be reached. Its stories are in
-- the table of stories.
CREATE TABLE kept_session (
    code TEXT PRIMARY KEY,
    -- The session with its rounds, JSON.
    body TEXT NOT NULL
) STRICT;

-- A ticket, taken before the first scene shows, and the run that is played on it.
CREATE TABLE seat (
    player TEXT NOT NULL,
    round INTEGER NOT NULL,
    ticket TEXT NOT NULL,
    run TEXT NOT NULL UNIQUE,
    PRIMARY KEY (player, round)
) STRICT;

CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    sum TEXT NOT NULL,
    session TEXT NOT NULL,
    rank INTEGER NOT NULL,
    payload TEXT NOT NULL,
    player TEXT NOT NULL,
    UNIQUE (id, sum)
) STRICT;
