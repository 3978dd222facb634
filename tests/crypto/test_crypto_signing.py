"""Both signatures must hold, in their domain, by these keys."""

import pytest

from cloison_crypto import signing
from cloison_crypto.errors import KeyFormatError, SignatureError
from cloison_crypto.identity import Identity
from cloison_crypto.p384 import ORDER
from cloison_crypto.signing import DOMAINS, SigningKeys, VerifyingKeys, signature_length, signer_of, suite_of

BODY = b'{"a":1}'
SUITES = [pytest.param(1, id="suite 1"), pytest.param(2, id="suite 2")]
CLASSICAL_END = {1: 33 + 64, 2: 33 + 96}


@pytest.fixture(scope="module", params=SUITES)
def suite(request: pytest.FixtureRequest) -> int:
    chosen: int = request.param
    return chosen


@pytest.fixture(scope="module")
def signature(identity: Identity, suite: int) -> bytes:
    return identity.sign(signing.PACKAGE, BODY, suite)


@pytest.mark.parametrize(("number", "length"), [(1, 1 + 32 + 64 + 3309), (2, 1 + 32 + 96 + 4627)])
def test_the_layout_is_fixed(identity: Identity, number: int, length: int) -> None:
    made = identity.sign(signing.PACKAGE, BODY, number)

    assert len(made) == signature_length(number) == length
    assert made[0] == suite_of(made) == number
    assert signer_of(made) == identity.public.fingerprint


@pytest.mark.parametrize("domain", sorted(DOMAINS))
def test_a_signature_holds_in_its_own_domain_only(identity: Identity, suite: int, domain: bytes) -> None:
    made = identity.sign(domain, BODY, suite)

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


def test_a_changed_byte_is_refused(identity: Identity, signature: bytes, suite: int) -> None:
    # The suite; both ends of the fingerprint, of the classical half and of the ML-DSA half.
    end = CLASSICAL_END[suite]
    for position in (0, 1, 32, 33, end - 1, end, len(signature) - 1):
        changed = bytearray(signature)
        changed[position] ^= 1

        with pytest.raises(SignatureError):
            identity.public.verify(signing.PACKAGE, BODY, bytes(changed))


@pytest.mark.parametrize("change", [lambda s: s[:-1], lambda s: s + b"\0", lambda _: b""])
def test_a_signature_of_another_length_is_refused(identity: Identity, signature: bytes, change: object) -> None:
    assert callable(change)
    with pytest.raises(SignatureError):
        identity.public.verify(signing.PACKAGE, BODY, change(signature))


def test_one_half_alone_does_not_hold(
    identity: Identity, other_identity: Identity, signature: bytes, suite: int
) -> None:
    # Each half comes from a true signature of the same body: only the pair is wrong.
    foreign = other_identity.sign(signing.PACKAGE, BODY, suite)
    end = CLASSICAL_END[suite]

    for spliced in (signature[:end] + foreign[end:], signature[:33] + foreign[33:end] + signature[end:]):
        with pytest.raises(SignatureError):
            identity.public.verify(signing.PACKAGE, BODY, spliced)


@pytest.mark.parametrize(("number", "length"), [(1, 32), (2, 64)])
def test_the_two_halves_are_tied_to_each_other_s_keys(number: int, length: int) -> None:
    first = SigningKeys(number, classical_seed=bytes(length), mldsa_seed=b"1" * 32)
    second = SigningKeys(number, classical_seed=bytes(length), mldsa_seed=b"2" * 32)
    one = first.sign(signing.CARD, BODY, fingerprint=bytes(32))
    two = second.sign(signing.CARD, BODY, fingerprint=bytes(32))
    end = CLASSICAL_END[number]

    with pytest.raises(SignatureError):
        first.public.verify(signing.CARD, BODY, one[:33] + two[33:end] + one[end:])


def test_a_signature_of_suite_2_has_one_spelling_though_ecdsa_has_two(identity: Identity) -> None:
    made = identity.sign(signing.PACKAGE, BODY, 2)
    s = int.from_bytes(made[81:129], "big")
    other_spelling = made[:81] + (ORDER - s).to_bytes(48, "big") + made[129:]

    assert s <= (ORDER - 1) // 2
    identity.public.verify(signing.PACKAGE, BODY, made)
    with pytest.raises(SignatureError):
        identity.public.verify(signing.PACKAGE, BODY, other_spelling)


def test_keys_of_one_suite_verify_nothing_of_another(identity: Identity) -> None:
    ours = identity.public.keys[0].verifying()

    with pytest.raises(SignatureError):
        ours.verify(signing.PACKAGE, BODY, identity.sign(signing.PACKAGE, BODY, 2))


@pytest.mark.parametrize("change", [lambda s: s[:-1], lambda s: s + b"\0", lambda s: b"\3" + s[1:], lambda _: b""])
def test_what_is_no_signature_names_no_signer(signature: bytes, change: object) -> None:
    assert callable(change)
    with pytest.raises(SignatureError):
        signer_of(change(signature))


def test_each_kind_of_object_has_the_domain_that_its_format_names() -> None:
    named = {
        "card": signing.CARD,
        "endorsement": signing.ENDORSEMENT,
        "package": signing.PACKAGE,
        "wrap": signing.WRAP,
        "register": signing.REGISTER,
        "receipt": signing.RECEIPT,
        "revocations": signing.REVOCATIONS,
        "policy": signing.POLICY,
    }

    assert named == {name: f"cloison/{name}/v1".encode() for name in named}
    assert frozenset(named.values()) == DOMAINS


def test_an_unknown_suite_is_no_signature(identity: Identity) -> None:
    with pytest.raises(SignatureError):
        suite_of(b"\3" + identity.sign(signing.PACKAGE, BODY)[1:])


def test_a_domain_of_nobody_is_a_fault_of_ours(identity: Identity) -> None:
    with pytest.raises(ValueError, match="domain"):
        identity.sign(b"cloison/other/v1", BODY)


@pytest.mark.parametrize("lengths", [(1, 31, 1952), (1, 32, 1951), (1, 97, 2592), (2, 96, 2592), (2, 97, 2591)])
def test_verifying_keys_have_their_length(lengths: tuple[int, int, int]) -> None:
    suite, classical, mldsa = lengths
    with pytest.raises(KeyFormatError):
        VerifyingKeys(suite=suite, classical_key=bytes(classical), mldsa_key=bytes(mldsa))


@pytest.mark.parametrize("lengths", [(1, 31, 32), (1, 32, 33), (2, 32, 32), (2, 64, 31)])
def test_signing_seeds_have_their_length(lengths: tuple[int, int, int]) -> None:
    suite, classical, mldsa = lengths
    with pytest.raises(KeyFormatError):
        SigningKeys(suite, classical_seed=bytes(classical), mldsa_seed=bytes(mldsa))


def test_a_verifying_key_off_the_curve_cannot_exist(identity: Identity) -> None:
    keys = identity.public.keys[1]

    with pytest.raises(KeyFormatError):
        VerifyingKeys(suite=2, classical_key=keys.classical_key[:-1] + b"\0", mldsa_key=keys.mldsa_key)
