"""Changing the passphrase."""

from __future__ import annotations

from cloison.actions.session import Session
from cloison.vault.unlocking import Secret
from cloison_crypto.slots import Argon2Cost


def change_passphrase(session: Session, *, old: Secret, new: bytearray, cost: Argon2Cost) -> str:
    """A new member key under a new passphrase, once an old secret was shown again; the new recovery code.

    The old recovery code is void from then on. Raises ``WrongPassphraseError``.
    """
    return session.vault.change_passphrase(old, new, cost)
