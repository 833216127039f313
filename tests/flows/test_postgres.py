"""Prefect's server on PostgreSQL: Debian's, started here on a free port of loopback, never as root."""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from flows.prefect_environment import DEFAULTS
from flows.server import HOST, Server, free_port, server_process

DEBIAN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
BINARIES = shutil.which("initdb", path=os.pathsep.join([*map(str, reversed(DEBIAN)), os.environ.get("PATH", "")]))
USER = "postgres"


def has_user():
    try:
        pwd.getpwnam(USER)
    except KeyError:
        return False
    return True


pytestmark = [
    pytest.mark.skipif(BINARIES is None, reason="PostgreSQL is not installed: apt-get install postgresql"),
    pytest.mark.skipif(os.getuid() == 0 and not has_user(), reason=f"PostgreSQL does not run as root; no user {USER}"),
]


@contextmanager
def postgres():
    """A database that ends with the block; gives its address."""
    as_user = {"user": USER, "group": pwd.getpwnam(USER).pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
    binaries, port = Path(BINARIES).parent, free_port()
    with tempfile.TemporaryDirectory(prefix="dateline-postgres-") as folder:
        if as_user:
            shutil.chown(folder, USER)
        data = f"{folder}/data"
        initdb = [binaries / "initdb", "-D", data, "--username=prefect", "--auth=trust", "--no-sync"]
        subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **as_user)
        quick = ["-c", "fsync=off", "-c", f"unix_socket_directories={folder}", "-c", f"listen_addresses={HOST}"]
        command = [binaries / "postgres", "-D", data, "-p", str(port), *quick]
        with subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL, **as_user) as process:
            try:
                yield f"postgresql://prefect@{HOST}:{port}/postgres"
            finally:
                process.terminate()


async def query(address, sql):
    import asyncpg

    for _ in range(100):
        try:
            connection = await asyncpg.connect(address)
        except (OSError, asyncpg.CannotConnectNowError):
            await asyncio.sleep(0.1)
        else:
            break
    else:
        raise TimeoutError("PostgreSQL does not come up")
    try:
        return [tuple(row) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


def test_schedules_and_runs_are_kept_in_postgresql(monkeypatch, tmp_path):
    for name, value in {**DEFAULTS, "PREFECT_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    runs = "SELECT DISTINCT flow.name, run.state_type::text FROM flow_run run JOIN flow ON flow.id = run.flow_id"
    with postgres() as address:
        assert asyncio.run(query(address, "SELECT 1")) == [(1,)]
        monkeypatch.setenv("PREFECT_API_DATABASE_CONNECTION_URL", address.replace("://", "+asyncpg://"))
        port = free_port()
        with server_process(port, with_ui=True) as process:
            server = Server(process, f"http://{HOST}:{port}/api")
            server.wait_until_healthy()
            with httpx.Client(base_url=server.url) as api:

                def post(path, **content):
                    answer = api.post(path, json=content)
                    assert answer.is_success, answer.text
                    return answer.json()

                flow_id = post("/flows/", name="dateline-sources")["id"]
                schedule = {"active": True, "schedule": {"cron": "5 * * * *"}}
                post("/deployments/", name="sources", flow_id=flow_id, schedules=[schedule])
                deadline = time.monotonic() + 60
                while not (found := asyncio.run(query(address, runs))) and time.monotonic() < deadline:
                    time.sleep(0.2)
                assert found == [("dateline-sources", "SCHEDULED")]
                run_id = post("/flow_runs/", flow_id=post("/flows/", name="dateline-run")["id"], name="by hand")["id"]
                post(f"/flow_runs/{run_id}/set_state", state={"type": "COMPLETED"}, force=True)
        assert ("dateline-run", "COMPLETED") in asyncio.run(query(address, runs))
