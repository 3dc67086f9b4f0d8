-- What the page asks for of a large ledger in a tenth of a second: who and which articles have a part in each incident, as numbers.

DROP INDEX incident_columns;

-- The sixteen digits of the id as one number, by which the tables below name an incident: half as long, and compared at once.
ALTER TABLE incident ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
UPDATE incident SET number =
  (instr('123456789abcdef', substr(id, 2, 1)) << 60) | (instr('123456789abcdef', substr(id, 3, 1)) << 56)
  | (instr('123456789abcdef', substr(id, 4, 1)) << 52) | (instr('123456789abcdef', substr(id, 5, 1)) << 48)
  | (instr('123456789abcdef', substr(id, 6, 1)) << 44) | (instr('123456789abcdef', substr(id, 7, 1)) << 40)
  | (instr('123456789abcdef', substr(id, 8, 1)) << 36) | (instr('123456789abcdef', substr(id, 9, 1)) << 32)
  | (instr('123456789abcdef', substr(id, 10, 1)) << 28) | (instr('123456789abcdef', substr(id, 11, 1)) << 24)
  | (instr('123456789abcdef', substr(id, 12, 1)) << 20) | (instr('123456789abcdef', substr(id, 13, 1)) << 16)
  | (instr('123456789abcdef', substr(id, 14, 1)) << 12) | (instr('123456789abcdef', substr(id, 15, 1)) << 8)
  | (instr('123456789abcdef', substr(id, 16, 1)) << 4) | instr('123456789abcdef', substr(id, 17, 1));
CREATE INDEX incident_columns ON incident (
  rank DESC, id, number, type, status, country, place, gazetteer_id, first_day, date_from, date_to, lat, lon, radius_km, confidence,
  voices
);

-- Which articles tell an incident: article.n.
CREATE TABLE incident_told (
  incident INTEGER NOT NULL,            -- incident.number
  article  INTEGER NOT NULL,
  PRIMARY KEY (incident, article)
) WITHOUT ROWID;
CREATE INDEX incident_told_article ON incident_told (article, incident);

-- Who takes part in it, in whatever role, as any of those says who tell it: known_name.n, and the codes, '' where there is none.
CREATE TABLE incident_party (
  incident INTEGER NOT NULL,
  name     INTEGER NOT NULL,
  country  TEXT NOT NULL,
  sector   TEXT NOT NULL,
  PRIMARY KEY (incident, name, country, sector)
) WITHOUT ROWID;
CREATE INDEX incident_party_name ON incident_party (name, incident);
CREATE INDEX incident_party_country ON incident_party (country, sector, incident);
CREATE INDEX incident_party_sector ON incident_party (sector, incident);

-- Merging writes both after it has written an incident; with the incident they go.
CREATE TRIGGER incident_gone AFTER DELETE ON incident BEGIN
  DELETE FROM incident_told WHERE incident = old.number;
  DELETE FROM incident_party WHERE incident = old.number;
END;
INSERT OR IGNORE INTO incident_told
  SELECT i.number, a.n FROM incident AS i JOIN account AS o ON o.incident_id = i.id JOIN article AS a ON a.id = o.article_id;
INSERT OR IGNORE INTO incident_party
  SELECT i.number, k.n, coalesce(r.country, ''), coalesce(r.sector, '') FROM incident AS i
  JOIN account AS o ON o.incident_id = i.id JOIN account_event AS x ON x.account_id = o.id
  JOIN event_actor AS r ON r.event_id = x.event_id JOIN known_name AS k ON k.name = r.name;

-- Who says most, from an index alone.
CREATE INDEX statement_speakers ON statement (speaker, speaker_country, speaker_sector) WHERE current = 1 AND rejected = 0;
