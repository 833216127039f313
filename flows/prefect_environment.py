"""What Prefect must find in the environment before it is imported.

Values that a person has set are never changed.
"""

import os
from pathlib import Path

from flows.settings import Settings

QUIET_TERMINAL = "CRITICAL"
"""The command line prints its own progress and errors; the logs of runs still reach Prefect's API and its UI."""

DEFAULTS = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # the default of 20 is short on a busy machine
    "PREFECT_LOGGING_EXTRA_LOGGERS": "transforms,warehouse",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": QUIET_TERMINAL,
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",  # model loading in a worker logs outside of any run
    "PREFECT_SERVER_LOGGING_LEVEL": QUIET_TERMINAL,
}


def prepare_prefect(settings: Settings, *, home: Path) -> None:
    """Set Prefect up for a run from this process; it keeps its database in ``home`` unless the person has one already.

    Works through ``os.environ``, which worker processes and Prefect's temporary server inherit, so it must be
    called before the first ``import prefect``.
    """
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    if settings.prefect_home is None and not settings.has_prefect_server:
        os.environ["PREFECT_HOME"] = str(home)
