"""Texts with their place names resolved by hand: LGL and GeoVirus, read, and the coder's places compared with theirs.

Both are XML, plain or gzipped. LGL has ``article`` with ``text`` and ``toponym`` (``start``, ``end``, ``phrase``, and a
``gaztag`` with ``lat`` and ``lon``, without which a toponym is left out); GeoVirus has ``location`` (``name``,
``start``, ``lat``, ``lon``), whose offsets may be off by some characters: the name nearest to them is meant.
"""

import gzip
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from transforms.evaluate.gold import GoldError
from transforms.evaluate.texts import SingleText
from transforms.records import Entity
from transforms.resolve.place import distance_between

NEAR_KM = 161.0
"""A hundred miles, the distance within which the field counts a toponym as rightly resolved."""
NEIGHBOURHOOD = 30


@dataclass(frozen=True, slots=True)
class Toponym:
    start: int
    end: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class ToponymText(SingleText):
    toponyms: tuple[Toponym, ...]


@dataclass(frozen=True, slots=True)
class ToponymFigures:
    """Shares of all toponyms of the texts, and the mean error in kilometres of those that were resolved."""

    texts: int
    toponyms: int
    found: float | None
    """Overlapped by an entity."""
    resolved: float | None
    """Overlapped by an entity with coordinates."""
    near: float | None
    """... that lie within 161 km."""
    mean_km: float | None


def read_toponyms(path: Path) -> list[ToponymText]:
    """Read a file of either form. Raises ``GoldError`` where it is neither or holds no toponyms."""
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            root = ET.parse(file).getroot()  # noqa: S314 - the person's own file
        texts = [_read_article(article) for article in root.iter("article")]
    except (OSError, EOFError, ET.ParseError) as error:
        raise GoldError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from error
    except (TypeError, ValueError) as error:
        raise GoldError(f"{path}: an article lacks a text, or a toponym its start, lat or lon ({error})") from error
    if not any(text.toponyms for text in texts):
        raise GoldError(f"{path} holds no toponyms; it needs <article> with <text> and <toponym> or <location>")
    return texts


def _read_article(article: ET.Element) -> ToponymText:
    text = article.findtext("text") or ""
    found = []
    for node in (*article.iter("toponym"), *article.iter("location")):
        place = node.find("gaztag") if node.tag == "toponym" else node
        if place is None:
            continue
        name = node.findtext("phrase") or node.findtext("name") or ""
        start = _nearest(text, name, int(node.findtext("start") or ""))
        latitude, longitude = float(place.findtext("lat") or ""), float(place.findtext("lon") or "")
        found.append(Toponym(start, start + len(name), latitude, longitude))
    return ToponymText(text, tuple(found))


def _nearest(text: str, name: str, start: int) -> int:
    """Where ``name`` stands nearest to ``start``; ``start`` itself where it stands nowhere near."""
    first = max(0, start - NEIGHBOURHOOD)
    window = text[first : start + NEIGHBOURHOOD + len(name)]
    places = [first + i for i in range(len(window)) if window.startswith(name, i)]
    return min(places, key=lambda place: abs(place - start), default=start)


def score_toponyms(texts: Sequence[ToponymText], entities: Iterable[Sequence[Entity]]) -> ToponymFigures:
    """Compare the entities of each text with its toponyms; the best of those that overlap one counts."""
    found, errors, total = 0, [], 0
    for text, own in zip(texts, entities, strict=True):
        for toponym in text.toponyms:
            total += 1
            over = [entity for entity in own if entity.start_char < toponym.end and entity.end_char > toponym.start]
            found += bool(over)
            distances = [
                distance_between((toponym.latitude, toponym.longitude), (entity.latitude, entity.longitude))
                for entity in over
                if entity.latitude is not None and entity.longitude is not None
            ]
            if distances:
                errors.append(min(distances))
    near = sum(error <= NEAR_KM for error in errors)
    mean = round(sum(errors) / len(errors), 1) if errors else None
    return ToponymFigures(
        len(texts), total, _share(found, total), _share(len(errors), total), _share(near, total), mean
    )


def _share(count: int, total: int) -> float | None:
    return round(count / total, 4) if total else None
