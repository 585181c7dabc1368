-- Step 1. Times are microseconds since 1970 in UTC; ids and codes are text, so that a shell can read them.

-- One row: how many commits have changed something that a reader may see.
CREATE TABLE ledger (
    only     INTEGER PRIMARY KEY CHECK (only = 1),
    revision INTEGER NOT NULL
);
INSERT INTO ledger (only, revision) VALUES (1, 0);

-- Every wire file that was filed, by the SHA-256 of its bytes.
CREATE TABLE wires (
    digest   BLOB PRIMARY KEY CHECK (length(digest) = 32),
    name     TEXT NOT NULL,
    received INTEGER NOT NULL
) WITHOUT ROWID;

-- The newest version of each story. `body` comes last: what stands before it is read without its pages.
CREATE TABLE stories (
    id        TEXT PRIMARY KEY NOT NULL,
    version   INTEGER NOT NULL,
    -- The ledger's revision when this version was filed.
    revision  INTEGER NOT NULL,
    pubstatus TEXT NOT NULL,
    kind      TEXT NOT NULL,
    language  TEXT NOT NULL,
    published INTEGER NOT NULL,
    -- `versioncreated` as it came, by which versions are ordered; the printed one may be later.
    stated    INTEGER NOT NULL,
    -- Agency, place, day and headline as they are compared; NULL when too little of that is known.
    match_key TEXT,
    body      TEXT NOT NULL
);
CREATE INDEX stories_newest ON stories (published DESC, id, kind, language) WHERE pubstatus = 'usable';
CREATE INDEX stories_match ON stories (match_key) WHERE match_key IS NOT NULL;

-- Versions that were replaced.
CREATE TABLE versions (
    id      TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (id, version)
);

-- The labels of usable stories only, in the order of a feed: the newest fifty under one code lie side by side,
-- however large the archive is. Without a foreign key: that would want a second index as large as the table.
CREATE TABLE labels (
    scheme    TEXT NOT NULL CHECK (scheme IN ('topic', 'region')),
    code      TEXT NOT NULL,
    published INTEGER NOT NULL,
    id        TEXT NOT NULL,
    PRIMARY KEY (scheme, code, published DESC, id)
) WITHOUT ROWID;

-- Stories whose embargo has not passed. They are nowhere else until then, so no query can show them.
CREATE TABLE waiting (
    number INTEGER PRIMARY KEY,
    -- Not to be filed before.
    embargoed INTEGER NOT NULL,
    -- When it counts as published, at the earliest.
    shown  INTEGER NOT NULL,
    body   TEXT NOT NULL
);
CREATE INDEX waiting_next ON waiting (embargoed, number);
