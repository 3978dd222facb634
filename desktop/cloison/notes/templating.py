"""A new note made from another one: its portions under new uids, each with the mark it has there.

No mark is lowered by it. A mark goes without the days on which it falls or is reviewed, since those were decided for
the other note; what was raised as a whole stays raised; an unmarked portion stays unmarked, and at least worth what it
was. The evaluation, the attachments and the history of the other note are its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cloison.labels.label import Label
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.notes.portion import Portion, new_uid
from cloison_crypto.secrets import Randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFromTemplate:
    """The new note, and what its first revision records: what unmarked portions are at least worth."""

    note: Note
    changes: tuple[LabelChange, ...]


def from_template(
    template: Note, empty: Note, *, floors: Mapping[str, Label], randomness: Randomness
) -> MadeFromTemplate:
    """``empty`` with all that ``template`` says; ``floors`` are what its unmarked portions are at least worth."""
    copies = {portion.uid: _copied(portion, randomness) for portion in template.all_portions}
    raised = None if template.raised is None else replace(template.raised, label=_undated(template.raised.label))
    note = replace(
        empty,
        language=template.language,
        title=copies[template.title.uid],
        portions=tuple(copies[portion.uid] for portion in template.portions),
        raised=raised,
    )
    changes = tuple(
        LabelChange(portion_uid=copies[portion.uid].uid, before=None, after=_undated(floors[portion.uid]), reason=None)
        for portion in template.all_portions
        if portion.label is None and portion.uid in floors
    )
    return MadeFromTemplate(note=note, changes=changes)


def _copied(portion: Portion, randomness: Randomness) -> Portion:
    label = None if portion.label is None else _undated(portion.label)
    return replace(portion, uid=new_uid(randomness), label=label)


def _undated(label: Label) -> Label:
    return replace(label, succession=None, review=None)
