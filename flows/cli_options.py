"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

WarehouseOption = Annotated[
    Path | None,
    typer.Option("--warehouse", "-w", metavar="DIR", help="Folder of the warehouse [default: warehouse/data]."),
]
SourcesOption = Annotated[
    Path | None,
    typer.Option(
        "--sources", "-s", metavar="FILE", help="File of the sources [default: sources.toml in the warehouse]."
    ),
]
WorkersOption = Annotated[
    int | None, typer.Option(min=1, help="Processes that code side by side [default: one a core, at most 8].")
]
