"""One record with everything about it, for the terminal: its words in colour, its fields, why they are so, who corrected what."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import pairwise

from rich.console import Console
from rich.text import Text

from dateline.ledger import queries
from dateline.ledger.answers import Ledger
from dateline.ledger.correcting import find, listed
from dateline.ledger.queries import EVENT_COLUMNS, Query
from dateline.ledger.records import JOINED, Party, Told, events_of
from dateline.ledger.tables import print_events
from dateline.output.events import QUAD_STYLES
from dateline.output.marks import QUADS, ROLE_NAMES, ROLES, Mark, Role, segments
from dateline.output.table import ROLE_STYLES
from dateline.output.words import (
    act_as_text,
    basis_as_text,
    kind_as_text,
    number_as_text,
    one_line,
    printable,
    status_as_text,
)

PARAGRAPHS_AROUND = 1  # of an event's article, before and after its own


def show(ledger: Ledger, id: str, console: Console) -> None:
    """Print everything about an event, a statement, an article or a correction.

    Args:
        ledger: where it stands.
        id: its id, or the first characters of it.
        console: where to print.

    Raises:
        LedgerError: there is none of that id, or there are several.
    """
    whole = find(ledger.db, id, "esac")
    if whole.startswith("c"):
        (whole,) = ledger.db.execute("SELECT target_id FROM correction WHERE id = ?", (whole,)).fetchone()
    if whole.startswith("e"):
        _event(ledger.db, whole, console)
    elif whole.startswith("s"):
        _statement(ledger.db, whole, console)
    else:
        _article(ledger, whole, console)


def _event(db: sqlite3.Connection, id: str, console: Console) -> None:
    query = Query(f"SELECT {EVENT_COLUMNS} FROM event AS e JOIN article AS a ON a.id = e.article_id WHERE e.id = ?", (id,))
    (event,) = events_of(db, query)
    flags = db.execute("SELECT current, rejected FROM event WHERE id = ?", (id,)).fetchone()
    title = Text(printable(one_line(event.trigger)), f"bold {QUAD_STYLES[QUADS[event.type]]}")  # type: ignore[index]
    title.append(f"  {act_as_text(event.type, event.mode)} ({kind_as_text(event)})", "not bold")
    title.append(f"  {status_as_text(event.status)} ({event.status})  ", "not bold").append(event.id, "dim not bold")
    console.print(title)
    _flags(console, flags["current"], flags["rejected"])
    fields: dict[str, Text | str] = {
        "when": _days(event.date_from, event.date_to), "deadline": event.deadline or "", "who": _parties(event.actors),
        "to whom": _parties(event.recipients), "where": _where(event), "numbers": "; ".join(map(number_as_text, event.numbers)),
        "control": _control(event), "according to": " ← ".join(event.said_by), "confidence": f"{event.confidence:.2f}",
        "rule": event.sense, "article": _source(event.title, event.outlet, event.published, event.article_id), "url": event.url or "",
    }  # fmt: skip
    _fields(console, fields)
    evidence = db.execute(
        'SELECT field, value, why, start, "end", lost FROM evidence WHERE event_id = ? ORDER BY n', (id,)
    ).fetchall()
    marks = [Mark(event.start, event.end, "trigger", 1), *_marks(evidence)]
    _words(db, console, event.article_id, marks, event.start, event.end)
    console.print(Text("\nWhy", "bold"))
    text = _text(db, event.article_id)
    for row in evidence:
        line = Text(f"{row['field']} = {one_line(row['value'])}: {one_line(row['why'])}")
        if row["start"] is not None:
            line.append(f" “{one_line(text[row['start'] : row['end']])}”", ROLE_STYLES.get(row["field"], ""))
        console.print(_safe(line))
        for loser in (row["lost"] or "").splitlines():
            console.print(_safe(Text(f"   not {loser}", "dim")))
    _corrections(db, console, id)
    _copies(db, console, event.article_id)


def _statement(db: sqlite3.Connection, id: str, console: Console) -> None:
    row = db.execute(
        f"SELECT {queries.STATEMENT_COLUMNS}, s.current, s.rejected, s.speaker_start, s.speaker_end, s.rule "
        "FROM statement AS s JOIN article AS a ON a.id = s.article_id WHERE s.id = ?",
        (id,),
    ).fetchone()
    title = Text(printable(one_line(row["text"])), "italic").append(f"  {row['id']}", "dim not italic")
    console.print(title)
    _flags(console, row["current"], row["rejected"])
    codes = " ".join(filter(None, (row["speaker_country"], row["speaker_sector"])))
    _fields(
        console,
        {
            "who": f"{row['speaker']} {codes}".strip(), "verb": row["verb"], "stance": row["stance"],
            "direct": "yes" if row["direct"] else "no", "when": _days(row["date_from"], row["date_to"]),
            "leaning on": " ← ".join(row["chain"].split(JOINED)), "rule": row["rule"],
            "article": _source(row["title"], row["outlet"], row["published"], row["article_id"]), "url": row["url"] or "",
        },
    )  # fmt: skip
    marks = [Mark(row["start"], row["end"], "statement", 1)]
    if row["speaker_start"] is not None:
        marks.append(Mark(row["speaker_start"], row["speaker_end"], "said_by", 1))
    _words(db, console, row["article_id"], marks, row["start"], row["end"])
    _corrections(db, console, id)


def _article(ledger: Ledger, id: str, console: Console) -> None:
    db = ledger.db
    row = db.execute("SELECT * FROM article WHERE id = ?", (id,)).fetchone()
    console.print(Text(printable(row["title"] or "without a title"), "bold").append(f"  {id}", "dim not bold"))
    _flags(console, row["current"], 0)
    known = basis_as_text(row["day_basis"] or "")
    seen = [" ".join(filter(None, (each["outlet"], each["url"], f"version {each['version']}" if each["version"] > 1 else ""))) for each in
            db.execute("SELECT outlet, url, version FROM sighting WHERE article_id = ? ORDER BY outlet, url", (id,))]  # fmt: skip
    _fields(
        console,
        {
            "day": f"{row['day'] or 'not known'}{f' ({known})' if known else ''}", "author": row["author"] or "",
            "words": f"{row['words']:,}", "stood at": "\n".join(filter(None, seen)),
        },
    )  # fmt: skip
    query = Query(
        f"SELECT {EVENT_COLUMNS} FROM event AS e JOIN article AS a ON a.id = e.article_id WHERE e.article_id = ? AND e.rejected = 0 "
        "ORDER BY e.start",
        (id,),
    )
    events = list(events_of(db, query))
    print_events(console, events)
    marks: list[Mark] = []
    for number, event in enumerate(events, 1):
        marks.append(Mark(event.start, event.end, "trigger", number))
        rows = db.execute('SELECT field, start, "end" FROM evidence WHERE event_id = ?', (event.id,)).fetchall()
        marks += _marks(rows, number)
    said = db.execute('SELECT start, "end" FROM statement WHERE article_id = ? AND rejected = 0', (id,)).fetchall()
    marks += [Mark(each["start"], each["end"], "statement", number) for number, each in enumerate(said, 1)]
    text = _text(db, id)
    console.print()
    console.print(_coloured(text, marks, 0, len(text)))
    _legend(console)
    _copies(db, console, id)


def _fields(console: Console, fields: dict[str, Text | str]) -> None:
    for name, value in fields.items():
        if value:
            shown = value if isinstance(value, Text) else Text(printable(value))
            console.print(Text(f"{name:>13}  ", "dim").append_text(Text(f"\n{'':15}").join(shown.split("\n"))))


def _flags(console: Console, current: int, rejected: int) -> None:
    if rejected:
        console.print(Text("Rejected by a person: left out of every answer.", "red"))
    if not current:
        console.print(Text("Of an older version of its article: left out of every answer.", "yellow"))


def _days(first: str | None, last: str | None) -> str:
    return first or "" if not first or first == last else f"{first} to {last}"


def _parties(parties: Iterable[Party]) -> str:
    """Who takes part, one a line, with the codes that `dateline correct` takes."""
    return "\n".join(" ".join(filter(None, (who.name, who.country, who.sector))) for who in parties)


def _where(event: Told) -> str:
    name = one_line(event.place or "")
    where = f"{name} ({event.country})".strip() if event.country else name
    at = f" at {event.lat:.4f}, {event.lon:.4f}" if event.lat is not None and event.lon is not None else ""
    wide = f", within {event.radius_km:.0f} km" if at and event.radius_km else ""
    return f"{where}{at}{wide}{f' [{event.gazetteer_id}]' if event.gazetteer_id else ''}"


def _control(event: Told) -> str:
    told = {"gained by": event.control_gained_by, "lost by": event.control_lost_by, "place": event.control_place,
            "unit": event.control_unit, "count": event.control_count}  # fmt: skip
    return ", ".join(f"{name} {value}" for name, value in told.items() if value is not None)


def _source(title: str | None, outlet: str | None, published: str | None, id: str) -> str:
    return f"{' · '.join(filter(None, (title, outlet, published)))}  {id}".strip()


def _marks(evidence: Iterable[sqlite3.Row], number: int = 1) -> list[Mark]:
    roles: dict[str, Role] = {role: role for role in ROLES if role not in ("trigger", "statement")}
    return [
        Mark(row["start"], row["end"], roles[row["field"]], number)
        for row in evidence
        if row["start"] is not None and row["field"] in roles and row["start"] < row["end"]
    ]


def _text(db: sqlite3.Connection, article: str) -> str:
    row = db.execute(
        "SELECT t.text FROM article AS a JOIN article_text AS t ON t.n = a.n WHERE a.id = ?", (article,)
    ).fetchone()
    return str(row["text"])


def _words(db: sqlite3.Connection, console: Console, article: str, marks: list[Mark], start: int, end: int) -> None:
    """The paragraph, with its neighbours, and whatever else of the article is evidence."""
    text = _text(db, article)
    edges = [0, *(at + 1 for at, character in enumerate(text) if character == "\n"), len(text)]
    kept = [(a, b) for a, b in pairwise(edges) if text[a:b].strip()]
    needed = {n for n, (a, b) in enumerate(kept) if any(mark.start < b and mark.end > a for mark in marks)}
    own = {n for n, (a, b) in enumerate(kept) if start < b and end > a}
    wanted = needed | {n + step for n in own for step in range(-PARAGRAPHS_AROUND, PARAGRAPHS_AROUND + 1)}
    console.print()
    last = -1
    for n in sorted(wanted & set(range(len(kept)))):
        if n != last + 1:
            console.print(Text("…", "dim"))
        console.print(_coloured(text, marks, *kept[n]))
        last = n
    if last != len(kept) - 1:
        console.print(Text("…", "dim"))
    _legend(console)


def _coloured(text: str, marks: list[Mark], start: int, end: int) -> Text:
    shown, body = printable(text), Text()
    for segment in segments(len(text), marks):
        first, last = max(segment.start, start), min(segment.end, end)
        if first < last:
            style = ROLE_STYLES[segment.role] if segment.role else ""
            body.append(shown[first:last], f"{style} italic" if segment.said else style)
    body.rstrip()
    return body


def _legend(console: Console) -> None:
    legend = Text("\ncolours: ", "dim")
    for role in ROLES:
        legend.append(ROLE_NAMES[role], ROLE_STYLES[role]).append("  ")
    console.print(legend)


def _safe(line: Text) -> Text:
    return line if line.plain == printable(line.plain) else Text(printable(line.plain))


def _corrections(db: sqlite3.Connection, console: Console, id: str) -> None:
    rows = list(listed(db, id))
    if not rows:
        return
    console.print(Text("\nCorrections", "bold"))
    for row in rows:
        value = "nothing" if row["value"] is None else row["value"]
        line = f"{row['made'][:16]}  {row['who']}: {row['field']} = {value}"
        if row["field"] != "note" and row["was"] != row["value"]:
            line += f" (read: {'nothing' if row['was'] is None else row['was']})"
        if row["why"] and row["field"] != "note":
            line += f", because {row['why']}"
        if row["undone"]:
            line += f"; undone {row['undone'][:16]} by {row['undone_by']}"
        console.print(Text(printable(one_line(line)), "dim strike" if row["undone"] else "").append(f"  {row['id']}", "dim"))


def _copies(db: sqlite3.Connection, console: Console, article: str) -> None:
    rows = db.execute(
        "SELECT b.id, b.outlet, b.title, b.day FROM article AS a JOIN article AS b ON b.voice = a.voice AND b.id <> a.id "
        "WHERE a.id = ? ORDER BY b.day, b.id", (article,),
    ).fetchall()  # fmt: skip
    if rows:
        console.print(Text("\nNear-copies of the article (one voice)", "bold"))
        for row in rows:
            console.print(Text(printable(_source(row["title"], row["outlet"], row["day"], row["id"]))))
