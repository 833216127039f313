"""One mention or one event with all that belongs to it, for ``dateline explain``."""

from typing import Any

import duckdb

from warehouse.connection import connect
from warehouse.errors import UnknownIdError
from warehouse.paths import Warehouse
from warehouse.statements import column_names
from warehouse.tables import TABLES

SHOWN = 5
"""How many candidates a message about an ambiguous id names."""

Row = dict[str, Any]


def lookup_mention(warehouse: Warehouse, mention_id: str) -> dict[str, Any]:
    """Find a mention by its id or a beginning of it that no other has.

    Gives a dict of ``mention``, ``event``, ``link``, ``sentence`` and ``article`` (rows as dicts; article without
    minhash) and ``participants`` (list of rows, actors before recipients). Raises ``UnknownIdError``.
    """
    with connect(warehouse) as database:
        return _mention(database, _resolve(database, "event_mentions", "event_mention_id", mention_id))


def lookup_event(warehouse: Warehouse, event_id: str) -> dict[str, Any]:
    """Find an event by its id, an id that it had before it was merged, or a beginning of one that no other has.

    Gives a dict of ``event`` (row as dict) and ``mentions`` (a list of dicts as ``lookup_mention`` gives, in the order
    of publication). Raises ``UnknownIdError``.
    """
    with connect(warehouse) as database:
        found = _former(database, event_id) or _resolve(database, "events", "event_id", event_id)
        event = _rows(database, "SELECT * FROM events WHERE event_id = ?", found)[0]
        links = _rows(database, "SELECT event_mention_id FROM event_links WHERE event_id = ? ORDER BY 1", found)
        mentions = [_mention(database, link["event_mention_id"]) for link in links]
    mentions.sort(key=lambda each: (str(each["article"]["published_at"]), each["mention"]["event_mention_id"]))
    return {"event": event, "mentions": mentions}


def _mention(database: duckdb.DuckDBPyConnection, mention_id: str) -> dict[str, Any]:
    mention = _rows(database, "SELECT * FROM event_mentions WHERE event_mention_id = ?", mention_id)[0]
    shown = [column for column in TABLES["articles"].columns if column.name != "minhash"]
    article = f"SELECT {column_names(shown)} FROM articles WHERE article_id = ?"  # noqa: S608 - declared names only
    participants = "SELECT * FROM participants WHERE event_mention_id = ? ORDER BY role, position"
    return {
        "mention": mention,
        "event": _rows(database, "SELECT * FROM events WHERE event_id = ?", mention["event_id"])[0],
        "link": _rows(database, "SELECT * FROM event_links WHERE event_mention_id = ?", mention_id)[0],
        "sentence": _rows(database, "SELECT * FROM sentences WHERE sentence_id = ?", mention["sentence_id"])[0],
        "article": _rows(database, article, mention["article_id"])[0],
        "participants": _rows(database, participants, mention_id),
    }


def _former(database: duckdb.DuckDBPyConnection, former_id: str) -> str | None:
    query = "SELECT DISTINCT event_id FROM merged_events WHERE starts_with(former_event_id, ?)"
    found = _rows(database, query, former_id) if former_id else []
    own = "SELECT event_id FROM events WHERE starts_with(event_id, ?) LIMIT 1"
    return str(found[0]["event_id"]) if len(found) == 1 and not _rows(database, own, former_id) else None


def _resolve(database: duckdb.DuckDBPyConnection, table: str, column: str, beginning: str) -> str:
    what = "mention" if table == "event_mentions" else "event"
    if not beginning:
        raise UnknownIdError(f"an empty id names no {what}")
    query = f"SELECT {column} FROM {table} WHERE starts_with({column}, ?) ORDER BY 1 LIMIT {SHOWN + 1}"  # noqa: S608
    found = [str(row[column]) for row in _rows(database, query, beginning)]
    if beginning in found or len(found) == 1:
        return beginning if beginning in found else found[0]
    if not found:
        raise UnknownIdError(
            f'no {what} has the id {beginning}; list some with: dateline sql "FROM event_rows LIMIT 9"'
        )
    more = " ..." if len(found) > SHOWN else ""
    raise UnknownIdError(f"several {what}s have ids that begin with {beginning}: {', '.join(found[:SHOWN])}{more}")


def _rows(database: duckdb.DuckDBPyConnection, query: str, value: str) -> list[Row]:
    result = database.sql(query, params=[value]).to_arrow_table()
    return [dict(row) for row in result.to_pylist()]
