"""What coding an article anew changed: mentions that it gained, lost, or tells otherwise."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from transforms.records import MentionChange

GAINED, LOST, CHANGED = "gained", "lost", "changed"
OF_THE_CODER = ("event_mention_id", "article_id", "sentence_id", "extractor_version")
"""Fields that follow from the others or from who coded: they are no change by themselves."""
OF_A_PARTY = ("text", "start_char", "end_char", "name", "actor_id", "country_code", "sector")
PARTIES = {"actor": "actors", "recipient": "recipients"}

Row = Mapping[str, Any]
Told = tuple[Iterable[Row], Iterable[Row]]
"""Mentions and participants."""


def compare(before: Told, after: Told, *, versions: tuple[str, str]) -> Iterator[MentionChange]:
    """Compare two codings of the same articles, each as (mentions, participants) with the fields of the records.

    A mention is the same one where article, trigger and event type are. Yields the changes in the order of article and
    place in the text; ``before`` and ``after`` are JSON objects of the fields that differ, or of all that are filled
    where the mention is in one coding only. ``versions`` are those of the coder, before and after.
    """
    old, new = _told(*before), _told(*after)
    for mention_id in sorted(old.keys() | new.keys(), key=lambda each: _place(old.get(each) or new[each])):
        was, now = old.get(mention_id), new.get(mention_id)
        known = now or was or {}
        fields = [
            name
            for name in known
            if name not in OF_THE_CODER and (was is None or now is None or was[name] != now[name])
        ]
        if not fields:
            continue
        yield MentionChange(
            event_mention_id=mention_id,
            article_id=known["article_id"],
            change=GAINED if was is None else LOST if now is None else CHANGED,
            event_type=known["event_type"],
            trigger_text=known["trigger_text"],
            changed=tuple(fields) if was and now else (),
            before=_as_json(was, fields),
            after=_as_json(now, fields),
            version_before=was["extractor_version"] if was else versions[0],
            version_after=versions[1],
        )


def _told(mentions: Iterable[Row], participants: Iterable[Row]) -> dict[str, dict[str, Any]]:
    parties: dict[tuple[str, str], list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for row in participants:
        shown = {name: row[name] for name in OF_A_PARTY if row[name] is not None}
        parties[row["event_mention_id"], row["role"]].append((row["position"], shown))
    return {
        row["event_mention_id"]: {
            **{name: list(value) if isinstance(value, tuple) else value for name, value in row.items()},
            **{
                name: [party for _, party in sorted(parties[row["event_mention_id"], role], key=lambda each: each[0])]
                for role, name in PARTIES.items()
            },
        }
        for row in mentions
    }


def _place(row: Row) -> tuple[str, int, str]:
    return row["article_id"], row["trigger_start"], row["event_mention_id"]


def _as_json(row: Row | None, fields: Iterable[str]) -> str | None:
    if row is None:
        return None
    return json.dumps({name: row[name] for name in fields if row[name] not in (None, [])}, default=str, sort_keys=True)
