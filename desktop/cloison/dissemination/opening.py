"""Opening a package: one pass, nothing released before everything is verified.

The checks, in this order; the first that fails is the answer and a refusal leaves nothing behind:

1. the age file has one stanza of the suite's type and opens with one of my identities   NotForMeError
2. the key that signed is in the directory                                               UnknownSenderError
3. the signature over the manifest holds                                                 ForgedPackageError
4. the manifest names me as recipient and the signer as sender                           ForgedPackageError
5. the sender's card is in force and not revoked                                         SenderNotTrustedError
6. it was not received before                                                            AlreadyReceivedError
   and no other package bears its serial                                                 SerialConflictError
7. its label is valid under a policy known here                                          PackageLabelError
   and the sender is trusted as far as its level asks                                    SenderNotTrustedError
8. I am cleared for the label, and for every portion                                     NotClearedError
9. each file is next, of its size and digest; label and note agree with the manifest     ForgedPackageError
10. nothing trails                                                                       ForgedPackageError

The files are held in memory, ``MOST_BYTES`` at most: no plaintext touches the disk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol

from cloison.directory.sufficiency import BY_STATE, TrustWarning, shortfall, warnings
from cloison.directory.trust import Standing
from cloison.dissemination.archive import ArchiveReader
from cloison.dissemination.errors import (
    AlreadyReceivedError,
    ForgedPackageError,
    LabelProblem,
    NotClearedError,
    NotForMeError,
    PackageLabelError,
    PackageTooLargeError,
    SenderNotTrustedError,
    SerialConflictError,
    UnknownSenderError,
)
from cloison.dissemination.manifest import MOST_BYTES as MOST_MANIFEST
from cloison.dissemination.manifest import Manifest, manifest_digest, manifest_from_bytes
from cloison.dissemination.sealing import position_name
from cloison.labels.binding import read_binding
from cloison.labels.decision import decide
from cloison.labels.errors import LabelsError
from cloison.labels.label import Label
from cloison.labels.layout import Handling
from cloison.labels.policy import Policy
from cloison.labels.succession import in_force
from cloison.labels.validity import check
from cloison.notes.errors import NoteFormatError
from cloison.notes.release import Reader, Rendition
from cloison.notes.rendition import rendition_from_bytes
from cloison_crypto import age
from cloison_crypto.errors import NoMatchError, SealedFileError, SignatureError
from cloison_crypto.hybrid import HybridIdentity
from cloison_crypto.public_identity import BASE, PublicIdentity
from cloison_crypto.signing import PACKAGE, signature_length, signer_of

STANZA = "mlkem768x25519"
MOST_BYTES = 128 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """Somebody in the directory whose packages can be verified."""

    identity: PublicIdentity
    name: str
    standing: Standing


class History(Protocol):
    """What was received before."""

    def is_received(self, package_uid: str) -> bool:
        """Whether a package of that uid was accepted."""
        ...

    def digest_of(self, *, sender: str, life: str, serial: int) -> str | None:
        """The digest of the accepted manifest that bears this serial, if there is one."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Everything the checks need to know; ``policy_for`` finds the policy a label was made under, or None.

    ``is_superseded`` says whether a later version of it is in force here: the package is then refused, since an old
    policy is what somebody whom the new one denies would use.
    """

    opener: HybridIdentity
    fingerprint: bytes
    reader: Reader
    correspondents: Mapping[bytes, Correspondent]
    history: History
    policy_for: Callable[[Label], Policy | None]
    is_superseded: Callable[[Label], bool]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A package that passed every check; ``warnings`` are what is to be told of its sender all the same."""

    manifest: Manifest
    digest: str
    sender: Correspondent
    rendition: Rendition
    pdf: bytes
    warnings: tuple[TrustWarning, ...]


def open_package(source: BinaryIO, receiver: Receiver) -> Opened:
    """Read and verify a package; raises one of the errors listed above."""
    try:
        sealed = age.Reader(source, (receiver.opener,))
    except NoMatchError as error:
        raise NotForMeError from error
    except SealedFileError as error:
        raise ForgedPackageError from error
    if sealed.stanza_types != (STANZA,):
        raise ForgedPackageError
    try:
        return _read(ArchiveReader(sealed), receiver)
    except SealedFileError as error:
        raise ForgedPackageError from error


def _read(archive: ArchiveReader, receiver: Receiver) -> Opened:
    signature = archive.take("signature", signature_length(BASE))
    sender = _known_sender(signature, receiver)
    manifest, digest = _verified_manifest(archive, signature, sender, receiver)
    if sender.standing.state in BY_STATE:
        raise SenderNotTrustedError(sender.name, BY_STATE[sender.standing.state])
    _check_history(manifest, digest, sender, receiver.history)
    policy = _check_label(manifest.label, sender, receiver)
    files = _verified_files(archive, manifest)
    rendition = _verified_rendition(files, manifest)
    _check_portions(policy, rendition, sender, receiver)
    return Opened(
        manifest=manifest,
        digest=digest,
        sender=sender,
        rendition=rendition,
        pdf=files[0],
        warnings=warnings(
            sender.standing,
            [_handling(receiver.policy_for(one) or policy, one, receiver) for one in _labels(rendition)],
        ),
    )


