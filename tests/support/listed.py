"""Notes of a list and markings of a note, from marks as people type them."""

from datetime import UTC, datetime, timedelta

from cloison.labels.label import Label
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.ui.editor.live import NoteMarking, note_marking
from cloison.ui.editor.standing import UNMARKED, marked
from cloison.ui.window.values import ListedNote

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
POLICY = built_in("FR")


def label(mark: str) -> Label:
    """The label of ``S-SF``."""
    return read_mark(POLICY, f"[{mark}]", created=NOW)


def listed_note(number: int, title_mark: str | None, *, note_mark: str | None = None) -> ListedNote:
    """A note; without a mark of its own it is worth what its title is."""
    whole = note_mark or title_mark
    return ListedNote(
        uid=f"{number:032x}",
        title=f"Note {number}",
        title_label=None if title_mark is None else label(title_mark),
        label=None if whole is None else label(whole),
        modified=NOW - timedelta(days=number),
        compartment="ALPHA",
    )


def marking(*marks: str | None) -> NoteMarking:
    """The marking of a note whose title and paragraphs bear these; None is not marked."""
    standings = [UNMARKED if mark is None else marked(label(mark)) for mark in marks]
    return note_marking(POLICY, standings, evaluation=None, raised=None, clock=lambda: NOW)
