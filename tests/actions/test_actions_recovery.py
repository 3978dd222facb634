"""Where the policy asks for it, what leaves is sealed to the organisation's recovery as well, or nothing leaves."""

from __future__ import annotations

import pytest

from cloison.actions.cards import add_contact, export_card
from cloison.actions.compartments import add_compartment
from cloison.actions.dissemination_plan import plan
from cloison.actions.open_package import read, receiver
from cloison.actions.people import contacts
from cloison.actions.policy_import import import_policy
from cloison.actions.recovery import recovery_contact, remove_recovery, set_recovery
from cloison.actions.registers import lines
from cloison.actions.seal_batch import BatchStep, new_batch, seal_batch
from cloison.actions.seal_note import Sealed, SealOptions, seal_note, told_on_each
from cloison.actions.session import Session
from cloison.dissemination.errors import RecoveryProblem, RecoveryRefusedError
from cloison.registers.facts import Dispatch, Trust, TrustEvent
from cloison.vault.errors import UnknownIdError
from policies import ASKS_FOR_COMPARED_RECOVERY, followed, fr_version, signed_by
from service import Service, words_for, write_marked


class Story:
    """An officer under a policy whose SECRET level asks for recovery; a reader, and somebody for recovery."""

    def __init__(self, service: Service) -> None:
        self.service = service
        signed = signed_by(service.authority, fr_version(2, ASKS_FOR_COMPARED_RECOVERY))
        self.officer = self.under(service.member("Officier", "S-SF"), signed)
        self.reader = self.under(service.member("Lecteur", "S"), signed)
        self.recovery = self.under(service.member("Secours", "S-SF"), signed)
        for one in (self.reader, self.recovery):
            service.introduce(one, self.officer)
            service.introduce(self.officer, one)
        self.compartment = add_compartment(self.officer, "Dossier", ceiling=None, need_to_know=False)
        self.secret = write_marked(self.officer, self.compartment, "[S] Titre", ["[S] un", "[S-SF] deux"]).uid
        self.low = write_marked(self.officer, self.compartment, "[DR] Titre", ["[DR] un"]).uid
        self.folder = service.folder / "out"

    def under(self, session: Session, signed: bytes) -> Session:
        import_policy(session, signed, name="fr")
        return followed(session)

    def id_of(self, name: str) -> str:
        return next(one.id for one in contacts(self.officer) if one.card.name == name)

    def seal(self, uid: str, *names: str) -> tuple[Sealed, ...]:
        ids = [self.id_of(name) for name in names]
        options = SealOptions(is_reply_expected=True)
        return seal_note(self.officer, uid, ids, self.folder, options=options, words_for=words_for)

    def refused(self, *names: str) -> RecoveryRefusedError:
        """Sealing the secret note is refused, and nothing is written or entered for it."""
        before = len(lines(self.officer))
        with pytest.raises(RecoveryRefusedError) as refused:
            self.seal(self.secret, *names)
        assert len(lines(self.officer)) == before
        assert not self.folder.exists()
        return refused.value


@pytest.fixture
def story(service: Service) -> Story:
    return Story(service)


def test_a_package_more_goes_to_the_recovery_contact(story: Story) -> None:
    set_recovery(story.officer, story.id_of("Secours"))

    to_reader, to_recovery = story.seal(story.secret, "Lecteur")

    opened = read(to_recovery.path, receiver(story.recovery))
    assert [(one.recipient, one.is_recovery) for one in (to_reader, to_recovery)] == [
        ("Lecteur", False), ("Secours", True),
    ]  # fmt: skip
    assert [one.text for one in opened.rendition.portions] == ["un", "deux"]
    assert not opened.manifest.is_reply_expected
    assert read(to_reader.path, receiver(story.reader)).manifest.is_reply_expected


def test_it_is_registered_as_what_it_is(story: Story) -> None:
    set_recovery(story.officer, story.id_of("Secours"))
    story.seal(story.secret, "Lecteur")

    facts = [one.entry.facts for one in lines(story.officer)]
    dispatches = [(one.recipient, one.is_recovery) for one in facts if isinstance(one, Dispatch)]
    assert dispatches == [("Lecteur", False), ("Secours", True)]


