"""Unlocking as work for the records lane; the vault's libraries are loaded here and not with the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cloison.ui.kit import Kit
from cloison.ui.lane import Task

if TYPE_CHECKING:
    from cloison.actions.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try: what to run, and what may come of it that a person can read."""

    run: Callable[[Task], Session]
    expected: tuple[type[Exception], ...]


def members_of(vault: Path) -> tuple[str, ...]:
    """The aliases the vault names, none where it cannot be read: the try itself will say why."""
    import cloison.actions.unlock  # noqa: F401 - loaded now, while a passphrase is being typed
    from cloison.vault.errors import VaultError
    from cloison.vault.opening import read_members

    try:
        return read_members(vault)
    except VaultError:
        return ()


def open_with(kit: Kit, vault: Path, *, alias: str | None, typed: str, is_recovery_code: bool) -> Attempt:
    """A try with what was typed, of which this side keeps no copy."""
    from cloison.actions.unlock import unlock
    from cloison.vault.errors import VaultError, WrongPassphraseError
    from cloison.vault.unlocking import PassphraseSecret, RecoverySecret
    from cloison_crypto.errors import KeyFormatError
    from cloison_crypto.secrets import wipe
    from cloison_crypto.slots import passphrase_bytes

    def run(task: Task) -> Session:
        try:
            passphrase = bytearray() if is_recovery_code else passphrase_bytes(typed)
        except KeyFormatError as error:
            raise WrongPassphraseError from error
        try:
            return unlock(
                vault,
                alias=alias,
                secret=RecoverySecret(code=typed) if is_recovery_code else PassphraseSecret(passphrase=passphrase),
                settings=kit.settings,
                clock=kit.clock,
                randomness=kit.randomness,
            )
        finally:
            wipe(passphrase)

    return Attempt(run=run, expected=(VaultError,))
