"""Writing and marking notes: a new one, an imported one, a saved revision, a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cloison.actions.drafts import owed_by_draft
from cloison.actions.session import Session
from cloison.actions.take_picture import PictureTaker
from cloison.labels.label import Label, label_from_xml
from cloison.notes.changes import floors_in
from cloison.notes.composing import new_note, note_from_paragraphs
from cloison.notes.found import Paragraph
from cloison.notes.importing import MOST_BYTES, read_paragraphs
from cloison.notes.marking import LabelChange, dominates, mark
from cloison.notes.note import Note, note_label
from cloison.vault.compartment import Compartment
from cloison.vault.errors import CeilingError
from cloison.vault.files import disk_errors
from cloison.vault.note_rows import RevisionFacts, StoredNote

SERIES = "N"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A note as it was just saved, and the number of that revision."""

    note: Note
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedNote:
    """A note made of a file, as it was saved; so many pictures of the file could not become images of it."""

    note: Note
    pictures_left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What a file holds that is to become a note."""

    paragraphs: tuple[Paragraph, ...]
    pictures_left_out: int


def start_note(session: Session) -> Note:
    """An empty note with a reference of its own; nothing is saved yet."""
    now = session.now()
    number = session.vault.series.draw(SERIES, now.year)
    return new_note(
        reference=f"{now.year}-{number:05d}",
        language=session.settings.language,
        author=session.vault.member.alias,
        now=now,
        randomness=session.randomness,
    )


def import_note(
    session: Session,
    compartment: Compartment,
    content: bytes,
    *,
    extension: str,
    title: str | None,
    default: Label | None,
) -> ImportedNote:
    """A file as a new note; raises ``ImportRefusedError`` before anything is drawn or saved."""
    return keep_import(session, compartment, _read(content, extension), title=title, default=default)


def read_import(path: Path) -> ReadFile:
    """What a file holds; touches no vault, so it is done aside. Raises ``ImportRefusedError``, ``DiskError``."""
    with disk_errors(path.name), path.open("rb") as source:
        content = source.read(MOST_BYTES + 1)
    return _read(content, path.suffix)


def keep_import(
    session: Session, compartment: Compartment, read: ReadFile, *, title: str | None, default: Label | None
) -> ImportedNote:
    """What was read as a new note; raises ``CeilingError``, and ``MarkError`` for an unreadable mark."""
    note = note_from_paragraphs(
        session.policy,
        start_note(session),
        read.paragraphs,
        title=title,
        default=default,
        randomness=session.randomness,
    )
    saved = save_note(session, compartment, note, changes=())
    return ImportedNote(note=saved.note, pictures_left_out=read.pictures_left_out)


def _read(content: bytes, extension: str) -> ReadFile:
    pictures = PictureTaker()
    paragraphs = read_paragraphs(content, extension=extension, take_picture=pictures.take)
    return ReadFile(paragraphs=paragraphs, pictures_left_out=pictures.left_out)


def save_note(session: Session, compartment: Compartment, note: Note, *, changes: Sequence[LabelChange]) -> Saved:
    """A new revision of ``note``; its draft is dropped. Raises ``CeilingError``."""
    facts = revision_facts(session, compartment, note, changes=changes)
    return Saved(note=note, revision=compartment.notes.save(note, facts))


def revision_facts(
    session: Session, compartment: Compartment, note: Note, *, changes: Sequence[LabelChange]
) -> RevisionFacts:
    """What a revision of ``note`` saved now records beside it; raises ``CeilingError`` for a note above the ceiling."""
    rolled = note_label(session.policy, note, now=session.now())
    if rolled is not None:
        _check_ceiling(session, compartment, rolled.label)
    return RevisionFacts(
        author=session.vault.member.alias,
        saved_at=session.now(),
        label_xml=None if rolled is None else rolled.label.to_xml(),
        changes=tuple(changes),
    )


def settled_note(session: Session, uid: str) -> tuple[Compartment, StoredNote]:
    """The note of that uid and where it lies, what is being written of it kept as a revision first.

    So an act on the note loses none of it. Raises ``UnknownIdError``, ``CeilingError``.
    """
    compartment, stored = session.find_note(uid)
    draft = compartment.drafts.get(uid)
    if draft is None:
        return compartment, stored
    save_note(session, compartment, draft, changes=owed_by_draft(compartment, stored.note, draft))
    return compartment, compartment.notes.get(uid)


def mark_portions(session: Session, uid: str, numbers: Sequence[int], label: Label, *, reason: str | None) -> Saved:
    """The note with ``label`` on those portions, as a new revision; raises ``NotesError`` or ``UnknownIdError``."""
    compartment, stored = settled_note(session, uid)
    floors = floors_in(change for row in compartment.notes.revisions(uid) for change in row.changes)
    marked, changes = mark(session.policy, stored.note, numbers, label, reason=reason, floors=floors)
    return save_note(session, compartment, marked, changes=changes)


def _check_ceiling(session: Session, compartment: Compartment, label: Label) -> None:
    if compartment.ceiling is None:
        return
    if not dominates(session.policy, label_from_xml(compartment.ceiling), label):
        raise CeilingError(compartment.id)
