"""Every check of a package, in one order, without reading anything: bytes come in as they are met.

The first check that fails is the answer. An instance starts with the identity that opened the sealed file (check 1,
``unsealing``) and takes, in this order and each once, the signature, the manifest and the files:

1. the sealed file opens with one of my identities                                       NotForMeError
2. the key that signed is in the directory                                        waits: UnknownSenderError
3. the signature over the manifest holds, in the suite that sealed the file              ForgedPackageError
   and this version can read it                                                          NewerPackageError
4. the manifest names as recipient the identity that opened it, and the signer as sender ForgedPackageError
5. the sender's card is in force and not revoked                                         SenderNotTrustedError
6. it was not received before                                                            AlreadyReceivedError
   no other package bears its serial or its place in the sender's sequence               SerialConflictError
   and it is not dated after now                                                         DatedAheadError
7. its label is of a policy known here                                            waits: PackageLabelError
   of no version that another has taken over from, and valid under it                    PackageLabelError
   no lower suite than its level asks for sealed and signed it                           SuiteTooLowError
   and the sender is trusted as far as its level asks                                    SenderNotTrustedError
8. I am cleared for the label                                                            NotClearedError
   or nobody has established yet what I am cleared for                            waits: NotYetClearedError
   and the files it lists are as many, and as large, as can be kept                      errors of ``manifest``
9. each file is next, of its size and digest; label and note agree with the manifest     ForgedPackageError
   and so do the attachments of the note with the files after it, one for one
   7 and 8 hold for every portion as well, each by its own label, and that of the whole
   is no lower than what they are worth together
10. nothing trails                                                                       ForgedPackageError

A manifest is not parsed before its signature holds. *Waits* means that what is missing may still come: another card,
policy or endorsement. Those packages can be kept as they came, sealed, and go through all of this again.

The note is judged as soon as its three files are there. An attachment may be long: it goes under a key of its own as it
comes, and where any check fails that key is forgotten and the file removed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from cloison.directory.clocks import is_dated_ahead
from cloison.directory.sufficiency import BY_STATE, TrustWarning, warnings
from cloison.dissemination.archive import HashedSource, Source
from cloison.dissemination.errors import (
    AlreadyReceivedError,
    DatedAheadError,
    ForgedPackageError,
    SenderNotTrustedError,
    SerialConflictError,
    UnknownSenderError,
)
from cloison.dissemination.label_checks import Correspondent, LabelChecks
from cloison.dissemination.manifest import NOTE_FILES, Manifest, check_files, manifest_digest, manifest_from_bytes
from cloison.dissemination.sealing import position_name
from cloison.dissemination.sequence import Gaps, contradicts, gaps_after
from cloison.labels.binding import read_binding
from cloison.labels.errors import LabelsError
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.rollup import covers, roll_up
from cloison.notes.attaching import attached_files
from cloison.notes.errors import NoteFormatError
from cloison.notes.release import Reader, Rendition
from cloison.notes.rendition import rendition_from_bytes
from cloison.vault.blob_files import MOST_SMALL, IncomingFile
from cloison.vault.exchange import Incoming
from cloison_crypto.errors import SignatureError
from cloison_crypto.identity import Identity
from cloison_crypto.public_identity import PublicIdentity
from cloison_crypto.signing import PACKAGE, signer_of

MOST_AT_HAND = 16 * MOST_SMALL
"""Bytes of small attachments that are held in memory; beyond, they go to the disk under keys of their own, too."""


class History(Protocol):
    """What was received before."""

    def is_received(self, package_uid: str) -> bool:
        """Whether a package of that uid was accepted."""
        ...

    def arrived(self, *, sender: str, life: str) -> tuple[Incoming, ...]:
        """The accepted packages of a sender, in one life of their vault, by serial."""
        ...

    def knows_other_life(self, *, sender: str, life: str) -> bool:
        """Whether packages of the sender were accepted that are of another life of their vault."""
        ...


class Milestone(Enum):
    """How far the checks of a package have come, for somebody who watches; each says that those before hold too."""

    OPENED = 1
    SENDER_KNOWN = 2
    IS_NEW = 3
    ADMITTED = 4


def watched_by_nobody(milestone: Milestone) -> None:
    """Nobody waits for a milestone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Everything the checks need to know; ``passed`` is told of each milestone.

    ``identities`` are all of mine, the one in use first; older ones open what was sealed to them. ``policy_for`` finds
    the policy a label was made under, or None. ``is_superseded`` says whether a later version of it is in force here:
    the package is then refused, since an old policy is what somebody whom the new one denies would use. ``new_file``
    gives room for an attachment.
    """

    identities: tuple[Identity, ...]
    reader: Reader
    correspondents: Mapping[bytes, Correspondent]
    history: History
    policy_for: Callable[[Label], Policy | None]
    is_superseded: Callable[[Label], bool]
    new_file: Callable[[], IncomingFile]
    now: datetime
    passed: Callable[[Milestone], None] = watched_by_nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A package that passed every check; ``file_sha256`` is the digest of the sealed file, in hex.

    ``warnings`` are what is to be told of its sender all the same. ``attachments`` are the bytes of those of the
    rendition, in their order: they are kept, or ``discard`` forgets them.
    """

    manifest: Manifest
    digest: str
    sender: Correspondent
    rendition: Rendition
    pdf: bytes
    gaps: Gaps
    file_sha256: str
    warnings: tuple[TrustWarning, ...] = ()
    attachments: tuple[IncomingFile, ...] = ()

    def discard(self) -> None:
        """Nobody wants to keep it: nothing of its attachments stays."""
        for one in self.attachments:
            one.discard()


