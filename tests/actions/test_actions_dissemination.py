"""From a marked note to what each reader keeps: real vaults, real packages, real registers."""

from __future__ import annotations

import errno
import hashlib
import io
import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from cloison.actions import open_package
from cloison.actions.cards import add_contact, export_card
from cloison.actions.compartments import add_compartment
from cloison.actions.dissemination_plan import plan
from cloison.actions.distribution import Shown
from cloison.actions.open_package import accept, read, receiver
from cloison.actions.paper import PaperCopy
from cloison.actions.people import contacts
from cloison.actions.received_before import local_uid
from cloison.actions.registers import lines, verify
from cloison.actions.seal_note import Sealed, SealOptions, prepare, seal_note, told_on_each
from cloison.actions.session import Session
from cloison.actions.whole_note import evaluate_note, raise_note, unraise_note
from cloison.actions.write_note import mark_portions
from cloison.directory.sufficiency import TrustShortfall
from cloison.dissemination.errors import (
    AlreadyReceivedError,
    CannotSealError,
    DisseminationError,
    ForgedPackageError,
    NotClearedError,
    NotForMeError,
    SenderNotTrustedError,
    UnknownSenderError,
)
from cloison.labels.decision import Rule
from cloison.labels.declassification import AuthorityDecision
from cloison.labels.label import same_marking
from cloison.labels.marks import portion_mark
from cloison.notes.errors import ForeignMarkError, UnmarkedPortionsError
from cloison.notes.evaluation import new_evaluation
from cloison.notes.note import Note
from cloison.notes.portion import Portion, Run
from cloison.registers.facts import Arrival, Dispatch, DispatchEvent
from cloison.rendering.page import CopyNumber
from cloison.vault.compartment import Compartment
from cloison.vault.errors import DiskError
from cloison_crypto import age
from service import Service, mark, words_for, write_marked

TITLE = "[S] Titre Alouette"
PORTIONS = (
    "[NP] Paragraphe Bouvreuil",
    "[DR] Paragraphe Corneille",
    "[S] Paragraphe Dauphin",
    "[S-SF] Paragraphe Épervier",
)
WITHHELD_FROM_PARTNER = ("Alouette", "Dauphin", "Épervier")


