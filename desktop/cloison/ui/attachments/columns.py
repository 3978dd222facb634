"""What the list of attachments says of each: its mark, its name, its size."""

from __future__ import annotations

from dataclasses import dataclass

from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.notes.attaching import attached_files
from cloison.notes.attachment import Attachment
from cloison.notes.note import Note
from cloison.ui.chips import mark_text
from cloison.ui.line_table import Column
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.sizes import size_text

_MARK: int = 76
_SIZE: int = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentLine:
    """The attachment ``number``, from 1; ``label`` is None while nobody has marked it."""

    number: int
    label: Label | None
    file: Attachment


def lines_of(note: Note) -> tuple[AttachmentLine, ...]:
    """The attachments of ``note``."""
    return tuple(
        AttachmentLine(number=number, label=portion.label, file=file)
        for number, (portion, file) in enumerate(attached_files(note), start=1)
    )


def attachment_columns(policy: Policy, words: Catalogue) -> tuple[Column[AttachmentLine], ...]:
    """The columns of the list."""
    return (
        Column(
            name=N_("Mark"),
            width=_MARK,
            text=lambda line: mark_text(policy, line.label, is_settled=line.label is not None),
            label=lambda line: line.label,
        ),
        Column(name=N_("Attachment"), width=None, text=lambda line: line.file.name),
        Column(name=N_("Size"), width=_SIZE, text=lambda line: size_text(line.file.size, words)),
    )
