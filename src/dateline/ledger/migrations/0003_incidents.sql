-- Incidents: what happened, as the events of many articles tell it. All but decisions is made from the events and can be made again.

-- What incidents were made with; they are made anew where it changes.
CREATE TABLE incident_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Articles that were merged, with what of them was: readings, corrections and voices that change are merged anew.
CREATE TABLE incident_article (article_id TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;

-- What one article tells of one act, in one event or several.
CREATE TABLE account (
  id          TEXT PRIMARY KEY,         -- the least id of its events
  article_id  TEXT NOT NULL,
  family      TEXT NOT NULL,            -- the kind of act, as data/merging.toml has it
  incident_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX account_article ON account (article_id);
CREATE INDEX account_incident ON account (incident_id);
CREATE INDEX account_family ON account (family);

CREATE TABLE account_event (event_id TEXT PRIMARY KEY, account_id TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX account_event_account ON account_event (account_id);

-- Where accounts are looked for: family, time, and place or name.
CREATE TABLE account_key (key TEXT NOT NULL, account_id TEXT NOT NULL, PRIMARY KEY (key, account_id)) WITHOUT ROWID;
CREATE INDEX account_key_account ON account_key (account_id);

-- How alike two accounts are, in hundredths of points; parts is a JSON list of [name, points, why], kept where the sum connects them.
CREATE TABLE account_link (
  a      TEXT NOT NULL,
  b      TEXT NOT NULL,
  points INTEGER NOT NULL,
  parts  TEXT,
  PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX account_link_b ON account_link (b);

-- The values chosen; what lost and who says it is told by `dateline incidents --show ID`.
CREATE TABLE incident (
  id           TEXT PRIMARY KEY,
  type         TEXT NOT NULL,
  mode         TEXT,
  status       TEXT NOT NULL,           -- of events, or lapsed
  date_from    TEXT,
  date_to      TEXT,
  first_day    TEXT,                    -- the same, or the day of the first article where nobody tells one
  place        TEXT,
  country      TEXT,
  lat          REAL,
  lon          REAL,
  gazetteer_id TEXT,
  actors       TEXT NOT NULL,           -- names joined by "; "
  recipients   TEXT NOT NULL,
  killed_low   INTEGER,
  killed_best  INTEGER,
  killed_high  INTEGER,
  events       INTEGER NOT NULL,
  articles     INTEGER NOT NULL,
  voices       INTEGER NOT NULL,        -- independent ones: near-copies count once
  outlets      TEXT NOT NULL,
  disputed     INTEGER NOT NULL,        -- 1: somebody denies it
  confidence   REAL NOT NULL,
  rank         REAL NOT NULL,           -- of the timeline
  text         TEXT NOT NULL            -- one sentence
) WITHOUT ROWID;
CREATE INDEX incident_rank ON incident (rank);
CREATE INDEX incident_day ON incident (first_day);

-- People's words on two events: they tell one incident, or two. They are never deleted, only undone.
CREATE TABLE incident_decision (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  a        TEXT NOT NULL,
  b        TEXT NOT NULL,
  together INTEGER NOT NULL,
  who      TEXT NOT NULL,
  why      TEXT NOT NULL,
  made     TEXT NOT NULL,
  undone   TEXT
);

CREATE VIEW incidents AS SELECT * FROM incident;

CREATE VIEW incident_events AS
SELECT a.incident_id, e.event_id, a.id AS account_id, a.article_id
FROM account a JOIN account_event e ON e.account_id = a.id;

CREATE VIEW incident_links AS
SELECT one.incident_id, l.a, l.b, l.points, l.parts
FROM account_link l JOIN account one ON one.id = l.a JOIN account two ON two.id = l.b WHERE one.incident_id = two.incident_id;

CREATE VIEW incident_decisions AS SELECT id, a, b, together, who, why, made, undone FROM incident_decision;
