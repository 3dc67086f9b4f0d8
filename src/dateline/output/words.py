"""Fields of an event in the words of a person, for whatever shows them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from dateline.gazetteer.countries import countries
from dateline.model import Control, Days, Event, Location, Quantity

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What could steer a terminal or turn text around in it: shown as one replacement character each, so that offsets hold."""

_OF_A_COUNTRY = re.compile("(?P<code>[A-Z]{3}) (?P<what>government|rebels)")


def printable(text: str) -> str:
    """The text, safe to print and of the same length."""
    return UNPRINTABLE.sub("�", text.replace("\r\n", " \n").replace("\r", "\n").replace("\t", " "))


def days_as_text(days: Days | None) -> str:
    """A span of days as a person writes it: one day, or first to last; nothing where it is not known."""
    if days is None:
        return ""
    if days.first == days.last:
        return days.first.isoformat()
    return f"{days.first.isoformat()} to {days.last.isoformat()}"


def kind_as_text(event: Event) -> str:
    """Type and mode: "COERCE/seize"."""
    return f"{event.type}/{event.mode}" if event.mode else event.type


def act_as_text(type: str, mode: str | None) -> str:
    """Type and mode in plain words: "Attack: from the air". The page says them in the same words (`web/src/words/codes.ts`)."""
    codes = _codes()
    words = codes["types"].get(type, _spoken(type).capitalize())
    return f"{words}: {codes['modes'].get(f'{type}/{mode}', _spoken(mode))}" if mode else words


def status_as_text(status: str) -> str:
    """Whether something happened, in plain words: "told as done"."""
    return _codes()["statuses"].get(status, _spoken(status))


def location_as_text(where: Location) -> str:
    """A place with its country in words: "Talma, Somalia"; a code that is no country's stays as it is."""
    name, known = one_line(where.name), countries().get(where.country or "")
    country = known.name if known is not None else where.country
    return f"{name}, {country}" if country and country != name else name


@cache
def _codes() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files("dateline.output").joinpath("codes.toml").read_text("utf-8"))


def _spoken(code: str) -> str:
    return code.replace("-", " ").replace("_", " ").lower()


def place_as_text(event: Event) -> str:
    """Where it happened with its country: "Talma (SOM)"; nothing where it is not known."""
    if event.where is None:
        return ""
    name = one_line(event.where.name)
    return f"{name} ({event.where.country})" if event.where.country else name


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
