"""Plain age files: making a key, encrypting and decrypting streams; no vault is needed.

What is decrypted into a file lies under ``.part`` until the last byte is authenticated, and is removed otherwise.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from cloison.actions.files import PART
from cloison.vault.files import FILE_MODE, disk_errors, sync_folder
from cloison_crypto import age
from cloison_crypto.armor import ArmorWriter, unarmored
from cloison_crypto.errors import KeyFormatError
from cloison_crypto.hybrid import HybridIdentity
from cloison_crypto.recipients import AgeIdentity, Recipient
from cloison_crypto.secrets import Randomness
from cloison_crypto.sources import ByteSource, ByteTarget
from cloison_crypto.x25519 import X25519Identity

_COMMENT = "#"
_PRIVATE = "AGE-SECRET-KEY-"


class KeyLineError(KeyFormatError):
    """A line that is no public key; ``line`` counts from one. ``is_secret``: it seems to be a private one."""

    def __init__(self, line: int, *, is_secret: bool) -> None:
        super().__init__(f"line {line} is no public key")
        self.line = line
        self.is_secret = is_secret


def new_key(randomness: Randomness) -> X25519Identity:
    """A new key that every age program reads."""
    return X25519Identity.generate(randomness)


def new_hybrid_key(randomness: Randomness) -> HybridIdentity:
    """A new key that also withstands quantum computers; age 1.3 and later read it."""
    return HybridIdentity.generate(randomness)


def read_recipient(text: str) -> Recipient:
    """One public key; raises ``KeyLineError``."""
    return _recipient(1, text.strip())


def read_recipients(text: str) -> tuple[Recipient, ...]:
    """The public keys in a file, one a line, comments and empty lines aside; raises ``KeyLineError``."""
    return tuple(_recipient(number, line) for number, line in _lines(text))


def read_identities(text: str) -> tuple[AgeIdentity, ...]:
    """The keys in an identity file, one a line; raises ``KeyFormatError``, also where there is none."""
    found = tuple(age.parse_identity(line) for _, line in _lines(text))
    if not found:
        raise KeyFormatError("there is no key in the file")
    return found


def encrypt(source: ByteSource, target: ByteTarget, recipients: Sequence[Recipient], *, randomness: Randomness) -> None:
    """Seal all of ``source``; raises ``RecipientsError`` before anything is written."""
    age.encrypt(source, target, recipients, randomness=randomness)


def encrypt_armored(
    source: ByteSource, target: ByteTarget, recipients: Sequence[Recipient], *, randomness: Randomness
) -> None:
    """As ``encrypt``, as text that survives a mail or a chat."""
    armor = ArmorWriter(target)
    age.encrypt(source, armor, recipients, randomness=randomness)
    armor.close()


def decrypt(source: ByteSource, target: ByteTarget, identities: Sequence[AgeIdentity]) -> None:
    """Open all of ``source``, armored or not; raises ``SealedFileError``. Only authenticated bytes reach ``target``."""
    age.decrypt(unarmored(source), target, identities)


@contextmanager
def new_file(path: Path, *, randomness: Randomness) -> Iterator[BinaryIO]:
    """A file for its owner alone that gets its name, in place of an older one, only when all of it was written.

    A link is followed. Something that is no ordinary file (a device, a pipe) is written to as it is. Raises
    ``DiskError``.
    """
    with disk_errors(path.name):
        place = path.resolve()
        is_special = place.exists() and not place.is_file()
    if is_special:
        with disk_errors(path.name), place.open("wb") as opened:
            yield opened
        return
    part = place.with_name(f"{place.name}.{randomness(8).hex()}{PART}")
    try:
        with disk_errors(path.name):
            with os.fdopen(os.open(part, _NEW, FILE_MODE), "wb") as opened:
                yield opened
                opened.flush()
                os.fsync(opened.fileno())
            part.replace(place)
            sync_folder(place.parent)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


def _recipient(number: int, line: str) -> Recipient:
    try:
        return age.parse_recipient(line)
    except KeyFormatError as error:
        raise KeyLineError(number, is_secret=line.upper().startswith(_PRIVATE)) from error


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines that say something, with their numbers from one."""
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped and not stripped.startswith(_COMMENT):
            yield number, stripped
