"""Hostile packages, one reason each, made by a sender who has every key that a sender may have."""

from __future__ import annotations

import io
import json
import os
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from cloison.directory.authority import ListState
from cloison.directory.sufficiency import TrustShortfall, TrustWarning
from cloison.directory.trust import TrustState
from cloison.dissemination.archive import ArchiveReader, ArchiveWriter
from cloison.dissemination.checks import Milestone
from cloison.dissemination.errors import (
    AlreadyReceivedError,
    ForgedPackageError,
    LabelProblem,
    NotClearedError,
    NotForMeError,
    PackageLabelError,
    PackageTooLargeError,
    SenderNotTrustedError,
    SerialConflictError,
    TooLargeToSealError,
    UnknownSenderError,
)
from cloison.dissemination.label_checks import Correspondent
from cloison.dissemination.manifest import MOST_CONTENT, manifest_digest, manifest_from_bytes
from cloison.dissemination.opening import Waiting, examine
from cloison.dissemination.sealing import contents, write_package
from cloison.labels.label import Label, Succession
from cloison.labels.policy import Policy
from cloison.notes.evaluation import new_evaluation
from cloison.notes.release import Rendition
from cloison.notes.rendition import MOST_MARKS, MOST_RECEIVED, rendition_to_bytes
from cloison.vault.exchange import Incoming
from cloison_crypto import age, canonical
from cloison_crypto.signing import CARD, PACKAGE
from cloison_crypto.x25519 import X25519Identity
from forge import (
    IMAGE,
    NOW,
    PDF,
    PNG,
    POLICY,
    READER,
    RENDITION,
    SENDER,
    STRANGER,
    TABLE,
    NothingReceived,
    as_type,
    entry,
    label,
    manifest,
    manifest_sized,
    note_file,
    opened,
    package,
    portion,
    receiver,
    refused,
    relabelled,
    renamed,
    sealed_to,
    sized,
    standing,
    with_fields,
    with_object,
)


def test_a_package_made_by_hand_opens() -> None:
    result = opened(package())

    assert (result.rendition, result.pdf, result.sender.name) == (RENDITION, PDF, "Expéditeur")
    assert result.digest == manifest_digest(manifest().to_bytes())


def test_it_is_what_the_writer_writes() -> None:
    files = contents(pdf=PDF, note=rendition_to_bytes(RENDITION), label=RENDITION.label)
    target = io.BytesIO()

    write_package(
        target,
        manifest(files=files),
        files,
        sender=SENDER,
        recipient=READER.public,
        randomness=os.urandom,
    )

    assert opened(target.getvalue()).rendition == RENDITION


def test_tar_opens_what_is_inside() -> None:
    plain = io.BytesIO()
    age.decrypt(io.BytesIO(package()), plain, (READER.opener(),))
    plain.seek(0)

    with tarfile.open(fileobj=plain) as archive:
        names = archive.getnames()

    assert names == ["signature", "manifest.json", "files/0001.pdf", "files/0002.json", "files/0003.xml"]


def test_a_package_for_somebody_else_is_not_for_me() -> None:
    refused(package(), NotForMeError, receiver(me=STRANGER))


def test_a_package_forwarded_to_me_is_a_forgery() -> None:
    other = replace(manifest(), recipient=STRANGER.public.fingerprint.hex())

    refused(package(other), ForgedPackageError)


def test_a_manifest_in_another_senders_name_is_a_forgery() -> None:
    refused(package(replace(manifest(), sender=STRANGER.public.fingerprint.hex())), ForgedPackageError)


def test_two_recipients_in_one_package_are_refused() -> None:
    both = (READER.public.recipient(), STRANGER.public.recipient())

    refused(package(seal=sealed_to(*both)), ForgedPackageError)


def test_a_recipient_of_another_type_is_not_for_me() -> None:
    classic = X25519Identity.generate(os.urandom)

    refused(package(seal=sealed_to(classic.recipient())), NotForMeError)


def test_armour_is_refused() -> None:
    refused(b"-----BEGIN AGE ENCRYPTED FILE-----\n" + package(), ForgedPackageError)


def test_a_signer_nobody_knows_is_named_by_fingerprint() -> None:
    error = refused(package(signer=STRANGER), UnknownSenderError)

    assert isinstance(error, UnknownSenderError)
    assert error.fingerprint == STRANGER.public.fingerprint