class PackageChecks:
    """The checks of one package. Each ``take_…`` raises the error of the first check that fails, and is then done."""

    def __init__(self, receiver: Receiver, *, opened_by: PublicIdentity, suite: int) -> None:
        """Begin with a sealed file of ``suite`` that the identity ``opened_by`` has opened."""
        self._receiver = receiver
        self._opened_by = opened_by
        self._suite = suite
        self._labels = LabelChecks(
            reader=receiver.reader,
            policy_for=receiver.policy_for,
            is_superseded=receiver.is_superseded,
            now=receiver.now,
        )
        self._signature = b""
        self._policy: Policy
        self._digest = ""
        self.sender: Correspondent
        self.manifest: Manifest
        self.key_id = b""
        """The fingerprint the signature claims, once there is one."""
        self.files: list[bytes] = []
        self._rendition: Rendition
        self._attachments: list[IncomingFile] = []
        receiver.passed(Milestone.OPENED)

    def take_signature(self, signature: bytes) -> None:
        """Checks 2."""
        try:
            self.key_id = signer_of(signature)
        except SignatureError as error:
            raise ForgedPackageError from error
        sender = self._receiver.correspondents.get(self.key_id)
        if sender is None:
            raise UnknownSenderError(self.key_id)
        self.sender, self._signature = sender, signature
        self._receiver.passed(Milestone.SENDER_KNOWN)

    def take_manifest(self, unverified_manifest: bytes) -> None:
        """Checks 3 to 8."""
        try:
            self.sender.identity.verify(PACKAGE, unverified_manifest, self._signature)
        except SignatureError as error:
            raise ForgedPackageError from error
        self.manifest = manifest_from_bytes(unverified_manifest)
        self._digest = manifest_digest(unverified_manifest)
        self._check_parties()
        if self.sender.standing.state in BY_STATE:
            raise SenderNotTrustedError(self.sender.name, BY_STATE[self.sender.standing.state])
        check_history(self._receiver.history, self.manifest, self._digest, sender=self.sender.name)
        if is_dated_ahead(self.manifest.at, now=self._receiver.now):
            raise DatedAheadError(self.manifest.at)
        self._receiver.passed(Milestone.IS_NEW)
        self._policy = self._labels.check(self.manifest.label, self.sender, suite=self._suite)
        check_files(self.manifest)
        self._receiver.passed(Milestone.ADMITTED)

    def take_file(self, content: bytes) -> None:
        """Check 9 of one of the files of a note; after the last of them, that they agree."""
        entry = self.manifest.files[len(self.files)]
        if hashlib.sha256(content).hexdigest() != entry.sha256:
            raise ForgedPackageError
        self.files.append(content)
        if len(self.files) == len(NOTE_FILES):
            self._rendition = _agreed_rendition(self.files, self.manifest)
            self._check_portions(self._rendition)

    def take_attachment(self, source: Source) -> None:
        """Check 9 of the next attachment, all of ``source``; raises ``DiskError`` where there is no room for it."""
        entry = self.manifest.files[len(NOTE_FILES) + len(self._attachments)]
        at_hand = sum(one.size for one in self._attachments if one.small is not None)
        incoming = self._receiver.new_file()
        self._attachments.append(incoming)
        hashed = HashedSource(source)
        incoming.fill(hashed, most_small=MOST_SMALL if at_hand + entry.size <= MOST_AT_HAND else 0)
        if hashed.sha256 != entry.sha256:
            raise ForgedPackageError

    def discard(self) -> None:
        """A check has failed: nothing that was taken stays."""
        for one in self._attachments:
            one.discard()

    def finish(self, *, file_sha256: str) -> Opened:
        """What was opened."""
        rendition, manifest, history = self._rendition, self.manifest, self._receiver.history
        before = history.arrived(sender=manifest.sender, life=manifest.life)
        return Opened(
            manifest=manifest,
            digest=self._digest,
            sender=self.sender,
            rendition=rendition,
            pdf=self.files[0],
            gaps=gaps_after(
                before,
                place_of(manifest, self._digest),
                is_new_life=not before and history.knows_other_life(sender=manifest.sender, life=manifest.life),
            ),
            file_sha256=file_sha256,
            warnings=self._warnings(rendition),
            attachments=tuple(self._attachments),
        )

    def _check_parties(self) -> None:
        stated = (self.manifest.sender, self.manifest.recipient, self.manifest.suite)
        if stated != (self.key_id.hex(), self._opened_by.fingerprint.hex(), self._suite):
            raise ForgedPackageError

    def _check_portions(self, rendition: Rendition) -> None:
        whole, *parts = _labels(rendition)
        for label in (whole, *parts):
            self._labels.check_part(label, self.sender, suite=self._suite, whole=self._policy)
        # At the moment the sender made it: what has fallen by itself since then is no fault of theirs.
        together = roll_up(self._policy, parts, created=whole.created).label if parts else whole
        if not covers(self._policy, whole, together):
            raise ForgedPackageError

    def _warnings(self, rendition: Rendition) -> tuple[TrustWarning, ...]:
        asked = [self._labels.handling_of_part(label, whole=self._policy) for label in _labels(rendition)]
        return warnings(self.sender.standing, asked)


