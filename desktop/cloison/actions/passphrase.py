"""Changing the passphrase, and judging a new one."""

from __future__ import annotations

from collections.abc import Sequence

from cloison.actions.session import Session
from cloison.keystore.passphrase import LEAST, strength
from cloison.vault.unlocking import Secret
from cloison_crypto.slots import Argon2Cost


def change_passphrase(session: Session, *, old: Secret, new: bytearray, cost: Argon2Cost) -> str:
    """A new member key under a new passphrase, once an old secret was shown again; the new recovery code.

    The old recovery code is void from then on. Raises ``WrongPassphraseError``.
    """
    return session.vault.change_passphrase(old, new, cost)


def is_weak(passphrase: bytearray, *, known: Sequence[str]) -> bool:
    """Whether a passphrase is weaker than a new vault should have; ``known`` are names somebody would try first."""
    return strength(passphrase.decode(), known=known) < LEAST
