"""The ``.carte`` file: a card, then the endorsements that travel with it, as a bundle of envelopes.

One file type for a bare card and an endorsed one, so that whoever receives either does the same thing with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cloison.directory.card import Card, read_card
from cloison.directory.errors import CardError
from cloison_crypto.envelope import bundle, unbundle
from cloison_crypto.errors import CryptoError

MOST_BYTES = 1024 * 1024
MOST_PARTS = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Carte:
    """A verified ``card`` with its envelope, and ``endorsements`` that are verified once their authority is known."""

    card: Card
    card_envelope: bytes
    unverified_endorsements: tuple[bytes, ...]


def write_carte(card_envelope: bytes, endorsements: Sequence[bytes]) -> bytes:
    """The file for a card and what endorses it."""
    return bundle((card_envelope, *endorsements))


def read_carte(data: bytes) -> Carte:
    """The checked door for a ``.carte`` file; raises ``CardError``."""
    try:
        parts = unbundle(data, limit=MOST_BYTES, most=MOST_PARTS)
    except CryptoError as error:
        raise CardError from error
    if not parts:
        raise CardError
    return Carte(card=read_card(parts[0]), card_envelope=parts[0], unverified_endorsements=parts[1:])
