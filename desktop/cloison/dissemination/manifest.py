"""The manifest of a package (``cloison/package/v1``): what is sealed, from whom, to whom, under which label.

RFC 8785 canonical JSON, integers only, at most 1 MiB. It is signed as a whole and verified before it is parsed. It says
nothing of the whole note: no digest, revision, count or number of it, only what this reader's own rendition holds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cloison.dissemination.errors import (
    ForgedPackageError,
    NewerPackageError,
    PackageTooLargeError,
)
from cloison.labels.errors import LabelsError
from cloison.labels.label import Label, label_from_xml
from cloison.notes.attachment import MOST_ATTACHMENTS
from cloison.notes.rendition import MOST_RECEIVED
from cloison_crypto import canonical
from cloison_crypto.errors import CanonicalError
from cloison_crypto.fields import Fields, Json, time_text

FORMAT = "cloison/package/v1"
MOST_BYTES = 1024 * 1024
MOST_FILES = 1000
MOST_FILE_BYTES = 2**40
MOST_CONTENT = 40 * 1024 * 1024
MOST_LABEL_FILE = 1024 * 1024
_ANY_FORMAT = re.compile(r"cloison/package/v[1-9][0-9]{0,3}")
NOTE_FILES = (
    ("note.pdf", "application/pdf"),
    ("note.json", "application/json"),
    ("label.xml", "application/xml"),
)
ATTACHED_TYPE = "application/octet-stream"
"""Of every attachment: what kind of file it is is for whoever looks into it to find out."""
_UID = 32
_DIGEST = 64
_NAME = 400
_LABEL = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """One file: its real ``name`` is data and never a path; ``size`` in bytes; ``sha256`` in hex."""

    name: str
    media_type: str
    size: int
    sha256: str

    def to_json(self) -> Json:
        """The stored form."""
        return {"name": self.name, "media_type": self.media_type, "size": self.size, "sha256": self.sha256}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a package says of itself.

    ``sender`` and ``recipient`` are fingerprints in hex (the latter against surreptitious forwarding). ``serial``
    counts in (sender, recipient, ``life`` of the sender's vault); ``previous`` is the SHA-256 of the manifest before
    it, so that gaps show. ``revision`` counts this reader's own renditions of the note. ``copy_id`` is opaque.
    """

    suite: int
    sender: str
    recipient: str
    uid: str
    life: str
    serial: int
    previous: str | None
    at: datetime
    note_uid: str
    reference: str
    revision: int
    copy_id: str
    label: Label
    is_reply_expected: bool
    files: tuple[FileEntry, ...]

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical.write(
            {
                "format": FORMAT,
                "suite": self.suite,
                "sender": self.sender,
                "recipient": self.recipient,
                "uid": self.uid,
                "life": self.life,
                "serial": self.serial,
                "previous": self.previous,
                "at": time_text(self.at),
                "note_uid": self.note_uid,
                "reference": self.reference,
                "revision": self.revision,
                "copy_id": self.copy_id,
                "label": self.label.to_xml().decode(),
                "policy": {
                    "id": self.label.policy_id,
                    "version": self.label.policy_version,
                    "digest": self.label.policy_digest,
                },
                "reply_expected": self.is_reply_expected,
                "files": [entry.to_json() for entry in self.files],
            }
        )


def manifest_digest(data: bytes) -> str:
    """SHA-256 of a manifest, in hex: what the next one names."""
    return hashlib.sha256(data).hexdigest()


def manifest_from_bytes(data: bytes) -> Manifest:
    """The door for a manifest whose signature holds; raises ``ForgedPackageError``."""
    try:
        manifest = _from_fields(Fields(canonical.read(data, limit=MOST_BYTES)))
    except (CanonicalError, LabelsError) as error:
        raise ForgedPackageError from error
    # The label inside could still be spelt in many ways, and each would have a digest of its own.
    if manifest.to_bytes() != data:
        raise ForgedPackageError
    return manifest


def check_files(manifest: Manifest) -> None:
    """Whether the manifest lists what a package holds: the three files of a note, no larger than fit, and attachments.

    Raises ``ForgedPackageError`` for files that stand for nothing, ``PackageTooLargeError``.
    """
    note_files, attached = manifest.files[: len(NOTE_FILES)], manifest.files[len(NOTE_FILES) :]
    if tuple((entry.name, entry.media_type) for entry in note_files) != NOTE_FILES:
        raise ForgedPackageError
    if len(attached) > MOST_ATTACHMENTS or any(entry.media_type != ATTACHED_TYPE for entry in attached):
        raise ForgedPackageError
    check_sizes(entry.size for entry in note_files)


def check_sizes(sizes: Iterable[int]) -> None:
    """Whether the PDF, the note and its label, in bytes, fit into a package; raises ``PackageTooLargeError``."""
    pdf, note, label = sizes
    if note > MOST_RECEIVED:
        raise PackageTooLargeError(MOST_RECEIVED)
    if pdf + note + label > MOST_CONTENT or label > MOST_LABEL_FILE:
        raise PackageTooLargeError(MOST_CONTENT)


def _from_fields(fields: Fields) -> Manifest:
    _check_format(fields)
    label = label_from_xml(fields.text("label", limit=_LABEL).encode())
    _check_policy(fields.object("policy"), label)
    manifest = Manifest(
        suite=fields.integer("suite", low=1, high=255),
        sender=fields.hex("sender", _DIGEST),
        recipient=fields.hex("recipient", _DIGEST),
        uid=fields.hex("uid", _UID),
        life=fields.hex("life", _UID),
        serial=fields.integer("serial", low=1),
        previous=fields.hex("previous", _DIGEST) if fields.has("previous") else None,
        at=fields.time("at"),
        note_uid=fields.hex("note_uid", _UID),
        reference=fields.text("reference", limit=_NAME),
        revision=fields.integer("revision", low=1),
        copy_id=fields.hex("copy_id", _UID),
        label=label,
        is_reply_expected=fields.flag("reply_expected"),
        files=tuple(_file(one) for one in fields.items("files")),
    )
    fields.finish()
    if not len(NOTE_FILES) <= len(manifest.files) <= MOST_FILES:
        raise ForgedPackageError
    return manifest


def _check_format(fields: Fields) -> None:
    stated = fields.text("format")
    if stated != FORMAT:
        raise NewerPackageError if _ANY_FORMAT.fullmatch(stated) else ForgedPackageError


def _check_policy(fields: Fields, label: Label) -> None:
    stated = (fields.text("id"), fields.integer("version"), fields.hex("digest", _DIGEST))
    fields.finish()
    if stated != (label.policy_id, label.policy_version, label.policy_digest):
        raise ForgedPackageError


def _file(fields: Fields) -> FileEntry:
    entry = FileEntry(
        name=fields.text("name", limit=_NAME),
        media_type=fields.text("media_type", limit=100),
        size=fields.integer("size", low=0, high=MOST_FILE_BYTES),
        sha256=fields.hex("sha256", _DIGEST),
    )
    fields.finish()
    return entry
