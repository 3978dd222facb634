"""A note as a file of its own, under nobody's seal: text, JSON or PDF, on a register before it bears its name.

Text and JSON are entered in the register of exports. A PDF is a numbered copy like those on paper: it bears its number
and its holder, who is whoever wrote it, and is entered in the register of copies. Attachments stay in the vault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from cloison.actions.attachments import enter_and_publish
from cloison.actions.files import write_part
from cloison.actions.paper import WordsFor
from cloison.actions.people import myself
from cloison.actions.print_copy import print_to_file
from cloison.actions.registers import draw_number
from cloison.actions.session import Session
from cloison.actions.write_note import settled_note
from cloison.labels.label import Label
from cloison.labels.marks import portion_mark
from cloison.labels.rendering import strip
from cloison.labels.versions import standing
from cloison.notes.portion import Kind as PortionKind
from cloison.notes.release import Rendition, whole
from cloison.notes.rendition import rendition_to_bytes
from cloison.registers.facts import Export, ExportEvent, Kind


class ExportFormat(Enum):
    """What a note can be written as; the value is also the end of the file's name."""

    TEXT = "txt"
    JSON = "json"
    PDF = "pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file that was written, its ``number`` on the register, and what it is worth."""

    path: Path
    number: str
    label: Label


def export_note(session: Session, uid: str, written_as: ExportFormat, path: Path, *, words_for: WordsFor) -> Exported:
    """Write a note to a new file; what is being written of it is kept as a revision first.

    Raises ``UnmarkedPortionsError``, ``UnknownIdError``, ``CeilingError``, ``ClockSetBackError``, ``RenderingError``,
    ``DiskError``; then there is no file.
    """
    compartment, stored = settled_note(session, uid)
    rendition = replace(whole(session.policy, stored.note, now=session.now()), attachments=())
    if written_as is ExportFormat.PDF:
        printed = print_to_file(session, uid, myself(session).card.name, path, words_for=words_for)
        return Exported(path=printed.path, number=printed.copy.number, label=rendition.label)
    content = rendition_to_bytes(rendition)
    if written_as is ExportFormat.TEXT:
        content = _text(session, rendition, words_for).encode()
    number = draw_number(session, Kind.EXPORT)
    written = write_part(path, content)
    facts = Export(
        event=ExportEvent.NOTE_EXPORTED,
        note_uid=uid,
        reference=rendition.reference,
        label=rendition.label.to_xml().decode(),
        part=0,
        file_sha256=written.sha256,
    )
    enter_and_publish(session, compartment, facts, written, number=number)
    return Exported(path=path, number=number, label=rendition.label)


def _text(session: Session, rendition: Rendition, words_for: WordsFor) -> str:
    """Between its banners, a paragraph after the other, each behind its mark: it is imported again as it was."""
    banner = strip(session.policy, rendition.label, rendition.language)
    return "\n\n".join((banner, *_paragraphs(session, rendition, words_for), banner)) + "\n"


def _paragraphs(session: Session, rendition: Rendition, words_for: WordsFor) -> Iterator[str]:
    for portion in ((rendition.title,) if rendition.title is not None else ()) + rendition.portions:
        lines = portion.text.split("\n") if portion.kind is PortionKind.TABLE else [portion.text.replace("\n", " ")]
        yield f"{_mark(session, portion.label)} " + " | ".join(lines)
    if rendition.evaluation is not None:
        told = words_for(rendition.language).evaluated(rendition.evaluation)
        yield f"{_mark(session, rendition.evaluation.label)} {told}"


def _mark(session: Session, label: Label | None) -> str:
    if label is None:
        return ""
    return portion_mark(session.policy, standing(session.policy, label, now=session.now()))
