"""A keyring and a card that live in the test: the same contracts as the real ones, which have tests of their own."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.asymmetric import ec

from cloison.keystore.errors import (
    CardAbsentError,
    KeyringAbsentError,
    KeyringEntryLostError,
    KeyringLockedError,
    PinBlockedError,
    WrongPinError,
)
from cloison_crypto.card_key import CardKey, Curve, ask_card
from cloison_crypto.secrets import Buffer, Randomness

PIN = "2468"


class MemoryKeyring:
    """A keyring of this machine; ``is_locked`` and ``is_absent`` are for the test to set."""

    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}
        self.is_locked = False
        self.is_absent = False

    def read(self, entry: str) -> bytearray:
        self._answer()
        if entry not in self.entries:
            raise KeyringEntryLostError
        return bytearray(self.entries[entry])

    def write(self, entry: str, secret: Buffer) -> None:
        self._answer()
        self.entries[entry] = bytes(secret)

    def forget(self, entry: str) -> None:
        self._answer()
        self.entries.pop(entry, None)

    def _answer(self) -> None:
        if self.is_absent:
            raise KeyringAbsentError
        if self.is_locked:
            raise KeyringLockedError


class SoftCard:
    """A card with one key, which counts wrong PINs as a card does."""

    def __init__(self, pin: str = PIN) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        number = self._key.private_numbers().private_value
        self.token = hashlib.sha256(number.to_bytes(32, "big")).hexdigest()[:32]
        self._pin = pin
        self.tries_left = 3
        self.asked = 0

    def with_pin(self, pin: str) -> TypedCard:
        """The card, and a PIN somebody typed."""
        return TypedCard(self, pin)

    def exchange(self, pin: str, point: bytes) -> bytes:
        """What the card does, once the PIN is right."""
        self.log_in(pin)
        self.asked += 1
        return self._key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point))

    def log_in(self, pin: str) -> None:
        """Take a PIN, or count it."""
        if not self.tries_left:
            raise PinBlockedError
        if pin != self._pin:
            self.tries_left -= 1
            raise WrongPinError(is_last_try=self.tries_left == 1)
        self.tries_left = 3


class TypedCard:
    """A card in its reader, and the PIN typed for it."""

    def __init__(self, card: SoftCard, pin: str) -> None:
        self._card = card
        self._pin = pin

    def ask_new(self, randomness: Randomness) -> CardKey:
        self._card.log_in(self._pin)
        return ask_card(token=self._card.token, key_id=b"\x01", curve=Curve.P256, randomness=randomness)

    def answer(self, key: CardKey) -> bytearray:
        if key.token != self._card.token:
            raise CardAbsentError
        return bytearray(self._card.exchange(self._pin, key.point))
