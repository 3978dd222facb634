"""``header.json`` (``cloison/header/v1``): what lies outside the encrypted files, and leads to their keys.

RFC 8785 canonical JSON: version mark, vault id, life (which package serials count in), generation, and one entry per
member under a random id: chosen alias, slots, own box, own ledger, the signed wrap of the key of ``shared.db``. Every
change raises the generation and makes a new MAC (HMAC-SHA256 over the canonical header without its ``mac``). Its key is
derived from that of ``shared.db``: whoever has the one is a member and has the other, and when a member is removed both
change at once, by the replacing of this one file. A sum without a key tells damage apart from a wrong secret before any
is tried. Until a wrap is open nothing here is certain but what opens it: a header is ``unverified`` until ``verify``.
Which generation was the last is known to ``shared.db``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from cloison.vault.errors import DamagedError, NewerFormatError, NotAVaultError, UnknownIdError
from cloison.vault.files import disk_errors, replace_file
from cloison.vault.keys import is_same, keyed_mark
from cloison.vault.names import MOST_NAME
from cloison_crypto import canonical
from cloison_crypto.errors import CryptoError
from cloison_crypto.fields import Fields, Json, base64_text
from cloison_crypto.secrets import Randomness, SecretKey
from cloison_crypto.slots import Slot, read_slot

FILE_NAME = "header.json"
MOST_BYTES = 8 * 1024 * 1024
FORMAT = "cloison/header/v1"
_FAMILY = "cloison/header/v"
_UID_DIGITS = 32
_MAC_LENGTH = 32
_SUM_LENGTH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderMember:
    """One member: each slot opens the member key, which opens ``box``; ``shared_wrap`` and ``ledger`` are sealed to
    what is in it."""

    id: str
    alias: str
    slots: tuple[Slot, ...]
    box: bytes
    shared_wrap: bytes
    ledger: bytes

    def to_json(self) -> Json:
        """The stored form."""
        return {
            "id": self.id,
            "alias": self.alias,
            "slots": [slot.to_json() for slot in self.slots],
            "box": base64_text(self.box),
            "shared_wrap": base64_text(self.shared_wrap),
            "ledger": base64_text(self.ledger),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The whole header; ``mac`` is empty on one that is about to be written."""

    vault_id: str
    life: str
    generation: int
    members: tuple[HeaderMember, ...]
    mac: bytes = b""

    def member(self, member_id: str) -> HeaderMember:
        """The member of that id; raises ``UnknownIdError``."""
        for member in self.members:
            if member.id == member_id:
                return member
        raise UnknownIdError("member", member_id)

    def with_members(self, *changed: HeaderMember) -> Header:
        """The next generation, with members in place of those of the same ids, or added."""
        members = {member.id: member for member in (*self.members, *changed)}
        return replace(self, generation=self.generation + 1, members=tuple(members.values()))

    def without_member(self, member_id: str) -> Header:
        """The next generation, without that member."""
        others = tuple(member for member in self.members if member.id != member_id)
        return replace(self, generation=self.generation + 1, members=others)

    def verify(self, mac_key: SecretKey) -> None:
        """Raises ``DamagedError`` unless a member wrote exactly this."""
        if not is_same(self.mac, keyed_mark(mac_key, canonical.write(self._content()))):
            raise DamagedError(FILE_NAME)

    def sealed(self, mac_key: SecretKey) -> Header:
        """The same under its MAC."""
        return replace(self, mac=keyed_mark(mac_key, canonical.write(self._content())))

    def to_bytes(self) -> bytes:
        """The stored form."""
        return canonical.write({**self._content(), "mac": self.mac.hex(), "sum": self.checksum().hex()})

    def checksum(self) -> bytes:
        """SHA-256 without a key: what a failing disk did is not taken for a wrong passphrase."""
        return hashlib.sha256(canonical.write({**self._content(), "mac": self.mac.hex()})).digest()

    def _content(self) -> dict[str, Json]:
        return {
            "format": FORMAT,
            "vault": self.vault_id,
            "life": self.life,
            "generation": self.generation,
            "members": [member.to_json() for member in self.members],
        }


def read_header(folder: Path) -> Header:
    """The unverified header of a vault; raises ``NotAVaultError``, ``NewerFormatError`` and ``DamagedError``."""
    path = folder / FILE_NAME
    with disk_errors(FILE_NAME):
        if not path.is_file():
            raise NotAVaultError
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    try:
        return _from_fields(Fields(canonical.read(content, limit=MOST_BYTES)))
    except CryptoError as error:
        raise DamagedError(FILE_NAME) from error


def write_header(folder: Path, header: Header, *, randomness: Randomness) -> None:
    """Put the header in place in one step."""
    replace_file(folder / FILE_NAME, header.to_bytes(), randomness=randomness)


def _from_fields(fields: Fields) -> Header:
    version = fields.text("format", limit=40)
    if version != FORMAT and version.startswith(_FAMILY):
        raise NewerFormatError(FILE_NAME)
    fields.literal("format", FORMAT)
    found_sum = bytes.fromhex(fields.hex("sum", 2 * _SUM_LENGTH))
    header = Header(
        vault_id=fields.hex("vault", _UID_DIGITS),
        life=fields.hex("life", _UID_DIGITS),
        generation=fields.integer("generation", low=1),
        members=tuple(_member_from_fields(one) for one in fields.items("members")),
        mac=bytes.fromhex(fields.hex("mac", 2 * _MAC_LENGTH)),
    )
    fields.finish()
    if header.checksum() != found_sum:
        raise DamagedError(FILE_NAME)
    return header


def _member_from_fields(fields: Fields) -> HeaderMember:
    member = HeaderMember(
        id=fields.hex("id", _UID_DIGITS),
        alias=fields.text("alias", limit=MOST_NAME),
        slots=tuple(read_slot(one) for one in fields.items("slots")),
        box=fields.base64("box"),
        shared_wrap=fields.base64("shared_wrap"),
        ledger=fields.base64("ledger"),
    )
    fields.finish()
    return member
