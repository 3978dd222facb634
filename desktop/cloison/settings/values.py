"""The frozen `Settings` every part of the application is handed, and where each value came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from pathlib import Path
from types import MappingProxyType


class Theme(Enum):
    """Which palette the window wears; `SYSTEM` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Source(Enum):
    """The three places a value may come from, lowest first."""

    DEFAULT = "default"
    PERSON = "person"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where one value comes from: `file` is None for a shipped default; `locked` closes it to the person."""

    source: Source = Source.DEFAULT
    file: Path | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Effective values, and for each the place it was read from.

    `policy` is the name of the marking policy offered for a new vault; `vault` the folder the window opens, None until
    there is one; `member` who opened it last, where it has several; `idle_lock_seconds` and `clipboard_seconds` count
    from the last key or click, and from the copy. `card_library` is the PKCS#11 library that reaches smart cards, None
    for OpenSC where it is installed. `may_save_attachments` lets attachments be saved out of the vault, which is
    registered. `bin_days`: so long a deleted note is kept before it may be destroyed.
    """

    language: str = "fr"
    theme: Theme = Theme.SYSTEM
    policy: str = "FR"
    vault: Path | None = None
    member: str | None = None
    idle_lock_seconds: int = 240
    clipboard_seconds: int = 10
    card_library: Path | None = None
    backups_kept: int = 5
    may_save_attachments: bool = False
    bin_days: int = 30
    origins: Mapping[str, Origin] = field(default_factory=lambda: MappingProxyType({}))

    def origin(self, name: str) -> Origin:
        """Where the value of `name` comes from."""
        return self.origins.get(name, Origin())


NAMES = tuple(each.name for each in fields(Settings) if each.name != "origins")
