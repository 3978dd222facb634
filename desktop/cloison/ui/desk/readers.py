"""Who in the directory would receive how much of a saved note."""

from __future__ import annotations

from typing import Final

from cloison.actions.dissemination_plan import plan
from cloison.actions.people import contacts
from cloison.actions.session import Session
from cloison.notes.errors import NotesError
from cloison.ui.window.values import Reader

MOST: Final = 8


def readers_of(session: Session, uid: str) -> tuple[Reader, ...]:
    """The first few people of the directory; nobody while the note is not marked all over."""
    others = [one.id for one in contacts(session) if not one.is_mine][:MOST]
    if not others:
        return ()
    try:
        table = plan(session, uid, others)
    except NotesError:
        return ()
    return tuple(
        Reader(
            name=row.contact.card.name,
            readable=0 if row.rendition is None or row.is_refused else len(row.rendition.portions),
            paragraphs=len(table.note.portions),
            attached=0 if row.rendition is None or row.is_refused else len(row.rendition.attachments),
            attachments=len(table.note.attachments),
        )
        for row in table.rows
    )
