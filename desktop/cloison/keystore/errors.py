"""What can go wrong with a second factor, as facts; the sentences are in ``cloison.wording``."""

from __future__ import annotations


class KeystoreError(Exception):
    """Root of what this layer raises."""


class KeyringError(KeystoreError):
    """The system keyring does not give what is asked of it."""


class KeyringAbsentError(KeyringError):
    """There is no keyring here, or it does not answer."""


class KeyringLockedError(KeyringError):
    """The keyring is locked, and nobody unlocked it when asked."""


class KeyringEntryLostError(KeyringError):
    """The keyring has no such entry, or one that we did not write."""


class CardError(KeystoreError):
    """A smart card does not give what is asked of it."""


class CardLibraryError(CardError):
    """No library for cards (PKCS#11) is at hand, or the one named cannot be used."""


class CardAbsentError(CardError):
    """The card is in no reader."""


class SeveralCardsError(CardError):
    """Several cards are in readers, and a PIN is meant for one."""


class CardKeyMissingError(CardError):
    """The card has no key that agrees on secrets (EC, P-256 or P-384, CKA_DERIVE), or no longer the one it had."""


class CardRefusedError(CardError):
    """The card, or its library, refused for a reason of its own."""


class WrongPinError(CardError):
    """The card refused the PIN; ``is_last_try`` says that one more wrong one blocks it."""

    def __init__(self, *, is_last_try: bool = False) -> None:
        super().__init__("wrong PIN")
        self.is_last_try = is_last_try


class PinBlockedError(CardError):
    """The card takes no PIN any more: too many wrong ones."""
