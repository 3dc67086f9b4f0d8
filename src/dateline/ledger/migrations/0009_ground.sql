-- What is told of who holds what, kept by incident and by article, so that the question need not read all of them again.
-- All of it is made from the events and the articles and can be made again; `incident_state` says (key 'ground') with what it was made.

CREATE TABLE incident_ground (
  incident_id TEXT PRIMARY KEY,
  told        TEXT NOT NULL             -- JSON, see incidents/ground_rows.py
) WITHOUT ROWID;

-- What an article says of it in passing.
CREATE TABLE article_holding (
  article_id TEXT PRIMARY KEY,
  told       TEXT NOT NULL              -- JSON, see incidents/ground_rows.py
) WITHOUT ROWID;

CREATE TRIGGER incident_ground_gone AFTER DELETE ON incident BEGIN
  DELETE FROM incident_ground WHERE incident_id = old.id;
END;

-- An article that is deleted leaves no words behind, whether or not incidents are merged before the file is made smaller.
CREATE TRIGGER article_ground_gone AFTER DELETE ON article BEGIN
  DELETE FROM incident_ground WHERE incident_id IN (SELECT incident_id FROM account WHERE article_id = old.id);
  DELETE FROM article_holding WHERE article_id = old.id;
END;