@pytest.mark.parametrize("half", [slice(33, 97), slice(97, 3406)], ids=["Ed25519", "ML-DSA-65"])
def test_both_halves_of_the_signature_must_hold(half: slice) -> None:
    signature = bytearray(SENDER.sign(PACKAGE, manifest().to_bytes()))
    signature[half.start] ^= 1

    refused(package(signature=bytes(signature)), ForgedPackageError)


def test_a_signature_of_another_suite_is_a_forgery() -> None:
    signature = b"\x09" + SENDER.sign(PACKAGE, manifest().to_bytes())[1:]

    refused(package(signature=signature), ForgedPackageError)


def test_a_signature_over_another_kind_of_object_is_a_forgery() -> None:
    refused(package(signature=SENDER.sign(CARD, manifest().to_bytes())), ForgedPackageError)


@pytest.mark.parametrize(
    "body",
    [
        with_fields(format="cloison/package/v0"),
        with_fields(extra=True),
        with_fields(suite=2),
        with_fields(serial=0),
        with_fields(serial=True),
        with_fields(serial=1.0),
        with_fields(revision=0),
        with_fields(uid="AB" * 16),
        with_fields(life="cd"),
        with_fields(previous="zz"),
        with_fields(copy_id=None),
        with_fields(at="2026-11-22"),
        with_fields(reply_expected=1),
        with_fields(label="<x/>"),
        with_fields(label=json.loads(manifest().to_bytes())["label"].replace("><", "> <")),
        with_fields(policy={"id": "1.2.3", "version": 1, "digest": "00" * 32}),
        with_fields(note_uid="00" * 16),
        with_fields(reference="2026-00002"),
        with_fields(files=[]),
        with_fields(files=json.loads(manifest().to_bytes())["files"][:2]),
        with_fields(files=json.loads(manifest().to_bytes())["files"][::-1]),
        manifest().to_bytes().replace(b'{"at"', b'{ "at"'),
        manifest().to_bytes()[:-1] + b',"uid":"' + b"ab" * 16 + b'"}',
        b"not JSON",
    ],
    ids=[
        "no version",
        "an unknown field",
        "another suite",
        "serial nought",
        "a serial that is true",
        "a serial that is a fraction",
        "revision nought",
        "an upper-case uid",
        "a short life",
        "no digest",
        "no copy id",
        "a day for a time",
        "a number for a flag",
        "no label",
        "a label in another spelling",
        "another policy than the label's",
        "another note than the file's",
        "another reference than the file's",
        "no files",
        "two files",
        "files in another order",
        "spaces",
        "a key twice",
        "no JSON at all",
    ],
)
def test_a_signed_manifest_with_one_thing_wrong_is_refused(body: bytes) -> None:
    refused(package(body), ForgedPackageError)


@pytest.mark.parametrize(
    "archive",
    [
        renamed("files/0002.pdf"),
        renamed("../../x"),
        renamed("/etc/passwd"),
        renamed("C:\\x.pdf"),
        renamed("files\\0001.pdf"),
        renamed("files/NUL"),
        renamed("files/0001.PDF"),
        renamed("./files/0001.pdf"),
        as_type(tarfile.SYMTYPE),
        as_type(tarfile.LNKTYPE),
        as_type(tarfile.DIRTYPE),
        as_type(tarfile.CHRTYPE),
        as_type(tarfile.FIFOTYPE),
        as_type(tarfile.XHDTYPE),
        as_type(tarfile.GNUTYPE_LONGNAME),
        as_type(tarfile.CONTTYPE),
        sized(len(PDF) - 1),
        sized(len(PDF) + 1),
        sized(8 * 2**30 - 1),
        manifest_sized(b"77777777777\0"),
        manifest_sized(b"00000000-10\0"),
        manifest_sized(b"00000000999\0"),
        manifest_sized(b"0x000000010\0"),
        manifest_sized(b"000000000100"),
        lambda plain: plain + b"\0",
        lambda plain: plain + bytes(512),
        lambda plain: plain[:-1024] + entry("files/0004.bin", b"x") + plain[-1024:],
        lambda plain: plain[:-512],
        lambda plain: plain[:-1024],
        lambda plain: plain[: len(plain) // 2],
        lambda plain: b"",
        lambda plain: plain[:100],
        lambda plain: plain.replace(PDF, PDF.replace(b"1.7", b"1.4")),
        lambda plain: plain.replace(b"ustar\x0000", b"ustar  \x00"),
        lambda plain: plain.replace(b"0000600\0", b"0000777\0"),
    ],
)
def test_an_archive_that_is_not_exactly_as_listed_is_refused(archive: Callable[[bytes], bytes]) -> None:
    changed = package(archive=archive)

    refused(changed, ForgedPackageError)


def test_padding_that_is_not_zero_is_refused() -> None:
    end = (PDF + bytes(-len(PDF) % 512), PDF + b"\x01" * (-len(PDF) % 512))

    refused(package(archive=lambda plain: plain.replace(*end)), ForgedPackageError)


def test_files_that_would_not_fit_in_memory_are_refused_before_they_are_read() -> None:
    large = [dict(one, size=2**39) for one in json.loads(manifest().to_bytes())["files"]]

    refused(package(with_fields(files=large)), PackageTooLargeError)


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        rendition_to_bytes(replace(RENDITION, label=label("[DR]"))),
        rendition_to_bytes(replace(RENDITION, reference="2026-00009")),
    ],
    ids=["no note", "another label", "another reference"],
)
def test_a_note_that_does_not_agree_with_the_manifest_is_refused(content: bytes) -> None:
    files = note_file(content)

    refused(package(manifest(files=files), files), ForgedPackageError)


