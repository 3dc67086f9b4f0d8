"""The page's server: the ledger and its incidents as typed JSON over HTTP, and the built page beside it. It has no logic of its own."""
