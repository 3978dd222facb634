"""Changing the person's own file, and where the files are."""

import errno
import stat
from pathlib import Path, PurePosixPath

import pytest

from cloison.settings.checks import Value
from cloison.settings.errors import (
    BadSettingError,
    LockedSettingError,
    SettingsError,
    UnknownSettingError,
    UnwritableSettingsError,
)
from cloison.settings.files import load
from cloison.settings.person import change
from cloison.settings.places import machine_file, places
from cloison.settings.values import Settings, Theme


@pytest.fixture
def person(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    return tmp_path / "machine.toml"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "en"),
        ("theme", Theme.DARK),
        ("theme", Theme.LIGHT),
        ("policy", 'a "quoted" \\ name é'),
        ("vault", Path("/vaults/l'été")),
        ("idle_lock_seconds", 60),
    ],
)
def test_a_changed_value_is_read_back(person: Path, machine: Path, name: str, value: Value) -> None:
    change(Settings(), person, name=name, value=value)

    assert getattr(load(person, machine), name) == value


def test_changing_one_value_keeps_the_others(person: Path, machine: Path) -> None:
    change(Settings(), person, name="language", value="en")
    change(load(person, machine), person, name="theme", value=Theme.DARK)

    settings = load(person, machine)

    assert (settings.language, settings.theme) == ("en", Theme.DARK)


def test_none_gives_the_default_back(person: Path, machine: Path) -> None:
    change(Settings(), person, name="language", value="en")
    change(Settings(), person, name="language", value=None)

    assert load(person, machine).language == Settings().language


def test_a_locked_value_is_not_changed(person: Path, machine: Path) -> None:
    machine.write_text('[locked]\nlanguage = "fr"\n', encoding="utf-8")

    with pytest.raises(LockedSettingError) as caught:
        change(load(person, machine), person, name="language", value="en")

    assert (caught.value.key, caught.value.file) == ("language", machine)
    assert not person.exists()


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        pytest.param("langage", "fr", UnknownSettingError, id="unknown"),
        pytest.param("language", "xx", BadSettingError, id="not a language"),
        pytest.param("idle_lock_seconds", 0, BadSettingError, id="no idle lock"),
    ],
)
def test_a_wrong_change_writes_nothing(person: Path, name: str, value: Value, error: type[SettingsError]) -> None:
    with pytest.raises(error):
        change(Settings(), person, name=name, value=value)

    assert not person.exists()


def test_the_file_is_for_the_person_alone(person: Path) -> None:
    change(Settings(), person, name="language", value="en")

    assert stat.S_IMODE(person.stat().st_mode) == 0o600
    assert stat.S_IMODE(person.parent.stat().st_mode) == 0o700


def test_a_write_that_fails_leaves_the_old_file_and_no_other(person: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(Settings(), person, name="language", value="en")
    before = person.read_bytes()

    def fail(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("cloison.settings.person.os.fsync", fail)
    with pytest.raises(UnwritableSettingsError, match="no space left"):
        change(Settings(), person, name="language", value="fr")

    assert person.read_bytes() == before
    assert list(person.parent.iterdir()) == [person]


@pytest.mark.parametrize(
    ("platform", "program_data", "expected"),
    [
        ("linux", None, "/etc/cloison/settings.toml"),
        ("darwin", None, "/Library/Application Support/Cloison/settings.toml"),
        ("win32", "D:/ProgramData", "D:/ProgramData/Cloison/settings.toml"),
        ("win32", None, "C:/ProgramData/Cloison/settings.toml"),
    ],
)
def test_each_system_keeps_the_machine_file_in_its_place(
    platform: str, program_data: str | None, expected: str
) -> None:
    assert PurePosixPath(machine_file(platform, program_data=program_data)) == PurePosixPath(expected)


def test_the_real_places_are_whole_paths() -> None:
    real = places()

    assert real.person.is_absolute() and real.machine.is_absolute() and real.vaults.is_absolute()
    assert real.person.parts[-2:] == ("cloison", "settings.toml")
