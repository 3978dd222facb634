"""Templates: notes of a compartment that others are begun with, and a few that come with the program.

A template is used in its own compartment alone: its text would otherwise leave it. Those that come with the program say
nothing of anybody, and their paragraphs are not marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from importlib import resources

from cloison.actions.drafts import owed_by_draft
from cloison.actions.find_notes import NoteLine, line_of
from cloison.actions.session import Session
from cloison.actions.write_note import Saved, import_note, save_note, start_note
from cloison.notes.changes import floors_in
from cloison.notes.errors import ReceivedTemplateError
from cloison.notes.standing import as_it_stands
from cloison.notes.templating import from_template
from cloison.vault.compartment import Compartment
from cloison.vault.errors import UnknownIdError


class ShippedTemplate(Enum):
    """One that comes with the program; the value is the name of its file."""

    REPORT = "report"
    DEBRIEF = "debrief"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Something a note can be begun with: a note of the compartment, or one that comes with the program.

    ``key`` names it: the uid of the note, or the value of what is shipped. One of the others is there.
    """

    key: str
    line: NoteLine | None = None
    shipped: ShippedTemplate | None = None


def make_template(session: Session, uid: str) -> NoteLine:
    """Let others be begun with that note; raises ``UnknownIdError``, ``ReceivedTemplateError``."""
    compartment, stored = session.find_note(uid)
    if stored.note.title.origin is not None:
        raise ReceivedTemplateError
    compartment.templates.add(uid)
    return _line(session, compartment, uid)


def drop_template(session: Session, uid: str) -> NoteLine:
    """Make a template a note like others; raises ``UnknownIdError``."""
    compartment, _ = session.find_note(uid)
    if not compartment.templates.remove(uid):
        raise UnknownIdError("template", uid)
    return _line(session, compartment, uid)


def templates(session: Session, compartment: Compartment) -> tuple[Template, ...]:
    """What a note in that compartment can be begun with: its own, by title, then those of the program."""
    uids = compartment.templates.uids()
    lines = {row.uid: line_of(session, compartment, row) for row in compartment.notes.rows(uids)}
    return (
        *(Template(key=uid, line=lines[uid]) for uid in uids),
        *(Template(key=one.value, shipped=one) for one in ShippedTemplate),
    )


def begin_note(session: Session, compartment: Compartment, key: str) -> Saved:
    """A new note, saved, with what a template of that compartment says and its marks; raises ``UnknownIdError``."""
    for one in ShippedTemplate:
        if key == one.value:
            return _from_shipped(session, compartment, one)
    if key not in compartment.templates.uids():
        raise UnknownIdError("template", key)
    return _from_note(session, compartment, key)


def _from_note(session: Session, compartment: Compartment, uid: str) -> Saved:
    """What is being written in the template and was not kept as a revision yet counts, too."""
    stored = compartment.notes.get(uid)
    draft = compartment.drafts.get(uid)
    owed = () if draft is None else owed_by_draft(compartment, stored.note, draft)
    recorded = (change for row in compartment.notes.revisions(uid) for change in row.changes)
    made = from_template(
        as_it_stands(session.policy, draft or stored.note, now=session.now()),
        start_note(session),
        floors=floors_in((*recorded, *owed)),
        randomness=session.randomness,
    )
    return save_note(session, compartment, made.note, changes=made.changes)


def _from_shipped(session: Session, compartment: Compartment, shipped: ShippedTemplate) -> Saved:
    """In the language of the session; nothing in it is marked."""
    folder = resources.files("cloison_resources") / "templates" / session.settings.language
    content = (folder / f"{shipped.value}.md").read_bytes()
    made = import_note(session, compartment, content, extension=".md", title=None, default=None)
    return Saved(note=made.note, revision=1)


def _line(session: Session, compartment: Compartment, uid: str) -> NoteLine:
    (row,) = compartment.notes.rows([uid])
    return line_of(session, compartment, row)
