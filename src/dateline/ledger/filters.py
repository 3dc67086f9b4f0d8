"""What is asked of the ledger: which events, statements or articles. Values as a person gives them, checked before anything runs."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, get_args

from dateline.gazetteer.countries import country_of, is_code
from dateline.model import MODES, SECTORS, Status

NEAR = re.compile(r"\s*(?P<lat>[-+]?[\d.]+)\s*,\s*(?P<lon>[-+]?[\d.]+)\s*,\s*(?P<km>[\d.]+)\s*(?:km)?\s*")
CODES = re.compile(r"(?P<country>[A-Z]{3})?(?:/(?P<sector>[A-Z]{3}))?")


class FilterError(ValueError):
    """A filter makes no sense; `name` is the filter's, the message says what is right."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(f"{name}: {message}")
        self.name = name
        self.message = message


@dataclass(frozen=True, slots=True)
class Near:
    """A circle on the globe: degrees north, degrees east, kilometres."""

    lat: float
    lon: float
    km: float


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody: by a word or words of a name, by the whole name (`exact`), or by country and sector where no name is given."""

    name: str | None = None
    exact: bool = False
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What must hold; None and empty ask for nothing. Where several values are given for one filter, one of them must hold.

    `since` and `until` (both inclusive) take what lasted into or began in that time; what has no date is left out by them.
    `country` is that of the event's place (of the speaker, for statements). `text` is a search in the words of the article.
    """

    since: date | None = None
    until: date | None = None
    actor: Who | None = None
    recipient: Who | None = None
    type: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    near: Near | None = None
    outlet: str | None = None
    text: str | None = None
    said_by: Who | None = None
    min_confidence: float | None = None

    def given(self) -> tuple[str, ...]:
        """The names of the filters that ask for something, in their order."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) not in (None, ()))

    def without(self, *names: str) -> Filters:
        """The same but for these filters."""
        return Filters(**{field.name: getattr(self, field.name) for field in fields(self) if field.name not in names})

    def with_status(self, *status: str) -> Filters:
        """The same, and of this status where none is asked for."""
        return self if self.status else replace(self, status=status)


def filters(
    *,
    since: date | str | None = None,
    until: date | str | None = None,
    actor: str | None = None,
    recipient: str | None = None,
    type: str | Sequence[str] | None = None,
    mode: str | Sequence[str] | None = None,
    status: str | Sequence[str] | None = None,
    country: str | Sequence[str] | None = None,
    near: str | tuple[float, float, float] | None = None,
    outlet: str | None = None,
    text: str | None = None,
    said_by: str | None = None,
    min_confidence: float | None = None,
) -> Filters:
    """Filters from what a person writes.

    Args:
        since: first day (a date, or `YYYY-MM-DD`, `YYYY-MM`, `YYYY`).
        until: last day, as `since`.
        actor: who acts: words of the name ("Taliban"), the whole name ("=Taliban"), or codes ("AFG", "AFG/REB", "/REB").
        recipient: who it is done to, as `actor`.
        type: PLOVER types.
        mode: PLOVER modes.
        status: actual, future, demanded, hypothetical, negated.
        country: countries by name or alpha-3 code.
        near: latitude, longitude and kilometres.
        outlet: who published, whatever the case.
        text: words of the article, in the language of SQLite's FTS5 ("hostage*", "peace AND talks").
        said_by: whom the report credits, or who says it, as `actor` by name.
        min_confidence: least confidence, 0 to 1.

    Raises:
        FilterError: a value is wrong; the message names the right ones.
    """
    first, last = _day("since", since, last=False), _day("until", until, last=True)
    if first and last and first > last:
        raise FilterError("until", f"{last} lies before {first}")
    if min_confidence is not None and not 0.0 <= min_confidence <= 1.0:
        raise FilterError("min_confidence", f"{min_confidence} is not between 0 and 1")
    return Filters(
        since=first,
        until=last,
        actor=_who("actor", actor),
        recipient=_who("recipient", recipient),
        type=_among("type", _several(type, str.upper), tuple(MODES)),
        mode=_among("mode", _several(mode, str.lower), sorted({mode for modes in MODES.values() for mode in modes})),
        status=_among("status", _several(status, str.lower), get_args(Status)),
        country=tuple(_country(name) for name in _several(country)),
        near=_near(near),
        outlet=outlet or None,
        text=text if text and text.strip() else None,
        said_by=_who("said_by", said_by, codes=False),
        min_confidence=min_confidence,
    )


def _several(value: str | Sequence[str] | None, fold: Any = str) -> tuple[str, ...]:
    if value is None:
        return ()
    values = (value,) if isinstance(value, str) else value
    return tuple(dict.fromkeys(fold(part.strip()) for one in values for part in one.split(",") if part.strip()))


def _among(name: str, values: tuple[str, ...], known: Sequence[str]) -> tuple[str, ...]:
    for value in values:
        if value not in known:
            raise FilterError(name, f"{value!r} is not one of {', '.join(known)}")
    return values


def _day(name: str, value: date | str | None, last: bool) -> date | None:
    if value is None or isinstance(value, date):
        return value
    written = value.strip()
    try:
        if re.fullmatch(r"\d{4}", written):
            return date(int(written), 12, 31) if last else date(int(written), 1, 1)
        if re.fullmatch(r"\d{4}-\d{2}", written):
            start = date.fromisoformat(f"{written}-01")
            following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
            return date.fromordinal(following.toordinal() - 1) if last else start
        return date.fromisoformat(written)
    except ValueError as error:
        raise FilterError(name, f"{value!r} is not a day (YYYY-MM-DD, YYYY-MM or YYYY)") from error


def _who(name: str, value: str | None, codes: bool = True) -> Who | None:
    if value is None or not value.strip():
        return None
    written = value.strip()
    if written.startswith("=") and written[1:].strip():
        return Who(name=written[1:].strip(), exact=True)
    found = CODES.fullmatch(written) if codes else None
    if found and (found["country"] is None or is_code(found["country"])):
        if found["sector"] is not None and found["sector"] not in SECTORS:
            raise FilterError(name, f"{found['sector']!r} is not one of {', '.join(sorted(SECTORS))}")
        return Who(country=found["country"], sector=found["sector"])
    if not any(character.isalnum() for character in written):
        raise FilterError(name, f"there is no word in {value!r}")
    return Who(name=written)


def _country(value: str) -> str:
    if is_code(value):
        return value
    found = country_of(value)
    if found is None and is_code(value.upper()):
        found = value.upper()
    if found is None:
        raise FilterError("country", f"{value!r} is no country: give a name, or an alpha-3 code such as AFG")
    return found


def _near(value: str | tuple[float, float, float] | None) -> Near | None:
    if value is None:
        return None
    wrong = FilterError("near", f"{value!r} is not LAT,LON,KM, for instance 34.5,69.2,50")
    if isinstance(value, str):
        found = NEAR.fullmatch(value)
        if found is None:
            raise wrong
        try:
            value = (float(found["lat"]), float(found["lon"]), float(found["km"]))
        except ValueError as error:
            raise wrong from error
    if len(value) != 3 or not all(math.isfinite(number) for number in value):
        raise wrong
    lat, lon, km = value
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and km > 0):
        raise FilterError("near", f"{value!r}: latitude is -90 to 90, longitude -180 to 180, and the distance above 0")
    return Near(lat, lon, km)
