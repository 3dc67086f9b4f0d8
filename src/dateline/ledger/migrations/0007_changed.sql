-- Which articles to merge into incidents: noted when they change, so that nobody has to look through all of them for one that did.

-- Articles that may not be merged as they are now. Merging looks whether they are, and takes them out.
CREATE TABLE article_changed (article_id TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TRIGGER article_changed_new AFTER INSERT ON article BEGIN
  INSERT OR IGNORE INTO article_changed VALUES (new.id);
END;
CREATE TRIGGER article_changed_since AFTER UPDATE OF read_run, voice, day, outlet, current ON article
WHEN new.read_run IS NOT old.read_run OR new.voice IS NOT old.voice OR new.day IS NOT old.day OR new.outlet IS NOT old.outlet
  OR new.current IS NOT old.current
BEGIN
  INSERT OR IGNORE INTO article_changed VALUES (new.id);
END;
CREATE TRIGGER article_changed_gone AFTER DELETE ON article BEGIN
  INSERT OR IGNORE INTO article_changed VALUES (old.id);
END;
CREATE TRIGGER correction_changed_new AFTER INSERT ON correction BEGIN
  INSERT OR IGNORE INTO article_changed VALUES (new.article_id);
END;
CREATE TRIGGER correction_changed_undone AFTER UPDATE OF undone ON correction BEGIN
  INSERT OR IGNORE INTO article_changed VALUES (new.article_id);
END;
CREATE TRIGGER correction_changed_gone AFTER DELETE ON correction BEGIN
  INSERT OR IGNORE INTO article_changed VALUES (old.article_id);
END;

-- What was never merged, or changed before this was noted.
INSERT OR IGNORE INTO article_changed SELECT id FROM article UNION SELECT article_id FROM incident_article;