class Story:
    """An officer with a marked note, a French SECRET reader and a foreign DIFFUSION RESTREINTE reader."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.officer = service.member("Officier", "S-SF")
        self.reader = service.member("Lecteur", "S")
        self.partner = service.member("Partenaire", "DR", nationality="DEU")
        for one in (self.reader, self.partner):
            service.introduce(one, self.officer)
            service.introduce(self.officer, one)
        self.compartment = add_compartment(self.officer, "Source Cormoran", ceiling=None, need_to_know=False)
        self.note = write_marked(self.officer, self.compartment, TITLE, PORTIONS)
        self.folder = service.folder / "out"

    def id_of(self, name: str) -> str:
        return next(one.id for one in contacts(self.officer) if one.card.name == name)

    def seal_to(self, *names: str) -> tuple[Sealed, ...]:
        ids = [self.id_of(name) for name in names]
        return seal_note(self.officer, self.note.uid, ids, self.folder, options=SealOptions(), words_for=words_for)


@pytest.fixture
def story(service: Service) -> Story:
    return Story(service)


def inbox(session: Session) -> Compartment:
    return add_compartment(session, "Arrivées", ceiling=None, need_to_know=False)


def receive(session: Session, path: Path) -> Note:
    return accept(session, read(path, receiver(session)), inbox(session).id).note


def texts(note: Note) -> list[str]:
    return [portion.text for portion in note.portions]


def plaintext(session: Session, path: Path) -> bytes:
    opened = io.BytesIO()
    with path.open("rb") as source:
        age.decrypt(source, opened, (session.vault.member.identity.opener(),))
    return opened.getvalue()


def refuses(session: Session, path: Path, error: type[DisseminationError]) -> None:
    """Reading ``path`` raises ``error`` and leaves the vault and the folder as they were."""
    before = (len(lines(session)), sorted(path.parent.iterdir()))
    with pytest.raises(error):
        read(path, receiver(session))
    assert (len(lines(session)), sorted(path.parent.iterdir())) == before


def test_each_reader_keeps_what_is_theirs(story: Story) -> None:
    to_reader, to_partner = story.seal_to("Lecteur", "Partenaire")

    kept_by_reader = receive(story.reader, to_reader.path)
    kept_by_partner = receive(story.partner, to_partner.path)

    assert kept_by_reader.title.text == "Titre Alouette"
    assert texts(kept_by_reader) == ["Paragraphe Bouvreuil", "Paragraphe Corneille", "Paragraphe Dauphin"]
    assert kept_by_partner.title.text == story.note.reference
    assert texts(kept_by_partner) == ["Paragraphe Bouvreuil", "Paragraphe Corneille"]


def test_the_label_is_rolled_up_from_what_is_left(story: Story) -> None:
    to_reader, to_partner = story.seal_to("Lecteur", "Partenaire")

    assert same_marking(to_reader.label, mark(story.officer, "S"))
    assert same_marking(to_partner.label, mark(story.officer, "DR"))


def test_a_package_holds_no_byte_of_what_was_left_out_nor_of_another_reader(story: Story) -> None:
    _, to_partner = story.seal_to("Lecteur", "Partenaire")

    inside = plaintext(story.partner, to_partner.path)

    secrets = (*WITHHELD_FROM_PARTNER, "Lecteur", "Cormoran", story.compartment.id)
    reader_key = story.reader.vault.member.identity.public.fingerprint.hex()
    for secret in (*secrets, reader_key, hashlib.sha256(story.note.to_bytes()).hexdigest()):
        assert secret.encode() not in inside
        assert secret.encode("utf-16-be") not in inside
        assert json.dumps(secret)[1:-1].encode() not in inside


def test_a_second_reader_changes_nothing_but_keys_in_the_first_ones_manifest(story: Story) -> None:
    (alone,) = story.seal_to("Partenaire")
    _, together = story.seal_to("Lecteur", "Partenaire")

    first = read(alone.path, receiver(story.partner)).manifest
    second = read(together.path, receiver(story.partner)).manifest

    assert (first.reference, first.note_uid, first.label) == (second.reference, second.note_uid, second.label)
    assert [file.name for file in first.files] == [file.name for file in second.files]
    assert (second.serial, second.revision) == (first.serial + 1, first.revision + 1)


def test_sealing_waits_until_every_portion_is_marked(story: Story) -> None:
    unmarked = write_marked(story.officer, story.compartment, "Titre", ["[S] un", "deux", "trois"])

    with pytest.raises(UnmarkedPortionsError) as refused:
        plan(story.officer, unmarked.uid, [story.id_of("Lecteur")])

    assert refused.value.numbers == (0, 2, 3)


def test_the_table_says_which_rule_keeps_a_portion_back(story: Story) -> None:
    table = plan(story.officer, story.note.uid, [story.id_of("Lecteur"), story.id_of("Partenaire")])

    reader, partner = table.rows
    assert [one.is_released for one in reader.decisions] == [True, True, True, True, False]
    assert [one.is_released for one in partner.decisions] == [False, True, True, False, False]
    assert reader.decisions[4].decision.rule is Rule.RESTRICTIVE_CATEGORY
    assert partner.decisions[3].decision.rule is Rule.CLASSIFICATION


def test_nobody_is_sealed_to_when_one_recipient_may_read_nothing(story: Story) -> None:
    secret_only = write_marked(story.officer, story.compartment, "[S] Titre", ["[S] un"])
    ids = [story.id_of("Lecteur"), story.id_of("Partenaire")]

    with pytest.raises(CannotSealError) as refused:
        seal_note(story.officer, secret_only.uid, ids, story.folder, options=SealOptions(), words_for=words_for)

    assert [(one.name, one.is_nothing_theirs) for one in refused.value.refused] == [("Partenaire", True)]
    assert not story.folder.exists()
    assert lines(story.officer) == ()


def test_a_contact_without_endorsement_is_sent_nothing_above_what_is_open_to_all(story: Story) -> None:
    stranger = story.service.member("Inconnu", None)
    contact = add_contact(story.officer, export_card(stranger))

    table = plan(story.officer, story.note.uid, [contact.id])

    assert [one.is_released for one in table.rows[0].decisions] == [False, True, False, False, False]


def test_a_very_secret_note_needs_the_fingerprint_compared_as_well(story: Story) -> None:
    cleared = story.service.member("Directeur", "TS")
    contact = add_contact(story.officer, export_card(cleared))
    note = write_marked(story.officer, story.compartment, "[TS] Titre", ["[TS] un"])

    before = plan(story.officer, note.uid, [contact.id]).rows[0]
    story.service.introduce(cleared, story.officer)
    after = plan(story.officer, note.uid, [contact.id]).rows[0]

    assert (before.shortfall, after.shortfall) == (TrustShortfall.NOT_COMPARED, None)


def test_copy_numbers_count_everybody_the_note_is_sealed_to(story: Story) -> None:
    another = story.service.member("Autre lecteur", "S")
    contact = story.service.introduce(another, story.officer)
    ids = [story.id_of("Partenaire"), story.id_of("Lecteur"), contact.id]

    prepared = prepare(
        story.officer, plan(story.officer, story.note.uid, ids), options=SealOptions(), words_for=words_for
    )

    numbers = [(one.copy.number.number, one.copy.number.total) for one in prepared]
    assert numbers == [(1, 3), (2, 3), (3, 3)]


def test_what_a_copy_tells_of_the_others_does_not_change_with_what_was_left_out(story: Story) -> None:
    names = {"Directrice": "TS", "Amiral": "TS-SF"}
    ids = [story.service.introduce(story.service.member(name, mark), story.officer).id for name, mark in names.items()]
    told: list[Shown] = []
    for portions in (["[TS] un", "[TS-SF] deux"], ["[TS] un"], ["[TS] un", "[TS-SF] deux", "[TS-SF] trois"]):
        note = write_marked(story.officer, story.compartment, "[TS] Titre", portions)
        told.append(told_on_each(story.officer.policy, plan(story.officer, note.uid, ids), SealOptions())[ids[0]])

    assert told == [Shown(number=CopyNumber(number=1, total=2), holders=("Directrice", "Amiral"))] * 3


def test_copies_are_counted_together_however_long_the_table_takes(story: Story) -> None:
    another = story.service.introduce(story.service.member("Autre lecteur", "S"), story.officer)

    def a_second_later() -> datetime:
        story.service.clock.advance(seconds=1)
        return story.service.clock.now

    slow = replace(story.officer, clock=a_second_later)
    table = plan(slow, story.note.uid, [story.id_of("Lecteur"), another.id])

    told = told_on_each(story.officer.policy, table, SealOptions(shows_distribution=True))

    assert [told[row.contact.id].number for row in table.rows] == [
        CopyNumber(number=1, total=2),
        CopyNumber(number=2, total=2),
    ]


def test_nobody_is_told_of_the_others_below_the_highest_level_unless_the_sender_asks(story: Story) -> None:
    another = story.service.introduce(story.service.member("Autre lecteur", "S"), story.officer)
    table = plan(story.officer, story.note.uid, [story.id_of("Lecteur"), another.id, story.id_of("Partenaire")])

    kept = told_on_each(story.officer.policy, table, SealOptions())
    asked = told_on_each(story.officer.policy, table, SealOptions(shows_distribution=True))

    assert {(one.number, one.holders) for one in kept.values()} == {(None, ())}
    assert asked[another.id].number == CopyNumber(number=2, total=3)
    assert {one.holders for one in asked.values()} == {("Lecteur", "Autre lecteur", "Partenaire")}


def test_at_the_highest_level_each_copy_is_numbered_and_names_who_receives_one(story: Story) -> None:
    directors = [story.service.member(name, "TS") for name in ("Directrice", "Directeur")]
    ids = [story.service.introduce(one, story.officer).id for one in directors]
    note = write_marked(story.officer, story.compartment, "[TS] Titre", ["[TS] un"])

    told = told_on_each(story.officer.policy, plan(story.officer, note.uid, ids), SealOptions())
    table = plan(story.officer, note.uid, ids)
    prepared = prepare(story.officer, table, options=SealOptions(), words_for=words_for)

    assert [told[one].number for one in ids] == [CopyNumber(number=n, total=2) for n in (1, 2)]
    assert told[ids[0]].holders == ("Directrice", "Directeur")
    assert [one.copy.distribution for one in prepared] == [("Directrice", "Directeur")] * 2


def prepared_copy(story: Story) -> PaperCopy:
    """What would stand on the partner's paper."""
    table = plan(story.officer, story.note.uid, [story.id_of("Partenaire")])
    return prepare(story.officer, table, options=SealOptions(), words_for=words_for)[0].copy


