"""Making a new note: from nothing, or from imported paragraphs and the marks typed in front of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cloison.labels.label import Label
from cloison.labels.marks import split_leading_mark
from cloison.labels.policy import Policy
from cloison.notes.importing import Paragraph
from cloison.notes.note import Note
from cloison.notes.portion import Kind, Portion, new_uid, plain_portion
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
    """``empty`` filled with ``paragraphs``. The title is ``title``, else the first paragraph.

    A leading mark (``[S]``) becomes that portion's label; ``default`` marks those without one; with neither they stay
    unmarked.
    """
    found = list(paragraphs)
    heading = Paragraph(kind=Kind.HEADING, text=title) if title is not None else found.pop(0)
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


def _portion(
    policy: Policy, paragraph: Paragraph, kind: Kind, default: Label | None, now: datetime, randomness: Randomness
) -> Portion:
    marked, text = split_leading_mark(policy, paragraph.text, created=now)
    return plain_portion(text, randomness=randomness, kind=kind, label=default if marked is None else marked)
