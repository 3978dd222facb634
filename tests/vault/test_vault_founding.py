"""Making a vault: in a new or empty folder, for its owner alone, whole or not at all."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.vault.errors import (
    DiskError,
    DiskProblem,
    FolderNotEmptyError,
    UnusableNameError,
)
from cloison.vault.founding import CreatedVault
from cloison.vault.unlocking import PassphraseSecret
from cloison_crypto.slots import LOWEST

RIGHT = PassphraseSecret(passphrase=bytearray(b"huit mots au hasard"))
NEW = PassphraseSecret(passphrase=bytearray(b"un autre chemin"))
Make = Callable[..., CreatedVault]


def test_empty_folder_is_taken(folder: Path, make: Make) -> None:
    folder.mkdir()

    make(folder).vault.close()

    assert (folder / "header.json").is_file()


@pytest.mark.parametrize("what", ["file", "folder with a file", "vault"])
def test_place_that_is_taken_is_left_as_it_is(folder: Path, make: Make, what: str) -> None:
    if what == "file":
        folder.write_bytes(b"un")
    elif what == "vault":
        make(folder).vault.close()
    else:
        folder.mkdir()
        (folder / "notes.txt").write_bytes(b"un")
    before = sorted(folder.rglob("*"))

    with pytest.raises(FolderNotEmptyError):
        make(folder)

    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("alias", ["", "  ", "x" * 201, "\udce9"], ids=["empty", "blank", "long", "no text"])
def test_alias_that_could_not_be_read_back_is_refused(folder: Path, make: Make, alias: str) -> None:
    with pytest.raises(UnusableNameError) as caught:
        make(folder, alias)

    assert caught.value.most == 200
    assert not folder.exists()


def test_making_that_fails_leaves_an_empty_folder(folder: Path, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskError(DiskProblem.FULL, file="header.json")

    monkeypatch.setattr("cloison.vault.founding.write_header", full)
    with pytest.raises(DiskError):
        make(folder)
    monkeypatch.undo()

    assert list(folder.iterdir()) == []
    make(folder).vault.close()


def test_vault_made_by_another_process_in_the_meantime_is_left_alone(
    folder: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder).vault.close()
    before = (folder / "header.json").read_bytes()
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(()))

    with pytest.raises(FolderNotEmptyError):
        make(folder)

    assert (folder / "header.json").read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_everything_in_a_vault_is_for_its_owner_alone(folder: Path, make: Make) -> None:
    before = os.umask(0)
    try:
        created = make(folder)
        created.vault.add_compartment("Sahel")
        created.vault.ways.change_passphrase(RIGHT, NEW.passphrase, LOWEST)
    finally:
        os.umask(before)

    found = [folder, *folder.rglob("*")]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in found if path.is_dir()}
    file_modes = {stat.S_IMODE(path.stat().st_mode) for path in found if path.is_file()}
    created.vault.close()

    assert (modes, file_modes) == ({0o700}, {0o600})
