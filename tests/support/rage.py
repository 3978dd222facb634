"""`pyrage`, the age of the Rust world, as far as tests compare with it; it says nothing of its types itself."""

from __future__ import annotations

import importlib
from typing import Any, cast

_pyrage: Any = importlib.import_module("pyrage")


def seal(content: bytes, *recipients: str) -> bytes:
    """A file to these public keys."""
    return cast("bytes", _pyrage.encrypt(content, _parsed(recipients)))


def seal_armored(content: bytes, *recipients: str) -> bytes:
    """The same, armored."""
    return cast("bytes", _pyrage.encrypt(content, _parsed(recipients), armored=True))


def unseal(content: bytes, *secrets: str) -> bytes:
    """What is in a file, armored or not, for one of these private keys."""
    return cast("bytes", _pyrage.decrypt(content, [_pyrage.x25519.Identity.from_str(one) for one in secrets]))


def seal_under(passphrase: str, content: bytes) -> bytes:
    """A file under a passphrase, at a work factor of about a second."""
    return cast("bytes", _pyrage.passphrase.encrypt(content, passphrase))


def unseal_under(passphrase: str, content: bytes) -> bytes:
    """What is in such a file, armored or not."""
    return cast("bytes", _pyrage.passphrase.decrypt(content, passphrase))


def _parsed(recipients: tuple[str, ...]) -> list[Any]:
    return [_pyrage.x25519.Recipient.from_str(one) for one in recipients]
