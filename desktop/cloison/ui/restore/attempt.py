"""Restoring as work for the records lane, where the vault is then open; the copying says how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cloison.actions.backup import restore
from cloison.actions.session import Session
from cloison.keystore.errors import KeystoreError
from cloison.ui.kit import Kit
from cloison.ui.lane import Task
from cloison.ui.unlock.typed import Typed, secret_of
from cloison.vault.errors import VaultError

EXPECTED = (VaultError, KeystoreError)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreOrder:
    """Which backup, as whom, into which folder."""

    backup: Path
    target: Path
    alias: str | None
    typed: Typed


def restoring(kit: Kit, order: RestoreOrder) -> Callable[[Task], Session]:
    """The work itself; given up, nothing is left of the new folder."""

    def run(task: Task) -> Session:
        with secret_of(order.typed, kit) as secret:
            session, _ = restore(
                order.backup,
                order.target,
                alias=order.alias,
                secret=secret,
                keyring=lambda: kit.keystores().keyring(),
                settings=kit.settings,
                step=lambda done, total: task.report(done=done, total=total),
                clock=kit.clock,
                randomness=kit.randomness,
            )
        return session

    return run