def test_tables_and_images_arrive_as_they_were_sealed() -> None:
    rendition = replace(RENDITION, portions=(TABLE, IMAGE))
    files = contents(pdf=PDF, note=rendition_to_bytes(rendition), label=rendition.label)

    assert opened(package(manifest(rendition, files), files)).rendition == rendition


@pytest.mark.parametrize(
    "content",
    [
        with_object(TABLE, rows=[{"cells": ["a"]}, {"cells": ["a", "b"]}]),
        with_object(TABLE, rows=[{"cells": ["a"] * 27}]),
        with_object(IMAGE, width=3),
        with_object(IMAGE, png=canonical.base64_text(PNG + b"PK")),
        with_object(IMAGE, png=canonical.base64_text(b"GIF89a")),
        rendition_to_bytes(replace(RENDITION, portions=(IMAGE,))).replace(b"rendition/v2", b"rendition/v1"),
        rendition_to_bytes(RENDITION).replace(b"rendition/v1", b"rendition/v2"),
    ],
    ids=["uneven", "too wide", "another width", "a file behind", "no PNG", "an older version", "a later version"],
)
def test_a_table_or_an_image_that_is_none_is_refused(content: bytes) -> None:
    files = note_file(content)

    refused(package(manifest(files=files), files), ForgedPackageError)


@pytest.mark.parametrize("bound", [b"<x/>", contents(pdf=b"another", note=b"", label=label("[S]"))[2].content])
def test_a_label_bound_to_other_files_is_refused(bound: bytes) -> None:
    pdf, note, binding = contents(pdf=PDF, note=rendition_to_bytes(RENDITION), label=RENDITION.label)
    files = (pdf, note, replace(binding, content=bound))

    refused(package(manifest(files=files), files), ForgedPackageError)


def test_a_replayed_package_is_refused() -> None:
    refused(package(), AlreadyReceivedError, receiver(history=NothingReceived(uids={"ab" * 16})))


def test_another_package_with_the_same_serial_is_an_alarm() -> None:
    stream = (SENDER.public.fingerprint.hex(), "cd" * 16)
    other = Incoming(serial=1, digest="00" * 32, previous=None)

    refused(package(), SerialConflictError, receiver(history=NothingReceived(places={stream: (other,)})))


def test_the_same_serial_with_the_same_digest_is_no_conflict() -> None:
    stream = (SENDER.public.fingerprint.hex(), "cd" * 16)
    digest = manifest_digest(manifest().to_bytes())
    same = Incoming(serial=1, digest=digest, previous=None)

    assert opened(package(), receiver(history=NothingReceived(places={stream: (same,)}))).digest == digest


@pytest.mark.parametrize(
    ("state", "shortfall"),
    [
        (TrustState.REVOKED, TrustShortfall.REVOKED),
        (TrustState.EXPIRED, TrustShortfall.EXPIRED),
        (TrustState.IMPORTED, TrustShortfall.NOT_ENDORSED),
        (TrustState.COMPARED, TrustShortfall.NOT_ENDORSED),
    ],
)
def test_a_sender_who_is_not_endorsed_may_not_send_secret(state: TrustState, shortfall: TrustShortfall) -> None:
    error = refused(package(), SenderNotTrustedError, receiver(sender=standing(state)))

    assert isinstance(error, SenderNotTrustedError)
    assert error.shortfall is shortfall


