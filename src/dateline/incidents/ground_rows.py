"""What is told of who holds what, as rows of the ledger: one for each incident in which ground changes hands, one for each article that
says in passing who holds it. They are written when articles are merged, and asked for instead of the articles.

A row is JSON without names: lists in the order in which `packed` and `write_holdings` write them. Who published an article stands in its
own row of the ledger alone.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import date
from importlib import resources
from typing import Any, NamedTuple

from dateline.incidents.accounts import place_of
from dateline.incidents.ground import Told
from dateline.incidents.records import Holding, Incident
from dateline.incidents.reports import Count, Report, counts_of, identified, least, passing_of, reports_of
from dateline.incidents.standings import load_chain
from dateline.model import Actor, Location

FORM = 1
"""Of these rows; to be raised where what is in them, or what reports and holdings are made of, changes: they are made anew."""
SOURCES = "SELECT id, voice, outlet, url, day FROM article WHERE current = 1"


class _Source(NamedTuple):
    """Whose voice an article is, and who published it, where and when."""

    voice: str
    outlet: str | None
    url: str | None
    day: date | None


def made_with() -> str:
    """What rows are made with: their form and the parameters, in a few digits."""
    parameters = [resources.files("dateline.incidents").joinpath("data", name) for name in ("control.toml", "holding.toml")]
    return f"{FORM}-{hashlib.sha256(b''.join(file.read_bytes() for file in parameters)).hexdigest()[:16]}"


def packed(incident: Incident) -> str | None:
    """What an incident tells of ground, as a row; None where it tells nothing."""
    tolds = incident.tolds
    controls = [told.event.control for told in tolds if told.event.control is not None]
    if not any(control.gained_by or control.lost_by or control.place for control in controls):
        return None
    article = {told.id: told.article for told in tolds}
    reports = [
        [
            _place(report.place), report.side, int(report.holds), report.day.toordinal(), report.told_on.toordinal(), report.right,
            report.kind, article[report.event], report.event, report.words, report.unit,
        ]
        for report in reports_of(incident, load_chain().right)
    ]  # fmt: skip
    counts = [
        [
            count.side, int(count.gained), count.unit, count.low, count.high, int(count.approximate), count.first.toordinal(),
            count.last.toordinal(), count.country, article[count.event], count.event, count.words,
        ]
        for count in counts_of(tolds)
    ]  # fmt: skip
    entries = least(identified(place for told in tolds if (place := place_of(told))))
    return _json([reports, counts, entries])


def write_ground(db: sqlite3.Connection, incident: Incident) -> None:
    """Write what an incident tells of ground, where it does."""
    row = packed(incident)
    if row is not None:
        db.execute("INSERT OR REPLACE INTO incident_ground VALUES (?, ?)", (incident.id, row))


def write_holdings(db: sqlite3.Connection, holdings: Iterable[Holding]) -> None:
    """Write what articles say in passing; all that an article says must be among it."""
    rows: dict[str, list[Any]] = {}
    for held in holdings:
        holder = [held.holder.name, held.holder.country, held.holder.sector]
        rows.setdefault(held.article, []).append([holder, _place(held.place), held.told, held.start, held.end])
    db.executemany(
        "INSERT OR REPLACE INTO article_holding VALUES (?, ?)", ((article, _json(row)) for article, row in rows.items())
    )


def kept(db: sqlite3.Connection) -> Told | None:
    """All that is told of who holds what; None where it is not kept, or by other parameters."""
    state = db.execute("SELECT value FROM incident_state WHERE key = 'ground'").fetchone()
    if state is None or state["value"] != made_with():
        return None
    sources = {
        row["id"]: _Source(row["voice"], row["outlet"], row["url"], date.fromisoformat(row["day"]) if row["day"] else None)
        for row in db.execute(SOURCES)
    }
    reports: list[Report] = []
    counts: list[Count] = []
    entries: list[tuple[str, str]] = []
    for row in db.execute("SELECT told FROM incident_ground ORDER BY incident_id"):
        told, counted, named = json.loads(row["told"])
        reports += (
            _report(each, sources) for each in told if each[7] in sources
        )  # else it is gone, and is about to be merged
        counts += (_count(each, sources) for each in counted if each[9] in sources)
        entries += named.items()
    held = [
        _holding(article, each, sources[article])
        for article, row in db.execute("SELECT article_id, told FROM article_holding ORDER BY article_id")
        if article in sources and sources[article].day is not None
        for each in json.loads(row)
    ]
    later = [(one.day, *entry) for one in held for entry in identified([one.place]) if one.day]
    return Told([*reports, *passing_of(held, load_chain().right)], counts, least(entries), later)


def _report(row: list[Any], sources: Mapping[str, _Source]) -> Report:
    place, side, holds, day, told_on, right, kind, article, event, words, unit = row
    source = sources[article]
    return Report(
        place=Location(*place),
        side=side,
        holds=bool(holds),
        day=date.fromordinal(day),
        told_on=date.fromordinal(told_on),
        right=right,
        kind=kind,
        voice=source.voice,
        source=source.outlet or article,
        url=source.url,
        event=event,
        words=words,
        unit=unit,
    )


def _count(row: list[Any], sources: Mapping[str, _Source]) -> Count:
    side, gained, unit, low, high, approximate, first, last, country, article, event, words = row
    return Count(
        side=side,
        gained=bool(gained),
        unit=unit,
        low=low,
        high=high,
        approximate=bool(approximate),
        first=date.fromordinal(first),
        last=date.fromordinal(last),
        country=country,
        source=sources[article].outlet or article,
        event=event,
        words=words,
    )


def _holding(article: str, row: list[Any], source: _Source) -> Holding:
    holder, place, told, start, end = row
    return Holding(
        holder=Actor(*holder),
        place=Location(*place),
        told=told,
        article=article,
        voice=source.voice,
        outlet=source.outlet,
        url=source.url,
        day=source.day,
        start=start,
        end=end,
    )


def _place(place: Location) -> list[object]:
    return [place.name, place.country, place.lat, place.lon, place.radius_km, place.gazetteer_id]


def _json(row: object) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))
