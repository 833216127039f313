"""Pictures of the Prefect UI that ``dateline serve`` shows: the dashboard, the last run, and artifacts.

    python -m tests.faults.screenshots http://127.0.0.1:4200 FOLDER

Needs Chromium (Debian: apt-get install chromium). The address is the one that ``dateline serve`` prints.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MS = 20_000
SIZE = "1400,1600"


def found(url: str, what: str, **asked: Any) -> list[dict[str, Any]]:
    answer = httpx.post(f"{url}/api/{what}/filter", json={"limit": 1, **asked})
    answer.raise_for_status()
    return list(answer.json())


def pages(url: str) -> dict[str, str]:
    """Addresses by the name of the picture."""
    ended = {"state": {"type": {"any_": ["COMPLETED", "FAILED", "CRASHED"]}}, "parent_task_run_id": {"is_null_": True}}
    run = found(url, "flow_runs", sort="START_TIME_DESC", flow_runs=ended)[0]
    artifact = found(url, "artifacts", sort="CREATED_DESC", artifacts={"key": {"any_": ["dateline-run"]}})[0]
    return {
        "dashboard": f"{url}/dashboard",
        "runs": f"{url}/runs",
        "run": f"{url}/runs/flow-run/{run['id']}",
        "artifact": f"{url}/artifacts/artifact/{artifact['id']}",
        "deployments": f"{url}/deployments",
    }


def shoot(browser: str, address: str, picture: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command += [f"--user-data-dir={profile}", f"--window-size={SIZE}", f"--virtual-time-budget={PATIENCE_MS}"]
        command += [f"--screenshot={picture}", address]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def main(url: str, folder: Path) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.exit("there is no Chromium on this machine; install it, for example by apt-get install chromium")
    folder.mkdir(parents=True, exist_ok=True)
    for name, address in pages(url).items():
        shoot(browser, address, folder / f"{name}.png")
        sys.stdout.write(f"{folder / name}.png  {address}\n")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
