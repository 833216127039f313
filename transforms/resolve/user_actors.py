"""A user's own actor table: a row put into it, checked before it is written."""

import csv
import io
from pathlib import Path

import seeds
from transforms.resolve.actor_tables import USER_COLUMNS, user_entries

MADE_WITH = ("# Own actors, put before the shipped ones. aliases are divided by |.", ",".join(USER_COLUMNS))


def add_user_actor(path: Path, *, name: str, aliases: tuple[str, ...], country_code: str, sector: str) -> int:
    """Put an actor into the table at ``path``, which is made where it is missing; returns the number of its rows.

    ``country_code`` and ``sector`` may be empty: of no one country, of no sector. Raises ``seeds.SeedError`` for a
    row that could not be read again, and for a name or alias that the table has already; the table stays as it was.
    """
    if any("|" in alias or "\n" in alias for alias in (name, *aliases)):
        raise seeds.SeedError("a name or alias has no | and no line break; give --alias once for each alias")
    if not all(alias.strip() for alias in aliases):
        raise seeds.SeedError("an alias is empty; leave --alias out where there is none")
    before = path.read_text(encoding="utf-8") if path.exists() else "\n".join(MADE_WITH) + "\n"
    columns = next((line for line in before.splitlines() if line.strip() and line[0] != "#"), MADE_WITH[1])
    given = {"name": name, "aliases": "|".join(aliases), "country_code": country_code, "sector": sector}
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([given.get(column, "") for column in next(csv.reader([columns]))])
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(before + ("" if before.endswith("\n") else "\n") + line.getvalue(), encoding="utf-8")
    try:
        rows = {entry.name for _, entry in user_entries(draft)}
    except seeds.SeedError as error:
        draft.unlink()
        raise seeds.SeedError(str(error).replace(str(draft), str(path))) from None
    draft.replace(path)
    return len(rows)
