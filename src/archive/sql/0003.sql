-- Step 3: notices find the story that they mean, withdrawals are told to readers, and operators decide by hand.

-- What stories are called, as names are compared: title, headline, slug, and the place that they are from. With `means`,
-- what a notice calls the story that it means. The rank comes last: stories of one name lie by their time.
CREATE TABLE names (
    means INTEGER NOT NULL,
    name  TEXT NOT NULL,
    rank  INTEGER NOT NULL,
    PRIMARY KEY (means, name, rank)
) WITHOUT ROWID;

-- Notices on file that have found no story yet, and whether several were as good.
CREATE TABLE pending (
    id      TEXT PRIMARY KEY NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    since   INTEGER NOT NULL,
    several INTEGER NOT NULL
) WITHOUT ROWID;

-- Withdrawn stories that readers had seen: feeds that would still list them say so in their place.
CREATE TABLE withdrawn (
    rank INTEGER PRIMARY KEY
);

-- What operators decided, against which no wire file says anything. A story that waits is named here, too.
CREATE TABLE hand (
    id    TEXT PRIMARY KEY NOT NULL,
    deed  TEXT NOT NULL CHECK (deed IN ('hold', 'kill')),
    since INTEGER NOT NULL,
    -- The `pubstatus` that it would have without.
    meant TEXT NOT NULL
) WITHOUT ROWID;
