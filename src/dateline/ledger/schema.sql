-- The ledger: everything that Dateline read, in one SQLite file. This file is the first migration; what comes later (people's
-- corrections first) stands in migrations/, one numbered file each, and is only ever added. docs/ledger.md explains the whole.
--
-- Analysts select from the views at the end (plural names: articles, events, statements ...). Tables have singular names.
-- Ids are hashes of content, so the same inputs give the same ids in any order: articles a..., events e..., statements s...,
-- corrections c.... A column n is a row number of this file only and means nothing elsewhere.
-- Offsets are half-open and count characters of article_text.text. Days are YYYY-MM-DD, moments UTC in ISO 8601.

-- == how it came to be ================================================================================================

-- What reads: version of the program, and fingerprints of everything that decides what it finds.
CREATE TABLE reader (
  id         TEXT PRIMARY KEY,          -- hash of the other columns
  dateline   TEXT NOT NULL,             -- version of the program
  code       TEXT NOT NULL,             -- fingerprint of its source, bundled weights included
  lexicon    TEXT NOT NULL,             -- fingerprint of the rule files, the user's own included
  model      TEXT NOT NULL,             -- name and version of the language model
  gazetteer  TEXT NOT NULL              -- fingerprint of the places
) WITHOUT ROWID;

-- One call of a command that writes. finished is null while it runs, and for ever where it was killed.
CREATE TABLE run (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  command    TEXT NOT NULL,             -- add, watch, retry, reread
  source     TEXT NOT NULL,             -- what it was given, one a line
  reader_id  TEXT REFERENCES reader (id),
  workers    INTEGER NOT NULL DEFAULT 1,
  started    TEXT NOT NULL,
  finished   TEXT,
  outcome    TEXT,                      -- done, interrupted, or the error that ended it
  seen       INTEGER NOT NULL DEFAULT 0, -- articles that came by
  added      INTEGER NOT NULL DEFAULT 0, -- new articles read
  versions   INTEGER NOT NULL DEFAULT 0, -- of those, changed forms of articles that were there
  known      INTEGER NOT NULL DEFAULT 0, -- recognised and not read again
  reread     INTEGER NOT NULL DEFAULT 0, -- read anew, the reading replaced
  set_aside  INTEGER NOT NULL DEFAULT 0, -- no articles in English: paywall stubs, error pages, other languages
  failed     INTEGER NOT NULL DEFAULT 0, -- could not be read
  events     INTEGER NOT NULL DEFAULT 0,
  statements INTEGER NOT NULL DEFAULT 0,
  host       TEXT NOT NULL,
  pid        INTEGER NOT NULL
);

-- What did not become an article, with the reason. `article` is the article as JSON where there was one, so that `retry` needs no source.
CREATE TABLE failure (
  id         TEXT PRIMARY KEY,          -- f and the hash of source, kind and reason
  run_id     INTEGER NOT NULL REFERENCES run (id),
  kind       TEXT NOT NULL CHECK (kind IN ('failed', 'set aside')),
  source     TEXT NOT NULL,             -- where it stands: a path, a URL; with :line, or the number in the collection
  reason     TEXT NOT NULL,             -- for a person
  article    TEXT,
  resolved_run INTEGER REFERENCES run (id) -- the run in which it was read after all
) WITHOUT ROWID;
CREATE INDEX failure_source ON failure (source);
CREATE INDEX failure_run ON failure (run_id);

-- == articles =========================================================================================================

