"""Groups: made, named, filled, removed; kept with the vault, and no more than a list."""

from __future__ import annotations

import pytest

from cloison.actions.groups import drop_group, group_members, groups, make_group, rename_group, set_members
from cloison.actions.people import contacts
from cloison.vault.errors import GroupNameTakenError, UnknownIdError, UnusableNameError
from service import Service


def test_a_group_is_made_filled_and_found_by_its_name(service: Service) -> None:
    officer, reader, other = (service.member(name, "S") for name in ("Officier", "Lecteur", "Autre"))
    known = [service.introduce(one, officer).id for one in (reader, other)]
    made = make_group(officer, "  Cellule   A ")
    assert (made.name, made.members) == ("Cellule A", ())

    set_members(officer, made.id, known)

    assert [one.card.name for one in group_members(officer, "cellule a")] == ["Autre", "Lecteur"]
    assert [one.card.name for one in group_members(officer, made.id)] == ["Autre", "Lecteur"]


def test_whoever_is_not_named_again_is_in_it_no_more(service: Service) -> None:
    officer, reader, other = (service.member(name, "S") for name in ("Officier", "Lecteur", "Autre"))
    known = [service.introduce(one, officer).id for one in (reader, other)]
    made = make_group(officer, "Cellule A")
    set_members(officer, made.id, known)

    assert [one.id for one in set_members(officer, made.id, known[1:]).members] == known[1:]


def test_groups_stand_by_name_whatever_their_capitals(service: Service) -> None:
    officer = service.member("Officier", "S")
    for name in ("beta", "Alpha", "Écho"):
        make_group(officer, name)

    assert [one.name for one in groups(officer)] == ["Alpha", "beta", "Écho"]


def test_two_groups_of_one_name_there_are_not(service: Service) -> None:
    officer = service.member("Officier", "S")
    one, other = make_group(officer, "Alpha"), make_group(officer, "Beta")

    with pytest.raises(GroupNameTakenError):
        make_group(officer, "ALPHA")
    with pytest.raises(GroupNameTakenError):
        rename_group(officer, other.id, "alpha")
    assert rename_group(officer, one.id, "ALPHA").name == "ALPHA"


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_group_has_a_name_that_can_be_read(service: Service, name: str) -> None:
    with pytest.raises(UnusableNameError):
        make_group(service.member("Officier", "S"), name)


def test_a_group_that_is_removed_leaves_its_people(service: Service) -> None:
    officer, reader = service.member("Officier", "S"), service.member("Lecteur", "S")
    known = service.introduce(reader, officer)
    made = make_group(officer, "Alpha")
    set_members(officer, made.id, [known.id])

    drop_group(officer, made.id)

    assert groups(officer) == ()
    assert known.id in {one.id for one in contacts(officer)}


def test_what_is_not_there_is_refused(service: Service) -> None:
    officer = service.member("Officier", "S")
    made = make_group(officer, "Alpha")

    with pytest.raises(UnknownIdError):
        set_members(officer, made.id, ["ab" * 16])
    with pytest.raises(UnknownIdError):
        set_members(officer, "cd" * 16, [])
    with pytest.raises(UnknownIdError):
        rename_group(officer, "cd" * 16, "Beta")
    with pytest.raises(UnknownIdError):
        drop_group(officer, "cd" * 16)
    with pytest.raises(UnknownIdError):
        group_members(officer, "Beta")
    assert group_members(officer, "Alpha") == ()
