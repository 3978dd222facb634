"""What may be wrong with a settings file; whoever keeps that file can act on each."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path


class Kind(Enum):
    """What a value must be."""

    CHOICE = auto()
    SECONDS = auto()
    DAYS = auto()
    COUNT = auto()
    FLAG = auto()
    POLICY_NAME = auto()
    MEMBER = auto()
    FOLDER = auto()
    FILE = auto()
    TABLE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a setting may be: one of `choices`, a whole number from `low` to `high`, or just its kind."""

    kind: Kind
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 0


class NotExpectedError(ValueError):
    """A value is not what its setting may be; the reader of the file adds the key and the file."""

    def __init__(self, expected: Expected) -> None:
        super().__init__(expected)
        self.expected = expected


class SettingsError(Exception):
    """Root of what this layer raises to others; `file` is the file at fault."""

    def __init__(self, file: Path, *facts: object) -> None:
        super().__init__(*facts, str(file))
        self.file = file


class UnreadableSettingsError(SettingsError):
    """The file cannot be read, or is not TOML; `reason` is the short text of the system or of the TOML reader."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(file, reason)
        self.reason = reason


class UnknownSettingError(SettingsError):
    """The file names a setting that does not exist; `key` is its path in the file, such as `locked.langage`."""

    def __init__(self, file: Path, key: str) -> None:
        super().__init__(file, key)
        self.key = key


class BadSettingError(SettingsError):
    """The value of `key` is not one it may take; `expected` says what it may be."""

    def __init__(self, file: Path, key: str, expected: Expected) -> None:
        super().__init__(file, key, expected)
        self.key = key
        self.expected = expected


class UnwritableSettingsError(SettingsError):
    """The person's file cannot be written; `reason` is the short text of the system."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(file, reason)
        self.reason = reason


class LockedSettingError(SettingsError):
    """A person tried to change `key`, which the machine's file has locked."""

    def __init__(self, file: Path, key: str) -> None:
        super().__init__(file, key)
        self.key = key
