-- Step 2: stories stand in the order of feeds, one index answers every selection, and each shelf knows its days.

ALTER TABLE stories RENAME TO stories_1;
DROP INDEX stories_newest;
DROP INDEX stories_match;
ALTER TABLE versions RENAME TO versions_1;
DROP TABLE labels;

-- The newest version of each story. `body` comes last: what stands before it is read without its pages.
CREATE TABLE stories (
    -- The story's place in every feed: `Rank` says how it is made of `published` and id.
    rank      INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    version   INTEGER NOT NULL,
    -- The ledger's revision when this version was filed.
    revision  INTEGER NOT NULL,
    pubstatus TEXT NOT NULL,
    -- `versioncreated` as it came, by which versions are ordered; the printed one may be later.
    stated    INTEGER NOT NULL,
    -- Agency, place, day and headline as they are compared; NULL when too little of that is known.
    match_key TEXT,
    -- The wire file that this version came in; NULL when step 1 filed it.
    wire      BLOB,
    body      TEXT NOT NULL
);
CREATE INDEX stories_match ON stories (match_key) WHERE match_key IS NOT NULL;

-- Versions that were replaced.
CREATE TABLE versions (
    id      TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    wire    BLOB,
    body    TEXT NOT NULL,
    PRIMARY KEY (id, version)
);

-- What usable stories are shelved under, and their words, cut by us; the row is the story's rank. It holds no text
-- of its own: the stories do.
CREATE VIRTUAL TABLE found USING fts5 (
    marks, words,
    content = '', contentless_delete = 1, prefix = 1, tokenize = 'porter ascii'
);

-- Each shelf: how many usable stories stand on it, and when it last changed. The mark '' is that of all stories.
CREATE TABLE shelves (
    mark    TEXT PRIMARY KEY NOT NULL,
    stories INTEGER NOT NULL,
    -- `published` of the newest; of one that stood there when there are none.
    newest  INTEGER NOT NULL,
    changed INTEGER NOT NULL
) WITHOUT ROWID;

-- The same day by day. `seal` adds up what its stories say, without regard to their order, so equal days of two
-- archives have equal seals.
CREATE TABLE days (
    mark    TEXT NOT NULL,
    day     INTEGER NOT NULL,
    stories INTEGER NOT NULL,
    seal    INTEGER NOT NULL,
    PRIMARY KEY (mark, day)
) WITHOUT ROWID;

ALTER TABLE waiting ADD COLUMN wire BLOB;
