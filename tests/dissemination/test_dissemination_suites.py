"""A package is of one suite throughout, and never of a lower one than any level in it asks for."""

from __future__ import annotations

import io
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cloison.directory.sufficiency import TrustShortfall
from cloison.directory.trust import Standing, TrustState
from cloison.dissemination.archive import ArchiveWriter
from cloison.dissemination.checks import Receiver
from cloison.dissemination.errors import (
    DisseminationError,
    ForgedPackageError,
    NotForMeError,
    SenderNotTrustedError,
    SuiteTooLowError,
)
from cloison.dissemination.label_checks import Correspondent
from cloison.dissemination.manifest import Manifest
from cloison.dissemination.opening import open_package
from cloison.dissemination.sealing import contents, position_name, write_package
from cloison.labels.clearance import Clearance
from cloison.labels.label import Label
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.labels.spif import policy_from_spif
from cloison.notes.portion import new_uid, plain_portion
from cloison.notes.release import Reader, Rendition
from cloison.notes.rendition import rendition_to_bytes
from cloison.vault.blob_files import IncomingFile
from cloison.vault.exchange import Incoming
from cloison_crypto.errors import SuiteMissingError
from cloison_crypto.identity import Identity
from cloison_crypto.signing import PACKAGE
from cloison_crypto.suites import suite as suite_of_number
from policies import fr_version
from suite_one import SuiteOneSigner

POLICY = built_in("FR")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SENDER, READER = (Identity.generate(os.urandom) for _ in range(2))
PDF = b"%PDF-1.7 stands for a page"
TRUSTED = Standing(state=TrustState.ENDORSED, is_compared=True, is_endorsed=True, suite=2, authority_suite=2)
UNSHOWN = replace(TRUSTED, suite=1)


class NothingReceived:
    """An empty history."""

    def is_received(self, package_uid: str) -> bool:
        return False

    def arrived(self, *, sender: str, life: str) -> tuple[Incoming, ...]:
        return ()

    def knows_other_life(self, *, sender: str, life: str) -> bool:
        return False


def label(mark: str) -> Label:
    return read_mark(POLICY, mark, created=NOW)


def rendition(whole: str, *portions: str) -> Rendition:
    parts = [plain_portion("texte", randomness=os.urandom, label=label(mark)) for mark in ("[NP]", *portions)]
    return Rendition(
        uid=new_uid(os.urandom),
        reference="2026-00001",
        language="fr",
        title=parts[0],
        portions=tuple(parts[1:]),
        label=label(whole),
    )


SECRET, TOP = rendition("[S]", "[S]"), rendition("[TS]", "[S]", "[TS]")
UNDERSTATED = rendition("[S]", "[S]", "[TS]")


def manifest(of: Rendition, suite: int) -> Manifest:
    listed = contents(pdf=PDF, note=rendition_to_bytes(of), label=of.label)
    return Manifest(
        suite=suite,
        sender=SENDER.public.fingerprint.hex(),
        recipient=READER.public.fingerprint.hex(),
        uid="ab" * 16,
        life="cd" * 16,
        serial=1,
        previous=None,
        at=NOW,
        note_uid=of.uid,
        reference=of.reference,
        revision=1,
        copy_id="ef" * 16,
        label=of.label,
        is_reply_expected=False,
        files=tuple(one.entry() for one in listed),
    )


def package(of: Rendition, *, sealed: int, signed: int, stated: int, signature: bytes | None = None) -> bytes:
    """A package made by hand, each part of it of a suite of its own."""
    body = manifest(of, stated).to_bytes()
    target = io.BytesIO()
    plain = suite_of_number(sealed).seal(target, READER.public, randomness=os.urandom)
    writer = ArchiveWriter(plain)
    writer.add("signature", SENDER.sign(PACKAGE, body, signed) if signature is None else signature)
    writer.add("manifest.json", body)
    for number, one in enumerate(contents(pdf=PDF, note=rendition_to_bytes(of), label=of.label), start=1):
        writer.add(position_name(number, one.media_type), one.content)
    writer.finish()
    plain.close()
    return target.getvalue()


