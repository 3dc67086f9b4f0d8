-- What the page asks for: a headline and the reach of the place on every incident, one index that answers maps, histograms and filters
-- without looking at the long rows, a number that changes whenever incidents do, and events in the order of their certainty.

-- The sentence without day, toll and sources; how far the place reaches. Incidents are made anew, with both.
ALTER TABLE incident ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE incident ADD COLUMN radius_km REAL;
DELETE FROM incident_state WHERE key = 'rules';

CREATE INDEX incident_columns ON incident (
  rank DESC, id, type, status, country, place, gazetteer_id, first_day, date_from, date_to, lat, lon, radius_km, confidence, voices
);

-- Every change of incidents goes through incident_article: what was merged is noted there, what is merged anew is noted anew.
INSERT OR IGNORE INTO incident_state VALUES ('version', '0');
CREATE TRIGGER incident_article_merged AFTER INSERT ON incident_article BEGIN
  UPDATE incident_state SET value = value + 1 WHERE key = 'version';
END;
CREATE TRIGGER incident_article_gone AFTER DELETE ON incident_article BEGIN
  UPDATE incident_state SET value = value + 1 WHERE key = 'version';
END;

CREATE INDEX event_confidence ON event (confidence, n) WHERE current = 1 AND rejected = 0;