-- One text as it was published on one day under one title: what the reader sees is what the id is made of.
CREATE TABLE article (
  n           INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,     -- a and the hash of text, title and given day
  title       TEXT,
  published   TEXT,                     -- the day that its source gives
  url         TEXT,                     -- canonical; with outlet and author that of the first of its sightings by URL
  outlet      TEXT,
  author      TEXT,
  language    TEXT NOT NULL DEFAULT 'en',
  words       INTEGER NOT NULL,
  day         TEXT,                     -- the day that the reader settled on
  day_basis   TEXT CHECK (day_basis IN ('given', 'inferred')),
  day_earliest TEXT,
  day_latest  TEXT,
  current     INTEGER NOT NULL DEFAULT 1, -- 0: a later version stands at every URL where this one stood
  voice       TEXT NOT NULL,            -- the least id among its near-copies, its own where there are none: count voices, not articles
  added_run   INTEGER NOT NULL REFERENCES run (id),
  read_run    INTEGER NOT NULL REFERENCES run (id), -- the run of the reading that stands here now
  reader_id   TEXT NOT NULL REFERENCES reader (id)
);
CREATE INDEX article_voice ON article (voice);
CREATE INDEX article_day ON article (day);
CREATE INDEX article_outlet ON article (outlet);
CREATE INDEX article_reader ON article (reader_id);

