"""The command line as a person runs it: in a process of its own."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from importlib.metadata import version

import pyarrow.parquet as pq
import pytest

from tests.flows.conftest import MARCH, RAID, TALKS, stored_rows
from warehouse import manifest
from warehouse.paths import Warehouse

COMMANDS = ("run", "sql", "explain", "evaluate", "train", "rebuild", "actors")
N_ARTICLES = 12


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """The environment of the commands: one home of Prefect's for all, so that its database is made once."""
    home = tmp_path_factory.mktemp("prefect")
    own = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return {**own, "PREFECT_HOME": str(home), "XDG_STATE_HOME": str(home), "DATELINE_WORKERS": "1"}


@pytest.fixture(scope="module")
def dateline(environment, tmp_path_factory):
    folder = tmp_path_factory.mktemp("here")

    def call(*arguments, stdin=None, binary=False):
        return subprocess.run(
            command(*arguments),
            cwd=folder,
            env={**environment, "PYTHONPATH": os.pathsep.join(sys.path)},
            input=stdin,
            capture_output=True,
            text=not binary,
            check=False,
            timeout=300,
        )

    return call


def command(*arguments):
    return [sys.executable, "-c", "from flows.cli import main; main()", *map(str, arguments)]


@pytest.fixture(scope="module")
def many(tmp_path_factory, write_jsonl):
    """A dozen articles, each a batch of its own where the batch size is 1."""
    texts = [f"{(RAID, TALKS, MARCH)[number % 3]} This is report {number}." for number in range(N_ARTICLES)]
    lines = [
        {
            "id": str(number),
            "title": f"Report {number}",
            "text": f"{text} {number * 7919} " * 20,  # work enough that a signal finds it unfinished
            "published_at": "2016-03-05",
        }
        for number, text in enumerate(texts)
    ]
    return write_jsonl(tmp_path_factory.mktemp("many") / "many.jsonl", lines)


@pytest.fixture(scope="module")
def run(dateline, many, tmp_path_factory):
    """An undisturbed run, and its warehouse."""
    path = tmp_path_factory.mktemp("undisturbed") / "warehouse"
    return dateline("run", many, "--warehouse", path, "--batch-size", 1), path


@pytest.fixture(scope="module")
def filled(run):
    return run[1]


def assert_fails(done, *, code, says):
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert done.stderr.startswith("dateline: ")
    assert "Traceback" not in done.stderr
    assert "nanobind" not in done.stderr


def test_help_names_every_command_and_an_example(dateline):
    done = dateline("--help")
    assert done.returncode == 0
    for name in COMMANDS:
        assert f"  {name} " in done.stdout
    assert "dateline run seeds/articles" in done.stdout


@pytest.mark.parametrize("asked", ["version", "--version"])
def test_version(dateline, asked):
    done = dateline(asked)
    assert (done.returncode, done.stdout) == (0, f"dateline {version('dateline')}\n")


def test_a_run_ends_with_what_it_did_and_the_query_to_try_next(run, dateline):
    done, path = run
    assert done.returncode == 0, done.stderr
    assert f"articles read {N_ARTICLES} new {N_ARTICLES} " in " ".join(done.stdout.split())
    assert "event mentions" in done.stdout
    assert "starting Prefect" in done.stderr
    next_command = done.stdout.split("dateline sql ")[-1]
    query = next_command.split('"')[1]
    assert dateline("sql", query, "--warehouse", path).returncode == 0


def test_a_second_run_says_that_nothing_is_new(run, many, dateline):
    path = run[1]
    before = stored_rows(Warehouse.open(path))
    done = dateline("run", many, "--warehouse", path)
    assert done.returncode == 0, done.stderr
    assert "Nothing new" in done.stdout
    assert stored_rows(Warehouse.open(path)) == before


def test_a_run_that_is_stopped_and_then_killed_is_finished_by_the_next(run, many, dateline, environment, tmp_path):
    path = tmp_path / "warehouse"
    code, output = disturbed(many, path, environment, signal.SIGINT)
    assert code == 130
    assert "the same command again goes on from there" in output
    assert "Traceback" not in output
    code, _ = disturbed(many, path, environment, signal.SIGKILL)
    assert code == -signal.SIGKILL
    opened = Warehouse.open(path)
    assert 0 < len(manifest.entries(opened, "extract")) < N_ARTICLES, "it was killed in the middle"
    done = dateline("run", many, "--warehouse", path, "--batch-size", 1)
    assert done.returncode == 0, done.stderr
    assert stored_rows(opened) == stored_rows(Warehouse.open(run[1]))
    query = "SELECT * FROM events ORDER BY ALL"
    results = [dateline("sql", query, "--warehouse", each, "--format", "json").stdout for each in (path, run[1])]
    assert results[0] == results[1]


