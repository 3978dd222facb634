"""What ends soon is told thirty days before, and what has ended as long as it matters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cloison.actions.cards import add_contact, export_card
from cloison.actions.renewal import reissue_card
from cloison.actions.revocations import export_revocations, revoke, take_revocations
from cloison.actions.session import Session
from cloison.actions.warnings import Ending, endings
from cloison.directory.revocations import Fallen
from service import START, Clock, Service, found_service


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    service = found_service(tmp_path, Clock())
    yield service
    service.close()


@pytest.fixture
def officer(service: Service) -> Session:
    return service.member("Officier", "S")


def told(session: Session) -> list[tuple[Ending, str, bool]]:
    return [(one.ending, one.name, one.is_past) for one in endings(session)]


def at(service: Service, days: int) -> None:
    service.clock.now = START + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (59, []),
        (60, [(Ending.LIST, "Officier de sécurité", False)]),
        (90, [(Ending.LIST, "Officier de sécurité", True)]),
        (334, [(Ending.LIST, "Officier de sécurité", True)]),
        (335, [(Ending.LIST, "Officier de sécurité", True), (Ending.MY_ENDORSEMENT, "Officier", False)]),
        (365, [(Ending.LIST, "Officier de sécurité", True), (Ending.MY_ENDORSEMENT, "Officier", True)]),
    ],
)
def test_my_own_is_told_thirty_days_before(
    service: Service, officer: Session, days: int, expected: list[tuple[Ending, str, bool]]
) -> None:
    at(service, days)

    assert told(officer) == expected


def test_cards_are_told_mine_first_by_their_kind_and_those_of_authorities(service: Service, officer: Session) -> None:
    reader = service.member("Lecteur", None)
    service.introduce(reader, officer)
    at(service, 5 * 365 - 1)

    kinds = {(one.ending, one.name) for one in endings(officer)}

    assert kinds >= {
        (Ending.MY_CARD, "Officier"),
        (Ending.CARD, "Lecteur"),
        (Ending.AUTHORITY, "Officier de sécurité"),
    }
    assert [one.at for one in endings(officer)] == sorted(one.at for one in endings(officer))


def test_what_was_renewed_or_has_fallen_is_told_no_more(service: Service, officer: Session) -> None:
    reader = service.member("Lecteur", "S")
    service.introduce(reader, officer)
    at(service, 340)
    before = told(officer)

    take_revocations(officer, export_revocations(service.authority)[1])
    add_contact(officer, service.endorsed(officer, "S"))
    revoke(service.authority, reader.vault.member.identity.public.fingerprint, Fallen.CARD)
    take_revocations(officer, export_revocations(service.authority, service.clock.now + timedelta(days=60))[1])

    assert (Ending.ENDORSEMENT, "Lecteur", False) in before
    assert told(officer) == []


def test_a_card_issued_anew_ends_later(service: Service, officer: Session) -> None:
    at(service, 5 * 365 - 1)
    reissue_card(officer)

    assert Ending.MY_CARD not in {one.ending for one in endings(officer)}
    assert export_card(officer)
