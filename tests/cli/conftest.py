"""A command line in a folder of its own, and people who know each other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from command_line import CommandLine, Office, found_office
from service import Clock


@pytest.fixture
def line(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """A command line whose current folder is its own."""
    monkeypatch.chdir(tmp_path)
    return CommandLine(folder=tmp_path, clock=clock)


@pytest.fixture
def vault(line: CommandLine) -> Path:
    """A new vault."""
    return line.new_vault("Officier")


@pytest.fixture(scope="session")
def founded_office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Made once; tests work on copies."""
    return found_office(CommandLine(folder=tmp_path_factory.mktemp("office"), clock=Clock()))


@pytest.fixture
def office(founded_office: Office, line: CommandLine) -> Office:
    """An authority, an officer and two readers, in the folder of this test."""
    shutil.copytree(founded_office.line.folder, line.folder, dirs_exist_ok=True)
    return Office(
        line=line,
        authority=line.folder / founded_office.authority.name,
        officer=line.folder / founded_office.officer.name,
        reader=line.folder / founded_office.reader.name,
        partner=line.folder / founded_office.partner.name,
    )
