"""Opening a package: one pass over it, nothing given out before everything is verified.

``checks`` has the rules and their order; this reads for them. The file is read once, whole (``MOST_SEALED`` at most),
and those very bytes are what is checked and, where they wait, kept. That differs from a blob sealed anew while the
medium is read: the file is already sealed to the addressee, so that keeping it as it came keeps no plaintext either,
needs no key that could be lost, and lets all the checks run again on what was really handed over. A medium that gives
other bytes at a second reading has nothing to say, since there is none.

A package that waits is read to its end first, unparsed: what is kept until a card comes is at least whole.

A longer file, which only attachments make so long, is read as it comes, once as well. It cannot wait: it is refused and
handed in again once what was missing is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from cloison.dissemination.archive import ArchiveReader, HashedSource
from cloison.dissemination.checks import Opened, PackageChecks, Receiver
from cloison.dissemination.errors import (
    DisseminationError,
    LabelProblem,
    NotYetClearedError,
    PackageLabelError,
    UnknownSenderError,
)
from cloison.dissemination.manifest import MOST_BYTES as MOST_MANIFEST
from cloison.dissemination.manifest import MOST_CONTENT, NOTE_FILES
from cloison.dissemination.sealing import position_name
from cloison.dissemination.unsealing import Unsealed, unseal, unseal_stream
from cloison_crypto.signing import signature_length
from cloison_crypto.sources import ByteSource

MOST_SEALED = MOST_CONTENT + 2 * MOST_MANIFEST
"""Bytes of the largest package: its content, its manifest, and more than the rest takes."""


class WaitReason(Enum):
    """What is missing before the checks of a package can go on."""

    UNKNOWN_SENDER = "unknown sender"
    UNKNOWN_POLICY = "unknown policy"
    NOT_CLEARED = "not cleared yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A package that cannot be checked to the end yet. Nothing in it is verified but that my key opens all of it.

    ``key_id`` is the fingerprint its signature claims; ``sender`` a name only where that is known and the signature
    holds; ``error`` is the check that could not be made; ``sealed`` the file as it came.
    """

    reason: WaitReason
    key_id: bytes
    sender: str | None
    error: DisseminationError
    sealed: bytes


def open_package(sealed: bytes, receiver: Receiver) -> Opened:
    """Verify a package; raises one of the errors that ``checks`` lists."""
    outcome = examine(sealed, receiver)
    if isinstance(outcome, Waiting):
        raise outcome.error
    return outcome


def examine(sealed: bytes, receiver: Receiver) -> Opened | Waiting:
    """The same, but a package that may wait comes back as such; raises ``DisseminationError`` for any other refusal."""
    unsealed = unseal(sealed, receiver.identities)
    checks = PackageChecks(receiver, opened_by=unsealed.identity.public, suite=unsealed.suite)
    try:
        with _kept_or_discarded(checks):
            _read(unsealed, checks)
        return checks.finish(file_sha256=hashlib.sha256(sealed).hexdigest())
    except DisseminationError as error:
        reason = reason_to_wait(error)
        if reason is None:
            raise
        unsealed.read_to_end()
        sender = None if reason is WaitReason.UNKNOWN_SENDER else checks.sender.name
        return Waiting(reason=reason, key_id=checks.key_id, sender=sender, error=error, sealed=sealed)


def examine_stream(source: ByteSource, receiver: Receiver) -> Opened:
    """The same for a package that is too long to be held in memory, and so to wait: what it would wait for is raised.

    Raises ``DiskError`` where there is no room for what is attached; what reading raises is the source's.
    """
    hashed = HashedSource(source)
    unsealed = unseal_stream(hashed, receiver.identities)
    checks = PackageChecks(receiver, opened_by=unsealed.identity.public, suite=unsealed.suite)
    with _kept_or_discarded(checks):
        _read(unsealed, checks)
    return checks.finish(file_sha256=hashed.sha256)


@contextmanager
def _kept_or_discarded(checks: PackageChecks) -> Iterator[None]:
    try:
        yield
    except BaseException:
        checks.discard()
        raise


def reason_to_wait(error: DisseminationError) -> WaitReason | None:
    """Whether what is missing may still come; None for a refusal that stands."""
    match error:
        case UnknownSenderError():
            return WaitReason.UNKNOWN_SENDER
        case PackageLabelError(problem=LabelProblem.UNKNOWN_POLICY):
            return WaitReason.UNKNOWN_POLICY
        case NotYetClearedError():
            return WaitReason.NOT_CLEARED
    return None


def _read(unsealed: Unsealed, checks: PackageChecks) -> None:
    archive = ArchiveReader(unsealed)
    checks.take_signature(archive.take("signature", signature_length(unsealed.suite)))
    checks.take_manifest(archive.take_up_to("manifest.json", MOST_MANIFEST))
    for number, entry in enumerate(checks.manifest.files, start=1):
        name = position_name(number, entry.media_type)
        if number <= len(NOTE_FILES):
            checks.take_file(archive.take(name, entry.size))
        else:
            archive.take_into(name, entry.size, checks.take_attachment)
    archive.finish()
