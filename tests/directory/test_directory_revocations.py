"""Revocation lists: numbered, signed, each naming all that the one before did; and what falls with them."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cloison.directory.authority import WITHOUT_LIST, ListState, Scope, TrustedAuthority
from cloison.directory.card import Card, Role
from cloison.directory.endorsement import Endorsement, sign_endorsement
from cloison.directory.errors import ListProblem, RevocationsError, RevocationsRefusedError
from cloison.directory.revocations import (
    Fallen,
    Revocation,
    RevocationList,
    check_successor,
    read_revocations,
    revocations_signer,
    sign_revocations,
)
from cloison.directory.sufficiency import TrustShortfall, TrustWarning, first_shortfall, shortfall, warnings
from cloison.directory.trust import Fall, Standing, TrustState, standing
from cloison.directory.weighing import Lapse
from cloison.labels.clearance import Clearance
from cloison.labels.layout import Handling, OverdueList, TrustNeeded
from cloison.labels.library import built_in
from cloison_crypto.envelope import seal
from cloison_crypto.identity import Identity
from cloison_crypto.signing import ENDORSEMENT, REVOCATIONS

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
DAY = timedelta(days=1)
HOLDER, OFFICER, PARTNER = (Identity.generate(os.urandom) for _ in range(3))
SUBJECT = HOLDER.public.fingerprint
OPEN = Handling(trust=TrustNeeded.IMPORTED, overdue_list=OverdueList.IGNORE)
RESTRICTED, SECRET = (POLICY.classification(name).handling for name in ("DIFFUSION RESTREINTE", "SECRET"))


def card(identity: Identity, role: Role, *, days: int = 365) -> Card:
    return Card(identity=identity.public, name="Nom", role=role, issued=NOW - DAY, expires=NOW + days * DAY, serial=1)


def revocation(fallen: Fallen = Fallen.CARD, *, days_ago: int = 1, of: bytes = SUBJECT) -> Revocation:
    return Revocation(subject=of, fallen=fallen, at=NOW - days_ago * DAY)


def listed(*revocations: Revocation, number: int = 1, due: int = 30, by: Identity = OFFICER) -> RevocationList:
    return RevocationList(
        authority=by.public.fingerprint, number=number, issued=NOW, next_due=NOW + due * DAY, revocations=revocations
    )


def authority(
    identity: Identity = OFFICER, revocations: RevocationList | None = None, *, days: int = 365, accepted: int = 1
) -> TrustedAuthority:
    return TrustedAuthority(
        card=card(identity, Role.AUTHORITY, days=days),
        scope=Scope(),
        accepted_at=NOW - accepted * DAY,
        accepted_by="A",
        revocations=revocations,
    )


def endorsement(mark: str = "[S]", *, by: Identity = OFFICER, days_ago: int = 2, days: int = 100) -> bytes:
    given = Endorsement(
        subject=SUBJECT,
        authority=by.public.fingerprint,
        clearance=Clearance.from_mark(POLICY, mark),
        nationality="FRA",
        need_to_know=(),
        issued=NOW - days_ago * DAY,
        expires=NOW + days * DAY,
    )
    return sign_endorsement(given, by, POLICY)


def established(*endorsements: bytes, by: tuple[TrustedAuthority, ...], of: Card | None = None) -> Standing:
    return standing(
        of or card(HOLDER, Role.MEMBER),
        endorsements,
        {one.card.fingerprint: one for one in by},
        policy=POLICY,
        is_compared=False,
        is_mine=False,
        now=NOW,
    )


def test_a_list_is_read_back_as_it_was_signed() -> None:
    made = listed(*sorted((revocation(), revocation(Fallen.ENDORSEMENT, of=bytes(32))), key=lambda one: one.subject))

    data = sign_revocations(made, OFFICER)

    assert revocations_signer(data) == OFFICER.public.fingerprint
    assert read_revocations(data, OFFICER.public) == made


def twice(body: bytes) -> bytes:
    """The one line of a list, said again."""
    start, end = body.index(b"[") + 1, body.index(b"]")
    return body[:end] + b"," + body[start:end] + body[end:]


def forced(body: bytes) -> bytes:
    return seal(REVOCATIONS, body, OFFICER.sign_every(REVOCATIONS, body))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x" + sign_revocations(listed(), OFFICER),
        sign_revocations(listed(revocation()), OFFICER)[:-1],
        seal(REVOCATIONS, listed().body(), PARTNER.sign_every(REVOCATIONS, listed().body())),
        seal(REVOCATIONS, listed().body(), OFFICER.sign_every(ENDORSEMENT, listed().body())),
        seal(REVOCATIONS, listed().body(), OFFICER.sign_every(REVOCATIONS, listed().body()) * 2),
        seal(REVOCATIONS, listed().body(), OFFICER.sign_every(REVOCATIONS, listed().body())[:1]),
        seal(REVOCATIONS, listed().body(), OFFICER.sign_every(REVOCATIONS, listed().body())[1:]),
        forced(listed(by=PARTNER).body()),
        forced(listed().body().replace(b"2026-12-22T", b"2026-11-22T")),
        forced(listed().body().replace(b"2026-12-22T", b"2028-12-22T")),
        forced(twice(listed(revocation()).body())),
        forced(listed(revocation()).body().replace(b'"fallen":"card"', b'"fallen":"sword"')),
        forced(listed(revocation()).body().replace(b"revocations/v1", b"revocations/v2")),
        forced(listed(number=0).body()),
    ],
    ids=[
        "nothing",
        "a byte before",
        "cut short",
        "signed by another",
        "signed as something else",
        "signed twice",
        "signed under suite 1 alone",
        "signed under suite 2 alone",
        "of another authority",
        "due when it is issued",
        "due after years",
        "a card named twice",
        "an unknown word",
        "a later version",
        "number zero",
    ],
)
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(RevocationsError):
        read_revocations(data, OFFICER.public)


@pytest.mark.parametrize("data", [b"", seal(REVOCATIONS, b"{}", (b"\1" + b"\0" * 3405,) * 2)], ids=["nothing", "twice"])
def test_the_signer_of_no_list_is_nobody(data: bytes) -> None:
    with pytest.raises(RevocationsError):
        revocations_signer(data)


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        (listed(number=2), ListProblem.LOWER_NUMBER),
        (listed(number=3, due=31), ListProblem.SAME_NUMBER),
        (listed(number=4), ListProblem.NOT_CUMULATIVE),
        (listed(revocation(Fallen.ENDORSEMENT, days_ago=0), number=4), ListProblem.NOT_CUMULATIVE),
    ],
    ids=["a lower number", "the same number, other content", "a card left out", "a card that stands again"],
)
def test_a_list_that_does_not_go_on_from_the_known_one_is_refused(new: RevocationList, problem: ListProblem) -> None:
    with pytest.raises(RevocationsRefusedError) as refused:
        check_successor(new, listed(revocation(), number=3))

    assert (refused.value.problem, refused.value.known) == (problem, 3)


def test_an_endorsement_that_fell_does_not_fall_earlier() -> None:
    with pytest.raises(RevocationsRefusedError):
        check_successor(
            listed(revocation(Fallen.ENDORSEMENT, days_ago=2), number=2), listed(revocation(Fallen.ENDORSEMENT))
        )


@pytest.mark.parametrize(
    "new",
    [
        listed(revocation(Fallen.ENDORSEMENT)),
        listed(revocation(Fallen.ENDORSEMENT), number=7),
        listed(revocation(Fallen.ENDORSEMENT, days_ago=0), number=2),
        listed(revocation(Fallen.CARD, days_ago=5), number=2),
    ],
    ids=["the very list", "numbers left out", "falls again", "the card after its endorsement"],
)
def test_a_list_that_goes_on_takes_the_place_of_the_known_one(new: RevocationList) -> None:
    check_successor(new, listed(revocation(Fallen.ENDORSEMENT)))
    check_successor(new, None)


def test_a_revoked_card_is_worth_nothing_whoever_endorses_it() -> None:
    by = (authority(revocations=listed(revocation())), authority(PARTNER))

    found = established(endorsement(), endorsement(by=PARTNER), by=by)

    assert (found.state, found.is_endorsed, found.clearance) == (TrustState.REVOKED, False, None)
    assert found.fall == Fall(authority="Nom", at=NOW - DAY)
    assert shortfall(found, OPEN) is TrustShortfall.REVOKED


def test_a_revocation_says_more_than_an_end_that_has_come() -> None:
    found = established(by=(authority(revocations=listed(revocation())),), of=card(HOLDER, Role.MEMBER, days=0))

    assert found.state is TrustState.REVOKED


def test_a_revoked_endorsement_falls_with_those_before_it_and_not_with_those_after() -> None:
    fell = authority(revocations=listed(revocation(Fallen.ENDORSEMENT, days_ago=2)))

    before = established(endorsement(days_ago=2), endorsement("[TS]", days_ago=3), by=(fell,))
    after = established(endorsement(days_ago=2), endorsement("[DR]", days_ago=1), by=(fell,))

    assert (before.state, before.lapse) == (TrustState.IMPORTED, Lapse.REVOKED)
    assert after.clearance == Clearance.from_mark(POLICY, "[DR]")


def test_an_authority_revokes_no_endorsement_of_another() -> None:
    by = (authority(), authority(PARTNER, listed(revocation(Fallen.ENDORSEMENT, days_ago=0), by=PARTNER)))

    assert established(endorsement(), by=by).is_endorsed


def test_an_authority_that_lost_its_keys_endorses_nobody() -> None:
    lost = listed(revocation(of=OFFICER.public.fingerprint))

    assert established(endorsement(), by=(authority(revocations=lost),)).lapse is Lapse.AUTHORITY_REVOKED


def test_an_authority_says_nothing_of_the_keys_of_another() -> None:
    by = (authority(), authority(PARTNER, listed(revocation(of=OFFICER.public.fingerprint), by=PARTNER)))

    assert established(endorsement(), by=by).is_endorsed


def test_a_lower_endorsement_that_ended_does_not_let_a_higher_one_rise_again() -> None:
    found = established(endorsement("[TS]", days_ago=5), endorsement("[DR]", days_ago=4, days=-1), by=(authority(),))

    assert (found.clearance, found.lapse) == (None, Lapse.EXPIRED)


def test_an_endorsement_holds_no_longer_than_the_card_of_its_authority() -> None:
    assert established(endorsement(days=100), by=(authority(days=10),)).until == NOW + 10 * DAY


@pytest.mark.parametrize(
    ("of", "state"),
    [
        (authority(), ListState.NONE_SEEN),
        (authority(accepted=WITHOUT_LIST.days - 1), ListState.NONE_SEEN),
        (authority(accepted=WITHOUT_LIST.days), ListState.OVERDUE),
        (authority(accepted=400, revocations=listed()), ListState.FRESH),
        (authority(revocations=replace(listed(), issued=NOW - DAY, next_due=NOW)), ListState.OVERDUE),
    ],
    ids=["new", "89 days without", "90 days without", "fresh", "due now"],
)
def test_a_list_is_missed_from_its_day_on(of: TrustedAuthority, state: ListState) -> None:
    assert of.list_state(NOW) is state
    assert established(endorsement(), by=(of,)).list_state is state


OVERDUE = (authority(accepted=90),)


@pytest.mark.parametrize(
    ("found", "handling", "short", "told"),
    [
        (established(endorsement(), by=OVERDUE), OPEN, None, ()),
        (established(endorsement(), by=OVERDUE), RESTRICTED, None, (TrustWarning.LIST_OVERDUE,)),
        (established(endorsement(), by=OVERDUE), SECRET, TrustShortfall.LIST_OVERDUE, ()),
        (established(endorsement(), by=(authority(),)), SECRET, None, ()),
        (established(by=OVERDUE), SECRET, TrustShortfall.NOT_ENDORSED, ()),
        (
            established(endorsement(days=0), by=(authority(),)),
            SECRET,
            TrustShortfall.ENDORSEMENT_EXPIRED,
            (TrustWarning.ENDORSEMENT_EXPIRED,),
        ),
        (
            established(endorsement(), by=(authority(days=0),)),
            RESTRICTED,
            TrustShortfall.ENDORSEMENT_EXPIRED,
            (TrustWarning.ENDORSEMENT_EXPIRED,),
        ),
        (
            established(endorsement(), by=(authority(revocations=listed(revocation(Fallen.ENDORSEMENT))),)),
            SECRET,
            TrustShortfall.ENDORSEMENT_REVOKED,
            (TrustWarning.ENDORSEMENT_REVOKED,),
        ),
    ],
    ids=[
        "overdue, open level",
        "overdue, DR",
        "overdue, SECRET",
        "fresh",
        "never endorsed",
        "endorsement expired",
        "authority expired",
        "endorsement revoked",
    ],
)
def test_each_level_says_what_is_short_and_what_is_only_told(
    found: Standing, handling: Handling, short: TrustShortfall | None, told: tuple[TrustWarning, ...]
) -> None:
    assert shortfall(found, handling) is short
    assert first_shortfall(found, (OPEN, handling)) is short
    assert warnings(found, (OPEN, handling)) == told


def test_the_latest_word_counts_whichever_authority_spoke_first() -> None:
    by = (authority(), authority(PARTNER))

    found = established(
        endorsement("[TS]", days_ago=5),
        endorsement("[S]", by=PARTNER, days_ago=4),
        endorsement("[DR]", days_ago=3),
        by=by,
    )

    assert found.clearance == Clearance.from_mark(POLICY, "[DR]")


def test_an_authority_establishes_nothing_of_itself() -> None:
    mine = Endorsement(
        subject=OFFICER.public.fingerprint,
        authority=OFFICER.public.fingerprint,
        clearance=Clearance.from_mark(POLICY, "[TS]"),
        nationality="FRA",
        need_to_know=(),
        issued=NOW - DAY,
        expires=NOW + DAY,
    )

    found = established(sign_endorsement(mine, OFFICER, POLICY), by=(authority(),), of=card(OFFICER, Role.AUTHORITY))

    assert (found.clearance, found.lapse) == (None, Lapse.ITSELF)
