"""Tests of what resolves words to days, places, actors and fields."""
