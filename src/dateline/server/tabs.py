"""Timeline, control and commitments: what incidents tell together."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from itertools import batched
from typing import Any

from dateline.incidents import asking
from dateline.incidents.commitments import Commitment as Owed
from dateline.incidents.control import Bound as Counted
from dateline.incidents.control import PlaceHistory as Held
from dateline.incidents.ground import Ground, Told
from dateline.incidents.ground import Held as HeldThen
from dateline.incidents.reports import Report
from dateline.incidents.sides import folded
from dateline.ledger.filters import FilterError, filters
from dateline.ledger.queries import Query
from dateline.output.marks import QUADS
from dateline.server.answering import Asking
from dateline.server.asked import CommitmentsQuery, ControlQuery, HistoryQuery, TimelineQuery
from dateline.server.cards import days
from dateline.server.passages import web_address
from dateline.server.selecting import selected
from dateline.server.shapes.common import DaySpan, Source
from dateline.server.shapes.views import (
    Bound,
    Commitment,
    CommitmentEvidence,
    Commitments,
    Control,
    ControlHistory,
    Due,
    Entry,
    GroundReport,
    HolderSpan,
    Odds,
    PlaceHistory,
    PlaceStanding,
    Timeline,
)

IN_ONE_QUERY = 400


def timeline(db: sqlite3.Connection, asked: TimelineQuery) -> Timeline:
    """The highest ranked incidents in the order of their days.

    Raises:
        FilterError: a filter makes no sense.
    """
    found = selected(db, asked)
    ranked = Query(
        f"SELECT i.id FROM {found.source} WHERE {found.where} ORDER BY i.rank DESC, i.id LIMIT ?",
        (*found.values, asked.limit),
    )
    ids = [row["id"] for row in ranked.run(db)]
    rows = [
        row
        for some in batched(ids, IN_ONE_QUERY)
        for row in db.execute(f"SELECT * FROM incident WHERE id IN ({_marks(some)})", some)
    ]
    sources: dict[str, dict[tuple[str, str | None], None]] = {}
    for some in batched(ids, IN_ONE_QUERY):
        for row in db.execute(
            "SELECT DISTINCT o.incident_id, coalesce(a.outlet, a.id) AS outlet, a.url, a.day FROM account AS o "
            f"JOIN article AS a ON a.id = o.article_id WHERE o.incident_id IN ({_marks(some)}) ORDER BY a.day, a.id",
            some,
        ):
            sources.setdefault(row["incident_id"], {})[row["outlet"], row["url"]] = None
    entries = [
        Entry(
            id=row["id"], day=row["first_day"], days=days(row["date_from"], row["date_to"]), title=row["title"], sentence=row["text"],
            type=row["type"], quad=QUADS[row["type"]], status=row["status"], place=row["place"], rank=row["rank"],
            confidence=row["confidence"], voices=row["voices"], denied=bool(row["disputed"]),
            sources=[_source(*each) for each in sources.get(row["id"], {})],
        )
        for row in sorted(rows, key=lambda row: (row["first_day"] or "9999", -row["rank"], row["id"]))
    ]  # fmt: skip
    return Timeline(entries=entries, total=found.total(db))


def control(asked: ControlQuery, question: Asking) -> Control:
    """Who holds what on a day.

    Raises:
        FilterError: there is no such day or country.
    """
    day, countries = _day("at", asked.at), filters(country=asked.country).country
    country = countries[0] if countries else None
    if day is None:
        places, counted = histories(question, country)
        known: dict[str, PlaceStanding] = question.heavy(dict, "standings")
        standings: list[Any] = [known.get(place.key) or known.setdefault(place.key, _standing(place)) for place in places]
        holders, (first, last) = [standing.holder for standing in standings], _reach(places)
    else:
        held, counted = ground(question).on(day, country)
        source = question.heavy(lambda: cache(_source), "sources")
        standings, holders = [_held(place, source) for place in held], [place.standing.holder for place in held]
        first, last = (min(one.known.first for one in held).isoformat(), day.isoformat()) if held else (None, None)
    return Control(
        at=day.isoformat() if day else last, first=first, last=last, sides=_sides(holders),
        places=standings, bounds=_bounds(question, country, counted),
    )  # fmt: skip


def history(asked: HistoryQuery, question: Asking) -> ControlHistory:
    """Every change of hands; with its reports, where a place is named.

    Raises:
        FilterError: there is no such country.
    """
    checked = filters(country=asked.country)
    places, _ = histories(question, checked.country[0] if checked.country else None)
    if asked.place is not None:
        wanted = folded(asked.place)
        places = [place for place in places if asked.place == place.key or folded(place.name) == wanted]
        told = {report.event for place in places for span in place.spans for report in (*span.reports, *span.contradicted)}
        incidents = _incidents_of(question.db, sorted(told))
        shown = [_history(place, incidents) for place in places]
    else:
        known: dict[str, PlaceHistory] = question.heavy(dict, "changes of hands")
        shown = [known.get(place.key) or known.setdefault(place.key, _history(place, None)) for place in places]
    first, last = _reach(places)
    sides = _sides(span.holder for place in places for span in place.spans)
    return ControlHistory.model_construct(first=first, last=last, sides=sides, places=shown)


def told_together(question: Asking) -> None:
    """Make what control and commitments are answered from."""
    histories(question)
    ground(question)
    question.heavy(lambda: asking.owed(question.db), "owed", None)


def commitments(asked: CommitmentsQuery, question: Asking) -> Commitments:
    """Who owes what to whom by when.

    Raises:
        FilterError: there is no such day.
    """
    today, before = _day("at", asked.at), _day("due_before", asked.due_before)
    found = question.heavy(lambda: asking.owed(question.db, today=today), "owed", today)
    latest = question.db.execute("SELECT max(day) FROM article WHERE current = 1").fetchone()[0]
    wanted = folded(asked.party) if asked.party else ""
    kept = [
        owed
        for owed in found
        if (not asked.status or owed.status in asked.status)
        and (before is None or (owed.due_day is not None and owed.due_day < before))
        and (not wanted or any(wanted in folded(name) for name in (*owed.debtors, *owed.creditors, *owed.objections)))
    ]
    incidents = _incidents_of(question.db, sorted({evidence.told.id for owed in kept for evidence in owed.evidence}))
    return Commitments(at=today.isoformat() if today else latest, items=[_commitment(owed, incidents) for owed in kept])


def _day(name: str, written: str | None) -> date | None:
    """A day as filters read it, the last one where a month or year is given; what is wrong with it is told by the parameter's name."""
    try:
        return filters(until=written).until
    except FilterError as error:
        raise FilterError(name, error.message) from error


