"""Identities, their public halves and their fingerprints."""

import hashlib
import hmac
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA87PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM1024PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from cloison_crypto import signing
from cloison_crypto.canonical import Json
from cloison_crypto.errors import CanonicalError, KeyFormatError, SignatureError, SuiteMissingError
from cloison_crypto.identity import (
    Identity,
    PublicIdentity,
    fingerprint_from_text,
    fingerprint_starts_with,
    fingerprint_text,
)
from cloison_crypto.p384 import ORDER
from cloison_crypto.public_identity import SuiteKeys
from cloison_crypto.secrets import Randomness, SecretKey

FINGERPRINT = bytes(range(32))
TEXT = "aaaq eaye auda ocaj bifq ydio b4ib ceqt cqkr mfyy denb wha5 dypq"


def suite_one_of(identity: Identity) -> PublicIdentity:
    """What the identity would be on a card that lacks suite 2."""
    return PublicIdentity(keys=identity.public.keys[:1])


def covered(keys: SuiteKeys) -> bytes:
    """What a fingerprint covers of one suite."""
    ordered = (keys.sealing_key, keys.classical_key, keys.mldsa_key)
    return bytes([keys.suite]) + b"".join(len(key).to_bytes(4, "big") + key for key in ordered)


def hkdf_sha512(seeds: bytes, name: bytes, length: int) -> bytes:
    """RFC 5869 without salt, one block."""
    pseudorandom = hmac.digest(bytes(64), seeds, "sha512")
    return hmac.digest(pseudorandom, b"cloison/identity/v1/suite-2/" + name + b"\1", "sha512")[:length]


def uncompressed(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The point of the public half."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def test_the_same_seeds_make_the_same_identity(identity: Identity) -> None:
    with identity.seeds() as seeds:
        again = Identity.from_seeds(seeds)

    assert again.public == identity.public


def test_seeds_are_in_the_order_of_the_format(identity: Identity) -> None:
    expected = hashlib.shake_256(b"first identity").digest(96)

    with identity.seeds() as seeds:
        assert seeds.view == expected
    assert identity.opener().recipient().key == identity.public.keys[0].sealing_key


def test_seeds_of_another_length_are_refused() -> None:
    with pytest.raises(KeyFormatError):
        Identity.from_seeds(SecretKey.copy_of(bytes(95)))


def test_the_secrets_of_suite_2_are_derived_as_the_format_says(identity: Identity) -> None:
    seeds = hashlib.shake_256(b"first identity").digest(96)
    mlkem = MLKEM1024PrivateKey.from_seed_bytes(hkdf_sha512(seeds, b"mlkem1024", 64))
    sealing, classical = (
        ec.derive_private_key(int.from_bytes(hkdf_sha512(seeds, name, 64), "big") % (ORDER - 1) + 1, ec.SECP384R1())
        for name in (b"p384", b"ecdsa-p384")
    )
    mldsa = MLDSA87PrivateKey.from_seed_bytes(hkdf_sha512(seeds, b"mldsa87", 32))

    assert identity.public.keys[1] == SuiteKeys(
        suite=2,
        sealing_key=mlkem.public_key().public_bytes_raw() + uncompressed(sealing),
        classical_key=uncompressed(classical),
        mldsa_key=mldsa.public_key().public_bytes_raw(),
    )


def test_the_fingerprint_of_one_suite_covers_every_key_after_its_length(identity: Identity) -> None:
    public = suite_one_of(identity)

    assert public.suites == (1,)
    assert public.fingerprint == hashlib.sha256(b"cloison/identity/v1\0" + covered(public.keys[0])).digest()


def test_the_fingerprint_of_both_suites_covers_every_key_of_both(identity: Identity) -> None:
    one, two = identity.public.keys
    expected = hashlib.sha384(b"cloison/identity/v1\0" + covered(one) + covered(two)).digest()[:32]

    assert identity.public.suites == (1, 2)
    assert identity.public.fingerprint == expected


@pytest.mark.parametrize("is_dual", [True, False], ids=["both suites", "suite 1 alone"])
def test_a_public_identity_is_read_as_it_was_written(identity: Identity, is_dual: bool) -> None:
    public = identity.public if is_dual else suite_one_of(identity)

    assert PublicIdentity.from_json(public.to_json()) == public


def test_a_card_of_suite_1_carries_its_keys_and_nothing_of_suite_2(identity: Identity) -> None:
    assert set(suite_one_of(identity).to_json()) == {"suite", "xwing", "ed25519", "mldsa65"}


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"xwing": "AAAA"}, id="short sealing key"),
        pytest.param({"ed25519": "AAAA"}, id="short Ed25519 key"),
        pytest.param({"mldsa65": "AAAA"}, id="short ML-DSA key"),
        pytest.param({"rsa": "AAAA"}, id="unknown key"),
        pytest.param({"suite": 2}, id="suite 2 in the place of suite 1"),
        pytest.param({"high": {}}, id="suite 2 without a key"),
        pytest.param({"high": 2}, id="suite 2 that is a number"),
    ],
)
def test_a_malformed_public_identity_is_refused(identity: Identity, change: dict[str, Json]) -> None:
    with pytest.raises(CanonicalError):
        PublicIdentity.from_json({**identity.public.to_json(), **change})


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"suite": 3}, id="unknown suite"),
        pytest.param({"suite": 1}, id="suite 1 in the place of suite 2"),
        pytest.param({"mlkem1024p384": "AAAA"}, id="short sealing key"),
        pytest.param({"p384": "AAAA"}, id="short P-384 key"),
        pytest.param({"mldsa87": "AAAA"}, id="short ML-DSA key"),
        pytest.param({"rsa": "AAAA"}, id="unknown key"),
    ],
)
def test_malformed_keys_of_suite_2_are_refused(identity: Identity, change: dict[str, Json]) -> None:
    high = identity.public.keys[1].to_json()

    with pytest.raises(CanonicalError):
        PublicIdentity.from_json({**identity.public.to_json(), "high": {**high, **change}})


