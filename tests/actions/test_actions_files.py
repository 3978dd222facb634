"""Files on their way out: whole under their name, or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from cloison.actions import files
from cloison.actions.files import write_part
from cloison.vault.errors import DiskError, DiskProblem


def test_a_file_gets_its_name_only_when_it_is_published(tmp_path: Path) -> None:
    file = write_part(tmp_path / "out" / "x.pli", b"content")

    assert not file.path.exists()
    assert file.publish().read_bytes() == b"content"
    assert list(file.path.parent.iterdir()) == [file.path]


def test_an_existing_file_is_never_replaced(tmp_path: Path) -> None:
    taken = tmp_path / "x.pli"
    file = write_part(taken, b"new")
    taken.write_bytes(b"old")

    for attempt in (file.publish, lambda: write_part(taken, b"new")):
        with pytest.raises(DiskError) as refused:
            attempt()
        assert refused.value.problem is DiskProblem.EXISTS

    assert taken.read_bytes() == b"old"


def test_a_file_whose_name_does_not_reach_the_disk_is_a_part_again_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_part(tmp_path / "x.pli", b"content")

    def fails(_: Path) -> None:
        raise OSError

    monkeypatch.setattr(files, "sync_folder", fails)
    with pytest.raises(DiskError):
        file.give_name()

    assert list(tmp_path.iterdir()) == [file.part]
    with pytest.raises(DiskError):
        file.publish()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_reads_back_differently_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_from_the_medium", lambda path: b"what the disk made of it")

    with pytest.raises(DiskError):
        write_part(tmp_path / "x.pli", b"content")

    assert list(tmp_path.iterdir()) == []


def test_a_leftover_of_an_interrupted_writing_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "x.pli.part").write_bytes(b"half")

    assert write_part(tmp_path / "x.pli", b"whole").publish().read_bytes() == b"whole"
