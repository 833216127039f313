"""The house rules as tests: format, lint, types, direction of imports, and what stands at the top."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TOP_LEVEL = {
    *("pyproject.toml", "README.md", "flows", "transforms", "warehouse", "seeds", "tests"),
    *("LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "requirements.lock", "Dockerfile", "compose.yaml", "docs"),
}


def tool(*command: str) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name(command[0])), *command[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("command", [("format", "--check"), ("check",)], ids=["format", "lint"])
def test_ruff(command):
    tool("ruff", *command, "--no-cache", ".")


def test_types():
    tool("mypy", "--cache-dir=/dev/null")


def test_direction_of_imports():
    tool("lint-imports", "--no-cache")


def test_nothing_else_at_the_top():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout")
    names = {line.split("/")[0] for line in tracked.stdout.splitlines()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def test_every_dependency_says_why():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    names = tomllib.loads("\n".join(lines))["project"]
    wanted = [*names["dependencies"], *(name for extra in names["optional-dependencies"].values() for name in extra)]
    said = [line for line in lines if line.strip().startswith('"') and any(f'"{name}",' in line for name in wanted)]
    assert len(said) == len(wanted)
    assert all("#" in line for line in said)


def test_the_lock_names_no_index():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--index" not in lock
    assert all("==" in line for line in lock.splitlines() if line and not line.startswith((" ", "#")))
