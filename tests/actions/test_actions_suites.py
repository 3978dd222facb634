"""The suite a package is sealed in follows from the levels in it, and whoever lacks it is sent nothing at those."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cloison.actions.cards import Granted, add_contact, confirm_contact, endorse, export_card, trust_authority
from cloison.actions.compartments import add_compartment
from cloison.actions.dissemination_plan import Row, plan
from cloison.actions.open_package import read, receiver
from cloison.actions.people import Contact, contacts
from cloison.actions.policy_import import import_policy
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.directory.authority import Scope, TrustedAuthority
from cloison.directory.card import Card, Role
from cloison.directory.carte import read_carte, write_carte
from cloison.directory.endorsement import Endorsement
from cloison.directory.sufficiency import TrustShortfall
from cloison.dissemination.errors import CannotSealError
from cloison.labels.clearance import Clearance
from cloison_crypto.envelope import seal
from cloison_crypto.identity import fingerprint_text
from cloison_crypto.signing import ENDORSEMENT
from policies import followed, fr_version, signed_by
from service import Service, words_for, write_marked
from suite_one import SuiteOneSigner, suite_one_signer

SECRET_IN_SUITE_2 = '<handling trust="endorsed" overdueList="refuse" minimumSuite="2"/>'
AGE, HIGH = b"age-encryption.org/v1\n", b"cloison/suite-2/v1\n"


class Story:
    """An officer, a French reader cleared for everything, and a partner whose card is of suite 1 alone."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.officer = service.member("Officier", "TS-SF")
        self.reader = service.member("Lecteur", "TS-SF")
        for one, other in ((self.reader, self.officer), (self.officer, self.reader)):
            service.introduce(one, other)
        self.compartment = add_compartment(self.officer, "Dossier", ceiling=None, need_to_know=False)
        self.old = self.endorsed(suite_one_signer(bytes(96)), "Correspondant ancien")

    def endorsed(self, signer: SuiteOneSigner, name: str) -> Contact:
        """A contact of suite 1, endorsed for TRÈS SECRET by the authority and compared."""
        card = self.card(signer, name, Role.MEMBER)
        _, carte = endorse(self.service.authority, write_carte(signer.card_envelope(card), ()), self.granted())
        contact = add_contact(self.officer, carte)
        return confirm_contact(self.officer, contact.id, fingerprint_text(card.fingerprint))

    def granted(self) -> Granted:
        return Granted(
            clearance=Clearance.from_mark(self.officer.policy, "TS"),
            nationality="FRA",
            need_to_know=(),
            until=self.service.clock.now + timedelta(days=365),
        )

    def card(self, signer: SuiteOneSigner, name: str, role: Role) -> Card:
        now = self.service.clock.now
        return Card(
            identity=signer.public, name=name, role=role, issued=now, expires=now + timedelta(days=700), serial=1
        )

    def row(self, contact: Contact, *portions: str, title: str = "[NP] Titre") -> Row:
        note = write_marked(self.officer, self.compartment, title, portions)
        return plan(self.officer, note.uid, [contact.id]).rows[0]

    def known_reader(self) -> Contact:
        return next(one for one in contacts(self.officer) if one.card.name == "Lecteur")

    def sealed(self, *portions: str) -> Path:
        note = write_marked(self.officer, self.compartment, "[NP] Titre", portions)
        folder = self.service.folder / "out"
        options = SealOptions()
        return seal_note(
            self.officer, note.uid, [self.known_reader().id], folder, options=options, words_for=words_for
        )[0].path


@pytest.fixture
def story(service: Service) -> Story:
    return Story(service)


@pytest.mark.parametrize(
    ("portions", "suite", "start"),
    [
        pytest.param(["[NP] un", "[S-SF] deux"], 1, AGE, id="up to SECRET"),
        pytest.param(["[NP] un", "[TS] deux"], 2, HIGH, id="one portion of TRÈS SECRET"),
        pytest.param(["[TS-SF] un"], 2, HIGH, id="TRÈS SECRET, SPÉCIAL FRANCE"),
    ],
)
def test_a_package_is_of_the_suite_that_its_highest_level_needs(
    story: Story, portions: list[str], suite: int, start: bytes
) -> None:
    row = story.row(story.known_reader(), *portions)
    path = story.sealed(*portions)
    opened = read(path, receiver(story.reader))

    assert (row.suite, row.shortfall) == (suite, None)
    assert path.read_bytes().startswith(start)
    assert opened.manifest.suite == suite
    assert opened.sender.name == "Officier"


