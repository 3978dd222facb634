"""An endorsement: an authority's signed word on what the holder of a card may see.

Envelope ``cloison/endorsement/v1``, signed by the authority, under every suite its card has, over the fingerprint, the
clearance (STANAG 4774), the nationality, the need-to-know ids and the validity. An endorsement the nationality cannot
hold is refused both when it is made and when it is read, so that a careless or hostile authority gains nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from cloison.directory.errors import EndorsementError, UnholdableClearanceError
from cloison.labels.clearance import Clearance, clearance_from_xml, holdable
from cloison.labels.errors import LabelsError
from cloison.labels.policy import Policy
from cloison_crypto import canonical
from cloison_crypto.envelope import open_envelope, seal
from cloison_crypto.errors import CryptoError
from cloison_crypto.fields import Fields, time_text
from cloison_crypto.identity import Identity, PublicIdentity
from cloison_crypto.signing import ENDORSEMENT

FORMAT = "cloison/endorsement/v1"
MOST_BYTES = 64 * 1024
MOST_COMPARTMENTS = 1000
FINGERPRINT_LENGTH = 64
COMPARTMENT_BYTES = 16
_KEPT = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsement:
    """What an authority says of the holder of the card ``subject`` (a fingerprint)."""

    subject: bytes
    authority: bytes
    clearance: Clearance
    nationality: str
    need_to_know: tuple[str, ...]
    issued: datetime
    expires: datetime

    def body(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical.write(
            {
                "format": FORMAT,
                "subject": self.subject.hex(),
                "authority": self.authority.hex(),
                "clearance": self.clearance.to_xml().decode(),
                "nationality": self.nationality,
                "need_to_know": list(self.need_to_know),
                "issued": time_text(self.issued),
                "expires": time_text(self.expires),
            }
        )


def sign_endorsement(endorsement: Endorsement, authority: Identity, policy: Policy) -> bytes:
    """The signed envelope; raises ``UnholdableClearanceError``."""
    check_holdable(policy, endorsement.clearance, endorsement.nationality)
    body = endorsement.body()
    return seal(ENDORSEMENT, body, authority.sign_every(ENDORSEMENT, body))


def endorsed_by(data: bytes) -> bytes:
    """The fingerprint an endorsement claims to be signed by, to find that authority's keys; nothing is verified yet."""
    try:
        return open_envelope(ENDORSEMENT, data, limit=MOST_BYTES).signer()
    except CryptoError as error:
        raise EndorsementError from error


@lru_cache(maxsize=_KEPT)
def read_endorsement(data: bytes, authority: PublicIdentity) -> Endorsement:
    """The checked door: every signature first, then the body; raises ``EndorsementError``.

    The very same bytes are not verified twice in one session.
    """
    try:
        envelope = open_envelope(ENDORSEMENT, data, limit=MOST_BYTES)
        authority.verify_every(ENDORSEMENT, envelope.body, envelope.signatures)
        endorsement = _from_fields(Fields(canonical.read(envelope.body, limit=MOST_BYTES)))
    except (CryptoError, LabelsError, ValueError) as error:
        raise EndorsementError from error
    if endorsement.authority != authority.fingerprint:
        raise EndorsementError
    return endorsement


def check_holdable(policy: Policy, clearance: Clearance, nationality: str) -> None:
    """Raise ``UnholdableClearanceError`` when ``nationality`` may never hold a category of ``clearance``."""
    reasons = holdable(policy, clearance, nationality)
    if reasons:
        raise UnholdableClearanceError(nationality=nationality, reasons=reasons)


def _from_fields(fields: Fields) -> Endorsement:
    if fields.text("format", limit=40) != FORMAT:
        raise EndorsementError
    ids = fields.texts("need_to_know")
    if len(ids) > MOST_COMPARTMENTS or any(len(bytes.fromhex(one)) != COMPARTMENT_BYTES for one in ids):
        raise EndorsementError
    endorsement = Endorsement(
        subject=bytes.fromhex(fields.hex("subject", FINGERPRINT_LENGTH)),
        authority=bytes.fromhex(fields.hex("authority", FINGERPRINT_LENGTH)),
        clearance=clearance_from_xml(fields.text("clearance", limit=MOST_BYTES).encode()),
        nationality=fields.text("nationality", limit=3),
        need_to_know=tuple(ids),
        issued=fields.time("issued"),
        expires=fields.time("expires"),
    )
    fields.finish()
    return endorsement
