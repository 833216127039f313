"""Starts ``dateline`` so that all of its processes can be found again, also those that lost their parents."""

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

DATELINE = Path(sys.executable).with_name("dateline")
MARK = "DATELINE_FAULT_MARK"


@dataclass
class Started:
    """A command in work; ``said`` fills with what it writes."""

    process: "subprocess.Popen[str]"
    mark: str
    log: Path
    began: float = field(default_factory=time.monotonic)

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, words: str, *, seconds: float = 300) -> bool:
        """Wait until the command writes ``words``; False where it ends or ``seconds`` pass before."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if words in self.said():
                return True
            if self.process.poll() is not None:
                return words in self.said()
            time.sleep(0.02)
        return False

    def processes(self) -> list[int]:
        """All processes that came of the command and are alive."""
        return [pid for pid in pids() if f"{MARK}={self.mark}" in environment_of(pid)]

    def kill(self, *, all_of_them: bool) -> None:
        """Kill the command without a warning, or everything that came of it at once, as a power cut does."""
        for pid in self.processes() if all_of_them else [self.process.pid]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def leftovers(self, *, seconds: float = 30) -> list[int]:
        """Processes that are still alive after ``seconds``; returns sooner where there are none."""
        deadline = time.monotonic() + seconds
        while (alive := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.2)
        return alive


def start(arguments: Sequence[str], log: Path, environment: Mapping[str, str] | None = None) -> Started:
    """Start ``dateline ARGUMENTS``, its output going to ``log``."""
    mark = uuid.uuid4().hex
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [str(DATELINE), *arguments],
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, **(environment or {}), MARK: mark},
            start_new_session=True,
        )
    return Started(process, mark, log)


def run(arguments: Sequence[str], log: Path, environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Run ``dateline ARGUMENTS`` to its end; return its exit code and what it wrote."""
    started = start(arguments, log, environment)
    return started.process.wait(), started.said()


def run_undisturbed(source: Path, warehouse: Path, *, batch: str) -> None:
    """Run ``dateline run`` with nothing done to it; raises where that fails, since nothing can be compared then."""
    code, said = run(
        ["run", str(source), "--warehouse", str(warehouse), "--batch-size", batch], warehouse.with_suffix(".log")
    )
    if code:
        raise RuntimeError(f"the undisturbed run ended with {code}: {said}")


def pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]


def environment_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().decode(errors="replace")
    except OSError:  # it has ended, or is not ours
        return ""


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