def throughout(of: Rendition, suite: int) -> bytes:
    return package(of, sealed=suite, signed=suite, stated=suite)


def receiver(
    sender: Standing = TRUSTED, me: Identity = READER, *, known: Identity | SuiteOneSigner = SENDER
) -> Receiver:
    identity = known.public
    return Receiver(
        identities=(me,),
        reader=Reader(clearance=Clearance.from_mark(POLICY, "[TS-SF]"), nationality="FRA"),
        correspondents={identity.fingerprint: Correspondent(identity=identity, name="Expéditeur", standing=sender)},
        history=NothingReceived(),
        policy_for=lambda one: POLICY,
        is_superseded=lambda one: False,
        new_file=lambda: IncomingFile.new(Path("no room"), randomness=os.urandom),
        now=NOW,
    )


def refused(data: bytes, error: type[DisseminationError], checks: Receiver | None = None) -> DisseminationError:
    with pytest.raises(error) as raised:
        open_package(data, checks or receiver())
    assert type(raised.value) is error
    return raised.value


@pytest.mark.parametrize(("of", "suite"), [(SECRET, 1), (SECRET, 2), (TOP, 2)], ids=["S in 1", "S in 2", "TS in 2"])
def test_a_package_of_a_suite_that_suffices_opens(of: Rendition, suite: int) -> None:
    opened = open_package(throughout(of, suite), receiver())

    assert (opened.rendition, opened.manifest.suite) == (of, suite)


@pytest.mark.parametrize("suite", [1, 2])
def test_it_is_what_the_writer_writes(suite: int) -> None:
    files = contents(pdf=PDF, note=rendition_to_bytes(SECRET), label=SECRET.label)
    target = io.BytesIO()

    write_package(target, manifest(SECRET, suite), files, sender=SENDER, recipient=READER.public, randomness=os.urandom)

    assert target.getvalue().startswith(suite_of_number(suite).mark)
    assert open_package(target.getvalue(), receiver()).manifest.suite == suite


def test_nothing_is_written_for_who_lacks_the_suite() -> None:
    files = contents(pdf=PDF, note=rendition_to_bytes(TOP), label=TOP.label)
    target = io.BytesIO()

    with pytest.raises(SuiteMissingError):
        write_package(
            target,
            manifest(TOP, 2),
            files,
            sender=SENDER,
            recipient=SuiteOneSigner(READER).public,
            randomness=os.urandom,
        )

    assert target.getvalue() == b""


@pytest.mark.parametrize("of", [TOP, UNDERSTATED], ids=["the whole", "one portion under a lower mark"])
def test_a_package_below_the_minimum_of_any_level_in_it_is_refused(of: Rendition) -> None:
    error = refused(throughout(of, 1), SuiteTooLowError)

    assert isinstance(error, SuiteTooLowError)
    assert (error.suite, error.minimum) == (1, 2)


def test_the_suite_is_looked_at_before_anything_a_forger_could_have_written_is_believed() -> None:
    # Neither who is cleared nor how far the sender is trusted is told of a package that may be anybody's.
    uncleared = Reader(clearance=Clearance.from_mark(POLICY, "[DR]"), nationality="FRA")
    untrusted = replace(receiver(replace(UNSHOWN, is_endorsed=False)), reader=uncleared)

    refused(throughout(TOP, 1), SuiteTooLowError, untrusted)


def test_a_portion_marked_under_an_older_version_needs_the_suite_that_the_version_in_force_asks_for() -> None:
    # Whoever can forge suite 1 would mark under the version that did not ask for more.
    lax = policy_from_spif(fr_version(2, ('minimumSuite="2"', 'minimumSuite="1"')), source="lax")
    understated = rendition("[S]", "[S]")
    old = plain_portion("texte", randomness=os.urandom, label=read_mark(lax, "[TS]", created=NOW))
    understated = replace(understated, portions=(*understated.portions, old))
    known = {one.digest: one for one in (POLICY, lax)}
    checks = replace(receiver(), policy_for=lambda one: known[one.policy_digest or ""])

    refused(throughout(understated, 1), SuiteTooLowError, checks)
    stated = replace(understated, label=read_mark(POLICY, "[TS]", created=NOW))
    assert open_package(throughout(stated, 2), checks).rendition == stated


