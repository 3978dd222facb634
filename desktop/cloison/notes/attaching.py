"""Attachments put to a note and taken from it: each is a part of its own, and each act is a revision of the note.

What an earlier revision held stays with it until the note is destroyed; so nobody takes anything back unseen.
"""

from __future__ import annotations

from dataclasses import replace

from cloison.notes.attachment import FIRST_NUMBER, MOST_ATTACHMENTS, Attachment
from cloison.notes.errors import AttachmentProblem, AttachmentRefusedError, UnknownAttachmentError
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.notes.portion import Portion
from cloison.notes.release import Rendition


def attach(note: Note, attached: Portion) -> tuple[Note, tuple[LabelChange, ...]]:
    """The note with one attachment more, the last, and what that does to marks; raises ``AttachmentRefusedError``."""
    if len(note.attachments) >= MOST_ATTACHMENTS:
        raise AttachmentRefusedError(AttachmentProblem.TOO_MANY)
    made = replace(note, attachments=(*note.attachments, attached))
    if attached.label is None:
        return made, ()
    return made, (LabelChange(portion_uid=attached.uid, before=None, after=attached.label, reason=None),)


def detach(note: Note, number: int) -> Note:
    """The note without its attachment ``number``, from 1; raises ``UnknownAttachmentError``."""
    gone = attachment_number(note, number) - FIRST_NUMBER
    return replace(note, attachments=(*note.attachments[:gone], *note.attachments[gone + 1 :]))


def attachment_number(note: Note, number: int) -> int:
    """What the attachment ``number``, from 1, is called among all parts; raises ``UnknownAttachmentError``."""
    if not 1 <= number <= len(note.attachments):
        raise UnknownAttachmentError(number, last=len(note.attachments))
    return FIRST_NUMBER + number - 1


def attached_file(note: Note, number: int) -> tuple[Portion, Attachment]:
    """The attachment ``number``, from 1, as a part and as a file; raises ``UnknownAttachmentError``."""
    return attached_files(note)[attachment_number(note, number) - FIRST_NUMBER]


def attached_files(note: Note | Rendition) -> tuple[tuple[Portion, Attachment], ...]:
    """Every attachment as a part and as a file."""
    return tuple((one, one.content) for one in note.attachments if isinstance(one.content, Attachment))
