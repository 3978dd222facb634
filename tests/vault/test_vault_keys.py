"""Derived keys and marks: one use, one key; parts that cannot run into each other."""

import os

import pytest

from cloison.vault.keys import COMMITMENT_PURPOSE, FILE_PURPOSE, derived_key, is_same, keyed_mark
from cloison_crypto.secrets import SecretKey

ONE, OTHER = "0a" * 16, "0b" * 16


def bytes_of(key: SecretKey, purpose: bytes, *, vault_id: str = ONE, uid: str = ONE, epoch: int = 1) -> bytes:
    return bytes(derived_key(key, purpose, vault_id=vault_id, uid=uid, epoch=epoch).view)


def test_each_use_file_epoch_and_vault_has_its_own_key(key: SecretKey) -> None:
    derived = [
        bytes_of(key, FILE_PURPOSE),
        bytes_of(key, COMMITMENT_PURPOSE),
        bytes_of(key, FILE_PURPOSE, uid=OTHER),
        bytes_of(key, FILE_PURPOSE, epoch=2),
        bytes_of(key, FILE_PURPOSE, vault_id=OTHER),
        bytes_of(SecretKey.random(32, os.urandom), FILE_PURPOSE),
        bytes(key.view),
    ]

    assert len(set(derived)) == len(derived)
    assert bytes_of(key, FILE_PURPOSE) == derived[0]


def test_derived_keys_stay_what_they_are() -> None:
    fixed = SecretKey.copy_of(bytes(range(32)))

    assert bytes_of(fixed, FILE_PURPOSE).hex() == "a737b47c3329cc1d203bcf200dac75d827828b93fa03f6ec91327db6ae5fde81"
    assert keyed_mark(fixed, b"sent", b"x").hex() == "db601420452e349d2cfff1c0059d12b8e86f5e33b10a473915c5bc4209133079"


@pytest.mark.parametrize("parts", [(b"ab", b"c"), (b"abc",), (b"", b"abc"), (b"a", b"bc", b"")])
def test_parts_do_not_run_into_each_other(key: SecretKey, parts: tuple[bytes, ...]) -> None:
    assert not is_same(keyed_mark(key, *parts), keyed_mark(key, b"a", b"bc"))
    assert is_same(keyed_mark(key, *parts), keyed_mark(key, *parts))
