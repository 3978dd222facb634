"""Raises, decisions and evaluations: on record in revisions, in force in packages and on paper."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cloison.actions.compartments import add_compartment
from cloison.actions.open_package import accept, read, receiver
from cloison.actions.people import contacts
from cloison.actions.print_copy import print_to_folder
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.actions.whole_note import evaluate_note, raise_note, unraise_note
from cloison.labels.declassification import AuthorityDecision
from cloison.labels.label import same_marking
from cloison.notes.errors import LoweringNeedsReasonError
from cloison.notes.evaluation import Evaluation, Reliability, Source, new_evaluation
from cloison.notes.note import Note, note_label
from service import Service, mark, words_for, write_marked

DECISION = AuthorityDecision(authority="SGDSN", reference="2026/114", day=date(2026, 11, 20))


class Story:
    """An officer with a note, a reader cleared for SECRET and one cleared for DIFFUSION RESTREINTE."""

    def __init__(self, service: Service) -> None:
        self.officer = service.member("Officier", "TS-SF")
        self.readers = {"S": service.member("Lecteur", "S"), "DR": service.member("Partenaire", "DR")}
        for one in self.readers.values():
            service.introduce(one, self.officer)
            service.introduce(self.officer, one)
        compartment = add_compartment(self.officer, "Dossier", ceiling=None, need_to_know=False)
        self.uid = write_marked(self.officer, compartment, "[NP] Titre", ("[DR] un", "[DR] deux")).uid
        self.folder = service.folder / "out"

    def evaluation(self, text: str, *sources: str) -> Evaluation:
        empty = new_evaluation(randomness=self.officer.randomness, label=mark(self.officer, text))
        named = tuple(Source(name=one) for one in sources)
        return replace(empty, reliability=Reliability.USUALLY, sources=named)

    def received(self, cleared: str) -> Note:
        """What the reader cleared so keeps of the note."""
        reader = self.readers[cleared]
        name = reader.vault.member.alias
        known = next(one.id for one in contacts(self.officer) if one.card.name == name)
        [sealed] = seal_note(self.officer, self.uid, [known], self.folder, options=SealOptions(), words_for=words_for)
        place = add_compartment(reader, "Arrivées", ceiling=None, need_to_know=False)
        return accept(reader, read(sealed.path, receiver(reader)), place.id).note


@pytest.fixture
def story(service: Service) -> Story:
    return Story(service)


def worth(session: Session, note: Note, text: str) -> bool:
    rolled = note_label(session.policy, note, now=session.now())
    return rolled is not None and same_marking(rolled.label, mark(session, text))


def test_a_raise_and_the_decision_that_takes_it_back_are_in_the_history(story: Story) -> None:
    officer = story.officer
    raise_note(officer, story.uid, mark(officer, "TS"), reason="pris ensemble")
    unraise_note(officer, story.uid, decision=DECISION, reason="source publiée")

    compartment, stored = officer.find_note(story.uid)
    history = compartment.notes.revisions(story.uid)
    assert [[change.reason for change in row.changes] for row in history] == [[], ["pris ensemble"], ["source publiée"]]
    assert [one.decision for one in stored.note.lifted] == [DECISION]
    assert worth(officer, stored.note, "DR")


def test_a_raise_goes_on_applying_where_the_note_is_read(story: Story) -> None:
    raise_note(story.officer, story.uid, mark(story.officer, "S"), reason="pris ensemble")

    kept = story.received("S")

    assert worth(story.readers["S"], kept, "S")
    assert kept.raised is not None
    assert (kept.raised.reason, kept.raised.by) == ("", "Officier")


def test_a_note_that_is_not_raised_is_received_without_a_raise(story: Story) -> None:
    assert story.received("S").raised is None


def test_an_evaluation_reaches_only_who_is_cleared_for_it(story: Story) -> None:
    evaluate_note(story.officer, story.uid, story.evaluation("S", "Alouette"), reason=None)

    to_cleared, to_partner = story.received("S"), story.received("DR")

    assert to_cleared.evaluation is not None
    assert (to_cleared.evaluation.code, to_cleared.evaluation.origin) == ("B6", to_cleared.title.origin)
    assert to_partner.evaluation is None
    assert b"Alouette" not in to_partner.to_bytes()


def test_an_evaluation_is_printed_with_its_mark(story: Story, tool: Callable[[str, str], str], tmp_path: Path) -> None:
    pdftotext = tool("pdftotext", "apt install poppler-utils")
    evaluate_note(story.officer, story.uid, story.evaluation("S", "Alouette"), reason=None)

    [printed] = print_to_folder(story.officer, story.uid, ["Mercier"], tmp_path, words_for=words_for)

    command = [pdftotext, "-layout", str(printed.path), "-"]
    text = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    assert "[S] evaluation-fr B6 Alouette" in text


def test_the_mark_of_an_evaluation_falls_with_a_reason_that_is_kept(story: Story) -> None:
    officer = story.officer
    evaluate_note(officer, story.uid, story.evaluation("S"), reason=None)

    with pytest.raises(LoweringNeedsReasonError):
        evaluate_note(officer, story.uid, story.evaluation("DR"), reason=None)
    evaluate_note(officer, story.uid, story.evaluation("DR"), reason="déclassé")

    compartment, _ = officer.find_note(story.uid)
    assert compartment.notes.revisions(story.uid)[-1].changes[0].reason == "déclassé"
