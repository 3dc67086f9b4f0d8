"""The ledger: what was read, kept in one SQLite file that grows, survives and answers."""