def test_one_person_named_twice_is_one_recipient(story: Story) -> None:
    table = plan(story.officer, story.note.uid, [story.id_of("Lecteur"), story.id_of("Lecteur")])

    assert len(table.rows) == 1


def test_each_manifest_names_the_one_before_it_to_the_same_reader(story: Story) -> None:
    (first,) = story.seal_to("Lecteur")
    story.seal_to("Partenaire")
    (second,) = story.seal_to("Lecteur")

    opened = [read(one.path, receiver(story.reader)) for one in (first, second)]

    assert [one.manifest.previous for one in opened] == [None, opened[0].digest]


def test_a_reader_learns_neither_register_number_nor_what_went_to_others(story: Story) -> None:
    story.seal_to("Lecteur")
    story.seal_to("Lecteur")
    (sealed,) = story.seal_to("Partenaire")

    opened = read(sealed.path, receiver(story.partner))

    assert (opened.manifest.serial, opened.manifest.revision, opened.manifest.previous) == (1, 1, None)
    assert sealed.path.stem == opened.manifest.copy_id
    assert prepared_copy(story).registration is None


def test_the_dispatch_stands_in_the_register_with_the_digest_of_the_file(story: Story) -> None:
    (sealed,) = story.seal_to("Lecteur")

    (line,) = lines(story.officer)
    facts = line.entry.facts

    assert isinstance(facts, Dispatch)
    assert (facts.event, facts.recipient, facts.pages) == (DispatchEvent.SEALED, "Lecteur", 1)
    assert facts.file_sha256 == hashlib.sha256(sealed.path.read_bytes()).hexdigest() == sealed.sha256


