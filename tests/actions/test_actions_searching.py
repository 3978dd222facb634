"""Searching with operators and fields, over a real vault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cloison.actions.calendar import date_note
from cloison.actions.compartments import add_compartment
from cloison.actions.find_notes import find_notes
from cloison.actions.open_package import accept, read, receiver
from cloison.actions.people import contacts as _contacts
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.actions.whole_note import evaluate_note
from cloison.labels.declassification import AuthorityDecision
from cloison.notes.dating import Dates, lowest_marking
from cloison.notes.evaluation import Source, new_evaluation
from cloison.vault.compartment import Compartment
from cloison.vault.errors import UnreadableFilterError
from cloison.vault.note_search import Order
from service import Service, mark, words_for, write_marked


@dataclass
class Desk:
    """An officer with three notes in two compartments, written on three days."""

    service: Service
    officer: Session
    port: Compartment
    uids: dict[str, str]

    def found(self, query: str) -> set[str]:
        return {
            name
            for name, uid in self.uids.items()
            for line in find_notes(self.officer, query=query, limit=9)
            if line.row.uid == uid
        }


@pytest.fixture
def desk(service: Service) -> Desk:
    officer = service.member("Dupont", "S-SF")
    port = add_compartment(officer, "Port de Sarnac", ceiling=None, need_to_know=False)
    other = add_compartment(officer, "Écrans", ceiling=None, need_to_know=False)
    uids: dict[str, str] = {}
    for name, compartment, title, text in (
        ("cargo", port, "[NP] Cargo", "[S] Le cargo décharge à Sarnac."),
        ("grue", port, "[NP] Grue", "[DR] La grue de Sarnac est neuve, Sarnac s'agrandit."),
        ("banque", other, "[NP] Banque", "[NP] La banque paie le cargo."),
    ):
        service.clock.advance(days=31 if uids else 0)
        uids[name] = write_marked(officer, compartment, title, [text]).uid
    return Desk(service=service, officer=officer, port=port, uids=uids)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("sarnac", {"cargo", "grue"}),
        ("cargo OU grue", {"cargo", "grue", "banque"}),
        ("cargo SAUF sarnac", {"banque"}),
        ("NOT cargo", {"grue"}),
        ("(grue OR banque) NOT sarnac", {"banque"}),
        ("niveau:S", {"cargo"}),
        ("level:secret", {"cargo"}),
        ("NOT level:S", {"grue", "banque"}),
        ("level:NP OR grue", {"grue", "banque"}),
        ('niveau:"diffusion restreinte" sarnac', {"grue"}),
        ("compartiment:ecrans", {"banque"}),
        ("compartment:Sarnac cargo", {"cargo"}),
        ("auteur:dupont cargo", {"cargo", "banque"}),
        ("auteur:durand", set()),
        ("date:2026", {"cargo", "grue"}),
        ("date:2027", {"banque"}),
        ("date:2026-12", {"grue"}),
        ("date:23/12/2026", {"grue"}),
        ("date:12/2026..", {"grue", "banque"}),
        ("date:..22.11.2026", {"cargo"}),
        ("date:2026-11..2026-12 niveau:DR", {"grue"}),
        ("pour:cabinet", set()),
        ("source:cormoran", set()),
    ],
)
def test_operators_and_fields_find(desk: Desk, query: str, wanted: set[str]) -> None:
    assert desk.found(query) == wanted


@pytest.mark.parametrize(
    "query", ["level:ZZ", "niveau:[S", "date:demain", "date:31/02/2026", "date:..", "date:2026-13"]
)
def test_a_filter_that_cannot_be_read_is_said(desk: Desk, query: str) -> None:
    with pytest.raises(UnreadableFilterError) as caught:
        find_notes(desk.officer, query=f"cargo {query}", limit=9)

    assert caught.value.typed == query


def test_relevance_puts_first_what_says_it_most(desk: Desk) -> None:
    newest = find_notes(desk.officer, compartment_id=desk.port.id, query="sarnac OR cargo", limit=9)
    relevant = find_notes(
        desk.officer, compartment_id=desk.port.id, query="sarnac OR cargo", order=Order.RELEVANCE, limit=9
    )

    assert [line.row.uid for line in newest] == [desk.uids["grue"], desk.uids["cargo"]]
    assert [line.row.uid for line in relevant] == [desk.uids["cargo"], desk.uids["grue"]]


def test_relevance_narrows_down_by_fields_too(desk: Desk) -> None:
    found = find_notes(desk.officer, query="sarnac niveau:DR", order=Order.RELEVANCE, limit=9)

    assert [line.row.uid for line in found] == [desk.uids["grue"]]


def test_a_source_on_record_is_found_whatever_its_case_and_accents(desk: Desk) -> None:
    evaluation = new_evaluation(randomness=desk.officer.randomness, label=mark(desk.officer, "[S]"))
    named = type(evaluation)(uid=evaluation.uid, label=evaluation.label, sources=(Source(name="Cormoran élevé"),))
    evaluate_note(desk.officer, desk.uids["grue"], named, reason=None)

    assert desk.found("source:CORMORAN") == {"grue"}
    assert desk.found('source:"eleve" OR banque') == {"grue", "banque"}


def test_a_level_that_fell_by_its_date_counts_as_it_now_is(desk: Desk) -> None:
    decision = AuthorityDecision(authority="SGDSN", reference="2026/12", day=date(2026, 11, 1))
    falls = Dates(succession=lowest_marking(desk.officer.policy, datetime(2028, 1, 1, tzinfo=UTC)))
    date_note(desk.officer, desk.uids["cargo"], None, falls, decision=decision)
    assert desk.found("level:S") == {"cargo"}

    desk.service.clock.now = datetime(2028, 1, 1, tzinfo=UTC)

    assert desk.found("level:S") == set()
    assert desk.found("level:NP") == {"cargo", "banque"}


def test_what_was_sent_is_found_by_reader_and_what_was_received_by_its_sender(desk: Desk, tmp_path: Path) -> None:
    reader = desk.service.member("Cabinet", "S")
    desk.service.introduce(reader, desk.officer)
    desk.service.introduce(desk.officer, reader)
    contact = next(one for one in _contacts(desk.officer) if one.card.name == "Cabinet")
    (sealed,) = seal_note(
        desk.officer, desk.uids["cargo"], [contact.id], tmp_path, options=SealOptions(), words_for=words_for
    )
    kept = add_compartment(reader, "Reçus", ceiling=None, need_to_know=False)
    accept(reader, read(sealed.path, receiver(reader)), kept.id)

    assert desk.found("pour:cab") == {"cargo"}
    assert desk.found("NOT to:cabinet") == {"grue", "banque"}
    assert len(find_notes(reader, query="source:dupont", limit=9)) == 1
    assert find_notes(reader, query="source:cabinet", limit=9) == ()
