"""Unlocking as work for the records lane; the vault's libraries are loaded here and not with the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cloison.ui.kit import Kit
from cloison.ui.lane import Task
from cloison.ui.unlock.typed import Typed, secret_of
from cloison.ui.unlock.way import Way

if TYPE_CHECKING:
    from cloison.actions.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try: what to run, and what may come of it that a person can read."""

    run: Callable[[Task], Session]
    expected: tuple[type[Exception], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberWays:
    """Somebody who can open the vault, and how."""

    alias: str
    ways: tuple[Way, ...]


def members_of(vault: Path) -> tuple[MemberWays, ...]:
    """Who the vault names and their ways in, none where it cannot be read: the try itself will say why."""
    import cloison.actions.unlock  # noqa: F401 - loaded now, while a passphrase is being typed
    from cloison.vault.errors import VaultError
    from cloison.vault.opening import read_doors

    try:
        doors = read_doors(vault)
    except VaultError:
        return ()
    return tuple(MemberWays(alias=one.alias, ways=tuple(Way(kind) for kind in one.kinds)) for one in doors)


def open_with(kit: Kit, vault: Path, *, alias: str | None, typed: Typed) -> Attempt:
    """A try with what was typed, of which this side keeps no copy."""
    from cloison.actions.unlock import unlock
    from cloison.keystore.errors import KeystoreError
    from cloison.vault.errors import VaultError

    def run(task: Task) -> Session:
        with secret_of(typed, kit) as secret:
            return unlock(
                vault,
                alias=alias,
                secret=secret,
                settings=kit.settings,
                clock=kit.clock,
                randomness=kit.randomness,
            )

    return Attempt(run=run, expected=(VaultError, KeystoreError))
