"""Whatever is endorsed by whomever, nobody holds more than endorsement, scope and nationality give at once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from cloison.directory.authority import Scope, TrustedAuthority
from cloison.directory.card import Card, Role
from cloison.directory.endorsement import Endorsement
from cloison.directory.revocations import Fallen, Revocation, RevocationList
from cloison.directory.trust import Standing, standing
from cloison.labels.clearance import Clearance, holdable
from cloison.labels.library import built_in
from cloison_crypto.envelope import seal
from cloison_crypto.identity import Identity
from cloison_crypto.signing import ENDORSEMENT

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
DAY = timedelta(days=1)
HOLDER = Identity.generate(os.urandom)
AUTHORITIES = tuple(Identity.generate(os.urandom) for _ in range(2))
MARKS = ("[NP]", "[DR]", "[DR-SF]", "[S]", "[S-SF]", "[TS-SF]")
NATIONS = ("FRA", "DEU")
NEEDS = ("ab" * 16, "cd" * 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An endorsement as its authority's program signs it, checked or not."""

    mark: str
    nationality: str
    by: int
    days_ago: int
    days: int
    needs: tuple[str, ...]


@cache
def signed(one: Given) -> tuple[Endorsement, bytes]:
    """Signed as it stands, by a program that checks nothing."""
    authority = AUTHORITIES[one.by]
    endorsement = Endorsement(
        subject=HOLDER.public.fingerprint,
        authority=authority.public.fingerprint,
        clearance=Clearance.from_mark(POLICY, one.mark),
        nationality=one.nationality,
        need_to_know=one.needs,
        issued=NOW - one.days_ago * DAY,
        expires=NOW + one.days * DAY,
    )
    body = endorsement.body()
    return endorsement, seal(ENDORSEMENT, body, authority.sign_every(ENDORSEMENT, body))


POOL = [
    Given(mark=mark, nationality=nation, by=by, days_ago=ago, days=days, needs=needs)
    for mark, nation, by, (ago, days, needs) in product(
        MARKS, NATIONS, range(2), ((3, 9, NEEDS[:1]), (2, 0, NEEDS), (1, 9, ()), (-1, 9, NEEDS))
    )
]
SCOPES = st.builds(
    Scope,
    clearance=st.none() | st.sampled_from(MARKS).map(lambda mark: Clearance.from_mark(POLICY, mark)),
    nationalities=st.none() | st.frozensets(st.sampled_from(NATIONS)),
    policies=st.none() | st.sampled_from([frozenset({POLICY.id}), frozenset({"1.2.3"}), frozenset[str]()]),
)
LISTS = st.none() | st.tuples(st.sampled_from(Fallen), st.integers(min_value=0, max_value=4))


def card(identity: Identity, role: Role) -> Card:
    return Card(
        identity=identity.public,
        name="Nom",
        role=role,
        issued=NOW - 9 * DAY,
        expires=NOW + 9 * DAY,
        serial=1,
    )


def authority(by: int, scope: Scope, fell: tuple[Fallen, int] | None) -> TrustedAuthority:
    identity = AUTHORITIES[by]
    revocations = None
    if fell is not None:
        line = Revocation(subject=HOLDER.public.fingerprint, fallen=fell[0], at=NOW - fell[1] * DAY)
        revocations = RevocationList(
            authority=identity.public.fingerprint, number=1, issued=NOW, next_due=NOW + DAY, revocations=(line,)
        )
    return TrustedAuthority(
        card=card(identity, Role.AUTHORITY),
        scope=scope,
        accepted_at=NOW,
        accepted_by="A",
        revocations=revocations,
    )


def is_within(found: Standing, given: Endorsement, by: TrustedAuthority) -> bool:
    """Whether all that was found is in this endorsement, this scope, and open to this nationality."""
    clearance, scope = found.clearance, by.scope
    assert clearance is not None
    limit = scope.clearance or given.clearance
    return (
        clearance.classifications <= given.clearance.classifications & limit.classifications
        and clearance.categories <= given.clearance.categories & limit.categories
        and not holdable(POLICY, given.clearance, given.nationality)
        and not holdable(POLICY, clearance, found.nationality)
        and found.nationality == given.nationality
        and scope.allows(given.nationality)
        and scope.allows_policy(POLICY.id)
        and found.need_to_know <= set(given.need_to_know)
        and given.issued <= NOW < given.expires
    )


def fell_as_card(fell: tuple[Fallen, int] | None) -> bool:
    return fell is not None and fell[0] is Fallen.CARD


@settings(deadline=None)  # The first use of an endorsement signs it.
@given(
    st.lists(st.sampled_from(POOL), max_size=6),
    st.tuples(SCOPES, SCOPES),
    st.tuples(LISTS, LISTS),
    st.sets(st.integers(min_value=0, max_value=1)),
)
def test_no_combination_gives_more_than_the_intersection(
    given: list[Given],
    scopes: tuple[Scope, Scope],
    fell: tuple[tuple[Fallen, int] | None, tuple[Fallen, int] | None],
    trusted: set[int],
) -> None:
    by = {AUTHORITIES[one].public.fingerprint: authority(one, scopes[one], fell[one]) for one in trusted}
    endorsements = [signed(one) for one in given]

    found = standing(
        card(HOLDER, Role.MEMBER),
        [data for _, data in endorsements],
        by,
        policy=POLICY,
        is_compared=False,
        is_mine=False,
        now=NOW,
    )

    assert (found.clearance is None) == (not found.is_endorsed)
    assert found.clearance is None or any(
        is_within(found, one, by[one.authority]) for one, _ in endorsements if one.authority in by
    )
    assert found.clearance is not None or (found.nationality, found.need_to_know) == (None, frozenset())
    assert found.clearance is None or not any(fell_as_card(fell[one]) for one in trusted)
