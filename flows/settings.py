"""Every setting of Dateline, read from the environment in this one place.

A setting is given as ``DATELINE_<NAME>``, for example ``DATELINE_WAREHOUSE=/srv/news``; options of the command
line go before it.
"""

import os
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from pydantic import Field, HttpUrl, PositiveInt, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

import seeds
from warehouse.storage import is_url

MAX_DEFAULT_WORKERS = 8
"""Each worker holds a model of its own: beyond this many the person decides, not the number of cores."""


def available_cores() -> int:
    """Cores that this process may use, which in a container can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Runner(StrEnum):
    """Where batches are coded: in a pool of processes of the run's own, or on Dask."""

    PROCESSES = "processes"
    DASK = "dask"


class SettingsError(ValueError):
    """A setting has a value that cannot be used; the message names it."""


class Settings(BaseSettings):
    """Where things lie and how much is done at once."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", env_ignore_empty=True, populate_by_name=True)

    warehouse: Path = Field(
        default=Path("warehouse/data"),
        description="Folder of the warehouse, or its URL in an object store, such as s3://bucket/news.",
    )
    batch_size: PositiveInt = Field(default=200, description="Articles to a batch; one batch is one task.")
    workers: PositiveInt = Field(
        default_factory=lambda: min(available_cores(), MAX_DEFAULT_WORKERS),
        description="Processes that code batches side by side, each with a model in memory.",
    )
    task_runner: Runner = Field(default=Runner.PROCESSES, description="Where batches are coded: processes or dask.")
    dask_address: str | None = Field(
        default=None,
        description="Dask's scheduler, such as tcp://10.0.0.1:8786 [default: a cluster on this machine for each run].",
    )
    model: Path = Field(default=seeds.MODEL, description="Folder of the spaCy pipeline, with Universal Dependencies.")
    actors: Path | None = Field(default=None, description="CSV table of your own actors, put before the shipped one.")
    contact: str | None = Field(
        default=None, description="E-mail or web address that is named to the servers that pages are fetched from."
    )
    sources: Path | None = Field(
        default=None,
        description="File of the sources that runs read [default: sources.toml in the warehouse].",
    )
    alert_webhook: HttpUrl | None = Field(
        default=None, description="Address to which a run that failed, or a source below its floor, is posted as JSON."
    )
    alert_command: str | None = Field(
        default=None, description="Command that gets the same JSON on its standard input."
    )
    served_by: int | None = Field(
        default=None, description="Set by `dateline serve`: the process with which the runs that it starts end."
    )

    prefect_home: Path | None = Field(default=None, validation_alias="PREFECT_HOME")
    prefect_api_url: str | None = Field(default=None, validation_alias="PREFECT_API_URL")
    prefect_profile: str | None = Field(default=None, validation_alias="PREFECT_PROFILE")

    @property
    def own_actors(self) -> Path:
        """The table that ``dateline actors add`` keeps where no other is named: used as soon as it is there."""
        return self.warehouse / "actors.csv"

    @property
    def source_file(self) -> Path:
        """The file of sources: in the current folder where the warehouse is in an object store."""
        folder = Path() if is_url(self.warehouse) else self.warehouse.expanduser()
        return self.sources or folder / "sources.toml"

    @property
    def has_prefect_profile(self) -> bool:
        """Whether the person has set Prefect up in a profile."""
        home = self.prefect_home or Path.home() / ".prefect"
        return self.prefect_profile is not None or (home / "profiles.toml").exists()

    @property
    def has_prefect_server(self) -> bool:
        """Whether runs belong to a server of the person's own."""
        return self.prefect_api_url is not None or self.has_prefect_profile


def load_settings(**given: object) -> Settings:
    """Read the settings; ``given`` values that are not None, such as options of a command, go before the environment.

    Raises ``SettingsError``.
    """
    try:
        settings = Settings.model_validate({name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        raise SettingsError(f"DATELINE_{name} is {first['input']!r}: {first['msg'].lower()}") from None
    if settings.actors is None and settings.own_actors.is_file():
        settings.actors = settings.own_actors
    return settings


def require_runner(runner: Runner) -> None:
    """Raise ``SettingsError`` where what a task runner needs is not installed."""
    if runner is Runner.DASK and find_spec("prefect_dask") is None:
        raise SettingsError(
            "DATELINE_TASK_RUNNER is 'dask', which needs the extra `cluster`: pip install 'dateline[cluster]', "
            "or unset it to code in processes of this machine"
        )
