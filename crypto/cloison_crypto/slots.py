"""Key slots: each of a member's secrets opens the same member key on its own.

A slot key comes from a passphrase by Argon2id or from a recovery code by HKDF-SHA256, and seals the member key with
AES-256-GCM. The associated data name the vault, the member, the slot, its kind and its parameters: a slot works nowhere
but where it was made, and with no other cost. A recovery code needs no slow derivation: it has 160 random bits.
"""

import unicodedata
from dataclasses import dataclass
from typing import ClassVar, Self

from cloison_crypto import canonical
from cloison_crypto.argon2 import DEFAULT, FLOOR, LOWEST, Argon2Cost, calibrate, derive_key
from cloison_crypto.boxes import open_box, seal_box
from cloison_crypto.errors import BoxError, KeyFormatError, WrongSecretError
from cloison_crypto.fields import Fields, Json, base64_text
from cloison_crypto.recovery_code import check_recovery_code, new_recovery_code
from cloison_crypto.secrets import Buffer, Randomness, SecretKey, hkdf_sha256

__all__ = [
    "DEFAULT",
    "FLOOR",
    "LOWEST",
    "Argon2Cost",
    "PassphraseSlot",
    "RecoverySlot",
    "SlotBinding",
    "calibrate",
    "check_recovery_code",
    "new_recovery_code",
    "open_box",
    "passphrase_bytes",
    "read_slot",
    "seal_box",
]

VERSION = "cloison/slot/v1"
SALT_LENGTH = 32
LONGEST_BOX = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotBinding:
    """Where a slot belongs: three uids."""

    vault_id: str
    member_id: str
    slot_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseSlot:
    """The member key sealed under a passphrase."""

    kind: ClassVar[str] = "passphrase"

    slot_id: str
    cost: Argon2Cost
    salt: bytes
    box: bytes

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
        salt = randomness(SALT_LENGTH)
        associated = _associated(cls.kind, binding, salt=salt, parameters=cost.to_json())
        with derive_key(passphrase, salt=salt, cost=cost) as slot_key:
            box = seal_box(slot_key, member_key.view, associated=associated, randomness=randomness)
        return cls(slot_id=binding.slot_id, cost=cost, salt=salt, box=box)

    def open(self, passphrase: Buffer, binding: SlotBinding) -> SecretKey:
        """The member key; raises WrongSecretError for another passphrase, another place or a changed slot."""
        associated = _associated(self.kind, binding, salt=self.salt, parameters=self.cost.to_json())
        with derive_key(passphrase, salt=self.salt, cost=self.cost) as slot_key:
            return _member_key(slot_key, self.box, associated)

    def to_json(self) -> dict[str, Json]:
        """The slot as stored."""
        return {"argon2id": self.cost.to_json(), **_common_fields(self)}

    @classmethod
    def from_json(cls, value: Json | Fields) -> Self:
        """Read a stored slot; raises CanonicalError or SlotBoundsError."""
        fields = _fields_of_kind(value, cls.kind)
        slot = cls(
            slot_id=fields.hex("slot", 32),
            cost=Argon2Cost.from_json(fields.object("argon2id")),
            salt=fields.base64("salt", SALT_LENGTH),
            box=fields.base64("box", limit=LONGEST_BOX),
        )
        fields.finish()
        return slot


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySlot:
    """The member key sealed under a recovery code."""

    kind: ClassVar[str] = "recovery"

    slot_id: str
    salt: bytes
    box: bytes

    @classmethod
    def seal(cls, member_key: SecretKey, secret: Buffer, *, binding: SlotBinding, randomness: Randomness) -> Self:
        """Seal `member_key` under the 160 bits that `check_recovery_code` gives."""
        salt = randomness(SALT_LENGTH)
        associated = _associated(cls.kind, binding, salt=salt, parameters={})
        with hkdf_sha256(secret, salt=salt, info=associated) as slot_key:
            box = seal_box(slot_key, member_key.view, associated=associated, randomness=randomness)
        return cls(slot_id=binding.slot_id, salt=salt, box=box)

    def open(self, secret: Buffer, binding: SlotBinding) -> SecretKey:
        """The member key; raises WrongSecretError for another code, another place or a changed slot."""
        associated = _associated(self.kind, binding, salt=self.salt, parameters={})
        with hkdf_sha256(secret, salt=self.salt, info=associated) as slot_key:
            return _member_key(slot_key, self.box, associated)

    def to_json(self) -> dict[str, Json]:
        """The slot as stored."""
        return _common_fields(self)

    @classmethod
    def from_json(cls, value: Json | Fields) -> Self:
        """Read a stored slot; raises CanonicalError."""
        fields = _fields_of_kind(value, cls.kind)
        slot = cls(
            slot_id=fields.hex("slot", 32),
            salt=fields.base64("salt", SALT_LENGTH),
            box=fields.base64("box", limit=LONGEST_BOX),
        )
        fields.finish()
        return slot


def read_slot(value: Json | Fields) -> PassphraseSlot | RecoverySlot:
    """Read a stored slot of either kind; raises CanonicalError or SlotBoundsError."""
    fields = Fields.of(value)
    if fields.text("kind") == RecoverySlot.kind:
        return RecoverySlot.from_json(fields)
    return PassphraseSlot.from_json(fields)


def passphrase_bytes(text: str) -> bytearray:
    """UTF-8 of the text in NFC, so that one passphrase is one whatever keyboard typed it; the caller wipes it.

    Raises KeyFormatError for text that UTF-8 cannot carry (an undecodable byte on a command line).
    """
    try:
        return bytearray(unicodedata.normalize("NFC", text).encode())
    except UnicodeEncodeError:
        # The chained error would carry the passphrase itself.
        raise KeyFormatError("the passphrase is not valid text") from None


def _associated(kind: str, binding: SlotBinding, *, salt: bytes, parameters: Json) -> bytes:
    return canonical.write(
        {
            "kind": kind,
            "member": binding.member_id,
            "parameters": parameters,
            "salt": base64_text(salt),
            "slot": binding.slot_id,
            "vault": binding.vault_id,
            "version": VERSION,
        }
    )


def _member_key(slot_key: SecretKey, box: bytes, associated: bytes) -> SecretKey:
    try:
        return SecretKey.take(open_box(slot_key, box, associated=associated))
    except BoxError as error:
        raise WrongSecretError("this secret does not open the slot") from error


def _common_fields(slot: PassphraseSlot | RecoverySlot) -> dict[str, Json]:
    return {
        "box": base64_text(slot.box),
        "kind": slot.kind,
        "salt": base64_text(slot.salt),
        "slot": slot.slot_id,
        "version": VERSION,
    }


def _fields_of_kind(value: Json | Fields, kind: str) -> Fields:
    fields = Fields.of(value)
    fields.literal("version", VERSION)
    fields.literal("kind", kind)
    return fields