def test_who_lacks_the_suite_is_refused_at_the_levels_that_need_it_and_only_there(story: Story) -> None:
    assert story.old.card.identity.suites == (1,)
    assert story.row(story.old, "[S] un").shortfall is None
    assert story.row(story.old, "[NP] un", "[TS] deux").shortfall is TrustShortfall.LACKS_SUITE
    assert story.row(story.old, "[NP] un", title="[TS] Titre").shortfall is TrustShortfall.LACKS_SUITE


def test_what_is_left_out_needs_no_suite(story: Story) -> None:
    # SPÉCIAL FRANCE was not given to them: the TRÈS SECRET portion is not theirs, and does not count.
    row = story.row(story.old, "[S] un", "[TS-SF] deux")

    assert [one.is_released for one in row.decisions] == [True, True, False]
    assert (row.suite, row.shortfall) == (1, None)


def test_a_mark_of_an_older_version_goes_in_the_suite_that_the_version_in_force_asks_for(story: Story) -> None:
    note = write_marked(story.officer, story.compartment, "[NP] Titre", ["[S] un"])
    before = plan(story.officer, note.uid, [story.known_reader().id]).rows[0]
    bring_in(story, ('<handling trust="endorsed" overdueList="refuse"/>', SECRET_IN_SUITE_2))

    after = plan(story.officer, note.uid, [story.known_reader().id, story.old.id]).rows

    assert note.portions[0].label is not None
    assert note.portions[0].label.policy_digest != story.officer.policy.digest
    assert (before.suite, [one.suite for one in after]) == (1, [2, 2])
    assert [one.shortfall for one in after] == [None, TrustShortfall.LACKS_SUITE]


def bring_in(story: Story, *changes: tuple[str, str]) -> None:
    """A new version of the policy, taken in by the officer."""
    import_policy(story.officer, signed_by(story.service.authority, fr_version(2, *changes)), name="fr")
    story.officer = followed(story.officer)


def test_nothing_is_sealed_for_anybody_when_one_lacks_the_suite(story: Story) -> None:
    note = write_marked(story.officer, story.compartment, "[NP] Titre", ["[TS] un"])
    both = [story.known_reader().id, story.old.id]

    with pytest.raises(CannotSealError) as caught:
        seal_note(
            story.officer,
            note.uid,
            both,
            story.service.folder / "out",
            options=SealOptions(),
            words_for=words_for,
        )

    assert [(one.name, one.shortfall) for one in caught.value.refused] == [
        ("Correspondant ancien", TrustShortfall.LACKS_SUITE)
    ]
    assert not list((story.service.folder / "out").glob("*"))


def test_an_authority_of_suite_1_endorses_for_no_level_that_needs_suite_2(story: Story) -> None:
    authority = suite_one_signer(b"\1" * 96)
    known = trusted(story, authority)
    contact = endorsed_by(story, authority)

    assert known.card.identity.suites == (1,)
    assert (contact.standing.suite, contact.standing.authority_suite) == (2, 1)
    assert story.row(contact, "[S] un").shortfall is None
    assert story.row(contact, "[TS] un").shortfall is TrustShortfall.AUTHORITY_LACKS_SUITE


def trusted(story: Story, authority: SuiteOneSigner) -> TrustedAuthority:
    carte = write_carte(authority.card_envelope(story.card(authority, "Autorité ancienne", Role.AUTHORITY)), ())
    return trust_authority(story.officer, carte, typed=fingerprint_text(authority.public.fingerprint), scope=Scope())


def endorsed_by(story: Story, authority: SuiteOneSigner) -> Contact:
    """Somebody of both suites whom nobody but the authority of suite 1 endorsed."""
    newcomer = story.service.member("Nouveau", None)
    granted, identity = story.granted(), newcomer.vault.member.identity.public
    body = Endorsement(
        subject=identity.fingerprint,
        authority=authority.public.fingerprint,
        clearance=granted.clearance,
        nationality=granted.nationality,
        need_to_know=(),
        issued=story.service.clock.now,
        expires=granted.until,
    ).body()
    envelope = seal(ENDORSEMENT, body, (authority.sign(ENDORSEMENT, body),))
    contact = add_contact(story.officer, with_endorsement(newcomer, envelope))
    return confirm_contact(story.officer, contact.id, fingerprint_text(identity.fingerprint))


def with_endorsement(session: Session, envelope: bytes) -> bytes:
    return write_carte(read_carte(export_card(session)).card_envelope, (envelope,))
