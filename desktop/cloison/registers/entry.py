"""A register entry (``cloison/register/v1``): canonical JSON that names the digest of the entry before it.

The digest of an entry is SHA-256(``cloison/register/v1`` ‖ 00 ‖ body). The first entry names the digest of the chain's
own name, SHA-256(``cloison/register/v1`` ‖ 00 ‖ vault id ‖ 00 ‖ compartment id), so that no chain passes for another.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cloison.registers.errors import EntryFormatError
from cloison.registers.facts import Facts, Kind, facts_from_fields, facts_to_json
from cloison_crypto import canonical
from cloison_crypto.errors import CanonicalError
from cloison_crypto.fields import Fields, time_text
from cloison_crypto.signing import REGISTER

FORMAT = "cloison/register/v1"
MOST_BYTES = 1024 * 1024
DIGEST_LENGTH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a register; ``previous`` is the digest of the one before, ``by`` the member who acted."""

    sequence: int
    previous: bytes
    number: str
    at: datetime
    by: str
    facts: Facts

    def body(self) -> bytes:
        """The canonical bytes that are chained."""
        return canonical.write(
            {
                "format": FORMAT,
                "sequence": self.sequence,
                "previous": self.previous.hex(),
                "kind": self.facts.kind.value,
                "number": self.number,
                "at": time_text(self.at),
                "by": self.by,
                "facts": facts_to_json(self.facts),
            }
        )


def entry_digest(body: bytes) -> bytes:
    """The digest the next entry names."""
    return hashlib.sha256(REGISTER + b"\0" + body).digest()


def chain_name(vault_id: str, compartment_id: str) -> bytes:
    """What the first entry of a chain names as its ``previous``."""
    return hashlib.sha256(REGISTER + b"\0" + vault_id.encode() + b"\0" + compartment_id.encode()).digest()


def entry_from_bytes(body: bytes) -> Entry:
    """The checked door for a stored entry; raises ``EntryFormatError``."""
    try:
        fields = Fields(canonical.read(body, limit=MOST_BYTES))
        if fields.text("format", limit=40) != FORMAT:
            raise EntryFormatError("format")
        entry = Entry(
            sequence=fields.integer("sequence", low=1, high=2**53 - 1),
            previous=bytes.fromhex(fields.hex("previous", DIGEST_LENGTH)),
            number=fields.text("number", limit=40),
            at=fields.time("at"),
            by=fields.text("by", limit=400),
            facts=facts_from_fields(_kind(fields), fields.object("facts")),
        )
        fields.finish()
    except CanonicalError as error:
        raise EntryFormatError(error.path) from error
    return entry


def _kind(fields: Fields) -> Kind:
    try:
        return Kind(fields.text("kind", limit=1))
    except ValueError as error:
        raise EntryFormatError("kind") from error
