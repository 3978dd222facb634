"""Signed policies taken in: on whose word, which version, and what becomes of what was marked before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cloison.actions.cards import export_card, trust_authority
from cloison.actions.compartments import add_compartment
from cloison.actions.dissemination_plan import plan
from cloison.actions.open_package import read, receiver
from cloison.actions.policy_import import import_policy, known_versions
from cloison.actions.read_note import banner, read_note
from cloison.actions.registers import lines, verify
from cloison.actions.relabel import plan_relabelling, relabel
from cloison.actions.revocations import export_revocations, revoke, take_revocations
from cloison.actions.seal_note import SealOptions, seal_note
from cloison.actions.session import Session
from cloison.actions.write_note import mark_portions
from cloison.directory.authority import Scope
from cloison.directory.errors import (
    NotAnAuthorityError,
    PolicyProblem,
    PolicyRefusedError,
    SignedPolicyError,
)
from cloison.directory.revocations import Fallen
from cloison.dissemination.errors import LabelProblem, PackageLabelError
from cloison.labels.clearance import Clearance
from cloison.labels.errors import PolicyError
from cloison.labels.library import built_in
from cloison.labels.policy_difference import ChangeKind
from cloison.notes.errors import LoweringNeedsReasonError, OlderVersionError
from cloison.notes.note import Note
from cloison.registers.facts import Kind, PolicyImport
from cloison.vault.compartment import Compartment
from cloison_crypto.identity import fingerprint_text
from policies import followed, fr_version, signed_by
from service import Service, found_service, mark, new_vault, words_for, write_marked

RENAMED = ('name="SECRET" lacv="3"', 'name="SECRET FRANCE" lacv="3"')
RENUMBERED = ('name="SECRET" lacv="3"', 'name="SECRET" lacv="33"')
RENAMED_LAYOUT = ('<classification name="SECRET" ', '<classification name="SECRET FRANCE" ')


@pytest.fixture
def officer(service: Service) -> Session:
    return service.member("Officier", "TS-SF")


@pytest.fixture
def dossier(officer: Session) -> Compartment:
    return add_compartment(officer, "Dossier", ceiling=None, need_to_know=False)


@pytest.fixture
def note(officer: Session, dossier: Compartment) -> Note:
    return write_marked(officer, dossier, "[NP] Titre", ["[S] Premier paragraphe.", "[S-SF] Second paragraphe."])


def refused(session: Session, signed: bytes) -> PolicyProblem:
    with pytest.raises(PolicyRefusedError) as caught:
        import_policy(session, signed, name="fr")
    assert lines(session, Kind.POLICY) == ()
    return caught.value.problem


def test_a_new_version_counts_from_the_next_session_on(service: Service, officer: Session) -> None:
    imported = import_policy(officer, signed_by(service.authority, fr_version(2)), name="fr")

    assert (imported.policy.version, imported.authority) == (2, "Officier de sécurité")
    assert officer.policy.version == 1
    assert followed(officer).policy.digest == imported.policy.digest


def test_it_is_entered_in_the_register_of_each_open_compartment(
    service: Service, officer: Session, dossier: Compartment
) -> None:
    add_compartment(officer, "Autre", ceiling=None, need_to_know=False)

    imported = import_policy(officer, signed_by(service.authority, fr_version(2)), name="fr")
    entered = lines(officer, Kind.POLICY)

    assert sorted((one.compartment, one.entry.number) for one in entered) == [
        ("Autre", imported.number),
        ("Dossier", imported.number),
    ]
    facts = entered[0].entry.facts
    assert isinstance(facts, PolicyImport)
    assert (facts.policy, facts.version, facts.digest) == ("FR", "2", imported.policy.digest)
    assert facts.authority_fingerprint == service.authority.vault.member.identity.public.fingerprint.hex()
    assert all(one.first_bad is None for one in verify(officer))


def test_the_same_file_again_changes_nothing(service: Service, officer: Session, dossier: Compartment) -> None:
    signed = signed_by(service.authority, fr_version(2))
    import_policy(officer, signed, name="fr")

    assert import_policy(officer, signed, name="fr").number is None
    assert len(lines(officer, Kind.POLICY)) == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (fr_version(0), PolicyProblem.LOWER_VERSION),
        (fr_version(1, ("GROENLAND", "GRÖNLAND")), PolicyProblem.SAME_VERSION),
    ],
    ids=["lower", "same, another file"],
)
def test_a_version_that_goes_back_or_contradicts_is_refused(
    service: Service, officer: Session, content: bytes, problem: PolicyProblem
) -> None:
    assert refused(officer, signed_by(service.authority, content)) is problem
    assert followed(officer).policy.digest == built_in("FR").digest


def test_an_authority_that_is_not_trusted_here_is_refused(service: Service, officer: Session, tmp_path: Path) -> None:
    (tmp_path / "stranger").mkdir()
    stranger = found_service(tmp_path / "stranger", service.clock)

    assert refused(officer, signed_by(stranger.authority, fr_version(2))) is PolicyProblem.UNTRUSTED
    stranger.close()


def test_an_authority_whose_card_is_out_of_date_is_refused(service: Service, officer: Session) -> None:
    signed = signed_by(service.authority, fr_version(2))
    service.clock.advance(days=6 * 365)

    assert refused(officer, signed) is PolicyProblem.CARD_EXPIRED


@pytest.mark.parametrize(
    ("scope", "is_taken"),
    [("TS-SF", True), ("S-SF", False), ("TS", False), (None, True)],
    ids=["all of it", "up to S", "without a category", "no limit"],
)
def test_an_authority_followed_for_a_part_of_the_policy_cannot_write_it_anew(
    service: Service, scope: str | None, is_taken: bool
) -> None:
    session = new_vault(service.folder / "scoped", "Lecteur", service.clock)
    service.opened.append(session)
    limit = None if scope is None else Clearance.from_mark(session.policy, scope)
    fingerprint = fingerprint_text(service.authority.vault.member.identity.public.fingerprint)
    trust_authority(session, export_card(service.authority), typed=fingerprint, scope=Scope(clearance=limit))
    signed = signed_by(service.authority, fr_version(2))

    if is_taken:
        assert import_policy(session, signed, name="fr").policy.version == 2
    else:
        assert refused(session, signed) is PolicyProblem.OUT_OF_SCOPE


@pytest.mark.parametrize(
    "scope",
    [Scope(nationalities=frozenset({"FRA"})), Scope(policies=frozenset({"1.2.3"}))],
    ids=["for some nationalities", "for another policy"],
)
def test_an_authority_followed_for_some_people_writes_no_policy_for_all(service: Service, scope: Scope) -> None:
    session = new_vault(service.folder / "scoped", "Lecteur", service.clock)
    service.opened.append(session)
    fingerprint = fingerprint_text(service.authority.vault.member.identity.public.fingerprint)
    trust_authority(session, export_card(service.authority), typed=fingerprint, scope=scope)

    assert refused(session, signed_by(service.authority, fr_version(2))) is PolicyProblem.OUT_OF_SCOPE


def test_an_authority_that_revoked_its_own_keys_writes_no_policy(service: Service, officer: Session) -> None:
    signed = signed_by(service.authority, fr_version(2))
    revoke(service.authority, service.authority.vault.member.identity.public.fingerprint, Fallen.CARD)
    take_revocations(officer, export_revocations(service.authority)[1])

    assert refused(officer, signed) is PolicyProblem.CARD_REVOKED


def test_another_policy_is_beyond_an_authority_followed_for_this_one(service: Service) -> None:
    session = new_vault(service.folder / "scoped", "Lecteur", service.clock)
    service.opened.append(session)
    limit = Clearance.from_mark(session.policy, "TS-SF")
    fingerprint = fingerprint_text(service.authority.vault.member.identity.public.fingerprint)
    trust_authority(session, export_card(service.authority), typed=fingerprint, scope=Scope(clearance=limit))
    other = fr_version(1, ('name="FR" id="1.3.6.1.4.1.99999.1.1"', 'name="FR2" id="1.3.6.1.4.1.99999.1.77"'))

    assert refused(session, signed_by(service.authority, other)) is PolicyProblem.OUT_OF_SCOPE


def test_a_policy_nobody_knew_becomes_known(service: Service, officer: Session) -> None:
    other = fr_version(4, ('name="FR" id="1.3.6.1.4.1.99999.1.1"', 'name="FR2" id="1.3.6.1.4.1.99999.1.77"'))

    import_policy(officer, signed_by(service.authority, other), name="fr2")
    session = followed(officer)

    assert session.policies["1.3.6.1.4.1.99999.1.77"].version == 4
    assert session.policy.name == "FR"


@pytest.mark.parametrize("name", ["FR", "fr", "NATO"])
def test_a_policy_by_the_name_of_another_is_refused(service: Service, officer: Session, name: str) -> None:
    other = fr_version(4, ('name="FR" id="1.3.6.1.4.1.99999.1.1"', f'name="{name}" id="1.3.6.1.4.1.99999.1.77"'))

    assert refused(officer, signed_by(service.authority, other)) is PolicyProblem.NAME_TAKEN


def test_what_is_altered_or_broken_is_refused_whole(service: Service, officer: Session) -> None:
    signed = signed_by(service.authority, fr_version(2))

    with pytest.raises(SignedPolicyError):
        import_policy(officer, signed[:-1] + bytes([signed[-1] ^ 1]), name="fr")
    with pytest.raises(PolicyError):
        signed_by(service.authority, fr_version(2, ('hierarchy="2"', 'hierarchy="1"')))
    assert followed(officer).policy.version == 1


def test_only_an_authority_signs(service: Service, officer: Session) -> None:
    with pytest.raises(NotAnAuthorityError):
        signed_by(officer, fr_version(2))


def test_versions_are_listed_with_the_one_in_force_and_since_when(service: Service, officer: Session) -> None:
    founded = service.clock.now
    service.clock.advance(days=3)
    import_policy(officer, signed_by(service.authority, fr_version(2)), name="fr")
    found = [one for one in known_versions(followed(officer)) if one.policy.name == "FR"]

    assert [(one.policy.version, one.is_in_force, one.since, one.authority) for one in found] == [
        (1, False, founded, None),
        (2, True, founded + timedelta(days=3), "Officier de sécurité"),
    ]
    (nato,) = [one for one in known_versions(officer) if one.policy.name == "NATO"]
    assert (nato.is_in_force, nato.since) == (True, None)


def test_a_version_that_begins_later_waits_for_its_day(service: Service, officer: Session) -> None:
    content = fr_version(2, (' version="2"', ' version="2" notBefore="20270101000000Z"'))
    import_policy(officer, signed_by(service.authority, content), name="fr")

    assert followed(officer).policy.version == 1
    service.clock.advance(days=60)
    assert followed(officer).policy.version == 2
    (second,) = [one for one in known_versions(followed(officer)) if one.policy.version == 2]
    assert second.since is not None and second.since.year == 2027


def test_notes_keep_their_marks_and_are_read_as_before(service: Service, officer: Session, note: Note) -> None:
    import_policy(officer, signed_by(service.authority, fr_version(2, RENAMED, RENAMED_LAYOUT)), name="fr")
    session = followed(officer)
    view = read_note(session, note.uid)

    assert banner(session, view.label, "fr") == "SECRET – SPÉCIAL FRANCE"
    assert view.stored.note == note


def test_looking_at_what_would_change_changes_nothing(service: Service, officer: Session, note: Note) -> None:
    import_policy(officer, signed_by(service.authority, fr_version(2, RENAMED, RENAMED_LAYOUT)), name="fr")
    session = followed(officer)

    found = plan_relabelling(session, note.uid)

    assert [one.number for one in found.marks] == [0, 1, 2]
    assert [one.says_the_same for one in found.marks] == [True, False, False]
    assert (found.may_change, found.needs_reason) == (True, True)
    (compared,) = found.differences
    assert [(one.kind, one.before, one.name) for one in compared.changes] == [
        (ChangeKind.RENAMED, "SECRET", "SECRET FRANCE")
    ]
    assert read_note(session, note.uid).stored.revision == 1


def test_marking_anew_is_one_revision_with_its_reason(service: Service, officer: Session, note: Note) -> None:
    import_policy(officer, signed_by(service.authority, fr_version(2, RENAMED, RENAMED_LAYOUT)), name="fr")
    session = followed(officer)

    with pytest.raises(LoweringNeedsReasonError):
        relabel(session, note.uid, reason=None)
    saved = relabel(session, note.uid, reason="Version 2")

    assert saved.revision == 2
    assert banner(session, read_note(session, note.uid).label, "fr") == "SECRET FRANCE – SPÉCIAL FRANCE"
    compartment, _ = session.find_note(note.uid)
    assert [one.reason for one in compartment.notes.revisions(note.uid)[-1].changes] == ["Version 2"] * 3
    assert plan_relabelling(session, note.uid).marks == ()
    assert relabel(session, note.uid, reason=None).revision == 2


def test_a_note_of_two_versions_is_worth_both_or_nobody_reads_it(
    service: Service, officer: Session, note: Note
) -> None:
    reader = service.member("Lecteur", "S-SF")
    contact = service.introduce(reader, officer)
    import_policy(officer, signed_by(service.authority, fr_version(2, RENUMBERED)), name="fr")
    session = followed(officer)
    mark_portions(session, note.uid, [0], mark(session, "[DR]"), reason=None)

    with pytest.raises(OlderVersionError):
        plan(session, note.uid, [contact.id])
    mark_portions(session, note.uid, [1, 2], mark(session, "[S-SF]"), reason="Version 2")
    assert plan(session, note.uid, [contact.id]).rows[0].rendition is not None


def sealed(sender: Session, note: Note, recipient_id: str, folder: Path) -> Path:
    (one,) = seal_note(sender, note.uid, [recipient_id], folder, options=SealOptions(), words_for=words_for)
    return one.path


@pytest.fixture
def reader(service: Service, officer: Session) -> Session:
    session = service.member("Lecteur", "S-SF")
    service.introduce(officer, session)
    return session


def test_a_package_leaves_under_the_version_in_force_its_portions_under_theirs(
    service: Service, officer: Session, reader: Session, note: Note, tmp_path: Path
) -> None:
    contact = service.introduce(reader, officer)
    for session in (officer, reader):
        import_policy(session, signed_by(service.authority, fr_version(2)), name="fr")
    sender, receiving = followed(officer), followed(reader)

    opened = read(sealed(sender, note, contact.id, tmp_path / "out"), receiver(receiving))

    assert (opened.manifest.label.policy_version, opened.manifest.label.policy_digest) == (2, sender.policy.digest)
    assert {one.label.policy_version for one in opened.rendition.portions if one.label} == {1}


def test_a_version_that_is_not_known_here_is_not_accepted(
    service: Service, officer: Session, reader: Session, note: Note, tmp_path: Path
) -> None:
    contact = service.introduce(reader, officer)
    import_policy(officer, signed_by(service.authority, fr_version(2)), name="fr")
    package = sealed(followed(officer), note, contact.id, tmp_path / "out")

    with pytest.raises(PackageLabelError) as caught:
        read(package, receiver(reader))

    assert caught.value.problem is LabelProblem.UNKNOWN_POLICY
    import_policy(reader, signed_by(service.authority, fr_version(2)), name="fr")
    assert read(package, receiver(followed(reader))).manifest.label.policy_version == 2


def test_a_version_older_than_the_one_in_force_here_is_refused(
    service: Service, officer: Session, reader: Session, note: Note, tmp_path: Path
) -> None:
    contact = service.introduce(reader, officer)
    package = sealed(officer, note, contact.id, tmp_path / "out")
    import_policy(reader, signed_by(service.authority, fr_version(2)), name="fr")

    with pytest.raises(PackageLabelError) as caught:
        read(package, receiver(followed(reader)))

    assert caught.value.problem is LabelProblem.OLDER_VERSION


def test_the_file_a_label_names_says_its_version_and_not_the_number_beside_it(
    service: Service, officer: Session
) -> None:
    made = replace(mark(officer, "[S]"), policy_version=99)
    import_policy(officer, signed_by(service.authority, fr_version(2)), name="fr")

    assert followed(officer).is_superseded(made)


def test_a_note_whose_marks_the_version_in_force_does_not_say_leaves_for_nobody(
    service: Service, officer: Session, reader: Session, note: Note
) -> None:
    contact = service.introduce(reader, officer)
    import_policy(officer, signed_by(service.authority, fr_version(2, RENUMBERED)), name="fr")

    with pytest.raises(OlderVersionError) as caught:
        plan(followed(officer), note.uid, [contact.id])

    assert caught.value.tag_sets == ("FR",)
