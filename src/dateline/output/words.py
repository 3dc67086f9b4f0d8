"""Fields of an event in the words of a person, for whatever shows them."""

from __future__ import annotations

import re
import tomllib
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Protocol

from dateline.gazetteer.countries import countries
from dateline.model import Control, Days, Location, Quantity

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What could steer a terminal or turn text around in it: shown as one replacement character each, so that offsets hold."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_OF_A_COUNTRY = re.compile("(?P<code>[A-Z]{3}) (?P<what>government|rebels)")


class Named(Protocol):
    """An actor of a reading or of a ledger."""

    @property
    def name(self) -> str:
        """As a reader of the article would name them."""
        ...

    @property
    def country(self) -> str | None:
        """Alpha-3 code of a country, or the code of a body above states."""
        ...

    @property
    def sector(self) -> str | None:
        """PLOVER sector."""
        ...


def printable(text: str) -> str:
    """The text, safe to print and of the same length."""
    return UNPRINTABLE.sub("�", text.replace("\r\n", " \n").replace("\r", "\n").replace("\t", " "))


def day_as_text(day: date) -> str:
    """A day as newspapers write it, short enough for a table: "3 Mar 2031"."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def day_in_words(day: date) -> str:
    """A day as newspapers write it in a sentence: "3 March 2031"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def days_as_text(days: Days | None) -> str:
    """A span of days as newspapers write it: "3–5 Mar 2031", "28 Feb – 2 Mar 2031", "Mar 2031", "2031"; nothing where it is not known.

    The page writes them in the same way (`spanText` in web/src/words/days.ts).
    """
    if days is None:
        return ""
    first, last = days.first, days.last
    if first == last:
        return day_as_text(first)
    if first.year != last.year:
        return f"{day_as_text(first)} – {day_as_text(last)}"
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        if (first.month, last.month) == (1, 12):
            return f"{first.year}"
        if first.month == last.month:
            return f"{_MONTHS[first.month - 1][:3]} {first.year}"
    if first.month == last.month:
        return f"{first.day}–{day_as_text(last)}"
    return f"{first.day} {_MONTHS[first.month - 1][:3]} – {day_as_text(last)}"


class Act(Protocol):
    """An event of a reading or of a ledger."""

    @property
    def type(self) -> str:
        """PLOVER type."""
        ...

    @property
    def mode(self) -> str | None:
        """PLOVER mode."""
        ...


def kind_as_text(event: Act) -> str:
    """Type and mode as codes: "COERCE/seize"."""
    return f"{event.type}/{event.mode}" if event.mode else event.type


def act_as_text(type: str, mode: str | None) -> str:
    """Type and mode in plain words: "Attack: from the air". The page says them in the same words (`web/src/words/codes.ts`)."""
    codes = _codes()
    words = codes["types"].get(type, _spoken(type).capitalize())
    return f"{words}: {codes['modes'].get(f'{type}/{mode}', _spoken(mode))}" if mode else words


def status_as_text(status: str) -> str:
    """Whether something happened, in plain words: "told as done"."""
    return _codes()["statuses"].get(status, _spoken(status))


def country_as_text(code: str | None) -> str:
    """A country, or a body above states, by its code: "Afghanistan"; a code that is neither's stays as it is."""
    if not code:
        return ""
    known = countries().get(code)
    return known.name if known is not None else _codes()["bodies"].get(code, code)


def sector_as_text(code: str | None) -> str:
    """What somebody is, by the code of the sector: "armed group"."""
    return _codes()["sectors"].get(code, code) if code else ""


def kind_of_actor(actor: Named) -> str:
    """What and whence an actor is, as far as the name does not say it itself: "armed group, Afghanistan" for the Taliban."""
    told, known = f" {one_line(actor.name).lower()} ", countries().get(actor.country or "")
    sector, country = sector_as_text(actor.sector), country_as_text(actor.country)
    of_it = (country,) if known is None else (*known.names, *known.people)
    said = (f" {sector} " in told, any(f" {word.lower()} " in told for word in of_it))
    return ", ".join(part for part, is_said in zip((sector, country), said, strict=True) if part and not is_said)


def location_as_text(where: Location) -> str:
    """A place with its country in words: "Talma, Somalia"; a code that is no country's stays as it is."""
    names = (one_line(where.name), country_as_text(where.country))
    return ", ".join(dict.fromkeys(filter(None, names)))


def basis_as_text(basis: str) -> str:
    """How the day of an article is known, in plain words: "worked out from the text"."""
    return _codes()["bases"].get(basis, basis)


@cache
def _codes() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files("dateline.output").joinpath("codes.toml").read_text("utf-8"))


def _spoken(code: str) -> str:
    return code.replace("-", " ").replace("_", " ").lower()


def side_as_text(side: str | None) -> str:
    """A side that holds ground or owes something, as a reader would say it: "AFG government" is "Government of Afghanistan".

    Armed groups keep their names, and a code that is no country's stays as it is; nobody is "unknown". The page says it in the same
    words (`sideName` in web/src/words/names.ts).
    """
    if side is None:
        return "unknown"
    told = _OF_A_COUNTRY.fullmatch(side)
    if told is None or told["code"] not in countries():
        return side
    return f"{told['what'].capitalize()} of {countries()[told['code']].name}"


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def number_as_text(quantity: Quantity) -> str:
    """A quantity for a person: "killed ≥ 12", "killed ≤ 12", "districts ≈ 80", "troops 300 to 500"."""
    low, high = (None if end is None else _figure(end) for end in (quantity.low, quantity.high))
    if low is None:
        return f"{quantity.what} ≤ {high}"
    sign = "≈ " if quantity.approximate else "≥ " if high is None else ""
    return f"{quantity.what} {sign}{low}" + (f" to {high}" if high not in (None, low) else "")


def _figure(number: float) -> str:
    return f"{int(number):,}" if float(number).is_integer() else f"{number:,}"


def control_as_text(control: Control) -> str:
    """Ground that changes hands, for a person: "80 × district to the Northern Front, from the army"."""
    units = ["" if control.count is None else f"{control.count} ×", control.unit or ""]
    what = control.place or " ".join(filter(None, units)) or "ground"
    if control.gained_by is None:
        return f"{what} lost by {control.lost_by}" if control.lost_by else f"{what} changes hands"
    return f"{what} to {control.gained_by}" + (f", from {control.lost_by}" if control.lost_by else "")
