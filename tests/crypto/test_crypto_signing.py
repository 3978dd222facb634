"""Both signatures must hold, in their domain, by these keys."""

import pytest

from cloison_crypto import signing
from cloison_crypto.errors import KeyFormatError, SignatureError
from cloison_crypto.identity import Identity
from cloison_crypto.signing import DOMAINS, SIGNATURE_LENGTH, SigningKeys, VerifyingKeys, signer_of

BODY = b'{"a":1}'
REGIONS = [
    pytest.param(0, id="suite"),
    pytest.param(1, id="first byte of the fingerprint"),
    pytest.param(32, id="last byte of the fingerprint"),
    pytest.param(33, id="first byte of Ed25519"),
    pytest.param(96, id="last byte of Ed25519"),
    pytest.param(97, id="first byte of ML-DSA"),
    pytest.param(SIGNATURE_LENGTH - 1, id="last byte of ML-DSA"),
]


@pytest.fixture(scope="module")
def signature(identity: Identity) -> bytes:
    return identity.sign(signing.PACKAGE, BODY)


def test_the_layout_is_fixed(identity: Identity, signature: bytes) -> None:
    assert len(signature) == SIGNATURE_LENGTH == 1 + 32 + 64 + 3309
    assert signature[0] == 1
    assert signer_of(signature) == identity.public.fingerprint


@pytest.mark.parametrize("domain", sorted(DOMAINS))
def test_a_signature_holds_in_its_own_domain_only(identity: Identity, domain: bytes) -> None:
    made = identity.sign(domain, BODY)

    identity.public.verify(domain, BODY, made)
    for other in DOMAINS - {domain}:
        with pytest.raises(SignatureError):
            identity.public.verify(other, BODY, made)


def test_another_body_is_refused(identity: Identity, signature: bytes) -> None:
    with pytest.raises(SignatureError):
        identity.public.verify(signing.PACKAGE, BODY + b" ", signature)


def test_another_signer_is_refused(other_identity: Identity, signature: bytes) -> None:
    with pytest.raises(SignatureError):
        other_identity.public.verify(signing.PACKAGE, BODY, signature)


@pytest.mark.parametrize("position", REGIONS)
def test_a_changed_byte_is_refused(identity: Identity, signature: bytes, position: int) -> None:
    changed = bytearray(signature)
    changed[position] ^= 1

    with pytest.raises(SignatureError):
        identity.public.verify(signing.PACKAGE, BODY, bytes(changed))


@pytest.mark.parametrize("change", [lambda s: s[:-1], lambda s: s + b"\0", lambda _: b""])
def test_a_signature_of_another_length_is_refused(identity: Identity, signature: bytes, change: object) -> None:
    assert callable(change)
    with pytest.raises(SignatureError):
        identity.public.verify(signing.PACKAGE, BODY, change(signature))


def test_one_half_alone_does_not_hold(identity: Identity, other_identity: Identity, signature: bytes) -> None:
    # Each half comes from a true signature of the same body: only the pair is wrong.
    foreign = other_identity.sign(signing.PACKAGE, BODY)

    for spliced in (signature[:97] + foreign[97:], signature[:33] + foreign[33:97] + signature[97:]):
        with pytest.raises(SignatureError):
            identity.public.verify(signing.PACKAGE, BODY, spliced)


def test_the_two_halves_are_tied_to_each_other_s_keys() -> None:
    ed25519_seed = bytes(32)
    first = SigningKeys(ed25519_seed=ed25519_seed, mldsa_seed=b"1" * 32)
    second = SigningKeys(ed25519_seed=ed25519_seed, mldsa_seed=b"2" * 32)
    one = first.sign(signing.CARD, BODY, fingerprint=bytes(32))
    two = second.sign(signing.CARD, BODY, fingerprint=bytes(32))

    with pytest.raises(SignatureError):
        first.public.verify(signing.CARD, BODY, one[:33] + two[33:97] + one[97:])


def test_a_domain_of_nobody_is_a_fault_of_ours(identity: Identity) -> None:
    with pytest.raises(ValueError, match="domain"):
        identity.sign(b"cloison/other/v1", BODY)


@pytest.mark.parametrize("lengths", [(31, 1952), (32, 1951)])
def test_verifying_keys_have_their_length(lengths: tuple[int, int]) -> None:
    with pytest.raises(KeyFormatError):
        VerifyingKeys(ed25519_key=bytes(lengths[0]), mldsa_key=bytes(lengths[1]))


@pytest.mark.parametrize("lengths", [(31, 32), (32, 33)])
def test_signing_seeds_have_their_length(lengths: tuple[int, int]) -> None:
    with pytest.raises(KeyFormatError):
        SigningKeys(ed25519_seed=bytes(lengths[0]), mldsa_seed=bytes(lengths[1]))
