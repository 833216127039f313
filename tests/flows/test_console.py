import pytest

from flows import console
from flows.console import PlainProgress, UsageError, is_expected, terminal_progress, write_crash_log
from flows.progress import Progress, describe, report
from seeds import SeedError
from warehouse.errors import QueryError


@pytest.mark.parametrize("error", [UsageError("x"), QueryError("x"), SeedError("x")])
def test_errors_that_a_person_can_mend_are_told_apart(error):
    assert is_expected(error)


def test_other_errors_are_faults():
    assert not is_expected(ValueError("x"))


def test_a_report_without_a_listener_is_nothing():
    report("reading", done=3)


def test_progress_is_told_on_stderr_in_plain_lines(capsys):
    with terminal_progress():
        report("reading", done=200)
        report("coding events", total=2000)
        report("coding events", done=400, total=2000)
        report("coding events", done=2000, total=2000)
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.splitlines() == [
        "reading: 200 articles",
        "coding events: 0 of 2,000 articles",
        "coding events: 2,000 of 2,000 articles",
    ]


def test_plain_progress_speaks_every_few_seconds(capsys, monkeypatch):
    clock = iter([0.0, 1.0, 6.0])
    monkeypatch.setattr(console.time, "monotonic", lambda: next(clock))
    progress = PlainProgress(interval=5.0)
    for done in (1, 2, 3):
        progress(Progress(stage="reading", done=done))
    assert capsys.readouterr().err.splitlines() == ["reading: 1 articles", "reading: 3 articles"]


def test_progress_on_a_terminal_is_a_bar(capsys, monkeypatch):
    monkeypatch.setattr(console.sys.stderr, "isatty", lambda: True)
    with terminal_progress():
        report("coding events", done=400, total=2000)
    assert capsys.readouterr().out == ""


def test_a_stage_without_figures_is_under_way():
    assert describe(Progress(stage="starting Prefect")) == "starting Prefect ..."


def test_a_crash_is_written_to_a_file_with_its_traceback(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    try:
        raise RuntimeError("the unforeseen")
    except RuntimeError as error:
        log = write_crash_log(error)
    assert "the unforeseen" in log.read_text(encoding="utf-8")
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_errors_are_red_on_a_terminal(capsys, monkeypatch):
    console.fail("no such file")
    monkeypatch.setattr(console.sys.stderr, "isatty", lambda: True)
    console.fail("no such file")
    plain, coloured = capsys.readouterr().err.splitlines()
    assert plain == "dateline: no such file"
    assert coloured == "\x1b[31mdateline: no such file\x1b[0m"


def test_a_crash_is_logged_where_there_is_no_home(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("platformdirs.user_log_path", _refuse)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = write_crash_log(ValueError("out of luck"))
    assert path.is_relative_to(tmp_path)
    assert "out of luck" in path.read_text()


def _refuse(*_: object, **__: object) -> None:
    raise PermissionError("read-only")