def histories(question: Asking, country: str | None = None) -> tuple[list[Held], list[Counted]]:
    """The history of every place, in a country where one is given, and counts without names."""
    told = _told(question)
    whole = histories(question)[0] if country is not None else None
    return question.heavy(lambda: told.histories(country, whole=whole), "control", country)


def ground(question: Asking) -> Ground:
    """The same for any day, as it was told until then."""
    told = _told(question)
    return question.heavy(lambda: Ground(told), "ground")


def _told(question: Asking) -> Told:
    return question.heavy(lambda: asking.ground(question.db), "told")


def _standing(place: Held) -> PlaceStanding:
    """Who holds it on the last day."""
    standing, span = place.days[-1], place.spans[-1]
    sources = dict.fromkeys((report.source, report.url) for report in span.reports)
    return PlaceStanding(
        key=place.key, name=place.name, country=place.country, lat=place.lat, lon=place.lon, unit=place.unit,
        holder=standing.holder, probability=standing.probability, since=span.first.isoformat(),
        odds=[Odds(side=side, probability=share) for side, share in standing.odds], contradicted=len(span.contradicted),
        sources=[_source(*each) for each in sources],
    )  # fmt: skip


def _history(place: Held, incidents: dict[str, str] | None) -> PlaceHistory:
    """Its changes of hands; with the reports, where the incidents that they tell of are known."""
    return PlaceHistory(
        key=place.key, name=place.name, country=place.country, lat=place.lat, lon=place.lon, unit=place.unit,
        spans=[
            HolderSpan(
                days=_days(span.first, span.last), holder=span.holder, probability=span.probability,
                reports=[] if incidents is None else [_report(report, incidents) for report in span.reports],
                contradicted=[] if incidents is None else [_report(report, incidents) for report in span.contradicted],
            )
            for span in place.spans
        ],
    )  # fmt: skip


