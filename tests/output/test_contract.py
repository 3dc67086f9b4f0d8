"""The JSON of a reading: its schema, the keys of coded articles, and that the copy in docs/ has not drifted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from dateline.model import Article, Publication, Reading
from dateline.output.contract import as_json
from dateline.output.json import lines, pretty_list
from dateline.output.schema import schema

DOCS = Path(__file__).parents[2] / "docs"
EMPTY = Reading(Article("e", ""), Publication(start=0, end=0, day=None, earliest=None, latest=None, basis=None))


def check(value: Any) -> None:
    jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker()).validate(value)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_a_full_and_an_empty_reading_fit_the_schema(reading: Reading) -> None:
    check(json.loads(json.dumps(as_json(reading))))
    check(json.loads(json.dumps(as_json(EMPTY))))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("events", 0, "type"), "FIGHT"),
        (("events", 0, "status"), "done"),
        (("events", 0, "start"), -1),
        (("events", 0, "actors", 0, "country"), "Somalia"),
        (("published",), "June 2"),
        (("times", 0, "kind"), "moment"),
        (("places", 0, "lat"), 400),
    ],
)
def test_what_is_wrong_does_not_fit(reading: Reading, path: tuple[str | int, ...], value: object) -> None:
    record: Any = json.loads(json.dumps(as_json(reading)))
    inner = record
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        check(record)


def test_every_key_is_required(reading: Reading) -> None:
    record: dict[str, Any] = json.loads(json.dumps(as_json(reading)))
    for key in ("events", "statements", "places", "times", "text", "published_basis"):
        with pytest.raises(jsonschema.ValidationError):
            check({k: v for k, v in record.items() if k != key})


def test_keys_and_values_are_those_of_a_coded_article(reading: Reading) -> None:
    record = as_json(reading)
    event, statement = record["events"][0], record["statements"][0]
    assert record["published"] == "2021-06-02"
    assert record["published_basis"] == "inferred"
    assert event["actors"] == [{"name": "Northern Front", "country": "SOM", "sector": "REB"}]
    assert event["when"] == {"start": "2021-05-01", "end": "2021-06-02"}
    assert event["where"] is not None
    assert (event["where"]["name"], event["where"]["country"]) == ("Talma", "SOM")
    assert event["control"] == {
        "gained_by": "Northern Front", "lost_by": "Army of Zembla", "place": None, "unit": "district", "count": 12,
    }  # fmt: skip
    assert json.dumps(event["quantities"][0]["low"]) == "12"
    assert record["events"][1]["deadline"] == "2021-06-09"
    assert (statement["speaker"]["name"], statement["direct"], statement["verb"]) == ("Oro", True, "said")
    assert [(time["from"], time["to"]) for time in record["times"]] == [("2021-05-01", "2021-06-02"), (None, None)]


def test_offsets_quote_the_text(reading: Reading) -> None:
    record = as_json(reading)
    for event in record["events"]:
        assert record["text"][event["start"] : event["end"]] == event["trigger"]
    for time in record["times"]:
        assert record["text"][time["start"] : time["end"]] == time["text"]


def test_one_reading_a_line_even_with_line_breaks_in_it(reading: Reading) -> None:
    printed = "".join(lines([reading, EMPTY]))
    assert [json.loads(line)["id"] for line in printed.splitlines()] == ["a1", "e"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_pretty_list_is_a_list(reading: Reading, count: int) -> None:
    readings = [replace(reading, article=replace(reading.article, published=date(2021, 6, 2)))] * count
    assert len(json.loads("".join(pretty_list(readings)))) == count


def test_the_copy_of_the_schema_in_the_docs_has_not_drifted() -> None:
    assert json.loads((DOCS / "reading.schema.json").read_text(encoding="utf-8")) == schema(), "run `make docs-generated`"
