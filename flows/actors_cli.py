"""The commands of ``dateline actors``."""
# ruff: noqa: PLC0415, D301 - imported where needed; \b is a mark for the layout of the help

from typing import Annotated

import typer

from flows.cli_options import WarehouseOption
from flows.settings import load_settings

app = typer.Typer(
    help="""See which actors are not known yet, and keep a table of your own.

    \b
    Examples:
      dateline actors unknown
      dateline actors add "Blue Reef Front" --alias BRF --country FJI --sector REB
      dateline actors test "Iranian police"
    """,
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command()
def unknown(
    *,
    warehouse: WarehouseOption = None,
    limit: Annotated[int, typer.Option(min=1, help="Most actors to list.")] = 20,
) -> None:
    """List the named parties that no table knows, the most frequent first, each with a sentence.

    \b
    Example:
      dateline actors unknown --limit 50
    """
    from flows.actors import list_unknown

    typer.echo(list_unknown(load_settings(warehouse=warehouse), limit=limit))


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name that rows will show.")],
    *,
    country: Annotated[str, typer.Option(metavar="CODE", help="ISO 3166-1 alpha-3, such as MLI.")] = "",
    sector: Annotated[str, typer.Option(metavar="CODE", help="GOV, MIL, COP, REB, NGO, ...")] = "",
    alias: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Another name; may be repeated.")] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Put an actor into your own table, which goes before the shipped ones and leaves them as they are.

    The table is DATELINE_ACTORS, else actors.csv in the warehouse; the next run, or `dateline recode --outdated`,
    codes those stored articles again that mention the actor.

    \b
    Example:
      dateline actors add "Blue Reef Front" --alias BRF --country FJI --sector REB
    """
    from flows.actors import add_actor

    settings = load_settings(warehouse=warehouse)
    typer.echo(add_actor(settings, name=name, aliases=tuple(alias or ()), country_code=country, sector=sector))


@app.command("test")
def read_one(
    phrase: Annotated[str, typer.Argument(metavar="PHRASE", help="A phrase as it stands in a text.")],
    *,
    head: Annotated[str | None, typer.Option(help="Its head word [default: guessed].")] = None,
    label: Annotated[str | None, typer.Option(help="Entity label: PERSON, ORG, GPE, NORP ... [default: none].")] = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Show whom a phrase means by the tables: name, country and sector.

    \b
    Examples:
      dateline actors test "Iranian police"
      dateline actors test "Norwegian Fisheries Minister Solveig Ekdal" --head Ekdal --label PERSON
    """
    from flows.actors import read_phrase

    typer.echo(read_phrase(load_settings(warehouse=warehouse), phrase, head=head, label=label))
