"""Key slots: each of a member's ways in opens the same member key on its own.

A slot key seals the member key with AES-256-GCM. It comes from a passphrase by Argon2id; from a recovery code (160
random bits) or a key file (256) by HKDF-SHA256, since nobody guesses those; or from a passphrase and a second factor
(``two_factor_slots``). The associated data name the vault, the member, the slot, its kind and its parameters: a slot
works nowhere but where it was made, and with no other cost.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final, Self

from cloison_crypto.argon2 import DEFAULT, FLOOR, LOWEST, Argon2Cost, calibrate, derive_key
from cloison_crypto.boxes import open_box, seal_box
from cloison_crypto.errors import KeyFormatError
from cloison_crypto.fields import Fields, Json
from cloison_crypto.recovery_code import check_recovery_code, new_recovery_code
from cloison_crypto.secrets import Buffer, Randomness, SecretKey, hkdf_sha256
from cloison_crypto.slot_form import SALT_LENGTH, SlotBinding, SlotForm, box, fields_of_kind, salt, slot_id
from cloison_crypto.two_factor_slots import CardSlot, KeyringSlot

__all__ = [
    "DEFAULT",
    "FLOOR",
    "LOWEST",
    "Argon2Cost",
    "CardSlot",
    "KeyFileSlot",
    "KeyringSlot",
    "PassphraseSlot",
    "RecoverySlot",
    "Slot",
    "SlotBinding",
    "calibrate",
    "check_recovery_code",
    "new_recovery_code",
    "open_box",
    "passphrase_bytes",
    "read_slot",
    "seal_box",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseSlot(SlotForm):
    """The member key sealed under a passphrase."""

    kind: ClassVar[str] = "passphrase"

    cost: Argon2Cost

    @classmethod
    def seal(
        cls,
        member_key: SecretKey,
        passphrase: Buffer,
        *,
        binding: SlotBinding,
        cost: Argon2Cost,
        randomness: Randomness,
    ) -> Self:
        """Seal `member_key` under the bytes of a passphrase, which the caller wipes."""
        blank = cls(slot_id=binding.slot_id, salt=randomness(SALT_LENGTH), cost=cost)
        slot_key = derive_key(passphrase, salt=blank.salt, cost=cost)
        return blank.put_in(member_key, slot_key, binding=binding, randomness=randomness)

    def open(self, passphrase: Buffer, binding: SlotBinding) -> SecretKey:
        """The member key; raises WrongSecretError for another passphrase, another place or a changed slot."""
        return self.taken_out(derive_key(passphrase, salt=self.salt, cost=self.cost), binding)

    def parameters(self) -> dict[str, Json]:
        """The work factor."""
        return {"argon2id": self.cost.to_json()}

    @classmethod
    def from_json(cls, value: Json | Fields) -> Self:
        """Read a stored slot; raises CanonicalError or SlotBoundsError."""
        fields = fields_of_kind(value, cls.kind)
        slot = cls(
            slot_id=slot_id(fields),
            salt=salt(fields),
            box=box(fields),
            cost=Argon2Cost.from_json(fields.object("argon2id")),
        )
        fields.finish()
        return slot


@dataclass(frozen=True, slots=True, kw_only=True)
class _RandomSlot(SlotForm):
    """The member key sealed under a random secret that nobody could guess."""

    @classmethod
    def seal(cls, member_key: SecretKey, secret: Buffer, *, binding: SlotBinding, randomness: Randomness) -> Self:
        """Seal `member_key` under the random bits of the secret, which the caller wipes."""
        blank = cls(slot_id=binding.slot_id, salt=randomness(SALT_LENGTH))
        return blank.put_in(member_key, blank.slot_key(secret, binding), binding=binding, randomness=randomness)

    def open(self, secret: Buffer, binding: SlotBinding) -> SecretKey:
        """The member key; raises WrongSecretError for another secret, another place or a changed slot."""
        return self.taken_out(self.slot_key(secret, binding), binding)

    @classmethod
    def from_json(cls, value: Json | Fields) -> Self:
        """Read a stored slot; raises CanonicalError."""
        fields = fields_of_kind(value, cls.kind)
        slot = cls(slot_id=slot_id(fields), salt=salt(fields), box=box(fields))
        fields.finish()
        return slot

    def slot_key(self, secret: Buffer, binding: SlotBinding) -> SecretKey:
        return hkdf_sha256(secret, salt=self.salt, info=self.associated(binding))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySlot(_RandomSlot):
    """The member key sealed under the 160 bits that `check_recovery_code` gives."""

    kind: ClassVar[str] = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFileSlot(_RandomSlot):
    """The member key sealed under the 256 bits that `read_key_file` gives."""

    kind: ClassVar[str] = "keyfile"


Slot = PassphraseSlot | RecoverySlot | KeyFileSlot | KeyringSlot | CardSlot

_KINDS: Final[Mapping[str, type[Slot]]] = MappingProxyType(
    {one.kind: one for one in (PassphraseSlot, RecoverySlot, KeyFileSlot, KeyringSlot, CardSlot)}
)


def read_slot(value: Json | Fields) -> Slot:
    """Read a stored slot of any kind; raises CanonicalError, KeyFormatError or SlotBoundsError."""
    fields = Fields.of(value)
    return _KINDS.get(fields.text("kind"), PassphraseSlot).from_json(fields)


def passphrase_bytes(text: str) -> bytearray:
    """UTF-8 of the text in NFC, so that one passphrase is one whatever keyboard typed it; the caller wipes it.

    Raises KeyFormatError for text that UTF-8 cannot carry (an undecodable byte on a command line).
    """
    try:
        return bytearray(unicodedata.normalize("NFC", text).encode())
    except UnicodeEncodeError:
        # The chained error would carry the passphrase itself.
        raise KeyFormatError("the passphrase is not valid text") from None
