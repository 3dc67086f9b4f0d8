"""Readings as JSON: one a line, or a list that a person can read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from dateline.model import Reading
from dateline.output.contract import as_json


def lines(readings: Iterable[Reading]) -> Iterator[str]:
    """One reading a line (JSON Lines)."""
    for reading in readings:
        yield json.dumps(as_json(reading), ensure_ascii=False) + "\n"


def pretty_list(readings: Iterable[Reading]) -> Iterator[str]:
    """A JSON list of the readings, indented, written as they come."""
    opening = "[\n"
    for reading in readings:
        yield opening + json.dumps(as_json(reading), ensure_ascii=False, indent=2)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"
