"""What a person answered in the first run, and making the vault of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from cloison.ui.kit import Kit
from cloison.ui.lane import Task

if TYPE_CHECKING:
    from cloison.actions.session import Session
    from cloison_crypto.argon2 import Argon2Cost


class Purpose(Enum):
    """What a vault is made for."""

    NOTES = "notes"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """An authority's card file and its fingerprint as somebody typed it."""

    carte: bytes
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Everything asked before the vault is made; an authority's has no compartment yet."""

    purpose: Purpose
    name: str
    folder: Path
    compartment: str
    authority: Authority | None
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The vault as it was made, open, with its first compartment; None in an authority's."""

    session: Session
    compartment_id: str | None
    folder: Path
    recovery_code: str = field(repr=False)


def make(kit: Kit, answers: Answers, cost: Argon2Cost) -> Callable[[Task], Made]:
    """The work of making the vault, for the records lane. It raises ``VaultError`` and ``DirectoryError``."""
    from cloison.actions.cards import trust_authority
    from cloison.actions.first_run import create
    from cloison.directory.authority import Scope
    from cloison_crypto.secrets import wipe
    from cloison_crypto.slots import passphrase_bytes

    def run(task: Task) -> Made:
        passphrase = passphrase_bytes(answers.passphrase)
        try:
            made = create(
                answers.folder,
                alias=answers.name,
                passphrase=passphrase,
                policy_name=kit.settings.policy,
                cost=cost,
                settings=kit.settings,
                clock=kit.clock,
                randomness=kit.randomness,
            )
        finally:
            wipe(passphrase)
        if answers.authority is not None:
            carte, typed = answers.authority.carte, answers.authority.typed
            trust_authority(made.session, carte, typed=typed, scope=Scope())
        return Made(
            session=made.session,
            compartment_id=_begin(made.session, answers),
            folder=answers.folder,
            recovery_code=made.recovery_code,
        )

    return run


def _begin(session: Session, answers: Answers) -> str | None:
    """What the vault is for: an authority's card, or a first compartment."""
    from cloison.actions.cards import become_authority
    from cloison.actions.compartments import add_compartment

    if answers.purpose is Purpose.AUTHORITY:
        become_authority(session, answers.name)
        return None
    return add_compartment(session, answers.compartment, ceiling=None, need_to_know=False).id
