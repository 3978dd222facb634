"""Boxes open under their key and their associated data, and under nothing else."""

import pytest

from cloison_crypto.boxes import BOX_OVERHEAD, open_box, seal_box
from cloison_crypto.errors import BoxError
from cloison_crypto.secrets import Randomness, SecretKey


@pytest.fixture
def key(randomness: Randomness) -> SecretKey:
    return SecretKey.random(32, randomness)


@pytest.mark.parametrize("plain", [b"", b"x", b"seed" * 1000])
def test_a_box_opens_under_its_key(key: SecretKey, plain: bytes, randomness: Randomness) -> None:
    box = seal_box(key, plain, associated=b"here", randomness=randomness)

    assert len(box) == len(plain) + BOX_OVERHEAD
    assert open_box(key, box, associated=b"here") == plain


def test_a_box_is_bound_to_its_place(key: SecretKey, randomness: Randomness) -> None:
    box = seal_box(key, b"seed", associated=b"here", randomness=randomness)

    with pytest.raises(BoxError):
        open_box(key, box, associated=b"there")


def test_another_key_does_not_open(key: SecretKey, randomness: Randomness) -> None:
    box = seal_box(key, b"seed", associated=b"", randomness=randomness)

    with pytest.raises(BoxError):
        open_box(SecretKey.random(32, randomness), box, associated=b"")


def test_every_changed_byte_is_noticed(key: SecretKey, randomness: Randomness) -> None:
    box = seal_box(key, b"seed", associated=b"", randomness=randomness)

    for position in range(len(box)):
        changed = bytearray(box)
        changed[position] ^= 1
        with pytest.raises(BoxError):
            open_box(key, changed, associated=b"")


def test_every_cut_is_noticed(key: SecretKey, randomness: Randomness) -> None:
    box = seal_box(key, b"seed", associated=b"", randomness=randomness)

    for length in range(len(box)):
        with pytest.raises(BoxError):
            open_box(key, box[:length], associated=b"")
