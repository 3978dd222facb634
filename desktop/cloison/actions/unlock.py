"""Unlocking a vault."""

from __future__ import annotations

from pathlib import Path

from cloison.actions.first_run import finish_first_run
from cloison.actions.move_note import finish_moves
from cloison.actions.session import Session, closed_on_failure, session_on
from cloison.settings.values import Settings
from cloison.vault.opening import open_vault
from cloison.vault.unlocking import Secret
from cloison_crypto.secrets import Clock, Randomness


def unlock(
    path: Path,
    *,
    alias: str | None,
    secret: Secret,
    settings: Settings,
    clock: Clock,
    randomness: Randomness,
) -> Session:
    """The session on an unlocked vault, a first run and moves that were interrupted finished; raises ``VaultError``."""
    vault = open_vault(path, alias=alias, secret=secret, clock=clock, randomness=randomness)
    with closed_on_failure(vault):
        session = session_on(vault, settings=settings, clock=clock, randomness=randomness)
        finish_first_run(session)
        finish_moves(session)
    return session
