"""What every kind of key slot (``cloison/slot/v1``) has: a stored form, associated data, the sealed member key."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from cloison_crypto import canonical
from cloison_crypto.boxes import open_box, seal_box
from cloison_crypto.errors import BoxError, WrongSecretError
from cloison_crypto.fields import Fields, Json, base64_text
from cloison_crypto.secrets import Randomness, SecretKey

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
class SlotForm:
    """What every kind has; ``box`` is empty on one that is about to be sealed."""

    kind: ClassVar[str]

    slot_id: str
    salt: bytes
    box: bytes = b""

    def parameters(self) -> dict[str, Json]:
        """What its kind adds to the stored form; it is in the associated data too."""
        return {}

    def to_json(self) -> dict[str, Json]:
        """The slot as stored."""
        return {
            **self.parameters(),
            "box": base64_text(self.box),
            "kind": self.kind,
            "salt": base64_text(self.salt),
            "slot": self.slot_id,
            "version": VERSION,
        }

    def associated(self, binding: SlotBinding) -> bytes:
        """What the box is bound to."""
        return canonical.write(
            {
                "kind": self.kind,
                "member": binding.member_id,
                "parameters": self.parameters(),
                "salt": base64_text(self.salt),
                "slot": binding.slot_id,
                "vault": binding.vault_id,
                "version": VERSION,
            }
        )

    def put_in(
        self, member_key: SecretKey, slot_key: SecretKey, *, binding: SlotBinding, randomness: Randomness
    ) -> Self:
        """The same with the member key sealed in it; wipes `slot_key`."""
        associated = self.associated(binding)
        with slot_key:
            return replace(self, box=seal_box(slot_key, member_key.view, associated=associated, randomness=randomness))

    def taken_out(self, slot_key: SecretKey, binding: SlotBinding) -> SecretKey:
        """The member key; wipes `slot_key`. Raises WrongSecretError."""
        with slot_key:
            try:
                return SecretKey.take(open_box(slot_key, self.box, associated=self.associated(binding)))
            except BoxError as error:
                raise WrongSecretError("this secret does not open the slot") from error


def fields_of_kind(value: Json | Fields, kind: str) -> Fields:
    """The fields of a stored slot of that kind; raises CanonicalError."""
    fields = Fields.of(value)
    fields.literal("version", VERSION)
    fields.literal("kind", kind)
    return fields


def slot_id(fields: Fields) -> str:
    """The uid of the slot."""
    return fields.hex("slot", 32)


def salt(fields: Fields) -> bytes:
    """The salt of its derivation."""
    return fields.base64("salt", SALT_LENGTH)


def box(fields: Fields) -> bytes:
    """The sealed member key."""
    return fields.base64("box", limit=LONGEST_BOX)
