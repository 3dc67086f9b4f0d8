"""The addresses: each asks the views, and answers."""