def _held(held: HeldThen, source: Callable[[str, str | None], Source]) -> dict[str, Any]:
    """The same on a day that was asked for: a PlaceStanding yet to be made, for all of them are made at once, which is quicker."""
    place, standing = held.known.place, held.standing
    return {
        "key": held.key, "name": place.name, "country": place.country, "lat": place.lat, "lon": place.lon, "unit": held.known.unit,
        "holder": standing.holder, "probability": standing.probability, "since": held.since.isoformat(),
        "odds": [{"side": side, "probability": share} for side, share in standing.odds], "contradicted": held.contradicted,
        "sources": [source(*each) for each in held.sources],
    }  # fmt: skip


def _source(outlet: str, url: str | None) -> Source:
    return Source(outlet=outlet, url=web_address(url))


def _report(report: Report, incidents: dict[str, str]) -> GroundReport:
    return GroundReport(
        day=report.day.isoformat(), told_on=report.told_on.isoformat(), side=report.side, holds=report.holds, kind=report.kind,  # type: ignore[arg-type]
        event=report.event, incident=incidents.get(report.event), words=report.words,
        source=_source(report.source, report.url),
    )  # fmt: skip


def _bounds(question: Asking, country: str | None, counted: Sequence[Counted]) -> list[Bound]:
    """Counts of ground; only which places have a name differs from day to day, and seldom."""

    def made() -> Callable[[int, tuple[str, ...]], Bound]:
        counts = [bound.count for bound in counted]
        incidents = _incidents_of(question.db, sorted({count.event for count in counts}))
        return cache(lambda number, named: _bound(Counted(counts[number], named), incidents))

    bound_of = question.heavy(made, "counts", country)
    return [bound_of(number, bound.named) for number, bound in enumerate(counted)]


def _bound(bound: Counted, incidents: dict[str, str]) -> Bound:
    count = bound.count
    return Bound(
        side=count.side, gained=count.gained, unit=count.unit, figure=count.figure, days=_days(count.first, count.last),
        source=count.source, event=count.event, incident=incidents.get(count.event), words=count.words, named=list(bound.named),
        text=bound.text,
    )  # fmt: skip


def _commitment(owed: Owed, incidents: dict[str, str]) -> Commitment:
    return Commitment(
        id=owed.id, kind=owed.kind, what=owed.family, status=owed.status, why=owed.why, debtors=list(owed.debtors),  # type: ignore[arg-type]
        creditors=list(owed.creditors), place=owed.place, since=owed.since.isoformat() if owed.since else None,
        due=[
            Due(day=due.day.isoformat(), told_on=due.told_on.isoformat() if due.told_on else None, by=list(due.by), event=due.event)
            for due in owed.due
        ],
        text=owed.text, objections=list(owed.objections),
        evidence=[
            CommitmentEvidence(
                says=evidence.says, event=evidence.told.id, incident=incidents.get(evidence.told.id),  # type: ignore[arg-type]
                day=evidence.told.day.isoformat() if evidence.told.day else None, sentence=evidence.told.sentence,
                source=_source(evidence.told.source, evidence.told.url),
            )
            for evidence in owed.evidence
        ],
    )  # fmt: skip


def _incidents_of(db: sqlite3.Connection, events: Sequence[str]) -> dict[str, str]:
    return {
        row["event_id"]: row["incident_id"]
        for some in batched(events, IN_ONE_QUERY)
        for row in db.execute(f"SELECT event_id, incident_id FROM incident_events WHERE event_id IN ({_marks(some)})", some)
    }


def _sides(holders: Iterable[str | None]) -> list[str]:
    counted = Counter(holder for holder in holders if holder is not None)
    return sorted(counted, key=lambda side: (-counted[side], side))


def _reach(places: Sequence[Held]) -> tuple[str | None, str | None]:
    if not places:
        return None, None
    return min(place.first for place in places).isoformat(), max(place.last for place in places).isoformat()


def _days(first: date, last: date) -> DaySpan:
    return DaySpan(first=first.isoformat(), last=last.isoformat())


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
