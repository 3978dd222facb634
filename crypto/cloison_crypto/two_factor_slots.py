"""Slots that take a passphrase and a second factor: the secret of a keyring entry, or what a card answers.

The slot key is HKDF-SHA256 over the Argon2id output (32 bytes) followed by the factor: neither opens anything without
the other. A mark of the factor in the slot tells another entry or another card apart from a wrong passphrase, before
any slow work; the factor is random, so its mark helps nobody to find it.
"""

import hmac
from dataclasses import dataclass
from typing import ClassVar, Self

from cloison_crypto.argon2 import Argon2Cost, derive_key
from cloison_crypto.card_key import CardKey
from cloison_crypto.errors import WrongFactorError
from cloison_crypto.fields import Fields, Json, base64_text
from cloison_crypto.secrets import Buffer, Randomness, SecretKey, hkdf_sha256, wipe
from cloison_crypto.slot_form import SALT_LENGTH, SlotBinding, SlotForm, box, fields_of_kind, salt, slot_id

LEAST_FACTOR = 32
MARK_LENGTH = 16
_MARK_PURPOSE = b"cloison/slot/factor-mark/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoFactorSlot(SlotForm):
    """The member key sealed under a passphrase and a second factor together."""

    cost: Argon2Cost
    mark: bytes

    def has_factor(self, factor: Buffer) -> bool:
        """Whether `factor` is the one it was made with."""
        return hmac.compare_digest(_mark(factor, self.salt), self.mark)

    def open(self, passphrase: Buffer, factor: Buffer, binding: SlotBinding) -> SecretKey:
        """The member key; raises WrongFactorError for another factor, before any slow work, else WrongSecretError."""
        if not self.has_factor(factor):
            raise WrongFactorError("this is not the second factor of the slot")
        return self.taken_out(self.slot_key(passphrase, factor, binding), binding)

    def parameters(self) -> dict[str, Json]:
        """The work factor and the mark of the second factor."""
        return {"argon2id": self.cost.to_json(), "factor": base64_text(self.mark)}

    def slot_key(self, passphrase: Buffer, factor: Buffer, binding: SlotBinding) -> SecretKey:
        """The key of the slot from both; raises ValueError for a factor too short to be one."""
        if len(factor) < LEAST_FACTOR:
            raise ValueError(f"a second factor has at least {LEAST_FACTOR} bytes")
        with derive_key(passphrase, salt=self.salt, cost=self.cost) as slow_key:
            material = bytearray(slow_key.view) + factor
        try:
            return hkdf_sha256(material, salt=self.salt, info=self.associated(binding))
        finally:
            wipe(material)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyringSlot(TwoFactorSlot):
    """The second factor is the random secret of an entry in the system keyring."""

    kind: ClassVar[str] = "keyring"

    @classmethod
    def seal(
        cls,
        member_key: SecretKey,
        passphrase: Buffer,
        factor: Buffer,
        *,
        binding: SlotBinding,
        cost: Argon2Cost,
        randomness: Randomness,
    ) -> Self:
        """Seal `member_key` under a passphrase and the entry's secret, both wiped by the caller."""
        fresh = randomness(SALT_LENGTH)
        blank = cls(slot_id=binding.slot_id, salt=fresh, cost=cost, mark=_mark(factor, fresh))
        slot_key = blank.slot_key(passphrase, factor, binding)
        return blank.put_in(member_key, slot_key, binding=binding, randomness=randomness)

    @classmethod
    def from_json(cls, value: Json | Fields) -> Self:
        """Read a stored slot; raises CanonicalError or SlotBoundsError."""
        fields = fields_of_kind(value, cls.kind)
        slot = cls(
            slot_id=slot_id(fields),
            salt=salt(fields),
            box=box(fields),
            cost=Argon2Cost.from_json(fields.object("argon2id")),
            mark=fields.base64("factor", MARK_LENGTH),
        )
        fields.finish()
        return slot


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSlot(TwoFactorSlot):
    """The second factor is what a key that never leaves the card agrees on with the slot's own point."""

    kind: ClassVar[str] = "card"

    card: CardKey

    @classmethod
    def seal(
        cls,
        member_key: SecretKey,
        passphrase: Buffer,
        factor: Buffer,
        *,
        card: CardKey,
        binding: SlotBinding,
        cost: Argon2Cost,
        randomness: Randomness,
    ) -> Self:
        """Seal `member_key` under a passphrase and what the card answered to `card`, both wiped by the caller."""
        fresh = randomness(SALT_LENGTH)
        blank = cls(slot_id=binding.slot_id, salt=fresh, cost=cost, mark=_mark(factor, fresh), card=card)
        slot_key = blank.slot_key(passphrase, factor, binding)
        return blank.put_in(member_key, slot_key, binding=binding, randomness=randomness)

    def parameters(self) -> dict[str, Json]:
        """The work factor, the mark of what the card answers, and what it is asked."""
        return {"argon2id": self.cost.to_json(), "card": self.card.to_json(), "factor": base64_text(self.mark)}

    @classmethod
    def from_json(cls, value: Json | Fields) -> Self:
        """Read a stored slot; raises CanonicalError, KeyFormatError or SlotBoundsError."""
        fields = fields_of_kind(value, cls.kind)
        slot = cls(
            slot_id=slot_id(fields),
            salt=salt(fields),
            box=box(fields),
            cost=Argon2Cost.from_json(fields.object("argon2id")),
            mark=fields.base64("factor", MARK_LENGTH),
            card=CardKey.from_json(fields.object("card")),
        )
        fields.finish()
        return slot


def _mark(factor: Buffer, salt: bytes) -> bytes:
    with hkdf_sha256(factor, salt=salt, info=_MARK_PURPOSE, length=MARK_LENGTH) as mark:
        return bytes(mark.view)
