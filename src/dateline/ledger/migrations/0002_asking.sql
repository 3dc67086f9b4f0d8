-- What makes asking quick: names by their words, outlets whatever their case, events that last longer than a day, and the order of
-- days within what is asked for most.

-- Every name that an actor, a source or a speaker ever had, once. None is taken out: an unused one finds nothing.
CREATE TABLE known_name (
  n    INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE COLLATE NOCASE
);
CREATE VIRTUAL TABLE name_search USING fts5 (
  name, content = 'known_name', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER known_name_in AFTER INSERT ON known_name BEGIN
  INSERT INTO name_search (rowid, name) VALUES (new.n, new.name);
END;
CREATE TRIGGER event_actor_named AFTER INSERT ON event_actor
WHEN NOT EXISTS (SELECT 1 FROM known_name WHERE name = new.name) BEGIN
  INSERT INTO known_name (name) VALUES (new.name);
END;
CREATE TRIGGER event_source_named AFTER INSERT ON event_source
WHEN NOT EXISTS (SELECT 1 FROM known_name WHERE name = new.name) BEGIN
  INSERT INTO known_name (name) VALUES (new.name);
END;
CREATE TRIGGER statement_named AFTER INSERT ON statement
WHEN NOT EXISTS (SELECT 1 FROM known_name WHERE name = new.speaker) BEGIN
  INSERT INTO known_name (name) VALUES (new.speaker);
END;
CREATE TRIGGER statement_renamed AFTER UPDATE OF speaker ON statement
WHEN NOT EXISTS (SELECT 1 FROM known_name WHERE name = new.speaker) BEGIN
  INSERT INTO known_name (name) VALUES (new.speaker);
END;
INSERT OR IGNORE INTO known_name (name)
  SELECT name FROM event_actor UNION SELECT name FROM event_source UNION SELECT speaker FROM statement;

CREATE INDEX event_lasting ON event (date_to, date_from) WHERE date_to > date_from;
CREATE INDEX article_outlet_any_case ON article (outlet COLLATE NOCASE);
CREATE INDEX event_type_day ON event (type, date_from);
CREATE INDEX event_status_day ON event (status, date_from);
CREATE INDEX event_actor_sector ON event_actor (sector);
