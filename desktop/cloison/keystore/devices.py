"""What a second factor must be able to do, whatever system or card stands behind it."""

from __future__ import annotations

from typing import Protocol

from cloison_crypto.card_key import CardKey
from cloison_crypto.secrets import Buffer, Randomness


class Keyring(Protocol):
    """Keeps 32 bytes under the name of an entry, for this person on this machine. Each call raises ``KeyringError``."""

    def read(self, entry: str) -> bytearray:
        """The secret of an entry, which the caller wipes; raises ``KeyringEntryLostError``."""
        ...

    def write(self, entry: str, secret: Buffer) -> None:
        """Keep a secret, in place of any that was there."""
        ...

    def forget(self, entry: str) -> None:
        """Remove an entry; one that is not there is no matter."""
        ...


class Card(Protocol):
    """A card and the PIN that was typed for it. Each call raises ``CardError``."""

    def ask_new(self, randomness: Randomness) -> CardKey:
        """A new question to a key of the card in the reader; raises ``CardKeyMissingError``."""
        ...

    def answer(self, key: CardKey) -> bytearray:
        """What the card answers, which the caller wipes; raises ``WrongPinError`` and ``PinBlockedError``."""
        ...
