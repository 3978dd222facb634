"""Packages that wait for a card, a policy or an endorsement: kept sealed, checked anew, never half believed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cloison.actions import quarantine
from cloison.actions.cards import add_contact
from cloison.actions.compartments import add_compartment
from cloison.actions.open_package import Accepted, accept, read, receiver
from cloison.actions.people import contacts
from cloison.actions.quarantine import Quarantined
from cloison.actions.registers import lines
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.dissemination.checks import Opened
from cloison.dissemination.errors import AlreadyReceivedError, ForgedPackageError, NotClearedError
from cloison.dissemination.opening import WaitReason
from cloison.labels.library import PolicySet
from cloison.registers.facts import Kind
from cloison.vault.errors import QuarantineFullError, UnknownIdError
from service import Service, words_for, write_marked


class Post:
    """An officer who knows a reader; the reader knows nobody yet, and is endorsed unless a test says otherwise."""

    def __init__(self, service: Service, *, is_endorsed: bool = True) -> None:
        self.service = service
        self.officer = service.member("Officier", "S")
        self.reader = service.member("Lecteur", "S")
        service.introduce(self.reader, self.officer)
        if not is_endorsed:
            self.reader = service.member("Nouveau", None)
            add_contact(self.officer, service.endorsed(self.reader, "S"))
        self.compartment = add_compartment(self.officer, "Source", ceiling=None, need_to_know=False)
        self.kept = add_compartment(self.reader, "Arrivées", ceiling=None, need_to_know=False)
        self.uid = write_marked(self.officer, self.compartment, "[NP] Titre", ["[NP] un", "[S] Alouette"]).uid

    def seal(self) -> Path:
        fingerprint = self.reader.vault.member.identity.public.fingerprint
        id = next(one.id for one in contacts(self.officer) if one.card.fingerprint == fingerprint)
        folder = self.service.folder / "out"
        (sealed,) = seal_note(self.officer, self.uid, [id], folder, options=SealOptions(), words_for=words_for)
        return sealed.path

    def meet(self) -> None:
        """The reader takes the officer's card in."""
        self.service.introduce(self.officer, self.reader)


@pytest.fixture
def post(service: Service) -> Post:
    return Post(service)


def waits(session: Session, path: Path, reason: WaitReason) -> Quarantined:
    """Receiving ``path`` puts it into quarantine for ``reason``, and nothing else is written."""
    before = len(lines(session))
    outcome = quarantine.receive(session, path)
    assert isinstance(outcome, Quarantined)
    assert outcome.reason is reason
    assert len(lines(session)) == before
    return outcome


def test_a_package_of_a_sender_nobody_knows_waits_with_the_key_it_claims(post: Post) -> None:
    path = post.seal()

    held = waits(post.reader, path, WaitReason.UNKNOWN_SENDER)

    sender = post.officer.vault.member.identity.public.fingerprint
    assert (held.key_id, held.sender, held.size) == (sender, None, path.stat().st_size)
    assert held.arrived == post.reader.now()
    assert post.reader.vault.quarantine.sealed(held.uid) == path.read_bytes()


def test_once_the_card_is_there_every_check_runs_and_the_note_is_kept(post: Post) -> None:
    path = post.seal()
    held = waits(post.reader, path, WaitReason.UNKNOWN_SENDER)
    path.unlink()
    assert quarantine.ready(post.reader) == ()
    post.meet()

    (ready,) = quarantine.ready(post.reader)
    accepted = quarantine.accept_quarantined(post.reader, held.uid, post.kept.id)

    assert isinstance(accepted, Accepted)
    assert (ready.uid, ready.sender) == (held.uid, "Officier")
    assert accepted.note.portions[1].text == "Alouette"
    assert quarantine.quarantined(post.reader) == ()
    assert len(lines(post.reader, Kind.ARRIVAL)) == 1


def test_a_package_that_is_accepted_from_its_file_waits_no_more(post: Post) -> None:
    path = post.seal()
    waits(post.reader, path, WaitReason.UNKNOWN_SENDER)
    post.meet()

    accept(post.reader, read(path, receiver(post.reader)), post.kept.id)

    assert quarantine.quarantined(post.reader) == ()


def test_one_that_was_accepted_and_still_lies_there_is_taken_out_when_it_is_looked_at(post: Post) -> None:
    path = post.seal()
    post.meet()
    opened = quarantine.receive(post.reader, path)
    assert isinstance(opened, Opened)
    accept(post.reader, opened, post.kept.id)
    held = post.reader.vault.quarantine.hold(
        path.read_bytes(), reason="unknown sender", key_id=bytes(32), now=post.reader.now()
    )

    assert quarantine.ready(post.reader) == ()
    with pytest.raises(AlreadyReceivedError):
        quarantine.accept_quarantined(post.reader, held.uid, post.kept.id)
    assert quarantine.quarantined(post.reader) == ()


