"""What is asked of the vault to open a note for writing, to keep its draft, and to find what a session left behind.

A draft holds the note and, beside it, what became of marks since the last revision: the reason of a fall, and what
unsettled text is at least worth, which the note itself cannot say. A draft that is opened again owes its next revision
just that. Such a change is also kept as a revision as soon as there is time (``belongs_in_a_revision``); the draft must
do where the process ends at once, or where the compartment's ceiling refuses the revision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from cloison.actions.drafts import owed_by_draft
from cloison.actions.session import Session
from cloison.actions.write_note import Saved, save_note, start_note
from cloison.labels.label import Label
from cloison.notes.changes import floors_in
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.notes.standing import as_it_stands
from cloison.vault.compartment import Compartment
from cloison.vault.errors import CeilingError, NotInUseError, UnknownIdError


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNote:
    """A note to be written in.

    ``revision`` is None for one that was never saved; ``floors`` are what its unmarked portions are at least worth;
    ``owed`` are the changes of marks that the draft made and no revision holds.
    """

    compartment_id: str
    note: Note
    revision: int | None
    kept_at: datetime | None
    floors: Mapping[str, Label]
    owed: tuple[LabelChange, ...] = ()
    is_draft: bool = False

    @property
    def is_writable(self) -> bool:
        """Whether it was written here: what was received stays as its issuer made it."""
        return self.note.title.origin is None


def open_note(session: Session, uid: str) -> OpenNote:
    """The note as it was last written, draft or revision; raises ``UnknownIdError``."""
    compartment, stored = session.find_note(uid)
    draft = compartment.drafts.get(uid)
    drafted_at = next((row.saved_at for row in compartment.drafts.all() if row.uid == uid), None)
    changes = tuple(change for row in compartment.notes.revisions(uid) for change in row.changes)
    owed = () if draft is None else owed_by_draft(compartment, stored.note, draft)
    kept = stored.note if draft is None else draft
    # What has taken over by itself is what is written on from: the next revision holds it, as a change of its own.
    note = as_it_stands(session.policy, kept, now=session.now())
    return OpenNote(
        compartment_id=compartment.id,
        note=note,
        revision=stored.revision,
        kept_at=drafted_at or stored.saved_at,
        floors=floors_in((*changes, *owed)),
        owed=owed,
        is_draft=draft is not None,
    )


def new_note(session: Session, compartment_id: str) -> OpenNote:
    """An empty note to be written in that compartment."""
    note = start_note(session)
    return OpenNote(compartment_id=compartment_id, note=note, revision=None, kept_at=None, floors={})


def keep_draft(session: Session, compartment_id: str, note: Note, changes: Sequence[LabelChange]) -> None:
    """Keep ``note`` as its draft, and ``changes``, which no revision holds yet."""
    session.vault.compartment(compartment_id).drafts.save(note, changes)


def drop_draft(session: Session, compartment_id: str, uid: str) -> None:
    """Forget a draft."""
    session.vault.compartment(compartment_id).drafts.drop(uid)


def keep_revision(session: Session, compartment_id: str, note: Note, changes: Sequence[LabelChange]) -> Saved:
    """Keep ``note`` as a revision, with what fell by itself since the last; raises ``CeilingError``."""
    compartment = session.vault.compartment(compartment_id)
    fallen = _fallen_by_itself(session, compartment, note)
    return save_note(session, compartment, note, changes=(*fallen, *changes))


def find_left_behind(session: Session) -> str | None:
    """The note somebody was writing when the last session ended, or None.

    A draft of a note that was never saved is in no list: it becomes the first revision of that note.
    """
    latest: tuple[datetime, str] | None = None
    for compartment in session.open_compartments():
        for row in compartment.drafts.all():
            draft = compartment.drafts.get(row.uid)
            if draft is None:
                continue
            if not _is_known(session, row.uid):
                with suppress(CeilingError, NotInUseError):
                    save_note(session, compartment, draft, changes=owed_by_draft(compartment, None, draft))
            if _is_known(session, row.uid):
                latest = max(latest or (row.saved_at, row.uid), (row.saved_at, row.uid))
    return None if latest is None else latest[1]


def belongs_in_a_revision(note: Note, changes: Sequence[LabelChange]) -> bool:
    """Whether a draft would lose something: the reason of a fall, or what an unmarked portion is at least worth."""
    unmarked = {portion.uid for portion in note.numbered.values() if portion.label is None}
    return any(change.reason is not None or change.portion_uid in unmarked for change in changes)


def is_blank(note: Note) -> bool:
    """Whether nothing was written in it."""
    return note.evaluation is None and not note.attachments and all(portion.is_blank for portion in note.all_portions)


def _fallen_by_itself(session: Session, compartment: Compartment, note: Note) -> tuple[LabelChange, ...]:
    """Marks from which another one has taken over since they were kept, as the note that is written on has them."""
    with suppress(UnknownIdError):
        kept = compartment.notes.get(note.uid).note
        standing = as_it_stands(session.policy, kept, now=session.now())
        now = {part.uid: part.label for part in standing.parts.values()}
        return tuple(
            LabelChange(portion_uid=part.uid, before=part.label, after=after, reason=None)
            for part in kept.parts.values()
            if (after := now[part.uid]) is not None and part.label != after
        )
    return ()


def _is_known(session: Session, uid: str) -> bool:
    try:
        session.find_note(uid)
    except UnknownIdError:
        return False
    return True
