"""The view as a file, written as it is read: incidents, or the events that tell them in the columns of `dateline events`."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from itertools import batched

from dateline.ledger.answers import Events, Ledger
from dateline.ledger.formats import geojson, json_list, write_csv
from dateline.ledger.queries import EVENT_COLUMNS, STANDING, Query
from dateline.ledger.shapes import Row
from dateline.server.asked import ExportQuery
from dateline.server.selecting import Selected, selected

ROWS_AT_ONCE = 500
INCIDENT_COLUMNS = (
    "id date_from date_to first_day type mode status title actors recipients place country lat lon radius_km gazetteer_id "
    "killed_low killed_best killed_high voices articles events outlets disputed confidence rank text"
).split()
MEDIA = {"csv": "text/csv; charset=utf-8", "json": "application/json", "geojson": "application/geo+json"}


def exported(ledger: Ledger, asked: ExportQuery) -> Iterator[str]:
    """The pieces of the file.

    Raises:
        FilterError: a filter makes no sense; it is raised at once, before the first piece.
    """
    found = selected(ledger.db, asked)
    if asked.what == "events":
        answer = _events(ledger, found)
        columns = list(answer.columns)
        rows: Iterable[Row] = answer if asked.format != "json" else answer.objects()
    else:
        columns, rows = INCIDENT_COLUMNS, _incidents(ledger, found)
    pieces = {"csv": lambda: _csv(columns, rows), "json": lambda: json_list(rows), "geojson": lambda: geojson(rows)}
    return pieces[asked.format]()


def _incidents(ledger: Ledger, found: Selected) -> Iterator[Row]:
    columns = ", ".join(f"i.{name}" for name in INCIDENT_COLUMNS)
    sql = f"SELECT {columns} FROM {found.source} WHERE {found.where} ORDER BY i.rank DESC, i.id"
    return (dict(row) for row in Query(sql, found.values).run(ledger.db))


def _events(ledger: Ledger, found: Selected) -> Events:
    told = (
        "SELECT x.event_id FROM incident AS i JOIN account AS o ON o.incident_id = i.id JOIN account_event AS x ON x.account_id = o.id "
        f"WHERE {found.where}"
    )
    sql = (
        f"SELECT {EVENT_COLUMNS} FROM event AS e JOIN article AS a ON a.id = e.article_id WHERE {STANDING} AND e.id IN ({told}) "
        "ORDER BY e.date_from NULLS LAST, e.id"
    )
    return Events(ledger.db, Query(sql, found.values))


def _csv(columns: list[str], rows: Iterable[Row]) -> Iterator[str]:
    out = io.StringIO()
    write_csv(columns, [], out)
    for batch in batched(rows, ROWS_AT_ONCE):
        write_csv(columns, batch, out, header=False)
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()
