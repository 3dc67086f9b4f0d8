"""The schema of a batch is documented, and the page has not drifted."""

from __future__ import annotations

import re
from pathlib import Path

from dateline.batch.schema import READINGS, TABLES, VERSIONS, page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_shows_the_tables_as_they_are() -> None:
    shown = (DOCS / "scale.md").read_text(encoding="utf-8")
    block = re.search(r"<!-- generated: batch-tables -->\n(.*?)\n<!-- end -->", shown, re.DOTALL)
    assert block is not None
    assert block[1] == page(), "run `make docs-generated`"


def test_every_column_is_in_the_function_s_rows_and_says_what_read_it() -> None:
    whole = set(READINGS.names)
    for name, schema in TABLES.items():
        assert set(VERSIONS.names) < set(schema.names), name
    assert set(TABLES["articles"].names) < whole
    for name in ("events", "statements"):
        fields = READINGS.field(name).type.value_type
        assert {fields.field(k).name for k in range(fields.num_fields)} < set(TABLES[name].names)
