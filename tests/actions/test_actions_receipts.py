"""From a package to its receipt and back: the dispatch closed, questions kept as requirements; real vaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from cloison.actions import take_receipt as taking
from cloison.actions.cards import add_contact
from cloison.actions.compartments import add_compartment
from cloison.actions.dispatches import DispatchState, list_dispatches, waiting
from cloison.actions.make_receipt import Answer, MadeReceipt, Remark, arrived, make_receipt, not_kept
from cloison.actions.open_package import accept, read, receiver
from cloison.actions.people import contacts
from cloison.actions.policy_import import import_policy
from cloison.actions.registers import lines, verify
from cloison.actions.renewal import renew_identity
from cloison.actions.requirements import (
    answer_requirement,
    close_requirement,
    requirement,
    requirements,
    requirements_about,
)
from cloison.actions.seal_note import Sealed, SealOptions, seal_note
from cloison.actions.session import Session
from cloison.actions.take_receipt import (
    TakenReceipt,
    is_for_receipts,
    receipt_checks,
    receipts_for,
    take_receipt,
)
from cloison.directory.sufficiency import TrustShortfall
from cloison.dissemination.errors import (
    CannotSealError,
    DisseminationError,
    InvalidRemarkError,
    NotItsRecipientError,
    PackageLabelError,
    ReceiptAboveCeilingError,
    ReceiptTakenError,
    UnknownDispatchError,
    UnknownSenderError,
)
from cloison.dissemination.receipt import Verdict
from cloison.dissemination.receipt_file import OpenedReceipt, open_receipt
from cloison.dissemination.unsealing import unseal
from cloison.labels.label import same_marking
from cloison.notes.errors import ReasonMissingError
from cloison.registers.errors import ClockSetBackError
from cloison.registers.facts import Arrival, ArrivalEvent, Dispatch, DispatchEvent
from cloison.vault.errors import DiskError, UnknownIdError
from cloison.vault.ways import PassphraseSecret
from policies import followed, fr_version, signed_by
from service import Service, mark, words_for, write_marked

QUESTION = Answer(useful=4, comment=Remark(text="Recoupé."), questions=(Remark(text="Qui était présent ?"),))


class Story:
    """An officer whose SECRET note two readers have accepted."""

    def __init__(self, service: Service, *, ceiling: str | None = None) -> None:
        self.service = service
        self.officer = service.member("Officier", "S-SF")
        self.reader = service.member("Lecteur", "S-SF")
        self.other = service.member("Autre", "S")
        for one in (self.reader, self.other):
            service.introduce(one, self.officer)
            service.introduce(self.officer, one)
        highest = None if ceiling is None else mark(self.officer, ceiling)
        self.compartment = add_compartment(self.officer, "Dossier", ceiling=highest, need_to_know=False)
        self.note = write_marked(self.officer, self.compartment, "[S] Titre", ["[S] Alouette"])
        self.folder = service.folder / "out"
        self.sealed = {one.recipient: one for one in self.seal(self.note.uid)}

    def seal(self, uid: str) -> tuple[Sealed, ...]:
        ids = [one.id for one in contacts(self.officer) if one.card.name in ("Lecteur", "Autre")]
        return seal_note(
            self.officer, uid, ids, self.folder, options=SealOptions(is_reply_expected=True), words_for=words_for
        )

    def accept(self, session: Session, path: Path) -> str:
        """The uid of the package, accepted."""
        kept = add_compartment(session, f"Arrivées {path.stem[:8]}", ceiling=None, need_to_know=False)
        opened = read(path, receiver(session))
        accept(session, opened, kept.id)
        return opened.manifest.uid

    def answer(self, answer: Answer, name: str = "r", *, session: Session | None = None) -> MadeReceipt:
        who = session or self.reader
        path = self.sealed["Lecteur" if who is self.reader else "Autre"].path
        uids = [one.entry.facts.package_uid for one in lines(who) if isinstance(one.entry.facts, Arrival)]
        uid = uids[0] if uids else self.accept(who, path)
        return make_receipt(who, arrived(who, uid), answer, self.folder / f"{name}.pli")

    def take(self, path: Path) -> TakenReceipt:
        return take_receipt(self.officer, opened_receipt(self.officer, path))

    def states(self) -> dict[str, DispatchState]:
        return {one.facts.recipient: one.state for one in list_dispatches(self.officer)}


@pytest.fixture
def story(service: Service) -> Story:
    return Story(service)


def opened_receipt(session: Session, path: Path) -> OpenedReceipt:
    return open_receipt(path.read_bytes(), receipt_checks(session))


def refuses(story: Story, path: Path, error: type[DisseminationError]) -> None:
    """Taking ``path`` raises ``error`` and leaves register and requirements as they were."""
    before = (len(lines(story.officer)), requirements(story.officer))
    with pytest.raises(error):
        story.take(path)
    assert (len(lines(story.officer)), requirements(story.officer)) == before


def test_a_receipt_closes_the_line_of_its_dispatch_under_the_same_number(story: Story) -> None:
    before = story.states()

    taken = story.take(story.answer(QUESTION).path)

    line = lines(story.officer)[-1]
    facts = line.entry.facts
    assert before == {"Lecteur": DispatchState.WAITING, "Autre": DispatchState.WAITING}
    assert story.states() == {"Lecteur": DispatchState.RECEIPTED, "Autre": DispatchState.WAITING}
    assert [one.facts.recipient for one in waiting(story.officer)] == ["Autre"]
    assert isinstance(facts, Dispatch)
    assert (facts.event, facts.recipient, facts.note_uid) == (DispatchEvent.RECEIPTED, "Lecteur", story.note.uid)
    assert line.entry.number == taken.number == story.sealed["Lecteur"].number
    assert [one.first_bad for one in verify(story.officer)] == [None]
    assert story.compartment.chain.checkpoints()[-1].sequence == line.entry.sequence


def test_what_was_said_is_kept_beside_the_note_and_not_on_the_register(story: Story) -> None:
    story.take(story.answer(QUESTION).path)

    (said,) = receipts_for(story.officer, story.note.uid)

    assert (said.useful, said.comment and said.comment.text) == (4, "Recoupé.")
    assert all(b"Recoup" not in row.body for row in story.compartment.chain.entries())


def test_a_question_becomes_a_requirement_of_its_note_under_its_own_mark(story: Story) -> None:
    lower = Answer(questions=(Remark(text="Quand ?", label=mark(story.reader, "DR")), Remark(text="Qui ?")))

    story.take(story.answer(lower).path)

    found = requirements_about(story.officer, story.note.uid)
    assert found == requirements(story.officer)
    assert [(one.text, one.sender, one.reference, one.is_open) for one in found] == [
        ("Quand ?", "Lecteur", story.note.reference, True),
        ("Qui ?", "Lecteur", story.note.reference, True),
    ]
    assert same_marking(found[0].label, mark(story.officer, "DR"))
    assert same_marking(found[1].label, mark(story.officer, "S"))


def test_the_whole_is_marked_as_its_parts_are_worth_together(story: Story) -> None:
    asked = (Remark(text="Un", label=mark(story.reader, "DR")), Remark(text="Deux", label=mark(story.reader, "NP")))

    low = story.answer(Answer(questions=asked), "low")
    bare = story.answer(Answer(), "bare")

    assert same_marking(low.receipt.label, mark(story.reader, "DR"))
    assert same_marking(bare.receipt.label, mark(story.reader, "S"))


def test_the_receipt_is_entered_under_the_number_of_the_arrival(story: Story) -> None:
    made = story.answer(Answer(verdict=Verdict.REFUSED))

    first, second = (one.entry for one in lines(story.reader))
    assert isinstance(first.facts, Arrival)
    assert isinstance(second.facts, Arrival)
    assert (second.number, second.facts.event) == (first.number, ArrivalEvent.REFUSAL_SENT)
    assert first.facts.event is ArrivalEvent.ACCEPTED
    assert made.number == first.number
    assert arrived(story.reader, first.number) == arrived(story.reader, first.facts.package_uid)


def test_at_the_highest_level_the_receipt_goes_in_the_suite_that_it_asks_for(service: Service) -> None:
    officer, reader = (service.member(name, "TS") for name in ("Officier", "Lecteur"))
    contact = service.introduce(reader, officer)
    service.introduce(officer, reader)
    kept = add_compartment(officer, "Dossier", ceiling=None, need_to_know=False)
    note = write_marked(officer, kept, "[TS] Titre", ["[TS] Alouette"])
    folder = service.folder / "ts"
    (sealed,) = seal_note(officer, note.uid, [contact.id], folder, options=SealOptions(), words_for=words_for)
    arrivals = add_compartment(reader, "Arrivées", ceiling=None, need_to_know=False)
    accept(reader, read(sealed.path, receiver(reader)), arrivals.id)

    made = make_receipt(reader, arrived(reader, "A-2026-00001"), QUESTION, folder / "r.pli")

    assert unseal(made.path.read_bytes(), officer.vault.member.identities).suite == 2
    assert len(take_receipt(officer, opened_receipt(officer, made.path)).requirement_ids) == 1


def test_a_refusal_is_told_as_one(story: Story) -> None:
    story.take(story.answer(Answer(verdict=Verdict.REFUSED)).path)

    assert story.states()["Lecteur"] is DispatchState.REFUSED


def test_a_package_that_is_not_kept_can_be_refused(story: Story) -> None:
    opened = read(story.sealed["Lecteur"].path, receiver(story.reader))
    kept = add_compartment(story.reader, "Arrivées", ceiling=None, need_to_know=False)

    refusal = Answer(verdict=Verdict.REFUSED)
    made = make_receipt(story.reader, not_kept(story.reader, opened, kept.id), refusal, story.folder / "r.pli")
    story.take(made.path)

    assert story.states()["Lecteur"] is DispatchState.REFUSED
    assert kept.notes.count() == 0
    with pytest.raises(UnknownIdError):
        arrived(story.reader, opened.manifest.uid)


def test_the_receipt_that_was_signed_last_counts_whatever_comes_last(story: Story) -> None:
    early = story.answer(Answer(verdict=Verdict.REFUSED), "early")
    story.service.clock.advance(hours=1)
    late = story.answer(QUESTION, "late")

    story.take(late.path)
    story.take(early.path)

    assert story.states()["Lecteur"] is DispatchState.RECEIPTED
    assert len(requirements(story.officer)) == 1


def test_by_a_clock_set_back_nothing_is_answered_nor_taken(story: Story) -> None:
    made = story.answer(QUESTION)
    before = [len(lines(one)) for one in (story.reader, story.officer)]
    story.service.clock.advance(days=-1)

    with pytest.raises(ClockSetBackError):
        story.answer(QUESTION, "again")
    with pytest.raises(ClockSetBackError):
        story.take(made.path)

    assert [len(lines(one)) for one in (story.reader, story.officer)] == before


def secret() -> PassphraseSecret:
    return PassphraseSecret(passphrase=bytearray(b"une phrase de passe pour les essais"))


def test_a_reader_with_new_keys_answers_for_what_went_to_the_old_ones(story: Story) -> None:
    uid = story.accept(story.reader, story.sealed["Lecteur"].path)
    renew_identity(story.reader, secret())
    add_contact(story.reader, story.service.endorsed(story.reader, "S-SF"))
    made = make_receipt(story.reader, arrived(story.reader, uid), QUESTION, story.folder / "r.pli")

    refuses(story, made.path, UnknownSenderError)
    story.service.introduce(story.reader, story.officer)
    story.take(made.path)

    assert story.states()["Lecteur"] is DispatchState.RECEIPTED


def test_a_sender_with_new_keys_is_answered_under_them(story: Story) -> None:
    uid = story.accept(story.reader, story.sealed["Lecteur"].path)
    renew_identity(story.officer, secret())
    add_contact(story.officer, story.service.endorsed(story.officer, "S-SF"))
    story.service.introduce(story.officer, story.reader)

    made = make_receipt(story.reader, arrived(story.reader, uid), QUESTION, story.folder / "r.pli")
    story.take(made.path)

    assert made.receipt.recipient == story.officer.vault.member.identity.public.fingerprint.hex()
    assert story.states()["Lecteur"] is DispatchState.RECEIPTED


def test_a_receipt_is_taken_once(story: Story) -> None:
    made = story.answer(QUESTION)
    opened = opened_receipt(story.officer, made.path)
    take_receipt(story.officer, opened)

    refuses(story, made.path, ReceiptTakenError)
    with pytest.raises(ReceiptTakenError):
        take_receipt(story.officer, opened)


def test_a_receipt_comes_to_nothing_where_the_note_is_not_open(story: Story) -> None:
    made = story.answer(QUESTION)
    opened = opened_receipt(story.officer, made.path)
    story.officer.vault.close_compartment(story.compartment.id)

    refuses(story, made.path, UnknownDispatchError)
    with pytest.raises(UnknownDispatchError):
        take_receipt(story.officer, opened)


def test_another_reader_cannot_answer_for_the_package_of_a_third(story: Story) -> None:
    theirs = story.answer(Answer(), "theirs", session=story.other)
    uid = theirs.receipt.package_uid
    mine = story.answer(Answer(), "mine").receipt
    facts = next(one.entry.facts for one in lines(story.other) if isinstance(one.entry.facts, Arrival))
    assert facts.package_uid == uid != mine.package_uid
    reader_arrival = arrived(story.reader, mine.package_uid)
    stolen = make_receipt(
        story.other,
        type(reader_arrival)(
            compartment_id=arrived(story.other, uid).compartment_id,
            number=arrived(story.other, uid).number,
            arrival=reader_arrival.arrival,
        ),
        Answer(),
        story.folder / "stolen.pli",
    )

    refuses(story, stolen.path, NotItsRecipientError)


def test_taking_that_fails_half_way_keeps_nothing(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    made = story.answer(QUESTION)

    def fails(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(taking, "sign_head", fails)
        with pytest.raises(RuntimeError):
            story.take(made.path)
    assert (requirements(story.officer), story.states()["Lecteur"]) == ((), DispatchState.WAITING)
    assert receipts_for(story.officer, story.note.uid) == ()

    assert len(story.take(made.path).requirement_ids) == 1


def test_a_question_above_the_ceiling_of_the_compartment_is_not_taken(service: Service) -> None:
    story = Story(service, ceiling="S")
    made = story.answer(Answer(questions=(Remark(text="Qui ?", label=mark(story.reader, "S-SF")),)))

    refuses(story, made.path, ReceiptAboveCeilingError)


def test_the_sender_of_the_package_must_be_allowed_to_read_the_receipt(story: Story) -> None:
    above = Answer(questions=(Remark(text="Qui ?", label=mark(story.reader, "TS")),))

    with pytest.raises(CannotSealError) as refused:
        story.answer(above)

    assert [(one.name, one.shortfall is None, one.is_nothing_theirs) for one in refused.value.refused] == [
        ("Officier", True, True)
    ]
    assert not (story.folder / "r.pli").exists()
    assert len(lines(story.reader)) == 1


def test_a_sender_whose_endorsement_has_lapsed_is_answered_nothing(story: Story) -> None:
    uid = story.accept(story.reader, story.sealed["Lecteur"].path)
    story.service.clock.advance(days=366)

    with pytest.raises(CannotSealError) as refused:
        make_receipt(story.reader, arrived(story.reader, uid), QUESTION, story.folder / "r.pli")

    assert [one.shortfall for one in refused.value.refused] == [TrustShortfall.ENDORSEMENT_EXPIRED]


def test_what_is_said_is_marked_under_the_version_in_force_here(story: Story) -> None:
    uid = story.accept(story.reader, story.sealed["Lecteur"].path)
    import_policy(story.reader, signed_by(story.service.authority, fr_version(2)), name="fr")
    later = followed(story.reader)

    made = make_receipt(later, arrived(later, uid), QUESTION, story.folder / "r.pli")

    assert {label.policy_version for label in made.receipt.labels} == {2}
    refuses(story, made.path, PackageLabelError)


def test_a_mark_the_policy_does_not_allow_is_refused(story: Story) -> None:
    broken = mark(story.reader, "S")
    object.__setattr__(broken, "classification", "NIVEAU INCONNU")

    with pytest.raises(InvalidRemarkError):
        story.answer(Answer(comment=Remark(text="x", label=broken)))


def test_words_of_a_need_to_know_compartment_do_not_leave_it(story: Story) -> None:
    kept = add_compartment(story.reader, "Réservé", ceiling=None, need_to_know=True)
    opened = read(story.sealed["Lecteur"].path, receiver(story.reader))
    accept(story.reader, opened, kept.id)
    answered = arrived(story.reader, opened.manifest.uid)

    with pytest.raises(CannotSealError):
        make_receipt(story.reader, answered, QUESTION, story.folder / "words.pli")
    bare = make_receipt(story.reader, answered, Answer(useful=2), story.folder / "bare.pli")

    assert story.take(bare.path).receipt.useful == 2


def test_a_receipt_that_cannot_be_written_is_not_entered(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    uid = story.accept(story.reader, story.sealed["Lecteur"].path)
    taken = story.folder / "taken.pli"
    taken.write_bytes(b"")

    with pytest.raises(DiskError):
        make_receipt(story.reader, arrived(story.reader, uid), Answer(), taken)
    rename = Path.rename
    monkeypatch.setattr(Path, "rename", lambda path, to: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(DiskError):
        make_receipt(story.reader, arrived(story.reader, uid), Answer(), story.folder / "r.pli")
    monkeypatch.setattr(Path, "rename", rename)

    assert len(lines(story.reader)) == 1
    assert not list(story.folder.glob("*.part"))


def test_a_package_is_not_taken_for_a_receipt_nor_the_other_way_round(story: Story) -> None:
    made = story.answer(Answer())

    assert not is_for_receipts(story.reader, story.sealed["Lecteur"].path.read_bytes())
    assert is_for_receipts(story.officer, made.path.read_bytes())
    assert not is_for_receipts(story.reader, made.path.read_bytes())


def test_a_requirement_is_answered_by_a_note_or_closed_with_a_reason(story: Story) -> None:
    ids = story.take(story.answer(Answer(questions=(Remark(text="Un"), Remark(text="Deux")))).path).requirement_ids
    note = write_marked(story.officer, story.compartment, "[S] Réponse", ["[S] Voici."])

    answered = answer_requirement(story.officer, ids[0], note.uid)
    again = answer_requirement(story.officer, ids[0], note.uid)
    closed = close_requirement(story.officer, ids[1], reason=" hors sujet ")

    assert (answered.answered_by, again.answered_by, answered.is_open) == ((note.uid,), (note.uid,), False)
    assert closed.closing is not None
    assert (closed.closing.by, closed.closing.reason, closed.is_open) == ("Officier", "hors sujet", False)
    assert requirement(story.officer, ids[1]) == closed


def test_a_requirement_is_not_closed_without_a_reason_nor_answered_by_nothing(story: Story) -> None:
    (id,) = story.take(story.answer(QUESTION).path).requirement_ids

    with pytest.raises(ReasonMissingError):
        close_requirement(story.officer, id, reason=" ")
    with pytest.raises(UnknownIdError):
        answer_requirement(story.officer, id, "0" * 32)
    with pytest.raises(UnknownIdError):
        requirement(story.officer, "0" * 32)
    assert requirement(story.officer, id).is_open


def test_a_dispatch_that_came_to_nothing_stands_as_void(story: Story) -> None:
    story.folder.joinpath("file").write_text("a file where the folder should be")
    ids = [one.id for one in contacts(story.officer) if one.card.name == "Autre"]

    with pytest.raises(DiskError):
        seal_note(story.officer, story.note.uid, ids, story.folder / "file", options=SealOptions(), words_for=words_for)

    assert [one.state for one in list_dispatches(story.officer)][-1] is DispatchState.VOID
