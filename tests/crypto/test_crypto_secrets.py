"""Keys in memory: shown nowhere, zeroed after use."""

import ctypes
import sys
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from cloison_crypto import secrets
from cloison_crypto.secrets import Randomness, SecretKey, hkdf_sha256, wipe


def test_a_key_is_not_in_its_repr(randomness: Randomness) -> None:
    key = SecretKey.random(32, randomness)

    assert repr(key) == str(key) == "<SecretKey of 32 bytes>"


def test_wiping_zeroes_the_bytes_taken_over() -> None:
    content = bytearray(b"secret")
    with SecretKey.take(content) as key:
        assert bytes(key.view) == b"secret"

    assert content == bytes(6)


def test_a_copy_leaves_its_source() -> None:
    source = bytearray(b"secret")
    SecretKey.copy_of(source).wipe()

    assert source == b"secret"


def test_a_wiped_key_cannot_be_used() -> None:
    key = SecretKey.copy_of(b"secret")
    key.wipe()
    key.wipe()

    with pytest.raises(ValueError, match="wiped"):
        _ = key.view


def test_a_view_cannot_change_the_key() -> None:
    with pytest.raises(TypeError):
        SecretKey.copy_of(b"secret").view[0] = 1


def test_hexadecimal_is_lower_case() -> None:
    assert SecretKey.copy_of(b"\x00\x9f\xab").hex_digits() == bytearray(b"009fab")


def test_a_key_knows_its_length(randomness: Randomness) -> None:
    assert len(SecretKey.random(20, randomness)) == 20


def test_hkdf_gives_the_first_vector_of_rfc_5869() -> None:
    salt, info = bytes(range(13)), bytes(range(0xF0, 0xFA))

    derived = hkdf_sha256(b"\x0b" * 22, salt=salt, info=info, length=42)

    expected = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    assert derived.view.hex() == expected


def test_hkdf_takes_a_secret_key_as_well() -> None:
    one = hkdf_sha256(SecretKey.copy_of(b"k"), salt=b"", info=b"")

    assert one.view == hkdf_sha256(b"k", salt=b"", info=b"").view


def test_wipe_keeps_the_length() -> None:
    passphrase = bytearray(b"four")
    wipe(passphrase)

    assert passphrase == b"\0\0\0\0"


@pytest.fixture
def unasked() -> Iterator[None]:
    """The system's call is looked up anew, and what a test put in its place is forgotten."""
    secrets._locker.cache_clear()
    yield
    secrets._locker.cache_clear()


def test_nothing_is_not_locked() -> None:
    assert not secrets.lock_in_memory(bytearray())


@pytest.mark.skipif(not sys.platform.startswith(("linux", "darwin")), reason="mlock is POSIX")
def test_memory_is_locked_here() -> None:
    assert secrets.lock_in_memory(bytearray(32))


@pytest.mark.usefixtures("unasked")
def test_windows_is_asked_by_its_own_call(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []

    def library(name: str) -> SimpleNamespace:
        def virtual_lock(_: int, size: int) -> int:
            asked.append((name, size))
            return 1

        return SimpleNamespace(VirtualLock=virtual_lock)

    monkeypatch.setattr(ctypes, "CDLL", library)

    assert secrets.lock_in_memory(bytearray(32), "win32")
    assert asked == [("kernel32", 32)]


@pytest.mark.usefixtures("unasked")
def test_the_system_call_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[str | None] = []
    real = ctypes.CDLL

    def library(name: str | None) -> object:
        loaded.append(name)
        return real(name)

    monkeypatch.setattr(ctypes, "CDLL", library)
    for _ in range(3):
        secrets.lock_in_memory(bytearray(32), "linux")

    assert loaded == [None]


@pytest.mark.usefixtures("unasked")
def test_a_system_that_cannot_lock_is_tolerated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: SimpleNamespace())

    assert not secrets.lock_in_memory(bytearray(32))
    assert len(SecretKey(bytearray(32))) == 32
