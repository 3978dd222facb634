"""An earlier revision of a note put in the place of the latest, over a real vault."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cloison.actions.compartments import add_compartment
from cloison.actions.restore_note import restore_revision
from cloison.actions.session import Session
from cloison.actions.write_note import mark_portions, save_note
from cloison.notes.errors import LoweringNeedsReasonError
from cloison.notes.marking import LabelChange
from cloison.notes.note import Note
from cloison.notes.portion import Run
from cloison.vault.compartment import Compartment
from cloison.vault.errors import UnknownIdError
from service import Clock, mark, new_vault, write_marked


@pytest.fixture
def session(tmp_path: Path, clock: Clock) -> Iterator[Session]:
    made = new_vault(tmp_path / "vault", "Officier", clock)
    yield made
    made.vault.close()


@pytest.fixture
def compartment(session: Session) -> Compartment:
    return add_compartment(session, "Alpha", ceiling=None, need_to_know=False)


@pytest.fixture
def note(session: Session, compartment: Compartment) -> Note:
    return write_marked(session, compartment, "[NP] Titre", ("[DR] Premier.", "[NP] Second."))


def rewritten(note: Note, text: str) -> Note:
    return note.with_portions({1: replace(note.portions[0], content=(Run(text=text),))})


def test_the_text_comes_back_as_one_more_revision(session: Session, compartment: Compartment, note: Note) -> None:
    save_note(session, compartment, rewritten(note, "Autre."), changes=())

    found = restore_revision(session, note.uid, 1)

    assert (found.revision, found.kept_high) == (3, ())
    assert compartment.notes.get(note.uid).note == found.note == note


def test_a_mark_raised_since_stays_and_is_told(session: Session, compartment: Compartment, note: Note) -> None:
    mark_portions(session, note.uid, [1], mark(session, "S"), reason=None)
    raised = compartment.notes.get(note.uid).note
    save_note(session, compartment, rewritten(raised, "Autre."), changes=())

    found = restore_revision(session, note.uid, 1)

    label = found.note.portions[0].label
    assert label is not None
    assert label.classification == "SECRET"
    assert found.note.portions[0].text == "Premier."
    assert found.kept_high == (1,)


def test_what_was_being_written_is_kept_as_a_revision_before(
    session: Session, compartment: Compartment, note: Note
) -> None:
    written = rewritten(note, "En cours.")
    unmarked = written.with_portions({2: replace(written.portions[1], label=None)})
    owed = LabelChange(portion_uid=note.portions[1].uid, before=None, after=mark(session, "TS"), reason=None)
    compartment.drafts.save(unmarked, (owed,))

    found = restore_revision(session, note.uid, 1)

    assert compartment.notes.revision(note.uid, 2).note == unmarked
    assert compartment.notes.revisions(note.uid)[1].changes == (owed,)
    assert compartment.drafts.get(note.uid) is None
    assert found.revision == 3
    assert found.note.portions[1].label is None


@pytest.mark.parametrize("revision", [2, 99])
def test_a_revision_that_is_not_there_is_said_so(
    session: Session, compartment: Compartment, note: Note, revision: int
) -> None:
    compartment.drafts.save(rewritten(note, "En cours."))

    with pytest.raises(UnknownIdError):
        restore_revision(session, note.uid, revision)

    assert compartment.notes.get(note.uid).revision == 1


def test_what_comes_back_unmarked_takes_a_reason_to_be_marked_below_what_it_was_worth(
    session: Session, compartment: Compartment, note: Note
) -> None:
    unmarked = note.with_portions({1: replace(note.portions[0], label=None)})
    save_note(session, compartment, unmarked, changes=())
    mark_portions(session, note.uid, [1], mark(session, "S"), reason=None)
    assert restore_revision(session, note.uid, 2).note.portions[0].label is None

    with pytest.raises(LoweringNeedsReasonError):
        mark_portions(session, note.uid, [1], mark(session, "NP"), reason=None)
    mark_portions(session, note.uid, [1], mark(session, "NP"), reason="source publiée")

    (change,) = compartment.notes.revisions(note.uid)[-1].changes
    assert (change.before, change.reason) == (mark(session, "S"), "source publiée")


def test_an_act_on_a_note_keeps_what_is_being_written_of_it(
    session: Session, compartment: Compartment, note: Note
) -> None:
    compartment.drafts.save(rewritten(note, "En cours."))

    marked = mark_portions(session, note.uid, [2], mark(session, "S"), reason=None)

    assert marked.revision == 3
    assert [one.text for one in marked.note.portions] == ["En cours.", "Second."]
    assert compartment.drafts.get(note.uid) is None