def _known_sender(signature: bytes, receiver: Receiver) -> Correspondent:
    try:
        fingerprint = signer_of(signature)
    except SignatureError as error:
        raise ForgedPackageError from error
    sender = receiver.correspondents.get(fingerprint)
    if sender is None:
        raise UnknownSenderError(fingerprint)
    return sender


def _verified_manifest(
    archive: ArchiveReader, signature: bytes, sender: Correspondent, receiver: Receiver
) -> tuple[Manifest, str]:
    unverified_manifest = archive.take_up_to("manifest.json", MOST_MANIFEST)
    try:
        sender.identity.verify(PACKAGE, unverified_manifest, signature)
    except SignatureError as error:
        raise ForgedPackageError from error
    manifest = manifest_from_bytes(unverified_manifest)
    expected = (sender.identity.fingerprint.hex(), receiver.fingerprint.hex(), BASE)
    if (manifest.sender, manifest.recipient, manifest.suite) != expected:
        raise ForgedPackageError
    return manifest, manifest_digest(unverified_manifest)


def _check_history(manifest: Manifest, digest: str, sender: Correspondent, history: History) -> None:
    if history.is_received(manifest.uid):
        raise AlreadyReceivedError
    other = history.digest_of(sender=manifest.sender, life=manifest.life, serial=manifest.serial)
    if other is not None and other != digest:
        raise SerialConflictError(sender.name)


def _check_label(label: Label, sender: Correspondent, receiver: Receiver) -> Policy:
    policy = receiver.policy_for(label)
    if policy is None:
        raise PackageLabelError(LabelProblem.UNKNOWN_POLICY)
    if receiver.is_superseded(label):
        raise PackageLabelError(LabelProblem.OLDER_VERSION)
    if check(policy, label, now=receiver.now, new=False):
        raise PackageLabelError(LabelProblem.INVALID)
    _check_trust(policy, label, sender, receiver)
    _check_cleared(policy, label, receiver)
    return policy


def _check_trust(policy: Policy, label: Label, sender: Correspondent, receiver: Receiver) -> None:
    short = shortfall(sender.standing, _handling(policy, label, receiver))
    if short is not None:
        raise SenderNotTrustedError(sender.name, short)


def _handling(policy: Policy, label: Label, receiver: Receiver) -> Handling:
    return policy.classification(in_force(label, now=receiver.now).classification).handling


def _check_cleared(policy: Policy, label: Label, receiver: Receiver) -> None:
    decision = decide(
        policy,
        label,
        clearance=receiver.reader.clearance,
        nationality=receiver.reader.nationality,
        need_to_know=receiver.reader.need_to_know,
        needed=frozenset(),
        now=receiver.now,
    )
    if not decision.permitted:
        raise NotClearedError(decision)


def _verified_files(archive: ArchiveReader, manifest: Manifest) -> tuple[bytes, ...]:
    if sum(entry.size for entry in manifest.files) > MOST_BYTES:
        raise PackageTooLargeError(MOST_BYTES)
    files: list[bytes] = []
    for number, entry in enumerate(manifest.files, start=1):
        content = archive.take(position_name(number, entry.media_type), entry.size)
        if hashlib.sha256(content).hexdigest() != entry.sha256:
            raise ForgedPackageError
        files.append(content)
    archive.finish()
    return tuple(files)


def _verified_rendition(files: tuple[bytes, ...], manifest: Manifest) -> Rendition:
    """The note, once the bound label and its own fields agree with the manifest."""
    try:
        rendition = rendition_from_bytes(files[1])
        binding = read_binding(files[2])
    except (NoteFormatError, LabelsError) as error:
        raise ForgedPackageError from error
    bound = {file.name: file.sha256 for file in binding.files}
    wanted = {
        position_name(number, entry.media_type): entry.sha256
        for number, entry in enumerate(manifest.files[:2], start=1)
    }
    stated = (rendition.uid, rendition.reference, rendition.label, binding.label_xml)
    if bound != wanted or stated != (
        manifest.note_uid,
        manifest.reference,
        manifest.label,
        manifest.label.to_xml(),
    ):
        raise ForgedPackageError
    return rendition


def _warnings(
    policy: Policy, rendition: Rendition, sender: Correspondent, receiver: Receiver
) -> tuple[TrustWarning, ...]:
    handlings = (_handling(receiver.policy_for(one) or policy, one, receiver) for one in _labels(rendition))
    return warnings(sender.standing, tuple(handlings))


def _labels(rendition: Rendition) -> tuple[Label, ...]:
    """The mark of each part, under the version of the policy it was made with, and before them that of the whole."""
    return (rendition.label, *(part.label for part in rendition.parts if part.label is not None))


def _check_portions(policy: Policy, rendition: Rendition, sender: Correspondent, receiver: Receiver) -> None:
    """Each portion is decided by its own label, under the version of the policy it was made with.

    A sender's roll-up is not taken at its word. A portion keeps its version for ever, so an older one refuses nothing.
    """
    for label in _labels(rendition):
        own = receiver.policy_for(label)
        if own is None or own.id != policy.id:
            raise PackageLabelError(LabelProblem.UNKNOWN_POLICY)
        _check_cleared(own, label, receiver)
        _check_trust(own, label, sender, receiver)
