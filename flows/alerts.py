"""Tells people outside of the Prefect UI that something went wrong: by a webhook, a command, or both."""

import json
import logging
import shlex
import subprocess
from dataclasses import asdict, dataclass, field

import httpx

from flows.settings import Settings

WEBHOOK_SECONDS = 15.0
COMMAND_SECONDS = 60.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Alert:
    """What a person should know. It travels as JSON with these fields, plus ``text`` with all of it in words."""

    title: str
    message: str
    problems: list[str] = field(default_factory=list)
    run: str | None = None
    url: str | None = None
    """The run in the Prefect UI."""

    @property
    def text(self) -> str:
        """All of it, one line for each thing; chat services show a field of this name."""
        return "\n".join(filter(None, (f"{self.title}: {self.message}", *self.problems, self.url)))


def send(alert: Alert, settings: Settings) -> list[str]:
    """Send ``alert`` wherever the settings say; return what went wrong, which is also logged and never raised."""
    body = json.dumps({**asdict(alert), "text": alert.text})
    problems = []
    if settings.alert_webhook is not None:
        problems.append(_post(str(settings.alert_webhook), body))
    if settings.alert_command:
        problems.append(_call(settings.alert_command, body))
    found = [problem for problem in problems if problem is not None]
    for problem in found:
        logger.error("alert not sent: %s", problem)
    return found


def _post(url: str, body: str) -> str | None:
    try:
        response = httpx.post(url, content=body, headers={"Content-Type": "application/json"}, timeout=WEBHOOK_SECONDS)
    except httpx.HTTPError as error:
        return f"{url}: {error}"
    return None if response.is_success else f"{url} answered {response.status_code}"


def _call(command: str, body: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own command
            shlex.split(command), input=body, text=True, capture_output=True, timeout=COMMAND_SECONDS, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return f"{command}: {error}"
    return f"{command} ended with {done.returncode}: {done.stderr.strip()[-300:]}" if done.returncode else None