def test_nothing_more_goes_where_the_level_asks_for_nothing(story: Story) -> None:
    set_recovery(story.officer, story.id_of("Secours"))

    (sealed,) = story.seal(story.low, "Lecteur")

    assert sealed.recipient == "Lecteur"
    assert plan(story.officer, story.low, [story.id_of("Lecteur")]).recovery is None


def test_nothing_leaves_where_no_recovery_contact_is_set(story: Story) -> None:
    table = plan(story.officer, story.secret, [story.id_of("Lecteur")])

    error = story.refused("Lecteur")

    assert (error.problem, error.name) == (RecoveryProblem.NOT_SET, "")
    assert table.recovery is not None
    assert (table.recovery.problem, table.packages) == (RecoveryProblem.NOT_SET, table.rows)


def test_nothing_leaves_where_the_recovery_contact_may_not_read_it_all(story: Story) -> None:
    deputy = story.service.member("Adjoint", "S-SF")
    low = story.service.member("Secours faible", "S")
    for one in (deputy, low):
        story.service.introduce(one, story.officer)
    set_recovery(story.officer, story.id_of("Secours faible"))

    error = story.refused("Adjoint")
    to_reader, to_recovery = story.seal(story.secret, "Lecteur")

    assert (error.problem, error.name) == (RecoveryProblem.NOT_CLEARED, "Secours faible")
    assert (to_reader.portions, to_recovery.portions) == (1, 1)


def test_nothing_leaves_where_the_recovery_card_is_not_established(story: Story) -> None:
    never_endorsed = add_contact(story.officer, export_card(story.service.member("Inconnu", None)))
    never_compared = add_contact(story.officer, export_card(story.service.member("Secours bis", "S-SF")))

    problems = []
    for one in (never_endorsed, never_compared):
        set_recovery(story.officer, one.id)
        problems.append(story.refused("Lecteur").problem)

    assert problems == [RecoveryProblem.NOT_CLEARED, RecoveryProblem.NOT_TRUSTED]


def test_a_recovery_contact_among_the_readers_gets_one_package(story: Story) -> None:
    set_recovery(story.officer, story.id_of("Secours"))

    sealed = story.seal(story.secret, "Lecteur", "Secours")

    assert [(one.recipient, one.is_recovery) for one in sealed] == [("Lecteur", False), ("Secours", False)]


def test_the_table_counts_the_recovery_package_before_anything_is_sealed(story: Story) -> None:
    set_recovery(story.officer, story.id_of("Secours"))
    table = plan(story.officer, story.secret, [story.id_of("Lecteur")])

    told = told_on_each(story.officer.policy, table, SealOptions(shows_distribution=True))

    assert [row.contact.card.name for row in table.packages] == ["Lecteur", "Secours"]
    assert [row.contact.card.name for row in table.rows] == ["Lecteur"]
    assert set(told) == {story.id_of("Lecteur"), story.id_of("Secours")}


def test_a_batch_makes_it_for_each_note_that_asks(story: Story) -> None:
    set_recovery(story.officer, story.id_of("Secours"))
    told: list[BatchStep] = []
    batch = new_batch(
        story.officer, [story.secret, story.low], [story.id_of("Lecteur")], story.folder, options=SealOptions()
    )

    outcomes = list(seal_batch(story.officer, batch, words_for=words_for, tell=told.append))

    assert [[one.recipient for one in outcome.sealed] for outcome in outcomes] == [["Lecteur", "Secours"], ["Lecteur"]]
    assert [(one.done, one.total) for one in told] == [(1, 2), (1, 2), (2, 2)]


def test_who_it_is_and_who_it_was_stand_on_the_register(story: Story) -> None:
    assert recovery_contact(story.officer) is None
    set_recovery(story.officer, story.id_of("Secours"))
    found = recovery_contact(story.officer)
    remove_recovery(story.officer)
    remove_recovery(story.officer)

    events = [(facts.event, facts.name) for one in lines(story.officer) if isinstance(facts := one.entry.facts, Trust)]
    assert found is not None
    assert found.card.name == "Secours"
    assert recovery_contact(story.officer) is None
    assert events == [(TrustEvent.RECOVERY_SET, "Secours"), (TrustEvent.RECOVERY_REMOVED, "Secours")]
    with pytest.raises(UnknownIdError):
        set_recovery(story.officer, "0" * 32)
