"""What a backup says of itself (``cloison/backup/v1``): which vault, when, and each file with its size and SHA-256.

RFC 8785 canonical JSON beside the files, under the MAC of the header's key: nobody but a member can have written it. It
is unverified until a member's secret has opened the header that came with it. Names are those of files of a vault and
nothing else, so that no name in a list leads out of a folder.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Final

from cloison.vault.errors import DamagedError, NotABackupError
from cloison.vault.files import disk_errors
from cloison_crypto import canonical
from cloison_crypto.errors import CanonicalError, CryptoError
from cloison_crypto.fields import Fields, Json, time_text

FILE_NAME: Final = "backup.json"
FORMAT: Final = "cloison/backup/v1"
MOST_BYTES: Final = 64 * 1024 * 1024
_UID_DIGITS: Final = 32
_DIGEST_DIGITS: Final = 64
_NAME = re.compile(
    r"header\.json|shared(-[0-9a-f]{32})?\.db(-wal)?|compartments/[0-9a-f]{32}\.db(-wal)?|blobs/[0-9a-f]{32,64}"
)


class Seen(Enum):
    """How far a copy was looked at."""

    VERIFIED = "verified"
    UNOPENED = "unopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupFile:
    """One file: its name inside the vault with ``/``, its size in bytes, its SHA-256 in hex."""

    name: str
    size: int
    sha256: str
    seen: Seen

    def to_json(self) -> Json:
        """The stored form."""
        return {"name": self.name, "size": self.size, "sha256": self.sha256, "seen": self.seen.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What a backup says of itself; ``mac`` is empty on one that is about to be written."""

    vault_id: str
    life: str
    at: datetime
    files: tuple[BackupFile, ...]
    mac: bytes = b""

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(one.size for one in self.files)

    @property
    def unopened(self) -> tuple[BackupFile, ...]:
        """The copies nobody has looked into yet."""
        return tuple(one for one in self.files if one.seen is Seen.UNOPENED)

    def body(self) -> bytes:
        """The canonical bytes that the MAC is over."""
        return canonical.write(self._content())

    def to_bytes(self) -> bytes:
        """The stored form."""
        return canonical.write({**self._content(), "mac": self.mac.hex()})

    def _content(self) -> dict[str, Json]:
        return {
            "format": FORMAT,
            "vault": self.vault_id,
            "life": self.life,
            "at": time_text(self.at),
            "files": [one.to_json() for one in self.files],
        }


def read_backup(folder: Path) -> Backup:
    """The unverified list of a backup; raises ``NotABackupError`` and ``DamagedError``."""
    path = folder / FILE_NAME
    with disk_errors(FILE_NAME):
        if not path.is_file():
            raise NotABackupError
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    try:
        return _from_fields(Fields(canonical.read(content, limit=MOST_BYTES)))
    except (CryptoError, ValueError) as error:
        raise DamagedError(FILE_NAME) from error


def is_listed(name: str) -> bool:
    """Whether a file of that name in its folder is one of the vault, and not something a system or a person left."""
    return _NAME.fullmatch(name) is not None


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex; raises ``OSError``."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _from_fields(fields: Fields) -> Backup:
    fields.literal("format", FORMAT)
    backup = Backup(
        vault_id=fields.hex("vault", _UID_DIGITS),
        life=fields.hex("life", _UID_DIGITS),
        at=fields.time("at"),
        files=tuple(_file(one) for one in fields.items("files")),
        mac=bytes.fromhex(fields.hex("mac", _DIGEST_DIGITS)),
    )
    fields.finish()
    return backup


def _file(fields: Fields) -> BackupFile:
    name = fields.text("name", limit=200)
    if not is_listed(name):
        raise CanonicalError("name", "not a file of a vault")
    file = BackupFile(
        name=name,
        size=fields.integer("size", low=0, high=2**53 - 1),
        sha256=fields.hex("sha256", _DIGEST_DIGITS),
        seen=Seen(fields.text("seen", limit=20)),
    )
    fields.finish()
    return file
