"""A card: who somebody is and their public keys, self-signed.

Envelope ``cloison/card/v1``: a signature by the card's own keys under each suite they are of and, when the card
replaces another, as many by the previous card's keys. Clearance and nationality are never taken from a card: only an
endorsement gives them. The body has to be parsed before the self-signature can be checked, since the keys are in it: it
is parsed strictly, and nothing of it is used before the signatures hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cloison.directory.errors import CardError
from cloison_crypto import canonical
from cloison_crypto.envelope import open_envelope, seal
from cloison_crypto.errors import CryptoError
from cloison_crypto.fields import Fields, time_text
from cloison_crypto.identity import Identity, PublicIdentity
from cloison_crypto.signing import CARD

FORMAT = "cloison/card/v1"
MOST_BYTES = 32 * 1024
MOST_NAME = 200


class Role(Enum):
    """What the holder of a card does."""

    MEMBER = "member"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The content of a card. ``previous`` is the fingerprint of the card it replaces, if any."""

    identity: PublicIdentity
    name: str
    role: Role
    issued: datetime
    expires: datetime
    serial: int
    previous: bytes | None = None

    @property
    def fingerprint(self) -> bytes:
        """The fingerprint of its keys, 32 bytes."""
        return self.identity.fingerprint

    def body(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical.write(
            {
                "format": FORMAT,
                "identity": self.identity.to_json(),
                "name": self.name,
                "role": self.role.value,
                "issued": time_text(self.issued),
                "expires": time_text(self.expires),
                "serial": self.serial,
                "previous": None if self.previous is None else self.previous.hex(),
            }
        )


def sign_card(card: Card, identity: Identity) -> bytes:
    """The envelope of ``card``, self-signed under every suite; raises ``CardError`` when the keys are not its own."""
    if identity.public != card.identity:
        raise CardError
    body = card.body()
    return seal(CARD, body, identity.sign_every(CARD, body))


def read_card(data: bytes) -> Card:
    """The checked door for a card envelope; raises ``CardError`` for every way in which it may be wrong."""
    try:
        envelope = open_envelope(CARD, data, limit=MOST_BYTES)
        card = _card_from_fields(Fields(canonical.read(envelope.body, limit=MOST_BYTES)))
        # Only self-signed cards are read so far; one that claims a predecessor needs that card's signature as well.
        if card.previous is not None:
            raise CardError
        card.identity.verify_every(CARD, envelope.body, envelope.signatures)
    except (CryptoError, ValueError) as error:
        raise CardError from error
    return card


def _card_from_fields(fields: Fields) -> Card:
    if fields.text("format", limit=40) != FORMAT:
        raise CardError
    previous = fields.optional_text("previous")
    card = Card(
        identity=PublicIdentity.from_json(fields.object("identity")),
        name=fields.text("name", limit=MOST_NAME),
        role=Role(fields.text("role", limit=20)),
        issued=fields.time("issued"),
        expires=fields.time("expires"),
        serial=fields.integer("serial", low=1, high=2**31),
        previous=None if previous is None else bytes.fromhex(previous),
    )
    fields.finish()
    return card
