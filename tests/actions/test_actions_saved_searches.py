"""Searches under a name: asked again, replaced, and out of sight while what they may tell of is closed."""

from __future__ import annotations

import pytest

from cloison.actions.compartments import add_compartment
from cloison.actions.merge_compartments import merge_some, plan_merge
from cloison.actions.saved_searches import drop_search, find_saved, named_search, save_search, saved_searches
from cloison.actions.session import Session
from cloison.vault.compartment import Compartment
from cloison.vault.errors import SearchRefusedError, UnknownIdError, UnreadableFilterError, UnusableNameError
from cloison.vault.note_search import Order
from service import Service, write_marked


@pytest.fixture
def officer(service: Service) -> Session:
    return service.member("Dupont", "S-SF")


@pytest.fixture
def port(officer: Session) -> Compartment:
    made = add_compartment(officer, "Port de Sarnac", ceiling=None, need_to_know=False)
    write_marked(officer, made, "[NP] Cargo", ["[S] Le cargo décharge à Sarnac."])
    return made


@pytest.fixture
def screens(officer: Session, port: Compartment) -> Compartment:
    made = add_compartment(officer, "Écrans", ceiling=None, need_to_know=False)
    write_marked(officer, made, "[NP] Banque", ["[NP] La banque paie le cargo."])
    return made


def names(session: Session) -> list[str]:
    return [one.name for one in saved_searches(session)]


def test_a_search_is_asked_again_where_it_was_saved(officer: Session, port: Compartment, screens: Compartment) -> None:
    save_search(officer, "Cargo", "cargo")
    save_search(officer, "Au port", "cargo", compartment_id=port.id, order=Order.RELEVANCE)

    found = {name: [line.row.title for line in find_saved(officer, name, limit=9)] for name in ("cargo", "AU PORT")}

    assert {name: set(titles) for name, titles in found.items()} == {"cargo": {"Cargo", "Banque"}, "AU PORT": {"Cargo"}}


def test_one_of_the_same_name_is_replaced_and_only_when_the_new_one_is_fine(
    officer: Session, port: Compartment
) -> None:
    save_search(officer, "Cargo", "cargo")

    for typed in ("", "level:rouge"):
        with pytest.raises((SearchRefusedError, UnreadableFilterError)):
            save_search(officer, "cargo", typed)
    with pytest.raises(UnusableNameError):
        save_search(officer, " ", "cargo")
    assert named_search(officer, "Cargo").typed == "cargo"
    save_search(officer, "CARGO", "grue")

    assert [(one.name, one.typed) for one in saved_searches(officer)] == [("CARGO", "grue")]
    assert drop_search(officer, "cargo").typed == "grue"
    assert names(officer) == []


def test_searches_over_a_compartment_go_where_its_notes_went(
    officer: Session, port: Compartment, screens: Compartment
) -> None:
    save_search(officer, "Au port", "cargo", compartment_id=port.id)
    save_search(officer, "Partout", "cargo")

    while merge_some(officer, plan_merge(officer, port.id, screens.id)):
        pass

    assert names(officer) == ["Au port", "Partout"]
    assert named_search(officer, "Au port").compartment_id == screens.id
    assert len(find_saved(officer, "Partout", limit=9)) == 2


def test_nothing_of_a_search_shows_while_a_compartment_it_was_saved_over_is_closed(
    officer: Session, port: Compartment, screens: Compartment
) -> None:
    save_search(officer, "Partout", "cargo")
    save_search(officer, "Au port", "sarnac", compartment_id=port.id)
    save_search(officer, "Écrans", "banque", compartment_id=screens.id)

    officer.vault.close_compartment(port.id)

    assert names(officer) == ["Écrans"]
    for ask in (named_search, drop_search):
        with pytest.raises(UnknownIdError):
            ask(officer, "Au port")
    # A name that is out of sight is free, and takes nothing away.
    save_search(officer, "Au port", "banque")
    officer.vault.open_compartment(port.id)
    assert names(officer) == ["Au port", "Au port", "Partout", "Écrans"]
