-- Corrections. IF NOT EXISTS: in the first ledgers all this stood in schema.sql.

-- What people say against the reader: rows of their own. A trigger applies each to its event or statement as it comes, and takes
-- it back when `undone` is filled in. The latest in force wins.
CREATE TABLE IF NOT EXISTS correction (
  id         TEXT PRIMARY KEY,          -- c and the hash of target, field, value, who and made
  target_id  TEXT NOT NULL,             -- event or statement; after a reread, the one whose words overlap most with the old one
  article_id TEXT NOT NULL,             -- with start and end: which words it is about, so that it outlives rereading
  start      INTEGER NOT NULL,
  "end"      INTEGER NOT NULL,
  field      TEXT NOT NULL CHECK (field IN (
    'type', 'mode', 'status', 'date_from', 'date_to', 'place', 'country', 'lat', 'lon', 'radius_km', 'gazetteer_id', 'deadline',
    'said_by', 'actors', 'recipients', 'rejected', 'note', 'speaker', 'speaker_country', 'speaker_sector', 'stance')),
  value      TEXT,                      -- rejected: 1; actors and recipients: a JSON list of {name, country, sector}; said_by: joined by "; "
  was        TEXT,                      -- as read; filled in by the trigger
  who        TEXT NOT NULL,
  made       TEXT NOT NULL,             -- when
  why        TEXT,
  undone     TEXT,                      -- when it was taken back
  undone_by  TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS correction_target ON correction (target_id, field, made);
CREATE INDEX IF NOT EXISTS correction_article ON correction (article_id);

-- For every target and field that was ever corrected, the value that stands: the latest in force, else as it was read.
CREATE VIEW IF NOT EXISTS correction_in_force AS
SELECT target_id, field, value FROM (
  SELECT target_id, field, value,
    row_number() OVER (PARTITION BY target_id, field ORDER BY in_force DESC, made DESC, id DESC) AS rank
  FROM (
    SELECT target_id, field, value, made, id, 1 AS in_force FROM correction WHERE undone IS NULL
    UNION ALL
    SELECT target_id, field, was, made, id, 0 FROM correction
  )
) WHERE rank = 1;

CREATE TRIGGER IF NOT EXISTS correction_made AFTER INSERT ON correction BEGIN
  UPDATE correction SET was = CASE
    WHEN EXISTS (SELECT 1 FROM correction c WHERE c.target_id = new.target_id AND c.field = new.field AND c.id <> new.id)
    THEN (SELECT c.was FROM correction c WHERE c.target_id = new.target_id AND c.field = new.field AND c.id <> new.id LIMIT 1)
    WHEN new.field IN ('actors', 'recipients') THEN
      (SELECT json_group_array(json_object(
        'name', name, 'country', country, 'sector', sector, 'start', start, 'end', "end")) FROM
        (SELECT * FROM event_actor WHERE event_id = new.target_id AND role = rtrim(new.field, 's') ORDER BY n))
    ELSE coalesce(
      (SELECT CASE new.field
        WHEN 'type' THEN type WHEN 'mode' THEN mode WHEN 'status' THEN status WHEN 'date_from' THEN date_from
        WHEN 'date_to' THEN date_to WHEN 'place' THEN place WHEN 'country' THEN country WHEN 'lat' THEN lat WHEN 'lon' THEN lon
        WHEN 'radius_km' THEN radius_km WHEN 'gazetteer_id' THEN gazetteer_id WHEN 'deadline' THEN deadline
        WHEN 'said_by' THEN said_by WHEN 'rejected' THEN rejected END FROM event WHERE id = new.target_id),
      (SELECT CASE new.field
        WHEN 'date_from' THEN date_from WHEN 'date_to' THEN date_to WHEN 'speaker' THEN speaker
        WHEN 'speaker_country' THEN speaker_country WHEN 'speaker_sector' THEN speaker_sector WHEN 'stance' THEN stance
        WHEN 'rejected' THEN rejected END FROM statement WHERE id = new.target_id))
    END
  WHERE id = new.id;
  UPDATE correction SET undone = undone WHERE id = new.id;
END;

CREATE TRIGGER IF NOT EXISTS correction_applied AFTER UPDATE OF undone ON correction BEGIN
  UPDATE event SET
    type = CASE new.field WHEN 'type' THEN v.value ELSE type END,
    mode = CASE new.field WHEN 'mode' THEN v.value ELSE mode END,
    status = CASE new.field WHEN 'status' THEN v.value ELSE status END,
    date_from = CASE new.field WHEN 'date_from' THEN v.value ELSE date_from END,
    date_to = CASE new.field WHEN 'date_to' THEN v.value ELSE date_to END,
    place = CASE new.field WHEN 'place' THEN v.value ELSE place END,
    country = CASE new.field WHEN 'country' THEN v.value ELSE country END,
    lat = CASE new.field WHEN 'lat' THEN v.value ELSE lat END,
    lon = CASE new.field WHEN 'lon' THEN v.value ELSE lon END,
    radius_km = CASE new.field WHEN 'radius_km' THEN v.value ELSE radius_km END,
    gazetteer_id = CASE new.field WHEN 'gazetteer_id' THEN v.value ELSE gazetteer_id END,
    deadline = CASE new.field WHEN 'deadline' THEN v.value ELSE deadline END,
    said_by = CASE new.field WHEN 'said_by' THEN v.value ELSE said_by END,
    rejected = CASE new.field WHEN 'rejected' THEN coalesce(v.value, 0) ELSE rejected END,
    corrected = (SELECT count(*) FROM correction WHERE target_id = new.target_id AND undone IS NULL AND field <> 'note')
  FROM (SELECT value FROM correction_in_force WHERE target_id = new.target_id AND field = new.field) AS v
  WHERE id = new.target_id;
  UPDATE statement SET
    date_from = CASE new.field WHEN 'date_from' THEN v.value ELSE date_from END,
    date_to = CASE new.field WHEN 'date_to' THEN v.value ELSE date_to END,
    speaker = CASE new.field WHEN 'speaker' THEN v.value ELSE speaker END,
    speaker_country = CASE new.field WHEN 'speaker_country' THEN v.value ELSE speaker_country END,
    speaker_sector = CASE new.field WHEN 'speaker_sector' THEN v.value ELSE speaker_sector END,
    stance = CASE new.field WHEN 'stance' THEN v.value ELSE stance END,
    rejected = CASE new.field WHEN 'rejected' THEN coalesce(v.value, 0) ELSE rejected END,
    corrected = (SELECT count(*) FROM correction WHERE target_id = new.target_id AND undone IS NULL AND field <> 'note')
  FROM (SELECT value FROM correction_in_force WHERE target_id = new.target_id AND field = new.field) AS v
  WHERE id = new.target_id;
  DELETE FROM event_source WHERE event_id = new.target_id AND new.field = 'said_by';
  INSERT INTO event_source (event_id, n, name)
    SELECT new.target_id, who.key + 1, who.value
    FROM correction_in_force f, json_each('[' || replace(json_quote(f.value), '; ', '","') || ']') who
    WHERE f.target_id = new.target_id AND f.field = 'said_by' AND new.field = 'said_by' AND f.value IS NOT NULL
      AND EXISTS (SELECT 1 FROM event WHERE id = new.target_id);
  DELETE FROM event_actor WHERE event_id = new.target_id AND new.field IN ('actors', 'recipients') AND role = rtrim(new.field, 's');
  INSERT INTO event_actor (event_id, role, n, name, country, sector, start, "end")
    SELECT new.target_id, rtrim(new.field, 's'), who.key + 1, who.value ->> 'name', who.value ->> 'country', who.value ->> 'sector',
      who.value ->> 'start', who.value ->> 'end'
    FROM correction_in_force f, json_each(f.value) who
    WHERE f.target_id = new.target_id AND f.field = new.field AND new.field IN ('actors', 'recipients')
      AND EXISTS (SELECT 1 FROM event WHERE id = new.target_id);
END;

CREATE VIEW IF NOT EXISTS corrections AS
SELECT id, target_id, article_id, field, value, was, who, made, why, undone, undone_by FROM correction;
