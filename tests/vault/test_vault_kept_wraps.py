"""What a member keeps for themselves: nobody else can have made it, and it goes nowhere else."""

import os
from dataclasses import replace

import pytest

from cloison.vault.errors import WrapRefusedError
from cloison.vault.kept_wraps import MARK, is_kept, open_kept, seal_kept
from cloison.vault.wraps import Grant, Subject
from cloison_crypto.secrets import SecretKey

VAULT_ID = "0a" * 16
MEMBER = "0d" * 16
MARKER = "Compartiment-Marqueur"


@pytest.fixture
def own_key() -> SecretKey:
    return SecretKey.random(32, os.urandom)


@pytest.fixture
def grant(key: SecretKey) -> Grant:
    return Grant(
        vault_id=VAULT_ID,
        subject=Subject.COMPARTMENT,
        id="0b" * 16,
        file="0c" * 16,
        epoch=3,
        past=(b"1" * 32, b"2" * 32),
        key=key,
        name=MARKER,
        need_to_know=True,
        ceiling=b"<label/>",
    )


@pytest.fixture
def kept(grant: Grant, own_key: SecretKey) -> bytes:
    return seal_kept(grant, own_key, member_id=MEMBER, randomness=os.urandom)


def test_what_is_kept_comes_back_whole_and_shows_nothing(grant: Grant, own_key: SecretKey, kept: bytes) -> None:
    opened = open_kept(kept, own_key, vault_id=VAULT_ID, member_id=MEMBER)

    assert is_kept(kept)
    assert MARKER.encode() not in kept
    assert replace(opened, key=grant.key) == grant
    assert bytes(opened.key.view) == bytes(grant.key.view)


@pytest.mark.parametrize(
    ("vault_id", "member_id"), [("ff" * 16, MEMBER), (VAULT_ID, "ff" * 16)], ids=["vault", "member"]
)
def test_what_is_kept_opens_nowhere_else(own_key: SecretKey, kept: bytes, vault_id: str, member_id: str) -> None:
    with pytest.raises(WrapRefusedError):
        open_kept(kept, own_key, vault_id=vault_id, member_id=member_id)


def test_one_that_another_key_made_is_refused(kept: bytes) -> None:
    with pytest.raises(WrapRefusedError):
        open_kept(kept, SecretKey.random(32, os.urandom), vault_id=VAULT_ID, member_id=MEMBER)


def test_any_changed_byte_is_refused(own_key: SecretKey, kept: bytes) -> None:
    for position in range(len(MARK), len(kept), 37):
        altered = bytearray(kept)
        altered[position] ^= 1
        with pytest.raises(WrapRefusedError):
            open_kept(bytes(altered), own_key, vault_id=VAULT_ID, member_id=MEMBER)
    with pytest.raises(WrapRefusedError):
        open_kept(MARK, own_key, vault_id=VAULT_ID, member_id=MEMBER)


def test_the_key_of_the_shared_file_is_not_kept_this_way(grant: Grant, own_key: SecretKey) -> None:
    shared = replace(grant, subject=Subject.SHARED)
    kept = seal_kept(shared, own_key, member_id=MEMBER, randomness=os.urandom)

    with pytest.raises(WrapRefusedError):
        open_kept(kept, own_key, vault_id=VAULT_ID, member_id=MEMBER)