@pytest.mark.parametrize(
    ("sealed", "signed", "stated"),
    [(1, 1, 2), (1, 2, 1), (1, 2, 2), (2, 1, 1), (2, 1, 2), (2, 2, 1)],
    ids=lambda suite: str(suite),
)
@pytest.mark.parametrize("of", [SECRET, TOP], ids=["S", "TS"])
def test_a_package_of_two_suites_is_a_forgery(of: Rendition, sealed: int, signed: int, stated: int) -> None:
    # What is stated or signed higher must not lend its strength to a lower seal, nor the reverse.
    refused(package(of, sealed=sealed, signed=signed, stated=stated), ForgedPackageError)


def test_a_signature_of_suite_1_named_suite_2_is_a_forgery() -> None:
    body = manifest(TOP, 2).to_bytes()
    low = SENDER.sign(PACKAGE, body, 1)
    padded = b"\2" + low[1:] + bytes(len(SENDER.sign(PACKAGE, body, 2)) - len(low))

    refused(package(TOP, sealed=2, signed=2, stated=2, signature=padded), ForgedPackageError)


@pytest.mark.parametrize("half", [slice(33, 129), slice(129, 4756)], ids=["ECDSA P-384", "ML-DSA-87"])
def test_both_halves_of_a_signature_of_suite_2_must_hold(half: slice) -> None:
    signature = bytearray(SENDER.sign(PACKAGE, manifest(TOP, 2).to_bytes(), 2))
    signature[half.start] ^= 1

    refused(package(TOP, sealed=2, signed=2, stated=2, signature=bytes(signature)), ForgedPackageError)


def test_a_package_of_suite_2_for_somebody_else_is_not_for_me() -> None:
    refused(throughout(TOP, 2), NotForMeError, receiver(me=Identity.generate(os.urandom)))


def test_a_sender_whose_known_card_lacks_the_suite_has_not_signed_in_it() -> None:
    old = SuiteOneSigner(SENDER)
    signature = SENDER.sign(PACKAGE, manifest(TOP, 2).to_bytes(), 2)
    renamed = signature[:1] + old.public.fingerprint + signature[33:]

    refused(
        package(TOP, sealed=2, signed=2, stated=2, signature=renamed),
        ForgedPackageError,
        receiver(UNSHOWN, known=old),
    )


@pytest.mark.parametrize(
    ("sender", "shortfall"),
    [
        (UNSHOWN, TrustShortfall.LACKS_SUITE),
        (replace(TRUSTED, authority_suite=1), TrustShortfall.AUTHORITY_LACKS_SUITE),
    ],
    ids=["sender", "authority"],
)
def test_what_vouches_for_the_sender_must_be_as_strong(sender: Standing, shortfall: TrustShortfall) -> None:
    error = refused(throughout(TOP, 2), SenderNotTrustedError, receiver(sender))

    assert isinstance(error, SenderNotTrustedError)
    assert error.shortfall is shortfall
    assert open_package(throughout(SECRET, 1), receiver(sender)).sender.standing is sender


def test_a_truncation_and_a_changed_byte_anywhere_are_refused() -> None:
    whole = throughout(TOP, 2)
    for length in (*range(0, 1900, 61), *range(1900, len(whole), 997)):
        with pytest.raises(DisseminationError):
            open_package(whole[:length], receiver())
    for position in (*range(0, 1900, 61), *range(1900, len(whole), 997)):
        changed = whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :]
        with pytest.raises(DisseminationError):
            open_package(changed, receiver())
