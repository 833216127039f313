"""A Prefect server for one run, where no other is configured.

Prefect would start one by itself, but one more in every worker process, in the terminal's process group, where
Ctrl-C ends it before the run's end can be recorded, and it would outlive a run that is killed. This one serves all
processes of the run, minds no Ctrl-C, and ends with the process that started it.
"""
# ruff: noqa: PLC0415 - imported where needed: the process that starts the server does so before it imports prefect

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
PATIENCE = 120.0
"""Seconds to wait for the server; a fresh database takes 25 on a busy machine."""
LEAST_ROOM = 8 * 1024 * 1024
"""Bytes on the disk below which the server's database can hardly be written."""
GRACE = 10.0
"""Seconds that the server gets to end by itself."""


class ServerError(RuntimeError):
    """Prefect's server does not come up; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server of our own that is coming up."""

    process: "subprocess.Popen[bytes]"
    url: str

    def wait_until_healthy(self) -> None:
        """Wait for the server; raises ``ServerError`` where it does not come up."""
        import httpx

        deadline = time.monotonic() + PATIENCE
        with httpx.Client() as client:  # one for all, since each loads the certificates
            while time.monotonic() < deadline:
                if self.process.poll() is not None:
                    code = self.process.returncode
                    raise ServerError(f"Prefect's server ended with code {code} as it began; {advice()}")
                try:
                    if client.get(f"{self.url}/health").is_success:
                        return
                except httpx.TransportError:
                    time.sleep(0.1)
        raise ServerError(f"Prefect's server did not come up within {PATIENCE:.0f} seconds; {advice()}")


def start_server(*, port: int | None = None, with_ui: bool = False) -> Server:
    """Start a Prefect server and make this process and its children use it; ``with_ui`` also its UI and scheduler.

    Works through ``os.environ``, so it must be called before the first ``import prefect``. The server is stopped when
    this process ends, after Prefect has sent it the last logs.
    """
    port = port or free_port()
    at_the_end = ExitStack()
    atexit.register(at_the_end.close)
    process = at_the_end.enter_context(server_process(port, with_ui=with_ui))
    url = f"http://{HOST}:{port}/api"
    os.environ["PREFECT_API_URL"] = url
    for name in ("no_proxy", "NO_PROXY"):  # a proxy that the environment names cannot reach this machine's own server
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), HOST)))
    return Server(process, url)


def advice() -> str:
    """Say what keeps a server from coming up: a full disk, or what only its own log tells."""
    home = Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()
    place = next((folder for folder in (home, *home.parents) if folder.is_dir()), home)
    if shutil.disk_usage(place).free < LEAST_ROOM:
        return f"the disk that holds its database is full: make room in {home}"
    return f"is {home} writable? PREFECT_SERVER_LOGGING_LEVEL=ERROR shows what it says"


@contextmanager
def server_process(port: int, *, with_ui: bool) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the server in a process that ends with the block, or with this process."""
    command = [sys.executable, "-m", "flows.server", str(port), *(["--ui"] if with_ui else [])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as process:  # noqa: S603 - our own
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=GRACE)
            except subprocess.TimeoutExpired:
                process.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def serve(port: int, *, with_ui: bool) -> None:
    """Serve Prefect's API until stdin is closed, as it is when the parent ends in any way."""
    address = {"API_HOST": HOST, "API_PORT": str(port), "UI_API_URL": f"http://{HOST}:{port}/api"}
    os.environ.update({f"PREFECT_SERVER_{name}": value for name, value in address.items()})
    threading.Thread(target=end_with_stdin, daemon=True).start()
    import uvicorn
    from prefect.server.api.server import create_app

    uvicorn.run(
        create_app(ephemeral=not with_ui, final=True), host=HOST, port=port, log_level="critical", lifespan="on"
    )


def end_with_stdin() -> None:
    while os.read(0, 1024):  # not by way of sys.stdin, whose lock a thread may not hold while the interpreter ends
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    serve(int(sys.argv[1]), with_ui="--ui" in sys.argv)
