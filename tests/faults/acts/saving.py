"""A new note, and another revision of one."""

from dataclasses import replace

from acts.act import Act, compartments_with
from acts.act import new_note as _new_note
from cloison.actions.write_note import revision_facts
from stage.place import Desk


def _save(desk: Desk, token: str) -> None:
    _new_note(desk, token)


def _revise(desk: Desk, token: str) -> None:
    note = desk.compartment.notes.get(desk.place.note).note
    facts = revision_facts(desk.session, desk.compartment, note, changes=())
    desk.compartment.notes.save(note, replace(facts, author=token))


def _revisions(desk: Desk, token: str) -> int:
    return [row.author for row in desk.compartment.notes.revisions(desk.place.note)].count(token)


SAVING = Act(name="saving", perform=_save, found=lambda desk, token: len(compartments_with(desk, token)))
REVISING = Act(name="revising", perform=_revise, found=_revisions)
