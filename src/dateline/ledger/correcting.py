"""Corrections: what people say against the reader, made, taken back, listed and exchanged. The schema's triggers apply them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, get_args

from dateline.gazetteer.cache import gazetteer
from dateline.gazetteer.countries import country_of, is_code
from dateline.ledger.ids import hashed
from dateline.ledger.records import JOINED
from dateline.ledger.shapes import Kind, Row
from dateline.ledger.store import LedgerError, transaction
from dateline.model import BODIES, MODES, SECTORS, Status

OF_EVENTS = frozenset(
    (
        "type mode status date_from date_to place country lat lon radius_km gazetteer_id deadline said_by actors recipients "
        "rejected note"
    ).split()
)
OF_STATEMENTS = frozenset("date_from date_to speaker speaker_country speaker_sector stance rejected note".split())
COLUMNS: dict[str, Kind] = {
    "id": "text", "target_id": "text", "field": "text", "value": "text", "was": "text", "who": "text", "made": "text", "why": "text",
    "undone": "text", "undone_by": "text",
}  # fmt: skip


LEAST_OF_AN_ID = 4
"""Characters by which a record is known: fewer are the beginning of too many."""


class CorrectionError(ValueError):
    """A correction makes no sense; `name` is the option, the message says what is right."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message


@dataclass(frozen=True, slots=True)
class Target:
    """The event or statement that a correction is about, with the words that it stands on."""

    id: str
    article: str
    start: int
    end: int
    type: str | None
    mode: str | None

    @property
    def is_event(self) -> bool:
        """Whether it is an event; else it is a statement."""
        return self.id.startswith("e")


def find(db: sqlite3.Connection, id: str, kinds: str = "es") -> str:
    """The whole id of a record of which the first characters are given.

    Args:
        db: the ledger.
        id: at least the letter and a few more characters.
        kinds: the letters that it may begin with: e(vent), s(tatement), a(rticle), c(orrection).

    Raises:
        LedgerError: there is none, or there are several.
    """
    tables = {"e": "event", "s": "statement", "a": "article", "c": "correction"}
    named = " or ".join(f"{'an' if kind in 'ea' else 'a'} {tables[kind]}" for kind in kinds)
    if 0 < len(id) < LEAST_OF_AN_ID and id[0] in kinds:
        raise LedgerError(f"{id} is too little of an id: give at least {LEAST_OF_AN_ID} characters")
    if not id or id[0] not in kinds:
        raise LedgerError(f"{id!r} is no id of {named}: those begin with {' or '.join(kinds)}")
    rows = db.execute(f"SELECT id FROM {tables[id[0]]} WHERE id >= ? AND id < ? LIMIT 3", (id, f"{id}~")).fetchall()
    if not rows:
        lists = f"; dateline {tables[id[0]]}s lists those that there are"
        raise LedgerError(f"there is no {tables[id[0]]} {id}{lists}")
    if len(rows) > 1:
        raise LedgerError(
            f"{id} is the beginning of several ids ({', '.join(row['id'] for row in rows)} …): give more of it"
        )
    return str(rows[0]["id"])


def target(db: sqlite3.Connection, id: str) -> Target:
    """The event or statement of this id or beginning of one.

    Raises:
        LedgerError: there is none, or there are several.
    """
    whole = find(db, id)
    table, more = ("event", "type, mode") if whole.startswith("e") else ("statement", "NULL, NULL")
    row = db.execute(f'SELECT id, article_id, start, "end", {more} FROM {table} WHERE id = ?', (whole,)).fetchone()
    return Target(*row)