def disturbed(many, path, environment, signal_number):
    """Start a run, send it a signal when it has coded one batch more, and return exit code and output."""
    known = set(path.glob("manifest/extract-*"))
    # a shell that starts the tests in the background has them ignore SIGINT, and children inherit that
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        command("run", many, "--warehouse", path, "--batch-size", 1),
        env={**environment, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 200
    while set(path.glob("manifest/extract-*")) == known and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    os.killpg(process.pid, signal_number) if signal_number == signal.SIGINT else process.send_signal(signal_number)
    output, _ = process.communicate(timeout=100)
    return process.returncode, output


def test_a_table_fits_the_width(dateline, filled):
    done = dateline("sql", "SELECT * FROM event_rows LIMIT 3", "--warehouse", filled)
    assert done.returncode == 0, done.stderr
    assert "event_mention_id" in done.stdout
    assert all(len(line) <= 100 for line in done.stdout.splitlines())


def test_a_long_table_is_cut_with_a_word_about_it(dateline, filled):
    done = dateline("sql", "SELECT text FROM sentences", "--warehouse", filled, "--rows", 2)
    assert len(done.stdout.splitlines()) == 4
    assert "2 of " in done.stderr


def test_csv_and_json_hold_the_same(dateline, filled):
    query = "SELECT event_type, date_start, killed, contexts FROM event_mentions ORDER BY ALL"
    as_csv = dateline("sql", query, "--warehouse", filled, "--format", "csv")
    as_json = dateline("sql", query, "--warehouse", filled, "--format", "json")
    rows = list(csv.DictReader(io.StringIO(as_csv.stdout)))
    objects = json.loads(as_json.stdout)
    assert [row["event_type"] for row in rows] == [row["event_type"] for row in objects]
    assert [row["date_start"] for row in rows] == [row["date_start"] or "" for row in objects]
    assert [json.loads(row["contexts"]) for row in rows] == [row["contexts"] for row in objects]


def test_parquet_goes_to_a_file_or_a_pipe(dateline, filled, tmp_path):
    query = "SELECT event_type, count(*) AS n FROM events GROUP BY ALL"
    file = tmp_path / "types.parquet"
    assert dateline("sql", query, "--warehouse", filled, "-f", "parquet", "-o", file).returncode == 0
    piped = dateline("sql", query, "--warehouse", filled, "-f", "parquet", binary=True)
    assert pq.read_table(file).num_rows == pq.read_table(io.BytesIO(piped.stdout)).num_rows > 0


def test_text_goes_to_a_file_and_queries_come_from_stdin(dateline, filled, tmp_path):
    file = tmp_path / "types.csv"
    done = dateline("sql", "-", "--warehouse", filled, "-f", "csv", "-o", file, stdin="SELECT 1 AS one")
    assert done.returncode == 0, done.stderr
    assert file.read_text(encoding="utf-8") == "one\n1\n"


def test_explain_tells_a_mention_and_an_event(dateline, filled):
    ids = "SELECT event_mention_id, event_id, trigger_text FROM event_mentions ORDER BY 1 LIMIT 1"
    mention, event, trigger = list(
        csv.reader(io.StringIO(dateline("sql", ids, "--warehouse", filled, "-f", "csv").stdout))
    )[1]
    told = dateline("explain", mention, "--warehouse", filled)
    assert told.returncode == 0, told.stderr
    assert f"»{trigger}«" in told.stdout
    assert "rule_id: " in told.stdout
    assert f"{event} (alone: " in told.stdout or f"{event} (the fullest telling" in told.stdout
    assert dateline("explain", event[:12], "--warehouse", filled).stdout.startswith(f"EVENT {event}")


def test_rebuild_makes_the_database_again(dateline, run):
    path = run[1]
    (path / "dateline.duckdb").unlink()
    assert_fails(dateline("sql", "SELECT 1", "--warehouse", path), code=2, says="dateline rebuild")
    done = dateline("rebuild", "--warehouse", path)
    assert done.returncode == 0, done.stderr
    assert f"{N_ARTICLES} articles" in done.stdout


def test_evaluate_prints_a_report_or_json_and_writes_files(dateline, tmp_path):
    gold = tmp_path / "gold.jsonl"
    event = {
        "event_type": "ASSAULT", "mode": None, "status": "asserted", "sent_start": 0, "sent_end": 77,
        "trigger": {"text": "stormed", "start": 15, "end": 22}, "actors": [], "recipients": [], "place": None,
        "date": None, "date_source": None, "attributed_to": None, "killed": None, "injured": None, "detained": None,
    }  # fmt: skip
    gold.write_text(json.dumps({"doc_id": "d", "title": "T", "text": RAID, "events": [event]}) + "\n", encoding="utf-8")
    table = dateline("evaluate", gold, "--errors", "--near-misses", tmp_path / "near.csv")
    assert table.returncode == 0, table.stderr
    assert "precision" in table.stdout
    assert "── spurious: " in table.stdout
    assert "object" in (tmp_path / "near.csv").read_text(encoding="utf-8")
    done = dateline("evaluate", gold, "--json", "--errors", "--history", tmp_path / "history.csv")
    report = json.loads(done.stdout)
    assert report["documents"] == 1
    assert report["mistakes"]
    assert (tmp_path / "history.csv").read_text(encoding="utf-8").count("\n") == 2


def test_mistakes_are_told_in_one_line(dateline, filled, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    other = tmp_path / "other"
    other.mkdir()
    (other / "holiday.jpg").write_bytes(b"")
    cases = [
        (("run", tmp_path / "gone.jsonl"), "no such file"),
        (("run", empty), "holds no articles"),
        (("run", "*.nothing"), "no file matches"),
        (("sql", "SELECT 1", "--warehouse", tmp_path / "gone"), "no such folder"),
        (("sql", "SELECT 1", "--warehouse", other), "not a warehouse"),
        (("run", filled.parent, "--warehouse", other), "not a warehouse"),
        (("sql", "SELECT nothing FROM events", "--warehouse", filled), "nothing"),
        (("sql", "DELETE FROM events", "--warehouse", filled), "only reads"),
        (("sql", "SELECT 1", "--warehouse", filled, "-o", tmp_path / "no" / "file.csv"), "there is no folder"),
        (("explain", "ffff", "--warehouse", filled), "ffff"),
        (("evaluate", tmp_path / "gone.jsonl"), "cannot be read"),
        (("evaluate", tmp_path / "gone.jsonl", "--near-misses", "near.xlsx"), "written as .csv or .parquet"),
        (("train", "--corpora", empty, "--output", tmp_path / "model"), "UD English EWT"),
    ]
    for arguments, says in cases:
        assert_fails(dateline(*arguments), code=2, says=says)


@pytest.mark.parametrize("arguments", [("run",), ("sql",), ("nonsense",), ("run", "x", "--workers", "0")])
def test_wrong_usage_shows_the_usage(dateline, arguments):
    done = dateline(*arguments)
    assert done.returncode == 2
    assert "Usage: " in done.stderr


def test_a_setting_that_cannot_be_is_named(dateline, environment):
    environment["DATELINE_BATCH_SIZE"] = "lots"
    try:
        done = dateline("sql", "SELECT 1")
    finally:
        del environment["DATELINE_BATCH_SIZE"]
    assert_fails(done, code=2, says="DATELINE_BATCH_SIZE is 'lots'")


def test_a_missing_model_is_told_before_anything_is_started(dateline, environment, many, tmp_path):
    own = environment.get("DATELINE_MODEL")
    environment["DATELINE_MODEL"] = str(tmp_path / "no-model")
    try:
        done = dateline("run", many, "--warehouse", tmp_path / "warehouse")
    finally:
        environment.pop("DATELINE_MODEL") if own is None else environment.update(DATELINE_MODEL=own)
    assert_fails(done, code=2, says="there is no language model")


def test_a_warehouse_is_verified_and_exported(dateline, filled, tmp_path):
    verified = dateline("verify", "--warehouse", filled)
    assert verified.returncode == 0, verified.stderr
    assert "DIFFERS" not in verified.stdout
    exported = dateline("export", "--as", "gdelt", "--warehouse", filled, "--output", tmp_path / "events.CSV")
    assert exported.returncode == 0, exported.stderr
    assert {line.count("\t") for line in (tmp_path / "events.CSV").read_text(encoding="utf-8").splitlines()} == {60}


def test_sql_does_without_what_loads_slowly():
    code = (
        "import sys, flows.cli, flows.queries\n"
        "print({'prefect', 'spacy', 'pandas', 'trafilatura', 'dateparser'} & set(sys.modules))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout == "set()\n"
