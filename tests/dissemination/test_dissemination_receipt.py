"""Hostile receipts, one reason each, made by somebody who has every key that a recipient may have."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cloison.directory.trust import Standing, TrustState
from cloison.dissemination.archive import ArchiveWriter
from cloison.dissemination.errors import (
    DatedAheadError,
    DisseminationError,
    ForgedPackageError,
    LabelProblem,
    NotClearedError,
    NotForMeError,
    NotItsRecipientError,
    PackageLabelError,
    ReceiptTakenError,
    SenderNotTrustedError,
    SuiteTooLowError,
    UnknownDispatchError,
    UnknownSenderError,
)
from cloison.dissemination.label_checks import Correspondent, LabelChecks
from cloison.dissemination.receipt import (
    MOST_QUESTIONS,
    MOST_TEXT,
    Receipt,
    Statement,
    Verdict,
    receipt_digest,
    receipt_from_bytes,
)
from cloison.dissemination.receipt_file import (
    ReceiptChecks,
    SentPackage,
    is_receipt,
    open_receipt,
    write_receipt,
)
from cloison.labels.clearance import Clearance
from cloison.labels.label import Label
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.labels.policy import Policy
from cloison.notes.release import Reader
from cloison_crypto import age
from cloison_crypto.envelope import seal
from cloison_crypto.identity import Identity
from cloison_crypto.recipients import Recipient
from cloison_crypto.signing import PACKAGE, RECEIPT

POLICY = built_in("FR")
REFERENCE = "2026-00002"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
ME = Identity.generate(os.urandom)
READER = Identity.generate(os.urandom)
STRANGER = Identity.generate(os.urandom)
PACKAGE_UID, MANIFEST = "ab" * 16, "cd" * 32
OTHER_UID = "ef" * 16


def label(mark: str) -> Label:
    return read_mark(POLICY, mark, created=NOW)


RECEIPT_OF_PACKAGE = Receipt(
    signer=READER.public.fingerprint.hex(),
    recipient=ME.public.fingerprint.hex(),
    package_uid=PACKAGE_UID,
    manifest_sha256=MANIFEST,
    verdict=Verdict.RECEIVED,
    useful=4,
    comment=Statement(text="Recoupé.", label=label("[DR]")),
    questions=(Statement(text="Qui était présent ?", label=label("[S]")),),
    label=label("[S]"),
    at=NOW,
)
BODY = RECEIPT_OF_PACKAGE.to_bytes()


def checks(
    *,
    clearance: str = "[S]",
    standing: TrustState = TrustState.ENDORSED,
    is_endorsed: bool = True,
    taken: frozenset[str] = frozenset(),
    former: dict[str, frozenset[str]] | None = None,
    policy_for: Callable[[Label], Policy | None] = lambda one: POLICY,
    is_superseded: Callable[[Label], bool] = lambda one: False,
) -> ReceiptChecks:
    known = Standing(state=standing, is_compared=False, is_endorsed=is_endorsed)
    return ReceiptChecks(
        identities=(ME,),
        correspondents={
            one.public.fingerprint: Correspondent(identity=one.public, name=name, standing=known)
            for one, name in ((READER, "Lecteur"), (ME, "Moi"))
        },
        sent={
            PACKAGE_UID: SentPackage(
                manifest_sha256=MANIFEST, recipient=READER.public.fingerprint.hex(), reference=REFERENCE
            ),
            OTHER_UID: SentPackage(
                manifest_sha256=MANIFEST, recipient=ME.public.fingerprint.hex(), reference=REFERENCE
            ),
        },
        taken=taken,
        former=former or {},
        labels=LabelChecks(
            reader=Reader(clearance=Clearance.from_mark(POLICY, clearance), nationality="FRA"),
            policy_for=policy_for,
            is_superseded=is_superseded,
            now=NOW,
        ),
    )


def sealed(
    body: bytes = BODY,
    *,
    signatures: bytes | None = None,
    to: tuple[Recipient, ...] = (ME.public.recipient(),),
    archive: Callable[[bytes], bytes] = lambda plain: plain,
    names: tuple[str, str] = ("signature", "receipt.json"),
) -> bytes:
    """A receipt made by hand, so that any one thing about it can be wrong."""
    plain = io.BytesIO()
    writer = ArchiveWriter(plain)
    writer.add(names[0], signed(READER, body) if signatures is None else signatures)
    writer.add(names[1], body)
    writer.finish()
    target = io.BytesIO()
    age.encrypt(io.BytesIO(archive(plain.getvalue())), target, to, randomness=os.urandom)
    return target.getvalue()


def signed(signer: Identity, body: bytes, *, domain: bytes = RECEIPT) -> bytes:
    """The first entry: the head of an envelope."""
    envelope = seal(domain, body, signer.sign_every(domain, body))
    return envelope[len(domain) + 1 : len(envelope) - len(body)]


def by(signer: Identity, **changes: object) -> bytes:
    """A receipt by ``signer`` with those fields."""
    body = replace(RECEIPT_OF_PACKAGE, signer=signer.public.fingerprint.hex(), **changes).to_bytes()  # type: ignore[arg-type]
    return sealed(body, signatures=signed(signer, body))


def with_field(key: str, value: object) -> bytes:
    stored = json.loads(BODY)
    stored[key] = value
    body = json.dumps(stored, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return sealed(body)


def refused(data: bytes, error: type[DisseminationError], asked: ReceiptChecks | None = None) -> DisseminationError:
    with pytest.raises(error) as raised:
        open_receipt(data, asked or checks())
    assert type(raised.value) is error
    return raised.value


def test_a_receipt_made_by_hand_opens_and_is_what_the_writer_writes() -> None:
    target = io.BytesIO()
    write_receipt(target, RECEIPT_OF_PACKAGE, signer=READER, recipient=ME.public, suite=1, randomness=os.urandom)

    for data in (sealed(), target.getvalue()):
        opened = open_receipt(data, checks())
        assert (opened.receipt, opened.signer.name) == (RECEIPT_OF_PACKAGE, "Lecteur")
        assert opened.digest == receipt_digest(BODY)
        assert opened.reference == REFERENCE


def test_the_second_name_tells_a_receipt_from_a_package() -> None:
    package = sealed(names=("signature", "manifest.json"))

    assert is_receipt(sealed(), (ME,))
    assert not is_receipt(package, (ME,))
    refused(package, ForgedPackageError)


def test_reading_what_is_written_gives_the_same_receipt() -> None:
    bare = replace(RECEIPT_OF_PACKAGE, useful=None, comment=None, questions=(), verdict=Verdict.REFUSED)

    assert receipt_from_bytes(BODY) == RECEIPT_OF_PACKAGE
    assert receipt_from_bytes(bare.to_bytes()) == bare


def test_a_receipt_for_somebody_else_is_not_for_me() -> None:
    refused(sealed(to=(STRANGER.public.recipient(),)), NotForMeError)


def test_a_receipt_that_was_forwarded_is_a_forgery() -> None:
    refused(by(READER, recipient=STRANGER.public.fingerprint.hex()), ForgedPackageError)


def test_two_readers_of_one_receipt_are_refused() -> None:
    refused(sealed(to=(ME.public.recipient(), STRANGER.public.recipient())), ForgedPackageError)


def test_a_signer_nobody_knows_is_named() -> None:
    error = refused(by(STRANGER), UnknownSenderError)

    assert isinstance(error, UnknownSenderError)
    assert error.fingerprint == STRANGER.public.fingerprint


def test_a_receipt_in_another_signers_name_is_a_forgery() -> None:
    body = replace(RECEIPT_OF_PACKAGE, signer=ME.public.fingerprint.hex()).to_bytes()

    refused(sealed(body), ForgedPackageError)


def test_a_receipt_that_was_changed_after_signing_is_a_forgery() -> None:
    refused(sealed(BODY.replace(b'"useful":4', b'"useful":5'), signatures=signed(READER, BODY)), ForgedPackageError)


@pytest.mark.parametrize("start", [1 + 1 + 32, 1 + 1 + 32 + 64], ids=["Ed25519", "ML-DSA"])
def test_either_half_of_the_signature_must_hold(start: int) -> None:
    changed = bytearray(signed(READER, BODY))
    changed[start] ^= 1

    refused(sealed(signatures=bytes(changed)), ForgedPackageError)


def test_a_signature_over_another_kind_of_object_is_a_forgery() -> None:
    refused(sealed(signatures=signed(READER, BODY, domain=PACKAGE)), ForgedPackageError)


def test_a_receipt_without_signature_is_a_forgery() -> None:
    refused(sealed(signatures=b"\0"), ForgedPackageError)


def test_a_signature_too_many_is_a_forgery() -> None:
    one = READER.sign(RECEIPT, BODY)

    refused(sealed(signatures=b"\x02" + one + one), ForgedPackageError)
    refused(sealed(signatures=b"\x02" + one + STRANGER.sign(RECEIPT, BODY)), ForgedPackageError)


def test_a_signature_that_is_missing_for_a_suite_of_the_signer_is_a_forgery() -> None:
    assert READER.public.suites == (1, 2)

    for suite in READER.public.suites:
        refused(sealed(signatures=b"\x01" + READER.sign(RECEIPT, BODY, suite)), ForgedPackageError)


def test_signatures_in_another_order_are_a_forgery() -> None:
    first, second = READER.sign_every(RECEIPT, BODY)

    refused(sealed(signatures=b"\x02" + second + first), ForgedPackageError)


def test_a_level_that_asks_for_a_higher_suite_is_refused_in_a_lower_one() -> None:
    error = refused(by(READER, label=label("[TS]")), SuiteTooLowError, checks(clearance="[TS]"))

    assert isinstance(error, SuiteTooLowError)
    assert (error.suite, error.minimum) == (1, 2)


def test_a_signature_that_takes_its_end_from_the_body_is_a_forgery() -> None:
    refused(sealed(signatures=signed(READER, BODY)[:-1]), ForgedPackageError)


@pytest.mark.parametrize("state", [TrustState.EXPIRED, TrustState.REVOKED])
def test_a_signer_whose_card_has_fallen_is_refused(state: TrustState) -> None:
    refused(sealed(), SenderNotTrustedError, checks(standing=state))


def test_a_signer_who_is_not_endorsed_says_nothing_at_that_level() -> None:
    refused(sealed(), SenderNotTrustedError, checks(standing=TrustState.IMPORTED, is_endorsed=False))


def test_a_package_that_was_never_sent_gets_no_receipt() -> None:
    refused(by(READER, package_uid="00" * 16), UnknownDispatchError)


def test_another_manifest_than_the_one_that_was_sent_gets_no_receipt() -> None:
    refused(by(READER, manifest_sha256="00" * 32), UnknownDispatchError)


def test_only_the_recipient_of_a_package_answers_for_it() -> None:
    error = refused(by(READER, package_uid=OTHER_UID), NotItsRecipientError)

    assert isinstance(error, NotItsRecipientError)
    assert error.name == "Lecteur"


def test_who_has_new_keys_since_then_answers_for_what_went_to_the_old_ones() -> None:
    mine, theirs = (one.public.fingerprint.hex() for one in (ME, READER))
    answer = by(READER, package_uid=OTHER_UID)

    opened = open_receipt(answer, checks(former={theirs: frozenset({mine})}))

    assert opened.receipt.package_uid == OTHER_UID
    refused(answer, NotItsRecipientError, checks(former={mine: frozenset({theirs})}))


def test_a_fallen_card_learns_nothing_of_what_was_sent() -> None:
    refused(by(READER, package_uid="00" * 16), SenderNotTrustedError, checks(standing=TrustState.REVOKED))


def test_bytes_behind_the_signatures_are_a_forgery() -> None:
    refused(sealed(signatures=signed(READER, BODY) + b"\0"), ForgedPackageError)


def test_a_receipt_is_taken_once() -> None:
    refused(sealed(), ReceiptTakenError, checks(taken=frozenset({receipt_digest(BODY)})))


def test_a_second_and_different_receipt_is_taken() -> None:
    later = by(READER, at=NOW + timedelta(days=1), questions=())

    opened = open_receipt(later, checks(taken=frozenset({receipt_digest(BODY)})))

    assert opened.receipt.questions == ()


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        (checks(policy_for=lambda one: None), LabelProblem.UNKNOWN_POLICY),
        (checks(is_superseded=lambda one: True), LabelProblem.OLDER_VERSION),
    ],
)
def test_a_policy_that_is_not_the_one_in_force_here_refuses(asked: ReceiptChecks, problem: LabelProblem) -> None:
    error = refused(sealed(), PackageLabelError, asked)

    assert isinstance(error, PackageLabelError)
    assert error.problem is problem


def test_a_question_whose_mark_is_not_valid_is_refused() -> None:
    broken = replace(label("[S]"), classification="NIVEAU INCONNU")

    refused(by(READER, questions=(Statement(text="Qui ?", label=broken),)), PackageLabelError)


def test_a_receipt_above_what_i_am_cleared_for_is_refused() -> None:
    refused(sealed(), NotClearedError, checks(clearance="[DR]"))


def test_a_question_above_the_mark_of_the_whole_is_a_forgery() -> None:
    refused(by(READER, label=label("[DR]")), ForgedPackageError)


def test_a_question_under_another_policy_than_the_whole_is_a_forgery() -> None:
    nato = built_in("NATO")
    question = Statement(text="Who?", label=read_mark(nato, "(NU)", created=NOW))
    both = checks(policy_for=lambda one: POLICY if one.policy_id == POLICY.id else nato)

    refused(by(READER, questions=(question,)), ForgedPackageError, both)


def test_a_question_hidden_under_a_lower_whole_is_still_decided_by_its_own_mark() -> None:
    refused(by(READER, label=label("[DR]")), NotClearedError, checks(clearance="[DR]"))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", "cloison/receipt/v2"),
        ("useful", 6),
        ("useful", -1),
        ("useful", True),
        ("verdict", "perhaps"),
        ("at", "2026-11-22"),
        ("package_uid", "../../x"),
        ("extra", 1),
        ("questions", {}),
        ("comment", {"text": " ", "label": RECEIPT_OF_PACKAGE.label.to_xml().decode()}),
        ("comment", {"text": "x" * (MOST_TEXT + 1), "label": RECEIPT_OF_PACKAGE.label.to_xml().decode()}),
        ("comment", {"text": "x", "label": "<label/>"}),
        ("questions", [{"text": "x", "label": RECEIPT_OF_PACKAGE.label.to_xml().decode()}] * (MOST_QUESTIONS + 1)),
    ],
)
def test_a_body_that_is_not_exactly_a_receipt_is_a_forgery(key: str, value: object) -> None:
    refused(with_field(key, value), ForgedPackageError)


def test_another_spelling_of_the_same_json_is_a_forgery() -> None:
    refused(sealed(BODY.replace(b'"useful":4', b'"useful": 4')), ForgedPackageError)


def test_a_receipt_of_a_day_to_come_is_refused_since_no_later_one_would_count() -> None:
    ahead = replace(RECEIPT_OF_PACKAGE, at=NOW + timedelta(days=1, seconds=1)).to_bytes()
    in_time = replace(RECEIPT_OF_PACKAGE, at=NOW + timedelta(days=1))

    with pytest.raises(DatedAheadError):
        open_receipt(sealed(ahead), checks())

    assert open_receipt(sealed(in_time.to_bytes()), checks()).receipt == in_time


def test_bytes_after_the_end_are_a_forgery() -> None:
    refused(sealed(archive=lambda plain: plain + b"\0"), ForgedPackageError)


def test_another_name_or_a_third_entry_is_a_forgery() -> None:
    def with_third(plain: bytes) -> bytes:
        target = io.BytesIO()
        writer = ArchiveWriter(target)
        writer.add("files/0001.pdf", b"%PDF")
        writer.finish()
        return plain[:-1024] + target.getvalue()

    refused(sealed(names=("signature", "../receipt.json")), ForgedPackageError)
    refused(sealed(archive=with_third), ForgedPackageError)


@pytest.mark.parametrize("kept", range(0, len(sealed()), 97))
def test_a_truncated_receipt_is_a_forgery(kept: int) -> None:
    with pytest.raises((ForgedPackageError, NotForMeError)):
        open_receipt(sealed()[:kept], checks())
