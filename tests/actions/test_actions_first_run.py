"""A first run, an opening or a restoration that is cut off: it can be begun again, and nothing holds the vault."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.actions.backup import make_backup, restore
from cloison.actions.first_run import create
from cloison.actions.people import myself
from cloison.actions.session import Session
from cloison.actions.unlock import unlock
from cloison.labels.library import built_in
from cloison.settings.values import Settings
from cloison.vault.errors import DiskError, DiskProblem
from cloison.vault.founding import create_vault
from cloison.vault.unlocking import PassphraseSecret
from cloison_crypto.slots import LOWEST
from service import Clock, new_vault

PASSPHRASE = b"une phrase de passe pour les essais"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "vault"


@pytest.fixture
def opened(folder: Path, clock: Clock) -> Callable[[], Session]:
    def again() -> Session:
        secret = PassphraseSecret(passphrase=bytearray(PASSPHRASE))
        return unlock(folder, alias=None, secret=secret, settings=Settings(), clock=clock, randomness=os.urandom)

    return again


def full(*_: object, **__: object) -> None:
    raise DiskError(DiskProblem.FULL, file="shared.db")


def test_first_run_that_was_cut_off_before_the_card_is_finished_at_the_next_opening(
    folder: Path, clock: Clock, opened: Callable[[], Session]
) -> None:
    create_vault(
        folder,
        alias="Officier",
        passphrase=bytearray(PASSPHRASE),
        policy_id=built_in("FR").id,
        cost=LOWEST,
        clock=clock,
        randomness=os.urandom,
    ).vault.close()

    session = opened()
    first = myself(session).card
    session.vault.close()
    session = opened()

    assert first.name == "Officier"
    assert myself(session).card == first
    session.vault.close()


def test_first_run_that_fails_leaves_an_empty_folder(
    folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found() -> Session:
        return create(
            folder,
            alias="Officier",
            passphrase=bytearray(PASSPHRASE),
            policy_name="FR",
            cost=LOWEST,
            settings=Settings(),
            clock=clock,
            randomness=os.urandom,
        ).session

    with monkeypatch.context() as failing:
        failing.setattr("cloison.vault.directory_store.DirectoryStore.put_card", full)
        with pytest.raises(DiskError):
            found()

    assert list(folder.iterdir()) == []
    found().vault.close()


def test_opening_that_fails_holds_the_vault_no_longer(
    folder: Path, clock: Clock, opened: Callable[[], Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    new_vault(folder, "Officier", clock).vault.close()
    with monkeypatch.context() as failing:
        failing.setattr("cloison.vault.policies.PolicyStore.keep_built_in", full)
        with pytest.raises(DiskError):
            opened()

    opened().vault.close()


def test_restoration_that_cannot_be_opened_leaves_nothing(
    folder: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = new_vault(folder, "Officier", clock)
    backup, _ = make_backup(session, tmp_path / "backups", step=lambda done, total: None)
    session.vault.close()
    monkeypatch.setattr("cloison.vault.policies.PolicyStore.keep_built_in", full)

    with pytest.raises(DiskError):
        restore(
            backup,
            tmp_path / "restored",
            alias=None,
            secret=PassphraseSecret(passphrase=bytearray(PASSPHRASE)),
            settings=Settings(),
            step=lambda done, total: None,
            clock=clock,
            randomness=os.urandom,
        )

    assert list((tmp_path / "restored").iterdir()) == []
