"""Making a new note: from nothing, or from imported paragraphs and the marks typed in front of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cloison.labels.label import Label
from cloison.labels.marks import split_leading_mark
from cloison.labels.policy import Policy
from cloison.labels.rollup import roll_up
from cloison.notes.found import Paragraph
from cloison.notes.image import Image
from cloison.notes.note import Note
from cloison.notes.portion import Kind, Portion, image_portion, new_uid, plain_portion, table_portion
from cloison.notes.table import Table
from cloison_crypto.secrets import Randomness


def new_note(*, reference: str, language: str, author: str, now: datetime, randomness: Randomness) -> Note:
    """An empty, unmarked note."""
    return Note(
        uid=new_uid(randomness),
        reference=reference,
        language=language,
        author=author,
        created=now,
        title=plain_portion("", randomness=randomness, kind=Kind.HEADING),
        portions=(plain_portion("", randomness=randomness),),
    )


def note_from_paragraphs(
    policy: Policy,
    empty: Note,
    paragraphs: Sequence[Paragraph],
    *,
    title: str | None,
    default: Label | None,
    randomness: Randomness,
) -> Note:
    """``empty`` filled with ``paragraphs``. The title is ``title``, else the first paragraph of text.

    A leading mark (``[S]``) becomes that portion's label; ``default`` marks those without one; with neither they stay
    unmarked.
    """
    found = list(paragraphs)
    heading = Paragraph(kind=Kind.HEADING, text=title) if title is not None else _taken_heading(found)
    return Note(
        uid=empty.uid,
        reference=empty.reference,
        language=empty.language,
        author=empty.author,
        created=empty.created,
        title=_portion(policy, heading, Kind.HEADING, default, empty.created, randomness),
        portions=tuple(_portion(policy, one, one.kind, default, empty.created, randomness) for one in found),
    )


def portions_from_paragraphs(
    policy: Policy, paragraphs: Sequence[Paragraph], *, now: datetime, randomness: Randomness
) -> tuple[Portion, ...]:
    """``paragraphs`` for a note that is there: a leading mark is the portion's label, the rest stay unmarked."""
    return tuple(_portion(policy, one, one.kind, None, now, randomness) for one in paragraphs)


def _taken_heading(found: list[Paragraph]) -> Paragraph:
    """The first paragraph of text, taken out: a table or an image is no title."""
    first = next((number for number, one in enumerate(found) if one.figure is None), None)
    return Paragraph(kind=Kind.HEADING, text="") if first is None else found.pop(first)


def _portion(
    policy: Policy, found: Paragraph, kind: Kind, default: Label | None, now: datetime, randomness: Randomness
) -> Portion:
    label = _label(policy, found, default, now)
    match found.figure:
        case Table():
            return table_portion(_without_mark(policy, found.figure, now), randomness=randomness, label=label)
        case Image():
            return image_portion(found.figure, randomness=randomness, label=label)
    text = split_leading_mark(policy, found.text, created=now)[1]
    return plain_portion(text, randomness=randomness, kind=kind, label=label)


def _label(policy: Policy, found: Paragraph, default: Label | None, now: datetime) -> Label | None:
    """What was typed in front of it, else ``default``; an image is worth what it stood in.

    A table is worth all the marks its cells begin with, or nobody has marked it, where those cannot be rolled up.
    """
    if found.inside is not None:
        return _label(policy, found.inside, default, now)
    if not isinstance(found.figure, Table):
        return split_leading_mark(policy, found.text, created=now)[0] or default
    labels = [label for label in _cell_labels(policy, found.figure, now) if label is not None]
    if not labels:
        return default
    rolled = roll_up(policy, labels, created=now)
    return None if rolled.decision_required else rolled.label


def _without_mark(policy: Policy, table: Table, now: datetime) -> Table:
    """Without the mark in front, where no other cell begins with one: else a person is to see which cell had which."""
    first, *others = _cell_labels(policy, table, now)
    if first is None or any(label is not None for label in others):
        return table
    text = split_leading_mark(policy, table.rows[0][0], created=now)[1]
    return replace(table, rows=((text, *table.rows[0][1:]), *table.rows[1:]))


def _cell_labels(policy: Policy, table: Table, now: datetime) -> list[Label | None]:
    return [split_leading_mark(policy, cell, created=now)[0] for row in table.rows for cell in row]
