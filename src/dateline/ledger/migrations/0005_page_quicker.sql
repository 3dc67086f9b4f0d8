-- What the page asks for of a large ledger: the days of incidents by type, and the incidents that articles tell, each from an index alone.
CREATE INDEX incident_day_type ON incident (first_day, type);
CREATE INDEX account_told ON account (article_id, incident_id);
