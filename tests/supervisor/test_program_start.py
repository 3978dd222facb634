"""What `cloison` with these or those arguments starts, and what it leaves unloaded."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from cloison import __main__ as program
from cloison import supervisor
from cloison.settings import places as places_module
from cloison.settings.places import Places

Started = list[tuple[str, list[str]]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """What was started, in place of starting it."""
    seen: Started = []

    def starter(name: str, code: int) -> Callable[[list[str]], int]:
        def start(arguments: list[str]) -> int:
            seen.append((name, arguments))
            return code

        return start

    monkeypatch.setitem(sys.modules, "cloison.cli.app", SimpleNamespace(main=starter("command line", 11)))
    monkeypatch.setitem(sys.modules, "cloison.ui.application", SimpleNamespace(main=starter("window", 12)))
    monkeypatch.setattr(supervisor, "keep_session", starter("supervisor", 13))
    monkeypatch.setattr(supervisor, "die_with_supervisor", lambda pid: seen.append(("dies with", [str(pid)])))
    return seen


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    person = tmp_path / "settings.toml"
    person.write_text(f"vault = '{tmp_path / 'officer.cloison'}'\n", encoding="utf-8")
    set_places(monkeypatch, tmp_path)
    return tmp_path / "officer.cloison"


def set_places(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    here = Places(person=folder / "settings.toml", machine=folder / "machine.toml", vaults=folder)
    monkeypatch.setattr(places_module, "places", lambda: here)


def test_without_arguments_the_supervisor_opens_the_window(started: Started) -> None:
    assert program.main([]) == 13
    assert started == [("supervisor", [])]


def test_the_session_process_dies_with_its_supervisor_before_anything_else(
    started: Started,
) -> None:
    assert program.main(["--session", "4242", "--more"]) == 12
    assert started == [("dies with", ["4242"]), ("window", ["--more"])]


def test_the_clipboard_is_cleared_by_a_process_of_its_own(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cloison.ui.sweeping", SimpleNamespace(main=lambda: 14))

    assert program.main([supervisor.SWEEP]) == 14
    assert started == []


@pytest.mark.parametrize("arguments", [["note", "list"], ["--self-test"], ["--help"], ["no such file"]])
def test_anything_else_is_the_command_line(started: Started, arguments: list[str]) -> None:
    assert program.main(arguments) == 11
    assert started == [("command line", arguments)]


def test_the_arguments_are_those_of_the_process(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["cloison", "note", "list"])

    program.main()

    assert started == [("command line", ["note", "list"])]


def test_a_file_is_handed_to_the_session_that_is_running(
    started: Started, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.pli"
    file.touch()
    taken: list[tuple[Path, ...]] = []

    def take_at_once(note: Path, seconds: float) -> bool:
        taken.append(supervisor.take(note.parent))
        return True

    monkeypatch.setattr(supervisor, "was_taken", take_at_once)

    assert program.main([str(file)]) == 0
    assert taken == [(file,)]
    assert started == []


def test_a_file_that_no_session_takes_waits_for_the_one_we_start(
    started: Started, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.pli"
    file.touch()
    monkeypatch.setattr(program, "TAKEN_WITHIN_SECONDS", 0.0)

    assert program.main([str(file)]) == 13
    assert supervisor.take(vault / "inbox") == (file,)
    assert started == [("supervisor", [])]


def test_the_folder_of_a_vault_opens_the_window_on_it(started: Started, vault: Path) -> None:
    vault.mkdir()
    (vault / "header.json").touch()

    assert program.main([str(vault)]) == 13
    assert started == [("supervisor", [str(vault)])]


def test_another_folder_is_left_to_the_command_line(started: Started, tmp_path: Path) -> None:
    assert program.main([str(tmp_path)]) == 11
    assert started == [("command line", [str(tmp_path)])]


@pytest.mark.parametrize("text", ["", "vualt = '/x'\n"], ids=["no vault yet", "a wrong settings file"])
def test_a_file_for_no_vault_is_left_to_the_command_line(
    started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    set_places(monkeypatch, tmp_path)
    file = tmp_path / "a.pli"
    file.touch()

    assert program.main([str(file)]) == 11
    assert started == [("command line", [str(file)])]


def test_the_supervisor_loads_neither_qt_nor_the_crypto_nor_the_command_line() -> None:
    code = (
        "import sys; from cloison import __main__ as program, supervisor; supervisor.keep = lambda command: 0; "
        "program.main([]); "
        "print(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'PySide6', 'cryptography', 'typer', 'lxml', 'sqlcipher3', 'cloison_crypto'}))"
    )

    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert seen.stdout == "[]\n"
