"""What is being written, kept before anybody saves it."""

from dataclasses import replace

from acts.act import Act, uid_of
from stage.place import Desk


def _draft(desk: Desk, token: str) -> None:
    note = desk.compartment.notes.get(desk.place.note).note
    desk.compartment.drafts.save(replace(note, uid=uid_of(token)))


def _drafts(desk: Desk, token: str) -> int:
    return [row.uid for row in desk.compartment.drafts.all()].count(uid_of(token))


DRAFTING = Act(name="drafting", perform=_draft, found=_drafts)
