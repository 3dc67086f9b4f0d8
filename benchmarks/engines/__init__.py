"""Tests that need the engines: `make test-engines`."""
