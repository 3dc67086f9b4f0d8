"""What users add to the gazetteer: whole countries from GeoNames, tables of their own, and countries that nobody else has."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import tomllib
import urllib.request
import zipfile
from collections.abc import Callable, Iterable
from http.client import HTTPException
from importlib import resources
from pathlib import Path

from dateline.gazetteer.build import country_rows
from dateline.gazetteer.cache import BASE, GazetteerError, base_file, changing, current_version, ensure, gazetteer
from dateline.gazetteer.countries import CountryError, countries, countries_in, country_named, forget
from dateline.gazetteer.store import Row, Source, added_folder, compile_file
from dateline.gazetteer.tables import TableError, rows_of
from dateline.keeping import cache_folder

ADDRESSES = "geonames.toml"
"""The file of the package's `data` that says where the files of countries are."""
MIRROR = "DATELINE_GEONAMES"
"""The environment variable that names another address for them; `{alpha2}` in it stands for the country."""
CHUNK = 1 << 16
TIMEOUT = 60.0

Progress = Callable[[int, int | None], None]
"""Told how many bytes have come, and how many there are where the server says so."""


def add(what: str, progress: Progress | None = None) -> Source:
    """Add a table of places or a file of countries, or fetch a country's places from GeoNames; what was added under the same name is
    replaced.

    Args:
        what: path of a GeoNames dump or a Who's On First table (plain, .gz or .zip), of a file of countries (.toml,
            `countries.countries_in`), or a country: alpha-3, alpha-2 or name.
        progress: told how a download goes on.

    Raises:
        GazetteerError: there is neither such a file nor such a country, it cannot be fetched, or it is no table of places.
    """
    path = Path(what)
    if os.path.isfile(path):
        if path.suffix == ".toml":
            return _add_countries(path)
        return _compile(path, re.sub(r"\.(?:gz|zip|tsv|txt|csv)$", "", path.name.removesuffix(".gz")), str(path))
    code = what.upper() if what.upper() in countries() else _by_alpha2(what) or country_named(what)
    if code is None:
        raise GazetteerError(f"{what!r} is neither a file nor a country (its ISO 3166 code or English name)")
    fetched, checksum = fetch(countries()[code].alpha2, progress)
    try:
        return _compile(fetched, code, f"{_addresses()['origin']}, sha256 {checksum}")
    finally:
        fetched.unlink(missing_ok=True)


def _addresses() -> dict[str, str]:
    return tomllib.loads(resources.files("dateline.gazetteer").joinpath("data", ADDRESSES).read_text(encoding="utf-8"))


def address(alpha2: str) -> str:
    """Where the file of a country is, by its alpha-2 code: at GeoNames, or at the mirror that `DATELINE_GEONAMES` names.

    Raises:
        GazetteerError: the mirror's address is none.
    """
    url = os.environ.get(MIRROR) or _addresses()["country_file"]
    if not url.startswith(("https://", "http://")) or "{alpha2}" not in url:
        raise GazetteerError(
            f"{MIRROR} is {url!r}; it has to be a web address with {{alpha2}} where the country's two letters stand"
        )
    return url.replace("{alpha2}", alpha2)


def fetch(alpha2: str, progress: Progress | None = None) -> tuple[Path, str]:
    """Download GeoNames' file of a country: where it lies now, and its SHA-256. What is broken off or damaged is not kept.

    Raises:
        GazetteerError: it cannot be fetched, or came damaged.
    """
    url = address(alpha2)
    ensure()
    path = cache_folder() / f"{alpha2}.{os.getpid()}.zip"
    digest, come = hashlib.sha256(), 0
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as answer, path.open("wb") as file:
            length = answer.headers.get("Content-Length")
            total = int(length) if length and length.isdigit() else None
            while chunk := answer.read(CHUNK):
                file.write(chunk)
                digest.update(chunk)
                come += len(chunk)
                if progress is not None:
                    progress(come, total)
        if total is not None and come != total:
            raise GazetteerError(f"{url}: {come} of {total} bytes came; try again")
        with zipfile.ZipFile(path) as archive:
            damaged = archive.testzip()  # every member against its own checksum
        if damaged is not None:
            raise GazetteerError(f"{url}: {damaged} came damaged; try again")
    except (OSError, HTTPException, zipfile.BadZipFile) as error:
        path.unlink(missing_ok=True)
        raise GazetteerError(
            f"{url} cannot be fetched ({error}); download it elsewhere and add the file: dateline gazetteer add {alpha2}.zip"
        ) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path, digest.hexdigest()


def sources() -> list[Source]:
    """What the gazetteer is made of: what comes with Dateline first, then what was added, by name."""
    return gazetteer().sources()


def remove(name: str) -> None:
    """Take out what was added under a name.

    Raises:
        GazetteerError: nothing was added under it.
    """
    path = _file(name)
    with changing():
        if not path.is_file():
            known = ", ".join(source.name for source in sources() if source.name != BASE) or "nothing"
            raise GazetteerError(f"nothing was added under {name!r}; there is: {known}")
        path.unlink()
        path.with_suffix(".toml").unlink(missing_ok=True)
    forget()


def _add_countries(path: Path) -> Source:
    try:
        rows = country_rows(countries_in(path))
        added = _compile(path, path.stem, str(path), rows)
        _file(path.stem).with_suffix(".toml").write_bytes(path.read_bytes())
    except (CountryError, OSError) as error:
        raise GazetteerError(str(error)) from error
    forget()
    return added


def _compile(path: Path, name: str, origin: str, rows: Iterable[Row] | None = None) -> Source:
    ensure()
    target = _file(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with changing():
            count = compile_file(target, current_version(), name, origin, rows_of(path) if rows is None else rows)
            if not count:
                target.unlink()
                raise GazetteerError(f"{path}: there is no place in it that lies in a country that is known")
    except (TableError, OSError, sqlite3.Error) as error:
        raise GazetteerError(str(error)) from error
    return next(source for source in sources() if source.name == name)


def _file(name: str) -> Path:
    path = added_folder() / f"{name}.sqlite"
    if path.parent != added_folder() or path == base_file():
        raise GazetteerError(f"{name!r} cannot be the name of a source")
    return path


def _by_alpha2(what: str) -> str | None:
    return next((c.alpha3 for c in countries().values() if c.alpha2 == what.upper()), None) if len(what) == 2 else None
