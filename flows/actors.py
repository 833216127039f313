"""``dateline actors``: who is not known yet, a table of one's own, and how a phrase is read."""

import re

from flows.console import UsageError
from flows.settings import Settings
from transforms.resolve.actors import ActorCoder
from transforms.resolve.user_actors import add_user_actor
from warehouse.paths import Warehouse
from warehouse.unknown_actors import unknown_actors

EXAMPLE_LENGTH = 160
WORD = re.compile(r"[\w'’.-]*\w")


def list_unknown(settings: Settings, *, limit: int) -> str:
    """The most frequent parties that no table knows, each with a sentence. Raises ``WarehouseError``."""
    rows = unknown_actors(Warehouse.open(settings.warehouse), limit).to_pylist()
    if not rows:
        return "No named party is unknown."
    lines = []
    for row in rows:
        sentence = " ".join(row["example"].split())
        shown = sentence if len(sentence) <= EXAMPLE_LENGTH else sentence[: EXAMPLE_LENGTH - 1] + "…"
        lines += [f"{row['actor']}  ({row['mentions']} mentions in {row['articles']} articles)", f"    {shown}"]
    return "\n".join(lines)


def add_actor(settings: Settings, *, name: str, aliases: tuple[str, ...], country_code: str, sector: str) -> str:
    """Put an actor into the user's own table and say what to do next. Raises ``SeedError`` and ``UsageError``."""
    path = settings.actors or settings.own_actors
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent} to keep {path.name} in; `dateline run` makes a warehouse")
    rows = add_user_actor(path, name=name.strip(), aliases=aliases, country_code=country_code, sector=sector)
    return (
        f"{path}: {rows} {'actor' if rows == 1 else 'actors'} of your own. "
        "The next `dateline run`, or `dateline recode --outdated`, codes the stored articles again that mention it."
    )


def read_phrase(settings: Settings, phrase: str, *, head: str | None, label: str | None) -> str:
    """How a phrase is read: name, country and sector, and whose table said so. Raises ``SeedError``."""
    words = phrase.split()
    if not words:
        raise UsageError("the phrase is empty")
    _check_reading(phrase, head=head, label=label)
    coder = ActorCoder.load(user_table=settings.actors)
    key = head or coder.likely_head(phrase)
    code, kind = coder.code(phrase, head=key, label=label), coder.kind(phrase, head=key, label=label)
    fields = {
        "name": code.name, "actor_id": code.actor_id, "country_code": code.country_code,
        "sector": code.sector, "kind": kind,
    }  # fmt: skip
    return "\n".join(f"{name:<13} {value if value is not None else '-'}" for name, value in fields.items())


def _check_reading(phrase: str, *, head: str | None, label: str | None) -> None:
    from transforms.extract.kinds import ENTITY_KINDS  # noqa: PLC0415 - brings spaCy

    words = WORD.findall(phrase)
    if head is not None and head not in words:
        raise UsageError(f"--head {head}: the phrase has no such word; its words are {', '.join(words)}")
    if label is not None and label not in ENTITY_KINDS:
        raise UsageError(f"--label {label}: there is no such entity label; there are {', '.join(sorted(ENTITY_KINDS))}")