def test_the_arrival_stands_in_the_register_of_the_compartment_that_took_it(story: Story) -> None:
    (sealed,) = story.seal_to("Lecteur")

    note = receive(story.reader, sealed.path)

    (line,) = lines(story.reader)
    facts = line.entry.facts
    assert isinstance(facts, Arrival)
    assert (line.compartment, facts.sender, facts.note_uid) == ("Arrivées", "Officier", note.uid)
    assert [verdict.first_bad for verdict in verify(story.reader)] == [None]


def test_the_head_of_the_register_is_signed_with_the_arrival(story: Story) -> None:
    (sealed,) = story.seal_to("Lecteur")
    kept = inbox(story.reader)

    accept(story.reader, read(sealed.path, receiver(story.reader)), kept.id)

    assert [checkpoint.sequence for checkpoint in kept.chain.checkpoints()] == [1]


def test_an_arrival_that_cannot_be_entered_keeps_nothing(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    (sealed,) = story.seal_to("Lecteur")
    opened = read(sealed.path, receiver(story.reader))
    kept = inbox(story.reader)

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(open_package, "enter", fails)
        with pytest.raises(RuntimeError):
            accept(story.reader, opened, kept.id)

    assert (kept.notes.count(), kept.received.uids(), lines(story.reader)) == (0, (), ())
    assert accept(story.reader, opened, kept.id).note.title.text == "Titre Alouette"


def test_two_senders_cannot_reach_each_others_notes_by_one_uid(story: Story) -> None:
    (sealed,) = story.seal_to("Lecteur")
    manifest = read(sealed.path, receiver(story.reader)).manifest
    other = replace(manifest, sender="00" * 32)

    assert local_uid("ab" * 16, manifest) != local_uid("ab" * 16, other)
    assert local_uid("ab" * 16, manifest) != local_uid("cd" * 16, manifest)


def test_a_package_is_accepted_once(story: Story) -> None:
    (sealed,) = story.seal_to("Lecteur")
    opened = read(sealed.path, receiver(story.reader))
    kept = inbox(story.reader)
    accept(story.reader, opened, kept.id)

    refuses(story.reader, sealed.path, AlreadyReceivedError)
    with pytest.raises(AlreadyReceivedError):
        accept(story.reader, opened, kept.id)

    assert kept.notes.count() == 1


def test_a_refused_opening_burns_nothing(story: Story) -> None:
    (sealed,) = story.seal_to("Lecteur")
    damaged = sealed.path.with_name("damaged.pli")
    damaged.write_bytes(sealed.path.read_bytes()[:-1])
    refuses(story.reader, damaged, ForgedPackageError)

    note = receive(story.reader, sealed.path)

    assert note.title.text == "Titre Alouette"


def test_somebody_elses_package_is_refused(story: Story) -> None:
    (sealed,) = story.seal_to("Lecteur")

    refuses(story.partner, sealed.path, NotForMeError)


def test_a_sender_nobody_introduced_is_refused(story: Story) -> None:
    newcomer = story.service.member("Nouveau", "S")
    story.service.introduce(newcomer, story.officer)
    (sealed,) = story.seal_to("Nouveau")

    refuses(newcomer, sealed.path, UnknownSenderError)


def test_a_sender_whose_card_has_expired_is_refused(story: Story) -> None:
    (sealed,) = story.seal_to("Lecteur")
    story.service.clock.advance(days=6 * 365)

    refuses(story.reader, sealed.path, SenderNotTrustedError)


def test_a_sender_whose_endorsement_has_lapsed_is_refused(story: Story) -> None:
    (sealed,) = story.seal_to("Lecteur")
    story.service.clock.advance(days=366)

    refuses(story.reader, sealed.path, SenderNotTrustedError)


def test_a_reader_endorsed_lower_since_then_is_refused(story: Story) -> None:
    (sealed,) = story.seal_to("Lecteur")
    story.service.clock.advance(days=1)
    add_contact(story.reader, story.service.endorsed(story.reader, "DR"))

    refuses(story.reader, sealed.path, NotClearedError)


def test_one_flipped_byte_anywhere_is_refused(story: Story) -> None:
    (sealed,) = story.seal_to("Lecteur")
    whole = bytearray(sealed.path.read_bytes())
    flipped = sealed.path.with_name("flipped.pli")

    for position in range(0, len(whole), max(1, len(whole) // 97)):
        whole[position] ^= 1
        flipped.write_bytes(whole)
        whole[position] ^= 1
        with pytest.raises((NotForMeError, ForgedPackageError)):
            read(flipped, receiver(story.reader))


def test_what_was_received_goes_no_further_without_its_originators_consent(story: Story) -> None:
    (sealed,) = story.seal_to("Lecteur")
    note = receive(story.reader, sealed.path)
    third = story.service.member("Tiers", "S")
    contact = story.service.introduce(third, story.reader)

    row = plan(story.reader, note.uid, [contact.id]).rows[0]

    assert row.rendition is None
    assert all(one.needs_consent for one in row.decisions)


def test_a_later_rendition_becomes_a_revision_of_the_note_received_before(story: Story) -> None:
    (first,) = story.seal_to("Lecteur")
    kept = inbox(story.reader)
    accept(story.reader, read(first.path, receiver(story.reader)), kept.id)
    story.note = mark_portions(
        story.officer, story.note.uid, [4], mark(story.officer, "S"), reason="source publique depuis hier"
    ).note
    (second,) = story.seal_to("Lecteur")

    note = accept(story.reader, read(second.path, receiver(story.reader)), kept.id).note

    assert kept.notes.count() == 1
    assert len(kept.notes.revisions(note.uid)) == 2
    assert texts(kept.notes.get(note.uid).note)[-1] == "Paragraphe Épervier"


def test_a_rendition_that_a_later_one_overtook_goes_below_it(story: Story) -> None:
    (first,) = story.seal_to("Lecteur")
    story.note = mark_portions(
        story.officer, story.note.uid, [4], mark(story.officer, "S"), reason="source publique depuis hier"
    ).note
    (second,) = story.seal_to("Lecteur")
    kept = inbox(story.reader)
    accept(story.reader, read(second.path, receiver(story.reader)), kept.id)

    late = accept(story.reader, read(first.path, receiver(story.reader)), kept.id)

    revisions = [kept.notes.revision(late.note.uid, number).note for number in (1, 2, 3)]
    assert [len(one.portions) for one in revisions] == [4, 3, 4]
    assert kept.notes.get(late.note.uid).note == revisions[0] == late.note
    assert (late.gaps.is_late, late.gaps.missing) == (True, 0)


def test_a_later_rendition_takes_nothing_back_that_was_decided_where_it_is_received(story: Story) -> None:
    reader = story.reader
    kept = inbox(reader)

    def take(sealed: Sealed) -> Note:
        return accept(reader, read(sealed.path, receiver(reader)), kept.id).note

    uid = take(*story.seal_to("Lecteur")).uid
    mark_portions(reader, uid, [1], mark(reader, "S"), reason=None)
    with pytest.raises(ForeignMarkError):
        mark_portions(reader, uid, [2], mark(reader, "NP"), reason="source publique")
    raised = raise_note(reader, uid, mark(reader, "TS"), reason="pris ensemble").note.raised
    evaluation = new_evaluation(randomness=reader.randomness, label=mark(reader, "S"))
    evaluate_note(reader, uid, evaluation, reason=None)

    note = take(*story.seal_to("Lecteur"))

    assert [shown(reader, one) for one in note.portions] == ["[S]", "[DR]", "[S]"]
    assert (note.raised, note.evaluation) == (raised, evaluation)


def test_what_is_being_written_on_a_received_note_is_kept_before_a_later_rendition(story: Story) -> None:
    reader = story.reader
    kept = inbox(reader)
    (first,) = story.seal_to("Lecteur")
    received = accept(reader, read(first.path, receiver(reader)), kept.id).note
    written = replace(received.portion(1), content=(Run(text="annoté"),), label=mark(reader, "S"))
    kept.drafts.save(received.with_portions({1: written}))
    (second,) = story.seal_to("Lecteur")

    note = accept(reader, read(second.path, receiver(reader)), kept.id).note

    assert kept.drafts.get(note.uid) is None
    assert kept.notes.revision(note.uid, 2).note.portion(1).text == "annoté"
    assert [one.text for one in note.portions] == texts(received)
    assert shown(reader, note.portion(1)) == "[S]"


def test_the_sender_alone_speaks_for_the_raise_that_was_sent(story: Story) -> None:
    reader = story.reader
    kept = inbox(reader)

    def take(text: str) -> Note:
        raise_note(story.officer, story.note.uid, mark(story.officer, text), reason="pris ensemble")
        (sealed,) = story.seal_to("Lecteur")
        return accept(reader, read(sealed.path, receiver(reader)), kept.id).note

    story.note = write_marked(story.officer, story.compartment, "[NP] Titre", ("[NP] un",))
    first = take("DR")
    decision = AuthorityDecision(authority="SGDSN", reference="2026/114", day=date(2026, 11, 20))
    unraise_note(reader, first.uid, decision=decision, reason="source publiée")
    own = raise_note(reader, first.uid, mark(reader, "DR"), reason="avec d’autres").note.raised
    second = take("S")

    assert first.raised is not None and own is not None and second.raised is not None
    assert (first.raised.reason, second.raised.reason, second.raised.by) == ("", own.reason, own.by)
    assert portion_mark(reader.policy, second.raised.label) == "[S]"
    assert [one.raised for one in second.lifted] == [first.raised]


def shown(session: Session, portion: Portion) -> str:
    return "" if portion.label is None else portion_mark(session.policy, portion.label)


def test_a_sender_cannot_reach_a_note_of_mine_by_naming_its_uid(story: Story) -> None:
    (sealed,) = story.seal_to("Lecteur")

    note = receive(story.reader, sealed.path)

    assert note.uid != story.note.uid


def test_a_need_to_know_compartment_is_closed_to_whoever_is_not_endorsed_for_it(story: Story) -> None:
    narrow = add_compartment(story.officer, "Besoin", ceiling=None, need_to_know=True)
    note = write_marked(story.officer, narrow, "[NP] Titre", ["[NP] un"])

    row = plan(story.officer, note.uid, [story.id_of("Lecteur")]).rows[0]

    assert row.rendition is None
    assert {one.decision.rule for one in row.decisions} == {Rule.NEED_TO_KNOW}


def test_a_folder_that_cannot_be_written_leaves_the_numbers_entered_as_void(story: Story) -> None:
    story.folder.write_text("a file where the folder should be")

    with pytest.raises(DiskError):
        story.seal_to("Lecteur", "Partenaire")

    events = [line.entry.facts.event for line in lines(story.officer) if isinstance(line.entry.facts, Dispatch)]
    assert events == [DispatchEvent.VOID, DispatchEvent.VOID]
    assert [verdict.first_bad for verdict in verify(story.officer)] == [None]


def test_a_package_that_cannot_be_given_its_name_is_entered_as_void_and_removed(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = story.seal_to("Lecteur")
    before = sorted(story.folder.iterdir())
    rename = Path.rename

    def full_disk(path: Path, target: Path) -> Path:
        if path.parent == story.folder:
            raise OSError(errno.ENOSPC, "full")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full_disk)
    with pytest.raises(DiskError):
        story.seal_to("Lecteur", "Partenaire")

    events = [line.entry.facts.event for line in lines(story.officer) if isinstance(line.entry.facts, Dispatch)]
    assert events[1:] == [DispatchEvent.SEALED, DispatchEvent.VOID, DispatchEvent.SEALED, DispatchEvent.VOID]
    assert sorted(story.folder.iterdir()) == before == [first.path]


def test_a_register_that_was_tampered_with_is_found(story: Story) -> None:
    story.seal_to("Lecteur")
    story.seal_to("Partenaire")
    database = story.compartment.chain._file.database
    database.execute("DROP TRIGGER chain_delete")
    database.execute("DELETE FROM chain WHERE sequence = 2")

    (verdict,) = verify(story.officer)

    assert (verdict.entries, verdict.first_bad) == (1, 2)


def test_a_forged_checkpoint_is_found(story: Story) -> None:
    story.seal_to("Lecteur")
    story.compartment.chain.add_checkpoint(1, b"{}", bytes(3406))

    (verdict,) = verify(story.officer)

    assert verdict.first_bad == 1