def check_history(history: History, manifest: Manifest, digest: str, *, sender: str) -> None:
    """Whether the package is new, and of the sequence of its sender, whose name is ``sender``.

    Raises ``AlreadyReceivedError``, ``SerialConflictError``.
    """
    if history.is_received(manifest.uid):
        raise AlreadyReceivedError
    if contradicts(history.arrived(sender=manifest.sender, life=manifest.life), place_of(manifest, digest)):
        raise SerialConflictError(sender)


def place_of(manifest: Manifest, digest: str) -> Incoming:
    """Where the package stands in the sequence of its sender; ``digest`` is its manifest's."""
    return Incoming(serial=manifest.serial, digest=digest, previous=manifest.previous)


def _labels(rendition: Rendition) -> tuple[Label, ...]:
    """The mark of each part, under the version of the policy it was made with, and before them that of the whole."""
    return (rendition.label, *(part.label for part in rendition.parts if part.label is not None))


def _agreed_rendition(files: list[bytes], manifest: Manifest) -> Rendition:
    """The note, once the bound label and its own fields agree with the manifest."""
    try:
        rendition = rendition_from_bytes(files[1])
        binding = read_binding(files[2])
    except (NoteFormatError, LabelsError) as error:
        raise ForgedPackageError from error
    bound = {file.name: file.sha256 for file in binding.files}
    wanted = {
        position_name(number, entry.media_type): entry.sha256
        for number, entry in enumerate(manifest.files, start=1)
        if number != len(NOTE_FILES)
    }
    attached = [(file.name, file.size) for _, file in attached_files(rendition)]
    if attached != [(entry.name, entry.size) for entry in manifest.files[len(NOTE_FILES) :]]:
        raise ForgedPackageError
    stated = (rendition.uid, rendition.reference, rendition.label, binding.label_xml)
    if bound != wanted or stated != (
        manifest.note_uid,
        manifest.reference,
        manifest.label,
        manifest.label.to_xml(),
    ):
        raise ForgedPackageError
    return rendition
