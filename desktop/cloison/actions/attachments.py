"""Attachments: a file put to a note, taken from it, read, saved out where the settings let it.

Putting one in has three steps, so that a window can run each where it belongs: ``begin`` in the vault, ``fill`` of what
that gives anywhere, for it may be long, ``keep_filled`` in the vault; and ``end``, whatever happened. ``attach_file``
does all of it. Each is one more revision of the note.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cloison.actions.files import PartFile, write_part_with
from cloison.actions.registers import draw_number, enter, sign_head
from cloison.actions.session import Session
from cloison.actions.write_note import Saved, mark_portions, revision_facts, save_note, settled_note
from cloison.dissemination.sealing import Attached
from cloison.labels.label import Label
from cloison.notes.attaching import attach, attached_file, attached_files, attachment_number, detach
from cloison.notes.attachment import MOST_BYTES, Attachment, attachment_of, safe_name
from cloison.notes.errors import AttachmentProblem, AttachmentRefusedError, SavingNotAllowedError, UnmarkedPortionsError
from cloison.notes.portion import attachment_portion
from cloison.notes.release import Rendition
from cloison.registers.facts import Export, ExportEvent, Kind
from cloison.vault.blob_files import IncomingFile, KeptFile, Step, watched_by_nobody
from cloison.vault.compartment import Compartment
from cloison.vault.files import NamedSource, disk_errors


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedOut:
    """An attachment that lies outside the vault now; ``number`` is the register's, ``sha256`` the file's in hex."""

    path: Path
    sha256: str
    number: str
    label: Label


def begin(compartment: Compartment) -> IncomingFile:
    """A file that is about to come in."""
    return compartment.attachments.begin()


def fill(incoming: IncomingFile, path: Path, *, step: Step = watched_by_nobody) -> None:
    """Read the file at ``path`` into it, from any thread.

    Raises ``DiskError``, ``AttachmentRefusedError`` where it is no file, has no end or is too large, and whatever
    ``step`` raises.
    """

    def within_bounds(count: int) -> None:
        if count > MOST_BYTES:
            raise AttachmentRefusedError(AttachmentProblem.TOO_LARGE)
        step(count)

    with disk_errors(path.name):
        found = path.stat()
        if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
            # A pipe would be waited for, and a device has no end. A folder cannot be opened, and is told as that.
            raise AttachmentRefusedError(AttachmentProblem.NOT_A_FILE)
        within_bounds(found.st_size)
        opened = path.open("rb", buffering=0)
    with opened:
        incoming.fill(NamedSource(opened, path.name), within_bounds)


def end(compartment: Compartment, incoming: IncomingFile) -> None:
    """What was kept is kept; of anything else nothing stays."""
    compartment.attachments.end(incoming)


def attach_file(
    session: Session,
    uid: str,
    path: Path,
    *,
    label: Label | None,
    name: str | None = None,
    step: Step = watched_by_nobody,
) -> Saved:
    """The note with the file at ``path`` as its last attachment, as a new revision.

    Raises ``UnknownIdError``, ``AttachmentRefusedError``, ``CeilingError`` and ``DiskError``; then nothing stays.
    """
    compartment, _ = session.find_note(uid)
    with _incoming(compartment) as incoming:
        fill(incoming, path, step=step)
        return keep_filled(session, compartment, uid, incoming, name=name or path.name, label=label)


def keep_filled(
    session: Session,
    compartment: Compartment,
    uid: str,
    incoming: IncomingFile,
    *,
    name: str,
    label: Label | None,
) -> Saved:
    """The note with what was filled in as its last attachment, as a new revision; raises as ``attach_file`` does."""
    _, stored = settled_note(session, uid)
    attachment = attachment_of(name=safe_name(name), size=incoming.size, content=incoming.content)
    portion = attachment_portion(attachment, randomness=session.randomness, label=label)
    made, changes = attach(stored.note, portion)
    facts = revision_facts(session, compartment, made, changes=changes)
    compartment.attachments.take_in(incoming)
    with compartment.transaction():
        compartment.attachments.keep(uid, incoming)
        return Saved(note=made, revision=compartment.notes.save(made, facts))


def detach_file(session: Session, uid: str, number: int) -> Saved:
    """The note without its attachment ``number``, from 1, as a new revision; earlier ones keep it.

    Raises ``UnknownIdError``, ``UnknownAttachmentError``.
    """
    compartment, stored = settled_note(session, uid)
    return save_note(session, compartment, detach(stored.note, number), changes=())


def mark_attachment(session: Session, uid: str, number: int, label: Label, *, reason: str | None) -> Saved:
    """The note with ``label`` on its attachment ``number``, as a new revision; raises as ``mark_portions`` does."""
    _, stored = settled_note(session, uid)
    return mark_portions(session, uid, [attachment_number(stored.note, number)], label, reason=reason)


def kept_file(compartment: Compartment, uid: str, attachment: Attachment) -> KeptFile:
    """The bytes of an attachment of that note, to be read from any thread; raises ``DamagedError``."""
    return compartment.attachments.get(uid, attachment.content)


def save_attachment(
    session: Session, uid: str, number: int, path: Path, *, revision: int | None = None, step: Step = watched_by_nobody
) -> SavedOut:
    """Write the attachment ``number``, from 1, of a note to a new file and enter it in the register.

    Raises ``SavingNotAllowedError``, ``UnknownIdError``, ``UnknownAttachmentError``, ``UnmarkedPortionsError``,
    ``ClockSetBackError``, ``DamagedError`` and ``DiskError``; then there is no file.
    """
    if not session.settings.may_save_attachments:
        raise SavingNotAllowedError
    compartment, stored = session.find_note(uid)
    note = stored.note if revision is None else compartment.notes.revision(uid, revision).note
    portion, attachment = attached_file(note, number)
    if portion.label is None:
        raise UnmarkedPortionsError((attachment_number(note, number),))
    kept = kept_file(compartment, uid, attachment)
    register_number = draw_number(session, Kind.EXPORT)
    written = write_part_with(path, lambda target: kept.write_to(target, step))
    facts = Export(
        event=ExportEvent.ATTACHMENT_SAVED,
        note_uid=uid,
        reference=note.reference,
        label=portion.label.to_xml().decode(),
        part=number,
        file_sha256=written.sha256,
    )
    enter_and_publish(session, compartment, facts, written, number=register_number)
    return SavedOut(path=path, sha256=written.sha256, number=register_number, label=portion.label)


def enter_and_publish(
    session: Session, compartment: Compartment, facts: Export, written: PartFile, *, number: str
) -> None:
    """The register first: a file that bears its name is always on it."""
    try:
        with compartment.transaction():
            enter(session, compartment, facts, number=number)
            sign_head(session, compartment)
        written.publish()
    except BaseException:
        written.discard()
        raise


def sent_files(compartment: Compartment, uid: str, renditions: Iterable[Rendition]) -> dict[Attachment, Attached]:
    """What goes out of the attachments of the note ``uid`` to anybody, each read for all of them.

    By the file, and not by the uid of the part: whoever made the note may have given two parts one uid.
    """
    sent = {file for rendition in renditions for _, file in attached_files(rendition)}
    return {file: Attached(file, kept_file(compartment, uid, file)) for file in sent}


@contextmanager
def _incoming(compartment: Compartment) -> Iterator[IncomingFile]:
    incoming = begin(compartment)
    try:
        yield incoming
    finally:
        end(compartment, incoming)
