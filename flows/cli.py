"""The command line, ``dateline``.

Modules that load slowly are imported inside the commands that need them, so that ``dateline sql`` answers at once.
"""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.console import FAILURES, INTERRUPTED, USAGE, fail, is_expected, note, write_crash_log
from flows.queries_format import Format
from flows.settings import Settings, load_settings
