import os
from pathlib import Path

import pytest

from flows.prefect_environment import DEFAULTS, prepare_prefect
from flows.settings import Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch, tmp_path):
    for name in [name for name in os.environ if name.startswith(("DATELINE_", "PREFECT_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))


def test_defaults_lie_under_the_current_folder():
    settings = Settings()
    assert settings.warehouse == Path("warehouse/data")
    assert settings.batch_size == 200
    assert 1 <= settings.workers <= 8
    assert settings.model.name == "model"


def test_environment_goes_before_defaults_and_options_before_the_environment(monkeypatch):
    monkeypatch.setenv("DATELINE_WAREHOUSE", "/srv/news")
    monkeypatch.setenv("DATELINE_BATCH_SIZE", "50")
    settings = load_settings(warehouse=Path("here"), batch_size=None)
    assert settings.warehouse == Path("here")
    assert settings.batch_size == 50


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("DATELINE_WORKERS", "")
    assert Settings().workers >= 1


@pytest.mark.parametrize(("name", "value"), [("DATELINE_WORKERS", "many"), ("DATELINE_BATCH_SIZE", "0")])
def test_a_wrong_value_is_named(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name} is '{value}'"):
        load_settings()


def test_prefect_is_quiet_and_lives_in_the_given_home(monkeypatch, tmp_path):
    for name in DEFAULTS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PREFECT_HOME", "")
    monkeypatch.setenv("DO_NOT_TRACK", "0")
    prepare_prefect(Settings(), home=tmp_path / "prefect")
    assert os.environ["PREFECT_HOME"] == str(tmp_path / "prefect")
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert os.environ["DO_NOT_TRACK"] == "0", "what a person has set stays"
    for name in DEFAULTS:
        monkeypatch.setenv(name, "")  # so that the values that were set are taken back


@pytest.mark.parametrize("name", ["PREFECT_API_URL", "PREFECT_PROFILE"])
def test_a_person_with_a_server_of_their_own_keeps_it(monkeypatch, name):
    monkeypatch.setenv(name, "theirs")
    assert Settings().has_prefect_server


def test_a_home_of_their_own_is_kept(monkeypatch, tmp_path):
    monkeypatch.setenv("PREFECT_HOME", "/their/own")
    for name in DEFAULTS:
        monkeypatch.setenv(name, "as it was")
    prepare_prefect(Settings(), home=tmp_path)
    assert os.environ["PREFECT_HOME"] == "/their/own"


def test_profiles_of_prefect_count_as_a_server_of_their_own(tmp_path):
    assert not Settings().has_prefect_server
    (tmp_path / ".prefect").mkdir()
    (tmp_path / ".prefect" / "profiles.toml").write_text("", encoding="utf-8")
    assert Settings().has_prefect_server
