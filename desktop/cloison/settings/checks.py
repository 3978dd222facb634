"""The one door through which a value of a settings file enters: what each setting may be."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from cloison.settings.errors import Expected, Kind, NotExpectedError
from cloison.settings.values import Theme

Value = str | int | Path | Theme | None
Check = Callable[[object], Value]

LONGEST_NAME = 64
LONGEST_ALIAS = 100


def _one_of(*choices: str) -> Check:
    def check(value: object) -> Value:
        if value not in choices:
            raise NotExpectedError(Expected(kind=Kind.CHOICE, choices=choices))
        return str(value)

    return check


def _theme(value: object) -> Value:
    return Theme(_one_of(*(theme.value for theme in Theme))(value))


def _whole(kind: Kind, low: int, high: int) -> Check:
    def check(value: object) -> Value:
        if type(value) is not int or not low <= value <= high:  # A boolean is an int to isinstance.
            raise NotExpectedError(Expected(kind=kind, low=low, high=high))
        return value

    return check


def _name(kind: Kind, longest: int) -> Check:
    def check(value: object) -> Value:
        if not isinstance(value, str) or not 1 <= len(value) <= longest or not value.isprintable():
            raise NotExpectedError(Expected(kind=kind))
        return value

    return check


def _place(kind: Kind) -> Check:
    def check(value: object) -> Value:
        if not isinstance(value, str) or "\0" in value or not Path(value).is_absolute():
            raise NotExpectedError(Expected(kind=kind))
        return Path(value)

    return check


def _flag(value: object) -> Value:
    if type(value) is not bool:
        raise NotExpectedError(Expected(kind=Kind.FLAG))
    return value


# The idle lock has a ceiling and no "never": a session that stays open all day is what the lock exists against.
CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "language": _one_of("fr", "en"),
        "theme": _theme,
        "policy": _name(Kind.POLICY_NAME, LONGEST_NAME),
        "vault": _place(Kind.FOLDER),
        "member": _name(Kind.MEMBER, LONGEST_ALIAS),
        "idle_lock_seconds": _whole(Kind.SECONDS, 15, 3600),
        "clipboard_seconds": _whole(Kind.SECONDS, 1, 120),
        "card_library": _place(Kind.FILE),
        "backups_kept": _whole(Kind.COUNT, 1, 100),
        "may_save_attachments": _flag,
        "bin_days": _whole(Kind.DAYS, 0, 3650),
    }
)
