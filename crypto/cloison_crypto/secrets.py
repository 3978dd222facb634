"""Raw keys in memory that can be wiped: locked against swapping where the system allows it, zeroed after use.

Python's `bytes` and `str` cannot be wiped, and no claim is made that they are: keys live in `SecretKey`, passphrases in
`bytearray`. Locking is best effort. Where the system refuses (a small RLIMIT_MEMLOCK, a full working set) the key is
used all the same, because a person who may not lock memory must still be able to open their vault. Pages are never
unlocked before the process ends: locks do not nest, and a neighbour on the same page may be a key still in use.
"""

import ctypes
import sys
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Self, TypeAlias

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

Clock: TypeAlias = Callable[[], datetime]
"""Gives the present moment: aware, in UTC."""

Randomness: TypeAlias = Callable[[int], bytes]
"""Gives that many random bytes from the system, as os.urandom does."""

Buffer: TypeAlias = bytes | bytearray | memoryview

_HEX_DIGITS = b"0123456789abcdef"


class SecretKey:
    """Owns the bytes of one key. A context manager: the key is wiped on leaving."""

    __slots__ = ("_content", "_is_wiped")

    def __init__(self, content: bytearray) -> None:
        """Take over `content`: it is locked in memory now, and zeroed by `wipe`."""
        self._content = content
        self._is_wiped = False
        lock_in_memory(content)

    @classmethod
    def random(cls, length: int, randomness: Randomness) -> Self:
        """Draw a new key of `length` bytes."""
        return cls(bytearray(randomness(length)))

    @classmethod
    def copy_of(cls, source: Buffer) -> Self:
        """Copy `source`, which is left as it is."""
        return cls(bytearray(source))

    @classmethod
    def take(cls, source: bytearray) -> Self:
        """Take over `source` itself."""
        return cls(source)

    @property
    def view(self) -> memoryview:
        """The bytes, read-only and not copied. Raises ValueError once wiped: zeros must never be used as a key."""
        if self._is_wiped:
            raise ValueError("this key has been wiped")
        return memoryview(self._content).toreadonly()

    def hex_digits(self) -> bytearray:
        """The key as lower-case hexadecimal ASCII in a buffer of its own, which the caller wipes."""
        digits = bytearray(2 * len(self._content))
        for index, byte in enumerate(self.view):
            digits[2 * index] = _HEX_DIGITS[byte >> 4]
            digits[2 * index + 1] = _HEX_DIGITS[byte & 15]
        return digits

    def wipe(self) -> None:
        """Overwrite the key with zeros; it cannot be used any more. Harmless a second time."""
        wipe(self._content)
        self._is_wiped = True

    def __len__(self) -> int:
        """Length in bytes."""
        return len(self._content)

    def __enter__(self) -> Self:
        """Give the key itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wipe the key."""
        self.wipe()

    def __repr__(self) -> str:
        """Say that there is a key and how long, never what it is."""
        return f"<SecretKey of {len(self._content)} bytes>"


def wipe(content: bytearray) -> None:
    """Overwrite with zeros in place; the length stays."""
    content[:] = bytes(len(content))


def hkdf_sha256(key: SecretKey | Buffer, *, salt: bytes, info: bytes, length: int = 32) -> SecretKey:
    """Derive a key of `length` bytes (RFC 5869)."""
    return _hkdf(hashes.SHA256(), key, salt=salt, info=info, length=length)


def hkdf_sha384(key: SecretKey | Buffer, *, salt: bytes, info: bytes, length: int) -> SecretKey:
    """The same over SHA-384."""
    return _hkdf(hashes.SHA384(), key, salt=salt, info=info, length=length)


def hkdf_sha512(key: SecretKey | Buffer, *, salt: bytes, info: bytes, length: int) -> SecretKey:
    """The same over SHA-512."""
    return _hkdf(hashes.SHA512(), key, salt=salt, info=info, length=length)


def lock_in_memory(content: bytearray, platform: str = sys.platform) -> bool:
    """Ask the system never to swap these bytes out; says whether it agreed, which callers need not care about."""
    if not content:
        return False
    address = ctypes.addressof(ctypes.c_char.from_buffer(content))
    try:
        return _locker(platform)(address, len(content))
    except (OSError, AttributeError):
        # No such library or function on this system: the same as a refusal.
        return False


@cache
def _locker(platform: str) -> Callable[[int, int], bool]:
    """The system's own call, looked up once: a vault locks a few keys for each of its compartments."""
    if platform == "win32":
        virtual_lock = ctypes.CDLL("kernel32").VirtualLock
        virtual_lock.argtypes = (ctypes.c_void_p, ctypes.c_size_t)
        return lambda address, length: bool(virtual_lock(address, length))
    mlock = ctypes.CDLL(None).mlock
    mlock.argtypes = (ctypes.c_void_p, ctypes.c_size_t)
    return lambda address, length: bool(mlock(address, length) == 0)


def _hkdf(
    algorithm: hashes.HashAlgorithm, key: SecretKey | Buffer, *, salt: bytes, info: bytes, length: int
) -> SecretKey:
    material = key.view if isinstance(key, SecretKey) else key
    derived = bytearray(length)
    HKDF(algorithm=algorithm, length=length, salt=salt, info=info).derive_into(material, derived)
    return SecretKey.take(derived)