def test_a_sender_whose_authority_owes_a_list_may_not_send_secret_and_is_warned_of_below() -> None:
    overdue = replace(standing(), list_state=ListState.OVERDUE)
    rendition = replace(RENDITION, portions=(portion("[DR]", "texte"),), label=label("[DR]"))
    lower = package(manifest(rendition), contents(pdf=PDF, note=rendition_to_bytes(rendition), label=rendition.label))

    error = refused(package(), SenderNotTrustedError, receiver(sender=overdue))

    assert isinstance(error, SenderNotTrustedError)
    assert error.shortfall is TrustShortfall.LIST_OVERDUE
    assert opened(lower, receiver(sender=overdue)).warnings == (TrustWarning.LIST_OVERDUE,)
    assert opened(lower).warnings == ()


def test_a_policy_nobody_has_is_refused_as_such() -> None:
    error = refused(package(), PackageLabelError, receiver(policy_for=lambda one: None))

    assert isinstance(error, PackageLabelError)
    assert error.problem is LabelProblem.UNKNOWN_POLICY


def test_a_label_that_is_not_valid_is_refused_as_such() -> None:
    special = label("[S-SF]").categories
    error = refused(relabelled(replace(label("[NP]"), categories=special)), PackageLabelError)

    assert isinstance(error, PackageLabelError)
    assert error.problem is LabelProblem.INVALID


def test_a_label_above_my_clearance_is_refused_by_its_rule() -> None:
    refused(package(), NotClearedError, receiver(clearance="[DR]"))


def test_a_portion_above_the_label_of_the_whole_is_not_let_in_by_it() -> None:
    refused(relabelled(label("[DR]")), NotClearedError, receiver(clearance="[DR]"))


def test_a_title_above_the_label_of_the_whole_is_not_let_in_by_it() -> None:
    rendition = replace(RENDITION, title=portion("[S]", "titre"), portions=(portion("[DR]", "x"),), label=label("[DR]"))
    files = contents(pdf=PDF, note=rendition_to_bytes(rendition), label=rendition.label)

    refused(package(manifest(rendition, files), files), NotClearedError, receiver(clearance="[DR]"))


def test_an_evaluation_above_the_label_of_the_whole_is_not_let_in_by_it() -> None:
    evaluation = new_evaluation(randomness=os.urandom, label=label("[S]"))
    rendition = replace(
        RENDITION, title=None, portions=(portion("[DR]", "x"),), label=label("[DR]"), evaluation=evaluation
    )
    files = contents(pdf=PDF, note=rendition_to_bytes(rendition), label=rendition.label)

    refused(package(manifest(rendition, files), files), NotClearedError, receiver(clearance="[DR]"))


def test_an_expired_sender_is_named_before_anything_else_of_the_package_is_judged() -> None:
    checks = receiver(sender=standing(TrustState.EXPIRED), history=NothingReceived(uids={"ab" * 16}))

    refused(package(), SenderNotTrustedError, checks)


def test_a_manifest_that_lists_files_without_end_is_refused() -> None:
    one = json.loads(manifest().to_bytes())["files"][2]
    listed = [*json.loads(manifest().to_bytes())["files"], *[one] * 998]

    refused(package(with_fields(files=listed)), ForgedPackageError)


def test_a_portion_under_another_policy_is_refused() -> None:
    def only_the_whole(one: Label) -> Policy | None:
        return POLICY if one == RENDITION.label else None

    whole = replace(RENDITION, title=None, portions=(portion("[DR]", "x"),))
    files = contents(pdf=PDF, note=rendition_to_bytes(whole), label=whole.label)

    refused(package(manifest(whole, files), files), PackageLabelError, receiver(policy_for=only_the_whole))


