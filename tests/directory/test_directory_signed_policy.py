"""Signed policies: what an authority vouches for, byte for byte, or nothing."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cloison.directory.errors import SignedPolicyError
from cloison.directory.signed_policy import FORMAT, policy_signer, read_signed_policy, sign_policy
from cloison.labels.errors import PolicyError
from cloison_crypto import canonical
from cloison_crypto.envelope import open_envelope, seal
from cloison_crypto.fields import Json, base64_text
from cloison_crypto.identity import Identity
from cloison_crypto.signing import CARD, POLICY
from cloison_resources import __path__ as resources

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
SOURCE = (Path(resources[0]) / "policies" / "tlp.spif.xml").read_bytes()
AUTHORITY, OTHER = (Identity.generate(os.urandom) for _ in range(2))
POLICY_READ, ENVELOPE = sign_policy(SOURCE, name="tlp", authority=AUTHORITY, issued=NOW)


def made(**changes: Json) -> bytes:
    """A well-signed envelope whose body has these fields instead."""
    body = canonical.read(open_envelope(POLICY, ENVELOPE, limit=1 << 24).body, limit=1 << 24)
    assert isinstance(body, dict)
    data = canonical.write({key: value for key, value in (body | changes).items() if value is not None})
    return seal(POLICY, data, AUTHORITY.sign_every(POLICY, data))


def test_a_signed_policy_comes_back_as_it_was() -> None:
    signed = read_signed_policy(ENVELOPE, AUTHORITY.public, name="tlp")

    assert policy_signer(ENVELOPE) == AUTHORITY.public.fingerprint
    assert (signed.source, signed.policy.digest, signed.issued) == (SOURCE, POLICY_READ.digest, NOW)
    assert signed.authority == AUTHORITY.public.fingerprint
    assert ENVELOPE.startswith(FORMAT.encode() + b"\n")


def test_signing_the_same_file_at_the_same_moment_signs_the_same_body() -> None:
    again = sign_policy(SOURCE, name="other name", authority=AUTHORITY, issued=NOW)[1]

    assert open_envelope(POLICY, again, limit=1 << 24).body == open_envelope(POLICY, ENVELOPE, limit=1 << 24).body


def test_a_broken_policy_is_not_signed() -> None:
    with pytest.raises(PolicyError):
        sign_policy(SOURCE.replace(b'hierarchy="2"', b'hierarchy="1"'), name="x", authority=AUTHORITY, issued=NOW)


@pytest.mark.parametrize("position", [3, 20, 200, 4000, -2000, -3])
def test_one_changed_byte_is_refused(position: int) -> None:
    altered = bytearray(ENVELOPE)
    altered[position] ^= 1

    with pytest.raises(SignedPolicyError):
        read_signed_policy(bytes(altered), AUTHORITY.public, name="tlp")


@pytest.mark.parametrize("length", [0, 10, 17, 3000, len(ENVELOPE) - 1])
def test_a_file_cut_short_is_refused(length: int) -> None:
    with pytest.raises(SignedPolicyError):
        read_signed_policy(ENVELOPE[:length], AUTHORITY.public, name="tlp")


def test_another_signer_is_refused() -> None:
    with pytest.raises(SignedPolicyError):
        read_signed_policy(ENVELOPE, OTHER.public, name="tlp")


@pytest.mark.parametrize("data", [b"", b"cloison/policy/v1\n\0", b"<SPIF/>"])
def test_what_is_no_envelope_names_no_signer(data: bytes) -> None:
    with pytest.raises(SignedPolicyError):
        policy_signer(data)


def test_two_signatures_are_refused() -> None:
    body = open_envelope(POLICY, ENVELOPE, limit=1 << 24).body
    signature = AUTHORITY.sign(POLICY, body)
    twice = seal(POLICY, body, (signature, signature))

    with pytest.raises(SignedPolicyError):
        policy_signer(twice)


@pytest.mark.parametrize("suite", [1, 2])
def test_a_signature_under_one_suite_of_the_two_is_refused(suite: int) -> None:
    body = open_envelope(POLICY, ENVELOPE, limit=1 << 24).body

    with pytest.raises(SignedPolicyError):
        read_signed_policy(seal(POLICY, body, (AUTHORITY.sign(POLICY, body, suite),)), AUTHORITY.public, name="tlp")


def test_each_of_the_two_signatures_is_verified() -> None:
    body = open_envelope(POLICY, ENVELOPE, limit=1 << 24).body
    one, two = AUTHORITY.sign_every(POLICY, body)
    other_one, other_two = AUTHORITY.sign_every(POLICY, body + b" ")

    for signatures in ((one, other_two), (other_one, two)):
        with pytest.raises(SignedPolicyError):
            read_signed_policy(seal(POLICY, body, signatures), AUTHORITY.public, name="tlp")


def test_a_signature_over_another_kind_of_object_is_refused() -> None:
    body = open_envelope(POLICY, ENVELOPE, limit=1 << 24).body
    forged = seal(POLICY, body, AUTHORITY.sign_every(CARD, body))

    with pytest.raises(SignedPolicyError):
        read_signed_policy(forged, AUTHORITY.public, name="tlp")


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "cloison/policy/v2"},
        {"authority": "ab" * 32},
        {"policy_id": "1.2.3"},
        {"version": 9},
        {"digest": "0" * 64},
        {"file": None},
        {"more": 1},
    ],
    ids=str,
)
def test_fields_that_do_not_agree_are_refused(changes: dict[str, Json]) -> None:
    with pytest.raises(SignedPolicyError):
        read_signed_policy(made(**changes), AUTHORITY.public, name="tlp")


def test_a_broken_policy_is_refused_whole_with_its_own_fault() -> None:
    broken = base64_text(SOURCE.replace(b'hierarchy="2"', b'hierarchy="1"'))

    with pytest.raises(PolicyError):
        read_signed_policy(made(file=broken), AUTHORITY.public, name="tlp")
