"""Settings: .env.example shows every one of them, and a value that cannot be used is named."""

import re
from pathlib import Path

import pytest

from retrieval.errors import SettingsError
from retrieval.settings import PROJECT, Settings, load_settings

EXAMPLE = (PROJECT / ".env.example").read_text(encoding="utf-8")
SHOWN = dict(re.findall(r"^# (TINHSO_\w+)=(.*)$", EXAMPLE, re.MULTILINE))


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No .env of the working folder and no variable of the shell reaches these tests."""
    monkeypatch.chdir(tmp_path)
    for name in SHOWN:
        monkeypatch.delenv(name, raising=False)


def test_the_example_shows_every_setting_and_no_other() -> None:
    assert set(SHOWN) == {f"TINHSO_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_example_tells_what_each_setting_is(name: str) -> None:
    description = Settings.model_fields[name].description
    assert description
    assert f"# {description}\n# TINHSO_{name.upper()}=" in EXAMPLE


def test_the_example_sets_nothing_until_a_line_is_uncommented() -> None:
    assert all(line.startswith("#") for line in EXAMPLE.splitlines() if line)


def test_the_example_shows_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    defaults = Settings()
    env = tmp_path / ".env"
    env.write_text("\n".join(f"{name}={value}" for name, value in SHOWN.items()), encoding="utf-8")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    shown = load_settings()
    different = {"data_dir", "cache_dir"}  # relative to the project; another place on macOS and Windows
    assert shown.model_dump(exclude=different) == defaults.model_dump(exclude=different)
    assert PROJECT / shown.data_dir == defaults.data_dir
    assert shown.cache_dir == Path.home() / ".cache" / "tinhso"


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(
        "TINHSO_EMBEDDER_DEVICE=mps\nTINHSO_EMBEDDER_BATCH_SIZE=8\nOTHER=1\n", encoding="utf-8"
    )
    monkeypatch.setenv("TINHSO_EMBEDDER_DEVICE", "cuda")
    settings = load_settings()
    assert (settings.embedder_device, settings.embedder_batch_size) == ("cuda", 8)


def test_a_home_folder_is_expanded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINHSO_DATA_DIR", "~/so-lieu")
    assert load_settings().data_dir == Path.home() / "so-lieu"


@pytest.mark.parametrize("value", ["0", "nhiều", ""])
def test_a_value_that_cannot_be_used_is_named(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINHSO_EMBEDDER_BATCH_SIZE", value)
    with pytest.raises(SettingsError, match="TINHSO_EMBEDDER_BATCH_SIZE"):
        load_settings()
