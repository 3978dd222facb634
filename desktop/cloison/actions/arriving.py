"""Attachments that came in a package, on their way into a compartment.

Their bytes get an id that follows from their digest: a file that comes again is the same one, for what its originator
consented to, and is kept once. The sender's own id of it is never looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from cloison.dissemination.manifest import NOTE_FILES, Manifest
from cloison.notes.attachment import CONTENT_LENGTH, Attachment
from cloison.notes.portion import Portion
from cloison.vault.blob_files import IncomingFile
from cloison.vault.compartment import Compartment

_RECEIVED: Final = b"cloison/received-attachment/v1"


def held_as(attachments: Sequence[Portion], manifest: Manifest) -> tuple[Portion, ...]:
    """The attachments of a received note as they are kept here."""
    entries = manifest.files[len(NOTE_FILES) :]
    return tuple(_held_as(one, entry.sha256) for one, entry in zip(attachments, entries, strict=True))


def content_of(attached: Portion) -> str:
    """Under which id the bytes of an attachment lie."""
    if not isinstance(attached.content, Attachment):
        raise TypeError("not an attachment")
    return attached.content.content


@contextmanager
def arriving(compartment: Compartment, files: Sequence[IncomingFile]) -> Iterator[None]:
    """Take the files in for the act inside; where that fails they are as before, and can go elsewhere."""
    store = compartment.attachments
    try:
        for one in files:
            store.take_in(one)
        yield
    except BaseException:
        for one in files:
            store.give_back(one)
        raise
    for one in files:
        store.end(one)


def _held_as(attached: Portion, sha256: str) -> Portion:
    if not isinstance(attached.content, Attachment):
        raise TypeError("not an attachment")
    id = hashlib.sha256(_RECEIVED + b"\0" + bytes.fromhex(sha256)).hexdigest()[:CONTENT_LENGTH]
    return replace(attached, content=replace(attached.content, content=id))
