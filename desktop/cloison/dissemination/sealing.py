"""Writing a package (``.pli``): one rendition, to one recipient, signed by the sender.

A sealed file of the manifest's suite (in suite 1 an age v1 file with exactly one ``mlkem768x25519`` stanza, unarmoured)
around a ustar stream of ``signature``, under the same suite, ``manifest.json`` and ``files/0001.pdf`` (the marked PDF),
``files/0002.json`` (the note for import), ``files/0003.xml`` (the label bound to them, STANAG 4778). Names are
positions; real names live in the manifest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cloison.dissemination.archive import ArchiveWriter
from cloison.dissemination.errors import PackageTooLargeError, TooLargeToSealError
from cloison.dissemination.manifest import NOTE_FILES, FileEntry, Manifest, check_sizes
from cloison.labels.binding import BoundFile, bind
from cloison.labels.label import Label
from cloison.notes.rendition import MOST_RECEIVED, has_room
from cloison_crypto.identity import Identity, PublicIdentity
from cloison_crypto.secrets import Randomness
from cloison_crypto.signing import PACKAGE
from cloison_crypto.suites import suite

EXTENSION = ".pli"
_PDF, _NOTE, _LABEL = NOTE_FILES
_EXTENSIONS = {"application/pdf": "pdf", "application/json": "json", "application/xml": "xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One file that goes into a package."""

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


def contents(*, pdf: bytes, note: bytes, label: Label) -> tuple[Content, ...]:
    """The three files every package holds: the PDF, the note, and the label bound to both."""
    files = (
        Content(name=_PDF[0], media_type=_PDF[1], content=pdf),
        Content(name=_NOTE[0], media_type=_NOTE[1], content=note),
    )
    bound = tuple(
        BoundFile(name=position_name(number, file.media_type), media_type=file.media_type, sha256=file.entry().sha256)
        for number, file in enumerate(files, start=1)
    )
    binding = Content(name=_LABEL[0], media_type=_LABEL[1], content=bind(label.to_xml(), bound))
    return (*files, binding)


def position_name(number: int, media_type: str) -> str:
    """The name of the file at position ``number`` (from 1) in the archive."""
    return f"files/{number:04d}.{_EXTENSIONS.get(media_type, 'bin')}"


def write_package(
    target: BinaryIO,
    manifest: Manifest,
    files: Sequence[Content],
    *,
    sender: Identity,
    recipient: PublicIdentity,
    randomness: Randomness,
) -> None:
    """Seal ``files`` under ``manifest`` and in its suite, signed by ``sender``, so that only ``recipient`` opens them.

    Before anything is written, raises ``TooLargeToSealError``, and ``SuiteMissingError`` where the recipient lacks the
    suite.
    """
    _check_sizes(files)
    body = manifest.to_bytes()
    sealed = suite(manifest.suite).seal(target, recipient, randomness=randomness)
    archive = ArchiveWriter(sealed)
    archive.add("signature", sender.sign(PACKAGE, body, manifest.suite))
    archive.add("manifest.json", body)
    for number, file in enumerate(files, start=1):
        archive.add(position_name(number, file.media_type), file.content)
    archive.finish()
    sealed.close()


def _check_sizes(files: Sequence[Content]) -> None:
    """Nothing is sealed that nobody could open."""
    try:
        check_sizes([len(file.content) for file in files])
    except PackageTooLargeError as error:
        raise TooLargeToSealError(error.limit) from error
    if not has_room(files[1].content):
        raise TooLargeToSealError(MOST_RECEIVED)