CREATE TABLE article_text (
  n     INTEGER PRIMARY KEY REFERENCES article (n) ON DELETE CASCADE,
  title TEXT,
  text  TEXT NOT NULL                   -- to the letter
);
CREATE VIRTUAL TABLE article_search USING fts5 (
  title, text, content = 'article_text', content_rowid = 'n', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER article_text_in AFTER INSERT ON article_text BEGIN
  INSERT INTO article_search (rowid, title, text) VALUES (new.n, new.title, new.text);
END;
CREATE TRIGGER article_text_out AFTER DELETE ON article_text BEGIN
  INSERT INTO article_search (article_search, rowid, title, text) VALUES ('delete', old.n, old.title, old.text);
END;

-- Where an article stood: a text that several outlets print to the letter is one article with several sightings.
CREATE TABLE sighting (
  n          INTEGER PRIMARY KEY,
  id         TEXT NOT NULL UNIQUE,      -- g and the hash of article, URL, outlet and author
  article_id TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  url        TEXT,                      -- canonical: what marks the reader's way to it (utm_..., fragments) taken off
  outlet     TEXT,
  author     TEXT,
  retrieved  TEXT,                      -- when it was fetched, where that is known
  name       TEXT,                      -- the id that its source gives it
  source     TEXT NOT NULL,             -- where it was first taken from
  run_id     INTEGER NOT NULL REFERENCES run (id),
  version    INTEGER NOT NULL DEFAULT 1, -- of what stands at that URL: by day, then by when it was retrieved or taken in
  current    INTEGER NOT NULL DEFAULT 1  -- 0: a later version stands there
);
CREATE INDEX sighting_article ON sighting (article_id);
CREATE INDEX sighting_url ON sighting (url);

-- Near-copies: articles that share most of their words and were published within days of each other have one voice. They are found
-- by MinHash over runs of five words; the articles of one voice are what a chain of near-copies connects, in whatever order they came.
CREATE TABLE signature (
  n      INTEGER PRIMARY KEY REFERENCES article (n) ON DELETE CASCADE,
  hashes BLOB NOT NULL                  -- 32-bit MinHash values, little-endian
);
CREATE TABLE band (
  hash INTEGER NOT NULL,                -- of some neighbouring values of a signature: near-copies share one
  n    INTEGER NOT NULL REFERENCES article (n) ON DELETE CASCADE,
  PRIMARY KEY (hash, n)
) WITHOUT ROWID;
CREATE INDEX band_article ON band (n);

-- == readings =========================================================================================================

-- The whole reading as `dateline read --format json` prints it, compressed (Zstandard); the tables below are made from it.
CREATE TABLE reading (
  n    INTEGER PRIMARY KEY REFERENCES article (n) ON DELETE CASCADE,
  json BLOB NOT NULL
);
-- Every reading that ever stood here: which run made it, with what, and a digest to tell whether it can be made again.
CREATE TABLE reading_history (
  article_id TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  run_id     INTEGER NOT NULL REFERENCES run (id),
  reader_id  TEXT NOT NULL REFERENCES reader (id),
  digest     TEXT NOT NULL,             -- SHA-256 of the JSON
  events     INTEGER NOT NULL,
  statements INTEGER NOT NULL,
  PRIMARY KEY (article_id, run_id)
) WITHOUT ROWID;

-- One event for one trigger. The columns hold what stands now: what was read, with people's corrections applied.
CREATE TABLE event (
  n            INTEGER PRIMARY KEY,
  id           TEXT NOT NULL UNIQUE,    -- e and the hash of article and trigger; not of the type, so that it survives rereading
  article_id   TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  start        INTEGER NOT NULL,        -- of the trigger
  "end"        INTEGER NOT NULL,
  trigger      TEXT NOT NULL,
  type         TEXT NOT NULL,           -- PLOVER
  mode         TEXT,
  status       TEXT NOT NULL,           -- actual, future, demanded, hypothetical, negated
  date_from    TEXT,                    -- days, both inclusive
  date_to      TEXT,
  place        TEXT,
  country      TEXT,                    -- of the place: ISO 3166 alpha-3
  lat          REAL,
  lon          REAL,
  radius_km    REAL,
  gazetteer_id TEXT,
  said_by      TEXT,                    -- whom the sentence credits, outermost first, joined by "; "; rows in event_source
  deadline     TEXT,
  control_gained_by TEXT,
  control_lost_by   TEXT,
  control_place     TEXT,
  control_unit      TEXT,
  control_count     INTEGER,
  confidence   REAL NOT NULL,
  sense        TEXT NOT NULL,           -- the rule in the lexicon
  current      INTEGER NOT NULL DEFAULT 1, -- as its article
  rejected     INTEGER NOT NULL DEFAULT 0, -- a person says that it is none
  corrected    INTEGER NOT NULL DEFAULT 0  -- how many corrections are in force
);
CREATE INDEX event_article ON event (article_id, start);
CREATE INDEX event_day ON event (date_from);
CREATE INDEX event_type ON event (type, mode, date_from);
CREATE INDEX event_country ON event (country, date_from);

-- Where events took place, for searching by distance: rowid is event.n.
CREATE VIRTUAL TABLE event_place USING rtree (n, lat_min, lat_max, lon_min, lon_max);
CREATE TRIGGER event_place_in AFTER INSERT ON event WHEN new.lat IS NOT NULL AND new.lon IS NOT NULL BEGIN
  INSERT INTO event_place VALUES (new.n, new.lat, new.lat, new.lon, new.lon);
END;
CREATE TRIGGER event_place_out AFTER DELETE ON event BEGIN
  DELETE FROM event_place WHERE n = old.n;
END;
CREATE TRIGGER event_place_moved AFTER UPDATE OF lat, lon ON event WHEN new.lat IS NOT old.lat OR new.lon IS NOT old.lon BEGIN
  DELETE FROM event_place WHERE n = old.n;
  INSERT INTO event_place SELECT new.n, new.lat, new.lat, new.lon, new.lon WHERE new.lat IS NOT NULL AND new.lon IS NOT NULL;
END;

CREATE TABLE event_actor (
  event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  role     TEXT NOT NULL CHECK (role IN ('actor', 'recipient')),
  n        INTEGER NOT NULL,            -- 1 is the first named
  name     TEXT NOT NULL,
  country  TEXT,
  sector   TEXT,                        -- PLOVER, three letters
  start    INTEGER,                     -- the words that name them, where one mention does
  "end"    INTEGER,
  PRIMARY KEY (event_id, role, n)
) WITHOUT ROWID;
CREATE INDEX event_actor_name ON event_actor (name COLLATE NOCASE);
CREATE INDEX event_actor_country ON event_actor (country, sector);

CREATE TABLE event_quantity (
  event_id    TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  n           INTEGER NOT NULL,
  what        TEXT NOT NULL,            -- killed, wounded, arrested, displaced, troops, districts ...
  low         REAL,                     -- null: no lower end is told
  high        REAL,
  approximate INTEGER NOT NULL,
  start       INTEGER NOT NULL,
  "end"       INTEGER NOT NULL,
  rule        TEXT NOT NULL,
  PRIMARY KEY (event_id, n)
) WITHOUT ROWID;
CREATE INDEX event_quantity_what ON event_quantity (what);

CREATE TABLE event_source (
  event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  n        INTEGER NOT NULL,            -- 1 is the outermost
  name     TEXT NOT NULL,
  PRIMARY KEY (event_id, n)
) WITHOUT ROWID;
CREATE INDEX event_source_name ON event_source (name COLLATE NOCASE);

-- Why each field has its value as read: the words, the rule, and what was considered and lost (one a line).
CREATE TABLE evidence (
  event_id TEXT NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  n        INTEGER NOT NULL,
  field    TEXT NOT NULL,
  value    TEXT NOT NULL,
  why      TEXT NOT NULL,
  start    INTEGER,
  "end"    INTEGER,
  lost     TEXT,
  PRIMARY KEY (event_id, n)
) WITHOUT ROWID;

CREATE TABLE statement (
  n               INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE, -- s and the hash of article and span
  article_id      TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  start           INTEGER NOT NULL,     -- what is said, without its quotation marks
  "end"           INTEGER NOT NULL,
  speaker         TEXT NOT NULL,
  speaker_country TEXT,
  speaker_sector  TEXT,
  direct          INTEGER NOT NULL,     -- 1: in quotation marks
  verb            TEXT NOT NULL,
  stance          TEXT NOT NULL,        -- says, denies ...
  date_from       TEXT,
  date_to         TEXT,
  chain           TEXT NOT NULL,        -- the speaker and those leant on, outermost first, joined by "; "
  cue_start       INTEGER NOT NULL,
  cue_end         INTEGER NOT NULL,
  speaker_start   INTEGER,
  speaker_end     INTEGER,
  rule            TEXT NOT NULL,
  current         INTEGER NOT NULL DEFAULT 1,
  rejected        INTEGER NOT NULL DEFAULT 0,
  corrected       INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX statement_article ON statement (article_id, start);
CREATE INDEX statement_speaker ON statement (speaker COLLATE NOCASE);
CREATE INDEX statement_day ON statement (date_from);

-- Every mention of a place, a time, an actor: one row each, whether an event uses it or not.
CREATE TABLE place (
  article_id   TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  n            INTEGER NOT NULL,
  start        INTEGER NOT NULL,
  "end"        INTEGER NOT NULL,
  name         TEXT NOT NULL,
  country      TEXT,
  lat          REAL,
  lon          REAL,
  radius_km    REAL,
  gazetteer_id TEXT,                    -- null where no entry convinces
  rule         TEXT NOT NULL,
  PRIMARY KEY (article_id, n)
) WITHOUT ROWID;
CREATE INDEX place_gazetteer ON place (gazetteer_id);
CREATE INDEX place_name ON place (name COLLATE NOCASE);
CREATE TABLE time (
  article_id TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  n          INTEGER NOT NULL,
  start      INTEGER NOT NULL,
  "end"      INTEGER NOT NULL,
  text       TEXT NOT NULL,
  date_from  TEXT,                      -- null where the article does not tell enough
  date_to    TEXT,
  grain      TEXT NOT NULL,
  kind       TEXT NOT NULL,             -- point, duration, set
  direction  TEXT NOT NULL,             -- at, since, until, by, before, after
  rule       TEXT NOT NULL,
  PRIMARY KEY (article_id, n)
) WITHOUT ROWID;
CREATE TABLE mention (
  article_id TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  n          INTEGER NOT NULL,
  start      INTEGER NOT NULL,
  "end"      INTEGER NOT NULL,
  name       TEXT NOT NULL,
  country    TEXT,
  sector     TEXT,
  kind       TEXT NOT NULL,             -- name, description, pronoun
  rule       TEXT NOT NULL,
  PRIMARY KEY (article_id, n)
) WITHOUT ROWID;
CREATE INDEX mention_name ON mention (name COLLATE NOCASE);

-- == feeds ============================================================================================================

CREATE TABLE feed (
  url      TEXT PRIMARY KEY,
  title    TEXT,
  etag     TEXT,
  modified TEXT,                        -- the Last-Modified that the server sent
  checked  TEXT,
  due      TEXT,                        -- not to be asked again before
  misses   INTEGER NOT NULL DEFAULT 0,  -- how often in a row it could not be had
  error    TEXT
) WITHOUT ROWID;

-- == views: what analysts select from =================================================================================

CREATE VIEW articles AS
SELECT a.id, a.title, a.outlet, a.author, a.published, a.day, a.day_basis, a.url, a.language, a.words, a.voice,
  (SELECT count(*) FROM event e WHERE e.article_id = a.id AND e.rejected = 0) AS events,
  (SELECT count(*) FROM statement s WHERE s.article_id = a.id AND s.rejected = 0) AS statements,
  t.text
FROM article a LEFT JOIN article_text t ON t.n = a.n
WHERE a.current = 1;

CREATE VIEW article_versions AS
SELECT s.url, s.version, s.article_id, s.current, s.outlet, s.author, a.title, a.published, a.day, s.retrieved, s.source
FROM sighting s JOIN article a ON a.id = s.article_id;

CREATE VIEW events AS
SELECT e.id, e.article_id, e.start, e."end", e.trigger, e.type, e.mode, e.status, e.date_from, e.date_to, e.place, e.country,
  e.lat, e.lon, e.radius_km, e.gazetteer_id, e.said_by, e.deadline, e.control_gained_by, e.control_lost_by, e.control_place,
  e.control_unit, e.control_count, e.confidence, e.sense, e.corrected
FROM event e WHERE e.current = 1 AND e.rejected = 0;

CREATE VIEW actors AS
SELECT e.id AS event_id, e.article_id, r.role, r.n, r.name, r.country, r.sector, r.start, r."end"
FROM event_actor r JOIN event e ON e.id = r.event_id WHERE e.current = 1 AND e.rejected = 0;

CREATE VIEW quantities AS
SELECT e.id AS event_id, e.article_id, q.n, q.what, q.low, q.high, q.approximate, q.start, q."end"
FROM event_quantity q JOIN event e ON e.id = q.event_id WHERE e.current = 1 AND e.rejected = 0;

CREATE VIEW statements AS
SELECT s.id, s.article_id, s.start, s."end", s.speaker, s.speaker_country, s.speaker_sector, s.direct, s.verb, s.stance,
  s.date_from, s.date_to, s.chain, s.cue_start, s.cue_end, s.speaker_start, s.speaker_end, s.corrected,
  (SELECT substr(t.text, s.start + 1, s."end" - s.start) FROM article a JOIN article_text t ON t.n = a.n WHERE a.id = s.article_id) AS text
FROM statement s WHERE s.current = 1 AND s.rejected = 0;

CREATE VIEW places AS
SELECT p.article_id, p.start, p."end", p.name, p.country, p.lat, p.lon, p.radius_km, p.gazetteer_id
FROM place p JOIN article a ON a.id = p.article_id WHERE a.current = 1;

CREATE VIEW times AS
SELECT t.article_id, t.start, t."end", t.text, t.date_from, t.date_to, t.grain, t.kind, t.direction
FROM time t JOIN article a ON a.id = t.article_id WHERE a.current = 1;

CREATE VIEW mentions AS
SELECT m.article_id, m.start, m."end", m.name, m.country, m.sector, m.kind
FROM mention m JOIN article a ON a.id = m.article_id WHERE a.current = 1;

CREATE VIEW runs AS
SELECT r.id, r.command, r.source, r.started, r.finished, r.outcome, r.seen, r.added, r.versions, r.known, r.reread, r.set_aside,
  r.failed, r.events, r.statements, r.workers, v.dateline, v.lexicon, v.model, v.gazetteer
FROM run r LEFT JOIN reader v ON v.id = r.reader_id;

CREATE VIEW failures AS
SELECT id, run_id, kind, source, reason FROM failure WHERE resolved_run IS NULL;
