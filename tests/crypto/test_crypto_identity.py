"""Identities, their public halves and their fingerprints."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloison_crypto import signing
from cloison_crypto.canonical import Json
from cloison_crypto.errors import CanonicalError, KeyFormatError
from cloison_crypto.identity import (
    Identity,
    PublicIdentity,
    fingerprint_from_text,
    fingerprint_starts_with,
    fingerprint_text,
)
from cloison_crypto.secrets import Randomness, SecretKey

FINGERPRINT = bytes(range(32))
TEXT = "aaaq eaye auda ocaj bifq ydio b4ib ceqt cqkr mfyy denb wha5 dypq"


def test_the_same_seeds_make_the_same_identity(identity: Identity) -> None:
    with identity.seeds() as seeds:
        again = Identity.from_seeds(seeds)

    assert again.public == identity.public


def test_seeds_are_in_the_order_of_the_format(identity: Identity) -> None:
    expected = hashlib.shake_256(b"first identity").digest(96)

    with identity.seeds() as seeds:
        assert seeds.view == expected
    assert identity.opener().recipient().key == identity.public.sealing_key


def test_seeds_of_another_length_are_refused() -> None:
    with pytest.raises(KeyFormatError):
        Identity.from_seeds(SecretKey.copy_of(bytes(95)))


def test_the_fingerprint_covers_every_key_after_its_length(identity: Identity) -> None:
    public = identity.public
    lengths = [b"\x00\x00\x04\xc0", b"\x00\x00\x00\x20", b"\x00\x00\x07\xa0"]
    keys = [public.sealing_key, public.ed25519_key, public.mldsa_key]
    covered = b"".join(length + key for length, key in zip(lengths, keys, strict=True))

    assert public.fingerprint == hashlib.sha256(b"cloison/identity/v1\0\1" + covered).digest()


def test_a_public_identity_is_read_as_it_was_written(identity: Identity) -> None:
    assert PublicIdentity.from_json(identity.public.to_json()) == identity.public


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"xwing": "AAAA"}, id="short sealing key"),
        pytest.param({"ed25519": "AAAA"}, id="short Ed25519 key"),
        pytest.param({"mldsa65": "AAAA"}, id="short ML-DSA key"),
        pytest.param({"rsa": "AAAA"}, id="unknown key"),
    ],
)
def test_a_malformed_public_identity_is_refused(identity: Identity, change: dict[str, Json]) -> None:
    with pytest.raises(CanonicalError):
        PublicIdentity.from_json({**identity.public.to_json(), **change})


def test_an_unknown_suite_is_refused(identity: Identity) -> None:
    with pytest.raises(KeyFormatError):
        PublicIdentity.from_json({**identity.public.to_json(), "suite": 2})


def test_an_identity_with_a_useless_sealing_key_cannot_exist(identity: Identity) -> None:
    with pytest.raises(KeyFormatError):
        replace(identity.public, sealing_key=identity.public.sealing_key[:1184] + bytes(32))


def test_a_wiped_identity_does_nothing_more(randomness: Randomness) -> None:
    identity = Identity.generate(randomness)
    identity.wipe()
    identity.wipe()

    with pytest.raises(ValueError, match="wiped"):
        identity.sign(signing.CARD, b"")
    with pytest.raises(ValueError, match="wiped"):
        identity.opener()
    with pytest.raises(ValueError, match="wiped"):
        identity.seeds()


def test_seeds_are_not_in_the_repr(identity: Identity) -> None:
    assert repr(identity) == f"<Identity {fingerprint_text(identity.public.fingerprint)}>"


def test_a_fingerprint_is_thirteen_groups_of_four() -> None:
    assert fingerprint_text(FINGERPRINT) == TEXT


@pytest.mark.parametrize("typed", [TEXT, TEXT.upper(), TEXT.replace(" ", "-"), TEXT.replace(" ", ""), f" {TEXT}\n"])
def test_a_fingerprint_is_read_however_it_is_grouped(typed: str) -> None:
    assert fingerprint_from_text(typed) == FINGERPRINT


@given(st.binary(min_size=32, max_size=32))
def test_every_fingerprint_is_read_back(fingerprint: bytes) -> None:
    assert fingerprint_from_text(fingerprint_text(fingerprint)) == fingerprint


@pytest.mark.parametrize("typed", ["", TEXT[:-1], TEXT + "a", "1" + TEXT[1:], TEXT[:-1] + "r", "é" * 52])
def test_what_is_no_fingerprint_is_refused(typed: str) -> None:
    with pytest.raises(KeyFormatError):
        fingerprint_from_text(typed)


def test_a_fingerprint_has_thirty_two_bytes() -> None:
    with pytest.raises(KeyFormatError):
        fingerprint_text(bytes(31))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("aaaq eaye auda ocaj bifq", True),
        ("AAAQ-EAYE-AUDA-OCAJ-BIFQ-Y", True),
        (TEXT, True),
        ("aaaq eaye auda ocaj bif", False),
        ("aaaq eaye auda ocaj bifr", False),
        (TEXT + "a", False),
    ],
)
def test_the_start_of_a_fingerprint_is_compared(typed: str, expected: bool) -> None:
    assert fingerprint_starts_with(FINGERPRINT, typed, least=20) is expected
