"""A revocation list: an authority's numbered word on the cards and endorsements that count no more.

Envelope ``cloison/revocations/v1``, signed by the authority under every suite its card has. A list says all there is to
say: each takes the place of the one before and names everything that one named, so that a workstation which missed some
needs the latest alone. Two things can fall. A *card* falls for good, whoever endorses it: its keys are lost. An
*endorsement* falls together with all the same authority gave that card up to ``at``; one given later counts again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import pairwise
from typing import Final

from cloison.directory.errors import ListProblem, RevocationsError, RevocationsRefusedError
from cloison_crypto import canonical
from cloison_crypto.envelope import open_envelope, seal
from cloison_crypto.errors import CryptoError
from cloison_crypto.fields import Fields, time_text
from cloison_crypto.identity import Identity, PublicIdentity
from cloison_crypto.signing import REVOCATIONS

FORMAT = "cloison/revocations/v1"
MOST_BYTES = 4 * 1024 * 1024
MOST_REVOCATIONS = 20_000
HIGHEST_NUMBER = 2**31
FINGERPRINT_LENGTH = 64
LONGEST_RUN: Final = timedelta(days=366)
"""How long a list may run at most before the next is due: one that ran for ever would never be missed."""


class Fallen(Enum):
    """What of a card counts no more."""

    CARD = "card"
    ENDORSEMENT = "endorsement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """One line: what fell of the card ``subject`` (a fingerprint), and when."""

    subject: bytes
    fallen: Fallen
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationList:
    """All that an authority revoked up to ``issued``; another list is to come before ``next_due``.

    The lines stand in the order of their fingerprints, each of which is named once; ``ValueError`` where they do not.
    """

    authority: bytes
    number: int
    issued: datetime
    next_due: datetime
    revocations: tuple[Revocation, ...]

    def __post_init__(self) -> None:
        """Check order and dates."""
        if not all(one.subject < other.subject for one, other in pairwise(self.revocations)):
            raise ValueError("the lines are not in the order of their fingerprints")
        if not self.issued < self.next_due <= self.issued + LONGEST_RUN:
            raise ValueError("the next list is due at an impossible time")

    def of(self, subject: bytes) -> Revocation | None:
        """What fell of a card, if anything."""
        place = bisect_left(self.revocations, subject, key=lambda one: one.subject)
        found = self.revocations[place : place + 1]
        return found[0] if found and found[0].subject == subject else None

    def by_subject(self) -> Mapping[bytes, Revocation]:
        """Every line, by fingerprint."""
        return {one.subject: one for one in self.revocations}

    def body(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical.write(
            {
                "format": FORMAT,
                "authority": self.authority.hex(),
                "number": self.number,
                "issued": time_text(self.issued),
                "next_due": time_text(self.next_due),
                "revocations": [
                    {"subject": one.subject.hex(), "fallen": one.fallen.value, "at": time_text(one.at)}
                    for one in self.revocations
                ],
            }
        )


def sign_revocations(revocations: RevocationList, authority: Identity) -> bytes:
    """The signed envelope."""
    body = revocations.body()
    return seal(REVOCATIONS, body, authority.sign_every(REVOCATIONS, body))


def revocations_signer(data: bytes) -> bytes:
    """The fingerprint a list claims to be signed by; nothing is verified yet. Raises ``RevocationsError``."""
    try:
        return open_envelope(REVOCATIONS, data, limit=MOST_BYTES).signer()
    except CryptoError as error:
        raise RevocationsError from error


def read_revocations(data: bytes, authority: PublicIdentity) -> RevocationList:
    """The checked door: every signature first, then the body; raises ``RevocationsError``."""
    try:
        envelope = open_envelope(REVOCATIONS, data, limit=MOST_BYTES)
        authority.verify_every(REVOCATIONS, envelope.body, envelope.signatures)
        found = _from_fields(Fields(canonical.read(envelope.body, limit=MOST_BYTES)))
    except (CryptoError, ValueError) as error:
        raise RevocationsError from error
    if found.authority != authority.fingerprint:
        raise RevocationsError
    return found


def check_successor(new: RevocationList, known: RevocationList | None) -> None:
    """Whether ``new`` may take the place of ``known``: raise ``RevocationsRefusedError`` where it may not.

    A lower number is an old list put back. The same number with other content, or a list that no longer names what an
    earlier one named, was not made by an authority that is in its right mind, or not by it alone: an alarm.
    """
    if known is None or new == known:
        return
    if new.number < known.number:
        raise RevocationsRefusedError(ListProblem.LOWER_NUMBER, number=new.number, known=known.number)
    if new.number == known.number:
        raise RevocationsRefusedError(ListProblem.SAME_NUMBER, number=new.number, known=known.number)
    later = new.by_subject()
    if not all(_goes_on(later.get(one.subject), one) for one in known.revocations):
        raise RevocationsRefusedError(ListProblem.NOT_CUMULATIVE, number=new.number, known=known.number)


def _goes_on(later: Revocation | None, earlier: Revocation) -> bool:
    """Whether what fell has stayed fallen: an endorsement may fall again later, or the whole card after it."""
    if later is None or (earlier.fallen is Fallen.CARD and later.fallen is not Fallen.CARD):
        return False
    return later.fallen is Fallen.CARD or later.at >= earlier.at


def _from_fields(fields: Fields) -> RevocationList:
    fields.literal("format", FORMAT)
    found = RevocationList(
        authority=bytes.fromhex(fields.hex("authority", FINGERPRINT_LENGTH)),
        number=fields.integer("number", low=1, high=HIGHEST_NUMBER),
        issued=fields.time("issued"),
        next_due=fields.time("next_due"),
        revocations=tuple(_revocation(one) for one in fields.items("revocations")),
    )
    fields.finish()
    if len(found.revocations) > MOST_REVOCATIONS:
        raise RevocationsError
    return found


def _revocation(fields: Fields) -> Revocation:
    found = Revocation(
        subject=bytes.fromhex(fields.hex("subject", FINGERPRINT_LENGTH)),
        fallen=Fallen(fields.text("fallen", limit=20)),
        at=fields.time("at"),
    )
    fields.finish()
    return found
