"""Which accounts are compared at all: those that share a key of family, time, and place or name.

Every account stands under its own keys and looks under those of its neighbours. An act with a day is filed by the day and
looks a few days around; a plan, or an act whose span is wide, is filed by months and meets acts and plans there. Places are
filed in cells of a quarter of a degree, and an account looks into every cell that touches the circle around it: no grid line
parts two neighbours. A cell may reach out of the circle, so whoever is met by cells alone has to lie inside of it (`met`).
With that the relation is the same in both directions, and it does not matter who comes first.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import product

from dateline.incidents.accounts import is_precise
from dateline.incidents.records import Account
from dateline.incidents.rules import Rules
from dateline.incidents.sides import folded
from dateline.incidents.wording import common_words
from dateline.resolve.geometry import distance_km

CELL = 0.25
CELL_KEY = "|@"
KM_PER_DEGREE = 111.0  # a little less than there are, so that no point of a circle lies outside of its cells
LARGEST_KM = 200.0
"""An area with a larger radius (most countries) brings too much together to look under its name."""
MOST_MONTHS = 14
"""Months under which a plan is filed; what is planned for later is found by its due month too."""


def filed(account: Account, rules: Rules) -> tuple[str, ...]:
    """The keys under which an account stands, sorted."""
    days = tuple(_days(account, rules))
    own = {f"{account.family}|{when}|{where}" for when, where in product(days, _spots(account, rules))}
    return tuple(
        sorted(own.union(_by_trigger(account, days, rules), _undated(account, filing=True), _sentences(account, rules)))
    )


def asked(account: Account, rules: Rules) -> set[str]:
    """The keys under which those stand that it may be one act with."""
    around = set(_spots(account, rules)) | set(_cells_around(account, rules))
    days = tuple(_days_around(account, rules))
    near = {f"{account.family}|{when}|{where}" for when, where in product(days, around)}
    return near.union(_by_trigger(account, days, rules), _undated(account, filing=False), _sentences(account, rules))


def is_cell(key: str) -> bool:
    """Whether a key is one of place alone, by the grid."""
    return CELL_KEY in key


def met(one: Account, two: Account, keys: Collection[str], rules: Rules) -> bool:
    """Whether two accounts are to be compared, of which one stands under `keys` that the other looks under."""
    return bool(keys) and (not all(map(is_cell, keys)) or within_reach(one, two, rules))


def within_reach(one: Account, two: Account, rules: Rules) -> bool:
    """Whether two points where they may have been are no farther apart than towns that touch."""
    reach = _reach(rules)
    return any(
        distance_km(a.lat or 0.0, a.lon or 0.0, b.lat or 0.0, b.lon or 0.0) <= reach
        for a, b in product(one.spots, two.spots)
        if is_precise(a, rules.limits) and is_precise(b, rules.limits)
    )


def _undated(account: Account, filing: bool) -> Iterator[str]:
    """Keys by which an act without any day meets acts with and without one.

    Acts without a day meet by the words of their articles' names, and by the words of their sentences that few articles have
    as well: both stand and look under U. An act with a day meets one without by a name of its own that the other's article has:
    it stands under D and looks under N, where those without a day look and stand.
    """
    if account.window is None:
        for word in account.names | (account.words - common_words() - account.stems):
            yield f"{account.family}|U|{word}"
        for word in account.names:
            yield f"{account.family}|{'N' if filing else 'D'}|{word}"
        return
    told = {word for name in account.actors | account.recipients for word in name.split()}
    told |= {word for spot in account.spots for word in folded(spot.name).split()}
    for word in told:
        yield f"{account.family}|{'D' if filing else 'N'}|{word}"


def _sentences(account: Account, rules: Rules) -> Iterator[str]:
    """Keys of sentences that others may have printed to the letter."""
    for told in account.tolds:
        if len(told.sentence.split()) >= rules.limits.copy_words:
            yield f'"{hashlib.sha1(told.sentence.encode(), usedforsecurity=False).hexdigest()[:16]}'


def _by_trigger(account: Account, days: Iterable[str], rules: Rules) -> Iterator[str]:
    """Keys of the same word at the same place: the reader may have taken it for another kind of act."""
    if account.where is not None and is_precise(account.where, rules.limits):
        place = folded(account.where.name)
        for day, word in product(days, sorted(account.stems)):
            yield f"~{word}|{day}|#{place}"


def _days(account: Account, rules: Rules) -> Iterator[str]:
    window = account.window
    if window is None:
        yield "?"
    elif _by_month(account, rules):
        for month in _months(window.first, window.last):
            yield f"P{month}"
    else:
        for day in range(window.first, window.last + 1):
            yield f"{day}"
        for month in _months(window.first, window.last):
            yield f"A{month}"


def _days_around(account: Account, rules: Rules) -> Iterator[str]:
    window, gap = account.window, rules.limits.gap_days
    if window is None:
        yield "?"
        return
    by_month = _by_month(account, rules)
    for month in {month + step for month in _months(window.first, window.last) for step in (-1, 0, 1)}:
        yield f"P{month}"
        if by_month:
            yield f"A{month}"
    if not by_month:
        for day in range(window.first - gap, window.last + gap + 1):
            yield f"{day}"


def _by_month(account: Account, rules: Rules) -> bool:
    assert account.window is not None
    return account.planned or account.family in rules.lasting or account.window.length >= rules.limits.wide_days


def _months(first: int, last: int) -> Iterator[int]:
    one, two = date.fromordinal(first), date.fromordinal(last)
    start, end = one.year * 12 + one.month, two.year * 12 + two.month
    yield from range(start, min(end, start + MOST_MONTHS) + 1)
    if end > start + MOST_MONTHS:
        yield end


def _spots(account: Account, rules: Rules) -> Iterator[str]:
    """What an account is found by: its cell, the name of its place, its actors and recipients; without any, its family alone."""
    bare = True
    where = account.where
    for spot in account.spots:
        if is_precise(spot, rules.limits):
            row, column = _cell(spot.lat or 0.0, spot.lon or 0.0)
            yield f"@{row},{column}"
        yield f"#{folded(spot.name)}"
        bare = False
    if where is not None and (where.radius_km is None or where.radius_km <= LARGEST_KM):
        yield f"#{folded(where.name)}"
        bare = False
    for name in sorted(account.actors | account.recipients | account.kinds):
        yield f"={name}"
        bare = False
    if bare:
        yield "-" + "".join(sorted(account.stems)[:1])


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat / CELL), math.floor(((lon + 180.0) % 360.0) / CELL)


def _cells_around(account: Account, rules: Rules) -> Iterator[str]:
    """Every cell that holds a place which is not too far for one act."""
    for spot in account.spots:
        if is_precise(spot, rules.limits):
            yield from _cells_of(spot.lat or 0.0, (spot.lon or 0.0) + 180.0, _reach(rules))


def _reach(rules: Rules) -> float:
    """How many kilometres two points may lie apart and still touch."""
    return 2 * rules.limits.town_km + rules.limits.touching_km


@lru_cache(maxsize=65_536)
def _cells_of(lat: float, lon: float, reach: float) -> tuple[str, ...]:
    found = []
    for row in range(math.floor((lat - reach / KM_PER_DEGREE) / CELL), math.floor((lat + reach / KM_PER_DEGREE) / CELL) + 1):
        edge = min(89.0, max(abs(row * CELL), abs((row + 1) * CELL)))
        width = reach / (KM_PER_DEGREE * math.cos(math.radians(edge)))
        for column in range(math.floor((lon - width) / CELL), math.floor((lon + width) / CELL) + 1):
            found.append(f"@{row},{column % round(360 / CELL)}")
    return tuple(found)
