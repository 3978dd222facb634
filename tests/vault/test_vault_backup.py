"""Backups of a real vault: made while it is used, looked through, restored to a new life."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest

from cloison.notes.note import Note
from cloison.vault.backup import BackupRun, back_up, backups_in
from cloison.vault.backup_list import FILE_NAME, Seen, read_backup
from cloison.vault.compartment import Compartment
from cloison.vault.errors import (
    BackupInsideVaultError,
    DamagedError,
    DiskError,
    FolderNotEmptyError,
    NotABackupError,
    VaultError,
    WrongPassphraseError,
)
from cloison.vault.founding import CreatedVault
from cloison.vault.note_rows import RevisionFacts
from cloison.vault.opening import open_vault
from cloison.vault.restoring import inspect_backup, restore_backup
from cloison.vault.vault import Vault
from cloison.vault.ways import PassphraseSecret, RecoverySecret, Secret
from cloison_crypto.secrets import Clock
from cloison_crypto.slots import new_recovery_code

SECRET = PassphraseSecret(passphrase=bytearray(b"huit mots au hasard"))
Write = Callable[..., Note]
Facts = Callable[[Note], RevisionFacts]


class MovingClock(Protocol):
    """The clock of these tests."""

    now: datetime

    def __call__(self) -> datetime: ...

    def move_on(self, seconds: int = 60) -> None: ...


Restore = Callable[[Path, Path], Vault]


def no_step(done: int, total: int) -> None:
    assert done <= total


@pytest.fixture
def vault(created: CreatedVault) -> Vault:
    return created.vault


@pytest.fixture
def destination(tmp_path: Path) -> Path:
    return tmp_path / "medium" / "sauvegardes"


@pytest.fixture
def restored(clock: MovingClock) -> Restore:
    def restore(folder: Path, target: Path) -> Vault:
        restore_backup(folder, target, alias=None, secret=SECRET, step=no_step, randomness=os.urandom)
        return open_vault(target, alias=None, secret=SECRET, clock=clock, randomness=os.urandom)

    return restore


def made(vault: Vault, destination: Path, *, clock: Clock, keep: int = 5) -> Path:
    return back_up(vault, destination, at=clock(), keep=keep, step=no_step)[0]


def test_a_backup_holds_every_file_and_is_looked_through(
    vault: Vault, compartment: Compartment, destination: Path, clock: MovingClock
) -> None:
    path = made(vault, destination, clock=clock)

    backup = read_backup(path)
    found = {one.relative_to(path).as_posix() for one in path.rglob("*") if one.is_file()}
    assert {one.name for one in backup.files} | {FILE_NAME} == found
    assert {one.name.split("/")[0] for one in backup.files} == {"header.json", "shared.db", "compartments"}
    assert backup.unopened == ()
    assert (backup.vault_id, backup.life) == (vault.id, vault.life)
    assert vault.backed_up_at == clock.now
    assert inspect_backup(path).damaged == ()
    assert inspect_backup(path).members == ("officier",)


def test_what_is_no_file_of_the_vault_is_left_out_so_that_the_backup_can_be_restored(
    vault: Vault, compartment: Compartment, destination: Path, clock: MovingClock, restored: Restore, tmp_path: Path
) -> None:
    (vault.folder / "desktop.ini").write_bytes(b"")
    (vault.folder / "compartments" / ".DS_Store").write_bytes(b"")
    (tmp_path / "outside").write_bytes(b"x")
    (vault.folder / "blobs" / ("ab" * 16)).symlink_to(tmp_path / "outside")

    path = made(vault, destination, clock=clock)

    assert {one.name.split("/")[0] for one in read_backup(path).files} == {"header.json", "shared.db", "compartments"}
    vault.close()
    restored(path, tmp_path / "back").close()


def test_a_restored_vault_holds_what_was_there_and_lives_anew(
    vault: Vault,
    compartment: Compartment,
    destination: Path,
    clock: MovingClock,
    restored: Restore,
    write: Write,
    facts: Facts,
    tmp_path: Path,
) -> None:
    kept, later = write("Gardée"), write("Plus tard")
    compartment.notes.save(kept, facts(kept))
    path = made(vault, destination, clock=clock)
    compartment.notes.save(later, facts(later))

    with restored(path, tmp_path / "anew") as again:
        there = again.compartment(compartment.id)

        assert there.notes.get(kept.uid).note == kept
        assert [row.uid for row in there.notes.list(limit=9)] == [kept.uid]
        assert again.life != vault.life
        assert (again.id, again.problems) == (vault.id, ())
        assert again.check() == ()
    assert compartment.notes.count() == 2


def test_what_is_written_while_a_backup_is_made_is_not_in_it_and_not_lost(
    vault: Vault,
    compartment: Compartment,
    destination: Path,
    clock: MovingClock,
    restored: Restore,
    write: Write,
    facts: Facts,
    tmp_path: Path,
) -> None:
    before, during = write("Avant"), [write(f"Pendant {number}", "mot " * 2000) for number in range(20)]
    compartment.notes.save(before, facts(before))
    run = BackupRun(vault, destination, at=clock())
    written: list[int] = []

    def write_on(done: int, total: int) -> None:
        for note in during[len(written) :]:
            compartment.notes.save(note, facts(note))
            written.append(done)

    run.copy(write_on)
    path, _ = run.finish(keep=5)
    run.end()

    assert written
    assert compartment.notes.count() == 21
    with restored(path, tmp_path / "anew") as again:
        assert [row.uid for row in again.compartment(compartment.id).notes.list(limit=99)] == [before.uid]
    log = vault.folder / "compartments" / f"{Path(compartment.file_name).name}-wal"
    compartment.notes.save(write("Après"), facts(before))
    assert log.stat().st_size < 8 * 1024 * 1024


def test_a_closed_compartment_is_copied_with_its_log_and_marked_as_not_opened(
    vault: Vault, compartment: Compartment, destination: Path, clock: MovingClock, restored: Restore, tmp_path: Path
) -> None:
    name = compartment.file_name
    vault.close_compartment(compartment.id)
    (vault.folder / f"{name}-wal").write_bytes(b"")

    path = made(vault, destination, clock=clock)

    backup = read_backup(path)
    assert {one.name for one in backup.unopened} == {name, f"{name}-wal"}
    with restored(path, tmp_path / "anew") as again:
        assert again.compartment(compartment.id).notes.count() == 0


def test_the_newest_backups_stay(vault: Vault, destination: Path, clock: MovingClock) -> None:
    paths: list[Path] = []
    for _ in range(4):
        paths.append(made(vault, destination, clock=clock, keep=2))
        clock.move_on()

    assert backups_in(destination, vault.id) == (paths[3], paths[2])


def test_backups_of_other_vaults_are_left_alone(vault: Vault, destination: Path, clock: MovingClock) -> None:
    other = destination / f"{'f' * 12}-20200101T000000Z.backup"
    other.mkdir(parents=True)

    made(vault, destination, clock=clock, keep=1)

    assert other.is_dir()


def test_a_backup_that_is_broken_off_leaves_nothing(vault: Vault, destination: Path, clock: MovingClock) -> None:
    def break_off(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        back_up(vault, destination, at=clock(), keep=5, step=break_off)

    assert list(destination.iterdir()) == []
    assert vault.backed_up_at is None


def test_what_a_killed_backup_left_is_swept(vault: Vault, destination: Path, clock: MovingClock) -> None:
    left = destination / f"{vault.id[:12]}-20200101T000000Z.backup.part"
    left.mkdir(parents=True)

    made(vault, destination, clock=clock)

    assert not left.exists()


def test_a_backup_inside_the_vault_is_refused(vault: Vault, clock: MovingClock) -> None:
    with pytest.raises(BackupInsideVaultError):
        made(vault, vault.folder / "sauvegardes", clock=clock)

    assert not (vault.folder / "sauvegardes").exists()


def test_a_second_backup_of_the_same_second_is_refused(vault: Vault, destination: Path, clock: MovingClock) -> None:
    path = made(vault, destination, clock=clock)

    with pytest.raises(DiskError):
        made(vault, destination, clock=clock)

    assert inspect_backup(path).damaged == ()


def test_a_file_that_is_bad_already_is_no_backup(
    vault: Vault, compartment: Compartment, destination: Path, clock: MovingClock
) -> None:
    run = BackupRun(vault, destination, at=clock())
    run.copy(no_step)
    copy = next(destination.glob("*/compartments/*.db"))
    content = bytearray(copy.read_bytes())
    content[-100] ^= 1
    copy.write_bytes(content)

    with pytest.raises(DamagedError):
        run.finish(keep=5)
    run.end()

    assert list(destination.iterdir()) == []


@pytest.mark.parametrize("where", ["header.json", "shared.db", "compartments", FILE_NAME])
def test_every_changed_file_of_a_backup_is_refused(
    vault: Vault, compartment: Compartment, destination: Path, clock: MovingClock, tmp_path: Path, where: str
) -> None:
    path = made(vault, destination, clock=clock)
    file = path / where if where != "compartments" else next((path / where).glob("*.db"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)

    with pytest.raises(VaultError):
        restore_backup(path, tmp_path / "anew", alias=None, secret=SECRET, step=no_step, randomness=os.urandom)

    assert not (tmp_path / "anew").exists() or list((tmp_path / "anew").iterdir()) == []


def test_a_damaged_file_is_named_before_anything_is_restored(
    vault: Vault, compartment: Compartment, destination: Path, clock: MovingClock
) -> None:
    path = made(vault, destination, clock=clock)
    (path / compartment.file_name).unlink()

    assert inspect_backup(path).damaged == (compartment.file_name,)


def test_a_list_that_no_member_wrote_is_refused(
    vault: Vault, compartment: Compartment, destination: Path, clock: MovingClock, tmp_path: Path
) -> None:
    path = made(vault, destination, clock=clock)
    backup = read_backup(path)
    shorter = replace(backup, files=tuple(one for one in backup.files if "compartments" not in one.name))
    (path / FILE_NAME).write_bytes(shorter.to_bytes())

    with pytest.raises(DamagedError) as caught:
        restore_backup(path, tmp_path / "anew", alias=None, secret=SECRET, step=no_step, randomness=os.urandom)

    assert caught.value.file == FILE_NAME


@pytest.mark.parametrize("name", ["../header.json", "/etc/passwd", "compartments/../../x.db", "lock", "blobs/x"])
def test_a_name_that_is_no_file_of_a_vault_is_refused(
    vault: Vault, destination: Path, clock: MovingClock, name: str
) -> None:
    path = made(vault, destination, clock=clock)
    backup = read_backup(path)
    forged = replace(backup, files=(replace(backup.files[0], name=name), *backup.files[1:]))
    (path / FILE_NAME).write_bytes(forged.to_bytes())

    with pytest.raises(DamagedError):
        read_backup(path)


@pytest.mark.parametrize(
    "secret",
    [
        PassphraseSecret(passphrase=bytearray(b"une autre")),
        RecoverySecret(code=new_recovery_code(os.urandom)),
    ],
    ids=["passphrase", "recovery"],
)
def test_a_wrong_secret_restores_nothing(
    vault: Vault, destination: Path, clock: MovingClock, tmp_path: Path, secret: Secret
) -> None:
    path = made(vault, destination, clock=clock)

    with pytest.raises(WrongPassphraseError):
        restore_backup(path, tmp_path / "anew", alias=None, secret=secret, step=no_step, randomness=os.urandom)

    assert not (tmp_path / "anew").exists()


def test_a_folder_in_use_is_not_restored_into(
    vault: Vault, destination: Path, clock: MovingClock, restored: Restore, folder: Path
) -> None:
    path = made(vault, destination, clock=clock)

    with pytest.raises(FolderNotEmptyError):
        restored(path, folder)

    assert vault.check() == ()


def test_a_folder_without_a_list_is_no_backup(tmp_path: Path, vault: Vault) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(vault.folder, copy)

    with pytest.raises(NotABackupError):
        inspect_backup(copy)


def test_seen_is_kept(vault: Vault, destination: Path, clock: MovingClock) -> None:
    backup = read_backup(made(vault, destination, clock=clock))

    assert {one.seen for one in backup.files} == {Seen.VERIFIED}
