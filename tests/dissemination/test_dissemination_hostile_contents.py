"""Hostile packages, one reason each, made by a sender with every key: manifest, signature, and what they mean."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cloison.directory.trust import TrustState
from cloison.dissemination.checks import Receiver
from cloison.dissemination.errors import (
    AlreadyReceivedError,
    DatedAheadError,
    DisseminationError,
    ForgedPackageError,
    NewerPackageError,
    NotClearedError,
    NotYetClearedError,
    PackageLabelError,
    PackageTooLargeError,
    SenderNotTrustedError,
    SerialConflictError,
    SuiteTooLowError,
    UnknownSenderError,
)
from cloison.dissemination.manifest import ATTACHED_TYPE, MOST_BYTES, MOST_CONTENT, manifest_digest
from cloison.dissemination.sealing import Content, contents
from cloison.labels.policy import Policy
from cloison.notes.release import Reader, Rendition
from cloison.notes.rendition import MOST_RECEIVED, rendition_to_bytes
from cloison.vault.exchange import Incoming
from cloison_crypto import canonical
from cloison_crypto.signing import DOMAINS, PACKAGE
from forge import (
    NOW,
    PDF,
    POLICY,
    READER,
    RENDITION,
    SENDER,
    STRANGER,
    NothingReceived,
    label,
    manifest,
    opened,
    package,
    portion,
    receiver,
    refused,
    relabelled,
    sealed_under,
    standing,
    with_fields,
)

HIGH = 2
DIGEST = "0" * 64


def fields(**changes: Any) -> bytes:
    return with_fields(**changes)


def without(key: str) -> bytes:
    value = json.loads(manifest().to_bytes())
    del value[key]
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def file_entry(number: int, **changes: Any) -> bytes:
    listed = json.loads(manifest().to_bytes())["files"]
    listed[number].update(changes)
    return with_fields(files=listed)


def reordered() -> bytes:
    return json.dumps(dict(reversed(LISTED.items())), separators=(",", ":"), ensure_ascii=False).encode()


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


LISTED = json.loads(manifest().to_bytes())
FILES = LISTED["files"]
BODY = manifest().to_bytes()
MANIFESTS: dict[str, tuple[bytes, type[DisseminationError]]] = {
    **{f"without {key}": (without(key), ForgedPackageError) for key in LISTED if key != "previous"},
    "an unknown field": (fields(extra=True), ForgedPackageError),
    "a later version": (fields(format="cloison/package/v2"), NewerPackageError),
    "a format of somebody else": (fields(format="cloison/parcel/v1"), ForgedPackageError),
    "a format that is no text": (fields(format=1), ForgedPackageError),
    "suite two in a file of suite one": (fields(suite=2), ForgedPackageError),
    "suite nought": (fields(suite=0), ForgedPackageError),
    "suite three hundred": (fields(suite=300), ForgedPackageError),
    "another sender": (fields(sender=DIGEST), ForgedPackageError),
    "forwarded: another recipient": (fields(recipient=STRANGER.public.fingerprint.hex()), ForgedPackageError),
    "sender and recipient changed over": (
        fields(sender=LISTED["recipient"], recipient=LISTED["sender"]),
        ForgedPackageError,
    ),
    "a fingerprint in capitals": (fields(sender=LISTED["sender"].upper()), ForgedPackageError),
    "a uid too long": (fields(uid="ab" * 17), ForgedPackageError),
    "a life that is none": (fields(life="x" * 32), ForgedPackageError),
    "serial nought": (fields(serial=0), ForgedPackageError),
    "serial below nought": (fields(serial=-1), ForgedPackageError),
    "serial true": (fields(serial=True), ForgedPackageError),
    "serial beyond 2**53": (BODY.replace(b'"serial":1', b'"serial":9007199254740992'), ForgedPackageError),
    "serial as a fraction": (BODY.replace(b'"serial":1', b'"serial":1.0'), ForgedPackageError),
    "serial with an exponent": (BODY.replace(b'"serial":1', b'"serial":1e0'), ForgedPackageError),
    "serial as text": (fields(serial="1"), ForgedPackageError),
    "serial with a leading nought": (BODY.replace(b'"serial":1', b'"serial":01'), ForgedPackageError),
    "serial that is not a number": (BODY.replace(b'"serial":1', b'"serial":NaN'), ForgedPackageError),
    "a short digest before it": (fields(previous="00"), ForgedPackageError),
    "revision nought": (fields(revision=0), ForgedPackageError),
    "a time without its zone": (fields(at="2026-11-22T00:00:00"), ForgedPackageError),
    "a time in another zone": (fields(at="2026-11-22T00:00:00+01:00"), ForgedPackageError),
    "a time to the millisecond": (fields(at="2026-11-22T00:00:00.000Z"), ForgedPackageError),
    "a day that is none": (fields(at="2026-02-30T00:00:00Z"), ForgedPackageError),
    "the year nought": (fields(at="0000-01-01T00:00:00Z"), ForgedPackageError),
    "a leap second": (fields(at="2026-12-31T23:59:60Z"), ForgedPackageError),
    "the year 9999": (fields(at="9999-12-31T23:59:59Z"), DatedAheadError),
    "a reference without end": (fields(reference="x" * 401), ForgedPackageError),
    "a copy id that is none": (fields(copy_id=""), ForgedPackageError),
    "a label that is no XML": (fields(label="S"), ForgedPackageError),
    "a label with an entity": (
        fields(label='<!DOCTYPE x [<!ENTITY e "x">]>' + LISTED["label"]),
        ForgedPackageError,
    ),
    "a label without end": (fields(label=LISTED["label"] + " " * 100_001), ForgedPackageError),
    "another policy's name": (fields(policy={**LISTED["policy"], "id": "1.2.3"}), ForgedPackageError),
    "another version of the policy": (fields(policy={**LISTED["policy"], "version": 9}), ForgedPackageError),
    "another file of the policy": (fields(policy={**LISTED["policy"], "digest": DIGEST}), ForgedPackageError),
    "more in the policy": (fields(policy={**LISTED["policy"], "x": 1}), ForgedPackageError),
    "a flag as a number": (fields(reply_expected=1), ForgedPackageError),
    "files that are no list": (fields(files={}), ForgedPackageError),
    "two files": (fields(files=FILES[:2]), ForgedPackageError),
    "files in another order": (fields(files=FILES[::-1]), ForgedPackageError),
    "a thousand and one files": (fields(files=[FILES[0]] * 1001), ForgedPackageError),
    "an attachment that the note has not": (
        fields(files=[*FILES, {"media_type": ATTACHED_TYPE, "name": "plan.png", "sha256": DIGEST, "size": 1}]),
        ForgedPackageError,
    ),
    "an attachment of another type": (
        fields(files=[*FILES, {"media_type": "image/png", "name": "plan.png", "sha256": DIGEST, "size": 1}]),
        ForgedPackageError,
    ),
    "a path for a name": (file_entry(0, name="../../note.pdf"), ForgedPackageError),
    "another name": (file_entry(0, name="note.exe"), ForgedPackageError),
    "another media type": (file_entry(1, media_type="text/html"), ForgedPackageError),
    "a size below nought": (file_entry(0, size=-1), ForgedPackageError),
    "a size of the PDF that lies": (file_entry(0, size=len(PDF) + 1), ForgedPackageError),
    "a digest of another PDF": (file_entry(0, sha256=DIGEST), ForgedPackageError),
    "a digest of another note": (file_entry(1, sha256=DIGEST), ForgedPackageError),
    "a digest of another label": (file_entry(2, sha256=DIGEST), ForgedPackageError),
    "a PDF of 10 GB": (file_entry(0, size=10 * 10**9), PackageTooLargeError),
    "a PDF one byte too large": (file_entry(0, size=MOST_CONTENT), PackageTooLargeError),
    "a note one byte too large": (file_entry(1, size=MOST_RECEIVED + 1), PackageTooLargeError),
    "a label of 2 MiB": (file_entry(2, size=2**21), PackageTooLargeError),
    "more in a file": (file_entry(0, mode=0o777), ForgedPackageError),
    "a file entry that is a list": (fields(files=[FILES[0], FILES[1], []]), ForgedPackageError),
    "spaces": (BODY.replace(b":", b": ", 1), ForgedPackageError),
    "a line end behind": (BODY + b"\n", ForgedPackageError),
    "a byte order mark": (b"\xef\xbb\xbf" + BODY, ForgedPackageError),
    "keys in another order": (reordered(), ForgedPackageError),
    "a key twice inside": (BODY.replace(b'"media_type":', b'"media_type":"x","media_type":', 1), ForgedPackageError),
    "a letter as an escape": (BODY.replace(b'"uid":"ab', b'"uid":"\\u0061b'), ForgedPackageError),
    "half a surrogate": (BODY.replace(b'"2026-00001"', b'"\\ud800"'), ForgedPackageError),
    "a control character": (BODY.replace(b'"2026-00001"', b'"2026\x00"'), ForgedPackageError),
    "not UTF-8": (BODY.replace(b'"2026-00001"', b'"\xff"'), ForgedPackageError),
    "UTF-16": (BODY.decode().encode("utf-16"), ForgedPackageError),
    "a list": (b"[]", ForgedPackageError),
    "text": (b'"x"', ForgedPackageError),
    "null": (b"null", ForgedPackageError),
    "nothing": (b"", ForgedPackageError),
    "nested a hundred thousand deep": (nested(100_000), ForgedPackageError),
    "one byte above 1 MiB": (BODY + b" " * (MOST_BYTES + 1 - len(BODY)), ForgedPackageError),
    "XML": (b"<?xml version='1.0'?><manifest/>", ForgedPackageError),
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_signed_manifest_with_one_thing_wrong(name: str) -> None:
    body, error = MANIFESTS[name]

    refused(package(body), error)


def halved(start: int, end: int) -> bytes:
    signature = SENDER.sign(PACKAGE, BODY)
    return signature[:start] + bytes(end - start) + signature[end:]


def swapped() -> bytes:
    """The sender's name on somebody else's halves."""
    return SENDER.sign(PACKAGE, BODY)[:33] + STRANGER.sign(PACKAGE, BODY)[33:]


def grafted() -> bytes:
    """The Ed25519 half of one signature and the ML-DSA half of another over the same bytes by another signer."""
    return SENDER.sign(PACKAGE, BODY)[:97] + STRANGER.sign(PACKAGE, BODY)[97:]


SIGNATURES: dict[str, tuple[bytes, type[DisseminationError]]] = {
    "Ed25519 half empty": (halved(33, 97), ForgedPackageError),
    "ML-DSA half empty": (halved(97, 3406), ForgedPackageError),
    "both halves empty": (halved(33, 3406), ForgedPackageError),
    "both halves of somebody else": (swapped(), ForgedPackageError),
    "ML-DSA half of somebody else": (grafted(), ForgedPackageError),
    "over another manifest": (SENDER.sign(PACKAGE, BODY + b" "), ForgedPackageError),
    "a suite nobody has": (b"\x09" + SENDER.sign(PACKAGE, BODY)[1:], ForgedPackageError),
    "of suite two": (SENDER.sign(PACKAGE, BODY, HIGH), ForgedPackageError),
    "the suite of another": (b"\x02" + SENDER.sign(PACKAGE, BODY)[1:], ForgedPackageError),
    "one byte shorter": (SENDER.sign(PACKAGE, BODY)[:-1], ForgedPackageError),
    "one byte longer": (SENDER.sign(PACKAGE, BODY) + b"\0", ForgedPackageError),
    "none": (b"", ForgedPackageError),
    "of somebody nobody knows": (STRANGER.sign(PACKAGE, BODY), UnknownSenderError),
    "my own": (READER.sign(PACKAGE, BODY), UnknownSenderError),
    "a fingerprint of zeros": (halved(1, 33), UnknownSenderError),
    **{
        f"over a {domain.decode()}": (SENDER.sign(domain, BODY), ForgedPackageError)
        for domain in sorted(DOMAINS - {PACKAGE})
    },
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_signature_with_one_thing_wrong(name: str) -> None:
    signature, error = SIGNATURES[name]

    refused(package(BODY, signature=signature), error)


def bound_to(content: Content) -> bytes:
    """A package whose label is bound to other bytes than it holds, with digests that fit the manifest."""
    pdf, note, _ = contents(pdf=PDF, note=rendition_to_bytes(RENDITION), label=RENDITION.label)
    return package(files=(pdf, note, content))


def of(rendition: Rendition, suite: int = 1) -> bytes:
    """A package of ``rendition``, sealed and signed under that suite."""
    files = contents(pdf=PDF, note=rendition_to_bytes(rendition), label=rendition.label)
    whole = replace(manifest(rendition, files), suite=suite)
    return package(whole, files, signed_under=suite, seal=sealed_under(suite))


def of_note(content: bytes) -> bytes:
    """A package of these bytes for a note, under the manifest of another."""
    return package(files=contents(pdf=PDF, note=content, label=RENDITION.label))


def unmarked() -> bytes:
    value = json.loads(rendition_to_bytes(RENDITION))
    value["portions"][0]["label"] = None
    return canonical.write(value)


def received(*places: Incoming) -> Receiver:
    stream = (SENDER.public.fingerprint.hex(), "cd" * 16)
    return receiver(history=NothingReceived(places={stream: places}))


def nobody() -> Receiver:
    """A receiver of whom nothing is established."""
    return replace(receiver(), reader=Reader(clearance=None, nationality=None))


def other_policy(_: object) -> Policy:
    return replace(POLICY, id="1.2.3")


HIGHER = replace(RENDITION, portions=(portion("[TS]", "x"),))
COMPARED = replace(standing(), is_compared=True, suite=HIGH, authority_suite=HIGH)
OTHER_NOTE = replace(RENDITION, uid="00" * 16)
OTHER_LABEL = contents(pdf=PDF, note=rendition_to_bytes(RENDITION), label=label("[DR]"))[2]
OTHER_BYTES = contents(pdf=b"other", note=rendition_to_bytes(RENDITION), label=RENDITION.label)[2]
NO_LABEL = replace(OTHER_LABEL, content=b"<x/>")
MINE = manifest_digest(BODY)
AHEAD = replace(manifest(), at=NOW + timedelta(days=1, seconds=1))
SECOND = replace(manifest(), serial=2, previous="11" * 32)
MEANINGS: dict[str, tuple[bytes, Receiver, type[DisseminationError]]] = {
    "received before": (package(), receiver(history=NothingReceived(uids={"ab" * 16})), AlreadyReceivedError),
    "another of the same serial": (
        package(),
        received(Incoming(serial=1, digest=DIGEST, previous=None)),
        SerialConflictError,
    ),
    "after another first one than I have": (
        package(SECOND),
        received(Incoming(serial=1, digest=DIGEST, previous=None)),
        SerialConflictError,
    ),
    "before one that names another": (
        package(),
        received(Incoming(serial=2, digest=DIGEST, previous="22" * 32)),
        SerialConflictError,
    ),
    "dated more than a day ahead": (package(AHEAD), receiver(), DatedAheadError),
    "sender's card has ended": (package(), receiver(sender=standing(TrustState.EXPIRED)), SenderNotTrustedError),
    "sender revoked": (package(), receiver(sender=standing(TrustState.REVOKED)), SenderNotTrustedError),
    "sender only imported": (package(), receiver(sender=standing(TrustState.IMPORTED)), SenderNotTrustedError),
    "a portion of a level that asks for suite two, under suite one": (
        of(HIGHER),
        receiver(clearance="[TS]", sender=COMPARED),
        SuiteTooLowError,
    ),
    "a label of a level that asks for suite two, under suite one": (
        relabelled(label("[TS]")),
        receiver(clearance="[TS]", sender=COMPARED),
        SuiteTooLowError,
    ),
    "sender not compared for a portion's level": (
        of(HIGHER, HIGH),
        receiver(clearance="[TS]", sender=replace(COMPARED, is_compared=False)),
        SenderNotTrustedError,
    ),
    "a whole marked lower than a portion of it": (
        of(replace(RENDITION, label=label("[NP]"))),
        receiver(),
        ForgedPackageError,
    ),
    "a whole without the category of a portion of it": (
        of(replace(RENDITION, portions=(portion("[S-SF]", "texte"),))),
        receiver(clearance="[S-SF]"),
        ForgedPackageError,
    ),
    "policy not known": (package(), receiver(policy_for=lambda one: None), PackageLabelError),
    "policy superseded": (package(), receiver(is_superseded=lambda one: True), PackageLabelError),
    "label not valid": (
        relabelled(replace(label("[NP]"), categories=label("[S-SF]").categories)),
        receiver(),
        PackageLabelError,
    ),
    "a portion of another policy": (
        of(replace(RENDITION, title=None, portions=(portion("[DR]", "x"),))),
        receiver(policy_for=lambda one: POLICY if one == RENDITION.label else other_policy(one)),
        PackageLabelError,
    ),
    "above my clearance": (package(), receiver(clearance="[DR]"), NotClearedError),
    "nothing established of me": (package(), nobody(), NotYetClearedError),
    "a portion above the banner": (relabelled(label("[DR]")), receiver(clearance="[DR]"), NotClearedError),
    "a portion without a mark": (of_note(unmarked()), receiver(), ForgedPackageError),
    "label bound to other bytes": (bound_to(OTHER_BYTES), receiver(), ForgedPackageError),
    "another label bound": (bound_to(OTHER_LABEL), receiver(), ForgedPackageError),
    "no label bound": (bound_to(NO_LABEL), receiver(), ForgedPackageError),
    "a note of another uid": (of_note(rendition_to_bytes(OTHER_NOTE)), receiver(), ForgedPackageError),
}


@pytest.mark.parametrize("name", MEANINGS)
def test_a_sound_package_that_must_not_be_opened(name: str) -> None:
    sealed, checks, error = MEANINGS[name]

    refused(sealed, error, checks)


def test_there_are_hundreds_of_them() -> None:
    assert sum(len(table) for table in (MANIFESTS, SIGNATURES, MEANINGS)) > 110


def test_what_the_forge_makes_opens_where_nothing_is_wrong() -> None:
    for made in (
        package(BODY, signature=SENDER.sign(PACKAGE, BODY)),
        package(replace(manifest(), at=NOW + timedelta(days=1))),
        package(with_fields()),
        of(RENDITION),
        of_note(rendition_to_bytes(RENDITION)),
        of(RENDITION, HIGH),
    ):
        assert opened(made).rendition == RENDITION
    stated = replace(HIGHER, label=label("[TS]"))
    assert opened(of(stated, HIGH), receiver(clearance="[TS]", sender=COMPARED)).rendition == stated
