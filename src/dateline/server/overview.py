"""What is served as a whole, and what the words that somebody types may mean."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from importlib import metadata
from typing import Literal, NamedTuple, get_args

from dateline.gazetteer.countries import countries
from dateline.gazetteer.spelling import key
from dateline.model import MODES, SECTORS, EventType
from dateline.output.marks import QUADS
from dateline.server.asked import Suggested
from dateline.server.cards import names
from dateline.server.columns import QUAD_ORDER
from dateline.server.service import Service
from dateline.server.shapes.common import IncidentStatus, TypeInfo
from dateline.server.shapes.incidents import CountryCount, Counts, Meta, OutletCount, Suggestion, Suggestions

MOST_OUTLETS = 1000
# Whoever is not merged yet is among those that were noted as they changed.
BEHIND = (
    "SELECT count(*) FROM article_changed AS c CROSS JOIN article AS a ON a.id = c.article_id "
    "WHERE a.current = 1 AND a.id NOT IN (SELECT article_id FROM incident_article)"
)
Filter = Literal["actor", "place", "type", "outlet", "country"]


class Span(NamedTuple):
    """What incidents reach over: days, a box (west, south, east, north), and how many are in each country, the most first."""

    first_day: str | None
    last_day: str | None
    box: list[float] | None
    countries: list[tuple[str, int]]


def meta(service: Service, db: sqlite3.Connection) -> Meta:
    """What is served."""
    incidents = service.objects.get((service.merged_version(), "span"), lambda: _span(db))
    known = countries()
    types: tuple[EventType, ...] = get_args(EventType)
    return Meta(
        version=metadata.version("dateline"),
        ledger=service.settings.ledger.name,
        csrf=service.csrf,
        writable=service.writable,
        user=service.settings.user,
        counts=_counts(db),
        types=[TypeInfo(name=type, quad=QUADS[type], modes=list(MODES[type])) for type in types],
        quads=list(QUAD_ORDER),
        statuses=list(get_args(IncidentStatus)),
        sectors=sorted(SECTORS),
        outlets=[
            OutletCount(name=row[0], articles=row[1])
            for row in db.execute(
                "SELECT outlet, count(*) FROM article WHERE current = 1 AND outlet IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?",
                (MOST_OUTLETS,),
            )
        ],
        countries=[
            CountryCount(code=code, name=known[code].name if code in known else code, incidents=count)
            for code, count in incidents.countries
        ],
        first_day=incidents.first_day,
        last_day=incidents.last_day,
        bbox=incidents.box,
        behind=db.execute(BEHIND).fetchone()[0],
    )  # fmt: skip


def _span(db: sqlite3.Connection) -> Span:
    # Each by itself is one step into an index; both in one SELECT go through all of it.
    first, last = db.execute(
        "SELECT (SELECT min(first_day) FROM incident), (SELECT max(first_day) FROM incident)"
    ).fetchone()
    box = db.execute("SELECT min(lon), min(lat), max(lon), max(lat) FROM incident WHERE lat IS NOT NULL").fetchone()
    found = db.execute("SELECT country, count(*) FROM incident WHERE country IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1")
    return Span(first, last, None if box[0] is None else list(box), [(row[0], row[1]) for row in found])


def _counts(db: sqlite3.Connection) -> Counts:
    def count(sql: str) -> int:
        return int(db.execute(f"SELECT count({sql}").fetchone()[0])

    return Counts(
        incidents=count("*) FROM incident"), events=count("*) FROM event WHERE current = 1 AND rejected = 0"),
        articles=count("*) FROM article WHERE current = 1"), statements=count("*) FROM statement WHERE current = 1 AND rejected = 0"),
        voices=count("DISTINCT voice) FROM article WHERE current = 1"), corrections=count("*) FROM correction WHERE undone IS NULL"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """Something that incidents have, with the words by which it is found."""

    filter: Filter
    value: str
    label: str
    detail: str | None
    count: int
    words: str


def known(db: sqlite3.Connection) -> list[Known]:
    """Everything that may be suggested, the most frequent first."""
    actors: Counter[str] = Counter()
    places: Counter[tuple[str, str | None]] = Counter()
    lands: Counter[str] = Counter()
    types: Counter[str] = Counter()
    for row in db.execute("SELECT actors, recipients, place, country, type FROM incident"):
        actors.update({*names(row["actors"]), *names(row["recipients"])})
        types[row["type"]] += 1
        if row["place"] is not None:
            places[row["place"], row["country"]] += 1
        if row["country"] is not None:
            lands[row["country"]] += 1
    outlets = db.execute("SELECT outlet, count(*) FROM article WHERE current = 1 AND outlet IS NOT NULL GROUP BY 1")
    of_land = {code: country.name for code, country in countries().items()}
    found = [
        *(_known("actor", f"={name}", name, None, count) for name, count in actors.items()),
        *(_known("place", name, name, of_land.get(land or "", land), count) for (name, land), count in places.items()),
        *(_known("country", code, of_land.get(code, code), code, count) for code, count in lands.items()),
        *(_known("type", type, type, QUADS[type], count) for type, count in types.items()),  # type: ignore[index]
        *(_known("outlet", name, name, None, count) for name, count in outlets),
    ]
    return sorted(found, key=lambda one: (-one.count, one.label, one.filter))


def suggest(among: list[Known], asked: Suggested) -> Suggestions:
    """What the words typed so far may mean: each must begin a word of it; what begins with them comes first."""
    typed = key(asked.q).split()
    whole = f" {' '.join(typed)}"
    fitting = [one for one in among if typed and all(f" {word}" in one.words for word in typed)]
    ranked = sorted(fitting, key=lambda one: not one.words.startswith(whole))  # sorting keeps the order among equals
    return Suggestions(
        items=[
            Suggestion(filter=one.filter, value=one.value, label=one.label, detail=one.detail, count=one.count)
            for one in ranked[: asked.limit]
        ]
    )


def _known(filter: Filter, value: str, label: str, detail: str | None, count: int) -> Known:
    return Known(filter, value, label, detail, count, f" {key(label)}{f' {key(value)}' if filter == 'country' else ''}")