def test_a_package_that_comes_twice_waits_once(post: Post) -> None:
    path = post.seal()
    first = waits(post.reader, path, WaitReason.UNKNOWN_SENDER)
    post.service.clock.advance(days=1)

    again = waits(post.reader, path.rename(path.with_name("other.pli")), WaitReason.UNKNOWN_SENDER)

    assert again == first
    assert quarantine.quarantined(post.reader) == (first,)


def test_whoever_is_not_endorsed_yet_keeps_what_is_above_the_lowest_level_waiting(service: Service) -> None:
    post = Post(service, is_endorsed=False)
    post.meet()
    held = waits(post.reader, post.seal(), WaitReason.NOT_CLEARED)
    assert held.sender == "Officier"
    still = quarantine.accept_quarantined(post.reader, held.uid, post.kept.id)
    assert still == held

    add_contact(post.reader, service.endorsed(post.reader, "S"))

    assert isinstance(quarantine.accept_quarantined(post.reader, held.uid, post.kept.id), Accepted)


def test_whoever_is_endorsed_too_low_is_refused_and_nothing_waits(post: Post) -> None:
    post.meet()
    path = post.seal()
    post.service.clock.advance(days=1)
    add_contact(post.reader, post.service.endorsed(post.reader, "DR"))

    with pytest.raises(NotClearedError):
        quarantine.receive(post.reader, path)

    assert quarantine.quarantined(post.reader) == ()


def test_a_package_under_a_policy_nobody_has_waits_for_it(post: Post) -> None:
    post.meet()
    path = post.seal()
    without = replace(post.reader, policies=PolicySet(()))

    held = waits(without, path, WaitReason.UNKNOWN_POLICY)

    assert held.sender == "Officier"
    assert [one.uid for one in quarantine.ready(without)] == [held.uid]
    assert isinstance(quarantine.retry(post.reader, held.uid), Opened)


def test_a_reason_that_changes_is_told_as_it_is_now(service: Service) -> None:
    post = Post(service, is_endorsed=False)
    held = waits(post.reader, post.seal(), WaitReason.UNKNOWN_SENDER)
    post.meet()

    again = quarantine.retry(post.reader, held.uid)

    assert isinstance(again, Quarantined)
    assert (again.uid, again.reason, again.sender) == (held.uid, WaitReason.NOT_CLEARED, "Officier")
    assert quarantine.quarantined(post.reader) == (again,)


def test_a_damaged_package_of_a_sender_nobody_knows_does_not_wait(post: Post) -> None:
    path = post.seal()
    whole = path.read_bytes()

    for damaged in (whole[:-1], whole + b"\0", whole[:-100] + bytes([whole[-100] ^ 1]) + whole[-99:]):
        path.write_bytes(damaged)
        with pytest.raises(ForgedPackageError):
            quarantine.receive(post.reader, path)

    assert quarantine.quarantined(post.reader) == ()


def test_what_is_dropped_is_gone(post: Post) -> None:
    held = waits(post.reader, post.seal(), WaitReason.UNKNOWN_SENDER)

    quarantine.drop(post.reader, held.uid)

    assert quarantine.quarantined(post.reader) == ()
    with pytest.raises(UnknownIdError):
        quarantine.retry(post.reader, held.uid)


def test_a_full_quarantine_refuses_and_says_which_came_first(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cloison.vault.quarantine_store.MOST_PACKAGES", 1)
    held = waits(post.reader, post.seal(), WaitReason.UNKNOWN_SENDER)

    with pytest.raises(QuarantineFullError) as refused:
        quarantine.receive(post.reader, post.seal())

    assert refused.value.oldest == held.uid


def test_a_refusal_or_a_wait_burns_neither_uid_nor_serial(post: Post) -> None:
    path = post.seal()
    waits(post.reader, path, WaitReason.UNKNOWN_SENDER)
    quarantine.drop(post.reader, quarantine.quarantined(post.reader)[0].uid)
    post.meet()

    opened = quarantine.receive(post.reader, path)

    assert isinstance(opened, Opened)
    assert accept(post.reader, opened, post.kept.id).gaps.missing == 0


def test_the_former_identity_goes_on_opening_what_was_sealed_to_it(post: Post) -> None:
    post.meet()
    checks = receiver(post.reader)
    stranger = post.officer.vault.member.identity

    opened = read(post.seal(), replace(checks, identities=(stranger, *checks.identities)))

    assert opened.rendition.portions[1].text == "Alouette"