def changes(
    about: Target,
    *,
    type: str | None = None,
    mode: str | None = None,
    status: str | None = None,
    date: str | None = None,
    place: str | None = None,
    country: str | None = None,
    actors: Sequence[str] | None = None,
    recipients: Sequence[str] | None = None,
    said_by: Sequence[str] | None = None,
    deadline: str | None = None,
    speaker: str | None = None,
    stance: str | None = None,
    reject: bool = False,
) -> dict[str, str | float | None]:
    """What a person wants changed, as fields of a correction with their values; checked, and completed where one follows from another.

    Args:
        about: the event or statement.
        type: a PLOVER type; a mode that does not go with it is taken away.
        mode: a mode of the type; "none" takes it away.
        status: actual, future, demanded, hypothetical, negated.
        date: a day, two days with ".." between them, or "none".
        place: a name, or an identity of the gazetteer ("geonames:1138958"); what the gazetteer has of that name, in `country` where it
            is given, sets the coordinates: of several the one with most people. "none" takes the place away.
        country: of the place, by name or alpha-3 code.
        actors: everybody who acts, each "NAME", "NAME:AFG" or "NAME:AFG:REB"; "none" for nobody.
        recipients: as `actors`.
        said_by: the names of those whom the report credits with the event, outermost first; "none" for nobody.
        deadline: the day by which it is to be done, or "none".
        speaker: who says it, written as one of `actors`.
        stance: how it is said.
        reject: that it is none, and is to be left out.

    Raises:
        CorrectionError: a value is wrong, or does not go with this kind of record.
    """
    found: dict[str, str | float | None] = {}
    if type is not None or mode is not None:
        found |= _kind(about, type.upper() if type else None, mode)
    if status is not None:
        if status not in get_args(Status):
            raise CorrectionError("status", f"{status!r} is not one of {', '.join(get_args(Status))}")
        found["status"] = status
    if date is not None:
        found["date_from"], found["date_to"] = _days(date)
    code = _code(country) if country is not None else None
    if place is not None:
        found |= _place(place, code)
    if code is not None:
        found["country"] = code
    for role, names in (("actors", actors), ("recipients", recipients)):
        if names is not None:
            listed = [] if list(names) == ["none"] else [_party(role, name) for name in names]
            found[role] = json.dumps(listed, ensure_ascii=False)
    if said_by is not None:
        found["said_by"] = None if list(said_by) in ([], ["none"]) else JOINED.join(map(_credited, said_by))
    if deadline is not None:
        found["deadline"] = _day("deadline", deadline)
    if speaker is not None:
        who = _party("speaker", speaker)
        found |= {"speaker": who["name"], "speaker_country": who["country"], "speaker_sector": who["sector"]}
    if stance is not None:
        found["stance"] = stance
    if reject:
        found["rejected"] = "1"
    for name in found:
        if name not in (OF_EVENTS if about.is_event else OF_STATEMENTS):
            what = "an event has" if about.is_event else "a statement has"
            raise CorrectionError(name, f"this is no field that {what}")
    return found


def correct(
    db: sqlite3.Connection, about: Target, values: Mapping[str, str | float | None], who: str, why: str | None = None
) -> list[str]:
    """Make corrections, one for each field; their ids. Without values, `why` is kept as a note.

    Raises:
        CorrectionError: there is neither a change nor a note.
    """
    if not values and not why:
        raise CorrectionError("note", "there is nothing to correct: give a field or a note, or reject it")
    made = datetime.now(UTC).isoformat(timespec="microseconds")
    ids = []
    with transaction(db):
        for field, value in (values or {"note": why}).items():
            id = hashed("c", about.id, field, None if value is None else str(value), who, made)
            db.execute(
                'INSERT INTO correction (id, target_id, article_id, start, "end", field, value, who, made, why) '
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (id, about.id, about.article, about.start, about.end, field, value, who, made, why),
            )
            ids.append(id)
    return ids


def undo(db: sqlite3.Connection, id: str, who: str) -> int:
    """Take back a correction, or all those of an event or statement; how many. What was read, or the correction before, stands again.

    Raises:
        LedgerError: there is no such correction, event or statement.
    """
    whole = find(db, id, "ces")
    column = "id" if whole.startswith("c") else "target_id"
    with transaction(db):
        done = db.execute(
            f"UPDATE correction SET undone = ?, undone_by = ? WHERE {column} = ? AND undone IS NULL",
            (datetime.now(UTC).isoformat(timespec="microseconds"), who, whole),
        )
    return done.rowcount


