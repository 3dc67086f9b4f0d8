"""A reading as one self-contained page: the article with its evidence in colour, the fields on hover, no script at all.

Whatever comes from an article passes through `escape`; the page's own Content-Security-Policy forbids scripts, images and any
request, so that even a slip could run nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape as escape_markup
from importlib import resources

from dateline.model import Actor, Event, Reading, Statement
from dateline.output.marks import (
    QUADS,
    ROLE_NAMES,
    ROLES,
    Segment,
    marks_of,
    segments,
)
from dateline.output.words import (
    act_as_text,
    basis_as_text,
    control_as_text,
    day_as_text,
    days_as_text,
    kind_of_actor,
    location_as_text,
    number_as_text,
    status_as_text,
)

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
WEB_ADDRESS = re.compile(r"https?://[^\s\"'<>]+")


def escape(text: str) -> str:
    """Text as HTML text or a quoted attribute, without what HTML may not hold."""
    return escape_markup(UNSHOWABLE.sub("�", text), quote=True)


def page(readings: Iterable[Reading], failures: Iterable[str] = ()) -> Iterator[str]:
    """The page of some readings, in pieces."""
    style = resources.files("dateline.output").joinpath("page.css").read_text(encoding="utf-8")
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>Dateline</title>\n<style>\n{style}</style>\n</head>\n<body>\n{_legend()}\n"
    )
    for number, reading in enumerate(readings, 1):
        yield _article(f"a{number}", reading)
    yield from (f'<p class="failure">{escape(failure)}</p>\n' for failure in failures)
    yield "</body>\n</html>\n"


def _legend() -> str:
    entries = "".join(f'<span class="mark {role}">{escape(ROLE_NAMES[role])}</span> ' for role in ROLES)
    return f'<header><strong>Dateline</strong> <span class="legend">{entries}</span></header>'


def _article(name: str, reading: Reading) -> str:
    article = reading.article
    title = escape(article.title or article.id)
    facts = [escape(article.publisher or ""), _published(reading), _link(article.url)]
    return (
        f'<article id="{name}">\n{_linking_style(name, len(reading.events))}<h1>{title}</h1>\n'
        f'<p class="about">{" · ".join(fact for fact in facts if fact)}</p>\n'
        f"{_events(name, reading)}{_statements(reading)}"
        f'<div class="text">{_text(name, reading)}</div>\n</article>\n'
    )


def _published(reading: Reading) -> str:
    publication = reading.publication
    if publication.day is None:
        return "day of publication not known"
    known = f" ({basis_as_text(publication.basis)})" if publication.basis else ""
    return f"{day_as_text(publication.day)}{known}"


def _link(url: str | None) -> str:
    if not url:
        return ""
    if WEB_ADDRESS.fullmatch(url):
        return f'<a href="{escape(url)}" rel="noreferrer noopener nofollow">{escape(url)}</a>'
    return escape(url)


def _linking_style(name: str, events: int) -> str:
    """Pointing at an event's row lights up its evidence in the text."""
    lights = ", ".join(f"#{name}:has(#{name}-e{n}:hover) .{name}-e{n}" for n in range(1, events + 1))
    return f"<style>{lights} {{ outline: 2px solid currentColor; outline-offset: 1px }}</style>\n" if lights else ""


def _events(name: str, reading: Reading) -> str:
    if not reading.events:
        return "<p>No events found.</p>\n"
    rows = "".join(_event_row(f"{name}-e{number}", number, event) for number, event in enumerate(reading.events, 1))
    heads = "".join(
        f"<th>{head}</th>" for head in ("", "when", "who", "did what", "to whom", "where", "status", "according to")
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table>\n"


def _event_row(anchor: str, number: int, event: Event) -> str:
    when = [days_as_text(event.when), f"by {day_as_text(event.deadline)}" if event.deadline else ""]
    kind = escape(act_as_text(event.type, event.mode))
    act = [f'<b class="{QUADS[event.type]}">{escape(event.trigger)}</b>', f"<small>{kind}</small>"]
    act += [escape(number_as_text(quantity)) for quantity in event.quantities]
    act += [escape(control_as_text(event.control))] if event.control else []
    cells = (
        str(number),
        "<br>".join(filter(None, when)),
        _actors(event.actors),
        "<br>".join(act),
        _actors(event.recipients),
        escape(location_as_text(event.where)) if event.where else "",
        status_as_text(event.status),
        escape(" ← ".join(event.said_by)),
    )
    return f'<tr id="{anchor}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n"


def _statements(reading: Reading) -> str:
    if not reading.statements:
        return ""
    rows = "".join(_statement_row(reading, number, statement) for number, statement in enumerate(reading.statements, 1))
    heads = "".join(f"<th>{head}</th>" for head in ("", "when", "who", "verb", "what"))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table>\n"


def _statement_row(reading: Reading, number: int, statement: Statement) -> str:
    content = escape(reading.article.text[statement.start : statement.end])
    cells = (
        str(number),
        days_as_text(statement.when),
        _actors(statement.chain or (statement.speaker,)),
        escape(statement.verb),
        f"<q>{content}</q>" if statement.direct else content,
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n"


def _text(name: str, reading: Reading) -> str:
    text = reading.article.text
    return "".join(
        _segment(name, reading, segment, escape(text[segment.start : segment.end]))
        for segment in segments(len(text), marks_of(reading))
    )


def _segment(name: str, reading: Reading, segment: Segment, shown: str) -> str:
    if not segment.marks or segment.role is None:
        return shown
    classes = ["mark", segment.role, *(["statement"] if segment.said else [])]
    numbers = dict.fromkeys(mark.number for mark in segment.marks if mark.role != "statement")
    classes += [f"{name}-e{number}" for number in numbers]
    if segment.role == "trigger":
        classes.append(QUADS[reading.events[segment.marks[0].number - 1].type])
    roles = dict.fromkeys((mark.number, mark.role) for mark in segment.marks)
    card = "".join(
        _statement_card(reading, number)
        if role == "statement"
        else _event_card(number, reading.events[number - 1], ROLE_NAMES[role])
        for number, role in roles
    )
    return f'<span class="{" ".join(dict.fromkeys(classes))}" tabindex="0">{shown}<span class="card">{card}</span></span>'


def _event_card(number: int, event: Event, role: str) -> str:
    fields = {
        "who": "; ".join(actor.name for actor in event.actors),
        "did": f"{event.trigger} ({act_as_text(event.type, event.mode)})",
        "to whom": "; ".join(actor.name for actor in event.recipients),
        "when": days_as_text(event.when),
        "by": day_as_text(event.deadline) if event.deadline else "",
        "where": location_as_text(event.where) if event.where else "",
        "status": status_as_text(event.status),
        "numbers": ", ".join(map(number_as_text, event.quantities)),
        "control": control_as_text(event.control) if event.control else "",
        "according to": " ← ".join(event.said_by),
        "rule": event.sense,
    }
    rows = "".join(f"<span><i>{field}</i> {escape(value)}</span>" for field, value in fields.items() if value)
    return f"<span><b>{role}</b> of event {number}</span>{rows}"


def _statement_card(reading: Reading, number: int) -> str:
    statement = reading.statements[number - 1]
    return f"<span><i>{escape(statement.verb)}</i> {escape(statement.speaker.name)} (statement {number})</span>"


def _actors(actors: Iterable[Actor]) -> str:
    return "<br>".join(f"{escape(actor.name)} <small>{escape(kind_of_actor(actor))}</small>" for actor in actors)