def test_an_identity_with_a_useless_sealing_key_cannot_exist(identity: Identity) -> None:
    one, two = identity.public.keys
    for useless in (
        (replace(one, sealing_key=one.sealing_key[:1184] + bytes(32)), two),
        (one, replace(two, sealing_key=two.sealing_key[:1568] + bytes(97))),
        (one, replace(two, sealing_key=b"\xff" * 1568 + two.sealing_key[1568:])),
        (one, replace(two, sealing_key=two.sealing_key[:-1])),
        (one, replace(two, classical_key=b"\4" + bytes(96))),
    ):
        with pytest.raises(KeyFormatError):
            PublicIdentity(keys=useless)


def test_an_identity_has_suite_1_or_both_in_their_order(identity: Identity) -> None:
    one, two = identity.public.keys
    for keys in ((), (two,), (two, one), (one, one), (one, two, two)):
        with pytest.raises(KeyFormatError):
            PublicIdentity(keys=keys)


def test_keys_of_a_suite_that_is_not_there_are_not_given(identity: Identity) -> None:
    with pytest.raises(SuiteMissingError) as caught:
        suite_one_of(identity).high_recipient()

    assert caught.value.suite == 2


def test_a_signature_of_a_suite_that_the_signer_lacks_is_refused(identity: Identity) -> None:
    public = suite_one_of(identity)
    made = identity.sign(signing.CARD, b"body", 2)
    renamed = made[:1] + public.fingerprint + made[33:]

    with pytest.raises(SignatureError):
        public.verify(signing.CARD, b"body", renamed)


def test_every_suite_of_the_signer_must_have_signed(identity: Identity) -> None:
    one, two = identity.sign_every(signing.CARD, b"body")

    identity.public.verify_every(signing.CARD, b"body", (one, two))
    for signatures in ((), (one,), (two,), (two, one), (one, one), (one, two, two)):
        with pytest.raises(SignatureError):
            identity.public.verify_every(signing.CARD, b"body", signatures)


def test_each_of_several_signatures_is_verified(identity: Identity) -> None:
    one, two = identity.sign_every(signing.CARD, b"body")
    other_one, other_two = identity.sign_every(signing.CARD, b"other body")

    for signatures in ((one, other_two), (other_one, two)):
        with pytest.raises(SignatureError):
            identity.public.verify_every(signing.CARD, b"body", signatures)


def test_a_wiped_identity_does_nothing_more(randomness: Randomness) -> None:
    identity = Identity.generate(randomness)
    identity.wipe()
    identity.wipe()

    with pytest.raises(ValueError, match="wiped"):
        identity.sign(signing.CARD, b"")
    with pytest.raises(ValueError, match="wiped"):
        identity.opener()
    with pytest.raises(ValueError, match="wiped"):
        identity.high_opener()
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
