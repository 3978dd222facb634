"""Writing a receipt, and reading one with every check, nothing given out before all of them hold.

The checks, in this order; the first that fails is the answer and a refusal leaves nothing behind:

1. the sealed file opens with one of my identities                                       NotForMeError
2. there is one signer, whose key is in the directory                                    UnknownSenderError
3. every signature holds, and there is one under each suite of the signer's card         ForgedPackageError
4. the receipt names the signer, and as recipient the identity that opened it            ForgedPackageError
5. the signer's card is in force                                                         SenderNotTrustedError
6. it names a package, by uid and manifest, that was sent from here                      UnknownDispatchError
   to the one who signed, under these keys or those before them                          NotItsRecipientError
7. it was not taken before                                                               ReceiptTakenError
   and it is not dated after now                                                         DatedAheadError
8. each of its labels is valid under a policy known here                                 PackageLabelError
   and came in a suite as high as its level asks                                         SuiteTooLowError
   and the signer is trusted as far as its level asks                                    SenderNotTrustedError
   and I am cleared for it                                                               NotClearedError
9. its labels are of one policy, and that of the whole at least what its parts are worth ForgedPackageError
10. nothing trails                                                                       ForgedPackageError

A second, later receipt for the same package is taken as well: a reader may have more to ask, or have come to read what
was refused at first. Media arrive in any order, so what counts for the dispatch is the receipt that was signed last.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cloison.directory.clocks import is_dated_ahead
from cloison.directory.sufficiency import BY_STATE
from cloison.dissemination.archive import ArchiveReader, ArchiveWriter
from cloison.dissemination.errors import (
    DatedAheadError,
    ForgedPackageError,
    NotForMeError,
    NotItsRecipientError,
    ReceiptTakenError,
    SenderNotTrustedError,
    UnknownDispatchError,
    UnknownSenderError,
)
from cloison.dissemination.label_checks import Correspondent, LabelChecks
from cloison.dissemination.receipt import (
    BODY_NAME,
    MOST_BYTES,
    MOST_SIGNATURE_BYTES,
    SIGNATURES_NAME,
    Receipt,
    receipt_digest,
    receipt_from_bytes,
)
from cloison.dissemination.unsealing import unseal
from cloison.labels.rollup import covers, roll_up
from cloison_crypto.envelope import open_envelope, seal
from cloison_crypto.errors import EnvelopeError, SignatureError
from cloison_crypto.identity import Identity, PublicIdentity
from cloison_crypto.secrets import Randomness
from cloison_crypto.signing import RECEIPT
from cloison_crypto.suites import suite as suite_of

MOST_SEALED = 2 * (MOST_BYTES + MOST_SIGNATURE_BYTES)
"""Bytes of the largest sealed file that can be a receipt: what is in it, and more than the rest takes."""
_HEAD = RECEIPT + b"\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPackage:
    """A package that left here: the digest of its manifest and the fingerprint of who it was sealed to, in hex.

    ``reference`` is that of the note that was sealed.
    """

    manifest_sha256: str
    recipient: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptChecks:
    """Everything the checks need to know.

    ``identities`` are all of mine; ``sent`` is by package uid; ``taken`` are the digests of receipts taken before.
    ``former`` are the fingerprints, in hex, of keys that a signer's took the place of, by that signer's own.
    """

    identities: tuple[Identity, ...]
    correspondents: Mapping[bytes, Correspondent]
    sent: Mapping[str, SentPackage]
    taken: Collection[str]
    former: Mapping[str, Collection[str]]
    labels: LabelChecks


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReceipt:
    """A receipt that passed every check, the digest it is known by, and the reference of the note it is about."""

    receipt: Receipt
    digest: str
    signer: Correspondent
    reference: str


def write_receipt(
    target: BinaryIO,
    receipt: Receipt,
    *,
    signer: Identity,
    recipient: PublicIdentity,
    suite: int,
    randomness: Randomness,
) -> None:
    """Seal ``receipt`` in ``suite``, signed under every suite of ``signer``, so that only ``recipient`` opens it.

    Raises ``SuiteMissingError`` where the recipient lacks the suite.
    """
    body = receipt.to_bytes()
    envelope = seal(RECEIPT, body, signer.sign_every(RECEIPT, body))
    sealed = suite_of(suite).seal(target, recipient, randomness=randomness)
    archive = ArchiveWriter(sealed)
    archive.add(SIGNATURES_NAME, envelope[len(_HEAD) : len(envelope) - len(body)])
    archive.add(BODY_NAME, body)
    archive.finish()
    sealed.close()


def is_receipt(sealed: bytes, identities: Sequence[Identity]) -> bool:
    """Whether a sealed file looks like a receipt to one of ``identities``: which door to take. Nothing is verified."""
    try:
        archive = ArchiveReader(unseal(sealed, identities))
        archive.take_up_to(SIGNATURES_NAME, MOST_SIGNATURE_BYTES)
        archive.take_up_to(BODY_NAME, MOST_BYTES)
    except (ForgedPackageError, NotForMeError):
        return False
    return True


def open_receipt(sealed: bytes, checks: ReceiptChecks) -> OpenedReceipt:
    """Verify a receipt; raises one of the errors listed above."""
    unsealed = unseal(sealed, checks.identities)
    archive = ArchiveReader(unsealed)
    signatures = archive.take_up_to(SIGNATURES_NAME, MOST_SIGNATURE_BYTES)
    body = archive.take_up_to(BODY_NAME, MOST_BYTES)
    archive.finish()
    signer = _verified_signer(signatures, body, checks)
    receipt = receipt_from_bytes(body)
    stated = (receipt.signer, receipt.recipient)
    if stated != (signer.identity.fingerprint.hex(), unsealed.identity.public.fingerprint.hex()):
        raise ForgedPackageError
    if signer.standing.state in BY_STATE:
        raise SenderNotTrustedError(signer.name, BY_STATE[signer.standing.state])
    digest = receipt_digest(body)
    sent = _dispatch(receipt, digest, checks, signer=signer.name)
    _check_labels(receipt, signer, checks.labels, suite=unsealed.suite)
    return OpenedReceipt(receipt=receipt, digest=digest, signer=signer, reference=sent.reference)


def _verified_signer(signatures: bytes, body: bytes, checks: ReceiptChecks) -> Correspondent:
    """Both entries are one envelope; the body that comes out of it must be the one that went in."""
    try:
        envelope = open_envelope(RECEIPT, _HEAD + signatures + body, limit=MOST_SEALED)
        fingerprint = envelope.signer()
    except EnvelopeError as error:
        raise ForgedPackageError from error
    if envelope.body != body:
        raise ForgedPackageError
    signer = checks.correspondents.get(fingerprint)
    if signer is None:
        raise UnknownSenderError(fingerprint)
    try:
        signer.identity.verify_every(RECEIPT, body, envelope.signatures)
    except SignatureError as error:
        raise ForgedPackageError from error
    return signer


def _dispatch(receipt: Receipt, digest: str, checks: ReceiptChecks, *, signer: str) -> SentPackage:
    sent = checks.sent.get(receipt.package_uid)
    if sent is None or sent.manifest_sha256 != receipt.manifest_sha256:
        raise UnknownDispatchError
    if sent.recipient not in (receipt.signer, *checks.former.get(receipt.signer, ())):
        raise NotItsRecipientError(signer)
    if digest in checks.taken:
        raise ReceiptTakenError
    if is_dated_ahead(receipt.at, now=checks.labels.now):
        raise DatedAheadError(receipt.at)
    return sent


def _check_labels(receipt: Receipt, signer: Correspondent, checks: LabelChecks, *, suite: int) -> None:
    parts = [one.label for one in receipt.statements]
    policy = checks.check(receipt.label, signer, suite=suite)
    if any(label.policy_id != policy.id for label in parts):
        raise ForgedPackageError
    for label in parts:
        checks.check(label, signer, suite=suite)
    if parts and not covers(policy, receipt.label, roll_up(policy, parts, created=checks.now).label):
        raise ForgedPackageError
