"""Events as records with all that belongs to them: what the tables of the ledger hold apart, put together again."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from dateline.ledger.queries import Query
from dateline.model import Quantity

JOINED = "; "
"""What stands between several names in one column."""
AT_ONCE = 500  # events in one go: their actors and numbers are fetched together
ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|Gov|Sen|Rep|St|No|vs|Jan|Feb|Aug|Sept?|Oct|Nov|Dec))$"
)
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W_a-z])|\n\s*")


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient of an event; `start`..`end` are the words that name them, None where no single mention does.

    `words` are those words, fetched with the sentence.
    """

    name: str
    country: str | None
    sector: str | None
    start: int | None
    end: int | None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One event as it stands in the ledger, corrections applied, with its article's data.

    Days are `YYYY-MM-DD`. `said_by` is the chain of those credited, outermost first. `sentence` is the sentence that tells it, as
    punctuation marks it, `sentence_start`..`sentence_end` its offsets; they are empty unless they were asked for, as is `first_paragraph`.
    """

    id: str
    article_id: str
    start: int
    end: int
    trigger: str
    type: str
    mode: str | None
    status: str
    date_from: str | None
    date_to: str | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    gazetteer_id: str | None
    said_by: tuple[str, ...]
    deadline: str | None
    control_gained_by: str | None
    control_lost_by: str | None
    control_place: str | None
    control_unit: str | None
    control_count: int | None
    confidence: float
    sense: str
    corrected: int
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    voice: str
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    numbers: tuple[Quantity, ...] = ()
    sentence: str = ""
    sentence_start: int = 0
    sentence_end: int = 0
    first_paragraph: bool = False
    article_length: int = 0

    def number(self, what: str) -> Quantity | None:
        """The event's first number of this."""
        return next((number for number in self.numbers if number.what == what), None)

    @property
    def ground_changes_hands(self) -> bool:
        """Whether the event tells of control."""
        return any(
            value is not None
            for value in (self.control_gained_by, self.control_lost_by, self.control_place, self.control_unit)
        )


def events_of(db: sqlite3.Connection, query: Query, words: bool = False) -> Iterator[Told]:
    """The events that a query of `queries.events` finds, as records, in its order, a few hundred in memory at a time.

    Args:
        db: the ledger.
        query: the query.
        words: whether to fetch the sentence of each event from the article's text.
    """
    rows = query.run(db)
    while batch := list(islice(rows, AT_ONCE)):
        yield from _together(db, batch, words)


def _together(db: sqlite3.Connection, rows: list[sqlite3.Row], words: bool) -> Iterator[Told]:
    ids = [row["id"] for row in rows]
    marks = f"({', '.join('?' * len(ids))})"
    parties: dict[tuple[str, str], list[Party]] = {}
    for r in db.execute(
        'SELECT event_id, role, name, country, sector, start, "end" FROM event_actor '
        f"WHERE event_id IN {marks} ORDER BY event_id, role, n", ids,
    ):  # fmt: skip
        parties.setdefault((r["event_id"], r["role"]), []).append(Party(*tuple(r)[2:]))
    numbers: dict[str, list[Quantity]] = {}
    for r in db.execute(f"SELECT * FROM event_quantity WHERE event_id IN {marks} ORDER BY event_id, n", ids):
        start, end, approximate = r["start"], r["end"], bool(r["approximate"])
        numbers.setdefault(r["event_id"], []).append(
            Quantity(
                start=start, end=end, head=start, what=r["what"], low=r["low"], high=r["high"], approximate=approximate, rule=r["rule"]
            )
        )  # fmt: skip
    texts = dict(_texts(db, {row["article_n"] for row in rows})) if words else {}
    for row in rows:
        values = {name: row[name] for name in row.keys() if name not in ("n", "article_n")}  # noqa: SIM118 (a Row, not a dict)
        values["said_by"] = tuple(filter(None, (values["said_by"] or "").split(JOINED)))
        actors, recipients = (parties.get((row["id"], role), ()) for role in ("actor", "recipient"))
        if words:
            text = texts.get(row["article_n"], "")
            first, last = sentence(text, row["start"], row["end"])
            actors, recipients = ([_worded(who, text) for who in side] for side in (actors, recipients))
            values |= {
                "sentence": " ".join(text[first:last].split()), "sentence_start": first, "sentence_end": last,
                "first_paragraph": "\n" not in text[: row["start"]].strip(), "article_length": len(text),
            }  # fmt: skip
        yield Told(**values, actors=tuple(actors), recipients=tuple(recipients), numbers=tuple(numbers.get(row["id"], ())))


def _worded(who: Party, text: str) -> Party:
    return who if who.start is None or who.end is None else replace(who, words=text[who.start : who.end])


def _texts(db: sqlite3.Connection, articles: Iterable[int]) -> Iterator[tuple[int, str]]:
    for n in articles:
        row = db.execute("SELECT text FROM article_text WHERE n = ?", (n,)).fetchone()
        if row is not None:
            yield n, row["text"]


def sentence_ends(text: str) -> Iterator[re.Match[str]]:
    """The marks that end sentences, each with the space behind it; a stop after a single capital or a common abbreviation ends none."""
    for found in SENTENCE_END.finditer(text):
        if not (found[0].startswith(".") and ABBREVIATION.search(text, max(0, found.start() - 12), found.start())):
            yield found


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of the sentence around `start`..`end`, by punctuation and line ends alone.

    It needs no language model.
    """
    first, last = 0, len(text)
    for found in sentence_ends(text):
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end - 1:
            last = found.end()
            break
    stretch = text[first:last]
    return first + len(stretch) - len(stretch.lstrip()), first + len(stretch.rstrip())
