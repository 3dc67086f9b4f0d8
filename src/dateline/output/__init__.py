"""What a reading looks like from outside: JSON by a published schema, a table for the terminal, a page for the browser."""
