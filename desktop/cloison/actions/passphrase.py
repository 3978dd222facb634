"""Changing the passphrase."""

from __future__ import annotations

from cloison.actions.session import Session
from cloison_crypto.argon2 import Argon2Cost


def change_passphrase(session: Session, *, old: bytearray, new: bytearray, cost: Argon2Cost) -> None:
    """A new member key under a new passphrase, once the old one was shown again; raises ``WrongPassphraseError``."""
    session.vault.change_passphrase(old, new, cost)
