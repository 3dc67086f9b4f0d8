"""Events with their words: the sentence, its paragraph with the evidence in it, how places and days were resolved, who corrected what."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import batched
from typing import Any

from dateline.ledger.answers import Ledger
from dateline.ledger.correcting import COLUMNS
from dateline.ledger.queries import EVENT_COLUMNS, Query
from dateline.ledger.records import Party as LedgerParty
from dateline.ledger.records import Told, events_of
from dateline.ledger.store import LedgerError
from dateline.output.marks import QUADS
from dateline.server.cards import days
from dateline.server.passages import FIELDS, Span, around, web_address
from dateline.server.shapes.common import ArticleHead, Correction, Ground, Party, Place, Quantity
from dateline.server.shapes.incidents import DateDerivation, EventDetail, PlaceCandidate, PlaceResolution, Reason, Telling

MOST_ALTERNATIVES = 8
IN_ONE_QUERY = 400
HEAD = "a.id, a.title, a.outlet, a.author, a.day, a.url, a.voice"


def tellings(ledger: Ledger, ids: Sequence[str]) -> list[Telling]:
    """Events by their ids, in that order, with everything about them; those that are not there are passed over."""
    db = ledger.db
    found = {told.id: told for some in batched(ids, IN_ONE_QUERY) for told in _told(db, some)}
    known = [id for id in ids if id in found]
    facts = Facts.of(db, known)
    articles = sorted({found[id].article_id for id in known})
    heads = heads_of(db, articles)
    texts = texts_of(db, articles)
    readings = {article: _reading(ledger, article) for article in articles}
    return [
        _telling(found[id], facts, heads[found[id].article_id], texts[found[id].article_id], readings[found[id].article_id])
        for id in known
    ]


class Facts:
    """What stands beside events in other tables: evidence, corrections, accounts, incidents, and which were rejected."""

    def __init__(self) -> None:
        self.evidence: dict[str, list[sqlite3.Row]] = defaultdict(list)
        self.corrections: dict[str, list[Correction]] = defaultdict(list)
        self.account: dict[str, tuple[str, str]] = {}
        self.rejected: set[str] = set()

    @classmethod
    def of(cls, db: sqlite3.Connection, ids: Sequence[str]) -> Facts:
        """Fetch them for these events or statements."""
        made = cls()
        for some in batched(ids, IN_ONE_QUERY):
            marks = f"({', '.join('?' * len(some))})"
            for row in db.execute(f"SELECT * FROM evidence WHERE event_id IN {marks} ORDER BY event_id, n", some):
                made.evidence[row["event_id"]].append(row)
            columns = ", ".join(COLUMNS)
            for row in db.execute(
                f"SELECT {columns} FROM correction WHERE target_id IN {marks} ORDER BY made DESC, id", some
            ):
                made.corrections[row["target_id"]].append(correction_of(row))
            for row in db.execute(
                "SELECT x.event_id, o.id, o.incident_id FROM account_event AS x JOIN account AS o ON o.id = x.account_id "
                f"WHERE x.event_id IN {marks}",
                some,
            ):
                made.account[row["event_id"]] = (row["id"], row["incident_id"])
            made.rejected |= {
                row["id"] for row in db.execute(f"SELECT id FROM event WHERE rejected = 1 AND id IN {marks}", some)
            }
        return made


def detail_of(told: Told, rejected: bool) -> EventDetail:
    """An event as it stands."""
    place = None
    if told.place is not None:
        place = Place(
            name=told.place, country=told.country, lat=told.lat, lon=told.lon, radius_km=told.radius_km,
            gazetteer_id=told.gazetteer_id,
        )  # fmt: skip
    control = None
    if told.ground_changes_hands:
        control = Ground(
            gained_by=told.control_gained_by, lost_by=told.control_lost_by, place=told.control_place, unit=told.control_unit,
            count=told.control_count,
        )  # fmt: skip
    return EventDetail(
        id=told.id, type=told.type, mode=told.mode, quad=QUADS[told.type], status=told.status, trigger=told.trigger,  # type: ignore[arg-type,index]
        start=told.start, end=told.end, days=days(told.date_from, told.date_to), place=place, actors=parties(told.actors),
        recipients=parties(told.recipients), said_by=list(told.said_by), deadline=told.deadline, control=control,
        quantities=[Quantity(what=n.what, low=n.low, high=n.high, approximate=n.approximate) for n in told.numbers],
        confidence=told.confidence, sense=told.sense, corrected=told.corrected, rejected=rejected,
    )  # fmt: skip


def spans_of(told: Told, evidence: Sequence[sqlite3.Row]) -> list[Span]:
    """The stretches of the article that are evidence for an event."""
    found = [Span(told.start, told.end, "trigger", told.id)]
    found += [Span(n.start, n.end, "quantities", told.id) for n in told.numbers]
    found += [
        Span(row["start"], row["end"], FIELDS[row["field"]], told.id)
        for row in evidence
        if row["start"] is not None and row["field"] in FIELDS and row["field"] not in ("trigger", "statement", "speaker")
    ]
    return found


def reasons_of(evidence: Sequence[sqlite3.Row], text: str) -> list[Reason]:
    """Why the fields of an event are so."""
    return [
        Reason(
            field=row["field"], value=row["value"], why=row["why"], start=row["start"], end=row["end"],
            words=None if row["start"] is None else text[row["start"] : row["end"]], lost=(row["lost"] or "").splitlines(),
        )
        for row in evidence
    ]  # fmt: skip


def parties(several: Sequence[LedgerParty]) -> list[Party]:
    """Actors or recipients."""
    return [Party(name=who.name, country=who.country, sector=who.sector) for who in several]


def correction_of(row: sqlite3.Row) -> Correction:
    """A row of the table `correction`."""
    told = dict(row)
    return Correction(target=told.pop("target_id"), **told)


def head_of(row: sqlite3.Row) -> ArticleHead:
    """A row with the columns of HEAD."""
    return ArticleHead(
        id=row["id"], title=row["title"], outlet=row["outlet"], author=row["author"], day=row["day"],
        url=web_address(row["url"]), voice=row["voice"],
    )  # fmt: skip


def heads_of(db: sqlite3.Connection, articles: Sequence[str]) -> dict[str, ArticleHead]:
    """Articles without their texts, by id."""
    return {
        row["id"]: head_of(row)
        for some in batched(articles, IN_ONE_QUERY)
        for row in db.execute(f"SELECT {HEAD} FROM article AS a WHERE a.id IN ({', '.join('?' * len(some))})", some)
    }


def texts_of(db: sqlite3.Connection, articles: Sequence[str]) -> dict[str, str]:
    """The texts of articles, by id."""
    return {
        row["id"]: row["text"]
        for some in batched(articles, IN_ONE_QUERY)
        for row in db.execute(
            f"SELECT a.id, t.text FROM article AS a JOIN article_text AS t ON t.n = a.n WHERE a.id IN ({', '.join('?' * len(some))})",
            some,
        )
    }


def _told(db: sqlite3.Connection, ids: Sequence[str]) -> Iterator[Told]:
    sql = f"SELECT {EVENT_COLUMNS} FROM event AS e JOIN article AS a ON a.id = e.article_id WHERE e.id IN ({', '.join('?' * len(ids))})"
    return events_of(db, Query(sql, tuple(ids)), words=True)


def _reading(ledger: Ledger, article: str) -> dict[str, Any]:
    """Places and times of an article as they were read, with what they might have been; what the tables keep, without a reading."""
    try:
        return ledger.reading(article)
    except LedgerError:
        places = [
            {**dict(row), "candidates": []}
            for row in ledger.db.execute("SELECT * FROM place WHERE article_id = ? ORDER BY n", (article,))
        ]
        times = [
            {**dict(row), "from": row["date_from"], "to": row["date_to"], "anchor": None}
            for row in ledger.db.execute("SELECT * FROM time WHERE article_id = ? ORDER BY n", (article,))
        ]
        return {"places": places, "times": times}


def _telling(told: Told, facts: Facts, head: ArticleHead, text: str, reading: dict[str, Any]) -> Telling:
    evidence = facts.evidence[told.id]
    spans = spans_of(told, evidence)
    paragraph, elsewhere = around(text, told.sentence_start, max(told.sentence_end, told.end), spans)
    account, incident = facts.account.get(told.id, (None, None))
    return Telling(
        event=detail_of(told, told.id in facts.rejected), article=head, account=account, incident=incident,
        sentence=told.sentence, paragraph=paragraph, elsewhere=elsewhere, reasons=reasons_of(evidence, text),
        places=list(_places(told, spans, text, reading["places"])), dates=list(_dates(told, spans, reading["times"])),
        corrections=facts.corrections[told.id],
    )  # fmt: skip


def _places(told: Told, spans: Sequence[Span], text: str, places: Sequence[dict[str, Any]]) -> Iterator[PlaceResolution]:
    where = [span for span in spans if span.field == "where"]
    for place in places:
        used = any(span.start < place["end"] and span.end > place["start"] for span in where)
        if used or told.sentence_start <= place["start"] < told.sentence_end:
            resolved = Place(
                **{name: place[name] for name in ("name", "country", "lat", "lon", "radius_km", "gazetteer_id")}
            )
            others = [c for c in place["candidates"] if c["gazetteer_id"] != place["gazetteer_id"]][:MOST_ALTERNATIVES]
            yield PlaceResolution(
                raw=text[place["start"] : place["end"]], start=place["start"], end=place["end"], resolved=resolved,
                rule=place["rule"], used=used,
                alternatives=[PlaceCandidate(**{name: c[name] for name in PlaceCandidate.model_fields}) for c in others],
            )  # fmt: skip


def _dates(told: Told, spans: Sequence[Span], times: Sequence[dict[str, Any]]) -> Iterator[DateDerivation]:
    when = [span for span in spans if span.field in ("when", "deadline")]
    for time in times:
        used = any(span.start < time["end"] and span.end > time["start"] for span in when)
        if used or told.sentence_start <= time["start"] < told.sentence_end:
            yield DateDerivation(
                text=time["text"], start=time["start"], end=time["end"], days=days(time["from"], time["to"]),
                grain=time["grain"], direction=time["direction"], anchor=time["anchor"], rule=time["rule"], used=used,
            )  # fmt: skip
