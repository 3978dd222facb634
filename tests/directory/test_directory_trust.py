"""Cards, endorsements and what they establish: endorsement, local scope and nationality together, or nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cloison.directory.authority import Scope, TrustedAuthority, scope_from_json
from cloison.directory.card import Card, Role, check_succession, read_card, sign_card
from cloison.directory.carte import MOST_PARTS, read_carte, write_carte
from cloison.directory.endorsement import Endorsement, endorsed_by, read_endorsement, sign_endorsement
from cloison.directory.errors import (
    CardError,
    EndorsementError,
    FingerprintError,
    FingerprintProblem,
    UnholdableClearanceError,
)
from cloison.directory.fingerprints import check_authority, check_person, fingerprint_words
from cloison.directory.revocations import RevocationList
from cloison.directory.sufficiency import shortfall
from cloison.directory.trust import Standing, TrustState, standing
from cloison.directory.weighing import Lapse
from cloison.labels.clearance import Clearance
from cloison.labels.layout import Handling, TrustNeeded
from cloison.labels.library import built_in
from cloison_crypto import canonical
from cloison_crypto.envelope import bundle, seal
from cloison_crypto.fields import Fields
from cloison_crypto.identity import Identity, fingerprint_text
from cloison_crypto.signing import CARD, ENDORSEMENT
from suite_one import SuiteOneSigner

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
HOLDER = Identity.generate(os.urandom)
OFFICER = Identity.generate(os.urandom)
OTHER = Identity.generate(os.urandom)


def card(identity: Identity = HOLDER, role: Role = Role.MEMBER, *, days: int = 365) -> Card:
    return Card(
        identity=identity.public,
        name="Nom",
        role=role,
        issued=NOW - timedelta(days=1),
        expires=NOW + timedelta(days=days),
        serial=1,
    )


def endorsement(mark: str = "[S]", nationality: str = "FRA", *, days: int = 100, issued: int = 0) -> Endorsement:
    return Endorsement(
        subject=HOLDER.public.fingerprint,
        authority=OFFICER.public.fingerprint,
        clearance=Clearance.from_mark(POLICY, mark),
        nationality=nationality,
        need_to_know=("ab" * 16,),
        issued=NOW - timedelta(days=issued),
        expires=NOW + timedelta(days=days),
    )


def signed(one: Endorsement, by: Identity = OFFICER) -> bytes:
    return sign_endorsement(one, by, POLICY)


def forced(one: Endorsement) -> bytes:
    """Signed by an authority whose program does not check what it signs."""
    return seal(ENDORSEMENT, one.body(), OFFICER.sign_every(ENDORSEMENT, one.body()))


def trusting(scope: Scope | None = None, role: Role = Role.AUTHORITY) -> dict[bytes, TrustedAuthority]:
    return {OFFICER.public.fingerprint: trusted(card(OFFICER, role), scope or Scope())}


def trusted(of: Card, scope: Scope, revocations: RevocationList | None = None) -> TrustedAuthority:
    return TrustedAuthority(
        card=of, scope=scope, accepted_at=NOW - timedelta(days=1), accepted_by="A", revocations=revocations
    )


def established(
    *endorsements: bytes,
    authorities: dict[bytes, TrustedAuthority] | None = None,
    of: Card | None = None,
    is_compared: bool = False,
    is_mine: bool = False,
) -> Standing:
    return standing(
        of or card(),
        endorsements,
        trusting() if authorities is None else authorities,
        policy=POLICY,
        is_compared=is_compared,
        is_mine=is_mine,
        now=NOW,
    )


def levels(of: Standing) -> frozenset[str]:
    return frozenset() if of.clearance is None else of.clearance.classifications


def test_a_card_is_read_back_as_it_was_signed() -> None:
    assert read_card(sign_card(card(), HOLDER)) == card()


def test_a_card_is_signed_by_its_own_keys_alone() -> None:
    with pytest.raises(CardError):
        sign_card(card(), OTHER)


def without_predecessor(one: Card) -> bytes:
    """Signed by its own keys alone, whatever it claims."""
    return seal(CARD, one.body(), HOLDER.sign_every(CARD, one.body()))


def test_a_card_that_takes_the_place_of_another_is_signed_by_both() -> None:
    renewed = replace(card(OTHER), previous=HOLDER.public.fingerprint)

    data = sign_card(renewed, OTHER, HOLDER)

    assert read_card(data) == renewed
    check_succession(data, card())
    with pytest.raises(CardError):
        sign_card(renewed, OTHER)
    with pytest.raises(CardError):
        sign_card(card(OTHER), OTHER, HOLDER)


def forged_succession() -> bytes:
    """A card that names another as previous, with signatures that only claim to be by its keys."""
    renewed = replace(card(OTHER), previous=HOLDER.public.fingerprint)
    other_body = card().body()
    return seal(CARD, renewed.body(), (*OTHER.sign_every(CARD, renewed.body()), *HOLDER.sign_every(CARD, other_body)))


@pytest.mark.parametrize(
    "data",
    [
        forged_succession(),
        sign_card(replace(card(OTHER), previous=OFFICER.public.fingerprint), OTHER, OFFICER),
        sign_card(card(OTHER), OTHER),
    ],
    ids=["forged", "of another card", "of none"],
)
def test_a_succession_that_the_previous_keys_did_not_sign_is_refused(data: bytes) -> None:
    with pytest.raises(CardError):
        check_succession(data, card())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        sign_card(card(), HOLDER)[:-1],
        sign_card(card(), HOLDER) + b" ",
        seal(CARD, card().body(), OTHER.sign_every(CARD, card().body())),
        seal(CARD, card().body(), HOLDER.sign_every(ENDORSEMENT, card().body())),
        seal(CARD, card().body(), HOLDER.sign_every(CARD, card().body()) * 2),
        seal(CARD, b"{}", HOLDER.sign_every(CARD, b"{}")),
        without_predecessor(replace(card(), name="Nom\u202e")),
        without_predecessor(replace(card(), name="\u200b")),
        without_predecessor(replace(card(), name=" ")),
        without_predecessor(replace(card(), previous=OTHER.public.fingerprint)),
        seal(CARD, card().body(), (*HOLDER.sign_every(CARD, card().body()), *OTHER.sign_every(CARD, card().body()))),
        seal(ENDORSEMENT, card().body(), HOLDER.sign_every(CARD, card().body())),
    ],
    ids=[
        "nothing",
        "cut short",
        "a byte more",
        "signed by somebody else",
        "signed as something else",
        "signed twice",
        "no card",
        "a name turned about",
        "a name that is not seen",
        "no name",
        "a predecessor that did not sign",
        "signed by somebody it does not name",
        "another kind of envelope",
    ],
)
def test_what_is_not_a_card_is_refused(data: bytes) -> None:
    with pytest.raises(CardError):
        read_card(data)


@pytest.mark.parametrize("suite", [1, 2])
def test_a_card_of_two_suites_signed_under_one_is_refused(suite: int) -> None:
    # Whoever can forge suite 1 would leave out the signature under suite 2.
    body = card().body()

    with pytest.raises(CardError):
        read_card(seal(CARD, body, (HOLDER.sign(CARD, body, suite),)))


def test_each_signature_of_a_card_is_verified() -> None:
    body, other = card().body(), card(days=366).body()
    one, two = HOLDER.sign_every(CARD, body)
    other_one, other_two = HOLDER.sign_every(CARD, other)

    for signatures in ((one, other_two), (other_one, two), (two, one)):
        with pytest.raises(CardError):
            read_card(seal(CARD, body, signatures))


def test_a_card_of_suite_1_alone_is_read() -> None:
    old = SuiteOneSigner(HOLDER)
    made = replace(card(), identity=old.public)

    assert read_card(old.card_envelope(made)) == made
    assert made.identity.suites == (1,)
    assert made.fingerprint != HOLDER.public.fingerprint


def test_the_keys_of_suite_1_of_somebody_who_has_both_make_another_card() -> None:
    # The holder's signature under suite 1 says nothing on a card from which suite 2 was taken out.
    stripped = replace(card(), identity=SuiteOneSigner(HOLDER).public)
    signature = HOLDER.sign(CARD, stripped.body())

    with pytest.raises(CardError):
        read_card(seal(CARD, stripped.body(), (signature,)))


@pytest.mark.parametrize("suite", [1, 2])
def test_an_endorsement_under_one_suite_of_the_authority_s_two_is_refused(suite: int) -> None:
    body = endorsement().body()
    stripped = seal(ENDORSEMENT, body, (OFFICER.sign(ENDORSEMENT, body, suite),))

    with pytest.raises(EndorsementError):
        read_endorsement(stripped, OFFICER.public)
    assert not established(stripped).is_endorsed


def test_each_signature_of_an_endorsement_is_verified() -> None:
    body, other = endorsement().body(), endorsement("[DR]").body()
    one, two = OFFICER.sign_every(ENDORSEMENT, body)
    other_one, other_two = OFFICER.sign_every(ENDORSEMENT, other)

    for signatures in ((one, other_two), (other_one, two)):
        with pytest.raises(EndorsementError):
            read_endorsement(seal(ENDORSEMENT, body, signatures), OFFICER.public)


@pytest.mark.parametrize(
    "change",
    [(b'"role":"member"', b'"role":"emperor"'), (b"cloison/card/v1", b"cloison/card/v2")],
    ids=["unknown role", "a later version"],
)
def test_a_card_with_an_unknown_word_is_refused(change: tuple[bytes, bytes]) -> None:
    body = card().body().replace(*change)

    with pytest.raises(CardError):
        read_card(seal(CARD, body, HOLDER.sign_every(CARD, body)))


def test_a_carte_carries_a_card_and_its_endorsements() -> None:
    data = signed(endorsement())

    carte = read_carte(write_carte(sign_card(card(), HOLDER), [data]))

    assert (carte.card, carte.unverified_endorsements) == (card(), (data,))


@pytest.mark.parametrize(
    "data",
    [b"", b"cloison/bundle/v1\n", bundle([sign_card(card(), HOLDER)] * (MOST_PARTS + 1)), bundle([b"x"])],
    ids=["nothing", "no parts", "too many parts", "no card in front"],
)
def test_what_is_not_a_carte_is_refused(data: bytes) -> None:
    with pytest.raises(CardError):
        read_carte(data)


def test_an_endorsement_names_its_authority_and_is_read_with_that_key_alone() -> None:
    data = signed(endorsement())

    assert endorsed_by(data) == OFFICER.public.fingerprint
    assert read_endorsement(data, OFFICER.public) == endorsement()
    with pytest.raises(EndorsementError):
        read_endorsement(data, OTHER.public)


@pytest.mark.parametrize("read", [endorsed_by, lambda data: read_endorsement(data, OFFICER.public)])
@pytest.mark.parametrize(
    "data",
    [b"", seal(ENDORSEMENT, b"{}", (b"\1" + b"\0" * 3405,) * 2)],
    ids=["nothing", "signed twice"],
)
def test_what_is_not_an_endorsement_is_refused(read: Callable[[bytes], object], data: bytes) -> None:
    with pytest.raises(EndorsementError):
        read(data)


@pytest.mark.parametrize(
    "change",
    [
        (b"cloison/endorsement/v1", b"cloison/endorsement/v2"),
        (b'"need_to_know":["', b'"need_to_know":["00","'),
        (b'"nationality":"FRA"', b'"nationality":"FRANCE"'),
        (OFFICER.public.fingerprint.hex().encode(), OTHER.public.fingerprint.hex().encode()),
    ],
    ids=["a later version", "a compartment id that is none", "a nationality that is none", "another authority"],
)
def test_a_signed_endorsement_with_one_thing_wrong_is_refused(change: tuple[bytes, bytes]) -> None:
    body = endorsement().body().replace(*change)

    with pytest.raises(EndorsementError):
        read_endorsement(seal(ENDORSEMENT, body, OFFICER.sign_every(ENDORSEMENT, body)), OFFICER.public)


def test_a_foreigner_cannot_be_endorsed_for_special_france() -> None:
    with pytest.raises(UnholdableClearanceError) as refused:
        signed(endorsement("[S-SF]", "DEU"))

    assert refused.value.nationality == "DEU"


def test_an_endorsement_by_a_trusted_authority_establishes_clearance_nationality_and_need() -> None:
    found = established(signed(endorsement("[S-SF]")))

    assert (found.state, found.nationality) == (TrustState.ENDORSED, "FRA")
    assert found.clearance == Clearance.from_mark(POLICY, "[S-SF]")
    assert (found.need_to_know, found.until) == (frozenset({"ab" * 16}), NOW + timedelta(days=100))


@pytest.mark.parametrize(
    "found",
    [
        established(),
        established(b"no endorsement"),
        established(signed(endorsement()), authorities={}),
        established(signed(endorsement()), authorities=trusting(role=Role.MEMBER)),
        established(signed(replace(endorsement(), subject=OTHER.public.fingerprint))),
        established(signed(endorsement(days=0))),
        established(signed(endorsement(issued=-1))),
        established(forced(endorsement("[S-SF]", "DEU"))),
        established(signed(endorsement()), authorities=trusting(Scope(nationalities=frozenset({"DEU"})))),
        established(
            signed(endorsement()),
            authorities=trusting(Scope(clearance=replace(Clearance.from_mark(POLICY, "[S]"), policy_id="1.2"))),
        ),
        established(
            signed(endorsement()),
            authorities={OFFICER.public.fingerprint: trusted(card(OFFICER, Role.AUTHORITY, days=0), Scope())},
        ),
    ],
    ids=[
        "none",
        "no endorsement at all",
        "an authority nobody trusts",
        "a trusted card that is no authority",
        "of somebody else",
        "lapsed",
        "not yet in force",
        "forced for a nationality that cannot hold it",
        "outside the nationalities of the scope",
        "a scope of another policy",
        "by an authority whose card has lapsed",
    ],
)
def test_what_does_not_count_establishes_nothing(found: Standing) -> None:
    assert (found.state, found.is_endorsed) == (TrustState.IMPORTED, False)
    assert (found.clearance, found.nationality, found.need_to_know) == (None, None, frozenset())


def test_an_authority_is_followed_no_further_than_its_scope() -> None:
    scope = Scope(clearance=Clearance.from_mark(POLICY, "[DR]"))

    found = established(signed(endorsement("[TS-SF]")), authorities=trusting(scope))

    assert levels(found) == Clearance.from_mark(POLICY, "[DR]").classifications
    assert found.clearance is not None
    assert found.clearance.categories == frozenset()


def test_the_latest_endorsement_counts_alone() -> None:
    earlier, later = signed(endorsement("[TS]", issued=2)), signed(endorsement("[DR]", issued=1))

    for order in ((earlier, later), (later, earlier)):
        assert levels(established(*order)) == Clearance.from_mark(POLICY, "[DR]").classifications


def test_an_expired_card_is_worth_nothing_whoever_endorses_it() -> None:
    found = established(signed(endorsement()), of=card(days=0))

    assert (found.state, found.clearance) == (TrustState.EXPIRED, None)


def test_a_card_that_is_not_in_force_yet_is_worth_nothing() -> None:
    early = replace(card(), issued=NOW + timedelta(days=1))

    assert established(signed(endorsement()), of=early).state is TrustState.EXPIRED


def test_what_is_established_holds_no_longer_than_the_card() -> None:
    assert established(signed(endorsement(days=100)), of=card(days=10)).until == NOW + timedelta(days=10)


def test_an_endorsement_under_another_policy_counts_for_nothing() -> None:
    foreign = replace(endorsement(), clearance=replace(Clearance.from_mark(POLICY, "[S]"), policy_id="1.2.3"))

    assert established(forced(foreign)).clearance is None


def test_my_own_card_is_mine_and_a_compared_one_compared() -> None:
    assert established(is_mine=True).state is TrustState.SELF
    assert established(is_compared=True).state is TrustState.COMPARED


@pytest.mark.parametrize(
    ("found", "enough_for"),
    [
        (established(of=card(days=0)), set()),
        (established(), {TrustNeeded.IMPORTED}),
        (established(is_compared=True), {TrustNeeded.IMPORTED, TrustNeeded.COMPARED}),
        (
            established(signed(endorsement())),
            {TrustNeeded.IMPORTED, TrustNeeded.COMPARED, TrustNeeded.ENDORSED},
        ),
        (established(signed(endorsement()), is_compared=True), set(TrustNeeded)),
        (established(signed(endorsement()), is_mine=True), set(TrustNeeded)),
        (established(is_mine=True), {TrustNeeded.IMPORTED}),
    ],
    ids=["expired", "imported", "compared", "endorsed", "endorsed and compared", "mine", "mine, not endorsed"],
)
def test_each_level_asks_for_its_own_trust(found: Standing, enough_for: set[TrustNeeded]) -> None:
    assert {needed for needed in TrustNeeded if shortfall(found, Handling(trust=needed)) is None} == enough_for


@pytest.mark.parametrize(
    "scope",
    [
        Scope(),
        Scope(clearance=Clearance.from_mark(POLICY, "[S-SF]")),
        Scope(nationalities=frozenset()),
        Scope(nationalities=frozenset({"FRA", "DEU"})),
        Scope(policies=frozenset({POLICY.id})),
    ],
)
def test_a_scope_is_read_back_as_it_was_stored(scope: Scope) -> None:
    stored = canonical.read(canonical.write(scope.to_json()), limit=10**6)

    assert scope_from_json(Fields(stored)) == scope


def test_a_person_is_compared_by_twenty_characters_in_any_spelling() -> None:
    fingerprint = HOLDER.public.fingerprint
    text = fingerprint_text(fingerprint)
    start = "".join(text.split())[:20]

    for typed in (start, start.upper(), f"{start[:10]}-{start[10:]}", text):
        check_person(fingerprint, typed)


def problem(check: Callable[[bytes, str], None], typed: str) -> FingerprintProblem:
    with pytest.raises(FingerprintError) as refused:
        check(HOLDER.public.fingerprint, typed)
    return refused.value.problem


def test_a_fingerprint_that_shows_nothing_is_refused_by_its_reason() -> None:
    mine = "".join(fingerprint_text(HOLDER.public.fingerprint).split())
    other = fingerprint_text(OTHER.public.fingerprint)

    assert problem(check_person, mine[:19]) is FingerprintProblem.TOO_SHORT
    assert problem(check_person, other) is FingerprintProblem.DIFFERENT
    assert problem(check_authority, mine[:-1]) is FingerprintProblem.TOO_SHORT
    assert problem(check_authority, other) is FingerprintProblem.DIFFERENT
    assert problem(check_authority, "!" * 52) is FingerprintProblem.MALFORMED
    check_authority(HOLDER.public.fingerprint, mine)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_fingerprint_reads_as_twenty_four_words(language: str) -> None:
    words = fingerprint_words(HOLDER.public.fingerprint, language).split()

    assert len(words) == 24
    assert fingerprint_words(OTHER.public.fingerprint, language).split() != words


def test_an_endorsement_of_levels_the_policy_does_not_have_is_told_from_one_nobody_can_hold() -> None:
    former = replace(endorsement(), clearance=replace(endorsement().clearance, classifications=frozenset({"SECRET 2"})))

    assert established(forced(former)).lapse is Lapse.OTHER_LEVELS
    assert established(forced(endorsement("[S-SF]", "DEU"))).lapse is Lapse.UNHOLDABLE
