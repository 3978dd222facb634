"""A backup made, and a vault made of one."""

from __future__ import annotations

import os
from pathlib import Path

from acts.act import Act
from cloison.actions.backup import make_backup, restore
from cloison.settings.values import Settings
from cloison.vault.errors import NotAVaultError
from cloison.vault.opening import open_vault
from cloison.vault.restoring import inspect_backup
from cloison_crypto.secrets import wipe
from office import OFFICER
from stage.place import Desk


def _step(_done: int, _total: int) -> None: ...


def _back_up(desk: Desk, token: str) -> None:
    make_backup(desk.session, desk.folder / f"{token}.backups", step=_step)


def _backups(desk: Desk, token: str) -> int:
    return sum(1 for _ in (desk.folder / f"{token}.backups").glob("*.backup"))


def _unsound(desk: Desk, token: str) -> list[str]:
    """A folder that bears the name of a backup is one, whole."""
    found = (desk.folder / f"{token}.backups").glob("*.backup")
    return [f"damaged in the backup: {name}" for one in found for name in inspect_backup(one).damaged]


def _restored(desk: Desk, token: str) -> Path:
    return desk.folder / f"{token}.cloison"


def _restore(desk: Desk, token: str) -> None:
    key = desk.place.key()
    try:
        session, _ = restore(
            desk.place.backup,
            _restored(desk, token),
            alias=OFFICER,
            secret=key,
            settings=Settings(),
            step=_step,
            clock=desk.session.clock,
            randomness=os.urandom,
        )
    finally:
        wipe(key.content)
    session.vault.close()


def _restorations(desk: Desk, token: str) -> int:
    key = desk.place.key()
    try:
        vault = open_vault(
            _restored(desk, token), alias=OFFICER, secret=key, clock=desk.session.clock, randomness=os.urandom
        )
    except NotAVaultError:
        return 0
    finally:
        wipe(key.content)
    with vault:
        return int(not vault.check())


BACKING_UP = Act(name="backing up", perform=_back_up, found=_backups, faults=_unsound, most=4)
RESTORING = Act(name="restoring", perform=_restore, found=_restorations, most=4)
