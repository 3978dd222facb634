"""What stands behind a card, and what an authority has given: its register."""

from __future__ import annotations

from datetime import timedelta

from cloison.actions.cards import add_contact, remove_authority
from cloison.actions.endorsements import given, look_up
from cloison.actions.people import myself
from cloison.directory.weighing import Lapse
from service import Service


def test_an_authority_keeps_what_it_endorsed_the_latest_first(service: Service) -> None:
    reader = service.member("Lecteur", "S")
    service.clock.advance(days=1)
    service.member("Partenaire", "DR", nationality="DEU")

    register = given(service.authority)

    assert [(one.card.name, one.endorsement.nationality) for one in register] == [
        ("Partenaire", "DEU"),
        ("Lecteur", "FRA"),
    ]
    assert given(reader) == ()


def test_every_endorsement_of_a_card_is_told_the_latest_first(service: Service) -> None:
    reader = service.member("Lecteur", "DR")
    service.clock.advance(days=1)
    add_contact(reader, service.endorsed(reader, "S"))

    lines = look_up(reader, myself(reader)).endorsements

    assert [max(one.clearance.classifications) for one in lines if one.clearance] == ["SECRET", "NON PROTÉGÉ"]
    assert [one.lapse for one in lines] == [None, Lapse.OVERRULED]
    assert {one.authority for one in lines} == {"Officier de sécurité"}


def test_an_endorsement_that_is_out_of_date_says_so(service: Service) -> None:
    reader = service.member("Lecteur", "S")
    service.clock.advance(days=400)

    (line,) = look_up(reader, myself(reader)).endorsements

    assert line.lapse is Lapse.EXPIRED
    assert line.expires is not None
    assert line.expires <= service.clock.now < line.expires + timedelta(days=60)


def test_of_an_endorsement_by_nobody_trusted_nothing_is_told(service: Service) -> None:
    reader = service.member("Lecteur", "S")
    remove_authority(reader, service.authority.vault.member.identity.public.fingerprint)

    (line,) = look_up(reader, myself(reader)).endorsements

    assert (line.lapse, line.authority, line.clearance, line.expires) == (Lapse.NOT_TRUSTED, None, None, None)
