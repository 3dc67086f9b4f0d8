"""Codes of ACLED and GED for how exactly a location is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.gazetteer.cache import gazetteer
from dateline.gazetteer.precision import acled_precision, ged_precision
from dateline.gazetteer.store import Entry
from dateline.model import Location


@pytest.mark.parametrize(
    ("location", "acled", "ged"),
    [
        (Location("Kabul", "AFG", 34.5, 69.2, 8.0, "geonames:1"), 1, 1),
        (Location("Kabul", "AFG", 34.5, 69.2, 20.0, "geonames:1"), 2, 2),
        (Location("Nad Ali", "AFG", 31.6, 64.2, 40.0, "geonames:2"), 2, 3),
        (Location("Helmand", "AFG", 31.0, 64.0, 128.0, "geonames:3"), 3, 4),
        (Location("Afghanistan", "AFG", 33.0, 65.0, 454.0, "iso:AFG"), 3, 6),
        (Location("Iran-Iraq border", None, 33.0, 46.0, 250.0), 3, 5),
        (Location("Siberia", "RUS", 60.0, 105.0, 2000.0, "dateline:siberia"), 3, 5),
        (Location("Qorvast", "NGA"), 3, 6),
        (Location("Qorvast"), None, None),
    ],
)
def test_from_the_radius(location: Location, acled: int | None, ged: int | None) -> None:
    assert (acled_precision(location), ged_precision(location)) == (acled, ged)


@pytest.mark.parametrize(
    ("kind", "own_km", "told_km", "acled", "ged"),
    [
        ("capital", 21.0, 21.0, 1, 1),
        ("town", 3.0, 13.0, 2, 2),
        ("town", 3.0, 43.0, 3, 5),
        ("district", 8.0, 8.0, 2, 3),
        ("province", 10.0, 10.0, 3, 4),
        ("region", 25.0, 25.0, 3, 5),
        ("river", 25.0, 25.0, 3, 5),
        ("sea", 200.0, 200.0, 3, 7),
    ],
)
def test_from_what_is_named(kind: str, own_km: float, told_km: float, acled: int, ged: int) -> None:
    entry = Entry("test:1", "Zarb", "AFG", "AFG.1", kind, 30.0, 60.0, own_km, 0)
    location = Location("Zarb", "AFG", 30.0, 60.0, told_km, "test:1")
    assert (acled_precision(location, entry), ged_precision(location, entry)) == (acled, ged)


def test_an_entry_is_found_by_the_identity_that_a_location_has() -> None:
    entry = gazetteer().place("iso:AFG")
    assert entry is not None
    assert entry.name == "Afghanistan"
    assert ged_precision(Location("Afghanistan", "AFG", 33.0, 65.0, 454.0, "iso:AFG"), entry) == 6
    assert gazetteer().place("geonames:nowhere") is None


@given(st.floats(0, 5000), st.floats(0, 5000))
def test_a_wider_circle_is_never_more_precise(one: float, other: float) -> None:
    narrow, wide = (Location("X", "AFG", 33.0, 65.0, radius) for radius in sorted((one, other)))
    assert (ged_precision(narrow) or 0) <= (ged_precision(wide) or 0)
    assert (acled_precision(narrow) or 0) <= (acled_precision(wide) or 0)
