"""A file attached to a note: its name, its size, and under which random id its bytes lie in the vault.

What lies under an id is never changed, so that a note of then shows what was attached then. The id is no digest: that
would take longer to work out than sealing the file does, and the vault, the package and the register each have their
own way to tell that bytes were changed.

A name is data and never a path, whoever gave it: what could lead out of a folder, hide, turn the reading round or stand
for a device on some system is taken out of it when a file is attached, and a name that still has any of that is refused
where it is read. So there is one spelling, and whoever saves the file out is offered a name that is safe everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from cloison.notes.errors import AttachmentProblem, AttachmentRefusedError
from cloison_crypto.fields import Fields, Json

FIRST_NUMBER: Final = 1_000_001
"""What the first attachment is called where paragraphs go by number: far above any paragraph."""

MOST_ATTACHMENTS: Final = 200
MOST_NAME: Final = 200  # characters
MOST_BYTES: Final = 8 * 1024**3 - 1
"""What the header of an entry in a package has room for: whatever is attached can be sent (POSIX ustar)."""
CONTENT_LENGTH: Final = 32
# What Windows takes in no name, or obeys; controls; what is not seen, or turns the reading round; lone surrogates.
_REFUSED: Final = re.compile(
    '[\x00-\x1f\x7f-\x9f/\\\\:*?"<>|\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffc\U000e0000-\U000e007f'
    "\ud800-\udfff]"
)
_DEVICE: Final = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?![^. ])", re.IGNORECASE)
_STANDS_FOR: Final = "_"
_LONGEST_EXTENSION: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file; ``size`` in bytes, ``content`` is the id of its bytes, in hex. Made by ``attachment_of``."""

    name: str
    size: int
    content: str

    def to_json(self) -> Json:
        """The stored form."""
        return {"name": self.name, "size": self.size, "content": self.content}


def attachment_of(*, name: str, size: int, content: str) -> Attachment:
    """The checked door for attachments; raises ``AttachmentRefusedError``."""
    if name != safe_name(name):
        raise AttachmentRefusedError(AttachmentProblem.UNSAFE_NAME)
    if not 0 <= size <= MOST_BYTES:
        raise AttachmentRefusedError(AttachmentProblem.TOO_LARGE)
    return Attachment(name=name, size=size, content=content)


def attachment_from_json(fields: Fields) -> Attachment:
    """The checked door for stored attachments; raises ``CanonicalError`` or ``AttachmentRefusedError``."""
    attachment = attachment_of(
        name=fields.text("name", limit=MOST_NAME),
        size=fields.integer("size", low=0, high=MOST_BYTES),
        content=fields.hex("content", CONTENT_LENGTH),
    )
    fields.finish()
    return attachment


def safe_name(found: str) -> str:
    """``found`` as a name that every system takes and none obeys; safe names stay as they are."""
    name = _REFUSED.sub(_STANDS_FOR, unicodedata.normalize("NFC", found)).strip(" ")
    name = _cut(name).rstrip(". ")
    if not name or name.startswith(".") or _DEVICE.match(name):
        name = _cut(_STANDS_FOR + name).rstrip(". ")
    return name


def _cut(name: str) -> str:
    """At most ``MOST_NAME`` characters, the extension kept."""
    if len(name) <= MOST_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > _LONGEST_EXTENSION:
        return name[:MOST_NAME]
    return stem[: MOST_NAME - len(extension) - 1].rstrip(". ") + dot + extension
