"""A receipt (``cloison/receipt/v1``): what the reader of a package says back to its sender, signed and sealed.

It names the package by its uid and by the digest of its manifest, says whether it was received or refused, how useful
it was (0 to 5, or nothing of that), and may hold a comment and questions, each under a label of its own. The label of
the whole is what those are worth together, or the package's where there are none.

It travels as a ``.pli``: a sealed file around a ustar stream of two entries. ``signature`` is the number of signatures
(one byte), then one under each suite its signer has, lowest first; ``receipt.json`` is the body they are over, RFC 8785
canonical JSON, at most 256 KiB. The second name tells a receipt from a package. Both together are the envelope of
``cloison_crypto.envelope``, so that bytes are verified before anything parses them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cloison.dissemination.errors import ForgedPackageError
from cloison.labels.errors import LabelsError
from cloison.labels.label import Label, label_from_xml
from cloison_crypto import canonical
from cloison_crypto.errors import CanonicalError
from cloison_crypto.fields import Fields, Json, time_text

FORMAT = "cloison/receipt/v1"
SIGNATURES_NAME, BODY_NAME = "signature", "receipt.json"
MOST_BYTES = 256 * 1024
MOST_SIGNATURE_BYTES = 64 * 1024
MOST_QUESTIONS = 50
MOST_TEXT = 4000
MOST_USEFUL = 5
_UID = 32
_DIGEST = 64
_LABEL = 100_000


class Verdict(Enum):
    """What became of a package where it arrived."""

    RECEIVED = "received"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A comment or a question, and its label."""

    text: str
    label: Label

    def to_json(self) -> Json:
        """The stored form."""
        return {"text": self.text, "label": self.label.to_xml().decode()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a receipt says. ``signer`` and ``recipient`` are fingerprints in hex, ``manifest_sha256`` is in hex."""

    signer: str
    recipient: str
    package_uid: str
    manifest_sha256: str
    verdict: Verdict
    useful: int | None
    comment: Statement | None
    questions: tuple[Statement, ...]
    label: Label
    at: datetime

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All that bears a label of its own."""
        return (*((self.comment,) if self.comment is not None else ()), *self.questions)

    @property
    def labels(self) -> Iterator[Label]:
        """The label of the whole, then those of its parts."""
        yield self.label
        yield from (one.label for one in self.statements)

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical.write(
            {
                "format": FORMAT,
                "signer": self.signer,
                "recipient": self.recipient,
                "package_uid": self.package_uid,
                "manifest_sha256": self.manifest_sha256,
                "verdict": self.verdict.value,
                "useful": self.useful,
                "comment": None if self.comment is None else self.comment.to_json(),
                "questions": [one.to_json() for one in self.questions],
                "label": self.label.to_xml().decode(),
                "at": time_text(self.at),
            }
        )


def receipt_digest(body: bytes) -> str:
    """SHA-256 of what a receipt says, in hex: by which it is known again."""
    return hashlib.sha256(body).hexdigest()


def receipt_from_bytes(body: bytes) -> Receipt:
    """The door for a receipt whose signatures hold; raises ``ForgedPackageError``."""
    try:
        return _from_fields(Fields(canonical.read(body, limit=MOST_BYTES)))
    except (CanonicalError, LabelsError, ValueError) as error:
        raise ForgedPackageError from error


def _from_fields(fields: Fields) -> Receipt:
    fields.literal("format", FORMAT)
    receipt = Receipt(
        signer=fields.hex("signer", _DIGEST),
        recipient=fields.hex("recipient", _DIGEST),
        package_uid=fields.hex("package_uid", _UID),
        manifest_sha256=fields.hex("manifest_sha256", _DIGEST),
        verdict=Verdict(fields.text("verdict", limit=20)),
        useful=fields.integer("useful", high=MOST_USEFUL) if fields.has("useful") else None,
        comment=_statement(fields.object("comment")) if fields.has("comment") else None,
        questions=tuple(_statement(one) for one in fields.items("questions")),
        label=label_from_xml(fields.text("label", limit=_LABEL).encode()),
        at=fields.time("at"),
    )
    fields.finish()
    if len(receipt.questions) > MOST_QUESTIONS:
        raise ForgedPackageError
    return receipt


def _statement(fields: Fields) -> Statement:
    statement = Statement(
        text=fields.text("text", limit=MOST_TEXT),
        label=label_from_xml(fields.text("label", limit=_LABEL).encode()),
    )
    fields.finish()
    if not statement.text.strip():
        raise ForgedPackageError
    return statement
