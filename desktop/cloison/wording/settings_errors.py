"""What is wrong with a settings file, in words."""

from __future__ import annotations

from cloison.settings.errors import (
    BadSettingError,
    Expected,
    Kind,
    LockedSettingError,
    SettingsError,
    UnknownSettingError,
    UnreadableSettingsError,
    UnwritableSettingsError,
)
from cloison.wording.catalogue import Catalogue


def sentence(error: SettingsError, words: Catalogue) -> str | None:
    """What to tell of an error of the settings."""
    match error:
        case UnreadableSettingsError():
            return words.text(
                "The settings file {file} cannot be read ({reason}). Mend it, or take it away.",
                file=error.file,
                reason=error.reason,
            )
        case UnwritableSettingsError():
            return words.text(
                "The settings file {file} cannot be written ({reason}). Nothing was changed.",
                file=error.file,
                reason=error.reason,
            )
        case UnknownSettingError():
            return words.text(
                "The settings file {file} has a setting “{key}” that does not exist. Mend its name, or take it out.",
                file=error.file,
                key=error.key,
            )
        case BadSettingError():
            return words.text(
                "In the settings file {file}, “{key}” must be {expected}. Mend it, or take it out.",
                file=error.file,
                key=error.key,
                expected=_expected(error.expected, words),
            )
        case LockedSettingError():
            return words.text(
                "“{key}” is set for the whole machine in {file} and cannot be changed here. Ask your administrator.",
                file=error.file,
                key=error.key,
            )
    return None


def _expected(expected: Expected, words: Catalogue) -> str:
    match expected.kind:
        case Kind.CHOICE:
            return words.text("one of these: {choices}", choices=", ".join(expected.choices))
        case Kind.SECONDS:
            return words.text("a whole number of seconds from {low} to {high}", low=expected.low, high=expected.high)
        case Kind.DAYS:
            return words.text("a whole number of days from {low} to {high}", low=expected.low, high=expected.high)
        case Kind.COUNT:
            return words.text("a whole number from {low} to {high}", low=expected.low, high=expected.high)
        case Kind.FLAG:
            return words.text("true or false")
        case Kind.POLICY_NAME:
            return words.text("the name of a policy")
        case Kind.MEMBER:
            return words.text("the name of a member")
        case Kind.FOLDER:
            return words.text("the whole path of a folder")
        case Kind.FILE:
            return words.text("the whole path of a file")
        case Kind.TABLE:
            return words.text("a table of settings")
