"""Writing a package (``.pli``): one rendition, to one recipient, signed by the sender.

A sealed file of the manifest's suite (in suite 1 an age v1 file with exactly one ``mlkem768x25519`` stanza, unarmoured)
around a ustar stream of ``signature``, under the same suite, ``manifest.json`` and ``files/0001.pdf`` (the marked PDF),
``files/0002.json`` (the note for import), ``files/0003.xml`` (the label bound to all the others, STANAG 4778), then
attachments from ``files/0004.bin``, as the note lists them. Names are positions; real names live in the manifest.

An attachment may be long: it is read from where it lies once for its digest and once more to be sealed, and never whole
in memory.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from cloison.dissemination.archive import ArchiveWriter, Sink
from cloison.dissemination.errors import PackageTooLargeError, TooLargeToSealError
from cloison.dissemination.manifest import ATTACHED_TYPE, NOTE_FILES, FileEntry, Manifest, check_sizes
from cloison.labels.binding import BoundFile, bind
from cloison.labels.label import Label
from cloison.notes.attachment import Attachment
from cloison.notes.rendition import MOST_RECEIVED, has_room
from cloison.vault.blob_files import KeptFile
from cloison_crypto.identity import Identity, PublicIdentity
from cloison_crypto.secrets import Buffer, Randomness
from cloison_crypto.signing import PACKAGE
from cloison_crypto.sources import ByteTarget
from cloison_crypto.suites import suite

EXTENSION = ".pli"
_PDF, _NOTE, _LABEL = NOTE_FILES
_EXTENSIONS = {"application/pdf": "pdf", "application/json": "json", "application/xml": "xml"}


class PackageFile(Protocol):
    """One file that goes into a package."""

    @property
    def media_type(self) -> str:
        """What the manifest says it is."""
        ...

    @property
    def size(self) -> int:
        """Its bytes."""
        ...

    def entry(self) -> FileEntry:
        """How the manifest lists it."""
        ...

    def write_to(self, sink: Sink, /) -> None:
        """Give all of it to ``sink``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A file that is held in memory."""

    name: str
    media_type: str
    content: bytes

    def entry(self) -> FileEntry:
        """How the manifest lists it."""
        return FileEntry(
            name=self.name,
            media_type=self.media_type,
            size=len(self.content),
            sha256=hashlib.sha256(self.content).hexdigest(),
        )

    @property
    def size(self) -> int:
        """Its bytes."""
        return len(self.content)

    def write_to(self, sink: Sink, /) -> None:
        """Give all of it to ``sink``."""
        sink.write(self.content)


class Attached:
    """An attachment on its way out, to any number of readers."""

    media_type = ATTACHED_TYPE

    def __init__(self, attachment: Attachment, kept: KeptFile) -> None:
        self._attachment = attachment
        self._kept = kept
        self._sha256: str | None = None

    @property
    def size(self) -> int:
        """Its bytes."""
        return self._attachment.size

    def entry(self) -> FileEntry:
        """How the manifest lists it; the first time it is read for that. Raises ``DamagedError``, ``DiskError``."""
        if self._sha256 is None:
            digest = _Digest()
            self._kept.write_to(digest)
            self._sha256 = digest.sha256
        return FileEntry(name=self._attachment.name, media_type=self.media_type, size=self.size, sha256=self._sha256)

    def write_to(self, sink: Sink, /) -> None:
        """Give all of it to ``sink``; raises ``DamagedError``, ``DiskError``."""
        self._kept.write_to(sink)


def contents(*, pdf: bytes, note: bytes, label: Label, attached: Sequence[PackageFile] = ()) -> tuple[Content, ...]:
    """The three files every package holds: the PDF, the note, and the label bound to both and to what is attached."""
    files = (
        Content(name=_PDF[0], media_type=_PDF[1], content=pdf),
        Content(name=_NOTE[0], media_type=_NOTE[1], content=note),
    )
    bound = tuple(
        BoundFile(name=position_name(number, file.media_type), media_type=file.media_type, sha256=file.entry().sha256)
        for number, file in _positions(files, attached)
    )
    binding = Content(name=_LABEL[0], media_type=_LABEL[1], content=bind(label.to_xml(), bound))
    return (*files, binding)


def _positions(files: Sequence[PackageFile], attached: Sequence[PackageFile]) -> list[tuple[int, PackageFile]]:
    """All but the label, which has the third place."""
    return [*enumerate(files, start=1), *enumerate(attached, start=len(NOTE_FILES) + 1)]


def position_name(number: int, media_type: str) -> str:
    """The name of the file at position ``number`` (from 1) in the archive."""
    return f"files/{number:04d}.{_EXTENSIONS.get(media_type, 'bin')}"


def write_package(
    target: ByteTarget,
    manifest: Manifest,
    files: Sequence[Content],
    attached: Sequence[PackageFile] = (),
    *,
    sender: Identity,
    recipient: PublicIdentity,
    randomness: Randomness,
) -> None:
    """Seal ``files`` and what is ``attached`` under ``manifest`` and in its suite, signed, so that only one opens them.

    Before anything is written, raises ``TooLargeToSealError``, and ``SuiteMissingError`` where the recipient lacks the
    suite; later ``DamagedError`` and ``DiskError`` for an attachment.
    """
    _check_sizes(files)
    body = manifest.to_bytes()
    sealed = suite(manifest.suite).seal(target, recipient, randomness=randomness)
    archive = ArchiveWriter(sealed)
    archive.add("signature", sender.sign(PACKAGE, body, manifest.suite))
    archive.add("manifest.json", body)
    for number, file in enumerate((*files, *attached), start=1):
        archive.add_from(position_name(number, file.media_type), file.size, file.write_to)
    archive.finish()
    sealed.close()


class _Digest:
    """Takes everything and keeps its digest."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def write(self, content: Buffer, /) -> None:
        self._digest.update(content)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def _check_sizes(files: Sequence[Content]) -> None:
    """Nothing is sealed that nobody could open."""
    try:
        check_sizes([len(file.content) for file in files])
    except PackageTooLargeError as error:
        raise TooLargeToSealError(error.limit) from error
    if not has_room(files[1].content):
        raise TooLargeToSealError(MOST_RECEIVED)
