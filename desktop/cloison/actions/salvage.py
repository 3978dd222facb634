"""Salvaging a damaged vault, and saying what of its registers still holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cloison.actions.registers import Verdict, verify
from cloison.actions.session import Session, session_on
from cloison.actions.write_note import SERIES
from cloison.keystore.devices import Keyring
from cloison.settings.values import Settings
from cloison.vault.backup import Step
from cloison.vault.compartment import Compartment
from cloison.vault.salvage import Salvaging
from cloison.vault.salvage_facts import Loss
from cloison.vault.ways import Secret
from cloison_crypto.secrets import Clock, Randomness

_ALL: Final = 2**31
_NUMBER: Final = re.compile(r"(?:([A-Z])-)?([0-9]{4})-([0-9]{5,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvage:
    """The session on the new vault, what is not in it, and the registers that do not hold any more."""

    session: Session
    losses: tuple[Loss, ...]
    broken: tuple[Verdict, ...]


def salvage(
    folder: Path,
    target: Path,
    *,
    alias: str | None,
    secret: Secret,
    keyring: Callable[[], Keyring] | None = None,
    settings: Settings,
    step: Step,
    clock: Clock,
    randomness: Randomness,
) -> Salvage:
    """Make a vault in ``target``, a new or empty folder, of what can be read of the damaged one in ``folder``.

    Raises ``VaultError``: nothing is left in ``target`` then.
    """
    salvaging = Salvaging(folder, target, clock=clock, randomness=randomness, keyring=keyring)
    salvaged = salvaging.run(alias=alias, secret=secret, step=step)
    try:
        session = session_on(salvaged.vault, settings=settings, clock=clock, randomness=randomness)
        _raise_numbers(session)
        broken = tuple(verdict for verdict in verify(session) if verdict.first_bad is not None)
    except BaseException:
        salvaged.vault.close()
        raise
    return Salvage(session=session, losses=salvaged.losses, broken=broken)


def _raise_numbers(session: Session) -> None:
    """A series that was lost must not give numbers a second time that notes and registers bear."""
    highest: dict[tuple[str, int], int] = {}
    for compartment in session.open_compartments():
        for text in _numbers(compartment):
            if found := _NUMBER.fullmatch(text):
                series = (found[1] or SERIES, int(found[2]))
                highest[series] = max(highest.get(series, 0), int(found[3]))
    for (kind, year), last in highest.items():
        session.vault.series.raise_to(kind, year, last)


def _numbers(compartment: Compartment) -> Iterator[str]:
    yield from compartment.chain.numbers()
    yield from (row.reference for row in compartment.notes.list(limit=_ALL))