def test_a_truncated_package_is_refused_at_every_length() -> None:
    data = package()

    for length in range(0, len(data), max(1, len(data) // 200)):
        with pytest.raises((NotForMeError, ForgedPackageError)):
            opened(data[:length])


def test_a_manifest_is_read_back_as_it_was_written() -> None:
    written = replace(manifest(), previous="12" * 32)

    assert manifest_from_bytes(written.to_bytes()) == written


def test_the_reader_takes_nothing_it_was_not_told_to_expect() -> None:
    plain = io.BytesIO()
    writer = ArchiveWriter(plain)
    writer.add("one", b"1")
    writer.finish()

    reader = ArchiveReader(io.BytesIO(plain.getvalue()))

    assert reader.take_up_to("one", 1) == b"1"
    reader.finish()
    for limit in (0, 1):
        again = ArchiveReader(io.BytesIO(plain.getvalue()))
        with pytest.raises(ForgedPackageError):
            again.take_up_to("one" if limit == 0 else "two", limit)


def test_the_correspondents_are_looked_up_by_whole_fingerprint() -> None:
    nobody: Mapping[bytes, Correspondent] = {}
    checks = receiver()
    object.__setattr__(checks, "correspondents", nobody)

    refused(package(), UnknownSenderError, checks)


def of_suite_2(rendition: Rendition) -> bytes:
    """A package as the highest levels ask for."""
    files = contents(pdf=PDF, note=rendition_to_bytes(rendition), label=rendition.label)
    target = io.BytesIO()
    write_package(
        target,
        replace(manifest(rendition, files), suite=2),
        files,
        sender=SENDER,
        recipient=READER.public,
        randomness=os.urandom,
    )
    return target.getvalue()


def test_a_sender_is_trusted_as_far_as_the_highest_portion_asks() -> None:
    higher = replace(RENDITION, portions=(portion("[TS]", "texte"),))
    known = replace(standing(), suite=2, authority_suite=2)
    compared = replace(known, is_compared=True)

    refused(of_suite_2(higher), SenderNotTrustedError, receiver(clearance="[TS]", sender=known))
    whole = replace(higher, label=label("[TS]"))
    assert opened(of_suite_2(whole), receiver(clearance="[TS]", sender=compared)).rendition == whole


def test_a_sender_is_trusted_as_far_as_the_level_asks_that_has_taken_over() -> None:
    rising = replace(label("[S]"), created=NOW - timedelta(days=2))
    rising = replace(rising, succession=Succession(at=NOW - timedelta(days=1), classification="TRÈS SECRET"))
    later = replace(RENDITION, label=rising)

    refused(of_suite_2(later), SenderNotTrustedError, receiver(clearance="[TS]"))


@pytest.mark.parametrize(
    ("pdf", "note"),
    [(bytes(MOST_CONTENT), b"{}"), (b"", bytes(MOST_RECEIVED + 1)), (b"", b"[" * (MOST_MARKS + 1))],
    ids=["the PDF", "the note", "the values of the note"],
)
def test_what_nobody_could_open_is_not_sealed(pdf: bytes, note: bytes) -> None:
    files = contents(pdf=pdf, note=note, label=RENDITION.label)
    target = io.BytesIO()

    with pytest.raises(TooLargeToSealError):
        write_package(
            target, manifest(files=files), files, sender=SENDER, recipient=READER.public, randomness=os.urandom
        )

    assert target.getvalue() == b""


def test_each_milestone_is_told_as_it_is_reached() -> None:
    told: list[Milestone] = []

    opened(package(), replace(receiver(), passed=told.append))
    whole = list(told)
    told.clear()
    checks = receiver(history=NothingReceived(uids={"ab" * 16}))
    refused(package(), AlreadyReceivedError, replace(checks, passed=told.append))

    assert whole == list(Milestone)
    assert told == [Milestone.OPENED, Milestone.SENDER_KNOWN]


def test_what_waits_is_whole_to_its_last_byte() -> None:
    files = contents(pdf=bytes(3 * 1024 * 1024), note=rendition_to_bytes(RENDITION), label=RENDITION.label)
    sealed = package(files=files, signer=STRANGER)
    damaged = sealed[:-1] + bytes([sealed[-1] ^ 1])

    assert isinstance(examine(sealed, receiver()), Waiting)
    for one in (damaged, sealed[:-1], sealed + b"x"):
        with pytest.raises(ForgedPackageError):
            examine(one, receiver())


def test_values_without_end_in_a_note_are_refused_before_they_are_made() -> None:
    files = contents(pdf=PDF, note=b"[" + b"{}," * MOST_MARKS + b"{}]", label=RENDITION.label)

    refused(package(files=files), ForgedPackageError)
