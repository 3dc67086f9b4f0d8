"""Dateline turns news into data that people can check."""
