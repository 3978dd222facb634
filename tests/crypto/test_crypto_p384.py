"""P-384 points, scalars and signatures in their only spelling."""

import hashlib

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from cloison_crypto.errors import KeyFormatError
from cloison_crypto.p384 import ORDER, SigningKey, VerifyingKey, point_of, private_key, public_key

SEED = bytes(range(64))
KEY = SigningKey(SEED)
DATA = b"data"
SIGNATURE = KEY.sign(DATA)
GENERATOR = point_of(private_key(bytes(64)).public_key())  # The seed 0 makes the scalar 1.


def scalar(seed: int) -> int:
    return private_key(seed.to_bytes(64, "big")).private_numbers().private_value


@pytest.mark.parametrize(
    ("seed", "expected"),
    [(0, 1), (ORDER - 2, ORDER - 1), (ORDER - 1, 1), (ORDER, 2), (2**512 - 1, (2**512 - 1) % (ORDER - 1) + 1)],
)
def test_a_scalar_is_never_zero_and_never_the_order(seed: int, expected: int) -> None:
    assert scalar(seed) == expected


@pytest.mark.parametrize("length", [0, 48, 63, 65])
def test_a_seed_has_sixty_four_bytes(length: int) -> None:
    with pytest.raises(KeyFormatError):
        private_key(bytes(length))


def test_a_point_is_read_as_it_was_written() -> None:
    assert point_of(public_key(GENERATOR)) == GENERATOR
    assert VerifyingKey(GENERATOR).public_bytes_raw() == GENERATOR


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\0", id="infinity"),
        pytest.param(bytes(97), id="infinity, padded"),
        pytest.param(bytes([2 + GENERATOR[-1] % 2]) + GENERATOR[1:49], id="compressed"),
        pytest.param(bytes([2 + GENERATOR[-1] % 2]) + GENERATOR[1:], id="compressed, with y"),
        pytest.param(bytes([6 + GENERATOR[-1] % 2]) + GENERATOR[1:], id="hybrid"),
        pytest.param(GENERATOR[:-1] + bytes([GENERATOR[-1] ^ 1]), id="off the curve"),
        pytest.param(b"\4" + b"\xff" * 96, id="above the field"),
        pytest.param(GENERATOR + b"\0", id="too long"),
    ],
)
def test_any_other_spelling_of_a_point_is_refused(point: bytes) -> None:
    with pytest.raises(KeyFormatError):
        public_key(point)


def test_a_signature_is_standard_ecdsa() -> None:
    r, s = int.from_bytes(SIGNATURE[:48], "big"), int.from_bytes(SIGNATURE[48:], "big")

    public_key(KEY.public_key().public_bytes_raw()).verify(encode_dss_signature(r, s), DATA, ec.ECDSA(hashes.SHA384()))
    assert KEY.sign(DATA) == SIGNATURE


@given(st.binary(max_size=40))
def test_every_signature_holds_and_is_of_the_low_spelling(data: bytes) -> None:
    signature = KEY.sign(data)

    KEY.public_key().verify(signature, data)
    assert len(signature) == 96
    assert int.from_bytes(signature[48:], "big") <= (ORDER - 1) // 2


def number(value: int) -> bytes:
    return value.to_bytes(48, "big")


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(SIGNATURE[:-1], id="cut"),
        pytest.param(SIGNATURE + b"\0", id="long"),
        pytest.param(b"\0" + SIGNATURE, id="long at the start"),
        pytest.param(SIGNATURE[:48] + number(ORDER - int.from_bytes(SIGNATURE[48:], "big")), id="high s"),
        pytest.param(bytes(48) + SIGNATURE[48:], id="r is zero"),
        pytest.param(SIGNATURE[:48] + bytes(48), id="s is zero"),
        pytest.param(bytes(96), id="both are zero"),
        pytest.param(number(ORDER) + SIGNATURE[48:], id="r is the order"),
        pytest.param(b"\xff" * 48 + SIGNATURE[48:], id="r is above the order"),
        pytest.param(SIGNATURE[48:] + SIGNATURE[:48], id="halves swapped"),
        pytest.param(encode_dss_signature(1, 1), id="DER"),
    ],
)
def test_any_other_spelling_of_a_signature_is_refused(signature: bytes) -> None:
    with pytest.raises(InvalidSignature):
        KEY.public_key().verify(signature, DATA)


def signed_with(s: int) -> tuple[VerifyingKey, bytes]:
    """A true signature whose second number is `s`, by the key that makes it so."""
    secret_number = 7
    r = ec.derive_private_key(secret_number, ec.SECP384R1()).public_key().public_numbers().x % ORDER
    digest = int.from_bytes(hashlib.sha384(DATA).digest(), "big")
    scalar = (s * secret_number - digest) * pow(r, -1, ORDER) % ORDER
    key = ec.derive_private_key(scalar, ec.SECP384R1()).public_key()
    return VerifyingKey(point_of(key)), number(r) + number(s)


def test_the_highest_s_that_holds_is_half_the_order() -> None:
    key, signature = signed_with((ORDER - 1) // 2)
    above, other = signed_with((ORDER + 1) // 2)

    key.verify(signature, DATA)
    with pytest.raises(InvalidSignature):
        above.verify(other, DATA)


def test_a_signature_over_something_else_is_refused() -> None:
    with pytest.raises(InvalidSignature):
        KEY.public_key().verify(SIGNATURE, b"other data")
