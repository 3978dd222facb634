"""Changing the passphrase, and an older header put back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.vault.errors import (
    DiskError,
    DiskProblem,
    WrongPassphraseError,
)
from cloison.vault.founding import CreatedVault
from cloison.vault.problems import Problem, ProblemKind
from cloison.vault.unlocking import PassphraseSecret, RecoverySecret, Secret
from cloison.vault.vault import Vault
from cloison_crypto.slots import LOWEST

RIGHT = PassphraseSecret(passphrase=bytearray(b"huit mots au hasard"))
NEW = PassphraseSecret(passphrase=bytearray(b"un autre chemin"))
Reopen = Callable[[], Vault]
OpenWith = Callable[[Secret], Vault]


def test_new_passphrase_opens_and_the_old_secrets_do_not(
    vault: Vault, created: CreatedVault, open_with: OpenWith
) -> None:
    vault.add_compartment("Sahel")
    code = vault.ways.change_passphrase(RIGHT, NEW.passphrase, LOWEST).recovery_code
    assert code is not None
    vault.close()

    for secret in (RIGHT, RecoverySecret(code=created.recovery_code)):
        with pytest.raises(WrongPassphraseError):
            open_with(secret)
    for secret in (NEW, RecoverySecret(code=code)):
        with open_with(secret) as again:
            assert again.problems == ()
            assert [(one.name, one.is_open) for one in again.compartments()] == [("Sahel", True)]


def test_passphrase_is_changed_by_who_knows_an_old_secret(vault: Vault, created: CreatedVault, reopen: Reopen) -> None:
    with pytest.raises(WrongPassphraseError):
        vault.ways.change_passphrase(NEW, NEW.passphrase, LOWEST)

    vault.ways.change_passphrase(RecoverySecret(code=created.recovery_code), RIGHT.passphrase, LOWEST)
    vault.close()

    assert reopen().problems == ()


def test_change_that_does_not_reach_the_disk_changes_nothing(
    vault: Vault, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskError(DiskProblem.FULL, file="header.json")

    monkeypatch.setattr("cloison.vault.current_header.write_header", full)
    with pytest.raises(DiskError):
        vault.ways.change_passphrase(RIGHT, NEW.passphrase, LOWEST)
    monkeypatch.undo()

    vault.ways.change_passphrase(RIGHT, RIGHT.passphrase, LOWEST)
    vault.close()
    assert reopen().problems == ()


def test_change_is_done_when_the_header_is_replaced(
    vault: Vault, open_with: OpenWith, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskError(DiskProblem.FULL, file="shared.db")

    monkeypatch.setattr("cloison.vault.shared_file.tell_generation", full)
    vault.ways.change_passphrase(RIGHT, NEW.passphrase, LOWEST)
    monkeypatch.undo()
    vault.close()

    with open_with(NEW) as again:
        assert again.problems == ()


def test_older_header_put_back_is_noticed_until_accepted(vault: Vault, folder: Path, reopen: Reopen) -> None:
    old = (folder / "header.json").read_bytes()
    vault.ways.change_passphrase(RIGHT, NEW.passphrase, LOWEST)
    vault.close()
    (folder / "header.json").write_bytes(old)
    found = Problem(kind=ProblemKind.HEADER_ROLLED_BACK, file="header.json")

    assert reopen().problems == (found,)
    again = reopen()
    assert again.check() == (found,)
    again.accept(found)
    assert again.check() == ()
    assert reopen().problems == ()


def test_header_after_one_that_was_put_back_is_newer_than_all_before(
    vault: Vault, folder: Path, reopen: Reopen, open_with: OpenWith
) -> None:
    old = (folder / "header.json").read_bytes()
    vault.ways.change_passphrase(RIGHT, NEW.passphrase, LOWEST)
    replaced = (folder / "header.json").read_bytes()
    vault.close()
    (folder / "header.json").write_bytes(old)
    reopen().ways.change_passphrase(RIGHT, RIGHT.passphrase, LOWEST)
    assert reopen().problems == ()
    reopen().close()
    (folder / "header.json").write_bytes(replaced)

    with open_with(NEW) as again:
        assert [problem.kind for problem in again.problems] == [ProblemKind.HEADER_ROLLED_BACK]