def _kind(about: Target, type: str | None, mode: str | None) -> dict[str, str | float | None]:
    stands = type or about.type or ""
    if stands not in MODES:
        raise CorrectionError("type", f"{type!r} is not one of {', '.join(MODES)}")
    found: dict[str, str | float | None] = {"type": type} if type else {}
    if mode is not None and mode != "none":
        if mode not in MODES[stands]:
            raise CorrectionError("mode", f"{mode!r} is no mode of {stands}: {', '.join(MODES[stands]) or 'it has none'}")
        found["mode"] = mode
    elif mode == "none" or about.mode not in (None, *MODES[stands]):
        found["mode"] = None
    return found


def _credited(name: str) -> str:
    if not name.strip() or JOINED.strip() in name:
        raise CorrectionError("said_by", f"{name!r} is no name; give several one by one")
    return name.strip()


def _day(option: str, written: str) -> str | None:
    try:
        return None if written == "none" else date.fromisoformat(written.strip()).isoformat()
    except ValueError as error:
        raise CorrectionError(option, f"{written!r} is not a date; write it as YYYY-MM-DD, or none") from error


def _days(written: str) -> tuple[str | None, str | None]:
    if written == "none":
        return None, None
    first, _, last = written.partition("..")
    try:
        days = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError as error:
        raise CorrectionError("date", f"{written!r} is neither YYYY-MM-DD nor YYYY-MM-DD..YYYY-MM-DD") from error
    if days[0] > days[1]:
        raise CorrectionError("date", f"{last} lies before {first}")
    return days[0].isoformat(), days[1].isoformat()


def _code(name: str) -> str:
    code = name if is_code(name) else country_of(name)
    if code is None:
        raise CorrectionError("country", f"{name!r} is no country: give a name, or an alpha-3 code such as AFG")
    return code


def _place(name: str, country: str | None) -> dict[str, str | float | None]:
    if name == "none":
        return dict.fromkeys(("place", "country", "lat", "lon", "radius_km", "gazetteer_id"))
    store = gazetteer()
    by_identity = store.place(name) if ":" in name else None
    named = [by_identity] if by_identity else list(store.named(name))
    fitting = [entry for entry in named if country in (None, entry.country)]
    if not fitting:
        return {"place": name, "lat": None, "lon": None, "radius_km": None, "gazetteer_id": None}
    entry = fitting[0]
    return {
        "place": entry.name if by_identity else name, "country": entry.country or country, "lat": entry.lat, "lon": entry.lon,
        "radius_km": entry.radius_km, "gazetteer_id": entry.id,
    }  # fmt: skip


def _party(option: str, written: str) -> dict[str, Any]:
    name, *codes = (part.strip() for part in written.rsplit(":", 2))
    if not name or len(codes) > 2:
        raise CorrectionError(option, f"{written!r} is not NAME, NAME:COUNTRY or NAME:COUNTRY:SECTOR")
    country, sector = (*codes, "", "")[:2]
    if country and not is_code(country):
        raise CorrectionError(option, f"{country!r} is no alpha-3 code of a country, nor one of {', '.join(sorted(BODIES))}")
    if sector and sector not in SECTORS:
        raise CorrectionError(option, f"{sector!r} is not one of {', '.join(sorted(SECTORS))}")
    return {"name": name, "country": country or None, "sector": sector or None}


def listed(db: sqlite3.Connection, about: str | None = None) -> Iterable[Row]:
    """The corrections, of one event or statement or of all, the latest first."""
    where, values = ("WHERE target_id = ?", (about,)) if about else ("", ())
    columns = ", ".join(COLUMNS)
    for row in db.execute(f"SELECT {columns} FROM correction {where} ORDER BY made DESC, id", values):
        yield dict(row)
