-- What merging compares of an account, in one row, so that whoever is loaded as a neighbour needs no row of his article's reading.
-- All of it is made from the events and can be made again; rows that lack are.

CREATE TABLE account_kept (
  account_id TEXT PRIMARY KEY,
  form       INTEGER NOT NULL,          -- of the row; one that this version does not know is made anew
  told       TEXT NOT NULL              -- JSON, see incidents/kept.py
) WITHOUT ROWID;

-- What all accounts of an article have of it.
CREATE TABLE article_kept (
  article_id TEXT PRIMARY KEY,
  form       INTEGER NOT NULL,
  names      TEXT NOT NULL,             -- the words of its names, by spaces
  gist       BLOB NOT NULL              -- its telling words as a set of bits, compressed (Zstandard)
) WITHOUT ROWID;

-- An article that is deleted leaves no words behind, whether or not incidents are merged before the file is made smaller.
CREATE TRIGGER article_kept_gone AFTER DELETE ON article BEGIN
  DELETE FROM account_kept WHERE account_id IN (SELECT id FROM account WHERE article_id = old.id);
  DELETE FROM article_kept WHERE article_id = old.id;
END;
