"""Foreign paragraphs that go further by the consent of their originator: recorded, sent on, withdrawn; real vaults."""

from __future__ import annotations

from datetime import date

import pytest

from cloison.actions.compartments import add_compartment
from cloison.actions.consent import ConsentTerms, consents_for, record_consent, withdraw_consent
from cloison.actions.dissemination_plan import plan
from cloison.actions.open_package import accept, read, receiver
from cloison.actions.people import contacts
from cloison.actions.registers import lines, verify
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.notes.errors import ConsentRefusedError, ReasonMissingError
from cloison.notes.note import Note
from cloison.registers.errors import ClockSetBackError
from cloison.registers.facts import ConsentEvent, OriginatorConsent
from cloison.vault.errors import UnknownIdError
from service import Service, words_for, write_marked


def seal_one(session: Session, uid: str, name: str, service: Service) -> Note:
    """Seal a note to one contact, who accepts it; what they keep."""
    (contact,) = [one for one in contacts(session) if one.card.name == name]
    folder = service.folder / f"{session.vault.member.alias}-{name}-{len(lines(session))}"
    (sealed,) = seal_note(session, uid, [contact.id], folder, options=SealOptions(), words_for=words_for)
    reader = next(one for one in service.opened if one.vault.member.alias == name)
    kept = add_compartment(reader, f"Arrivées {sealed.number}", ceiling=None, need_to_know=False)
    return accept(reader, read(sealed.path, receiver(reader)), kept.id).note


class Story:
    """An officer holds a note of a partner service, and knows a third reader."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.partner = service.member("Partenaire", "S", nationality="DEU")
        self.officer = service.member("Officier", "S-SF")
        self.third = service.member("Tiers", "S", nationality="ITA")
        for one in (self.partner, self.third):
            service.introduce(one, self.officer)
            service.introduce(self.officer, one)
        theirs = add_compartment(self.partner, "Leur dossier", ceiling=None, need_to_know=False)
        written = write_marked(self.partner, theirs, "[DR] Titre", ["[DR] Alouette", "[DR] Bouvreuil"])
        self.note = seal_one(self.partner, written.uid, "Officier", service)
        self.third_id = next(one.id for one in contacts(self.officer) if one.card.name == "Tiers")

    def terms(self, *, names_originator: bool = False) -> ConsentTerms:
        return ConsentTerms(
            given_by="Bureau de liaison",
            reference="BL/7",
            day=date(2026, 11, 22),
            contact_ids=(self.third_id,),
            names_originator=names_originator,
        )

    def released(self) -> list[bool]:
        return [one.is_released for one in plan(self.officer, self.note.uid, [self.third_id]).rows[0].decisions]


@pytest.fixture
def story(service: Service) -> Story:
    return Story(service)


def test_what_was_received_goes_on_by_the_consent_and_no_further(story: Story) -> None:
    before = story.released()
    record_consent(story.officer, story.note.uid, [0, 1], story.terms())

    kept = seal_one(story.officer, story.note.uid, "Tiers", story.service)

    officer = story.officer.vault.member.identity.public.fingerprint.hex()
    assert before == [False, False, False]
    assert story.released() == [True, True, False]
    assert [one.text for one in kept.all_portions] == ["Titre", "Alouette"]
    assert {one.origin.fingerprint for one in kept.all_portions if one.origin} == {officer}


def test_the_third_reader_sees_the_originator_only_where_the_consent_says_so(story: Story) -> None:
    record_consent(story.officer, story.note.uid, [1], story.terms(names_originator=True))

    kept = seal_one(story.officer, story.note.uid, "Tiers", story.service)

    partner = story.partner.vault.member.identity.public.fingerprint.hex()
    assert [one.origin and one.origin.fingerprint for one in kept.portions] == [partner]


def test_a_consent_and_its_end_stand_on_the_register_under_one_number(story: Story) -> None:
    made = record_consent(story.officer, story.note.uid, [1], story.terms())
    done = withdraw_consent(story.officer, made.id, reason="révisé")
    again = withdraw_consent(story.officer, made.id, reason="révisé")

    entries = [one.entry for one in lines(story.officer) if isinstance(one.entry.facts, OriginatorConsent)]
    facts = [one.facts for one in entries if isinstance(one.facts, OriginatorConsent)]
    assert [(one.event, one.given_by, one.consent_reference, one.detail) for one in facts] == [
        (ConsentEvent.RECORDED, "Bureau de liaison", "BL/7", "Tiers"),
        (ConsentEvent.WITHDRAWN, "Bureau de liaison", "BL/7", "révisé"),
    ]
    assert {one.number for one in entries} == {made.number}
    assert (done.is_in_force, again) == (False, done)
    assert [one.first_bad for one in verify(story.officer)] == [None] * 1


def test_a_consent_that_is_withdrawn_lets_nothing_go_on(story: Story) -> None:
    made = record_consent(story.officer, story.note.uid, [1], story.terms())
    assert story.released() == [False, True, False]

    withdraw_consent(story.officer, made.id, reason="révisé")

    assert story.released() == [False, False, False]
    assert [one.is_in_force for one in consents_for(story.officer, story.note.uid)] == [False]


def test_a_withdrawal_takes_a_reason_and_a_consent_that_is_there(story: Story) -> None:
    made = record_consent(story.officer, story.note.uid, [1], story.terms())

    with pytest.raises(ReasonMissingError):
        withdraw_consent(story.officer, made.id, reason=" ")
    with pytest.raises(UnknownIdError):
        withdraw_consent(story.officer, "0" * 32, reason="révisé")


def test_by_a_clock_set_back_nothing_is_withdrawn(story: Story) -> None:
    made = record_consent(story.officer, story.note.uid, [1], story.terms())
    story.service.clock.advance(days=-1)

    with pytest.raises(ClockSetBackError):
        withdraw_consent(story.officer, made.id, reason="révisé")

    assert [one.is_in_force for one in consents_for(story.officer, story.note.uid)] == [True]


def test_ones_own_paragraphs_take_no_consent(story: Story) -> None:
    own = add_compartment(story.officer, "Dossier", ceiling=None, need_to_know=False)
    note = write_marked(story.officer, own, "[DR] Titre", ["[DR] Le mien"])

    with pytest.raises(ConsentRefusedError):
        record_consent(story.officer, note.uid, [1], story.terms())

    assert consents_for(story.officer, note.uid) == ()
