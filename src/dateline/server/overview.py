"""What is served as a whole, and what the words that somebody types may mean."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from importlib import metadata
from typing import Literal, get_args

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
Filter = Literal["actor", "place", "type", "outlet", "country"]


def meta(service: Service, db: sqlite3.Connection) -> Meta:
    """What is served."""
    # Each by itself is one step into an index; both in one SELECT go through all of it.
    first, last = db.execute(
        "SELECT (SELECT min(first_day) FROM incident), (SELECT max(first_day) FROM incident)"
    ).fetchone()
    box = db.execute("SELECT min(lon), min(lat), max(lon), max(lat) FROM incident WHERE lat IS NOT NULL").fetchone()
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
            CountryCount(code=row[0], name=known[row[0]].name if row[0] in known else row[0], incidents=row[1])
            for row in db.execute("SELECT country, count(*) FROM incident WHERE country IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1")
        ],
        first_day=first,
        last_day=last,
        bbox=None if box[0] is None else list(box),
        behind=db.execute(
            "SELECT count(*) FROM article WHERE current = 1 AND id NOT IN (SELECT article_id FROM incident_article)"
        ).fetchone()[0],
    )  # fmt: skip


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
