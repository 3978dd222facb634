"""Files replaced in one step, errors of the system told as facts, one process at a time."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cloison.vault import files
from cloison.vault.errors import DiskError, DiskProblem, VaultBusyError
from cloison.vault.files import (
    disk_errors,
    make_empty_file,
    make_folder,
    make_folders,
    replace_file,
    sweep_parts,
    write_whole,
)
from cloison.vault.lock import FolderLock


def test_replaced_file_holds_the_new_content_alone(tmp_path: Path) -> None:
    path = tmp_path / "header.json"
    replace_file(path, b"un", randomness=os.urandom)

    replace_file(path, b"deux", randomness=os.urandom)

    assert path.read_bytes() == b"deux"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_replacing_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "header.json"
    replace_file(path, b"un", randomness=os.urandom)

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    targets = {"write": (files, "write_new"), "fsync": (os, "fsync"), "replace": (Path, "replace")}
    owner, name = targets[step]
    monkeypatch.setattr(owner, name, fail)
    with pytest.raises(DiskError) as caught:
        replace_file(path, b"deux", randomness=os.urandom)

    assert (caught.value.problem, caught.value.file) == (DiskProblem.FULL, "header.json")
    assert path.read_bytes() == b"un"
    assert list(tmp_path.iterdir()) == [path]


def test_file_is_on_the_disk_before_it_takes_the_name_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def noted_replace(self: Path, target: Path) -> Path:
        steps.append("replace")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)

    replace_file(tmp_path / "header.json", b"un", randomness=os.urandom)

    assert steps == ["file", "replace", "folder"]


def test_folders_that_are_missing_are_each_on_the_disk_before_we_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync_folder", synced.append)

    make_folders(tmp_path / "un" / "deux")
    make_folders(tmp_path / "un" / "deux")

    assert (tmp_path / "un" / "deux").is_dir()
    assert synced == [tmp_path, tmp_path / "un"]


def test_folder_is_not_made_where_a_file_lies(tmp_path: Path) -> None:
    (tmp_path / "un").touch()

    with pytest.raises(OSError, match="un"):
        make_folders(tmp_path / "un")


def test_file_whose_name_cannot_be_brought_to_the_disk_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise OSError(errno.EIO, "failing")

    monkeypatch.setattr(files, "sync_folder", fail)

    with pytest.raises(DiskError):
        write_whole(tmp_path / "clef", b"un")

    assert list(tmp_path.iterdir()) == []


def test_file_that_is_there_already_is_left_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "clef", b"un")

    with pytest.raises(DiskError) as caught:
        write_whole(tmp_path / "clef", b"deux")

    assert caught.value.problem is DiskProblem.EXISTS
    assert (tmp_path / "clef").read_bytes() == b"un"


def test_what_an_interrupted_replacement_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / "header.json").write_bytes(b"un")
    (tmp_path / "header.json.0123456789abcdef.part").write_bytes(b"deu")

    sweep_parts(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["header.json"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_what_we_make_is_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        make_folder(tmp_path / "folder")
        make_empty_file(tmp_path / "empty")
        replace_file(tmp_path / "file", b"un", randomness=os.urandom)
    finally:
        os.umask(before)

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"folder": 0o700, "empty": 0o600, "file": 0o600}


def test_folder_that_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_bytes(b"un")

    make_folder(tmp_path / "folder")

    assert (tmp_path / "folder" / "file").read_bytes() == b"un"


@pytest.mark.parametrize(
    ("number", "problem"),
    [
        (errno.ENOSPC, DiskProblem.FULL),
        (errno.EROFS, DiskProblem.READ_ONLY),
        (errno.EACCES, DiskProblem.NOT_ALLOWED),
        (errno.EEXIST, DiskProblem.EXISTS),
        (errno.EIO, DiskProblem.FAILED),
        (None, DiskProblem.FAILED),
    ],
)
def test_errors_of_the_system_become_facts(number: int | None, problem: DiskProblem) -> None:
    with pytest.raises(DiskError) as caught, disk_errors("shared.db"):
        raise OSError(number, "said by the system") if number is not None else OSError

    assert (caught.value.problem, caught.value.file) == (problem, "shared.db")


def test_windows_needs_no_sync_of_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path)
    monkeypatch.setattr(os, "name", "nt")
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("a folder was opened"))

    files.sync_folder(path)  # type: ignore[arg-type]  # a Path cannot be made under that name


def test_lock_keeps_a_second_holder_out_until_it_is_released(tmp_path: Path) -> None:
    held = FolderLock(tmp_path / "lock")

    with pytest.raises(VaultBusyError):
        FolderLock(tmp_path / "lock")
    held.release()
    held.release()
    FolderLock(tmp_path / "lock").release()

    assert (tmp_path / "lock").exists()


def test_lock_of_a_killed_process_is_gone(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from cloison.vault.lock import FolderLock;"
        "held = FolderLock(Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "lock")], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline().strip() == b"held"

    with pytest.raises(VaultBusyError):
        FolderLock(tmp_path / "lock")
    child.kill()
    child.wait()
    child.stdout.close()

    FolderLock(tmp_path / "lock").release()
